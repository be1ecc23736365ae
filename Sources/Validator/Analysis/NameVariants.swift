import Catalog
import Localization

/// The distinct texts that contain a name other than the registered one.
struct NameVariants {
  private let catalog: Catalog
  /// Departments whose short or full name occurs in the lists, and those whose general name does.
  private var ownPrinted: [Bool]
  private var generalPrinted: [Bool]
  /// Approvals whose name occurs in the lists.
  private var namePrinted: [Bool]
  private var flags: [TextColumn: [Bool]] = [:]
  private let leads: [Bool]
  private let placeholders: [Bool]
  private let names: [Bool]
  private let responsibles: [Bool]
  let hasLeads: Bool
  let hasItems: Bool

  init(_ catalog: Catalog) {
    self.catalog = catalog
    ownPrinted = [Bool](repeating: false, count: catalog.departments.count)
    generalPrinted = ownPrinted
    namePrinted = [Bool](repeating: false, count: catalog.approvals.count)
    for kind in [TextColumn.lead, .placeholder, .responsible] {
      for name in catalog.names(kind) {
        for entry in catalog.printedDepartments(name).entries {
          guard let department = entry.department else { continue }
          switch entry.match {
          case .short?, .full?: ownPrinted[department] = true
          case .general?: generalPrinted[department] = true
          default: break
          }
        }
      }
    }
    for name in catalog.names(.itemName) {
      for entry in catalog.printedApprovals(name).entries where entry.match == .short {
        if let approval = entry.approval { namePrinted[approval] = true }
      }
    }
    let own = ownPrinted
    let general = generalPrinted
    let printed = namePrinted
    func departments(_ kind: TextColumn) -> [Bool] {
      catalog.names(kind).map { name in
        catalog.printedDepartments(name).entries.contains { NameVariants.isVariant($0, catalog, own, general) }
      }
    }
    leads = departments(.lead)
    placeholders = departments(.placeholder)
    responsibles = departments(.responsible)
    names = catalog.names(.itemName).map { name in
      catalog.printedApprovals(name).entries.contains { NameVariants.isVariant($0, catalog, printed) }
    }
    hasLeads = leads.contains(true) || placeholders.contains(true) || responsibles.contains(true)
    hasItems = names.contains(true) || responsibles.contains(true)
  }

  subscript(name: TextID) -> Bool {
    switch name.kind {
    case .lead: leads[name.index]
    case .placeholder: placeholders[name.index]
    case .itemName: names[name.index]
    case .responsible: responsibles[name.index]
    default: false
    }
  }

  /// For each variant in a text, the registered name.
  func explain(_ name: TextID) -> [LocalizedText] {
    if name.kind == .itemName {
      return catalog.printedApprovals(name).entries.filter { NameVariants.isVariant($0, catalog, namePrinted) }.map {
        entry in
        let own = entry.approval.map { catalog.approvals[$0].name } ?? ""
        let what = NameVariants.decoration(entry.name, of: own)
        return LocalizedText(
          zh: "“\(entry.name)”\(what.map { "多了\($0.zh)" } ?? "不是登记名称")，登记名称是“\(own)”",
          en: "“\(entry.name)” \(what.map { "adds \($0.en) to" } ?? "is not") the registered name “\(own)”")
      }
    }
    return catalog.printedDepartments(name).entries.filter {
      NameVariants.isVariant($0, catalog, ownPrinted, generalPrinted)
    }.map { entry in
      let own = entry.department.map { NameVariants.meant(entry.name, catalog.departments[$0]) } ?? ""
      return LocalizedText(
        zh: "“\(entry.name)”不是登记名称，登记名称是“\(own)”", en: "“\(entry.name)” is not the registered name “\(own)”")
    }
  }

  /// The text with each variant replaced by the registered name; nil if one of them cannot be recognised in it.
  func corrected(_ name: TextID) -> String? {
    var text: String? = catalog.text(name)
    if name.kind == .itemName {
      for entry in catalog.printedApprovals(name).entries where NameVariants.isVariant(entry, catalog, namePrinted) {
        text = text?.replacingOnly(entry.name, by: entry.approval.map { catalog.approvals[$0].name })
      }
    } else {
      for entry in catalog.printedDepartments(name).entries
      where NameVariants.isVariant(entry, catalog, ownPrinted, generalPrinted) {
        text = text?.replacingOnly(
          entry.name, by: entry.department.map { NameVariants.meant(entry.name, catalog.departments[$0]) })
      }
    }
    return text
  }

  /// The registered name that an alias replaces: the short name if both begin with the same character (市…), otherwise
  /// the general name.
  private static func meant(_ alias: String, _ department: Department) -> String {
    if department.general.isEmpty || alias.first == department.short.first { return department.short }
    return department.general
  }

  private static func isVariant(
    _ entry: PrintedDepartments.Entry, _ catalog: Catalog, _ own: [Bool], _ general: [Bool]
  ) -> Bool {
    guard let index = entry.department else { return false }
    switch entry.match {
    case .alias?:
      let department = catalog.departments[index]
      return meant(entry.name, department) == department.short ? own[index] : general[index]
    case .loose?: return isWidthAlone(entry.name)
    default: return false
    }
  }

  private static func isVariant(_ entry: PrintedApprovals.Entry, _ catalog: Catalog, _ printed: [Bool]) -> Bool {
    guard let index = entry.approval else { return false }
    switch entry.match {
    case .alias?: return printed[index] || decoration(entry.name, of: catalog.approvals[index].name) != nil
    case .loose?: return isWidthAlone(entry.name)
    default: return false
    }
  }

  /// What a variant adds to the registered name, if that is the only difference: book title marks or notes in brackets.
  private static func decoration(_ printed: String, of name: String) -> LocalizedText? {
    if printed == "《" + name + "》" { return LocalizedText(zh: "书名号", en: "book title marks") }
    if printed.hasPrefix(name), let last = printed.last, last == ")" || last == "）" {
      let rest = printed.dropFirst(name.count)
      if rest.first == "(" || rest.first == "（" { return LocalizedText(zh: "附注“\(rest)”", en: "a note “\(rest)”") }
    }
    return nil
  }

  /// Whether a name that matches in its normalised form differs in character width alone. Other rules report spaces,
  /// invisible characters and mixed brackets.
  private static func isWidthAlone(_ printed: String) -> Bool {
    var text = printed
    let traits = text.withUTF8 { TextTraits(of: $0) }
    if !traits.isDisjoint(with: [.blank, .unusual]) { return false }
    return !(traits.contains(.halfBracket) && printed.contains { $0 == "（" || $0 == "）" })
  }
}
