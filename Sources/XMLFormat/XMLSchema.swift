import AtomicFiles
import CLibXML2
import Localization
import Synchronization

/// An XSD, compiled. It may serve any number of readings at once.
///
/// The text comes from memory, and nothing else is opened for it: `xs:import` and `xs:include` are refused. Compile the
/// program's own schemas only, never one that a document names.
package final class XMLSchema: Sendable {
  /// Accepts what is valid without libxml2's help; nil for a schema that says something it does not know.
  let automaton: SchemaAutomaton?
  private let text: [UInt8]
  private let compiled: Mutex<CompiledSchema?>

  /// Compiles the schema with `xmlSchemaNewMemParserCtxt` and `xmlSchemaParse`.
  /// - Throws: `XMLSchemaFailure` if it is not a schema, or names another document.
  package convenience init(_ bytes: Bytes) throws(XMLSchemaFailure) {
    try self.init(Array(bytes.buffer))
  }

  /// Compiles the schema with `xmlSchemaNewMemParserCtxt` and `xmlSchemaParse`.
  /// - Throws: `XMLSchemaFailure` if it is not a schema, or names another document.
  package convenience init(_ bytes: [UInt8]) throws(XMLSchemaFailure) {
    try self.init(bytes, isDeferred: false)
  }

  /// A schema that is known to be one. libxml2 compiles it when a document is first in doubt; reading valid documents
  /// takes its automaton only. A schema that has no automaton is compiled at once.
  /// - Throws: `XMLSchemaFailure` if it is not well-formed, or has no automaton and is not a schema.
  /// - Parameter listing: what `listing(of:)` returned for a schema; of another one than this it is of no use.
  package convenience init(deferring bytes: [UInt8], listing: StaticString = "") throws(XMLSchemaFailure) {
    try self.init(bytes, isDeferred: true, listing: listing)
  }

  private init(_ bytes: [UInt8], isDeferred: Bool, listing: StaticString = "") throws(XMLSchemaFailure) {
    automaton = try withBuffer(of: bytes) { buffer throws(XMLSchemaFailure) in
      if let listing = AutomatonListing(listing, for: buffer) { return SchemaAutomaton(listing) }
      return SchemaAutomaton(try SchemaTree(buffer))
    }
    text = bytes
    let isLater = isDeferred && automaton != nil
    compiled = Mutex(isLater ? nil : try CompiledSchema(bytes))
  }

  /// The schema as libxml2 compiled it.
  /// - Throws: `XMLSchemaFailure` if it is deferred and not a schema.
  func forLibrary() throws(XMLSchemaFailure) -> CompiledSchema {
    try compiled.withLock { compiled throws(XMLSchemaFailure) in
      if let compiled { return compiled }
      let made = try CompiledSchema(text)
      compiled = made
      return made
    }
  }

  /// The automaton of a schema as a text, from which it is made faster than from the schema.
  /// - Returns: nil for a schema that has none.
  /// - Throws: `XMLSchemaFailure` if it is not well-formed.
  package static func listing(of bytes: [UInt8]) throws(XMLSchemaFailure) -> String? {
    try withBuffer(of: bytes) { buffer throws(XMLSchemaFailure) in
      guard let compiler = AutomatonCompiler(try SchemaTree(buffer)) else { return nil }
      return AutomatonListing(compiler)?.text(for: buffer)
    }
  }

  /// Whether libxml2 has compiled it.
  package var isCompiled: Bool { compiled.withLock { $0 != nil } }
  /// Whether the reading checks documents by its automaton, and asks libxml2 only what is in doubt.
  package var hasAutomaton: Bool { automaton != nil }
  /// Whether the automaton cannot check the values of some type, and asks libxml2 for each of them.
  package var hasUnknownValues: Bool { automaton?.hasUnknownValues ?? true }
}

/// An XSD as libxml2 compiled it, and its outline.
final class CompiledSchema: Sendable {
  /// Only read once it is compiled: every reading has a validation context of its own.
  nonisolated(unsafe) let pointer: OpaquePointer
  let outline: SchemaOutline

  init(_ bytes: [UInt8]) throws(XMLSchemaFailure) {
    guard Library.start() else { throw XMLSchemaFailure(detail: LibXML2.missing) }
    outline = try withBuffer(of: bytes) { buffer throws(XMLSchemaFailure) in try SchemaOutline(buffer) }
    let errors = ErrorList()
    // The types built into libxml2 are set up by the first schema that is parsed, without a lock of libxml2's own.
    let parsed = CompiledSchema.compiling.withLock { _ in
      Library.collecting(errors) { () -> ParsedSchema? in
        bytes.withUnsafeBytes { buffer in
          guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
            let context = xmlSchemaNewMemParserCtxt(start, Int32(clamping: buffer.count))
          else { return nil }
          defer { xmlSchemaFreeParserCtxt(context) }
          xmlSchemaSetParserStructuredErrors(
            context, onevisit_structured(ErrorList.handler), Unmanaged.passUnretained(errors).toOpaque())
          return xmlSchemaParse(context).map(ParsedSchema.init)
        }
      }
    }
    guard let parsed, errors.first == nil else {
      if let parsed { xmlSchemaFree(parsed.pointer) }
      throw XMLSchemaFailure(line: errors.first?.line, detail: errors.first?.message ?? "")
    }
    pointer = parsed.pointer
  }

