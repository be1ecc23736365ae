import Catalog
import Localization

/// A text of a rule in the words of a workbook: sheets and their headings in the place of the files, tables and columns of a
/// folder.
enum SheetWords {
  static func naming(_ text: LocalizedText) -> LocalizedText {
    LocalizedText(zh: chinese(text.zh), en: english(text.en))
  }

  private static func sheet(_ kind: TableKind) -> String { "工作表“\(kind.sheetName)”" }

  private static func chinese(_ text: String) -> String {
    guard text.contains(".csv") || text.contains("表") else { return text }
    var text = text
    var tables: [TableKind] = []
    for kind in TableKind.allCases {
      let table = "\(kind.name) 表"
      if text.contains(kind.fileName) || text.contains(table) { tables.append(kind) }
      // Before a name in Latin letters Chinese text has a blank; a sheet has a Chinese name.
      for words in [table, kind.fileName] {
        for blanks in [" \(words) ", "\(words) ", " \(words)", words] {
          text = text.replacing(blanks, with: sheet(kind))
        }
      }
      text = text.replacing(sheet(kind) + " ", with: sheet(kind)).replacing(" " + sheet(kind), with: sheet(kind))
    }
    return tables.isEmpty ? text : namingHeadings(text, of: tables)
  }

  /// Columns by their headings: `plan 一栏` is “实施方案”一栏.
  private static func namingHeadings(_ text: String, of tables: [TableKind]) -> String {
    let titles = titles(of: tables)
    var out = ""
    var isCommand = false
    var rest = text[...]
    while let first = rest.first {
      if first == "`" { isCommand.toggle() }
      guard isLetter(first), !isCommand else {
        out.append(first)
        rest = rest.dropFirst()
        continue
      }
      let word = rest.prefix(while: isLetter)
      rest = rest.dropFirst(word.count)
      // Part of a longer name, such as datapackage.json, is no column.
      // A column that is named with its title already stays.
      let isAlone =
        out.last != "." && out.last != "-" && rest.first != "." && rest.first != "-" && !out.hasSuffix("”（")
      guard isAlone, let title = titles[String(word)] else {
        out += word
        continue
      }
      if out.last == " " { out.removeLast() }
      if rest.first == " " { rest = rest.dropFirst() }
      out += "“\(title)”"
    }
    return out
  }

  private static func isLetter(_ character: Character) -> Bool {
    character == "_" || character.isASCII && (character.isLetter || character.isNumber)
  }

  private static func english(_ text: String) -> String {
    guard text.contains(".csv") || text.contains(" table") else { return text }
    var text = text
    var tables: [TableKind] = []
    for kind in TableKind.allCases {
      let table = "the \(kind.name) table"
      if text.contains(kind.fileName) || text.contains(table) { tables.append(kind) }
      for words in [table, kind.fileName] { text = text.replacing(words, with: "the sheet “\(kind.sheetName)”") }
    }
    for (name, title) in titles(of: tables) {
      text = text.replacing("`\(name)` (\(title))", with: "“\(title)”").replacing("`\(name)`", with: "“\(title)”")
    }
    return text
  }

  private static func titles(of tables: [TableKind]) -> [String: String] {
    Dictionary(tables.flatMap(\.columns).map { ($0.name, $0.title) }) { first, _ in first }
  }
}
