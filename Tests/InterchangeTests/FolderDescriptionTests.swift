import AtomicFiles
import Catalog
import Foundation
import Interchange
import TestSupport
import Testing

/// The descriptions in `catalog/` are generated from the declarations of the columns, and its tables are as the program
/// writes them; UPDATE_GOLDEN=1 rewrites both.
@Suite struct FolderDescriptionTests {
  private let files = GoldenFiles("catalog")

  /// Reading the folder and writing it gives the same bytes. A new column is added to its table when it is rewritten.
  @Test(arguments: TableKind.allCases) func tablesAreAsTheyAreWritten(_ kind: TableKind) throws {
    let folder = FolderReader.read(Program.root.appending(path: "catalog").path())
    let table = try bytes { try FolderWriter.writeTable(kind, of: folder, to: $0) }
    try files.check(table, kind.fileName)
  }

  @Test func dataPackageIsUpToDate() throws {
    let writer = ByteWriter.memory()
    try FolderDescription.writeDataPackage(.jiujiang, .shipped, to: writer)
    try files.check(writer.bytes, "datapackage.json")
  }

  @Test func columnTablesOfTheReadmeAreUpToDate() throws {
    let readme = try String(contentsOf: Program.root.appending(path: "catalog/README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "### `notices.csv`")).lowerBound
    let end = try #require(readme.range(of: "Order of the tables", range: start..<readme.endIndex)).lowerBound
    let text = readme[..<start] + FolderDescription.columnTables(.standard) + readme[end...]
    try files.check(Array(text.utf8), "README.md")
  }

  /// Every declared column has a meaning in both languages, and every table its columns once.
  @Test func everyColumnIsDescribed() {
    for kind in TableKind.allCases {
      let columns = CatalogSchema.standard.columns(kind)
      #expect(Set(columns.map(\.name)).count == columns.count, "\(kind)")
      #expect(Set(columns.map(\.title)).count == columns.count, "\(kind)")
      for column in columns {
        #expect(!column.about.zh.isEmpty && !column.about.en.isEmpty, "\(kind) \(column.name)")
      }
      #expect(CatalogSchema.standard.key(kind).allSatisfy { key in columns.contains { $0.name == key } }, "\(kind)")
    }
  }
}
