import AtomicFiles
import CLibXML2
import Localization
import Platform

/// One reading of one document: connects libxml2's parser, the schema's automaton or libxml2's validator, and the handler.
///
/// A struct at a fixed address while libxml2 runs, so that no event costs a retain or a check of exclusive access; for
/// ten million elements these took a third of the time.
struct Reading: ~Copyable {
  let format: XMLVocabulary
  let schema: XMLSchema?
  let source: ByteSource
  let handler: any XMLHandler
  /// Takes what the handler gets later; nil if the handler is called at once. Unmanaged, since it would be retained for
  /// every tag; `read` keeps it.
  let recorder: Unmanaged<EventRecorder>?
  let errors: ErrorList
  let parser: ParserContext
  /// The parser's own state.
  let context: xmlParserCtxtPtr
  let table: NameTable
  let lookup: NameTable.Lookup
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
    var isLost = false
    /// Its type and the state of its content in the automaton; negative without one.
    var type: Int32
    var state: Int32
    /// The state of its content in the validator, if that has it open.
    var librarysState: Int32
    /// The validator was shown a part of its text.
    var isTextShared = false
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
  /// Whether one of the attributes is so long that it could have too many combining marks.
  var hasLongAttribute = false

  // Validation: see `ReadingValidation.swift`.
  /// The tables of the schema's automaton; nil if the validator is asked about everything.
  let automaton: SchemaAutomaton.Tables?
  /// libxml2's validator, from the first doubt on.
  var validation: ValidationContext?
  /// What else is known of the schema, from the first doubt on.
  var outline: SchemaOutline?
  /// How many elements the validator has open: the outermost of those that are open.
  var shared = 0
  /// The namespaces that open elements declare, as pairs of prefix and name: `xsi:type` may need them.
  var scopes: [(depth: Int, declared: [UnsafePointer<UInt8>?])] = []
  /// The depth of the innermost of them; 0 if there is none.
  var innermostScope = 0
  /// At this depth is the element in which the validator is asked about everything; 0 if there is none.
  var entrusted = 0

