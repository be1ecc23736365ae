import CLibXML2
import Files

/// One reading of one document: stands between libxml2's parser, its validator and the handler.
final class Reading {
  private let format: MarkupFormat
  private let outline: SchemaOutline?
  private let schema: MarkupSchema?
  private let source: ByteSource
  private let handler: any MarkupHandler
  private let errors = ErrorList()
  private let keep: Int

  private var parser: ParserContext?
  private var validation: ValidationContext?
  private var table: NameTable?
  /// The names that have numbers: the format's, then those of the schema's elements that the format does not list.
  private let names: [String]
  /// For parent and child, `parent * names.count + child`: whether the one may stand in the other. Empty without schema.
  private let allowed: [Bool]

  // What is open now.
  private struct Open {
    var name: Int
    var line: Int
    var localName: UnsafePointer<UInt8>?
    /// How many complaints there were when it began.
    var complaints: Int
    /// The schema met something unexpected in it; what follows in it is not checked, hence not delivered.
    var isLost: Bool
  }
  private var open: [Open] = []
  /// How deep the reading is inside an element that is left out; 0 for not at all.
  private var skipping = 0
  /// Whether the last event was a start tag, so that the text belongs to an element without others.
  private var isLeaf = false
  private var lastLine = 1

  private var text: GrowingBuffer
  private var decoded: GrowingBuffer
  private var attributes: [MarkupAttribute] = []

  // What came of it.
  private var complaints: [MarkupComplaint] = []
  private var total = 0
  private var fatal: MarkupComplaint?
  private var isStopped = false
  private var bytesSinceEvent = 0
  private var isEmpty = true

  init(format: MarkupFormat, schema: MarkupSchema?, source: ByteSource, keep: Int, handler: any MarkupHandler) {
    self.format = format
    self.schema = schema
    self.outline = schema?.outline
    self.source = source
    self.keep = keep
    self.handler = handler
    text = GrowingBuffer()
    decoded = GrowingBuffer()
    guard let outline = schema?.outline else {
      names = format.names
      allowed = []
      return
    }
    let known = Set(format.names)
    let names = format.names + outline.elements.filter { !known.contains($0) }
    var numbers: [String: Int] = [:]
    for (number, name) in names.enumerated() where numbers[name] == nil { numbers[name] = number }
    var allowed = [Bool](repeating: false, count: names.count * names.count)
    for (parent, children) in outline.children {
      guard let row = numbers[parent] else { continue }
      for child in children {
        if let column = numbers[child] { allowed[row * names.count + column] = true }
      }
    }
    self.names = names
    self.allowed = allowed
  }

  /// Reads the document (`xmlParseDocument`). To be called once.
  func run() -> MarkupReport {
    Library.start()
    Library.collecting(errors) { parse() }
    if fatal == nil, !isStopped, let error = errors.first {
      fatal = MarkupComplaint(syntax: error, isEmpty: isEmpty)
      fatal?.place = handler.place
    }
    if let fatal { complaints.append(fatal) }
    return MarkupReport(
      ending: fatal != nil ? .broken : isStopped ? .stopped : .complete, complaints: complaints,
      omitted: max(0, total - (complaints.count - (fatal == nil ? 0 : 1))))
  }

  private func parse() {
    let user = Unmanaged.passUnretained(self).toOpaque()
    guard let parser = ParserContext(handler: Reading.events, user: user, read: Reading.read) else {
      return giveUp(.library)
    }
    self.parser = parser
    table = NameTable(names: names, namespace: format.namespace, dictionary: parser.pointer.pointee.dict)
    if let schema {
      validation = ValidationContext(schema, errors: errors)
      if validation == nil { return giveUp(.library) }
    }
    xmlParseDocument(parser.pointer)
    validation = nil
    table = nil
    self.parser = nil
  }

  // MARK: - Events

