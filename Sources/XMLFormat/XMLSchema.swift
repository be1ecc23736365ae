import AtomicFiles
import CLibXML2
import Localization
import Synchronization

/// An XSD, compiled. It may serve any number of readings at once.
///
/// The text comes from memory, and nothing else is opened for it: `xs:import` and `xs:include` are refused. Compile the
/// program's own schemas only, never one that a document names.
package final class XMLSchema: Sendable {
  /// Only read once it is compiled: every reading has a validation context of its own.
  nonisolated(unsafe) let pointer: OpaquePointer
  let outline: SchemaOutline

  /// Compiles the schema with `xmlSchemaNewMemParserCtxt` and `xmlSchemaParse`.
  /// - Throws: `XMLSchemaFailure` if it is not a schema, or names another document.
  package convenience init(_ bytes: Bytes) throws(XMLSchemaFailure) {
    try self.init(bytes.buffer)
  }

  /// Compiles the schema in `bytes`, which are not needed afterwards.
  /// - Throws: `XMLSchemaFailure` if it is not a schema, or names another document.
  package convenience init(_ bytes: [UInt8]) throws(XMLSchemaFailure) {
    let result: Result<(OpaquePointer, SchemaOutline), XMLSchemaFailure> = bytes.withUnsafeBufferPointer { buffer in
      do throws(XMLSchemaFailure) {
        return .success(try XMLSchema.compile(buffer))
      } catch {
        return .failure(error)
      }
    }
    self.init(compiled: try result.get())
  }

  /// Compiles the schema in `buffer`, which is not needed afterwards.
  /// - Throws: `XMLSchemaFailure` if it is not a schema, or names another document.
  package convenience init(_ buffer: UnsafeBufferPointer<UInt8>) throws(XMLSchemaFailure) {
    self.init(compiled: try XMLSchema.compile(buffer))
  }

  private init(compiled: (OpaquePointer, SchemaOutline)) {
    (pointer, outline) = compiled
  }

  deinit { xmlSchemaFree(pointer) }

  private static func compile(
    _ buffer: UnsafeBufferPointer<UInt8>
  ) throws(XMLSchemaFailure) -> (OpaquePointer, SchemaOutline) {
    Library.start()
    let outline = try SchemaOutline(buffer)
    let errors = ErrorList()
    // The types built into libxml2 are set up by the first schema that is parsed, without a lock of libxml2's own.
    let parsed = compiling.withLock { _ in
      Library.collecting(errors) { () -> CompiledSchema? in
        guard let start = UnsafeRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self),
          let context = xmlSchemaNewMemParserCtxt(start, Int32(clamping: buffer.count))
        else { return nil }
        defer { xmlSchemaFreeParserCtxt(context) }
        xmlSchemaSetParserStructuredErrors(
          context, onevisit_structured(ErrorList.handler), Unmanaged.passUnretained(errors).toOpaque())
        return xmlSchemaParse(context).map(CompiledSchema.init)
      }
    }
    guard let parsed else {
      throw XMLSchemaFailure(line: errors.first?.line, detail: errors.first?.message ?? "")
    }
    guard errors.first == nil else {
      xmlSchemaFree(parsed.pointer)
      throw XMLSchemaFailure(line: errors.first?.line, detail: errors.first?.message ?? "")
    }
    return (parsed.pointer, outline)
  }

  private static let compiling = Mutex<Void>(())
}

/// Carries a schema out of the lock under which it was made.
private struct CompiledSchema: @unchecked Sendable {
  let pointer: OpaquePointer
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
  /// Sets libxml2 up (`xmlInitParser`) and lets it open nothing at all (`xmlSetExternalEntityLoader`), on first use.
  static func start() { _ = started }

  private static let started: Void = {
    xmlInitParser()
    xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  /// Runs `body` with this thread's errors of libxml2 going to `errors` (`xmlSetStructuredErrorFunc`). Errors that have
  /// no context of their own would be printed otherwise.
  static func collecting<Value>(_ errors: ErrorList, _ body: () -> Value) -> Value {
    let handler = __xmlStructuredError().pointee
    let context = __xmlStructuredErrorContext().pointee
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
