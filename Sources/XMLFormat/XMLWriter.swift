import Localization
import Platform

/// Writes an XML document as a stream: UTF-8, LF, two blanks for each level, the same calls giving the same bytes.
///
/// Bytes go to the writer in pieces of about 64 kB. What the writer throws comes through every function here. A text is
/// checked before any byte of it is written, so a character that XML does not allow never reaches the writer.
package final class XMLWriter {
  package typealias ByteWriter = (UnsafeRawBufferPointer) throws -> Void

  private let writer: ByteWriter
  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0

  private struct Open {
    var name: StaticString
    /// It holds elements, so its end tag stands on a line of its own.
    var hasElements = false
    var hasText = false
  }
  private var open: [Open] = []
  /// The last start tag still lacks its `>`: attributes may follow.
  private var isTagOpen = false

  private static let capacity = 64 * 1024

  /// Begins a document with the XML declaration.
  package init(writer: @escaping ByteWriter) {
    self.writer = writer
    buffer = .allocate(capacity: XMLWriter.capacity)
    let declaration: StaticString = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    memcpy(buffer, declaration.utf8Start, declaration.utf8CodeUnitCount)
    count = declaration.utf8CodeUnitCount
  }

  deinit { buffer.deallocate() }

  // MARK: - Elements

  /// Begins an element.
  /// - Throws: what the writer throws.
  package func start(_ name: StaticString) throws {
    try closeTag()
    if let last = open.indices.last { open[last].hasElements = true }
    if open.last?.hasText != true { try indent(open.count) }
    try put(0x3C)
    try put(name)
    open.append(Open(name: name))
    isTagOpen = true
  }

  /// Adds an attribute to the element just begun; after a text or another element it would have no subject and is left out.
  /// - Throws: `XMLWriteFailure` for a character that XML does not allow; what the writer throws.
  package func attribute(_ name: StaticString, _ value: String) throws {
    var value = value
    try value.withUTF8 { try attribute(name, $0) }
  }

  /// Adds an attribute to the element just begun; after a text or another element it would have no subject and is left out.
  /// - Throws: `XMLWriteFailure` for bytes that are not UTF-8 or a character that XML does not allow; what the writer
  ///   throws.
  package func attribute(_ name: StaticString, _ value: UnsafeBufferPointer<UInt8>) throws {
    guard isTagOpen else { return }
    try check(value, attribute: name)
    try put(0x20)
    try put(name)
    try put(0x3D)
    try put(0x22)
    try putEscaped(value, special: XMLWriter.isSpecialInAttribute)
    try put(0x22)
  }

  /// Adds text to the element that is open.
  /// - Throws: `XMLWriteFailure` for a character that XML does not allow; what the writer throws.
  package func text(_ text: String) throws {
    var text = text
    try text.withUTF8 { try self.text($0) }
  }

  /// Adds text to the element that is open.
  /// - Throws: `XMLWriteFailure` for bytes that are not UTF-8 or a character that XML does not allow; what the writer
  ///   throws.
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard bytes.count > 0 else { return }
    try check(bytes, attribute: nil)
    try closeTag()
    if let last = open.indices.last { open[last].hasText = true }
    try putEscaped(bytes, special: XMLWriter.isSpecialInText)
  }

  /// Ends the element that is open; an empty one becomes `<name/>`.
  /// - Throws: what the writer throws.
  package func end() throws {
    guard let element = open.popLast() else { return }
    if isTagOpen {
      isTagOpen = false
      try put(0x2F)
      return try put(0x3E)
    }
    if element.hasElements && !element.hasText { try indent(open.count) }
    try put(0x3C)
    try put(0x2F)
    try put(element.name)
    try put(0x3E)
  }

  /// An element that holds a text and has no attributes.
  /// - Throws: as `start`, `text` and `end` do.
  package func element(_ name: StaticString, _ text: String) throws {
    try start(name)
    try self.text(text)
    try end()
  }

  /// Ends every element that is still open and hands the last bytes to the writer.
  /// - Throws: what the writer throws.
  package func finish() throws {
    while !open.isEmpty { try end() }
    try put(0x0A)
    try flush()
  }

  // MARK: - Bytes

  private func closeTag() throws {
    guard isTagOpen else { return }
    isTagOpen = false
    try put(0x3E)
  }

  private func indent(_ depth: Int) throws {
    // The root stands on the line that the declaration ended.
    if depth > 0 || !open.isEmpty || isRootWritten { try put(0x0A) }
    isRootWritten = true
    for _ in 0..<depth {
      try put(0x20)
      try put(0x20)
    }
  }

  private var isRootWritten = false

  @inline(__always)
  private func put(_ byte: UInt8) throws {
    if count == XMLWriter.capacity { try flush() }
    buffer[count] = byte
    count += 1
  }

  private func put(_ name: StaticString) throws {
    try put(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)[...])
  }

  private func put(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws {
    var bytes = UnsafeBufferPointer(rebasing: bytes)
    while let start = bytes.baseAddress, bytes.count > 0 {
      if count == XMLWriter.capacity { try flush() }
      let length = min(bytes.count, XMLWriter.capacity - count)
      memcpy(buffer + count, start, length)
      count += length
      bytes = UnsafeBufferPointer(rebasing: bytes[length...])
    }
  }

  private func flush() throws {
    guard count > 0 else { return }
    let bytes = UnsafeRawBufferPointer(start: buffer, count: count)
    count = 0
    try writer(bytes)
  }

  private func putEscaped(_ bytes: UnsafeBufferPointer<UInt8>, special: [Bool]) throws {
    try special.withUnsafeBufferPointer { special in
      var done = 0
      for index in 0..<bytes.count where special[Int(bytes[index])] {
        try put(bytes[done..<index])
        try put(XMLWriter.reference(bytes[index]))
        done = index + 1
      }
      try put(bytes[done...])
    }
  }

  private static func reference(_ byte: UInt8) -> StaticString {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: "&quot;"
    case 0x09: "&#9;"
    case 0x0A: "&#10;"
    default: "&#13;"
    }
  }

  /// A reader turns a bare CR into LF, and in an attribute LF and tab into a blank: written as references they survive.
  private static let isSpecialInText = bytes(of: [0x26, 0x3C, 0x3E, 0x0D])
  private static let isSpecialInAttribute = bytes(of: [0x26, 0x3C, 0x3E, 0x22, 0x09, 0x0A, 0x0D])

  private static func bytes(of list: [UInt8]) -> [Bool] {
    var table = [Bool](repeating: false, count: 256)
    for byte in list { table[Int(byte)] = true }
    return table
  }

  // MARK: - Characters that XML does not allow

  private func check(_ bytes: UnsafeBufferPointer<UInt8>, attribute: StaticString?) throws(XMLWriteFailure) {
    guard let subject = XMLCharacters.firstForbidden(in: bytes) else { return }
    throw XMLWriteFailure(
      path: open.map { "\($0.name)" }, attribute: attribute.map { "\($0)" }, offset: subject.offset,
      character: subject.character)
  }
}

