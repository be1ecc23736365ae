import AtomicFiles
import CSVFormat
import Catalog
import Localization
import XMLFormat

/// Reads a document of the exchange format into a catalog: as a stream, checked against the schema that is built in.
///
/// Every matter and item knows its line. What is wrong with the document is among the catalog's issues: `.malformedXML` and
/// `.refusedDoctype` where it could not be read further, `.schema` where it is not as the schema asks, `.contradiction`
/// where a reference says something else than the text beside it. A document without registers, such as one that another
/// system wrote, is read with those that are built in.
///
/// ```swift
/// let catalog = XMLCatalogReader.read("export.xml")
/// ```
package enum XMLCatalogReader {
  /// A document up to this size is kept in memory, so that findings can show its lines.
  static let keptSize = 64 << 20
  /// How many problems of the schema are told one by one.
  static let keptProblems = 10_000

  /// Reads the file or pipe at `path`. A file that cannot be read gives a catalog that is unreadable and says why.
  package static func read(_ path: String) -> Catalog {
    do throws(FileFailure) {
      let input = try Input(path: path)
      return try read(input)
    } catch {
      return unreadable(path, error.explanation)
    }
  }

  /// Reads a document that is in memory; `name` names it in messages.
  ///
  /// - Parameter format: the columns and the XSD of the document; left out, the standard ones.
  package static func read(named name: String, _ bytes: Bytes, format: DocumentFormat? = nil) -> Catalog {
    read(name, size: bytes.count, document: bytes, format) { reader, handler in reader.read(bytes, into: handler) }
  }

  /// Reads what is left of an input whose first bytes may have been looked at.
  static func read(_ input: Input, progress: WorkProgress? = nil) throws(FileFailure) -> Catalog {
    if let size = input.size, size <= keptSize { return read(named: input.path, try input.bytes()) }
    progress?.begin(.reading, total: input.size ?? 0)
    defer { progress?.end() }
    var failure: FileFailure?
    let catalog = read(input.path, size: input.size ?? 0, document: nil, nil) { reader, handler in
      do throws(FileFailure) {
        var reader = reader
        reader.progress = progress
        return try reader.read(
          descriptor: input.descriptor, path: input.path, after: input.peeked, into: handler)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return catalog
  }

  /// A catalog of nothing but the reason why it could not be read.
  static func unreadable(_ path: String, _ reason: LocalizedText) -> Catalog {
    let builder = CatalogBuilder()
    let source = builder.add(Source(file: path, columns: [.matters: []]))
    builder.issues.append(
      ReadingIssue(.unreadable(reason), at: .file(source: source, table: .matters)))
    return builder.finish(origin: .xml(path))
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
    guard let reading = body(reader, handler) else { return builder.finish(origin: .xml(name)) }
    report(reading, source: source, builder)
    // A document that broke off before its matters has registers none the less.
    handler.finish()
    let catalog = builder.finish(origin: .xml(name))
    return handler.expandedItems.compared(with: catalog, source: source)
  }

  private static func report(_ reading: XMLReadingReport, source: Int, _ builder: CatalogBuilder) {
    for problem in reading.problems {
      let words = problem.explanation
      let kind: ReadingIssue.Kind =
        switch problem.kind {
        case .schema: .schema(words, detail: problem.detail)
        case .doctype: .refusedDoctype
        case .otherFormat, .otherVersion: .unreadable(words)
        case .syntax, .limit, .encoding, .engine: .malformedXML(words, detail: problem.detail)
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
            en: "\(reading.omitted) more places are not as the schema asks; they are not listed one by one"),
          detail: ""),
        at: .file(source: source, table: .matters)))
  }
}

/// How a document stands for characters, as far as its lines are to be shown.
enum DocumentEncoding {
  /// The document as UTF-8 with the same lines; nil if that cannot be had.
  static func asUTF8(_ bytes: Bytes) -> Bytes? {
    let start = withExtendedLifetime(bytes) { Array(bytes.buffer.prefix(4)) }
    let isMarked = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
    // UTF-16 without its mark would pass for something else.
    if !isMarked, start.contains(0) { return nil }
    let decoded = TextDecoding.decode(bytes)
    return decoded.unreadable.isEmpty ? decoded.bytes : nil
  }
}
