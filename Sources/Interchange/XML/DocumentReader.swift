import AtomicFiles
import CSVFormat
import Catalog
import Localization
import XMLFormat

/// Reads a document of the exchange format into a catalog, as a stream, and validates it against the built-in schema.
///
/// Every matter and item has the line of its start tag as its position. The problems are among the catalog's issues:
/// `.malformedXML` and `.refusedDoctype` end the reading, `.schema` is a violation of the schema, `.contradiction` a
/// reference that contradicts the text beside it. A document without registers, such as one written by another system, is
/// read with the built-in ones.
///
/// ```swift
/// let catalog = XMLCatalogReader.read("export.xml")
/// ```
package enum XMLCatalogReader {
  /// A document up to this size in bytes is kept in memory, so that findings can show its lines.
  static let keptSize = 64 << 20
  /// A document of this size in bytes or more is read by two threads.
  static let pipelinedSize = 2 << 20
  /// How many violations of the schema are listed one by one.
  static let keptProblems = 10_000

  /// Reads the file or pipe at `path`. If it cannot be read, the catalog is unreadable and its issues hold the reason.
  package static func read(_ path: String) -> Catalog {
    do throws(FileFailure) {
      let input = try Input(path: path)
      return try read(input)
    } catch {
      return unreadable(path, error)
    }
  }

  /// Reads a document that is in memory; `name` names it in messages.
  ///
  /// - Parameter format: the columns and the XSD of the document; nil for the standard ones.
  package static func read(named name: String, _ bytes: Bytes, format: DocumentFormat? = nil) -> Catalog {
    read(name, size: bytes.count, document: bytes, format) { reader, handler in reader.read(bytes, into: handler) }
  }

  /// Reads an input whose first bytes have been read for `Input.peeked`.
  static func read(_ input: Input, progress: WorkProgress? = nil) throws(FileFailure) -> Catalog {
    if let size = input.size, size <= keptSize { return read(named: input.path, try input.bytes()) }
    return try input.stream(progress) { body in read(input.path, size: input.size ?? 0, document: nil, nil, body) }
  }

  /// An unreadable catalog with the reason as its only issue.
  static func unreadable(_ path: String, _ reason: LocalizedText, fix: LocalizedText? = nil) -> Catalog {
    let builder = CatalogBuilder()
    let source = builder.add(Source(file: path, columns: [.matters: []]))
    builder.issues.append(
      ReadingIssue(.unreadable(reason, fix: fix), at: .file(source: source, table: .matters)))
    return builder.finish(origin: .xml(path))
  }

  /// An unreadable catalog whose file or folder could not be opened or read.
  static func unreadable(_ path: String, _ failure: FileFailure) -> Catalog {
    guard failure.isMissing else {
      return unreadable(
        path, failure.problem,
        fix: failure.fix ?? LocalizedText(zh: "处理好以后再运行一次。", en: "When that is settled, run the command again."))
    }
    return unreadable(
      path, failure.problem,
      fix: LocalizedText(
        zh: "请核对路径；需要一份新目录时运行 `onevisit init 文件夹`。",
        en: "Check the path; run `onevisit init DIR` for a new catalog."))
  }

  private static func read(
    _ name: String, size: Int, document: Bytes?, _ wanted: DocumentFormat?,
    _ body: (XMLReader, DocumentHandler) -> XMLReadingReport?
  ) -> Catalog {
    let format: DocumentFormat
    switch wanted.map(Result.success) ?? DocumentFormat.standard {
    case .success(let known): format = known
    case .failure(let failure): return unreadable(name, failure.explanation)
    }
    let builder = CatalogBuilder(schema: format.schema)
    let source = builder.add(
      Source(file: name, columns: [.matters: []], document: document.flatMap(DocumentEncoding.asUTF8)))
    let handler = DocumentHandler(builder, source: source, size: size, format: format)
    var reader = XMLReader(format: format.vocabulary, schema: format.xsd)
    reader.keptProblems = keptProblems
    // A stream has no size; it may be long.
    reader.isPipelined = document == nil || size >= pipelinedSize
    guard let reading = body(reader, handler) else { return builder.finish(origin: .xml(name)) }
    report(reading, of: name, source: source, builder)
    // A document that ends before its matters has registers as well.
    handler.finish()
    let catalog = builder.finish(origin: .xml(name))
    return handler.expandedItems.compared(with: catalog, source: source)
  }

  static func report(_ reading: XMLReadingReport, of name: String, source: Int, _ builder: CatalogBuilder) {
    for problem in reading.problems {
      let words = problem.explanation
      let kind: ReadingIssue.Kind =
        switch problem.kind {
        case .schema: .schema(words, detail: problem.detail)
        case .doctype: .refusedDoctype
        case .otherFormat where problem.value?.contains(DocumentFormat.deltaRoot) == true:
          .unreadable(DeltaReader.problem, fix: DeltaReader.fix(of: name))
        case .otherFormat, .otherVersion, .engine: .unreadable(problem.withoutFix.problem, fix: problem.withoutFix.fix)
        case .syntax, .limit, .encoding: .malformedXML(words, detail: problem.detail)
        }
      let position: SourcePosition =
        problem.line.map { .row(source: source, table: .matters, offset: $0) }
        ?? .file(source: source, table: .matters)
      builder.issues.append(ReadingIssue(kind, at: position, subject: problem.subject))
    }
    guard reading.omitted > 0 else { return }
    builder.issues.append(
      ReadingIssue(
        .schema(
          LocalizedText(
            zh: "此外还有 \(reading.omitted) 处不符合交换格式，不再逐一列出",
            en: reading.omitted == 1
              ? "1 more violation of the schema is not listed"
              : "\(reading.omitted) more violations of the schema are not listed"),
          detail: ""),
        at: .file(source: source, table: .matters)))
  }
}

/// The encoding of a document, for showing its lines.
enum DocumentEncoding {
  /// The document as UTF-8 with the same lines; nil if it cannot be decoded.
  static func asUTF8(_ bytes: Bytes) -> Bytes? {
    let start = withExtendedLifetime(bytes) { Array(bytes.buffer.prefix(4)) }
    let isMarked = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
    // `TextDecoding` does not recognise UTF-16 without a byte order mark.
    if !isMarked, start.contains(0) { return nil }
    let decoded = TextDecoding.decode(bytes)
    return decoded.unreadable.isEmpty ? decoded.bytes : nil
  }
}