/// A text that cannot stand in an XML document, and where it was to be written.
package struct XMLWriteFailure: LocalizedFailure, Hashable {
  /// The elements that are open, from the root to the one concerned.
  package var path: [String]
  /// The attribute, or nil for an element's text.
  package var attribute: String?
  /// How many characters of the text come before it.
  package var offset: Int
  /// The character's number, or nil for bytes that are not UTF-8.
  package var character: UInt32?

  package var explanation: LocalizedText {
    let name = path.last.map { "<\($0)>" } ?? "?"
    let subject =
      attribute.map { LocalizedText(zh: "\(name) 的属性 \($0)", en: "the attribute \($0) of \(name)") }
      ?? LocalizedText(zh: "\(name) 的文字", en: "the text of \(name)")
    guard let character else {
      return LocalizedText(
        zh: "\(subject.zh)中第 \(offset + 1) 个字符处的字节不是 UTF-8，无法写入 XML。请在来源中改正。",
        en:
          "character \(offset + 1) of \(subject.en) is not UTF-8 and cannot be written to XML. Correct it at its source."
      )
    }
    let hex = String(character, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    return LocalizedText(
      zh: "\(subject.zh)中第 \(offset + 1) 个字符是 \(code),XML 1.0 不允许。请在来源中删去。",
      en: "character \(offset + 1) of \(subject.en) is \(code), which XML 1.0 does not allow. Remove it at its source.")
  }
}
