import AtomicFiles
import Platform

/// Cuts an XML document into its tags and what is between them, without changing or leaving out a byte, so that a
/// document can be copied with a few tags changed.
///
/// libxml2 does not say which bytes an event was read from. The grammar is that of XML 1.0, 2.4 to 2.7 and 3.1; nothing
/// is checked beyond where a tag ends, so that the VML of spreadsheet programs, which is not always well-formed, passes.
struct MarkupReader: ~Copyable {
  enum Kind { case text, start, empty, end, other }

  /// A tag, or what is between two tags. Its bytes are valid until the next one is read.
  struct Piece {
    let kind: Kind
    let bytes: UnsafeBufferPointer<UInt8>

    var tag: MarkupTag { MarkupTag(bytes) }
    /// The name of a start, empty or end tag without its prefix.
    func isTag(_ name: StaticString) -> Bool {
      kind != .text && kind != .other && tag.isNamed(name)
    }
  }

  /// The document ended within a tag, or a tag is longer than any program writes.
  private(set) var isBroken = false

  private let fill: ((UnsafeMutableRawBufferPointer) -> Int)?
  private var storage: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  private var end = 0
  private var isAtEnd: Bool
  private let owner: ByteBuffer?

  private static let longestTag = 32 << 20

  /// Reads what a function delivers: it fills a buffer and returns how many bytes it wrote, 0 at the end.
  init(_ fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) {
    self.fill = fill
    owner = nil
    capacity = 1 << 17
    storage = .allocate(capacity: capacity)
    isAtEnd = false
  }

  /// Reads a document in memory, which must not change meanwhile.
  init(_ content: ByteBuffer) {
    fill = nil
    owner = content
    storage = content.base
    capacity = content.count
    end = content.count
    isAtEnd = true
  }

  deinit {
    if owner == nil { storage.deallocate() }
  }

  /// The next piece; nil at the end.
  mutating func next() -> Piece? {
    if start == end, !more() { return nil }
    guard storage[start] == UInt8(ascii: "<") else {
      let length = MarkupReader.offset(of: UInt8(ascii: "<"), in: storage + start, count: end - start) ?? end - start
      return take(.text, length)
    }
    while true {
      if let (kind, length) = markup() { return take(kind, length) }
      guard end - start < MarkupReader.longestTag, more() else {
        isBroken = true
        return nil
      }
    }
  }

  /// Reads up to a mark, or to the end, in passages of any length, without looking at what is in them.
  mutating func skip(
    to mark: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(WorkbookFailure) -> Void
  ) throws(WorkbookFailure) {
    while true {
      let found = MarkupReader.offset(of: mark, in: storage + start, count: end - start)
      let length = found ?? max(0, end - start - mark.count + 1)
      if length > 0 { try body(UnsafeBufferPointer(start: UnsafePointer(storage + start), count: length)) }
      start += length
      if found != nil { return }
      guard more() else { return }
    }
  }

  private mutating func take(_ kind: Kind, _ length: Int) -> Piece {
    let bytes = UnsafeBufferPointer(start: UnsafePointer(storage + start), count: length)
    start += length
    return Piece(kind: kind, bytes: bytes)
  }

  /// The kind and length of the markup at `start`; nil if it is not there to its end.
  private func markup() -> (Kind, Int)? {
    let bytes = UnsafeBufferPointer(start: UnsafePointer(storage + start), count: end - start)
    guard bytes.count > 1 else { return nil }
    switch bytes[1] {
    case UInt8(ascii: "?"): return end("?>", in: bytes, from: 2).map { (.other, $0) }
    case UInt8(ascii: "!"):
      guard bytes.count > 8 || isAtEnd else { return nil }
      if bytes.starts(with: "<!--".utf8) { return end("-->", in: bytes, from: 4).map { (.other, $0) } }
      if bytes.starts(with: "<![CDATA[".utf8) { return end("]]>", in: bytes, from: 9).map { (.other, $0) } }
      return end(">", in: bytes, from: 2).map { (.other, $0) }
    default:
      var quote: UInt8 = 0
      for index in 1..<bytes.count {
        let byte = bytes[index]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == 0x22 || byte == 0x27 {
          quote = byte
        } else if byte == UInt8(ascii: ">") {
          let kind: Kind =
            bytes[1] == UInt8(ascii: "/") ? .end : bytes[index - 1] == UInt8(ascii: "/") ? .empty : .start
          return (kind, index + 1)
        }
      }
      return nil
    }
  }

  private func end(_ mark: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from first: Int) -> Int? {
    let count = mark.utf8CodeUnitCount
    guard let base = bytes.baseAddress else { return nil }
    var index = first
    while index + count <= bytes.count {
      if memcmp(base + index, mark.utf8Start, count) == 0 { return index + count }
      index += 1
    }
    return nil
  }

  /// Where a mark that begins with `<` is.
  private static func offset(of mark: [UInt8], in base: UnsafePointer<UInt8>, count: Int) -> Int? {
    var index = 0
    while index + mark.count <= count, let next = offset(of: 0x3C, in: base + index, count: count - index) {
      index += next
      guard index + mark.count <= count else { return nil }
      if base[index + 1] == mark[1], memcmp(base + index, mark, mark.count) == 0 { return index }
      index += 1
    }
    return nil
  }

