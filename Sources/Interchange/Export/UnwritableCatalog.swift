import Localization

/// A catalog holds something that the exchange format cannot: nothing has been written.
package struct UnwritableCatalog: LocalizedFailure, Hashable {
  /// One thing that has no position in the format.
  package struct Problem: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      /// It is empty, and the format asks for it.
      case empty
      /// It has not the form that the format asks for.
      case malformed(String)
      /// It holds a character that no XML document can hold.
      case character(UInt32)
      /// It is longer than a reader takes.
      case tooLong
      /// It could not be read, so that writing the rest would lose it.
      case unread
      /// It names something that the catalog does not have.
      case unknown
    }

    package var kind: Kind
    /// What it belongs to: a matter's id, an item's, or a register's.
    package var subject: String
    /// The column, as it is called.
    package var column: LocalizedText

    package var explanation: LocalizedText {
      let zh = "\(subject) 的“\(column.zh)”"
      let en = "\(subject): \(column.en)"
      switch kind {
      case .empty: return LocalizedText(zh: "\(zh)为空", en: "\(en) is empty")
      case .malformed(let value):
        return LocalizedText(zh: "\(zh)写法不符：“\(value)”", en: "\(en) is not of the right form: “\(value)”")
      case .character(let scalar):
        let digits = String(scalar, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return LocalizedText(
          zh: "\(zh)含有 XML 不能表示的字符 \(code)", en: "\(en) has the character \(code), which XML cannot hold")
      case .tooLong: return LocalizedText(zh: "\(zh)过长", en: "\(en) is too long")
      case .unread:
        return LocalizedText(zh: "\(zh)没有读懂，写出会丢失原文", en: "\(en) could not be read, and writing would lose it")
      case .unknown: return LocalizedText(zh: "\(zh)在目录中查不到", en: "\(en) is not in the catalog")
      }
    }
  }

  /// What it is, the first ones of `count`.
  package var problems: [Problem]
  package var count: Int

  package var explanation: LocalizedText {
    let more = count - problems.count
    let zh = problems.map(\.explanation.zh).joined(separator: "；") + (more > 0 ? "；另有 \(more) 处" : "")
    let en = problems.map(\.explanation.en).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    return LocalizedText(
      zh: "无法导出为 XML，什么都没有写出：\(zh)。请改正后再导出；用 onevisit validate 可逐条查看。",
      en:
        "cannot be exported as XML, and nothing was written: \(en). Fix this first; `onevisit validate` shows each cell."
    )
  }
}
