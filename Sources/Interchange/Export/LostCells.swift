import Catalog
import Localization

/// A catalog of which something could not be read: an export would pass for whole without it. Nothing has been written.
package struct LostCells: LocalizedFailure, Hashable {
  /// What the catalog was read from.
  package var catalog: String
  package var count: Int
  /// The first of them: `catalog/matters.csv:12`.
  package var first: String

  /// Whose cell it is: a matter's id, or a row's; nil where that is not known.
  package var subject: String?
  /// Its column; nil for a whole row, column or table.
  package var column: LocalizedText?

  package var explanation: LocalizedText {
    let isOne = count == 1
    return LocalizedText(
      zh: "没有导出：\(catalog) 中有 \(count) 处内容没能读出（第一处在 \(first)\(owner.zh)），导出的文件会缺少它们。"
        + "请用 `onevisit validate \(catalog)` 找到并改正，再导出。",
      en: "nothing exported: \(count) \(isOne ? "cell" : "cells") in \(catalog) could not be read "
        + "(the first is \(first)\(owner.en)) and would be missing from the file. "
        + "Find \(isOne ? "it" : "them") with `onevisit validate \(catalog)`, fix \(isOne ? "it" : "them"), and export again."
    )
  }

  /// Whose cell the first one is; it follows the position in the message.
  private var owner: LocalizedText {
    switch (subject, column) {
    case (let subject?, let column?): LocalizedText(zh: "，\(subject) 的“\(column.zh)”", en: ", \(subject): \(column.en)")
    case (let subject?, nil): LocalizedText(zh: "，\(subject)", en: ", \(subject)")
    case (nil, let column?): LocalizedText(zh: "，“\(column.zh)”", en: ", \(column.en)")
    case (nil, nil): LocalizedText(zh: "", en: "")
    }
  }

  /// Nil if nothing is lost. A cell that is merely empty, or refers to nothing, is not lost.
  ///
  /// - Parameter tables: the tables whose content is exported; a cell, column or table of another is no loss.
  init?(in catalog: Catalog, _ selection: Selection, tables: Set<TableKind>) {
    guard !catalog.issues.isEmpty else { return nil }
    let isWanted = selection.isEverything ? nil : Set(selection.applied(to: catalog).closure)
    let lost = catalog.issues.filter { issue in
      guard LostCells.isLoss(issue.kind), tables.contains(issue.position.table) else { return false }
      guard let isWanted, issue.position.table == .matters || issue.position.table == .items,
        let index = issue.matter ?? issue.subject.flatMap({ catalog.matter(id: $0)?.index })
      else { return true }
      let matter = catalog.matters[index]
      // A matter whose list or audience could not be read may belong to the selection.
      return isWanted.contains(index) || (selection.list != nil && matter.list == nil)
        || (selection.audience != nil && matter.audience == nil)
    }
    guard let first = lost.first else { return nil }
    let location = Locator(catalog).locate(first.position)
    let file = location?.file ?? catalog.origin.name
    self.catalog = catalog.origin.name
    count = lost.count
    self.first = location?.line.map { "\(file):\($0)" } ?? file
    subject = first.matter.map { catalog.id(catalog.matters[$0]) } ?? first.subject
    let columns = catalog.schema.columns(first.position.table)
    column = first.position.column.flatMap { columns.indices.contains($0) ? columns[$0] : nil }.map {
      LocalizedText(zh: $0.title, en: $0.name)
    }
  }

  private static func isLoss(_ kind: ReadingIssue.Kind) -> Bool {
    switch kind {
    case .syntax, .encoding, .rowLength, .cellWithoutHeading, .repeatedColumn, .schema, .unknownList, .unknownAudience,
      .unclear, .missingColumn,
      .missingTable, .missingSheet, .unreadableCell:
      true
    case .malformedValue(let kind): !kind.keepsInvalidText
    default: false
    }
  }
}