  deinit { xmlSchemaFree(pointer) }

  private static let compiling = Mutex<Void>(())
}

/// Carries a schema out of the lock under which it was made.
private struct ParsedSchema: @unchecked Sendable {
  let pointer: OpaquePointer
}

/// Calls `body` with the bytes; unlike the standard library's function, with a typed error.
private func withBuffer<Value>(
  of bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(XMLSchemaFailure) -> Value
) throws(XMLSchemaFailure) -> Value {
  let result: Result<Value, XMLSchemaFailure> = bytes.withUnsafeBufferPointer { buffer in
    do throws(XMLSchemaFailure) { return .success(try body(buffer)) } catch { return .failure(error) }
  }
  return try result.get()
}

/// A schema that could not be compiled.
package struct XMLSchemaFailure: LocalizedFailure, Hashable {
  package var line: Int?
  /// libxml2's own words.
  package var detail: String

  package var explanation: LocalizedText {
    let subject = line.map { LocalizedText(zh: "第 \($0) 行：", en: "line \($0): ") } ?? LocalizedText(zh: "", en: "")
    return LocalizedText(
      zh: "XML Schema 无法使用：\(subject.zh)\(detail)", en: "the XML schema cannot be used: \(subject.en)\(detail)")
  }
}

/// What has to be done once for all of libxml2, and around each use of it.
enum Library {
  /// Loads libxml2, sets it up (`xmlInitParser`) and lets it open nothing at all (`xmlSetExternalEntityLoader`), on first
  /// use.
  /// - Returns: false if the system does not have it.
  static func start() -> Bool { isStarted }

  private static let isStarted: Bool = {
    guard LibXML2.loaded != nil else { return false }
    xmlInitParser()
    xmlSetExternalEntityLoader { _, _, _ in nil }
    return true
  }()

  /// Runs `body` with this thread's errors of libxml2 going to `errors` (`xmlSetStructuredErrorFunc`). Errors that have
  /// no context of their own would be printed otherwise.
  static func collecting<Value>(_ errors: ErrorList, _ body: () -> Value) -> Value {
    let handler = LibXML2.loaded?.structuredError()?.pointee
    let context = LibXML2.loaded?.structuredErrorContext()?.pointee
    xmlSetStructuredErrorFunc(Unmanaged.passUnretained(errors).toOpaque(), onevisit_structured(ErrorList.handler))
    defer { xmlSetStructuredErrorFunc(context, handler) }
    return body()
  }
}

/// Takes libxml2's errors: the first of the parser, and those of the schema until they are fetched.
final class ErrorList {
  /// The first error that is more than a warning and not the validator's.
  private(set) var first: LibraryError?
  /// How many errors of the validator were not taken yet. A pointer, as it is looked at after every tag.
  let pending: UnsafeMutablePointer<Int>
  private var schema: [LibraryError] = []
  /// Whether the validator's errors are only counted from here on, so that their words are not needed.
  var isBrief = false
  /// Whether the validator's errors are dropped, since it is only shown what was accepted.
  var isMuted = false

  init() {
    pending = .allocate(capacity: 1)
    pending.initialize(to: 0)
  }

  deinit { pending.deallocate() }

  /// The validator's errors since they were last taken.
  func takeSchema() -> [LibraryError] {
    defer {
      schema.removeAll(keepingCapacity: true)
      pending.pointee = 0
    }
    return schema
  }

  func add(_ error: UnsafePointer<xmlError>) {
    guard error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    // A namespace need not be a URI in ASCII: XML allows any text, and an IRI has Chinese characters as they are.
    if error.pointee.code == Int32(XML_WAR_NS_URI.rawValue) { return }
    if error.pointee.domain == Int32(XML_FROM_SCHEMASV.rawValue) {
      if isMuted { return }
      schema.append(LibraryError(error, isBrief: isBrief))
      pending.pointee += 1
    } else if first == nil {
      first = LibraryError(error)
    } else if first?.line == 0 {
      // Bytes that are not in the declared encoding are met while reading ahead: it is the next error that knows where.
      first?.line = Int(error.pointee.line)
    }
  }

  /// The C function to register; its context is an `ErrorList`.
  static let handler: onevisit_error_handler = { context, error in
    guard let context, let error else { return }
    Unmanaged<ErrorList>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.add(error) }
  }
}
