import Catalog
import Localization

extension Rule {
  static let rowLength = Rule(
    id: "row-length", group: .reading, severity: .error,
    title: LocalizedText(zh: "行的单元格数与表头不符", en: "a row with more or fewer cells than the header"),
    reason: LocalizedText(
      zh: "多一个或少一个单元格，后面的内容就都错了一列。",
      en: "With one cell too many or too few, all following values are in the wrong column."),
    source: LocalizedText(zh: "RFC 4180 第2节第4条", en: "RFC 4180, section 2, point 4"),
    fix: LocalizedText(
      zh: "内容中有逗号的单元格要用引号括起来；空单元格也要保留逗号。",
      en: "Put a cell that contains a comma in quotes; keep the comma of an empty cell."),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        ↓2-001,second,1,individual,灵活就业,市人社局,市医保局,2022年12月底

        """
      ]),
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        ↓2-001,second,1,individual,市人社局,2022年12月底

        """
      ]),
      // A note to the right of a list in the layout of a notice.
      Example(
        list: """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注
          1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,,↓待核实
          """),
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline,,
        2-001,second,1,individual,灵活就业,"市人社局,市医保局",2022年12月底
        2-002,second,2,individual,失业,市人社局,2022年12月底,,

        """
      ]),
      Example(
        list: """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注,,
          1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,,,
          """),
    ],
    check: .issue([.cellWithoutHeading, .rowLength]) { issue, context in
      if case .cellWithoutHeading(let text) = issue.kind {
        let fix = CellWithoutHeading.fix(context.catalog.sources[issue.position.source])
        context.report(
          context.subject(of: issue), at: issue.position,
          CellWithoutHeading.message(text, owner: context.owner(of: issue)), fix: fix)
      }
      guard case .rowLength(let found, let expected) = issue.kind else { return }
      func message() -> LocalizedText {
        let owner = context.owner(of: issue)
        return found > expected
          ? LocalizedText(
            zh: "\(owner.zh)这一行有 \(found) 个单元格，表头有 \(expected) 个：可能有逗号没有用引号括起来",
            en:
              "\(owner.en)the row has \(Phrase.count(found, "cell")), the header has \(expected): probably a comma outside quotes"
          )
          : LocalizedText(
            zh: "\(owner.zh)这一行有 \(found) 个单元格，表头有 \(expected) 个：少了 \(expected - found) 个",
            en:
              "\(owner.en)the row has \(Phrase.count(found, "cell")), the header has \(expected): \(expected - found) missing"
          )
      }
      context.report(context.subject(of: issue), at: issue.position, message())
    })
}

/// What is said of a cell to the right of all headings of a list, in the words of the form that the list was read from.
private enum CellWithoutHeading {
  static func message(_ text: String, owner: LocalizedText) -> LocalizedText {
    let shown = text.count > 24 ? String(text.prefix(24)) + "…" : text
    return LocalizedText(
      zh: "\(owner.zh)这一行在表格右边还有一格写着“\(shown)”，而这一列没有列名，没有读取",
      en: "\(owner.en)a cell to the right of the table has “\(shown)”, but its column has no heading; it was not read")
  }

  static func fix(_ source: Source) -> LocalizedText {
    let fix = LocalizedText(
      zh: "把内容移到“备注”一列或表外，或者删去；如果这一列属于清单，请在表头行补上列名。",
      en:
        "Move the text to the column 备注 or out of the table, or delete it; if the column belongs to the list, enter its heading in the header row."
    )
    if source.sheet != nil || source.wordTable != nil { return fix }
    return LocalizedText(
      zh: fix.zh + "如果是某一格里的逗号把内容隔开了，请把那一格用引号括起来。",
      en: fix.en + " If a comma within a cell has split it, put that cell in quotes.")
  }
}
