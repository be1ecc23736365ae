import AtomicFiles

/// Finds the line of an element within the element of a row. Only positions that are shown are looked up, so that a sound
/// document costs nothing.
struct XMLElementLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let document: Bytes
  private var index: Int
  private var line: Int

  /// How far a start tag may reach back from the line on which it ends, and how long a row's element may be.
  private static let longestTag = 8192
  private static let longestRow = 1 << 20

  /// - Parameters:
  ///   - start: where the line begins on which the start tag of the row's element ends.
  ///   - line: its number.
  init(_ document: Bytes, from start: Int, line: Int) {
    self.document = document
    bytes = document.buffer
    index = start
    self.line = line
  }

  /// The line of the child element `name` of the row's element; nil if there is none, or if several rows are on the line.
  mutating func line(of name: String, in row: String) -> Int? {
    guard let tag = startTag(row) else { return nil }
    let wanted = Array(name.utf8)
    index = tag
    let end = min(bytes.count, tag + XMLElementLines.longestRow)
    guard skipTag(until: end) == .opening else { return nil }
    var depth = 1
    while depth > 0, skipText(until: end) {
      let start = index
      let startLine = line
      switch skipTag(until: end) {
      case .opening:
        if depth == 1, isTag(at: start, wanted) { return startLine }
        depth += 1
      case .empty:
        if depth == 1, isTag(at: start, wanted) { return startLine }
      case .closing: depth -= 1
      case .other: break
      case .unfinished: return nil
      }
    }
    return nil
  }

  private enum Tag { case opening, closing, empty, other, unfinished }

  /// Whether the tag at `<` has this local name.
  private func isTag(at start: Int, _ name: [UInt8]) -> Bool {
    var end = start + 1
    var from = end
    while end < bytes.count, !XMLElementLines.endsName(bytes[end]) {
      end += 1
      if bytes[end - 1] == UInt8(ascii: ":") { from = end }
    }
    return bytes[from..<end].elementsEqual(name)
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  /// The one tag of this name on the line, or the last one before it; moves `line` back to it.
  private mutating func startTag(_ row: String) -> Int? {
    let name = Array(row.utf8)
    var found: Int?
    var position = index
    while position < bytes.count, bytes[position] != 0x0A {
      if bytes[position] == UInt8(ascii: "<"), isTag(at: position, name) {
        if found != nil { return nil }
        found = position
      }
      position += 1
    }
    if let found { return found }
    position = index
    let least = max(0, index - XMLElementLines.longestTag)
    while position > least {
      position -= 1
      if bytes[position] == 0x0A { line -= 1 }
      if bytes[position] == UInt8(ascii: "<") { return isTag(at: position, name) ? position : nil }
    }
    return nil
  }

  /// Moves to the next `<`.
  private mutating func skipText(until end: Int) -> Bool {
    while index < end {
      if bytes[index] == UInt8(ascii: "<") { return true }
      if bytes[index] == 0x0A { line += 1 }
      index += 1
    }
    return false
  }

  /// Moves behind the tag, comment or section at `<`.
  private mutating func skipTag(until end: Int) -> Tag {
    for (start, stop) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
    where bytes[index...].starts(with: start.utf8) {
      return skip(to: Array(stop.utf8), until: end) ? .other : .unfinished
    }
    let isClosing = index + 1 < end && bytes[index + 1] == UInt8(ascii: "/")
    var quote: UInt8?
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A { line += 1 }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return isClosing ? .closing : bytes[index - 2] == UInt8(ascii: "/") ? .empty : .opening
      }
    }
    return .unfinished
  }

  private mutating func skip(to stop: [UInt8], until end: Int) -> Bool {
    while index < end {
      if bytes[index] == 0x0A { line += 1 }
      if bytes[index...].starts(with: stop) {
        index += stop.count
        return true
      }
      index += 1
    }
    return false
  }
}
