import Catalog
import Localization

extension Rule {
  /// A garbled text is reported by this rule alone. Names that are looked up in a register are reported by
  /// `unknown-department` and `unknown-approval` instead.
  static let garbledText = Rule(
    id: "garbled-text", group: .wording, severity: .error,
    title: LocalizedText(zh: "乱码或公式错误", en: "a garbled text or a formula error"),
    reason: LocalizedText(
      zh: "????、#NAME? 和按错误编码读出的字都不是原来的内容；原文已经丢失，只能对照文件恢复。",
      en:
        "????, #NAME? and characters read in the wrong encoding are not what was written; the text is lost and has to be restored."
    ),
    source: LocalizedText(
      zh: "附件1、附件2的“一件事一次办”名称", en: "the names of the matters in annexes 1 and 2"),
    fix: LocalizedText(
      zh: "对照文件重新填写；保存 CSV 时选“CSV UTF-8”。", en: "Write it again as the notice has it; save CSV as “CSV UTF-8”."),
    triggers: [
      Example(matters: ["2-001,second,1,individual,↓????,市人社局,2022年12月底"]),
      Example(matters: ["2-001,second,1,individual,↓#REF!,市人社局,2022年12月底"]),
      Example(matters: ["2-001,second,1,individual,↓Áé»î¾ÍÒµ,市人社局,2022年12月底"]),
      Example(matters: ["2-001,second,1,individual,↓å…¬æ°‘å©šè‚²,市人社局,2022年12月底"]),
      Example(matters: ["1-002,first,2,individual,↓鍏皯濠氳偛,市民政局,2022年12月底"]),
      Example(
        document: """
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
            <matters>
              <matter id="2-001" list="second" number="1"
                      audience="individual">
                <!-- <name> -->
                ↓<name>????</name>
                <lead choice="all"><department>市人社局</department></lead>
                <deadline>2022年12月底</deadline>
                <item number="1">
                  <name>就业登记</name>
                  <responsible choice="all"><department>人社部门</department></responsible>
                </item>
              </matter>
            </matters>
          </serviceCatalog>
          """),
    ],
    passes: [
      Example(matters: ["2-001,second,1,individual,灵活就业怎么办?,市人社局,2022年12月底"]),
      Example(matters: ["2-222,second,222,enterprise,我要开瑜伽馆,市场监管部门,2023年12月底"]),
    ],
    check: .text(.garbled) { text in
      var copy = text
      guard let damage = copy.withUTF8({ TextDamage($0) }) else { return nil }
      return { message(damage, text.quoted) }
    })

  private static func message(_ damage: TextDamage, _ text: String) -> LocalizedText {
    switch damage {
    case .questionMarks:
      LocalizedText(
        zh: "“\(text)”是问号：保存时的编码没有这些字，原文已丢失",
        en: "“\(text)” is question marks: the encoding in which it was saved does not have the characters")
    case .formulaError:
      LocalizedText(
        zh: "“\(text)”是电子表格公式的错误值，不是内容", en: "“\(text)” is the error of a formula in a spreadsheet, and no content")
    case .readAsLatin:
      LocalizedText(
        zh: "“\(text)”是把汉字的编码（GBK 或 UTF-8）当成西文读出的乱码",
        en: "“\(text)” is Chinese in GBK or UTF-8 that was read as Latin-1")
    case .readAsGBK:
      LocalizedText(
        zh: "“\(text)”像是把 UTF-8 编码的汉字当成 GBK 读出的乱码",
        en: "“\(text)” seems to be Chinese in UTF-8 that was read as GBK")
    }
  }
}
