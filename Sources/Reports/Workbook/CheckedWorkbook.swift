import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Localization
import Validator
import WorkbookFormat

/// Findings as a workbook: the tables that were checked, the cells concerned filled by severity and commented with message
/// and fix, and a sheet with a row for each finding that links to its cell.
package struct CheckedWorkbook {
  private let validation: Validation
  private let catalog: Catalog
  private let language: Language
  private let titles: [String: LocalizedText]

  package static let sheetName = "检查结果"

  /// - Parameters:
  ///   - catalog: the catalog that was validated.
  ///   - rules: the rule book, for the titles of rules.
  package init(_ validation: Validation, of catalog: Catalog, language: Language, rules: [Rule] = RuleBook.rules) {
    self.validation = validation
    self.catalog = catalog
    self.language = language
    titles = Dictionary(rules.map { ($0.id, $0.title) }) { first, _ in first }
  }

  /// - Throws: `WorkbookFailure`, and what the writer throws.
  package func write(showsConsequences: Bool = false, to writer: ByteWriter) throws {
    let workbook = try WorkbookWriter(isStreamed: true)
    let findings = validation.shown(withConsequences: showsConsequences).filter { !$0.isWaived }
    let sheets = CheckedSheet.sheets(of: catalog)
    let cells = findings.map { finding in cell(of: finding, sheets) }
    try writeList(findings, cells, sheets, to: workbook)
    var marks = [[CheckedSheet.Cell: [Finding]]](repeating: [:], count: sheets.count)
    for (finding, cell) in zip(findings, cells) {
      if let cell { marks[cell.sheet][cell.cell, default: []].append(finding) }
    }
    for (index, sheet) in sheets.enumerated() { try write(sheet, marks[index], to: workbook) }
    try workbook.finish(to: writer)
  }

  /// The cell of a finding; nil if it is in none of the sheets.
  private func cell(of finding: Finding, _ sheets: [CheckedSheet]) -> (sheet: Int, cell: CheckedSheet.Cell)? {
    guard let location = finding.location else { return nil }
    if let address = location.cell, let cell = CheckedSheet.Cell(address),
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
    return (sheet, CheckedSheet.Cell(row: row, column: column ?? 0))
  }

  // MARK: The list

  private static let columns: [LocalizedText] = [
    LocalizedText(zh: "级别", en: "Severity"), LocalizedText(zh: "规则", en: "Rule"),
    LocalizedText(zh: "规则说明", en: "About"), LocalizedText(zh: "牵头部门", en: "Lead"),
    LocalizedText(zh: "事项", en: "Matter"), LocalizedText(zh: "位置", en: "Cell"),
    LocalizedText(zh: "问题", en: "Problem"), LocalizedText(zh: "处理建议", en: "Fix"),
  ]
  private static let widths = [10, 26, 30, 22, 12, 20, 70, 70]

  private func writeList(
    _ findings: [Finding], _ cells: [(sheet: Int, cell: CheckedSheet.Cell)?], _ sheets: [CheckedSheet],
    to workbook: WorkbookWriter
  ) throws {
    let sheet = try workbook.addSheet(CheckedWorkbook.sheetName)
    try workbook.write(
      FindingsSummary.line(validation, language: language, namesWaivers: true), to: sheet, row: 0, column: 0,
      style: .title)
    for (index, title) in CheckedWorkbook.columns.enumerated() {
      try workbook.write(title[language], to: sheet, row: 1, column: index, style: .heading)
    }
    for (index, (finding, cell)) in zip(findings, cells).enumerated() {
      let row = index + 2
      func write(_ text: String, _ column: Int, _ style: WorkbookWriter.Style = .plain) throws {
        try workbook.write(CheckedWorkbook.shortened(text), to: sheet, row: row, column: column, style: style)
      }
      let lead = finding.matter.flatMap { catalog.matter(id: $0) }.map { catalog.shortNames($0.lead) } ?? []
      try write(finding.severity.title[language], 0, finding.severity.style)
      try write(finding.rule, 1)
      try write(titles[finding.rule]?[language] ?? "", 2)
      try write(lead.joined(separator: "、"), 3)
      try write(finding.item ?? finding.matter ?? "", 4)
      if let cell {
        let (target, address) = (sheets[cell.sheet].name, cell.cell.address)
        try workbook.link("\(target)!\(address)", toCell: address, of: target, in: sheet, row: row, column: 5)
      } else if let location = finding.location {
        try write(location.address(in: language) ?? location.file + (location.line.map { ":\($0)" } ?? ""), 5)
      }
      try write(finding.message[language], 6)
      try write(finding.fix[language], 7)
    }
    for (column, width) in CheckedWorkbook.widths.enumerated() {
      try workbook.setWidth(sheet, column: column, width)
    }
    try workbook.setHeader(
      sheet, frozen: 2, columns: CheckedWorkbook.columns.count, rows: findings.count + 2)
    workbook.activate(sheet)
  }

  // MARK: A table

  private func write(
    _ table: CheckedSheet, _ marks: [CheckedSheet.Cell: [Finding]], to workbook: WorkbookWriter
  ) throws {
    let sheet = try workbook.addSheet(table.name)
    let header = table.titles(catalog.schema)
    var widths = ColumnWidths(header)
    let byRow = Dictionary(grouping: marks, by: \.key.row)
    var last = 0
    func writeRow(_ row: Int, _ texts: [String], isHeader: Bool) throws {
      let marked = byRow[row] ?? []
      let width = max(texts.count, (marked.map(\.key.column).max() ?? -1) + 1)
      for column in 0..<width {
        let text = column < texts.count ? texts[column] : ""
        let found = marked.first { $0.key.column == column }?.value ?? []
        // The gravest comes first.
        let style = found.map(\.severity).min()?.style ?? (isHeader ? .heading : .plain)
        if !isHeader { text.utf8.withContiguousStorageIfAvailable { widths.add($0, column) } }
        try workbook.write(text, to: sheet, row: row, column: column, style: style)
        if !found.isEmpty { try workbook.comment(comment(found), to: sheet, row: row, column: column) }
      }
      last = row
    }
    try table.forEachRow { row, texts, isHeader in try writeRow(row, isHeader ? header : texts, isHeader: isHeader) }
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
  private static func shortened(_ text: String) -> String {
    text.utf8.count > 30_000 ? String(text.unicodeScalars.prefix(8_000)) + "…" : text
  }
}

extension Severity {
  fileprivate var style: WorkbookWriter.Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
