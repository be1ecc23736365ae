import Catalog
import Localization

extension Rule {
  static let csvSyntax = Rule(
    id: "csv-syntax", group: .reading, severity: .error,
    title: LocalizedText(zh: "引号未闭合、多余的引号或空字符", en: "an unclosed or stray quote, or a NUL"),
    reason: LocalizedText(
      zh: "引号不配对时，不同程序会把表格读成不同的内容，后面的行可能整段丢失。",
      en: "If quotes do not match, programs read different tables from the same file, and whole rows may be lost."),
    source: LocalizedText(zh: "RFC 4180 第2节第5至7条", en: "RFC 4180, section 2, points 5 to 7"),
    fix: LocalizedText(
      zh: "给单元格补上另一半引号；单元格内容本身的引号要写成两个（\"\"）。",
      en: "Close the quote; a quote that belongs to the text is written twice (\"\")."),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,↓"灵活就业,市人社局,2022年12月底
        2-002,second,2,individual,失业,市人社局,2022年12月底

        """
      ]),
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,所谓↓"灵活就业",市人社局,2022年12月底

        """
      ]),
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活↓\0就业,市人社局,2022年12月底

        """
      ]),
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,"所谓""灵活""就业",市人社局,2022年12月底

        """
      ]),
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,所谓“灵活”就业,"市人社局,市医保局",2022年12月底

        """
      ]),
    ],
    check: .issue(.syntax) { issue, context in
      guard case .syntax(let kind) = issue.kind else { return }
      func message() -> LocalizedText {
        let owner = context.owner(of: issue)
        return switch kind {
        case .unclosedQuote:
          LocalizedText(
            zh: "\(owner.zh)单元格从这里开始的引号没有闭合；已读到下一个分隔符为止",
            en: "\(owner.en)the quote that opens here is never closed; the cell was read up to the next separator")
        case .strayQuote:
          LocalizedText(
            zh: "\(owner.zh)单元格中有单独的引号，内容无法确定",
            en: "\(owner.en)the cell contains a single quote, so its content is uncertain")
        case .nul:
          LocalizedText(
            zh: "\(owner.zh)单元格中有空字符 (NUL)，内容无法确定",
            en: "\(owner.en)the cell contains a NUL character, so its content is uncertain")
        }
      }
      let fix: LocalizedText? =
        kind == .nul
        ? LocalizedText(
          zh: "删去空字符，对照原文补上缺的字；全文都有空字符的，多半是 UTF-16，请另存为“CSV UTF-8（逗号分隔）”。",
          en:
            "Delete the NUL, and enter from the notice what is missing. Where there are many, the file may be UTF-16: save it "
            + "as “CSV UTF-8 (comma delimited)”.") : nil
      context.report(context.subject(of: issue), at: issue.position, message(), fix: fix)
    })
}
