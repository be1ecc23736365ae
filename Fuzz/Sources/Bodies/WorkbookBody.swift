import AtomicFiles
import Catalog
import Interchange
import Reports
import Validator

enum WorkbookBody {
  /// Parts one after the other, each after a line `=== name`, which are packed into an archive; or an archive as it is.
  static func run(_ input: [UInt8]) throws {
    let archive: [UInt8]
    if input.starts(with: [0x50, 0x4B]) || input.starts(with: [0xD0, 0xCF]) {
      archive = input
    } else {
      let parts = usual.merging(FolderBody.split(input[...])) { $1 }
      archive = StoredArchive.bytes(of: parts.sorted { $0.key < $1.key })
    }
    let catalog = WorkbookCatalogReader.read(
      file: "catalog.xlsx", bytes: Bytes(archive), base: SmallCatalog.catalog, options: CSVListOptions(),
      progress: nil)
    let choices = Choices(input)
    try CatalogChecks.checkReports(catalog, day: FolderBody.usualDay, choices)
    try CatalogChecks.checkExports(catalog, choices)
    try checkEdit(catalog)
  }

  /// The workbook with its findings is the same catalog, and checked again the same workbook.
  private static func checkEdit(_ catalog: Catalog) throws {
    guard !catalog.isUnreadable else { return }
    let first = try checked(catalog)
    if first.isMadeAnew { return }
    let back = WorkbookCatalogReader.read(
      file: "catalog.xlsx", bytes: first.bytes, base: SmallCatalog.catalog, options: CSVListOptions(), progress: nil)
    try expect(try CatalogChecks.tables(back) == CatalogChecks.tables(catalog), "the checked workbook has other tables")
    let second = try checked(back)
    try expect(!second.isMadeAnew, "the checked workbook cannot be edited: \(second.losses.map(\.en))")
  }

  private static func checked(_ catalog: Catalog) throws -> CheckedWorkbook.Result {
    var options = ValidationOptions(day: FolderBody.usualDay)
    options.isParallel = false
    return try CheckedWorkbook(Validation(catalog, options: options), of: catalog, language: .english).result()
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// The parts that an input need not have.
  private static let usual: [String: [UInt8]] = [
    "_rels/.rels": Array(
      """
      <Relationships xmlns="\(package)"><Relationship Id="r" Type="\(office)/officeDocument" Target="xl/workbook.xml"/>\
      </Relationships>
      """.utf8),
    "xl/workbook.xml": Array(
      """
      <workbook xmlns="\(main)" xmlns:r="\(office)"><sheets><sheet name="事项" sheetId="1" r:id="r1"/>\
      <sheet name="关联事项" sheetId="2" r:id="r2"/></sheets></workbook>
      """.utf8),
    "xl/_rels/workbook.xml.rels": Array(
      """
      <Relationships xmlns="\(package)"><Relationship Id="r1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
      <Relationship Id="r2" Type="\(office)/worksheet" Target="worksheets/sheet2.xml"/>\
      <Relationship Id="r3" Type="\(office)/sharedStrings" Target="sharedStrings.xml"/>\
      <Relationship Id="r4" Type="\(office)/styles" Target="styles.xml"/></Relationships>
      """.utf8),
    "xl/worksheets/sheet1.xml": Array("<worksheet xmlns=\"\(main)\"><sheetData/></worksheet>".utf8),
    "xl/worksheets/sheet2.xml": Array("<worksheet xmlns=\"\(main)\"><sheetData/></worksheet>".utf8),
  ]
}
