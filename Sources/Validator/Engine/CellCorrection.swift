import CSVFormat
import Catalog

/// What a safe fix does: the text of one cell, before and after. The cell is that of the finding's position.
package struct CellCorrection: Sendable, Hashable {
  package var position: SourcePosition
  /// The cell's address in a spreadsheet, `C24`.
  package var address: String
  /// The cell's text as it is in the table.
  package var before: String
  package var after: String
  /// The cell as written, with its quotes: what is replaced in the file, and by what.
  package var writtenBefore: String
  package var writtenAfter: String
  /// The meaning stays; otherwise the text is a suggestion.
  package var isSafe: Bool
}

extension CellCorrection {
  /// Nil where the position is no cell of a table, or the text is right already.
  ///
  /// - Parameters:
  ///   - address: the cell's address in a spreadsheet.
  ///   - corrected: the right text for that of the cell; nil if none is certain.
  init?(
    at position: SourcePosition, _ address: String, in catalog: Catalog, isSafe: Bool, _ corrected: (String) -> String?
  ) {
    guard let (csv, cell) = CellCorrection.cell(at: position, in: catalog) else { return nil }
    let before = csv.string(cell)
    guard let after = CellCorrection.other(before, corrected) else { return nil }
    let isQuoted = cell.isQuoted
    var text = after
    let quoted =
      isQuoted
      ? "\"" + after.replacing("\"", with: "\"\"") + "\""
      : String(decoding: text.withUTF8 { CSVWriter.quoted($0, separator: csv.separator) }, as: UTF8.self)
    self.init(
      position: position, address: address, before: before, after: after,
      writtenBefore: csv.bytes.text(cell.written..<min(isQuoted ? cell.end + 1 : cell.end, csv.bytes.count)),
      writtenAfter: quoted, isSafe: isSafe)
  }

  /// Whether there would be a correction; without what it replaces and by what.
  static func exists(
    at position: SourcePosition, of subject: Subject, in catalog: Catalog, _ corrected: (String) -> String?
  ) -> Bool {
    text(at: position, of: subject, in: catalog).flatMap { other($0, corrected) } != nil
  }

  /// The text of the cell at a position; nil where the position is no cell of a table.
  static func text(at position: SourcePosition, of subject: Subject, in catalog: Catalog) -> String? {
    if let text = heldText(at: position, of: subject, in: catalog) { return text }
    guard let (csv, cell) = cell(at: position, in: catalog) else { return nil }
    return csv.string(cell)
  }

  /// The text of a cell that the catalog holds as it is written, so that its row need not be read again: with a finding in
  /// every one of a million matters that is a fifth of the time. Nil for any other cell.
  private static func heldText(at position: SourcePosition, of subject: Subject, in catalog: Catalog) -> String? {
    guard case .cell(let source, _, let column, _) = position, catalog.sources.indices.contains(source),
      catalog.sources[source].csv != nil
    else { return nil }
    switch subject {
    case .matter(let index):
      let matter = catalog.matters[index]
      guard let column = MatterColumn(rawValue: column), catalog.position(matter, column) == position else {
        return nil
      }
      switch column {
      case .name: return catalog.text(matter.name)
      case .lead: return catalog.text(matter.lead)
      case .deadline: return catalog.text(matter.deadline)
      case .remark: return catalog.text(matter.remark)
      case .id, .list, .number, .audience, .includes, .placeholder: return nil
      }
    case .item(let index):
      let item = catalog.items[index]
      guard let column = ItemColumn(rawValue: column), catalog.position(item, column) == position else { return nil }
      switch column {
      case .name: return catalog.text(item.name)
      case .responsible: return catalog.text(item.responsible)
      case .matter, .number, .shared: return nil
      }
    default: return nil
    }
  }

  private static func cell(at position: SourcePosition, in catalog: Catalog) -> (CSVTable, Cell)? {
    guard case .cell(let source, let table, let column, let row) = position, catalog.sources.indices.contains(source),
      let csv = catalog.sources[source].csv, let columns = catalog.sources[source].columns[table],
      columns.indices.contains(column), columns[column] >= 0
    else { return nil }
    let cells = csv.cells(ofRowAt: row)
    return columns[column] < cells.count ? (csv, cells[columns[column]]) : nil
  }

  /// The corrected text, if it is another one.
  private static func other(_ before: String, _ corrected: (String) -> String?) -> String? {
    corrected(before).flatMap { $0.unicodeScalars.elementsEqual(before.unicodeScalars) ? nil : $0 }
  }
}

extension Rule {
  /// Whether the right text of the cell at a position is certain.
  func isCorrectable(
    _ position: SourcePosition, of subject: Subject, in catalog: Catalog, _ corrected: () -> String?
  ) -> Bool {
    switch correction {
    case nil, .suggested: false
    case .text(_, let exists?): CellCorrection.text(at: position, of: subject, in: catalog).map(exists) ?? false
    case .text(let text, nil): CellCorrection.exists(at: position, of: subject, in: catalog, text)
    case .reported: CellCorrection.exists(at: position, of: subject, in: catalog) { _ in corrected() }
    }
  }
}
