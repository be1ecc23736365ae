import AtomicFiles
import CLibXML2
import Localization
import Platform

/// One reading of one document: connects libxml2's parser, its validator and the handler.
///
/// A struct at a fixed address while libxml2 runs, so that no event costs a retain or a check of exclusive access; for
/// ten million elements these took a third of the time.
struct Reading: ~Copyable {
  let format: XMLVocabulary
  let outline: SchemaOutline?
  let source: ByteSource
  let handler: any XMLHandler
  let errors: ErrorList
  let parser: ParserContext
  let validation: ValidationContext?
  let table: NameTable
  /// How many problems are kept.
  let kept: Int

  /// An open element.
  struct Open {
    var name: Int
    var line: Int
    var localName: UnsafePointer<UInt8>?
    /// How many problems there were at its start tag.
    var problems: Int
    /// The validator met something unexpected in it; the rest of it is not checked, hence not delivered.
    var isLost: Bool
  }
  /// Room for as many elements as may be nested.
  let open: UnsafeMutablePointer<Open>
  var depth = 0
  /// The depth within an element that is left out; 0 outside one.
  var skipping = 0
  /// Whether the last tag was a start tag, so that the text is that of an element without children.
  var isLeaf = false
  var lastLine = 1

  let text = ByteBuffer(capacity: 4096)
  let decoded = ByteBuffer(capacity: 4096)
  var attributes: UnsafeMutablePointer<XMLAttribute>
  var attributeCount = 0
  var attributeRoom = 16

  // The result.
  var problems: [XMLProblem] = []
  var total = 0
  var fatal: XMLProblem?
  var isStopped = false
  /// There is a fatal problem, or the handler stopped the reading.
  var isOver = false
  var bytesSinceEvent = 0
  var isEmpty = true
  /// Whether a zero byte would be a NUL, and whether there is one.
  var mayHoldNUL = true
  var holdsNUL = false

  private init(
    format: XMLVocabulary, schema: XMLSchema?, source: ByteSource, kept: Int, handler: any XMLHandler,
    errors: ErrorList, parser: ParserContext, validation: ValidationContext?
  ) {
    self.format = format
    self.outline = schema?.outline
    self.source = source
    self.kept = kept
    self.handler = handler
    self.errors = errors
    self.parser = parser
    self.validation = validation
    table = NameTable(format, outline: schema?.outline, dictionary: parser.pointer.pointee.dict)
    open = .allocate(capacity: XMLProblem.Limit.depth.rawValue)
    attributes = .allocate(capacity: attributeRoom)
  }

  deinit {
    open.deallocate()
    attributes.deallocate()
  }

  /// Reads a document to its end (`xmlParseDocument`), or to where it breaks or the handler stops it.
  static func read(
    _ source: ByteSource, format: XMLVocabulary, schema: XMLSchema?, kept: Int, handler: any XMLHandler
  ) -> XMLReadingReport {
    Library.start()
    let errors = ErrorList()
    return Library.collecting(errors) {
      let home = UnsafeMutablePointer<Reading>.allocate(capacity: 1)
      defer { home.deallocate() }
      guard let parser = ParserContext(handler: Reading.events, user: home, read: Reading.readBytes) else {
        return outOfMemory
      }
      var validation: ValidationContext?
      if let schema {
        validation = ValidationContext(schema, parser: parser, errors: errors)
        if validation == nil { return outOfMemory }
      }
      home.initialize(
        to: Reading(
          format: format, schema: schema, source: source, kept: kept, handler: handler, errors: errors, parser: parser,
          validation: validation))
      defer { home.deinitialize(count: 1) }
      xmlParseDocument(parser.pointer)
      home.pointee.checkEnd()
      return home.pointee.report()
    }
  }

  private static var outOfMemory: XMLReadingReport {
    XMLReadingReport(
      ending: .broken, problems: [XMLProblem(.engine, line: nil, detail: "out of memory")], omitted: 0)
  }

  private mutating func report() -> XMLReadingReport {
    if !isOver, let error = errors.first {
      fatal = XMLProblem(syntax: error, isEmpty: isEmpty)
      if holdsNUL, fatal?.isCutShort == true { fatal?.code = Int(XML_ERR_INVALID_CHAR.rawValue) }
      if depth > 0 {
        let subject = handler.subject
        fatal?.subject = subject
      }
    }
    let omitted = total - problems.count
    if let fatal { problems.append(fatal) }
    return XMLReadingReport(
      ending: fatal != nil ? .broken : isStopped ? .stopped : .complete, problems: problems, omitted: omitted)
  }

  // MARK: - Events

