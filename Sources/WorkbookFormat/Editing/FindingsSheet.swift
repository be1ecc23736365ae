import AtomicFiles
import CSVFormat
import Localization

/// The sheet with the list of findings, and in hidden columns of its first row what a later check needs.
enum FindingsSheet {
  static let name = "检查结果"
  /// What the first hidden cell says: that this program made the sheet.
  static let marker = "onevisit-checked-1"
  /// The first hidden column, counted from 0.
  static let hiddenColumn = 9
  /// A sheet has at most so many links (Excel specifications and limits).
  private static let linkLimit = 65_530

  /// The fills that cells had before they were marked, if a sheet is such a list; else nil.
  static func fills(in content: SheetContent) -> [String]? {
    var rows = TableReader(content.table)
    guard rows.next(), rows.cells.count > hiddenColumn else { return nil }
    let texts = rows.cells.dropFirst(hiddenColumn).map { cell in
      String(
        decoding: cell.isEscaped
          ? CSVTable.unescaped(content.table, cell) : Array(content.table.buffer[cell.start..<cell.end]), as: UTF8.self)
    }
    guard texts.first == marker else { return nil }
    return Array(texts.dropFirst())
  }

  /// The part.
  static func content(
    _ findings: WorkbookEditor.Findings, styles: StylesEdit, namespace: String, isSelected: Bool
  ) -> ByteBuffer {
    let out = ByteBuffer(capacity: 1 << 16)
    let width = findings.headings.count
    let last = max(findings.rows.count + 2, 3)
    let filter = "A2:\(CellAddress(row: last - 1, column: width - 1).text)"
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" as StaticString)
    out.append(
      "<worksheet xmlns=\"\(namespace)\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView "
        + (isSelected ? "tabSelected=\"1\" " : "")
        + "workbookViewId=\"0\"><pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        + "<selection pane=\"bottomLeft\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>")
    for (column, width) in findings.widths.enumerated() {
      out.append("<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(width)\" customWidth=\"1\"/>")
    }
    out.append(
      "<col min=\"\(hiddenColumn + 1)\" max=\"\(hiddenColumn + styles.originalFills.count + 1)\" width=\"9\" hidden=\"1\" "
        + "customWidth=\"1\"/></cols><sheetData>")
    appendHead(findings, styles, out)
    let links = appendRows(findings, styles, out)
    out.append("</sheetData><autoFilter ref=\"\(filter)\"/>")
    if !links.isEmpty { out.append("<hyperlinks>\(links.joined())</hyperlinks>") }
    out.append(
      "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>"
        + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>")
    return out
  }

  private static func append(_ text: String, row: Int, column: Int, format: Int, _ out: ByteBuffer) {
    guard !text.isEmpty else { return }
    out.append(
      "<c r=\"\(CellAddress(row: row, column: column).text)\" s=\"\(format)\" t=\"inlineStr\"><is>"
        + "<t xml:space=\"preserve\">\(CellText.escaped(text))</t></is></c>")
  }

  private static func appendHead(_ findings: WorkbookEditor.Findings, _ styles: StylesEdit, _ out: ByteBuffer) {
    let (title, heading) = (styles.number(of: .title), styles.number(of: .heading))
    out.append("<row r=\"1\">" as StaticString)
    append(findings.title, row: 0, column: 0, format: title, out)
    for (index, text) in ([marker] + styles.originalFills).enumerated() {
      append(text, row: 0, column: hiddenColumn + index, format: title, out)
    }
    out.append("</row><row r=\"2\">" as StaticString)
    for (column, text) in findings.headings.enumerated() { append(text, row: 1, column: column, format: heading, out) }
    out.append("</row>" as StaticString)
  }

  /// The height of a row, in points, in which its texts show wrapped.
  private static func height(of cells: [WorkbookEditor.Findings.Cell], _ widths: [Int]) -> Int {
    let lines = zip(cells, widths).map { cell, width in
      switch cell {
      case .text(let text), .level(let text, _): (DisplayWidth.of(text) + width - 2) / max(1, width - 1)
      case .link: 1
      }
    }
    return 15 * min(8, max(1, lines.max() ?? 1))
  }

  /// Appends the rows, and returns their links.
  private static func appendRows(
    _ findings: WorkbookEditor.Findings, _ styles: StylesEdit, _ out: ByteBuffer
  ) -> [String] {
    let (text, link) = (styles.number(of: .text), styles.number(of: .link))
    let levels = WorkbookEditor.Level.allCases.map { styles.number(of: .level($0)) }
    var links: [String] = []
    for (index, cells) in findings.rows.enumerated() {
      let row = index + 2
      out.append("<row r=\"\(row + 1)\" ht=\"\(height(of: cells, findings.widths))\" customHeight=\"1\">")
      for (column, cell) in cells.enumerated() {
        switch cell {
        case .text(let shown): append(shown, row: row, column: column, format: text, out)
        case .level(let shown, let level): append(shown, row: row, column: column, format: levels[level.rawValue], out)
        case .link(let sheet, let address):
          append("\(sheet)!\(address)", row: row, column: column, format: link, out)
          guard links.count < linkLimit else { continue }
          let target = "'\(sheet.replacing("'", with: "''"))'!\(address)"
          links.append(
            "<hyperlink ref=\"\(CellAddress(row: row, column: column).text)\" "
              + "location=\"\(CellText.escaped(target, isAttribute: true))\"/>")
        }
      }
      out.append("</row>" as StaticString)
    }
    return links
  }
}
