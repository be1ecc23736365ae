import Catalog
import Localization

extension Rule.Setting {
  /// Of `isolated-deadline`.
  static let runLength = Rule.Setting(
    "run", default: 10, in: 1...1_000_000,
    meaning: LocalizedText(
      zh: "一侧有多少项时限相同才算连续，另一侧有其一半即可",
      en: "how many matters of one deadline on one side make a run; half as many on the other side are enough"))
}

extension Rule {
  /// By number, a matter between two that are due on the same other date, with ten matters (setting `run`) of that date
  /// on one side and half as many on the other: 34 stands five places after the head of its block. Other isolated matters
  /// neither interrupt a run nor count in it: 163 is three positions after 160.
  /// Two to four neighbours of one date are reported once, at the first, if both sides are long.
  /// Dates are compared, not their wording.
  static let isolatedDeadline = Rule(
    id: "isolated-deadline", group: .deadlines, severity: .note,
    title: LocalizedText(
      zh: "一长段相同时限中只有一项或几项不同",
      en: "a single different deadline, or a few, in a long run of equal ones"),
    reason: LocalizedText(
      zh: "同批事项时限一致，中间单独一项或几项不同，多半是年份或月份录错，或粘贴错了行。",
      en:
        "Matters of one batch are due together; a single different date among them, or a few, is probably a mistake in the year or the month, or a block pasted into the wrong rows."
    ),
    source: LocalizedText(
      zh: "附件2 160、163：“2022年12月底”，前后各项均为“2023年12月底”；34：“2023年12月底”，29至130其余各项均为“2022年12月底”",
      en:
        "160 and 163 in annex 2: 2022年12月底, while all around have 2023年12月底; 34: 2023年12月底, while all others from 29 to 130 have 2022年12月底"
    ),
    fix: LocalizedText(
      zh: "对照原文核对；录错的改正，原文如此的登记豁免并说明理由。几项算一长段，可在 datapackage.json 中用本规则的 run 设定（默认一侧10项，另一侧5项）。",
      en:
        "Compare with the notice: correct a mistake, or add a waiver with a reason if the notice says so. The setting `run` of this rule in datapackage.json is the number of matters on one side that make a long run (default 10); half as many are enough on the other side."
    ),
    triggers: [
      // Number 34: five matters of its block before it.
      Example(
        matters: (29...50).map { number in
          "2-0\(number),second,\(number),enterprise,我要开店\(number),市场监管部门/行政审批部门,\(number == 34 ? "↓2023" : "2022")年12月底"
        }),
      Example(
        matters: (150...170).map { number in
          "2-\(number),second,\(number),enterprise,我要开店\(number),市场监管部门/行政审批部门,\(number == 160 ? "↓2022" : "2023")年12月底"
        }),
      Example(files: [
        "datapackage.json": """
        {"name": "example", "onevisit": {"rules": {"isolated-deadline": {"run": 2}}}, "resources": []}

        """,
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-032,second,32,enterprise,涉企不动产登记,自然资源部门,2022年12月底
        2-033,second,33,enterprise,企业注销,市场监管部门/行政审批部门,2022年12月底
        2-034,second,34,enterprise,企业变更,市场监管部门/行政审批部门,↓2023年12月底
        2-035,second,35,enterprise,省内企业迁移,市场监管部门/行政审批部门,2022年12月底
        2-036,second,36,enterprise,企业电子营业执照、公章申领,市场监管部门/行政审批部门,2022年12月底

        """,
      ]),
      Example(
        matters: (140...180).map { number in
          let deadline = number == 160 ? "↓2022年12月底" : number == 161 ? "2022年12月底" : "2023年12月底"
          return "2-\(number),second,\(number),enterprise,我要开店\(number),市场监管部门/行政审批部门,\(deadline)"
        }),
    ],
    passes: [
      // Five together, the same date in another style, and a run that is too short on one side.
      Example(
        matters: (140...190).map { number in
          let deadline = 160...164 ~= number ? "2022年12月底" : number == 180 ? "2023年12月31日前" : "2023年12月底"
          return "2-\(number),second,\(number),enterprise,我要开店\(number),市场监管部门/行政审批部门,\(deadline)"
        }),
      Example(
        matters: (150...170).map { number in
          "2-\(number),second,\(number),enterprise,我要开店\(number),市场监管部门/行政审批部门,\(number == 154 ? "2022" : "2023")年12月底"
        }),
    ],
    settings: [.runLength],
    check: .catalog { context in
      let catalog = context.catalog
      let run = context[.runLength]
      let half = (run + 1) / 2
      let none = Int32.min
      let due = catalog.names(.deadline).map { catalog.deadline($0).due?.number ?? none }
      guard Set(due).subtracting([none]).count > 1 else { return }
      let lists = context.survey.dueDays.mayHaveShortRuns
      for order in catalog.mattersByNumber(of: lists, where: { !$0.isWithdrawn && due[$0.deadline.index] != none })
      where order.count > run + half {
        let days = order.map { due[catalog.matters[Int($0)].deadline.index] }
        func isAlone(_ ordinal: Int) -> Bool {
          ordinal > 0 && ordinal + 1 < days.count && days[ordinal] != days[ordinal - 1]
            && days[ordinal - 1] == days[ordinal + 1]
        }
        /// Whether there are `count` matters of the neighbours' date on one side; looks at 2 · `count` matters at most.
        func isLong(_ start: Int, _ step: Int, _ count: Int) -> Bool {
          let day = days[start + step]
          var ordinal = start + step
          var found = 0
          var looked = 0
          while days.indices.contains(ordinal), looked < 2 * count {
            if !isAlone(ordinal) {
              guard days[ordinal] == day else { return false }
              found += 1
              if found == count { return true }
            }
            ordinal += step
            looked += 1
          }
          return false
        }
        func isInRun(_ ordinal: Int) -> Bool {
          (isLong(ordinal, -1, run) && isLong(ordinal, 1, half))
            || (isLong(ordinal, -1, half) && isLong(ordinal, 1, run))
        }
        /// Where the short run ends that begins here, between two long ones of one date; nil if there is none.
        func endOfShortRun(_ start: Int) -> Int? {
          guard start > 0, days[start] != days[start - 1] else { return nil }
          var end = start
          while end + 1 < days.count, end - start < shortRun, days[end + 1] == days[start] { end += 1 }
          guard end > start, end - start < shortRun, end + 1 < days.count, days[end + 1] == days[start - 1],
            isLong(start, -1, run), isLong(end, 1, run)
          else { return nil }
          return end
        }
        var ordinal = 0
        while ordinal < days.count {
          defer { ordinal += 1 }
          var end = ordinal
          if isAlone(ordinal) {
            guard isInRun(ordinal) else { continue }
          } else if let found = endOfShortRun(ordinal) {
            end = found
          } else {
            continue
          }
          let matter = catalog.matters[Int(order[ordinal])]
          // `deadline-before-notice` reports it.
          if let list = matter.list, let issued = catalog.issued(catalog.lists[list]), days[ordinal] < issued.number {
            continue
          }
          let neighbour = catalog.matters[Int(order[ordinal - 1])]
          let last = catalog.matters[Int(order[end])]
          let count = end - ordinal + 1
          var label: LocalizedText {
            if count == 1 { return catalog.label(matter) }
            return LocalizedText(
              zh: "\(catalog.id(matter)) 至 \(catalog.id(last)) 共 \(count) 项",
              en: "\(catalog.id(matter)) to \(catalog.id(last)) (\(Phrase.count(count, "matter")))")
          }
          let text = catalog.text(matter.deadline)
          let usual = catalog.text(neighbour.deadline)
          context.report(
            .matter(matter.index), at: catalog.position(matter, .deadline),
            related: [(.matter(neighbour.index), catalog.position(neighbour, .deadline))],
            LocalizedText(
              zh: "\(label.zh)的完成时限为“\(text)”，前后各项均为“\(usual)”",
              en:
                "\(label.en) \(count == 1 ? "is" : "are") due “\(text)”, while the matters before and after are due “\(usual)”"
            ))
        }
      }
    })

  /// A longer run is a batch of its own.
  private static let shortRun = DueDays.shortRun
}