  private func start(
    _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?,
    _ namespaceCount: Int32, _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32, _ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    bytesSinceEvent = 0
    guard !isOver, let table, let parser else { return }
    let line = tagLine(parser)
    if skipping > 0 {
      skipping += 1
      if open.count + skipping > MarkupComplaint.Limit.depth.rawValue { return giveUp(.limit(.depth), line: line) }
      return
    }
    let depth = open.count
    guard depth < MarkupComplaint.Limit.depth.rawValue else { return giveUp(.limit(.depth), line: line) }
    let number = uri == table.namespace ? table.number(localName) : MarkupElement.unknown

    if depth == 0 {
      guard isRoot(localName, uri, line: line) else { return }
    } else {
      if !flushText(before: line) { return }
      let parent = open[depth - 1]
      if parent.isLost {
        skipping = 1
        return
      }
      if !allowed.isEmpty,
        parent.name < 0 || number < 0 || !allowed[parent.name * names.count + number]
      {
        reject(localName, line: line)
        return
      }
    }

    open.append(
      Open(name: number, line: line, localName: localName, complaints: total, isLost: false))
    isLeaf = true
    gather(raw, count: Int(attributeCount), table)
    if depth == 0, !hasRightVersion(line) { return }

    var found: [LibraryError] = []
    if let validation {
      validation.startElement(
        validation.user, localName, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, raw)
      if !errors.schema.isEmpty {
        found = errors.takeSchema()
        if found.contains(where: { $0.code == Int(XML_SCHEMAV_ELEMENT_CONTENT.rawValue) }) {
          // Out of order or once too often: the rest of the parent is unchecked.
          for error in found { complain(error, at: line) }
          validation.endElement(validation.user, localName, prefix, uri)
          _ = errors.takeSchema()
          open[depth - 1].isLost = true
          open.removeLast()
          skipping = 1
          return
        }
      }
    }
    attributes.withUnsafeBufferPointer { buffer in
      let element = MarkupElement(
        name: number < format.names.count ? number : MarkupElement.unknown, line: line, depth: depth,
        isFlawed: !found.isEmpty, attributes: MarkupAttributes(buffer: buffer))
      do throws(MarkupStop) { try handler.start(element) } catch { isStopped = true }
    }
    for error in found { complain(error, at: line) }
    if isOver { xmlStopParser(parser.pointer) }
  }

  private func end(
    _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?
  ) {
    bytesSinceEvent = 0
    guard !isOver, let parser else { return }
    noteLine(parser)
    if skipping > 0 {
      skipping -= 1
      if skipping == 0 {
        text.count = 0
        isLeaf = false
      }
      return
    }
    guard let element = open.last else { return }
    if let validation, !element.isLost {
      if isLeaf {
        if text.count > 0 { validation.characters(validation.user, text.start, Int32(text.count)) }
      } else if !text.isBlank {
        validation.characters(validation.user, text.start, Int32(text.count))
      }
    }
    if let validation {
      validation.endElement(validation.user, localName, prefix, uri)
      if !errors.schema.isEmpty {
        for error in errors.takeSchema() { complain(error, at: element.line) }
      }
    }
    open.removeLast()
    let bytes = UnsafeBufferPointer(start: text.start, count: isLeaf ? text.count : 0)
    let name = element.name < format.names.count ? element.name : MarkupElement.unknown
    do throws(MarkupStop) {
      try handler.end(name, text: bytes, isWhole: element.complaints == total)
    } catch {
      isStopped = true
    }
    text.count = 0
    isLeaf = false
    if isOver { xmlStopParser(parser.pointer) }
  }

  private func characters(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    bytesSinceEvent = 0
    guard !isOver, let parser, let start else { return }
    noteLine(parser)
    if skipping > 0 { return }
    guard text.count + count <= MarkupComplaint.Limit.text.rawValue else {
      let element = name(open.last?.localName)
      giveUp(.limit(.text), line: open.last?.line)
      fatal?.element = element
      return
    }
    text.append(start, count)
  }

  /// A comment or a processing instruction: only a sign that the parser gets on.
  private func other() {
    bytesSinceEvent = 0
    if let parser { noteLine(parser) }
  }

  private func documentType() {
    guard let parser, !isOver else { return }
    giveUp(.doctype, line: lineOf("<!DOCTYPE", parser))
  }

  private func copy(_ target: UnsafeMutablePointer<CChar>?, _ room: Int32) -> Int32 {
    guard let target, !isOver else { return 0 }
    guard bytesSinceEvent <= MarkupComplaint.Limit.markup.rawValue else {
      // No `xmlStopParser` here: the parser is in the middle of its buffer. It meets the end of its input instead.
      let line = parser?.pointer.pointee.input?.pointee.line
      fatal = MarkupComplaint(.limit(.markup), line: line.map { Int($0) })
      return 0
    }
    let got = source.copy(to: target, room: Int(room))
    if got > 0 {
      bytesSinceEvent += got
      isEmpty = false
    }
    return Int32(got)
  }

