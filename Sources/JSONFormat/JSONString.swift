import AtomicFiles

extension JSONWriter {
  /// A string in quotes, escaped.
  func string(_ text: String) throws {
    var text = text
    try text.withUTF8 { try string($0) }
  }

  /// A string in quotes, escaped, from bytes in UTF-8.
  func string(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try writer.append(byte: UInt8(ascii: "\""))
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      // Most bytes: printable ASCII, the bytes of a character after its first, and the first of a Chinese one.
      if byte < 0x80 {
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7F {
          index += 1
          continue
        }
      } else if byte < 0xC2 || (byte > 0xE2 && byte < 0xEF) {
        index += 1
        continue
      }
      guard let (value, length) = JSONWriter.escaped(bytes, at: index) else {
        index += 1
        continue
      }
      try writer.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
      try escape(value)
      index += length
      start = index
    }
    try writer.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    try writer.append(byte: UInt8(ascii: "\""))
  }

  /// The character that begins at `index` and its length in bytes, if it has to be escaped.
  private static func escaped(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (value: UInt32, length: Int)? {
    let byte = bytes[index]
    let value: UInt32
    let length: Int
    switch byte {
    case 0..<0x80: return (UInt32(byte), 1)
    case 0xC2..<0xE0 where index + 1 < bytes.count:
      value = UInt32(byte & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
      length = 2
    case 0xE2 where index + 2 < bytes.count, 0xEF where index + 2 < bytes.count:
      value = UInt32(byte & 0xF) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
      length = 3
    default: return nil
    }
    switch value {
    // C1 controls, the Arabic letter mark, bidi controls, line and paragraph separators, the byte order mark.
    case 0x80..<0xA0, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: return (value, length)
    default: return nil
    }
  }

  private func escape(_ value: UInt32) throws {
    switch value {
    case 0x22: try writer.append(literal: "\\\"")
    case 0x5C: try writer.append(literal: "\\\\")
    case 0x0A: try writer.append(literal: "\\n")
    case 0x0D: try writer.append(literal: "\\r")
    case 0x09: try writer.append(literal: "\\t")
    default:
      try writer.append(literal: "\\u")
      let digits: StaticString = "0123456789abcdef"
      for shift: UInt32 in [12, 8, 4, 0] {
        try writer.append(byte: digits.utf8Start[Int(value >> shift & 0xF)])
      }
    }
  }
}
