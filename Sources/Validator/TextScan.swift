import Catalog
import Wording

/// Every distinct text of a catalog with its traits, found in one pass; and where a text stands, once a rule has something
/// to say about it.
struct TextScan: Sendable {
  /// The columns whose texts are for people to read.
  static let kinds: [NameKind] = [
    .matterName, .lead, .deadline, .remark, .placeholder, .itemName, .responsible,
  ]

  private var traits: [NameKind: [TextTraits]] = [:]
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
  func report(_ wanted: TextTraits, _ check: (String) -> (() -> Bilingual)?, to inspection: Inspection) {
    let catalog = inspection.catalog
    // Which texts are wrong; a message is made again for each finding that is kept, rather than kept for every text.
    var wrong: [NameKind: [Bool]] = [:]
    for kind in TextScan.kinds {
      guard let traits = traits[kind] else { continue }
      for (index, name) in zip(traits.indices, catalog.names(kind))
      where !traits[index].isDisjoint(with: wanted) && check(asked(catalog.text(name), kind)) != nil {
        wrong[kind, default: [Bool](repeating: false, count: traits.count)][index] = true
      }
    }
    if !wrong.isEmpty {
      let say: (Name) -> Bilingual = { name in
        check(asked(catalog.text(name), name.kind))?() ?? Bilingual(zh: "", en: "")
      }
      tellMatters(wrong, say, inspection)
      tellItems(wrong, say, inspection)
    }
    tellRegisters(wanted, check, inspection)
  }

  private func asked(_ text: String, _ kind: NameKind? = nil) -> String {
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

  private func tellMatters(_ wrong: [NameKind: [Bool]], _ say: (Name) -> Bilingual, _ inspection: Inspection) {
    let catalog = inspection.catalog
    let columns: [(NameKind, MatterColumn, any KeyPath<Matter, Name> & Sendable)] = [
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
          let place = column == .placeholder ? catalog.placeholderPlace(matter) : catalog.place(matter, column)
          inspection.report(.matter(matter.index), at: place, say(name))
        }
      }
    }
  }

  private func tellItems(_ wrong: [NameKind: [Bool]], _ say: (Name) -> Bilingual, _ inspection: Inspection) {
    let catalog = inspection.catalog
    let names = wrong[.itemName]
    let responsibles = wrong[.responsible]
    guard names != nil || responsibles != nil else { return }
    for item in catalog.items {
      if names?[item.name.index] == true {
        inspection.report(.item(item.index), at: catalog.place(item, .name), say(item.name))
      }
      if responsibles?[item.responsible.index] == true {
        inspection.report(.item(item.index), at: catalog.place(item, .responsible), say(item.responsible))
      }
    }
  }

  /// The registers are small: every text of theirs is looked at.
  private func tellRegisters(_ wanted: TextTraits, _ check: (String) -> (() -> Bilingual)?, _ inspection: Inspection) {
    let catalog = inspection.catalog
    func look(_ text: String, _ subject: Subject, _ place: Place) {
      guard !text.isEmpty else { return }
      var text = text
      let traits = text.withUTF8 { TextTraits(of: $0) }
      guard !traits.isDisjoint(with: wanted), let message = check(asked(text)) else { return }
      inspection.report(subject, at: place, message())
    }
    for (index, department) in catalog.departments.enumerated() {
      let place = department.place
      look(department.short, .department(index), place.at(1))
      look(department.full, .department(index), place.at(2))
      look(department.general, .department(index), place.at(3))
      for alias in department.aliases { look(alias, .department(index), place.at(4)) }
    }
    for (index, approval) in catalog.approvals.enumerated() {
      look(approval.name, .approval(index), approval.place.at(1))
      for alias in approval.aliases { look(alias, .approval(index), approval.place.at(2)) }
    }
    for (index, list) in catalog.lists.enumerated() {
      look(list.annex, .list(index), list.place.at(3))
      look(list.title, .list(index), list.place.at(4))
      look(list.deadlineHeading, .list(index), list.place.at(7))
      look(list.remarkHeading, .list(index), list.place.at(8))
    }
    for (index, notice) in catalog.notices.enumerated() {
      look(notice.number, .notice(index), notice.place.at(1))
      look(notice.title, .notice(index), notice.place.at(2))
      look(notice.issuer, .notice(index), notice.place.at(3))
    }
    // Whole sentences are written as their writer likes; only what does harm is looked for in them.
    guard wanted.isSubset(of: [.unusual, .formula, .normalisable]) else { return }
    for (index, target) in catalog.targets.enumerated() { look(target.text, .target(index), target.place.at(7)) }
    for (index, waiver) in catalog.waivers.enumerated() { look(waiver.reason, .waiver(index), waiver.place.at(2)) }
  }
}