  // MARK: - Checks

  private var isOver: Bool { fatal != nil || isStopped }

  private func isRoot(_ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, line: Int) -> Bool {
    let found = name(localName)
    if found == format.root && uri == table?.namespace { return true }
    giveUp(.otherFormat, line: line)
    fatal?.value = Reading.qualified(found, namespace: uri.map { name($0) })
    fatal?.expected = [Reading.qualified(format.root, namespace: format.namespace)]
    return false
  }

  private static func qualified(_ name: String, namespace: String?) -> String {
    namespace.map { "<\(name) xmlns=\"\($0)\">" } ?? "<\(name)>"
  }

  private func hasRightVersion(_ line: Int) -> Bool {
    guard let version = format.version else { return true }
    let number = format.names.firstIndex(of: "version")
    let found = attributes.first { $0.name == number }.map { String(decoding: $0.value, as: UTF8.self) }
    if found == version { return true }
    giveUp(.otherVersion, line: line)
    fatal?.value = found
    fatal?.expected = [version]
    return false
  }

  /// Complains of an element that can never stand in the one that is open, and leaves it out. The validator does not
  /// get to see it.
  private func reject(_ localName: UnsafePointer<UInt8>?, line: Int) {
    let parent = name(open.last?.localName)
    let holdsText = outline?.children[parent]?.isEmpty == true
    var complaint = MarkupComplaint(
      .schema(holdsText ? .elementsNotAllowed : .unexpectedElement), line: line, element: name(localName),
      parent: parent, expected: outline?.children[parent] ?? [])
    if holdsText { complaint.element = parent }
    keep(complaint)
    isLeaf = false
    skipping = 1
  }

  /// Text before a tag: blanks between tags are nobody's; anything else is the validator's to complain of.
  private func flushText(before line: Int) -> Bool {
    if text.count == 0 { return true }
    if let validation, let element = open.last, !element.isLost, !text.isBlank {
      validation.characters(validation.user, text.start, Int32(text.count))
      if !errors.schema.isEmpty {
        for error in errors.takeSchema() { complain(error, at: element.line) }
      }
    }
    text.count = 0
    return true
  }

  private func gather(_ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int, _ table: NameTable) {
    attributes.removeAll(keepingCapacity: true)
    guard let raw, count > 0 else { return }
    var room = 0
    for index in 0..<count {
      if let start = raw[index * 5 + 3], let end = raw[index * 5 + 4] { room += end - start }
    }
    decoded.count = 0
    decoded.reserve(room)
    for index in 0..<count {
      guard let start = raw[index * 5 + 3], let end = raw[index * 5 + 4] else { continue }
      var interned = raw[index * 5]
      if raw[index * 5 + 2] != nil {
        // A prefixed name is listed with its prefix; none of the catalog's is, so this is seldom.
        interned = xmlDictQLookup(parser?.pointer.pointee.dict, raw[index * 5 + 1], interned)
      }
      let number = table.number(interned)
      guard number >= 0 else { continue }
      attributes.append(
        MarkupAttribute(name: number, value: decode(UnsafeBufferPointer(start: start, count: end - start))))
    }
  }

  /// An attribute's value as it was meant: without `NOENT`, libxml2 hands over an ampersand as `&#38;`, and no other
  /// ampersand is left.
  private func decode(_ value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard value.contains(0x26) else { return value }
    let first = decoded.count
    var index = 0
    while index < value.count {
      decoded.appendInPlace(value[index])
      index += value[index] == 0x26 && index + 4 < value.count ? 5 : 1
    }
    return UnsafeBufferPointer(start: decoded.start + first, count: decoded.count - first)
  }

  // MARK: - Complaints

