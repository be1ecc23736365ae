import Localization

/// The catalog has values that the exchange format cannot hold, so nothing is written.
package struct UnwritableCatalog: LocalizedFailure, Hashable {
  /// One value that the format cannot hold.
  package struct Problem: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      /// It is empty, and the format requires it.
      case empty
      /// It does not have the form that the format requires.
      case malformed(String)
      /// It contains a character that XML does not allow.
      case character(UInt32)
      /// It is longer than readers accept.
      case tooLong
      /// It could not be read, so that it would be lost.
      case unread
      /// It names a row that does not exist.
      case unknown
    }

    package var kind: Kind
    /// The id of the matter, item or row that it belongs to.
    package var subject: String
    /// The name of the column.
    package var column: LocalizedText

    package var explanation: LocalizedText {
      let zh = "\(subject) 的“\(column.zh)”"
      let en = "\(subject): \(column.en)"
      switch kind {
      case .empty: return LocalizedText(zh: "\(zh)为空", en: "\(en) is empty")
      case .malformed(let value):
        return LocalizedText(zh: "\(zh)格式不对：“\(value)”", en: "\(en) does not have a valid form: “\(value)”")
      case .character(let scalar):
        let digits = String(scalar, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return LocalizedText(
          zh: "\(zh)含有 XML 不允许的字符 \(code)", en: "\(en) contains the character \(code), which XML does not allow")
      case .tooLong: return LocalizedText(zh: "\(zh)过长", en: "\(en) is too long")
      case .unread:
        return LocalizedText(zh: "\(zh)无法读取，导出会丢失原文", en: "\(en) could not be read and would be lost")
      case .unknown: return LocalizedText(zh: "\(zh)在目录中不存在", en: "\(en) does not exist in the catalog")
      }
    }
  }

  /// The first of `count` problems.
  package var problems: [Problem]
  package var count: Int

  package var explanation: LocalizedText {
    let more = count - problems.count
    let zh = problems.map(\.explanation.zh).joined(separator: "；") + (more > 0 ? "；另有 \(more) 处" : "")
    let en = problems.map(\.explanation.en).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    return LocalizedText(
      zh: "没有导出：XML 无法表示这些内容：\(zh)。请改正后再导出；用 `onevisit validate` 可以找到各单元格。",
      en:
        "nothing exported, because XML cannot hold \(count == 1 ? "this value" : "these values"): \(en). Fix \(count == 1 ? "it" : "them") and export again; `onevisit validate` shows the cells."
    )
  }
}
