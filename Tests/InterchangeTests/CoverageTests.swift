import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Localization
import TestSupport
import Testing
import Validator

/// What the checker finds in each column: every cell of one row of the shipped catalog is made wrong in every way, and the
/// rule that reports it is written to `docs/coverage.md` and its Chinese counterpart (`UPDATE_GOLDEN=1`).
@Suite struct CoverageTests {
  @Test func coverageTableIsUpToDate() async throws {
    let rows = try await withThrowingTaskGroup(of: (Int, [CoverageRow]).self) { group in
      for (index, kind) in TableKind.allCases.enumerated() {
        group.addTask { (index, try CoverageBase(kind).rows()) }
      }
      var found: [(Int, [CoverageRow])] = []
      for try await part in group { found.append(part) }
      return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
    let docs = GoldenFiles("docs")
    try docs.check(Array(CoveragePage(rows: rows, language: .english).text.utf8), "coverage.md")
    try docs.check(Array(CoveragePage(rows: rows, language: .chinese).text.utf8), "coverage.zh-CN.md")
  }
}

// MARK: - Mistakes

/// A way in which a cell can be wrong.
enum CellMistake: CaseIterable, Sendable {
  case empty, otherType, otherRow, otherWidth, otherScript, shifted, doubled, truncated, misencoded, formulaError
  case otherRegister

  var title: LocalizedText {
    switch self {
    case .empty: LocalizedText(zh: "清空", en: "empty")
    case .otherType: LocalizedText(zh: "类型不对", en: "other type")
    case .otherRow: LocalizedText(zh: "别行的值", en: "other row's value")
    case .otherWidth: LocalizedText(zh: "全角", en: "full width")
    case .otherScript: LocalizedText(zh: "繁体", en: "traditional")
    case .shifted: LocalizedText(zh: "错一列", en: "shifted")
    case .doubled: LocalizedText(zh: "写了两遍", en: "doubled")
    case .truncated: LocalizedText(zh: "截断", en: "truncated")
    case .misencoded: LocalizedText(zh: "乱码", en: "mis-encoded")
    case .formulaError: LocalizedText(zh: "公式错误", en: "formula error")
    case .otherRegister: LocalizedText(zh: "别的登记表的值", en: "from another register")
    }
  }

  /// The wrong text of a cell; nil if the mistake cannot be made there.
  func text(in base: CoverageBase, row: Int, column: Int) -> String? {
    let before = base.cells[row][column]
    let declared = base.columns[column]
    let after: String? =
      switch self {
      case .empty: ""
      case .otherType: CellMistake.isForPeople(declared.kind) ? "12345" : "许多"
      case .otherRow: base.otherValue(than: before, column: column, after: row)
      case .otherWidth: CellMistake.widened(before)
      case .otherScript: CellMistake.traditional(before)
      case .shifted: base.cells[row][column + 1 < base.columns.count ? column + 1 : column - 1]
      case .doubled: before + before
      case .truncated: before.count > 1 ? String(before.prefix((before.count + 1) / 2)) : nil
      case .misencoded: CellMistake.readAsGBK(before)
      case .formulaError: "#REF!"
      case .otherRegister: CellMistake.foreign(declared.kind)
      }
    return after.flatMap { $0 == before ? nil : $0 }
  }

  private static func isForPeople(_ kind: ValueKind) -> Bool {
    switch kind {
    case .text, .sentence, .names, .deadline, .departments, .approvals, .subject: true
    default: false
    }
  }

  private static func widened(_ text: String) -> String? {
    String(
      text.unicodeScalars.map { scalar in
        Character((0x21...0x7E).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar)
      })
  }

  private static let pairs: [(Character, Character)] = Array(
    zip("业门开务电办发监医卫会证记号区农", "業門開務電辦發監醫衛會證記號區農"))

  private static func traditional(_ text: String) -> String? {
    String(text.map { character in pairs.first { $0.0 == character }?.1 ?? character })
  }

  private static func readAsGBK(_ text: String) -> String? {
    let decoded = TextDecoding.decode(Bytes(Array(text.utf8)), as: .gb18030)
    // What cannot be decoded is a question mark, as programs write it.
    return String(decoding: decoded.bytes.buffer, as: UTF8.self).replacing("\u{FFFD}", with: "?")
  }

  private static func foreign(_ kind: ValueKind) -> String? {
    switch kind {
    case .departments, .reference(to: .departments): "结婚登记"
    case .reference(to: .lists): "jiujiang-128-2022"
    case .reference(to: .notices), .matterID, .reference(to: .matters): "second"
    case .identifier, .subject, .code, .prefix: "medical-insurance"
    case .audience, .audiences: "public-security"
    case .sentence, .number, .count, .day, .period, .flag, .deadline, .deliverables: nil
    default: "市公安局"
    }
  }
}

// MARK: - The catalog

/// A table of the shipped catalog, in which one cell after the other is made wrong.
struct CoverageBase: Sendable {
  let kind: TableKind
  let columns: [Column]
  /// The rows below the header.
  private(set) var cells: [[String]]
  private let header: [String]
  private let files: [String: [UInt8]]
  private static let day = Day(iso: "2023-01-20") ?? .earliest

