import XMLFormat

/// What the exchange format can hold of a text: the limits of XML 1.0 and of its readers.
package enum DocumentLimits {
  /// A text that the exchange format cannot hold.
  package enum Problem: Sendable, Hashable {
    /// A character that XML 1.0 does not allow, escaped or not (production 2).
    case character(UInt32)
    /// More bytes than a reader takes.
    case tooLong(limit: Int)
  }

  /// The longest text of an element, in bytes.
  package static let longestText = 1 << 20
  /// The longest value of an attribute, in bytes: a reader takes a tag of 256 KB, and an escaped character has six bytes.
  package static let longestAttribute = 40_000

  /// What keeps a UTF-8 text out of a document; nil if nothing does.
  package static func problem(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Problem? {
    if let forbidden = XMLCharacters.firstForbidden(in: bytes, isUTF8: true)?.character { return .character(forbidden) }
    return bytes.count > limit ? .tooLong(limit: limit) : nil
  }

  package static func problem(_ text: String, limit: Int) -> Problem? {
    var text = text
    return text.withUTF8 { problem($0, limit: limit) }
  }
}

extension Column {
  /// The longest value that a document takes, in bytes. Departments may have to be repeated in an attribute.
  package var longestValue: Int {
    xml == .attribute || kind == .departments ? DocumentLimits.longestAttribute : DocumentLimits.longestText
  }
}
