import Catalog
import Localization

extension Rule {
  /// Reported once for each table, at the first marker. The rows of the first edition are read.
  static let unresolvedMergeConflict = Rule(
    id: "unresolved-merge-conflict", group: .reading, severity: .error,
    title: LocalizedText(zh: "没有解决的合并冲突", en: "an unresolved merge conflict"),
    reason: LocalizedText(
      zh: "两个人改了同一处，版本管理软件把两种写法都留在表里，用 <<<<<<<、=======、>>>>>>> 隔开，要由人选定。",
      en:
        "Two people changed the same rows, and the version control system left both editions in the table between <<<<<<<, ======= and >>>>>>>; a person has to choose."
    ),
    source: LocalizedText(zh: "git merge 的冲突标记", en: "the conflict markers of git merge"),
    fix: LocalizedText(
      zh: "留下正确的一种写法，删去另一种和三行标记。",
      en: "Keep the edition that is right, and delete the other one and the three lines with markers."),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底
        ↓<<<<<<< HEAD
        2-002,second,2,individual,失业,市人社局,2022年12月底
        =======
        2-002,second,2,individual,失业,市人社局,2023年12月底
        >>>>>>> county

        """
      ])
    ],
    passes: [
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底,=======,"])
    ],
    check: .issue { issue, context in
      guard case .mergeConflict(let count) = issue.kind else { return }
      let file = context.file(of: issue.position)
      context.report(
        .table(issue.position.table), at: issue.position,
        LocalizedText(
          zh: "\(file) 中有\(count > 1 ? " \(count) 处" : "")没有解决的合并冲突，暂按第一种写法读取",
          en: "\(file) has \(count > 1 ? "\(count) unresolved merge conflicts" : "an unresolved merge conflict"); "
            + "the first edition was read"))
    })
}
