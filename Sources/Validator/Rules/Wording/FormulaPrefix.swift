import Catalog
import Localization

extension Rule {
  static let formulaPrefix = Rule(
    id: "formula-prefix", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "会被电子表格当作公式的单元格",
      en: "a cell that a spreadsheet treats as a formula"),
    reason: LocalizedText(
      zh: "以 = + - @、制表符或回车开头的单元格（全角字符也算），用电子表格打开时会被当作公式计算，可能改掉内容，也可能执行别人写入的命令。",
      en:
        "A spreadsheet treats a cell that begins with = + - @, a tab or a carriage return (full-width forms included) as a formula: it may change the content, or execute commands that somebody put there."
    ),
    source: LocalizedText(
      zh: "CWE-1236(CSV 公式注入);OWASP “CSV Injection”",
      en: "CWE-1236, improper neutralization of formula elements in a CSV file; OWASP, CSV Injection"),
    fix: LocalizedText(
      zh: "去掉开头的符号或换一种写法；没有内容的单元格留空或写“/”。不要加单引号，那会改变内容。",
      en:
        "Remove or replace the first character; leave a cell without content empty, or write “/”. Do not add an apostrophe: it changes the content."
    ),
    triggers: [
      Example(matters: ["2-055,second,55,enterprise,↓=1+1,市场监管部门,2022年12月底"]),
      Example(matters: ["2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,↓＠SUM(A1)"]),
      Example(matters: ["2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,↓-"]),
    ],
    passes: [
      Example(matters: ["2-055,second,55,enterprise,我要开A+书店,市场监管部门,2022年12月底,1-2个月@赣服通"])
    ],
    check: .text(.formula) { text in
      guard let first = text.unicodeScalars.first else { return nil }
      let sign =
        switch first {
        case "\t": LocalizedText(zh: "制表符", en: "a tab")
        case "\r": LocalizedText(zh: "回车", en: "a carriage return")
        default: LocalizedText(zh: "“\(first)”", en: "“\(first)”")
        }
      return {
        LocalizedText(
          zh: "“\(text.quoted)”以\(sign.zh)开头，电子表格会把它当作公式",
          en: "“\(text.quoted)” begins with \(sign.en): a spreadsheet treats it as a formula")
      }
    })
}
