/// A JSON text with its keys in the order in which they stand.
package enum JSON: Hashable, Sendable {
  case object([Member])
  case array([JSON])
  case text(String)
  /// As written.
  case number(String)
  case truth(Bool)
  case null

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSON
  }

  package struct Malformed: Error { package var offset: Int }

  package init(_ text: String) throws {
    var reader = Reader(bytes: Array(text.utf8))
    self = try reader.value()
    reader.skipBlanks()
    guard reader.at == reader.bytes.count else { throw Malformed(offset: reader.at) }
  }

  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  package var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  package var elements: [JSON] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  package var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  package var int: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(number)
  }

  package var bool: Bool? {
    guard case .truth(let truth) = self else { return nil }
    return truth
  }

  package var texts: [String] { elements.compactMap(\.text) }

  private struct Reader {
    var bytes: [UInt8]
    var at = 0

    mutating func skipBlanks() {
      while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
      at += 1
      return true
    }

    mutating func word(_ word: String) -> Bool {
      guard bytes[at...].starts(with: word.utf8) else { return false }
      at += word.utf8.count
      return true
    }

    mutating func value() throws -> JSON {
      if take("{") {
        var members: [Member] = []
        if take("}") { return .object(members) }
        repeat {
          skipBlanks()
          let key = try string()
          guard take(":") else { throw Malformed(offset: at) }
          members.append(Member(key: key, value: try value()))
        } while take(",")
        guard take("}") else { throw Malformed(offset: at) }
        return .object(members)
      }
      if take("[") {
        var elements: [JSON] = []
        if take("]") { return .array(elements) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw Malformed(offset: at) }
        return .array(elements)
      }
      skipBlanks()
      guard at < bytes.count else { throw Malformed(offset: at) }
      if bytes[at] == UInt8(ascii: "\"") { return .text(try string()) }
      if word("true") { return .truth(true) }
      if word("false") { return .truth(false) }
      if word("null") { return .null }
      let start = at
      while at < bytes.count, "+-.0123456789Ee".utf8.contains(bytes[at]) { at += 1 }
      guard at > start else { throw Malformed(offset: at) }
      return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    mutating func string() throws -> String {
      guard take("\"") else { throw Malformed(offset: at) }
      var units: [UInt8] = []
      while at < bytes.count {
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
        case 0..<0x20: throw Malformed(offset: at - 1)
        case UInt8(ascii: "\\"):
          guard at < bytes.count else { throw Malformed(offset: at) }
          let escape = bytes[at]
          at += 1
          switch escape {
          case UInt8(ascii: "n"): units.append(0x0A)
          case UInt8(ascii: "r"): units.append(0x0D)
          case UInt8(ascii: "t"): units.append(0x09)
          case UInt8(ascii: "b"): units.append(0x08)
          case UInt8(ascii: "f"): units.append(0x0C)
          case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(escape)
          case UInt8(ascii: "u"):
            guard at + 4 <= bytes.count,
              let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
              let scalar = Unicode.Scalar(code)
            else { throw Malformed(offset: at) }
            at += 4
            units += Array(String(scalar).utf8)
          default: throw Malformed(offset: at - 1)
          }
        default: units.append(byte)
        }
      }
      throw Malformed(offset: at)
    }
  }
}