  init(_ kind: TableKind) throws {
    self.kind = kind
    columns = CatalogSchema.standard.columns(kind)
    var files: [String: [UInt8]] = [:]
    for name in TableKind.allCases.map(\.fileName) + ["datapackage.json"] {
      files[name] = FolderReader.builtInFile(name)
    }
    var rows = try CoverageBase.rows(of: kind.fileName, files)
    // The columns that a table may be without.
    let optional = columns.filter(\.isOmittedWhenEmpty)
    header = try #require(rows.first) + optional.map(\.name)
    rows.removeFirst()
    for index in rows.indices {
      rows[index] += optional.map { CoverageBase.codes[rows[index][0]]?[$0.name] ?? "" }
    }
    let ids = try CoverageBase.rows(of: "matters.csv", files).dropFirst().map { $0[0] }
    CoverageBase.fill(&rows, of: kind, matters: ids)
    cells = rows
    self.files = files
  }

  /// Values of optional columns, by row and column.
  private static let codes: [String: [String: String]] = [
    "health": ["credit_code": "11000000MB1234567Q"], "education": ["credit_code": "11000000MB7654321M"],
    "marriage-registration": [
      "code": "000101001000", "task_code": "11000000MB1234567Q3000101001000", "local_code": "36-0101", "version": "2",
      "state": "in-force", "effective": "2022-01-01", "ends": "2030-12-31",
    ],
    "birth-registration": [
      "code": "000101002000", "task_code": "11000000MB1234567Q3000101002000", "local_code": "36-0102", "version": "3",
      "state": "withdrawn", "effective": "2021-01-01", "ends": "2029-12-31",
    ],
  ]

