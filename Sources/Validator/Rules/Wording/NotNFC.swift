import Catalog
import Localization

extension Rule {
  static let notNFC = Rule(
    id: "not-nfc", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "不是 Unicode 规范形式（NFC）的文字，或兼容汉字", en: "text that is not in Unicode NFC, or compatibility ideographs"),
    reason: LocalizedText(
      zh: "同一个字可以有几种编码：兼容汉字、部首字、拆开的字母看上去一样，检索和比对时却是另一个字，交换时还可能被悄悄改写。",
      en:
        "A character can be encoded in several ways: compatibility ideographs, radicals and decomposed letters look the same, but are not found in a search and may be changed silently in exchange."
    ),
    source: LocalizedText(
      zh: "GB 18030—2022;Unicode 标准附件15（规范化形式）；§二（五）：“数据统一规范”",
      en: "GB 18030—2022; Unicode Standard Annex 15, normalization forms; §二(五): data are uniform"),
    fix: LocalizedText(
      zh: "换成消息中给出的字（本字）。",
      en: "Replace it by the character in the message."),
    triggers: [
      Example(matters: ["2-055,second,55,enterprise,↓我要开書店\u{F9B4},市场监管部门,2022年12月底"]),
      Example(matters: ["2-055,second,55,enterprise,↓我要开\u{2F64}品店,市场监管部门,2022年12月底"]),
      Example(matters: ["2-055,second,55,enterprise,↓我要开Cafe\u{301}店,市场监管部门,2022年12月底"]),
    ],
    passes: [
      Example(matters: ["2-055,second,55,enterprise,我要开Café用品店(领),市场监管部门,2022年12月底"])
    ],
    correction: .text(NormalForm.normalized),
    check: .text(.normalisable) { text in
      guard let found = NormalForm.firstFault(in: text) else { return nil }
      let codes = found.written.map(codePoint).joined(separator: " ")
      let should = found.normal.map { "“\($0)” \(codePoint($0))" }
      return {
        LocalizedText(
          zh: "“\(text.quoted)”第 \(found.position) 个字符 \(codes) 不是规范形式" + (should.map { "，应为 \($0)" } ?? ""),
          en: "“\(text.quoted)”: character \(found.position), \(codes), is not in normal form"
            + (should.map { "; it should be \($0)" } ?? ""))
      }
    })
}
