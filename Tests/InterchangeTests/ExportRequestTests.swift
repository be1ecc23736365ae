import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Interchange
import Testing
import Validator

/// What validates without errors is exported in every format and comes back the same; what an export refuses has an error.
@Suite struct ExportRequestTests {
  /// Seeds that are always tried, and some that are new each time.
  static let seeds: [UInt64] =
    Array(1...150) + [17_177_088_104_915_625_641] + (0..<newSeeds(30)).map { _ in UInt64.random(in: 0...UInt64.max) }

  private static let formats: [ExportFormat] = [.xml(), .xml(isExpanded: true), .json, .flatCSV(), .workbook]

  @Test(arguments: seeds)
  func validCatalogsExportInEveryFormatAndComeBack(_ seed: UInt64) throws {
    var edits = CatalogEdits(seed: seed)
    let files = edits.files()
    let catalog = FolderReader.read(named: "folder", files: files)
    let note = "seed \(seed): \(edits.applied)"
    let errors = Validation(catalog, options: Self.options).findings.filter { $0.severity == .error }
    for format in Self.formats {
      do {
        let written = try bytes { try ExportRequest(catalog, as: format).write(to: $0) }
        if errors.isEmpty { try check(written, format, catalog, note) }
      } catch let refusal as ExportRefusal {
        #expect(!errors.isEmpty, "\(note): \(format) refused: \(refusal.explanation.en)")
      }
    }
    guard errors.isEmpty else { return }
    for list in catalog.lists.indices {
      let selection = Selection(list: list)
      let written = try bytes { try ExportRequest(catalog, selection, as: .officialCSV()).write(to: $0) }
      let back = CSVListReader.read(
        file: "list.csv", bytes: Bytes(written), base: catalog,
        options: CSVListOptions(list: catalog.lists[list].id, isImport: true))
      #expect(back.matters.count == selection.matters(of: catalog).count, "\(note)")
    }
  }

  /// The edits make catalogs of both sorts, so that neither side of the test above is empty.
  @Test func editsMakeCatalogsWithAndWithoutErrors() {
    let hasErrors = Self.seeds.prefix(120).map { seed in
      var edits = CatalogEdits(seed: seed)
      let catalog = FolderReader.read(named: "folder", files: edits.files())
      return Validation(catalog, options: Self.options).summary.errors > 0
    }
    #expect(hasErrors.count { $0 } >= 30)
    #expect(hasErrors.count { !$0 } >= 30)
  }

  private static let options: ValidationOptions = {
    var options = ValidationOptions(day: Day(iso: "2022-12-31") ?? .earliest)
    options.appliesWaivers = false
    return options
  }()

  private func check(_ written: [UInt8], _ format: ExportFormat, _ catalog: Catalog, _ note: String) throws {
    switch format {
    case .xml:
      let back = XMLCatalogReader.read(named: "export.xml", Bytes(written))
      #expect(back.issues.isEmpty, "\(note): \(back.issues.map(\.kind))")
      #expect(dump(back) == dump(catalog), "\(note)")
    case .json:
      #expect(written.last == 0x0A && !written.isEmpty)
    case .flatCSV:
      let back = CSVListReader.read(
        file: "list.csv", bytes: Bytes(written), base: catalog, options: CSVListOptions(isImport: true))
      #expect(back.issues.isEmpty, "\(note): \(back.issues.map(\.kind))")
      #expect(rows(back) == rows(catalog), "\(note)")
    case .workbook:
      let back = WorkbookCatalogReader.read(
        file: "catalog.xlsx", bytes: Bytes(written), base: nil, options: CSVListOptions(), progress: nil)
      #expect(back.isWholeExport)
      // A value in another form may be written in its normal one.
      let lasting = catalog.issues.count { if case .looseForm = $0.kind { false } else { true } }
      #expect(
        (lasting...catalog.issues.count).contains(back.issues.count), "\(note): \(back.issues.map(\.kind))")
      #expect(rows(back) == rows(catalog), "\(note)")
    case .officialWorkbook: #expect(written.starts(with: [0x50, 0x4B]))
    case .officialCSV: break
    }
  }

  private func rows(_ catalog: Catalog) -> [[String]] {
    catalog.matters.map { catalog.cells(of: $0) } + catalog.items.map { catalog.cells(of: $0) }
  }
}

