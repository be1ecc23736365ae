import Catalog
import Localization

/// Every distinct text of a catalog with its traits, found in one pass; and where a text stands, once a rule has something
/// to say about it.
struct TextScan: Sendable {
  /// The columns whose texts are for people to read.
  static let kinds: [TextColumn] = [
    .matterName, .lead, .deadline, .remark, .placeholder, .itemName, .responsible,
  ]

  private var traits: [TextColumn: [TextTraits]] = [:]
  /// Some bytes could not be decoded; the U+FFFD that stand for them are told as that, not as characters.
  private let hasUndecoded: Bool

  init(_ catalog: Catalog, isNeeded: Bool) {
    hasUndecoded = isNeeded && catalog.issues.contains { if case .encoding = $0.kind { true } else { false } }
    guard isNeeded else { return }
    for kind in TextScan.kinds {
      traits[kind] = catalog.names(kind).map { name in catalog.withBytes(name) { TextTraits(of: $0) } }
    }
  }

  /// Asks `check` about every text that has one of `wanted`, and reports it in every row where it stands.
  func report(_ wanted: TextTraits, _ check: (String) -> (() -> LocalizedText)?, to context: RuleContext) {
    let catalog = context.catalog
    // Which texts are wrong; a message is made again for each finding that is kept, rather than kept for every text.
    var wrong: [TextColumn: [Bool]] = [:]
    for kind in TextScan.kinds {
      guard let traits = traits[kind] else { continue }
      for (index, name) in zip(traits.indices, catalog.names(kind))
      where !traits[index].isDisjoint(with: wanted) && check(asked(catalog.text(name), kind)) != nil {
        wrong[kind, default: [Bool](repeating: false, count: traits.count)][index] = true
      }
    }
    if !wrong.isEmpty {
      let say: (TextID) -> LocalizedText = { name in
        check(asked(catalog.text(name), name.kind))?() ?? LocalizedText(zh: "", en: "")
      }
      reportMatters(wrong, say, context)
      reportItems(wrong, say, context)
    }
    reportRegisters(wanted, check, context)
  }

  private func asked(_ text: String, _ kind: TextColumn? = nil) -> String {
    // A remark may have several lines.
    let mayBreak = kind == .remark && text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    guard hasUndecoded || mayBreak else { return text }
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if mayBreak, scalar == "\n" || scalar == "\r" { continue }
      view.append(hasUndecoded && scalar == "\u{FFFD}" ? "?" : scalar)
    }
    return String(view)
  }

  private func reportMatters(_ wrong: [TextColumn: [Bool]], _ say: (TextID) -> LocalizedText, _ context: RuleContext) {
    let catalog = context.catalog
    let columns: [(TextColumn, MatterColumn, any KeyPath<Matter, TextID> & Sendable)] = [
      (.matterName, .name, \.name), (.lead, .lead, \.lead), (.deadline, .deadline, \.deadline),
      (.remark, .remark, \.remark), (.placeholder, .placeholder, \.placeholder),
    ]
    // What is printed beside "/" may stand in the table of items, and is then a text of that table.
    let affected = columns.filter { wrong[$0.0] != nil || $0.0 == .placeholder && wrong[.responsible] != nil }
    guard !affected.isEmpty else { return }
    for matter in catalog.matters {
      for (_, column, path) in affected {
        let name = matter[keyPath: path]
        if wrong[name.kind]?[name.index] == true {
          let position = column == .placeholder ? catalog.placeholderPosition(matter) : catalog.position(matter, column)
          context.report(.matter(matter.index), at: position, say(name))
        }
      }
    }
  }

  private func reportItems(_ wrong: [TextColumn: [Bool]], _ say: (TextID) -> LocalizedText, _ context: RuleContext) {
    let catalog = context.catalog
    let names = wrong[.itemName]
    let responsibles = wrong[.responsible]
    guard names != nil || responsibles != nil else { return }
    for item in catalog.items {
      if names?[item.name.index] == true {
        context.report(.item(item.index), at: catalog.position(item, .name), say(item.name))
      }
      if responsibles?[item.responsible.index] == true {
        context.report(.item(item.index), at: catalog.position(item, .responsible), say(item.responsible))
      }
    }
  }

  /// The small tables: every text of theirs is looked at.
  private func reportRegisters(
    _ wanted: TextTraits, _ check: (String) -> (() -> LocalizedText)?, _ context: RuleContext
  ) {
    let catalog = context.catalog
    // Whole sentences are written as their writer likes; only what does harm is looked for in them.
    let includesSentences = wanted.isSubset(of: [.unusual, .formula, .normalisable])
    for kind in TableKind.small {
      var cells = TextCells(includesSentences: includesSentences)
      try? catalog.schema.visit(kind, of: catalog.tables, &cells)
      for cell in cells.found {
        var text = cell.text
        let traits = text.withUTF8 { TextTraits(of: $0) }
        guard !traits.isDisjoint(with: wanted), let message = check(asked(text)) else { continue }
        context.report(Subject(row: cell.row, of: kind), at: cell.position, message())
      }
    }
  }
}

/// Collects the texts of a small table that are for people to read, by the kinds of its columns.
private struct TextCells: TableVisitor {
  let includesSentences: Bool
  var found: [(row: Int, text: String, position: SourcePosition)] = []

  mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
    let fields = schema.fields.enumerated().filter { _, field in
      switch field.column.kind {
      case .text, .names: true
      case .sentence: includesSentences
      default: false
      }
    }
    for (index, row) in rows.enumerated() {
      for (column, field) in fields {
        switch field.write(row) {
        case .text(let text) where !text.isEmpty: found.append((index, text, row.position.cell(column)))
        case .texts(let texts): for text in texts { found.append((index, text, row.position.cell(column))) }
        case .empty, .text, .number, .flag: break
        }
      }
    }
  }
}
