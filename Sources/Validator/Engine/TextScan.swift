import Catalog
import Localization

/// The positions of the texts that a rule about texts reports, by their traits (`TextSurvey`).
struct TextScan: Sendable {

  /// Columns whose texts are names in a register or dates: a garbled one is reported because nothing has that name.
  private static let lookedUp: [TextColumn] = [.lead, .deadline, .placeholder, .itemName, .responsible]

  /// The texts of the small tables that have any trait: few, and read once for all rules.
  private var smallTables: [SmallTableText] = []
  /// Some bytes could not be decoded. `text-encoding` reports them, and the U+FFFD in their place are not reported again.
  private let hasUndecoded: Bool

  init(_ catalog: Catalog, _ analyses: SharedAnalyses, isNeeded: Bool) {
    hasUndecoded = isNeeded && catalog.issues.contains(.encoding)
    guard isNeeded else { return }
    for kind in TableKind.small {
      if let table = analyses.smallTable(kind) { addTexts(of: table, padded: catalog.paddedCells) }
    }
    func traits(_ text: String) -> TextTraits {
      var text = text
      return text.withUTF8 { TextTraits(of: $0) }
    }
    catalog.forEachExtraCell(in: { $0.kind.isReadable }, where: { !traits($1).isEmpty }) { cell in
      smallTables.append(
        SmallTableText(
          table: cell.table, row: cell.row, text: cell.text, traits: traits(cell.text),
          isSentence: cell.column.kind == .sentence, position: cell.position))
    }
  }

  /// Adds the texts of a small table that are for people to read and have a trait, by the kinds of its columns.
  /// - Parameter padded: the cells with blanks around their text, which is lost where the catalog is written in another form.
  private mutating func addTexts(of table: SmallTable, padded: [SourcePosition: String]) {
    if !padded.isEmpty { addPadded(of: table, padded) }
    for column in table.columns.indices where table.columns[column].kind.isReadable {
      let isSentence = table.columns[column].kind == .sentence
      func add(_ text: String, _ row: Int) {
        var text = text
        let traits = text.withUTF8 { TextTraits(of: $0) }
        if traits.isEmpty { return }
        smallTables.append(
          SmallTableText(
            table: table.kind, row: row, text: text, traits: traits, isSentence: isSentence,
            position: table.position(row: row, column: column)))
      }
      for (row, value) in table.values(ofColumn: column).enumerated() {
        switch value {
        case .text(let text): add(text, row)
        case .texts(let several): for text in several { add(text, row) }
        case .empty, .number, .flag: continue
        }
      }
    }
  }

