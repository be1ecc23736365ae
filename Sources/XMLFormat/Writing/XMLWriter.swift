import AtomicFiles
import Localization

/// Writes an XML document as a stream: UTF-8, LF, two blanks for each level; the same calls give the same bytes.
///
/// ```swift
/// let xml = XMLWriter(to: writer)
/// xml.start("matter")
/// try xml.attribute("id", "2-042")
/// try xml.element("name", "我要开办熟食店")
/// xml.end()
/// try xml.finish()
/// ```
///
/// Elements are put together in the buffer of the `ByteWriter`; only `handOver()` and `finish()` write, and only they
/// throw what it throws. A text is checked before any byte of it is appended, so a character that XML does not allow
/// never reaches the document. What the caller has checked already goes through the `checked` variants, which do not
/// look again.
package final class XMLWriter {
  private let writer: ByteWriter
  /// The document so far, as far as it has not been handed over.
  private let out: ByteBuffer

  /// An element that is open. Its fields need no reference counting.
  private struct Open {
    /// Empty if the name is the last of `givenNames` that no element further in has.
    var name: StaticString
    /// It holds elements, so its end tag is on a line of its own.
    var hasElements = false
    var hasText = false
  }
  // Unchecked like the buffer: a check for overlapping access at every tag took an eighth of an export, and nothing
  // here calls back while it changes these.
  @exclusivity(unchecked) private var open: [Open] = []
  /// The names of open elements that the caller made while the program ran, from the outermost in.
  private var givenNames: [String] = []
  /// The last start tag still lacks its `>`: attributes may follow.
  @exclusivity(unchecked) private var isTagOpen = false

  /// Begins a document with the XML declaration.
  package init(to writer: ByteWriter) {
    self.writer = writer
    out = writer.buffer
    open.reserveCapacity(16)
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  // MARK: - Elements

  /// Begins an element.
  package func start(_ name: StaticString) {
    beginChild()
    out.append(byte: 0x3C)
    out.append(name)
    open.append(Open(name: name))
    isTagOpen = true
  }

  /// Begins an element whose name is not known before the program runs: it must be a valid one.
  package func start(named name: String) {
    beginChild()
    out.append(byte: 0x3C)
    out.append(name)
    open.append(Open(name: ""))
    givenNames.append(name)
    isTagOpen = true
  }

  /// Ends the element that is open; one without content becomes `<name/>`.
  package func end() {
    guard let element = open.popLast() else { return }
    let given = element.name.utf8CodeUnitCount == 0 ? givenNames.popLast() : nil
    if isTagOpen {
      isTagOpen = false
      out.append("/>")
    } else {
      if element.hasElements, !element.hasText { indent(open.count) }
      out.append("</")
      if let given { out.append(given) } else { out.append(element.name) }
      out.append(byte: 0x3E)
    }
    if open.isEmpty { out.append(byte: 0x0A) }
  }

  /// An element that holds a text and has no attributes.
  package func element(_ name: StaticString, _ text: String) throws(XMLWriteFailure) {
    start(name)
    try self.text(text)
    end()
  }

  /// Closes the start tag that may be open and goes to where a child element begins.
  private func beginChild() {
    guard let last = open.indices.last else { return }
    closeTag()
    open[last].hasElements = true
    if !open[last].hasText { indent(open.count) }
  }

  private func closeTag() {
    guard isTagOpen else { return }
    isTagOpen = false
    out.append(byte: 0x3E)
  }

  private func indent(_ depth: Int) {
    out.append(byte: 0x0A)
    out.append(repeating: 0x20, count: 2 * depth)
  }

  // MARK: - Attributes and text

  /// Adds an attribute to the element just begun, unless `value` is nil.
  ///
  /// After a text or a child it would belong to no tag: that is a mistake of the caller, and nothing is written.
  package func attribute(_ name: StaticString, _ value: String?) throws(XMLWriteFailure) {
    guard var value, isTagOpen else { return }
    let failure = value.withUTF8 { value in
      let failure = check(value, isUTF8: true, attribute: name)
      if failure == nil { attribute(name, checked: value) }
      return failure
    }
    if let failure { throw failure }
  }

  /// Adds an attribute to the element just begun.
  package func attribute(_ name: StaticString, bytes value: UnsafeBufferPointer<UInt8>) throws(XMLWriteFailure) {
    if let failure = check(value, isUTF8: false, attribute: name) { throw failure }
    attribute(name, checked: value)
  }

  /// Adds an attribute whose value holds nothing that XML does not allow.
  package func attribute(_ name: StaticString, checked value: UnsafeBufferPointer<UInt8>) {
    guard isTagOpen else { return }
    out.append(byte: 0x20)
    out.append(name)
    out.append("=\"")
    XMLText.append(value, to: out, isAttribute: true)
    out.append(byte: 0x22)
  }

  /// Adds an attribute whose value holds nothing that XML does not allow.
  package func attribute(_ name: StaticString, checked value: String) {
    var value = value
    value.withUTF8 { attribute(name, checked: $0) }
  }

  /// Adds an attribute whose name is not known before the program runs, and whose value holds nothing that XML does not
  /// allow.
  package func attribute(named name: String, checked value: String) {
    guard isTagOpen else { return }
    out.append(byte: 0x20)
    out.append(name)
    out.append("=\"")
    XMLText.append(value, to: out, isAttribute: true)
    out.append(byte: 0x22)
  }

  /// Adds an attribute that is a number.
  package func attribute(_ name: StaticString, number: Int) {
    guard isTagOpen else { return }
    out.append(byte: 0x20)
    out.append(name)
    out.append("=\"")
    out.append(number: number)
    out.append(byte: 0x22)
  }

  /// Adds text to the element that is open.
  package func text(_ text: String) throws(XMLWriteFailure) {
    var text = text
    let failure = text.withUTF8 { text in
      let failure = check(text, isUTF8: true, attribute: nil)
      if failure == nil { self.text(checked: text) }
      return failure
    }
    if let failure { throw failure }
  }

  /// Adds text to the element that is open.
  package func text(bytes: UnsafeBufferPointer<UInt8>) throws(XMLWriteFailure) {
    if let failure = check(bytes, isUTF8: false, attribute: nil) { throw failure }
    text(checked: bytes)
  }

  /// Adds text that holds nothing that XML does not allow.
  package func text(checked bytes: UnsafeBufferPointer<UInt8>) {
    guard !bytes.isEmpty, let last = open.indices.last else { return }
    closeTag()
    open[last].hasText = true
    XMLText.append(bytes, to: out)
  }

  /// The names of the open elements, from the outermost in.
  private var path: [String] {
    var given = givenNames[...]
    return open.map { $0.name.utf8CodeUnitCount == 0 ? given.popFirst() ?? "" : "\($0.name)" }
  }

  private func check(
    _ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool, attribute: StaticString?
  ) -> XMLWriteFailure? {
    XMLCharacters.firstForbidden(in: bytes, isUTF8: isUTF8).map { found in
      XMLWriteFailure(
        path: path, attribute: attribute.map { "\($0)" }, offset: found.offset,
        character: found.character)
    }
  }

  // MARK: - Fragments

  /// Adds the children that `fragments` keeps under `index`. The first time `make` writes them, through this writer;
  /// they must be the same children every time, at the same depth, and end what they start.
  package func fragment<Failure>(
    _ index: Int, of fragments: XMLFragments, make: () throws(Failure) -> Void
  ) throws(Failure) {
    if let known = fragments[index] {
      guard !known.isEmpty else { return }
      closeTag()
      if let last = open.indices.last { open[last].hasElements = true }
      return out.append(known)
    }
    let wasTagOpen = isTagOpen
    closeTag()
    let start = out.count
    try make()
    if out.count > start {
      fragments.keep(out.slice(start..<out.count), under: index)
    } else {
      fragments.keep(UnsafeBufferPointer(start: nil, count: 0), under: index)
      // Nothing came: the element may still be an empty one.
      if wasTagOpen { out.removeLast() }
      isTagOpen = wasTagOpen
    }
  }

  // MARK: - Output

  /// Writes out what has been put together once it is a good deal. To be called now and then between elements.
  /// - Throws: what the `ByteWriter` throws.
  @inline(__always)
  package func handOver() throws { try writer.flushIfFull() }

  /// Ends every element that is still open, and writes everything out but what the `ByteWriter` keeps until its
  /// `flush()`.
  /// - Throws: what the `ByteWriter` throws.
  package func finish() throws {
    while !open.isEmpty { end() }
    try handOver()
  }
}

/// Children that occur many times in a document, such as the departments of a lead, each kept as written under the
/// number of the text that they come from. Beyond a bound nothing more is kept, so that memory does not grow with ever
/// new texts.
package final class XMLFragments {
  private let bytes = ByteBuffer()
  // Unchecked for the reason given at `XMLWriter.open`.
  @exclusivity(unchecked) private var starts: [Int]
  /// -1 where nothing is kept.
  @exclusivity(unchecked) private var counts: [Int32]

  private static let limit = 64 << 20

  /// - Parameter count: how many texts there are.
  package init(_ count: Int) {
    starts = [Int](repeating: 0, count: count)
    counts = [Int32](repeating: -1, count: count)
  }

  subscript(index: Int) -> UnsafeBufferPointer<UInt8>? {
    let count = Int(counts[index])
    return count < 0 ? nil : bytes.slice(starts[index]..<starts[index] + count)
  }

  func keep(_ fragment: UnsafeBufferPointer<UInt8>, under index: Int) {
    guard bytes.count + fragment.count <= XMLFragments.limit else { return }
    starts[index] = bytes.count
    counts[index] = Int32(fragment.count)
    bytes.append(fragment)
  }
}
