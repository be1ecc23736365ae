import Catalog
import Localization

extension RuleContext {
  /// Whether a name has bytes that were no characters, which `text-encoding` reports at their cell.
  func isUndecoded(_ name: String) -> Bool {
    name.unicodeScalars.contains("\u{FFFD}")
      && catalog.issues.contains { if case .encoding = $0.kind { true } else { false } }
  }

  /// What a message calls the sheet of a workbook, or the table of a Word document, that a position is in; nil if it is in
  /// neither.
  func tableName(of position: SourcePosition) -> LocalizedText? {
    guard catalog.sources.indices.contains(position.source) else { return nil }
    let source = catalog.sources[position.source]
    if let table = source.wordTable { return LocalizedText(zh: "表\(table)", en: "table \(table)") }
    return source.sheet.map { LocalizedText(zh: "工作表“\($0)”", en: "the sheet “\($0)”") }
  }
}