  // The part of the document that is read: see `Span`.
  let span: Span
  /// Whether the elements around the span are open.
  var isOpened: Bool
  /// How many names the dictionary had at the beginning.
  var namesBefore: Int32
  /// Where the next span begins.
  var juncture: Juncture?
  /// A problem was reported at the line of an element around the span, which is not of the span's own lines.
  var hasOuterProblem = false

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
    _ reader: XMLReader, _ span: Span, source: ByteSource, kept: Int, handler: any XMLHandler,
    recorder: EventRecorder?, errors: ErrorList, parser: ParserContext, table: NameTable
  ) {
    format = reader.format
    schema = reader.schema
    self.source = source
    self.span = span
    self.kept = kept
    self.handler = handler
    self.recorder = recorder.map(Unmanaged.passUnretained)
    self.errors = errors
    self.parser = parser
    context = parser.pointer
    automaton = reader.usesAutomaton ? reader.schema?.automaton?.tables : nil
    self.table = table
    lookup = table.lookup
    namesBefore = xmlDictSize(context.pointee.dict)
    open = .allocate(capacity: XMLProblem.Limit.depth.rawValue)
    attributes = .allocate(capacity: attributeRoom)
    isOpened = span.juncture == nil
    total = span.total
  }

  deinit {
    open.deallocate()
    attributes.deallocate()
  }

  /// What came of the reading of a span.
  struct Outcome {
    var report: XMLReadingReport
    /// How many problems there are in the span.
    var total = 0
    /// Where the next span begins, if this one ended where it should.
    var juncture: Juncture?
    /// A problem has a line of an element around the span.
    var hasOuterProblem = false
  }

  /// Reads a document without a schema, to its end (`xmlParseDocument`) or to where it breaks or the handler stops it.
  static func read(_ source: ByteSource, format: XMLVocabulary, handler: any XMLHandler) -> XMLReadingReport {
    read(source, XMLReader(format: format, schema: nil), Span(), kept: 1, handler: handler, recorder: nil).report
  }

  /// Reads a document or a span of it, to its end or to where it breaks or the handler stops it.
  /// - Parameters:
  ///   - kept: how many problems are kept.
  ///   - recorder: takes what the handler is to get later; nil if the handler gets it at once.
  static func read(
    _ source: ByteSource, _ reader: XMLReader, _ span: Span, kept: Int, handler: any XMLHandler,
    recorder: EventRecorder?
  ) -> Outcome {
    guard Library.start() else { return Outcome(report: brokenEngine(LibXML2.missing)) }
    let errors = ErrorList()
    return Library.collecting(errors) {
      let home = UnsafeMutablePointer<Reading>.allocate(capacity: 1)
      defer { home.deallocate() }
      guard let parser = ParserContext(handler: Reading.events, user: home, read: Reading.readBytes) else {
        return Outcome(report: brokenEngine(outOfMemory))
      }
      let schema = reader.schema
      let symbols = schema?.automaton?.symbols ?? (try? schema?.forLibrary().outline.elements) ?? []
      let table = NameTable(reader.format, symbols: symbols, dictionary: parser.pointer.pointee.dict)
      errors.isBrief = kept == 0
      home.initialize(
        to: Reading(
          reader, span, source: source, kept: kept, handler: handler, recorder: recorder, errors: errors,
          parser: parser, table: table))
      defer { home.deinitialize(count: 1) }
      if let first = span.juncture?.outer.first {
        parser.pointer.pointee.input?.pointee.line = Int32(truncatingIfNeeded: first.line)
      }
      xmlParseDocument(parser.pointer)
      home.pointee.checkEnd()
      let report = withExtendedLifetime(recorder) { home.pointee.report() }
      return Outcome(
        report: report, total: home.pointee.total - span.total, juncture: home.pointee.juncture,
        hasOuterProblem: home.pointee.hasOuterProblem)
    }
  }

  private static func brokenEngine(_ detail: String) -> XMLReadingReport {
    XMLReadingReport(ending: .broken, problems: [XMLProblem(.engine, line: nil, detail: detail)], omitted: 0)
  }

  static let outOfMemory = "out of memory"

  private mutating func report() -> XMLReadingReport {
    if !isOver, let error = errors.first {
      fatal = XMLProblem(syntax: error, isEmpty: isEmpty)
      if holdsNUL, fatal?.isCutShort == true { fatal?.code = Int(XML_ERR_INVALID_CHAR.rawValue) }
      if depth > 0 {
        let subject = askSubject()
        fatal?.subject = subject
      }
    }
    let omitted = total - span.total - problems.count
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
    guard isOpened else { return reopen(localName, uri, namespaceCount, namespaces) }
    let line = tagLine()
    guard depth + skipping < XMLProblem.Limit.depth.rawValue else { return giveUp(.limit(.depth), line: line) }
    if skipping > 0 {
      skipping += 1
      return
    }
    let name = uri == lookup.namespace ? lookup(localName) : table(localName, in: uri)
    let step = step(name.symbol)
    if depth == 0 {
      guard isRoot(localName, uri, line: line) else { return }
    } else {
      guard isWithinOpen(localName, name.number, step, line: line) else { return }
    }

    let state = automaton.map { step.isNone ? -1 : $0.types[Int(step.type)].state } ?? -1
    (open + depth).initialize(
      to: Open(
        name: name.number, line: line, localName: localName, problems: total, type: step.type, state: state,
        librarysState: state))
    depth += 1
    isLeaf = true
    let isAccepted = gather(raw, count: Int(attributeCount), of: step.type)
    if namespaceCount > 0 {
      noteScope(namespaceCount, namespaces)
      if table.listsNamespaces { gatherNamespaces(namespaces, count: Int(namespaceCount)) }
    }
    if hasLongAttribute, hasPile() { return giveUpPile(localName, line: line) }
    if depth == 1, !hasRightVersion(line) { return }

    var found: [LibraryError]?
    var counted = 0
    if !isAccepted {
      if problems.count >= kept, let number = countProblems(raw, Int(attributeCount), of: step.type) {
        counted = number
      } else {
        guard
          let reported = judge(
            step, localName, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, raw, line)
        else { return }
        if !reported.isEmpty { found = reported }
      }
    }
    if depth > 1 { open[depth - 2].state = step.state }
    let listed = name.number < table.listed ? name.number : XMLElement.unknown
    let isFlawed = counted > 0 || found != nil
    guard deliver(start: listed, line: line, isFlawed: isFlawed) else { return }
    // After the handler has seen the tag, since it names what is being read (`subject`).
    total += counted
    if let found { report(found, at: line) }
  }

  /// Hands the start tag whose attributes have been gathered on to the recorder, else to the handler.
  /// - Returns: false if the handler stops the reading.
  @inline(__always)
  private mutating func deliver(start name: Int, line: Int, isFlawed: Bool) -> Bool {
    if let recorder {
      recorder._withUnsafeGuaranteedRef {
        $0.record(
          start: name, line: line, depth: depth - 1, isFlawed: isFlawed,
          UnsafeBufferPointer(start: attributes, count: attributeCount))
      }
      return true
    }
    let element = XMLElement(
      name: name, line: line, depth: depth - 1, isFlawed: isFlawed,
      attributes: XMLAttributes(buffer: UnsafeBufferPointer(start: attributes, count: attributeCount)))
    do throws(XMLStop) { try handler.start(element) } catch {
      stop()
      return false
    }
    return true
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
    if depth == 2, let end = span.end, xmlByteConsumed(context) == end { return join() }
    if isLeaf, Reading.isLong(text.count), CombiningMarks.firstPile(in: text.buffer) != nil {
      let line = open[depth - 1].line
      return giveUpPile(localName, line: line)
    }
    if schema != nil, !judgeEnd(localName, prefix, uri) { return }
    if innermostScope == depth { leaveScope() }
    depth -= 1
    let number = open[depth].name < table.listed ? open[depth].name : XMLElement.unknown
    let value = text.slice(0..<(isLeaf ? text.count : 0))
    let isWhole = open[depth].problems == total
    if let recorder {
      recorder._withUnsafeGuaranteedRef { $0.record(end: number, text: value, isWhole: isWhole) }
    } else {
      do throws(XMLStop) { try handler.end(number, text: value, isWhole: isWhole) } catch { return stop() }
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

  /// A comment or a processing instruction: only resets the count of bytes without an event.
  mutating func other() {
    bytesSinceEvent = 0
    noteLine()
  }

  mutating func documentType() {
    guard !isOver else { return }
    giveUp(.doctype, line: lineOf("<!DOCTYPE"))
  }
}
