import AtomicFiles
import Localization
import XMLFormat

/// `sharedStrings.xml`: the texts that cells refer to by number. Rich runs are joined; phonetic runs, which repeat a text
/// as it is pronounced, are left out.
final class SharedStringsPart: XMLHandler {
  static let names = ["si", "t", "rPh"]

  private let texts = ByteBuffer(capacity: 1 << 16)
  private var ends: [Int] = []
  private var isPhonetic = false
  private let limit: Int
  private(set) var isTooLarge = false

  init(limit: Int) { self.limit = limit }

  var count: Int { ends.count }

  /// The text with a number; nil if there is none. Valid until this object is released.
  func text(_ number: Int) -> UnsafeBufferPointer<UInt8>? {
    guard number >= 0, number < ends.count else { return nil }
    return texts.slice((number == 0 ? 0 : ends[number - 1])..<ends[number])
  }

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    if element.name == 2 { isPhonetic = true }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    switch name {
    case 0:
      ends.append(texts.count)
      if texts.count + ends.count * 8 > limit {
        isTooLarge = true
        throw XMLStop()
      }
    case 1:
      if !isPhonetic { EscapedText.append(text, to: texts) }
    case 2: isPhonetic = false
    default: break
    }
  }
}

/// Characters that XML cannot hold, as `_x000D_` (ECMA-376 part 1, 22.9.2.19).
enum EscapedText {
  /// Appends a text with its escapes resolved. An escape of a character that no table may have is left as it is.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to target: ByteBuffer) {
    var index = 0
    var copied = 0
    while index + 6 < text.count {
      guard text[index] == UInt8(ascii: "_"), let unit = unit(text, index) else {
        index += 1
        continue
      }
      var scalar = Unicode.Scalar(unit)
      var length = 7
      if unit >= 0xD800, unit < 0xDC00, index + 13 < text.count, let low = self.unit(text, index + 7), low >= 0xDC00,
        low < 0xE000
      {
        scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        length = 14
      }
      guard let scalar, scalar.value > 0 else {
        index += 1
        continue
      }
      target.append(UnsafeBufferPointer(rebasing: text[copied..<index]))
      target.append(String(scalar).utf8)
      index += length
      copied = index
    }
    target.append(UnsafeBufferPointer(rebasing: text[copied...]))
  }

  /// The number in `_xHHHH_`.
  private static func unit(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
    guard start + 6 < text.count, text[start] == UInt8(ascii: "_"), text[start + 1] == UInt8(ascii: "x"),
      text[start + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt32 = 0
    for byte in text[(start + 2)..<(start + 6)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }

  /// Appends a text as a part of a workbook can hold it. What reads as an escape is escaped itself, and so is a carriage
  /// return, which XML drops. A character that XML does not allow is replaced by a visible sign: exports refuse such a text
  /// (`ExportRequest`), and reports show it.
  static func escaped(_ text: UnsafeBufferPointer<UInt8>, into target: ByteBuffer) {
    if XMLCharacters.firstForbidden(in: text, isUTF8: true) != nil {
      var visible = String(decoding: text, as: UTF8.self).unicodeScalars.map { scalar in
        XMLCharacters.allows(scalar) ? String(scalar) : VisibleText.picture(scalar)
      }.joined()
      return visible.withUTF8 { escaped($0, into: target) }
    }
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "_"), unit(text, index) != nil {
        target.append("_x005F_")
      } else if byte == 0x0D {
        target.append("_x000D_")
      } else {
        target.append(byte: byte)
      }
    }
  }
}