  mutating func start(
    _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?,
    _ namespaceCount: Int32, _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32, _ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    bytesSinceEvent = 0
    guard !isOver else { return }
    let line = tagLine()
    guard depth + skipping < XMLProblem.Limit.depth.rawValue else { return giveUp(.limit(.depth), line: line) }
    if skipping > 0 {
      skipping += 1
      return
    }
    let number = uri == table.namespace ? table.number(localName) : table.number(localName, in: uri)

    if depth == 0 {
      guard isRoot(localName, uri, line: line) else { return }
    } else {
      if text.count > 0 { dropBlanks() }
      if open[depth - 1].isLost {
        skipping = 1
        return
      }
      if outline != nil, !table.allows(number, in: open[depth - 1].name) { return reject(localName, line: line) }
    }

    (open + depth).initialize(
      to: Open(name: number, line: line, localName: localName, problems: total, isLost: false))
    depth += 1
    isLeaf = true
    gather(raw, count: Int(attributeCount))
    for attribute in UnsafeBufferPointer(start: attributes, count: self.attributeCount)
    where CombiningMarks.firstPile(in: attribute.value) != nil {
      return giveUpPile(localName, line: line)
    }
    if depth == 1, !hasRightVersion(line) { return }

    guard
      let found = validate(
        localName, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, raw, line)
    else { return }
    let element = XMLElement(
      name: number < table.listed ? number : XMLElement.unknown, line: line, depth: depth - 1,
      isFlawed: !found.isEmpty,
      attributes: XMLAttributes(buffer: UnsafeBufferPointer(start: attributes, count: self.attributeCount)))
    do throws(XMLStop) { try handler.start(element) } catch { return stop() }
    // After the handler has seen the tag, since it names what is being read (`subject`).
    if !found.isEmpty { report(found, at: line) }
  }

  /// Lets the validator check a start tag.
  /// - Returns: what it reports; nil for an element out of order or too many, which is reported and left out, along
  ///   with the rest of its parent, which the validator does not check any more.
  @inline(__always)
  private mutating func validate(
    _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?,
    _ namespaceCount: Int32, _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32, _ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ line: Int
  ) -> [LibraryError]? {
    guard let validation else { return [] }
    validation.startElement(
      validation.user, localName, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, raw)
    guard errors.pending.pointee > 0 else { return [] }
    let found = errors.takeSchema()
    guard found.contains(where: { $0.code == Int(XML_SCHEMAV_ELEMENT_CONTENT.rawValue) }) else { return found }
    report(found, at: line)
    validation.endElement(validation.user, localName, prefix, uri)
    _ = errors.takeSchema()
    depth -= 1
    open[depth - 1].isLost = true
    isLeaf = false
    skipping = 1
    return nil
  }

  mutating func end(
    _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?
  ) {
    bytesSinceEvent = 0
    guard !isOver else { return }
    noteLine()
    if skipping > 0 {
      skipping -= 1
      return
    }
    guard depth > 0 else { return }
    let line = open[depth - 1].line
    if isLeaf, CombiningMarks.firstPile(in: text.buffer) != nil {
      return giveUpPile(localName, line: line)
    }
    if let validation {
      if text.count > 0, isLeaf || !text.buffer.isBlank {
        validation.characters(validation.user, text.base, Int32(text.count))
      }
      validation.endElement(validation.user, localName, prefix, uri)
      if errors.pending.pointee > 0 {
        report(errors.takeSchema(), at: line)
      }
    }
    depth -= 1
    let number = open[depth].name
    do throws(XMLStop) {
      try handler.end(
        number < table.listed ? number : XMLElement.unknown,
        text: text.slice(0..<(isLeaf ? text.count : 0)),
        isWhole: open[depth].problems == total)
    } catch {
      return stop()
    }
    text.clear()
    isLeaf = false
  }

  mutating func characters(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    bytesSinceEvent = 0
    guard !isOver, depth > 0, let start else { return }
    noteLine()
    if skipping > 0 { return }
    guard text.count + count <= XMLProblem.Limit.text.rawValue else {
      giveUp(.limit(.text), line: open[depth - 1].line)
      let element = name(open[depth - 1].localName)
      fatal?.element = element
      return
    }
    text.append(start, count: count)
  }

  private mutating func giveUpPile(_ localName: UnsafePointer<UInt8>?, line: Int) {
    giveUp(.limit(.marks), line: line)
    let element = name(localName)
    fatal?.element = element
  }

  /// A comment or a processing instruction: only resets the count of bytes without an event.
  mutating func other() {
    bytesSinceEvent = 0
    noteLine()
  }

