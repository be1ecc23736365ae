import CSVFormat
import Testing

@testable import Catalog

/// Rows of small tables of which nothing can be read: each is reported and is no entry.
@Suite struct UnreadableRowsTests {
  /// How such a row comes about.
  enum Damage: CaseIterable, Sendable {
    /// Of the row only the cell of a column that the schema does not have is left.
    case unrecognisedCell
    /// Every cell is blank, but not empty.
    case blanks
    /// Blank cells, and too few of them.
    case fewBlanks
    /// Empty cells, and a text to the right of all columns.
    case farCell

    /// The table with a row of this kind after the row with this index.
    func applied(to table: String, after row: Int) -> String {
      var lines = table.split(separator: "\n").map(String.init)
      let cells = lines[0].split(separator: ",").count
      if self == .unrecognisedCell { lines = lines.enumerated().map { ($0 == 0 ? "备忘," : ",") + $1 } }
      let line =
        switch self {
        case .unrecognisedCell: "x"
        case .blanks: " " + String(repeating: ", ", count: cells - 1)
        case .fewBlanks: " ,　"
        case .farCell: String(repeating: ",", count: cells + 2) + "x"
        }
      lines.insert(line, at: row + 1)
      return lines.joined(separator: "\n") + "\n"
    }
  }

  /// The built-in files; tables that have no rows there get one.
  private static let files: [String: [UInt8]] = {
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
    let commas = TableKind.progress.columns.count - 1
    files["progress.csv"]? += Array(("2-008,2022-12-01" + String(repeating: ",", count: commas - 1) + "\n").utf8)
    return files
  }()

  private static let whole = FolderReader.read(named: "catalog", files: files)

  private func line(_ position: SourcePosition, _ locator: Locator) -> Int { locator.locate(position)?.line ?? 0 }

  @Test(arguments: TableKind.small, Damage.allCases)
  func isReportedAndIsNoEntry(_ kind: TableKind, _ damage: Damage) throws {
    let expected = try #require(Self.whole.smallTable(kind))
    let text = String(decoding: try #require(Self.files[kind.fileName]), as: UTF8.self)
    #expect(expected.rowCount == text.count { $0 == "\n" } - 1, "each row is a line")
    #expect(Self.whole.issues.isEmpty)
    for row in [0, expected.rowCount / 2, expected.rowCount] {
      var files = Self.files
      files[kind.fileName] = Array(damage.applied(to: text, after: row).utf8)
      let catalog = FolderReader.read(named: "catalog", files: files)
      let locator = Locator(catalog)
      let table = try #require(catalog.smallTable(kind))
      #expect(table.rowCount == expected.rowCount)
      for column in table.columns.indices {
        #expect(table.values(ofColumn: column) == expected.values(ofColumn: column), "\(table.columns[column].name)")
      }
      for index in 0..<table.rowCount {
        let position = table.position(row: index, column: 0)
        #expect(line(position, locator) == index + 2 + (index >= row ? 1 : 0), "row \(index)")
      }
      try checkIssues(catalog, locator, kind, damage, line: row + 2)
    }
  }

  private func checkIssues(
    _ catalog: Catalog, _ locator: Locator, _ kind: TableKind, _ damage: Damage, line: Int
  ) throws {
    let required = kind.columns.filter(\.requiresValue).map(\.name)
    var missing: [String] = []
    var lengths = 0
    for issue in catalog.issues {
      let location = try #require(locator.locate(issue.position))
      switch issue.kind {
      case .unknownColumn: #expect(damage == .unrecognisedCell && location.line == 1)
      case .rowLength:
        lengths += 1
        #expect(location.line == line)
      case .missingValue:
        missing.append(location.field ?? "")
        #expect(location.line == line)
      default: Issue.record("\(issue)")
      }
    }
    #expect(lengths == (damage == .blanks ? 0 : 1))
    #expect(missing == (damage == .blanks ? required : []))
    #expect(!required.isEmpty)
  }
}