/// A small catalog with some of its cells replaced at random: by values of other cells, and by everything that is awkward.
private struct CatalogEdits {
  private var random: SeededGenerator
  private(set) var applied: [String] = []

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let values = [
    "", "/", "服务", "licence", "2-001", "2-0001", "甲-001", "first", "second", "first;second", "个人", "people", "P1M",
    "P1Y",
    "P2W", "2023-01-31", "2023/1/31", "40", "50+1", "50 + 1", "0", "-1", "1234567890", "999999999", "yes", "是", "maybe",
    "九府办字〔2022〕128号", "jiujiang-128-2022", "市公安局", "公安部门", "public-security", "市公安局、市民政局", "市公安局/市民政局", "无此部门",
    "营业执照", "营业执照/企业设立登记", "2022年12月底", "2023年一季度", "适时", " 前后有空格 ", "\u{3000}全角空格\u{3000}", "双\"引号", "换\n行", "回\r车",
    "制表\t符", "零宽\u{200B}", "控制\u{01}", "响铃\u{07}", "删除\u{7F}", "非字符\u{FFFE}", "替换\u{FFFD}", "𠮷野家", "é", "e\u{301}",
    "<b>&amp;",
    "逗,号", "分;号", "竖|线", "=1+1", "#REF!", "a b", "A-1", "a--b", "2-001..2-003", "number-gap", "No Such Rule",
    String(repeating: "长", count: 14_000), String(repeating: "长", count: 400_000),
  ]

  private func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

  /// The tables of the built-in catalog, the large ones cut to the first matters of each list, with up to four edits.
  mutating func files() -> [String: [UInt8]] {
    var tables: [TableKind: [[String]]] = [:]
    let catalog = FolderReader.builtIn()
    for kind in TableKind.allCases {
      var rows = TableTexts()
      try? catalog.schema.visit(kind, of: catalog.tables, &rows)
      tables[kind] = rows.rows
    }
    let kept = catalog.matters.filter { ($0.number ?? 99) <= 9 }
    tables[.matters] = kept.map { matter in
      var cells = catalog.cells(of: matter)
      if cells[0] == "2-002" { cells[MatterColumn.includes.rawValue] = "2-001" }
      return cells
    }
    tables[.items] = kept.flatMap { catalog.items(of: $0) }.map { item in
      var cells = catalog.cells(of: item)
      if cells[0] == "2-001", cells[1] == "1" { cells[ItemColumn.shared.rawValue] = "yes" }
      return cells
    }
    let announced = TableKind.lists.column("matters") ?? 0
    for row in tables[.lists]?.indices ?? 0..<0 { tables[.lists]?[row][announced] = "9" }
    let recorded = ["2-001", "2022-12-30"]
    tables[.progress] = [recorded + Array(repeating: "", count: TableKind.progress.columns.count - recorded.count)]
    tables[.waivers] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) { edit(&tables) }
    var files: [String: [UInt8]] = [:]
    for (kind, rows) in tables {
      let lines = [kind.columns.map(\.name)] + rows
      let text = lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
      files[kind.fileName] = Array(text.utf8)
    }
    return files
  }

  private mutating func edit(_ tables: inout [TableKind: [[String]]]) {
    let kinds = TableKind.allCases.filter { tables[$0]?.isEmpty == false }
    guard let kind = kinds.randomElement(using: &random), var rows = tables[kind],
      let row = rows.indices.randomElement(using: &random), let column = rows[row].indices.randomElement(using: &random)
    else { return }
    let value: String
    if Bool.random(using: &random) {
      value = Self.values.randomElement(using: &random) ?? ""
    } else {
      // A value of another row, or a known value with something awkward behind it.
      let other = rows.randomElement(using: &random)?[column] ?? ""
      value = Bool.random(using: &random) ? other : other + (Self.values.randomElement(using: &random) ?? "")
    }
    rows[row][column] = value
    tables[kind] = rows
    applied.append("\(kind.name) \(row + 2) \(kind.columns[column].name) = \(value.prefix(40).debugDescription)")
  }
}

private struct TableTexts: TableVisitor {
  var rows: [[String]] = []

  mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
    self.rows = rows.map { schema.cells(of: $0) }
  }
}