  mutating func documentType() {
    guard !isOver else { return }
    giveUp(.doctype, line: lineOf("<!DOCTYPE"))
  }

  // MARK: - Checks

  private mutating func isRoot(_ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, line: Int) -> Bool {
    if let encoding = encoderName, !Reading.encodings.contains(encoding.uppercased()) {
      giveUp(.encoding, line: line)
      fatal?.value = encoding
      return false
    }
    let found = name(localName)
    if found == format.root && uri == table.namespace { return true }
    giveUp(.otherFormat, line: line)
    let value = Reading.qualified(found, namespace: uri.map { name($0) })
    fatal?.value = value
    fatal?.expected = [Reading.qualified(format.root, namespace: format.namespace)]
    return false
  }

  private static func qualified(_ name: String, namespace: String?) -> String {
    namespace.map { "<\(name) xmlns=\"\($0)\">" } ?? "<\(name)>"
  }

  private mutating func hasRightVersion(_ line: Int) -> Bool {
    if format.versions.isEmpty { return true }
    let number = format.names.firstIndex(of: "version")
    let found = attribute(number).map { String(decoding: $0, as: UTF8.self) }
    if let found, format.versions.contains(found) { return true }
    giveUp(.otherVersion, line: line)
    fatal?.value = found
    fatal?.expected = format.versions
    return false
  }

  /// Reports an element that the open one can never contain, and leaves it out. The validator does not see it.
  private mutating func reject(_ localName: UnsafePointer<UInt8>?, line: Int) {
    let parent = name(open[depth - 1].localName)
    let holdsText = outline?.children[parent]?.isEmpty == true
    var problem = XMLProblem(
      .schema(holdsText ? .elementsNotAllowed : .unexpectedElement), line: line, element: name(localName),
      parent: parent, expected: outline?.children[parent] ?? [])
    if holdsText { problem.element = parent }
    keep(problem)
    isLeaf = false
    skipping = 1
  }

  /// Text before a tag: blanks between tags are dropped; anything else is left to the validator to report.
  private mutating func dropBlanks() {
    if let validation, depth > 0, !open[depth - 1].isLost, !text.buffer.isBlank {
      validation.characters(validation.user, text.base, Int32(text.count))
      let line = open[depth - 1].line
      report(errors.takeSchema(), at: line)
    }
    text.clear()
  }

  private mutating func gather(_ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int) {
    attributeCount = 0
    guard let raw, count > 0 else { return }
    if count > attributeRoom {
      attributes.deallocate()
      attributes = .allocate(capacity: count)
      attributeRoom = count
    }
    decoded.clear()
    var isReserved = false
    var next = raw
    for _ in 0..<count {
      defer { next += 5 }
      guard let start = next[3], let end = next[4] else { continue }
      var interned = next[0]
      if format.hasQualifiedAttributes, next[1] != table.xmlPrefix {
        if next[2] != nil, next[2] != table.namespace { continue }
      } else if next[2] != nil {
        // A prefixed name is listed with its prefix; the catalog has none. (`xmlDictQLookup` returns another address
        // for such a name, so it is composed here.)
        interned = xmlDictExists(parser.pointer.pointee.dict, "\(name(next[1])):\(name(interned))", -1)
      }
      let number = table.number(interned)
      guard number >= 0 else { continue }
      var value = UnsafeBufferPointer(start: start, count: end - start)
      if value.contains(0x26) {
        // Room for all at once: what was decoded before must not move.
        if !isReserved { decoded.reserve(Reading.length(of: raw, count)) }
        isReserved = true
        value = decode(value)
      }
      (attributes + attributeCount).initialize(to: XMLAttribute(name: number, value: value))
      attributeCount += 1
    }
  }

  private static func length(of raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ count: Int) -> Int {
    (0..<count).reduce(0) { sum, index in
      guard let start = raw[index * 5 + 3], let end = raw[index * 5 + 4] else { return sum }
      return sum + (end - start)
    }
  }

  func attribute(_ number: Int?) -> UnsafeBufferPointer<UInt8>? {
    number.flatMap {
      XMLAttributes(buffer: UnsafeBufferPointer(start: attributes, count: attributeCount)).value($0)
    }
  }

  /// An attribute's value decoded: without `NOENT`, libxml2 delivers an ampersand as `&#38;`, and no other reference.
  private mutating func decode(_ value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let first = decoded.count
    var index = 0
    while index < value.count {
      decoded.append(byte: value[index])
      index += value[index] == 0x26 && index + 4 < value.count ? 5 : 1
    }
    return decoded.slice(first..<decoded.count)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether it holds nothing but the blanks of XML.
  fileprivate var isBlank: Bool { trimmed.isEmpty }
}
