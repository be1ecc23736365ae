import AtomicFiles

/// Reads single cells of the two large tables.
enum CellReading {
  /// A whole number without sign, with or without blanks around it; nil if the text is not a number or the number does not
  /// fit.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard bytes.count > 0, bytes.count <= 9 else { return paddedNumber(bytes) }
    var value: Int32 = 0
    for byte in bytes {
      let digit = byte &- 0x30
      if digit > 9 { return paddedNumber(bytes) }
      value = value &* 10 &+ Int32(digit)
    }
    return value
  }

  /// The same for a cell that holds something else than up to nine digits.
  private static func paddedNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var value: Int32 = 0
    var digits = 0
    var ended = false
    for byte in bytes {
      if byte == 0x20 || byte == 0x09 {
        if digits > 0 { ended = true }
        continue
      }
      guard byte >= 0x30, byte <= 0x39, !ended else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product &+ Int32(byte - 0x30)
      if value < 0 { return nil }
      digits += 1
      // The exchange format takes nine digits.
      if digits > 9 { return nil }
    }
    return digits > 0 ? value : nil
  }

  /// A number in another form, such as full-width digits, and its normal form; nil if it is none from 1 on.
  static func looseNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> (Int32, normal: String)? {
    // A letter is in no number, whatever its form; most cells that are no number have one.
    if bytes.contains(where: { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) { return nil }
    guard let text = text(bytes), let normal = ValueKind.number(from: 1).normalForm(of: text, isAccepted: false),
      let value = Int32(normal)
    else { return nil }
    return (value, normal)
  }

  /// Whether a cell is “yes” or one of the other words of a flag, or blank.
  static func isDeclaredFlag(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = trimmed(bytes)
    if word.count == 3, word[0] == UInt8(ascii: "y"), word[1] == UInt8(ascii: "e"), word[2] == UInt8(ascii: "s") {
      return true
    }
    return word.isEmpty || ["no", "是", "否"].contains(String(decoding: word, as: UTF8.self))
  }

  /// The bytes without ASCII blanks at both ends.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> { bytes.trimmed }

  /// Whether the bytes have the form of a matter's id, `2-037`: a prefix, a hyphen, digits. Neither the prefix nor the
  /// number is compared with the matter.
  static func isMatterID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    var end = bytes.count
    while end > 0, bytes[end - 1] >= 0x30, bytes[end - 1] <= 0x39 {
      digits += 1
      end -= 1
    }
    return digits >= 1 && end >= 2 && bytes[end - 1] == UInt8(ascii: "-")
  }

  /// The text of a cell for a message; nil if it is empty.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>?) -> String? {
    guard let bytes, !trimmed(bytes).isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the cell holds "/" alone, half-width or full-width.
  static func isSlash(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = trimmed(bytes)
    return (word.count == 1 && word[0] == UInt8(ascii: "/"))
      || (word.count == 3 && word[0] == 0xEF && word[1] == 0xBC && word[2] == 0x8F)
  }

  /// The value of a yes/no cell; an empty one is no. Nil if it is neither.
  static func flag(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    let word = trimmed(bytes)
    if word.isEmpty { return false }
    switch String(decoding: word, as: UTF8.self).lowercased() {
    case "yes", "true", "1", "是": return true
    case "no", "false", "0", "否": return false
    default: return nil
    }
  }
}
