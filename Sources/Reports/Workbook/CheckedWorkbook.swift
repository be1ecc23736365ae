import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Localization
import Validator
import WorkbookFormat

/// Findings as a workbook: the tables that were checked, the cells concerned filled by severity and commented with message
/// and fix, and a sheet with a row for each finding that links to its cell. A workbook that was checked is edited, so that
/// all else in it stays.
package struct CheckedWorkbook {
  private let validation: Validation
  private let catalog: Catalog
  private let language: Language
  private let titles: [String: LocalizedText]

  /// - Parameters:
  ///   - catalog: the catalog that was validated.
  ///   - rules: the rule book, for the titles of rules.
  package init(_ validation: Validation, of catalog: Catalog, language: Language, rules: [Rule] = RuleBook.rules) {
    self.validation = validation
    self.catalog = catalog
    self.language = language
    titles = Dictionary(rules.map { ($0.id, $0.title) }) { first, _ in first }
  }

  /// The checked workbook: its bytes, and what of the workbook that was checked could not be kept in it.
  package struct Result {
    package var bytes: Bytes
    package var losses: [LocalizedText]
    /// It is made of the texts that were read, since the workbook itself could not be edited.
    package var isMadeAnew = false
  }

  /// Whether the catalog was read from a workbook that an earlier check has written into.
  package static func isChecked(_ catalog: Catalog) -> Bool {
    guard let bytes = catalog.workbook, let editor = try? WorkbookEditor(bytes) else { return false }
    return editor.isChecked
  }

  /// Makes the workbook: of a workbook a copy with the findings in it; of anything else one with the tables that were
  /// checked.
  /// - Throws: `WorkbookFailure`, and what the writer throws.
  package func result(showsConsequences: Bool = false) throws -> Result {
    let findings = validation.shown(withConsequences: showsConsequences).filter { !$0.isWaived }
    let sheets = CheckedSheet.sheets(of: catalog)
    let cells = findings.map { finding in cell(of: finding, sheets) }
    var marks: [String: [CellAddress: [Finding]]] = [:]
    for (finding, cell) in zip(findings, cells) {
      if let cell { marks[sheets[cell.sheet].name, default: [:]][cell.cell, default: []].append(finding) }
    }
    let marked = marks.mapValues { cells in
      cells.map { cell, findings in
        // The gravest decides.
        WorkbookEditor.Mark(
          row: cell.row, column: cell.column, level: findings.map(\.severity).min()?.level ?? .note,
          comment: comment(findings))
      }
    }
    let list = self.list(findings, cells, sheets)
    guard let bytes = catalog.workbook else { return Result(bytes: try built(sheets, marked, list), losses: []) }
    do throws(WorkbookFailure) {
      let editor = try WorkbookEditor(bytes)
      return Result(bytes: try editor.checked(marked, findings: list), losses: editor.losses)
    } catch {
      return Result(bytes: try built(sheets, marked, list), losses: [error.explanation], isMadeAnew: true)
    }
  }

  /// A new workbook with the list of findings in front, then the tables.
  private func built(
    _ sheets: [CheckedSheet], _ marks: [String: [WorkbookEditor.Mark]], _ list: WorkbookEditor.Findings
  ) throws -> Bytes {
    let workbook = try WorkbookWriter(isStreamed: true)
    let first = try workbook.addSheet(WorkbookEditor.findingsName)
    try workbook.markAsFindings(first)
    workbook.activate(first)
    for sheet in sheets { try write(sheet, to: workbook) }
    let writer = ByteWriter.memory(capacity: 1 << 16)
    try workbook.finish(to: writer)
    return try WorkbookEditor(Bytes(taking: writer.buffer)).checked(marks, findings: list)
  }

  /// The cell of a finding; nil if it is in none of the sheets.
  private func cell(of finding: Finding, _ sheets: [CheckedSheet]) -> (sheet: Int, cell: CellAddress)? {
    guard let location = finding.location else { return nil }
    if let address = location.cell, let cell = CellAddress(address),
      let sheet = sheets.firstIndex(where: { $0.file == location.file && $0.sheet == location.sheet })
    {
      return (sheet, cell)
    }
    // A document has lines, and its rows are found by their ids.
    let kind: TableKind = finding.item == nil ? .matters : .items
    guard let id = finding.item ?? finding.matter, let sheet = sheets.firstIndex(where: { $0.kind == kind }),
      let row = sheets[sheet].rows[id]
    else { return nil }
    let column = location.field.flatMap { name in catalog.schema.columns(kind).firstIndex { $0.name == name } }
    return (sheet, CellAddress(row: row, column: column ?? 0))
  }

  // MARK: The list

  private static let columns: [LocalizedText] = [
    LocalizedText(zh: "级别", en: "Severity"), LocalizedText(zh: "规则", en: "Rule"),
    LocalizedText(zh: "规则说明", en: "About"), LocalizedText(zh: "牵头部门", en: "Lead"),
    LocalizedText(zh: "事项", en: "Matter"), LocalizedText(zh: "位置", en: "Cell"),
    LocalizedText(zh: "问题", en: "Problem"), LocalizedText(zh: "处理建议", en: "Fix"),
  ]
  private static let widths = [8, 22, 26, 20, 10, 18, 60, 60]

  private func list(
    _ findings: [Finding], _ cells: [(sheet: Int, cell: CellAddress)?], _ sheets: [CheckedSheet]
  ) -> WorkbookEditor.Findings {
    let matters = FindingMatters(catalog)
    let rows = zip(findings, cells).map { finding, cell -> [WorkbookEditor.Findings.Cell] in
      let lead = matters.matter(of: finding).map { catalog.shortNames($0.lead) } ?? []
      let position: WorkbookEditor.Findings.Cell
      if let cell {
        position = .link(sheet: sheets[cell.sheet].name, cell: cell.cell.text)
      } else {
        let location = finding.location
        position = .text(
          location.map { $0.address(in: language) ?? $0.file + ($0.line.map { ":\($0)" } ?? "") } ?? "")
      }
      return [
        .level(finding.severity.title[language], finding.severity.level), text(finding.rule),
        text(titles[finding.rule]?[language] ?? ""), text(lead.joined(separator: "、")),
        text(finding.item ?? finding.matter ?? ""), position, text(finding.message[language]),
        text(finding.fix[language]),
      ]
    }
    return WorkbookEditor.Findings(
      title: FindingsSummary.line(validation, language: language, namesWaivers: true),
      headings: CheckedWorkbook.columns.map { $0[language] }, widths: CheckedWorkbook.widths, rows: rows)
  }

  private func text(_ text: String) -> WorkbookEditor.Findings.Cell { .text(CheckedWorkbook.shortened(text)) }

  // MARK: A table

  private func write(_ table: CheckedSheet, to workbook: WorkbookWriter) throws {
    let sheet = try workbook.addSheet(table.name)
    let header = table.titles(catalog.schema)
    var widths = ColumnWidths(header)
    var last = 0
    try table.forEachRow { row, texts, isHeader in
      for (column, text) in (isHeader ? header : texts).enumerated() {
        if !isHeader { text.utf8.withContiguousStorageIfAvailable { widths.add($0, column) } }
        try workbook.write(text, to: sheet, row: row, column: column, style: isHeader ? .heading : .plain)
      }
      last = row
    }
    for column in header.indices { try workbook.setWidth(sheet, column: column, widths[column]) }
    try workbook.setHeader(sheet, columns: table.isList ? 0 : header.count, rows: last + 1)
  }

  private func comment(_ findings: [Finding]) -> String {
    findings.map { finding in
      var text = "【\(finding.severity.title[language])】\(finding.message[language])"
      if !finding.fix[language].isEmpty {
        text += "\n" + (language == .chinese ? "处理建议：" : "Fix: ") + finding.fix[language]
      }
      return text + "\n[\(finding.rule)]"
    }.joined(separator: "\n\n")
  }

  /// What is far too long for a cell is cut.
  static func shortened(_ text: String) -> String {
    text.utf8.count > 30_000 ? String(text.unicodeScalars.prefix(8_000)) + "…" : text
  }
}

extension Severity {
  fileprivate var level: WorkbookEditor.Level {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
