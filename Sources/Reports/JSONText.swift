import AtomicFiles

/// Writes JSON (RFC 8259) as it goes: nothing but the nesting is kept. The caller sees to it that an object gets keys
/// and an array values.
///
/// Characters that a terminal would obey or that change the direction of text are escaped besides those that must be.
package final class JSONText {
  private let writer: ByteWriter
  private let isPretty: Bool
  private var depth = 0
  private var isFirst = true
  private var followsKey = false

  /// - Parameters:
  ///   - isPretty: one member a line, two blanks a level; else all on one line.
  package init(to writer: ByteWriter, isPretty: Bool = true) {
    self.writer = writer
    self.isPretty = isPretty
  }

  /// An object; `body` writes its members.
  package func object(_ body: () throws -> Void) throws { try nest("{", "}", body) }

  /// An array; `body` writes its elements.
  package func array(_ body: () throws -> Void) throws { try nest("[", "]", body) }

  /// A member's name; its value is what is written next.
  package func key(_ name: String) throws {
    try separate()
    try JSONText.write(name, to: writer)
    try writer.append(literal: ": ")
    followsKey = true
  }

  /// A text.
  package func value(_ text: String) throws {
    try separate()
    try JSONText.write(text, to: writer)
  }

  /// A whole number.
  package func value(_ number: Int) throws {
    try separate()
    try writer.append(number: number)
  }

  /// `true` or `false`.
  package func value(_ truth: Bool) throws {
    try separate()
    try writer.append(truth ? "true" : "false")
  }

  /// `null`.
  package func null() throws {
    try separate()
    try writer.append(literal: "null")
  }

  /// Texts as an array on one line.
  package func value(_ texts: [String]) throws {
    try separate()
    try writer.append(literal: "[")
    for (index, text) in texts.enumerated() {
      if index > 0 { try writer.append(literal: ", ") }
      try JSONText.write(text, to: writer)
    }
    try writer.append(literal: "]")
  }

  /// A member that is a text, or `null`.
  package func member(_ name: String, _ text: String?) throws {
    try key(name)
    if let text { try value(text) } else { try null() }
  }

  /// A member that is a number, or `null`.
  package func member(_ name: String, _ number: Int?) throws {
    try key(name)
    if let number { try value(number) } else { try null() }
  }

  /// A member that is a truth value.
  package func member(_ name: String, _ truth: Bool) throws {
    try key(name)
    try value(truth)
  }

  /// A member that is an array of texts.
  package func member(_ name: String, _ texts: [String]) throws {
    try key(name)
    try value(texts)
  }

  /// A member that is an object.
  package func object(_ name: String, _ body: () throws -> Void) throws {
    try key(name)
    try object(body)
  }

  /// A member that is an array.
  package func array(_ name: String, _ body: () throws -> Void) throws {
    try key(name)
    try array(body)
  }

  /// Ends the document with a line break.
  package func end() throws { try writer.append(literal: "\n") }

  private func nest(_ open: StaticString, _ close: StaticString, _ body: () throws -> Void) throws {
    try separate()
    try writer.append(literal: open)
    depth += 1
    isFirst = true
    try body()
    depth -= 1
    if !isFirst { try breakLine() }
    try writer.append(literal: close)
    isFirst = false
  }

  /// What stands between the last thing written and the next.
  private func separate() throws {
    if followsKey {
      followsKey = false
      return
    }
    if depth > 0 {
      if !isFirst { try writer.append(isPretty ? "," : ", ") }
      if isPretty || isFirst { try breakLine() }
    }
    isFirst = false
  }

  private func breakLine() throws {
    guard isPretty else { return }
    try writer.append(literal: "\n")
    for _ in 0..<depth { try writer.append(literal: "  ") }
  }

  /// A text in quotes, escaped.
  static func write(_ text: String, to writer: ByteWriter) throws {
    try writer.append(literal: "\"")
    var text = text
    try text.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        var length = 1
        var scalar = UInt32(byte)
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20, 0x7F: break
        case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0,
          0xD8 where index + 1 < bytes.count && bytes[index + 1] == 0x9C:
          length = 2
          scalar = UInt32(byte & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
        case 0xE2 where index + 2 < bytes.count, 0xEF where index + 2 < bytes.count:
          let value = UInt32(byte & 0xF) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
          guard JSONText.isUnsafe(value) else {
            index += 3
            continue
          }
          length = 3
          scalar = value
        default:
          index += 1
          continue
        }
        try writer.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        try escape(scalar, to: writer)
        index += length
        start = index
      }
      try writer.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    try writer.append(literal: "\"")
  }

  /// Marks of direction, separators of lines that JavaScript obeys, and the byte order mark.
  private static func isUnsafe(_ value: UInt32) -> Bool {
    switch value {
    case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  private static func escape(_ value: UInt32, to writer: ByteWriter) throws {
    switch value {
    case 0x22: try writer.append(literal: "\\\"")
    case 0x5C: try writer.append(literal: "\\\\")
    case 0x0A: try writer.append(literal: "\\n")
    case 0x0D: try writer.append(literal: "\\r")
    case 0x09: try writer.append(literal: "\\t")
    default:
      let digits = String(value, radix: 16)
      try writer.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
  }
}
