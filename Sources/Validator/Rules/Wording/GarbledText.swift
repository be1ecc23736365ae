import Catalog
import Localization

extension Rule {
  /// Names of departments and approvals in the two large tables are looked up in their registers, and what is wrong there is
  /// reported by `unknown-department` and `unknown-approval`.
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
    ],
    passes: [
      Example(matters: ["2-001,second,1,individual,灵活就业怎么办?,市人社局,2022年12月底"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let damage = catalog.names(.matterName).map { name in catalog.withBytes(name) { TextDamage($0) } }
      func message(_ id: String, _ text: String, _ damage: TextDamage) -> LocalizedText {
        let quoted = Phrase.quoted(text)
        return switch damage {
        case .questionMarks:
          LocalizedText(
            zh: "\(id) 的“\(quoted)”是问号：保存时的编码没有这些字，原文已丢失",
            en: "\(id): “\(quoted)” is question marks: the encoding in which it was saved does not have the characters")
        case .formulaError:
          LocalizedText(
            zh: "\(id) 的“\(quoted)”是电子表格公式的错误值，不是内容",
            en: "\(id): “\(quoted)” is the error of a formula in a spreadsheet, and no content")
        case .readAsLatin:
          LocalizedText(
            zh: "\(id) 的“\(quoted)”是把 GBK 编码的汉字当成西文读出的乱码",
            en: "\(id): “\(quoted)” is Chinese in GBK that was read as Latin-1")
        case .readAsGBK:
          LocalizedText(
            zh: "\(id) 的“\(quoted)”像是把 UTF-8 编码的汉字当成 GBK 读出的乱码",
            en: "\(id): “\(quoted)” seems to be Chinese in UTF-8 that was read as GBK")
        }
      }
      if damage.contains(where: { $0 != nil }) {
        for matter in catalog.matters {
          guard let damage = damage[matter.name.index] else { continue }
          context.report(
            .matter(matter.index), at: catalog.position(matter, .name),
            message(catalog.id(matter), catalog.text(matter.name), damage))
        }
      }
      for (index, department) in catalog.departments.enumerated() {
        guard let damage = TextDamage(text: department.short) else { continue }
        context.report(
          .department(index), at: department.position(of: \.short), message(department.id, department.short, damage))
      }
      for (index, approval) in catalog.approvals.enumerated() {
        guard let damage = TextDamage(text: approval.name) else { continue }
        context.report(
          .approval(index), at: approval.position(of: \.name), message(approval.id, approval.name, damage))
      }
    })
}

extension TextDamage {
  fileprivate init?(text: String) {
    var text = text
    guard let damage = text.withUTF8({ TextDamage($0) }) else { return nil }
    self = damage
  }
}
