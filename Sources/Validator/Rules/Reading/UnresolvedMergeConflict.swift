import Catalog
import Localization

extension Rule {
  /// Reported once for each conflict, at the first cell that differs. The rows of the first edition are read.
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
        <<<<<<< HEAD
        2-002,second,2,individual,失业,市人社局,↓2022年12月底
        =======
        2-002,second,2,individual,失业,市人社局,2023年12月底
        >>>>>>> county

        """
      ])
    ],
    passes: [
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底,=======,"])
    ],
    check: .issue(.mergeConflict) { issue, context in
      guard case .mergeConflict(let conflict) = issue.kind else { return }
      let subject = context.subject(of: issue)
      context.report(
        subject, at: issue.position, related: conflict.other.map { [(subject, $0)] } ?? [],
        context.message(of: conflict, issue))
    })
}

extension RuleContext {
  /// What differs, in both editions.
  fileprivate func message(of conflict: MergeConflict, _ issue: ReadingIssue) -> LocalizedText {
    let owner = owner(of: issue)
    var more = LocalizedText(zh: "", en: "")
    if conflict.others > 0 {
      more = LocalizedText(
        zh: "（另有 \(conflict.others) 处不同）", en: " (and \(Phrase.count(conflict.others, "more difference")))")
    }
    switch conflict.difference {
    case .cell(let column, let first, let second):
      let columns = catalog.schema.columns(issue.position.table)
      let name =
        columns.indices.contains(column) ? Phrase.column(columns[column]) : LocalizedText(zh: "一列", en: "a column")
      func shown(_ text: String) -> LocalizedText {
        text.isEmpty
          ? LocalizedText(zh: "空", en: "nothing")
          : LocalizedText(zh: "“\(Phrase.quoted(text))”", en: "“\(Phrase.quoted(text))”")
      }
      return LocalizedText(
        zh: "\(owner.zh)\(name.zh)有没有解决的合并冲突：一方是\(shown(first).zh)，另一方是\(shown(second).zh)\(more.zh)，暂按前者读取",
        en:
          "\(owner.en)an unresolved merge conflict in \(name.en): \(shown(first).en) or \(shown(second).en)\(more.en); "
          + "the first was read")
    case .onlyFirst:
      return LocalizedText(
        zh: "\(owner.zh)这一行有没有解决的合并冲突：一方保留或改动了它，另一方没有它\(more.zh)，暂按前者读取",
        en:
          "\(owner.en)an unresolved merge conflict: one edition has this row and the other does not\(more.en); it was read"
      )
    case .onlySecond:
      return LocalizedText(
        zh: "\(owner.zh)这一行有没有解决的合并冲突：一方没有它，另一方保留或改动了它\(more.zh)，暂按前者读取",
        en:
          "\(owner.en)an unresolved merge conflict: one edition does not have this row and the other has it\(more.en); "
          + "it was not read")
    case .unknown:
      let file = file(of: issue.position)
      return LocalizedText(
        zh: "\(file) 中有没有解决的合并冲突，暂按第一种写法读取",
        en: "\(file) has an unresolved merge conflict; the first edition was read")
    }
  }
}
