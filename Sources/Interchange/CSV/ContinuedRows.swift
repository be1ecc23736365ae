import Catalog

/// Rows that only continue the row above: the end of a page has cut its cells in two, or a document has several rows of
/// departments beside one item.
final class ContinuedRows {
  private let context: ListContext
  private let texts: OfficialTexts
  private let splits: SplitCells

  init(_ context: ListContext, _ texts: OfficialTexts, _ splits: SplitCells) {
    self.context = context
    self.texts = texts
    self.splits = splits
  }

  /// Joins the item and the departments of a row to those of the row above, if the row only continues them.
  /// - Parameter above: the last row of the matter.
  /// - Returns: whether it does, so that it has no item of its own.
  func join(
    _ row: OfficialRow, to above: inout OfficialDraft.Row, of draft: OfficialDraft,
    _ header: ListHeading.Cells, _ source: Int
  ) -> Bool {
    let hasResponsible = !texts.isBlank(row.responsible)
    if let document = context.options.document, document.isContinued(row.start, header[.item]) {
      // One item beside several rows of departments.
      if hasResponsible, !document.isContinued(row.start, header[.responsible]) {
        addDepartments(row, to: &above, of: draft, source)
      }
      return true
    }
    let wholeItem = splits.whole(.item, above.item, row.item, of: draft)
    guard wholeItem != nil || (texts.isBlank(row.item) && hasResponsible) else { return false }
    let wholeOwner = splits.whole(.responsible, above.responsible, row.responsible, of: draft)
    guard wholeOwner != nil || (wholeItem != nil && (!hasResponsible || texts.isBlank(above.responsible)))
    else { return false }
    if let wholeItem {
      above.item = wholeItem
      doubt(.item, row.start, source, wholeItem)
    }
    if let wholeOwner {
      above.responsible = wholeOwner
      doubt(.responsible, row.start, source, wholeOwner)
    } else if hasResponsible {
      above.responsible = row.responsible
    }
    return true
  }

  private func addDepartments(
    _ row: OfficialRow, to above: inout OfficialDraft.Row, of draft: OfficialDraft, _ source: Int
  ) {
    let word = texts.word(row.responsible)
    if texts.isBlank(above.responsible) {
      above.responsible = texts.insert(word)
    } else {
      above.responsible =
        splits.whole(.responsible, above.responsible, row.responsible, of: draft)
        ?? texts.insert(texts.word(above.responsible) + "、" + word)
    }
    doubt(.responsible, row.start, source, above.responsible)
  }

  /// Lists a text that was joined from the cell and the one above it.
  func doubt(_ column: ListHeading.Column, _ row: Int, _ source: Int, _ whole: OfficialCell) {
    let whole = texts.text(whole)
    context.doubt(
      column.position(source: source, row: row), "与上一行的同一栏接成“\(whole)”", "joined with the row above: “\(whole)”")
  }
}