  private mutating func addPadded(of table: SmallTable, _ padded: [SourcePosition: String]) {
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        let position = table.position(row: row, column: column)
        guard let text = padded[position] else { continue }
        // Not as a sentence, where blanks are allowed: these are around it.
        smallTables.append(
          SmallTableText(table: table.kind, row: row, text: text, traits: .blank, isSentence: false, position: position)
        )
      }
    }
  }

  /// Calls `check` with every text that has one of the traits, and reports a finding in every row with that text.
  func report(_ wanted: TextTraits, _ check: (String) -> (() -> LocalizedText)?, to context: RuleContext) {
    let catalog = context.catalog
    // The wrong texts. A message is made for each finding that is kept, and not stored for each text.
    var wrong: [TextColumn: [Bool]] = [:]
    for kind in TextSurvey.columns {
      let wanted = TextScan.lookedUp.contains(kind) ? wanted.subtracting([.garbled, .traditional, .doubled]) : wanted
      var found: [Bool] = []
      context.texts.forEach(in: kind, having: wanted) { name in
        guard check(checked(catalog.text(name), kind)) != nil else { return }
        if found.isEmpty { found = [Bool](repeating: false, count: catalog.distinctCount(kind)) }
        found[name.index] = true
      }
      if !found.isEmpty { wrong[kind] = found }
    }
    if !wrong.isEmpty {
      let message: (TextID) -> LocalizedText = { name in
        check(checked(catalog.text(name), name.kind))?() ?? LocalizedText(zh: "", en: "")
      }
      reportMatters(wrong, message, context)
      reportItems(wrong, message, context)
    }
    reportSmallTables(wanted, check, context)
  }

  /// The text as rules see it: without line breaks in a remark, which may have several lines, and without the U+FFFD of
  /// undecoded bytes.
  private func checked(_ text: String, _ kind: TextColumn? = nil) -> String {
    let mayBreak = kind == .remark && text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    guard hasUndecoded || mayBreak else { return text }
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if mayBreak, scalar == "\n" || scalar == "\r" { continue }
      view.append(hasUndecoded && scalar == "\u{FFFD}" ? "?" : scalar)
    }
    return String(view)
  }

  private func reportMatters(
    _ wrong: [TextColumn: [Bool]], _ message: (TextID) -> LocalizedText, _ context: RuleContext
  ) {
    let catalog = context.catalog
    let none: [Bool] = []
    let (names, leads, deadlines) = (
      wrong[.matterName] ?? none, wrong[.lead] ?? none, wrong[.deadline] ?? none
    )
    let (remarks, placeholders, responsibles) = (
      wrong[.remark] ?? none, wrong[.placeholder] ?? none, wrong[.responsible] ?? none
    )
    // A placeholder may come from the table of items, and is then a text of that table.
    let affected = [names, leads, deadlines, remarks, placeholders, responsibles].contains { !$0.isEmpty }
    guard affected else { return }
    for matter in catalog.matters {
      func report(_ name: TextID, _ column: MatterColumn, _ wrong: [Bool]) {
        if wrong.isEmpty || !wrong[name.index] { return }
        context.report(.matter(matter.index), at: catalog.position(matter, column), message(name))
      }
      report(matter.name, .name, names)
      report(matter.lead, .lead, leads)
      report(matter.deadline, .deadline, deadlines)
      report(matter.remark, .remark, remarks)
      let placeholder = matter.placeholder
      if placeholder.isEmpty { continue }
      let ofColumn = placeholder.kind == .placeholder ? placeholders : responsibles
      if !ofColumn.isEmpty, ofColumn[placeholder.index] {
        context.report(.matter(matter.index), at: catalog.placeholderPosition(matter), message(placeholder))
      }
    }
  }

  private func reportItems(_ wrong: [TextColumn: [Bool]], _ message: (TextID) -> LocalizedText, _ context: RuleContext)
  {
    let catalog = context.catalog
    let names = wrong[.itemName]
    let responsibles = wrong[.responsible]
    guard names != nil || responsibles != nil else { return }
    for item in catalog.items {
      if names?[item.name.index] == true {
        context.report(.item(item.index), at: catalog.position(item, .name), message(item.name))
      }
      if responsibles?[item.responsible.index] == true {
        context.report(.item(item.index), at: catalog.position(item, .responsible), message(item.responsible))
      }
    }
  }

  private func reportSmallTables(
    _ wanted: TextTraits, _ check: (String) -> (() -> LocalizedText)?, _ context: RuleContext
  ) {
    // Sentences are free in style; only harmful characters are reported in them.
    let includesSentences = wanted.isSubset(of: [.unusual, .formula, .normalisable, .garbled, .doubled])
    for cell in smallTables where !cell.traits.isDisjoint(with: wanted) && (includesSentences || !cell.isSentence) {
      guard let message = check(checked(cell.text)) else { continue }
      context.report(Subject(row: cell.row, of: cell.table), at: cell.position, message())
    }
  }
}

/// A text of a small table, or of a further column of any table.
private struct SmallTableText: Sendable {
  let table: TableKind
  let row: Int
  let text: String
  let traits: TextTraits
  let isSentence: Bool
  let position: SourcePosition
}

extension ValueKind {
  /// Whether the texts of the kind are for people to read.
  fileprivate var isReadable: Bool {
    switch self {
    case .text, .names, .sentence: true
    default: false
    }
  }
}
