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
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline,,
        2-001,second,1,individual,灵活就业,"市人社局,市医保局",2022年12月底
        2-002,second,2,individual,失业,市人社局,2022年12月底,,

        """
      ])
    ],
    check: .issue { issue, context in
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
