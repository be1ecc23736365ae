import AtomicFiles
import Catalog
import Localization
import XMLFormat

/// What came of reading a delta for a catalog.
package struct DeltaReading: Sendable {
  /// The rows of the delta and the problems of the document.
  package var document: Catalog
  /// The edition that the catalog is, by its content hash.
  package var found: String
  package var delta: CatalogDelta
  /// The edition that the delta gives; nil if it is not for this catalog, or the document has problems.
  package var result: Catalog?

  package var isForOtherEdition: Bool { !document.isUnreadable && found != delta.from }
  /// The catalog is the edition that the delta gives.
  package var isApplied: Bool { !document.isUnreadable && found == delta.to && found != delta.from }
}

/// Reads a delta (`catalogDelta`) as a stream and applies it to the edition that it starts from.
package enum DeltaReader {
  /// Whether a document begins as a delta does: its first element is `catalogDelta`, after a declaration and comments.
  static func isDelta(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      if rest.hasPrefix("<?") {
        guard let end = rest.firstRange(of: "?>") else { return false }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<!--") {
        guard let end = rest.firstRange(of: "-->") else { return false }
        rest = rest[end.upperBound...]
      } else {
        let name = rest.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        return name.split(separator: ":").last.map { $0 == DocumentFormat.deltaRoot } ?? false
      }
    }
    return false
  }

  /// For who takes a delta for a catalog.
  static let problem = LocalizedText(
    zh: "这是两个版本之间的增量（catalogDelta），不是一份目录。",
    en: "this is a delta between two editions (catalogDelta), not a catalog.")

  static func fix(of name: String) -> LocalizedText {
    LocalizedText(
      zh: "请用 `onevisit import \(name) --into 目录文件夹` 应用到它的起始版本。",
      en: "Apply it to the edition that it starts from with `onevisit import \(name) --into FOLDER`.")
  }

  /// Reads a delta that is in memory.
  package static func read(named name: String, _ bytes: Bytes, for base: Catalog) -> DeltaReading {
    read(name, document: bytes, base) { reader, handler in reader.read(bytes, into: handler) }
  }

  /// Reads an input whose first bytes have been read for `Input.peeked`.
  static func read(_ input: Input, for base: Catalog, progress: WorkProgress? = nil) throws(FileFailure)
    -> DeltaReading
  {
    if let size = input.size, size <= XMLCatalogReader.keptSize {
      return read(named: input.path, try input.bytes(), for: base)
    }
    return try input.stream(progress) { body in read(input.path, document: nil, base, body) }
  }

  private static func read(
    _ name: String, document: Bytes?, _ base: Catalog, _ body: (XMLReader, DeltaHandler) -> XMLReadingReport?
  ) -> DeltaReading {
    let found = ContentHash.edition(base)
    var result = DeltaReading(
      document: base, found: found, delta: CatalogDelta(from: "", to: ""))
    let format: DocumentFormat
    switch DocumentFormat.standard {
    case .success(let known): format = known
    case .failure(let failure):
      result.document = XMLCatalogReader.unreadable(name, failure.explanation)
      return result
    }
    let builder = CatalogBuilder(schema: format.schema)
    let source = builder.add(
      Source(file: name, columns: [.matters: []], document: document.flatMap(DocumentEncoding.asUTF8)))
    builder.sources += base.sources
    let handler = DeltaHandler(builder, source: source, format: format, base: base, found: found)
    var reader = XMLReader(format: format.deltaVocabulary, schema: format.xsd)
    reader.keptProblems = XMLCatalogReader.keptProblems
    guard let reading = body(reader, handler) else {
      result.document = builder.finish(origin: .xml(name))
      return result
    }
    XMLCatalogReader.report(reading, of: name, source: source, builder)
    result.delta = handler.delta
    handler.finish()
    result.document = builder.finish(origin: .xml(name))
    guard reading.ending == .complete, !result.document.isUnreadable, found == handler.delta.from else { return result }
    result.document = handler.checked(result.document, source: source)
    if result.document.issues.contains(where: \.stopsDelta) { return result }
    result.result = handler.result(result.document)
    return result
  }
}

extension ReadingIssue {
  /// The delta is not applied. A value that the new edition lacks as well is no problem of the delta.
  var stopsDelta: Bool {
    if case .missingValue = kind { return false }
    return !isHarmless
  }
}
