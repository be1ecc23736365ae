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

  /// The registers are small: every text of theirs is looked at.
  private func reportRegisters(
    _ wanted: TextTraits, _ check: (String) -> (() -> LocalizedText)?, _ context: RuleContext
  ) {
    let catalog = context.catalog
    func look(_ text: String, _ subject: Subject, _ position: SourcePosition) {
      guard !text.isEmpty else { return }
      var text = text
      let traits = text.withUTF8 { TextTraits(of: $0) }
      guard !traits.isDisjoint(with: wanted), let message = check(asked(text)) else { return }
      context.report(subject, at: position, message())
    }
    for (index, department) in catalog.departments.enumerated() {
      let position = department.position
      look(department.short, .department(index), position.cell(1))
      look(department.full, .department(index), position.cell(2))
      look(department.general, .department(index), position.cell(3))
      for alias in department.aliases { look(alias, .department(index), position.cell(4)) }
    }
    for (index, approval) in catalog.approvals.enumerated() {
      look(approval.name, .approval(index), approval.position.cell(1))
      for alias in approval.aliases { look(alias, .approval(index), approval.position.cell(2)) }
    }
    for (index, list) in catalog.lists.enumerated() {
      look(list.annex, .list(index), list.position.cell(3))
      look(list.title, .list(index), list.position.cell(4))
      look(list.deadlineHeading, .list(index), list.position.cell(7))
      look(list.remarkHeading, .list(index), list.position.cell(8))
    }
    for (index, notice) in catalog.notices.enumerated() {
      look(notice.number, .notice(index), notice.position.cell(1))
      look(notice.title, .notice(index), notice.position.cell(2))
      look(notice.issuer, .notice(index), notice.position.cell(3))
    }
    // Whole sentences are written as their writer likes; only what does harm is looked for in them.
    guard wanted.isSubset(of: [.unusual, .formula, .normalisable]) else { return }
    for (index, target) in catalog.targets.enumerated() { look(target.text, .target(index), target.position.cell(7)) }
    for (index, waiver) in catalog.waivers.enumerated() { look(waiver.reason, .waiver(index), waiver.position.cell(2)) }
  }
}
