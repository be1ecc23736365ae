/// Paths as texts. A path is bytes and need not be UTF-8 (names in GBK come out of old Windows archives), but messages,
/// options and reports are texts. A byte that is not part of UTF-8 is therefore held as a scalar of its own, U+10FE80
/// and up for 0x80 and up, and becomes the same byte again where the path is opened. These scalars are among the last
/// of the private use area: no text has them. A printed path shows the byte as `\xBE`.
package enum PathText {
  private static let first: UInt32 = 0x10FE00

  /// The text of a path's bytes.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var rest = Array(bytes)[...]
    var text = ""
    while !rest.isEmpty {
      if let whole = String(validating: rest, as: UTF8.self) { return text + whole }
      var decoder = UTF8()
      var iterator = rest.makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&iterator) {
        text.unicodeScalars.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        if let byte = rest.first, let scalar = Unicode.Scalar(first + UInt32(byte)) {
          text.unicodeScalars.append(scalar)
        }
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// The bytes of a path's text.
  package static func bytes(_ text: String) -> [UInt8] {
    if !hasBytes(text) { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let byte = byte(scalar) { bytes.append(byte) } else { bytes += UTF8.encode(scalar).map { Array($0) } ?? [] }
    }
    return bytes
  }

  /// The byte that the scalar holds; nil for any other scalar.
  package static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    scalar.value >= first + 0x80 && scalar.value <= first + 0xFF ? UInt8(scalar.value - first) : nil
  }

  /// The path for reports, with `\xBE` for a byte that is not UTF-8.
  package static func shown(_ text: String) -> String {
    if !hasBytes(text) { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      if let byte = byte(scalar) {
        shown += "\\x" + String(byte, radix: 16, uppercase: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// Whether the text holds bytes that are not UTF-8; all are encoded with 0xF4 as the first byte.
  private static func hasBytes(_ text: String) -> Bool {
    text.utf8.contains(0xF4) && text.unicodeScalars.contains { byte($0) != nil }
  }
}

extension FilePath {
  /// The path of a text: see `PathText`.
  package init(text: String) { self.init(bytes: PathText.bytes(text)) }

  /// Whether something is there.
  package var exists: Bool { withPlatformString { access($0, F_OK) == 0 } }
}
