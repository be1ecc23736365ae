import Catalog
import Deadlines
import Localization

extension Rule {
  static let unreadableTarget = Rule(
    id: "unreadable-target", group: .targets, severity: .error,
    title: LocalizedText(
      zh: "目标的期限不能识别或没有到期日",
      en: "a target without a due date"),
    reason: LocalizedText(
      zh: "目标没有确定的到期日，就无法统计到期事项，也无法判断是否达到。",
      en: "Without a due date nothing can be counted, and the target is not checked."),
    source: LocalizedText(
      zh: "九府办字〔2022〕99号任务4：目标都写明期限，如“2022年底前”",
      en: "九府办字〔2022〕99号, task 4: a target has a deadline, such as 2022年底前"),
    fix: LocalizedText(
      zh: "期限写成“2022年底前”“2023年6月底前”这样能确定到某一天的写法；起算时限不需要的留空。",
      en:
        "Write a deadline that falls on a certain day, such as 2022年底前 or 2023年6月底前; leave the starting deadline empty if there is none."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,1,,↓年底前,再上线1项个人服务"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,1,↓持续推进,2022年底前,再上线1项个人服务"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,1,↓2023年底前,2022年底前,再上线1项个人服务"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [
          .targets: [
            "services-2022,jiujiang-99-2022,second,individual,1,,2022 年底前,再上线1项个人服务",
            "services-2023,jiujiang-99-2022,second,individual,0,2022年底前,2023年底前,再上线服务",
          ]
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for (index, target) in catalog.targets.enumerated() {
        func report(_ path: PartialKeyPath<Target>, _ heading: LocalizedText, _ text: String, _ deadline: Deadline) {
          guard deadline.kind != .empty, deadline.due == nil else { return }
          let why =
            deadline.problem?.explanation
            ?? LocalizedText(
              zh: "\(deadline.meaning.zh)，不能确定到某一天", en: "\(deadline.meaning.en), which is not a certain day")
          context.report(
            .target(index), at: target.position(of: path),
            LocalizedText(
              zh: "目标 \(target.id) 的\(heading.zh)“\(text)”无法据以统计：\(why.zh)",
              en: "the \(heading.en) “\(text)” of target \(target.id) gives no date to count by: \(why.en)"))
        }
        report(\.printedDeadline, LocalizedText(zh: "期限", en: "deadline"), target.deadlineText, target.deadline)
        report(\.printedAfter, LocalizedText(zh: "起算时限", en: "starting deadline"), target.afterText, target.after)
        if let after = target.after.due, let due = target.deadline.due, after >= due {
          context.report(
            .target(index), at: target.position(of: \.printedAfter),
            LocalizedText(
              zh: "目标 \(target.id) "
                + "的起算时限“\(target.afterText)”（\(after.chinese)）不早于期限“\(target.deadlineText)”（\(due.chinese)），没有事项可以计入",
              en: "the starting deadline “\(target.afterText)” (\(after)) of target \(target.id) is not before its "
                + "deadline “\(target.deadlineText)” (\(due)): no matter can count"))
        }
      }
    })
}
