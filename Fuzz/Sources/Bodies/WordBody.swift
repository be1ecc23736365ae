import AtomicFiles
import Catalog
import Interchange

enum WordBody {
  /// Parts one after the other, each after a line `=== name`, which are packed into an archive; or an archive as it is. The
  /// first character chooses whether the list is read for an import, and whether a table is asked for.
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    let archive: [UInt8]
    if input.starts(with: [0x50, 0x4B]) || input.starts(with: [0xD0, 0xCF]) {
      archive = input
    } else {
      let parts = usual.merging(FolderBody.split(choices.rest)) { $1 }
      archive = StoredArchive.bytes(of: parts.sorted { $0.key < $1.key })
    }
    let options = CSVListOptions(table: choices.bit(1) ? 2 : nil, isImport: choices.bit(0))
    let catalog = WorkbookCatalogReader.read(
      file: "notice.docx", bytes: Bytes(archive), base: SmallCatalog.catalog, options: options, progress: nil)
    try CatalogChecks.checkReports(catalog, day: FolderBody.usualDay, choices)
    try CatalogChecks.checkExports(catalog, choices)
    let locator = Locator(catalog)
    for doubt in catalog.doubtfulReadings.prefix(100) {
      let location = locator.locate(doubt.position)
      try expect(location?.wordCell.map { $0.row > 0 } ?? false, "a doubtful reading without its row")
    }
    for matter in catalog.matters { try expect(!catalog.text(matter.name).contains("\n"), "a name with a line break") }
  }

  /// The parts that an input need not have.
  private static let usual: [String: [UInt8]] = [
    "_rels/.rels": Array(
      """
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" \
      Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
      Target="word/document.xml"/></Relationships>
      """.utf8),
    "word/document.xml": Array(
      """
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>
      """.utf8),
  ]
}
