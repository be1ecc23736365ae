import AtomicFiles
import XMLFormat

/// Reads the sheets of a workbook (.xlsx, ECMA-376) by what the file says, not by what a program would show: shared and
/// inline texts, formulas by the value that was saved, days by the format of their cell.
///
/// ```swift
/// let reader = try WorkbookReader(bytes)
/// for sheet in reader.sheets { print(sheet.name, try reader.read(sheet).table.count) }
/// ```
package final class WorkbookReader {
  package struct Sheet: Sendable, Hashable {
    package let name: String
    package let isHidden: Bool
    let part: String
  }

  /// In the order of the workbook. Sheets that hold a chart are left out.
  package private(set) var sheets: [Sheet] = []
  let archive: ZipArchive
  /// The part with the list of sheets, and that with the formats.
  let main: String
  let stylesPart: String
  /// The names of all sheets, those that hold a chart included.
  let names: [String]
  private let is1904: Bool
  private let forms: [CellForm]
  private let stringsPart: String?
  private var strings: SharedStringsPart?
  /// How many bytes of text may still be read.
  private var allowance: Int

  /// Opens a workbook.
  /// - Throws: `WorkbookFailure` if it is another format, damaged, encrypted or too large.
  package init(_ bytes: Bytes) throws(WorkbookFailure) {
    if bytes.buffer.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw WorkbookFailure(CompoundFile.kind(of: bytes)) }
    archive = try ZipArchive(bytes)
    allowance = (64 << 20) + bytes.count * 4
    let main = try OfficePackage.mainPart(of: archive) ?? "xl/workbook.xml"
    self.main = main
    guard archive.contains(main), !main.hasSuffix(".bin"), main.hasSuffix("workbook.xml") || main.hasPrefix("xl/")
    else { throw WorkbookFailure(try WorkbookReader.kind(of: archive, main)) }
    guard
      let workbook = try archive.parse(main, root: "workbook", names: WorkbookPart.names, { WorkbookPart() })
    else { throw WorkbookFailure(.damaged(main)) }
    is1904 = workbook.is1904
    names = workbook.sheets.map(\.name)
    let slash = main.lastIndex(of: "/")
    let folder = slash.map { String(main[..<$0]) } ?? ""
    let file = slash.map { String(main[main.index(after: $0)...]) } ?? main
    let relations = try archive.parse(
      (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels", root: "Relationships",
      namespaces: WorkbookNamespaces.relationships, names: RelationshipsPart.names
    ) { RelationshipsPart() }
    let targets = (relations?.relationships ?? []).map { relation in
      (id: relation.id, type: relation.type, path: RelationshipsPart.path(relation.target, in: folder))
    }
    let styles =
      targets.first { $0.type.hasSuffix("/styles") }?.path ?? (folder.isEmpty ? "" : folder + "/") + "styles.xml"
    stylesPart = styles
    forms = try archive.parse(styles, root: "styleSheet", names: StylesPart.names) { StylesPart() }?.forms ?? []
    stringsPart = targets.first { $0.type.hasSuffix("/sharedStrings") }?.path
    let worksheets = targets.filter { $0.type.hasSuffix("/worksheet") }
    for (index, sheet) in workbook.sheets.enumerated() {
      let target = sheet.relationship.flatMap { id in targets.first { $0.id == id } }
      if let target, !target.type.hasSuffix("/worksheet") { continue }
      guard let part = target?.path ?? (worksheets.indices.contains(index) ? worksheets[index].path : nil) else {
        continue
      }
      sheets.append(Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part))
    }
  }

  /// Reads a sheet. The texts that it shares with others are read with the first one.
  /// - Throws: `WorkbookFailure`.
  package func read(_ sheet: Sheet) throws(WorkbookFailure) -> SheetContent {
    if strings == nil, let stringsPart {
      let limit = allowance
      strings = try archive.parse(stringsPart, root: "sst", names: SharedStringsPart.names) {
        SharedStringsPart(limit: limit)
      }
      if strings?.isTooLarge == true { throw WorkbookFailure(.limit(stringsPart)) }
    }
    let (strings, forms, is1904, limit) = (strings, forms, is1904, allowance)
    guard
      let part = try archive.parse(
        sheet.part, root: "worksheet", names: SheetPart.names,
        {
          SheetPart(strings: strings, forms: forms, is1904: is1904, limit: limit)
        })
    else { throw WorkbookFailure(.damaged(sheet.part)) }
    if let failure = part.failure { throw WorkbookFailure(failure) }
    allowance -= part.table.count
    return SheetContent(
      table: Bytes(taking: part.table), unreadable: part.unreadable, hiddenRows: part.hiddenRows,
      mergedRanges: part.mergedRanges)
  }

  /// What an archive is that holds no workbook of this format.
  private static func kind(
    of archive: ZipArchive, _ main: String
  ) throws(WorkbookFailure) -> WorkbookFailure.Kind {
    if archive.contains("xl/workbook.bin") { return .binaryWorkbook }
    if archive.contains(OfficePackage.document) || (main.hasPrefix("word/") && archive.contains(main)) {
      return .document
    }
    if let mark = try archive.beginning(of: "mimetype", count: 64),
      mark.starts(with: "application/vnd.oasis.opendocument".utf8)
    {
      return mark.starts(with: "application/vnd.oasis.opendocument.text".utf8) ? .openText : .openDocument
    }
    return .otherArchive
  }
}

/// A compound file (MS-CFB): an office file of an old format, or an encrypted one of a new format.
enum CompoundFile {
  static func kind(of bytes: Bytes) -> WorkbookFailure.Kind {
    if holds("EncryptedPackage", bytes) || holds("EncryptionInfo", bytes) { return .encrypted }
    if holds("WordDocument", bytes) { return .oldDocument }
    return holds("Workbook", bytes) || holds("Book", bytes) ? .oldWorkbook : .oldFile
  }

  /// Whether a name of a stream, in UTF-16, is in the file.
  private static func holds(_ name: String, _ bytes: Bytes) -> Bool {
    let wanted = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return withExtendedLifetime(bytes) { bytes.buffer.firstRange(of: wanted) != nil }
  }
}
