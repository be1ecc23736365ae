import AtomicFiles
import XMLFormat

/// Reads the tables of a Word document (.docx, ECMA-376) as a stream, and the paragraphs around them.
///
/// ```swift
/// for table in try WordReader.read(bytes).tables { print(table.number, table.rows) }
/// ```
package enum WordReader {
  /// The bytes of text that the tables of a document may have; the largest list of a notice has less than one MB.
  private static let limit = 24 << 20
  /// The bytes that its parts may have once they are decompressed. A list of ten thousand rows has some 30 MB of XML.
  private static let partLimit = 256 << 20

  /// - Throws: `WorkbookFailure` if it is another format, damaged, encrypted or too large.
  package static func read(_ bytes: Bytes) throws(WorkbookFailure) -> WordContent {
    do throws(WorkbookFailure) {
      return try read(in: try ZipArchive(bytes, allowance: partLimit))
    } catch {
      throw WorkbookFailure(error.kind, isDocument: true)
    }
  }

  private static func read(in archive: ZipArchive) throws(WorkbookFailure) -> WordContent {
    let main = try OfficePackage.mainPart(of: archive) ?? OfficePackage.document
    let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
    let numbering = try archive.parse(
      folder + "numbering.xml", root: "numbering", namespaces: WordNamespaces.main, names: WordNumberingPart.names,
      isWord: true
    ) { WordNumberingPart() }
    // Without a list there is nothing that a style could number.
    let styles =
      numbering == nil
      ? nil
      : try archive.parse(
        folder + "styles.xml", root: "styles", namespaces: WordNamespaces.main, names: WordStylesPart.names,
        isWord: true
      ) { WordStylesPart() }
    guard
      let part = try archive.parse(
        main, root: "document", namespaces: WordNamespaces.main, names: WordDocumentPart.names, isWord: true,
        { WordDocumentPart(numbering: numbering, styles: styles, limit: limit) })
    else { throw WorkbookFailure(.damaged(main)) }
    if let failure = part.failure { throw WorkbookFailure(failure) }
    return part.finish()
  }
}
