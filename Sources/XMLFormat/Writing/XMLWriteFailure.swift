import Localization

/// A text that cannot be part of an XML document, and where it was to be written.
package struct XMLWriteFailure: LocalizedFailure, Hashable {
  /// The elements that are open, from the root to the one concerned.
  package var path: [String]
  /// The attribute, or nil for an element's text.
  package var attribute: String?
  /// How many characters of the text come before the one concerned.
  package var offset: Int
  /// The character's number, or nil for bytes that are not UTF-8.
  package var character: UInt32?

  package var explanation: LocalizedText {
    let name = path.last.map { "<\($0)>" } ?? "?"
    let subject =
      attribute.map { LocalizedText(zh: "\(name) 的属性 \($0)", en: "the attribute \($0) of \(name)") }
      ?? LocalizedText(zh: "\(name) 的文字", en: "the text of \(name)")
    guard let character else {
      return LocalizedText(
        zh: "\(subject.zh)中第 \(offset + 1) 个字符处的字节不是 UTF-8，无法写入 XML。请在来源中改正。",
        en:
          "character \(offset + 1) of \(subject.en) is not UTF-8 and cannot be written to XML. Correct it at its source."
      )
    }
    let hex = String(character, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    return LocalizedText(
      zh: "\(subject.zh)中第 \(offset + 1) 个字符是 \(code)，XML 1.0 不允许。请在来源中删去。",
      en: "character \(offset + 1) of \(subject.en) is \(code), which XML 1.0 does not allow. Remove it at its source.")
  }
}
