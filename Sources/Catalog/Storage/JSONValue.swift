import AtomicFiles
import CSVFormat

/// A value of a JSON text (RFC 8259) with the line on which it begins, so that a problem can be reported at its line.
struct JSONValue {
  enum Content {
    case null
    case flag(Bool)
    /// A number as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])
  }

  struct Member {
    var name: String
    var line: Int
    var value: JSONValue
  }

  var content: Content
  var line: Int

  var string: String? { if case .string(let text) = content { text } else { nil } }
  var array: [JSONValue]? { if case .array(let values) = content { values } else { nil } }
  var members: [Member]? { if case .object(let members) = content { members } else { nil } }

  var integer: Int? {
    guard case .number(let text) = content else { return nil }
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  /// The value of a name; of several the last.
  func member(_ name: String) -> Member? { members?.last { $0.name == name } }

  /// - Throws: `JSONSyntaxError` with the line at which the text is no longer JSON.
  init(_ text: Bytes) throws(JSONSyntaxError) {
    var parser = JSONParser(text)
    self = try parser.document()
  }

  init(_ content: Content, line: Int) {
    self.content = content
    self.line = line
  }
}

struct JSONSyntaxError: Error {
  var line: Int
  /// It may be JSON, but has values within more values than are read.
  var isTooDeep = false

  /// Values within values are read by recursion, so that their depth is limited.
  static let deepest = 200
}

private struct JSONParser {
  private let text: Bytes
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var line = 1
  private var depth = 0

  init(_ text: Bytes) {
    self.text = text
    bytes = text.buffer
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    skipBlanks()
    let value = try value()
    skipBlanks()
    guard index == bytes.count else { throw failure }
    return value
  }

  private var failure: JSONSyntaxError { JSONSyntaxError(line: line) }
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let byte = next {
      switch byte {
      case 0x0A: line += 1
      case 0x20, 0x09, 0x0D: break
      default: return
      }
      index += 1
    }
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard let byte = next, byte == UInt8(ascii: wanted) else { return false }
    index += 1
    return true
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    let start = line
    switch next {
    case UInt8(ascii: "{"): return JSONValue(.object(try members()), line: start)
    case UInt8(ascii: "["): return JSONValue(.array(try elements()), line: start)
    case UInt8(ascii: "\""): return JSONValue(.string(try string()), line: start)
    case UInt8(ascii: "t"): return JSONValue(try word("true", .flag(true)), line: start)
    case UInt8(ascii: "f"): return JSONValue(try word("false", .flag(false)), line: start)
    case UInt8(ascii: "n"): return JSONValue(try word("null", .null), line: start)
    default: return JSONValue(.number(try number()), line: start)
    }
  }

  private mutating func word(
    _ word: String, _ content: JSONValue.Content
  ) throws(JSONSyntaxError) -> JSONValue.Content {
    guard bytes[index...].starts(with: word.utf8) else { throw failure }
    index += word.utf8.count
    return content
  }

  private mutating func number() throws(JSONSyntaxError) -> String {
    let start = index
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard Double(text) != nil, !text.hasPrefix("+") else { throw failure }
    return text
  }

  private mutating func members() throws(JSONSyntaxError) -> [JSONValue.Member] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    if take("}") { return members }
    while true {
      skipBlanks()
      let start = line
      guard next == UInt8(ascii: "\"") else { throw failure }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw failure }
      skipBlanks()
      members.append(JSONValue.Member(name: name, line: start, value: try value()))
      skipBlanks()
      if take("}") { return members }
      guard take(",") else { throw failure }
    }
  }

  private mutating func elements() throws(JSONSyntaxError) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    if take("]") { return values }
    while true {
      skipBlanks()
      values.append(try value())
      skipBlanks()
      if take("]") { return values }
      guard take(",") else { throw failure }
    }
  }

  private mutating func enter() throws(JSONSyntaxError) {
    depth += 1
    guard depth <= JSONSyntaxError.deepest else { throw JSONSyntaxError(line: line, isTooDeep: true) }
    index += 1
    skipBlanks()
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    index += 1
    let start = index
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
    let plain = UnsafeBufferPointer(rebasing: bytes[start..<index])
    if next == UInt8(ascii: "\"") {
      index += 1
      return try checked(plain)
    }
    var units = Array(plain)
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard units.withUnsafeBufferPointer({ UTF8Check.firstInvalid($0, from: 0) }) == nil else { throw failure }
        return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): units += String(try escaped()).utf8
      case 0..<0x20:
        throw failure
      default: units.append(byte)
      }
    }
    throw failure
  }

  private func checked(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> String {
    if UTF8Check.firstInvalid(bytes, from: 0) != nil { throw failure }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func escaped() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard let byte = next else { throw failure }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      guard (0xD800..<0xDC00).contains(first) else {
        guard let scalar = Unicode.Scalar(first) else { throw failure }
        return scalar
      }
      guard take("\\"), take("u") else { throw failure }
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { throw failure }
      return scalar
    default: throw failure
    }
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw failure }
    let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
    guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else { throw failure }
    index += 4
    return value
  }
}