  private func complain(_ error: LibraryError, at line: Int) {
    var complaint = MarkupComplaint(schema: error)
    complaint.line = line
    complaint.element = name(open.last?.localName)
    if open.count > 1 { complaint.parent = name(open[open.count - 2].localName) }
    if case .schema(.value) = complaint.kind {
      let element = complaint.element ?? ""
      complaint.form = outline?.form(element: element, attribute: complaint.attribute)
      if let attribute = complaint.attribute {
        let number = format.names.firstIndex(of: attribute) ?? MarkupElement.unknown
        complaint.value = attributes.first { $0.name == number }.map { Reading.quoted($0.value) }
      } else {
        complaint.value = Reading.quoted(UnsafeBufferPointer(start: text.start, count: text.count))
      }
      // libxml2 tells twice of a value that breaks a facet: once of the facet, once of the type.
      if let last = complaints.last, last.kind == complaint.kind, last.line == line, last.element == complaint.element,
        last.attribute == complaint.attribute, last.value == complaint.value
      {
        return
      }
    }
    keep(complaint)
  }

  private func keep(_ complaint: MarkupComplaint) {
    total += 1
    guard complaints.count < keep else { return }
    var complaint = complaint
    complaint.place = handler.place
    complaints.append(complaint)
  }

  /// Ends the reading with a complaint of our own.
  private func giveUp(_ kind: MarkupComplaint.Kind, line: Int? = nil) {
    guard fatal == nil else { return }
    fatal = MarkupComplaint(kind, line: line)
    if !open.isEmpty { fatal?.place = handler.place }
    if let parser { xmlStopParser(parser.pointer) }
  }

  private static func quoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    LibraryError.shortened(UnsafeRawBufferPointer(bytes), 120)
  }

  private func name(_ pointer: UnsafePointer<UInt8>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  // MARK: - Lines

  @inline(__always)
  private func noteLine(_ parser: ParserContext) {
    if let input = parser.pointer.pointee.input { lastLine = Int(input.pointee.line) }
  }

  /// The line where the tag begins whose attributes were just read. The parser's own line is that of the tag's end; it
  /// differs only if a tag runs over several lines, and then its text is still in the buffer.
  @inline(__always)
  private func tagLine(_ parser: ParserContext) -> Int {
    guard let input = parser.pointer.pointee.input else { return lastLine }
    let line = Int(input.pointee.line)
    if line == lastLine { return line }
    lastLine = line
    return lineOf("<", parser)
  }

  /// The line of the last `mark` before the place where the parser stands.
  private func lineOf(_ mark: StaticString, _ parser: ParserContext) -> Int {
    guard let input = parser.pointer.pointee.input, let base = input.pointee.base, let current = input.pointee.cur
    else { return lastLine }
    var line = Int(input.pointee.line)
    let length = mark.utf8CodeUnitCount
    var place = current - 1
    while place >= base {
      if place.pointee == 0x0A { line -= 1 }
      if current - place >= length, place.pointee == mark.utf8Start.pointee,
        (0..<length).allSatisfy({ place[$0] == mark.utf8Start[$0] })
      {
        return line
      }
      place -= 1
    }
    return Int(input.pointee.line)
  }

  // MARK: - C functions

  private static let read: xmlInputReadCallback = { context, target, room in
    guard let context else { return -1 }
    return Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.copy(target, room) }
  }

  private static var events: xmlSAXHandler {
    var events = xmlSAXHandler()
    events.initialized = UInt32(XML_SAX2_MAGIC)
    events.startElementNs = { context, localName, prefix, uri, namespaceCount, namespaces, count, defaulted, attributes in
      guard let context else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.start(localName, prefix, uri, namespaceCount, namespaces, count, defaulted, attributes)
      }
    }
    events.endElementNs = { context, localName, prefix, uri in
      guard let context else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.end(localName, prefix, uri) }
    }
    let characters: charactersSAXFunc = { context, start, count in
      guard let context else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.characters(start, Int(count)) }
    }
    events.characters = characters
    events.cdataBlock = characters
    // The same function: libxml2 then does not ask itself for each text whether it could be ignored.
    events.ignorableWhitespace = characters
    events.comment = { context, _ in
      guard let context else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.other() }
    }
    events.processingInstruction = { context, _, _ in
      guard let context else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.other() }
    }
    events.internalSubset = { context, _, _, _ in
      guard let context else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.documentType() }
    }
    events.serror = onevisit_structured { context, error in
      guard let context, let error else { return }
      Unmanaged<Reading>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.errors.add(error) }
    }
    return events
  }
}