  private static func rows(of file: String, _ files: [String: [UInt8]]) throws -> [[String]] {
    let csv = CSVTable(file: file, bytes: Bytes(try #require(files[file])))
    var reader = csv.rows()
    var rows: [[String]] = [csv.header]
    while reader.next() { rows.append(reader.cells.map { csv.string($0) }) }
    return rows
  }

  /// Fills columns that are empty in the shipped catalog: everything is recorded as done, a matter is withdrawn.
  private static func fill(_ rows: inout [[String]], of kind: TableKind, matters: [String]) {
    switch kind {
    case .progress:
      rows = matters.map { [$0] + Array(repeating: "2022-12-31", count: 9) + ["", "", "", "", ""] }
      rows[0] = [matters[0]] + Array(repeating: "2022-12-31", count: 13) + ["120"]
      // Each list owes its own: what is recorded of a matter is that.
      for row in rows.indices where row > 0 {
        let isFirst = rows[row][0].hasPrefix("1-")
        for column in 1..<10 where (column > 7) != isFirst { rows[row][column] = "" }
      }
    case .matters:
      if let row = rows.firstIndex(where: { $0[0] == "2-003" }) {
        rows[row][10] = "2023-01-10"
        rows[row][11] = "九府办字〔2023〕1号"
      }
    default: break
    }
  }

  /// The rows of the coverage table.
  func rows() throws -> [CoverageRow] {
    let before = try findings(of: cells)
    return try columns.indices.map { column in
      let row = representative(column)
      var outcomes: [CoverageOutcome] = []
      for mistake in CellMistake.allCases {
        guard let row, let text = mistake.text(in: self, row: row, column: column) else {
          outcomes.append(.impossible)
          continue
        }
        var changed = cells
        changed[row][column] = text
        let new = try CoverageBase.difference(try findings(of: changed), before)
        let address = "\(RecordIndex.letters(ofColumn: column))\(row + 2)"
        let own = new.filter { $0.file == kind.fileName && $0.cell == address }
        outcomes.append(
          !own.isEmpty ? .reported(own.map(\.rule)) : new.isEmpty ? .silent : .elsewhere(new.map(\.rule)))
      }
      return CoverageRow(
        table: kind, column: columns[column], example: row.map { cells[$0][column] } ?? "", outcomes: outcomes)
    }
  }

  /// The row whose cell is made wrong: one from the middle of the table, in which the column is filled.
  private func representative(_ column: Int) -> Int? {
    let filled = cells.indices.filter { !cells[$0][column].isEmpty }
    let wanted: String? =
      switch kind {
      case .matters: "2-100"
      case .items: "1-002"
      case .departments: "health"
      case .approvals: "marriage-registration"
      case .progress: "2-001"
      default: nil
      }
    return filled.first { row in wanted.map { cells[row][0] == $0 } ?? true } ?? filled.first
  }

  func otherValue(than text: String, column: Int, after row: Int) -> String? {
    let order = cells.indices.map { cells[(row + 1 + $0) % cells.count][column] }
    return order.first { !$0.isEmpty && $0 != text }
  }

  // MARK: Findings

  private struct Found: Hashable {
    var rule: String
    var file: String
    var cell: String
    var subject: String
  }

  private func findings(of rows: [[String]]) throws -> [Found] {
    var files = files
    let writer = ByteWriter.memory(capacity: 1 << 16)
    let table = try CSVWriter(to: writer, lineEnd: .lf)
    for row in [header] + rows { try table.row(row) }
    try table.finish()
    files[kind.fileName] = writer.bytes
    let catalog = FolderReader.read(named: "catalog", files: files)
    return Validation(catalog, options: ValidationOptions(day: CoverageBase.day)).findings.filter { !$0.isWaived }.map {
      Found(
        rule: $0.rule, file: $0.location.map { String($0.file.split(separator: "/").last ?? "") } ?? "",
        cell: $0.location?.cell ?? "", subject: $0.subject)
    }
  }

  private static func difference(_ new: [Found], _ old: [Found]) throws -> [Found] {
    let known = Set(old)
    return new.filter { !known.contains($0) }
  }
}

// MARK: - The page

enum CoverageOutcome: Sendable {
  /// The mistake cannot be made in the column.
  case impossible
  /// By these rules, at the cell.
  case reported([String])
  /// By these rules, at other cells.
  case elsewhere([String])
  case silent
}

struct CoverageRow: Sendable {
  var table: TableKind
  var column: Column
  var example: String
  var outcomes: [CoverageOutcome]
}

/// The table as a page in Markdown.
struct CoveragePage {
  let rows: [CoverageRow]
  let language: Language

  var text: String {
    var lines = introduction
    for table in TableKind.allCases {
      let own = rows.filter { $0.table == table }
      lines += ["", "## \(language == .english ? table.name : table.title.zh)", ""]
      lines.append("| | " + CellMistake.allCases.map { $0.title[language] }.joined(separator: " | ") + " |")
      lines.append("|---|" + CellMistake.allCases.map { _ in "---" }.joined(separator: "|") + "|")
      for row in own {
        let title = language == .english ? row.column.name : row.column.title
        lines.append("| `\(title)` | " + row.outcomes.map(cell).joined(separator: " | ") + " |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func cell(_ outcome: CoverageOutcome) -> String {
    func list(_ rules: [String]) -> String {
      var seen: Set<String> = []
      let distinct = rules.filter { seen.insert($0).inserted }
      return distinct.prefix(2).joined(separator: ", ") + (distinct.count > 2 ? ", …" : "")
    }
    return switch outcome {
    case .impossible: "—"
    case .reported(let rules): list(rules)
    case .elsewhere(let rules): (language == .english ? "elsewhere: " : "别处：") + list(rules)
    case .silent: language == .english ? "*silent*" : "*不报告*"
    }
  }

  private var introduction: [String] {
    let outcomes = rows.flatMap(\.outcomes)
    let reported = outcomes.count { if case .reported = $0 { true } else { false } }
    let elsewhere = outcomes.count { if case .elsewhere = $0 { true } else { false } }
    let silent = outcomes.count { if case .silent = $0 { true } else { false } }
    let all = reported + elsewhere + silent
    guard language == .english else {
      return [
        "# 能查出什么", "",
        "由测试生成（`CoverageTests`）：在随附目录中，每张表各取一行，把每一栏依次改错，列出报告它的规则。"
          + "“别处”表示报告在别的单元格，“—”表示这一栏不会有这种错，“不报告”表示查不出来。规则见 [rules.zh-CN.md](rules.zh-CN.md)。",
        "", "可能的 \(all) 处错误中，\(reported) 处在该单元格报告，\(elsewhere) 处在别处报告，\(silent) 处不报告。",
        "不报告的，多半是另一个同样说得通的值：只有对照文件才看得出来。",
      ]
    }
    return [
      "# What the checker finds", "",
      "Generated by a test (`CoverageTests`): in one row of each table of the shipped catalog, every cell is made wrong in "
        + "each of these ways, and the table names the rules that report it. *elsewhere*: at another cell; —: the mistake "
        + "cannot be made in the column; *silent*: not found. The rules are in [rules.md](rules.md).",
      "",
      "Of \(all) mistakes that are possible, \(reported) are reported at their cell, \(elsewhere) elsewhere and \(silent) "
        + "not at all.",
      "What is silent is mostly another value that makes sense as well, and which only the notice tells from the right one.",
    ]
  }
}