  private static func offset(of byte: UInt8, in base: UnsafePointer<UInt8>, count: Int) -> Int? {
    guard let found = memchr(base, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Reads on; false at the end.
  private mutating func more() -> Bool {
    guard !isAtEnd, let fill else { return false }
    if start > 0 {
      memmove(storage, storage + start, end - start)
      end -= start
      start = 0
    }
    if end == capacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
      larger.update(from: storage, count: end)
      storage.deallocate()
      storage = larger
      capacity *= 2
    }
    let count = fill(UnsafeMutableRawBufferPointer(start: storage + end, count: capacity - end))
    if count <= 0 {
      isAtEnd = true
      return false
    }
    end += count
    return true
  }
}

/// The bytes of a tag, `<x:c r="A1" s="3">`.
struct MarkupTag {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The bytes of the name, with its prefix.
  private var nameRange: Range<Int> {
    let first = bytes.count > 1 && bytes[1] == UInt8(ascii: "/") ? 2 : 1
    var end = first
    while end < bytes.count, !MarkupTag.isBlank(bytes[end]), bytes[end] != 0x3E, bytes[end] != 0x2F { end += 1 }
    return first..<end
  }

  /// The prefix of the name with its colon; empty if there is none.
  var prefix: String {
    let range = nameRange
    guard let colon = bytes[range].firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return String(decoding: bytes[range.lowerBound...colon], as: UTF8.self)
  }

  /// Whether this is its name without the prefix.
  func isNamed(_ name: StaticString) -> Bool {
    let range = nameRange
    let count = name.utf8CodeUnitCount
    guard range.count >= count, let base = bytes.baseAddress else { return false }
    let first = range.upperBound - count
    return (first == range.lowerBound || bytes[first - 1] == UInt8(ascii: ":"))
      && memcmp(base + first, name.utf8Start, count) == 0
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// An attribute: its name with the prefix, and its value as it is written.
  struct Attribute {
    var name: Range<Int>
    var value: Range<Int>
  }

  /// Calls `body` with each attribute until it returns true.
  func findAttribute(_ body: (Attribute) -> Bool) {
    var index = nameRange.upperBound
    while index < bytes.count {
      while index < bytes.count, MarkupTag.isBlank(bytes[index]) { index += 1 }
      let name = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "="), !MarkupTag.isBlank(bytes[index]) { index += 1 }
      let nameEnd = index
      while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x27 { index += 1 }
      guard index < bytes.count else { return }
      let quote = bytes[index]
      let start = index + 1
      index = start
      while index < bytes.count, bytes[index] != quote { index += 1 }
      guard index < bytes.count else { return }
      if body(Attribute(name: name..<nameEnd, value: start..<index)) { return }
      index += 1
    }
  }

  /// The attributes in their order, with their values as they are written.
  var attributes: [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    findAttribute { attribute in
      found.append(
        (
          String(decoding: bytes[attribute.name], as: UTF8.self),
          String(decoding: bytes[attribute.value], as: UTF8.self)
        ))
      return false
    }
    return found
  }

  private func range(of name: StaticString) -> Range<Int>? {
    var found: Range<Int>?
    let count = name.utf8CodeUnitCount
    findAttribute { attribute in
      guard attribute.name.count == count, let base = bytes.baseAddress,
        memcmp(base + attribute.name.lowerBound, name.utf8Start, count) == 0
      else { return false }
      found = attribute.value
      return true
    }
    return found
  }

  /// The value of an attribute as it is written: entities are not resolved.
  func value(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    range(of: name).map { UnsafeBufferPointer(rebasing: bytes[$0]) }
  }

  /// The value of an attribute with its five entities resolved.
  func text(_ name: StaticString) -> String? {
    value(name).map { MarkupTag.resolved(String(decoding: $0, as: UTF8.self)) }
  }

  func number(_ name: StaticString) -> Int? { value(name).flatMap { Int(String(decoding: $0, as: UTF8.self)) } }

  static func resolved(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&apos;", with: "'").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  /// Appends the tag with an attribute that has this value.
  /// - Parameter isOpened: an empty tag becomes a start tag.
  func append(setting name: StaticString, to value: String, isOpened: Bool = false, _ out: ByteBuffer) {
    if let range = range(of: name) {
      out.append(UnsafeBufferPointer(rebasing: bytes[..<range.lowerBound]))
      out.append(value)
      append(from: range.upperBound, isOpened: isOpened, out)
    } else {
      let end = nameRange.upperBound
      out.append(UnsafeBufferPointer(rebasing: bytes[..<end]))
      out.append(" ")
      out.append(name)
      out.append("=\"")
      out.append(value)
      out.append("\"")
      append(from: end, isOpened: isOpened, out)
    }
  }

  /// Appends an empty tag as a start tag.
  func appendOpened(_ out: ByteBuffer) { append(from: 0, isOpened: true, out) }

  private func append(from index: Int, isOpened: Bool, _ out: ByteBuffer) {
    let isEmpty = bytes.count > 2 && bytes[bytes.count - 2] == UInt8(ascii: "/")
    guard isOpened, isEmpty else { return out.append(UnsafeBufferPointer(rebasing: bytes[index...])) }
    out.append(UnsafeBufferPointer(rebasing: bytes[index..<(bytes.count - 2)]))
    out.append(">")
  }

  /// Appends the end tag that belongs to this start tag.
  func appendEnd(_ out: ByteBuffer) {
    out.append("</")
    out.append(UnsafeBufferPointer(rebasing: bytes[nameRange]))
    out.append(">")
  }
}
