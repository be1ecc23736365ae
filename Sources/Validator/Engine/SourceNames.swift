import Catalog
import Localization

extension RuleContext {
  /// What a message calls the sheet of a workbook, or the table of a Word document, that a position is in; nil if it is in
  /// neither.
  func tableName(of position: SourcePosition) -> LocalizedText? {
    guard catalog.sources.indices.contains(position.source) else { return nil }
    let source = catalog.sources[position.source]
    if let table = source.wordTable { return LocalizedText(zh: "表\(table)", en: "table \(table)") }
    return source.sheet.map { LocalizedText(zh: "工作表“\($0)”", en: "the sheet “\($0)”") }
  }
}
