import Catalog
import Localization

extension Rule {
  static let nameVariant = Rule(
    id: "name-variant", group: .wording, severity: .note,
    title: LocalizedText(zh: "与登记名称不同的写法", en: "a name that is not the register's own"),
    reason: LocalizedText(
      zh: "同一部门、同一事项有几种写法，办事人会以为是几个；统计和数据对接也要靠别名才能归到一起。只在登记名称也出现于清单，或写法只是多了书名号、附注时报告：改名后仍以旧名为别名的，不报。每行只报一次。",
      en:
        "A department or an approval printed in several ways looks like several, and is joined again only through its aliases. Told where the register's own name is printed as well, or where nothing but book marks or a note in brackets was added: a renamed department whose old name is kept as an alias is not told. Once a row."
    ),
    source: LocalizedText(
      zh: "§二（二）：规范办理事项标准；§二（五）：开展政务类数据统一规范梳理",
      en: "§二(二): items are to be standard (规范办理事项标准); §二(五): data are to be uniform"),
    fix: LocalizedText(
      zh: "改用登记名称；若原文如此，登记豁免并说明理由。",
      en: "Print the register's own name; or waive it with a reason if the notice says so."),
    triggers: [
      Example(
        matters: ["2-100,second,100,enterprise,我要开电影院,市场监管部门,2022年12月底"],
        items: ["2-100,1,公共场所卫生许可证,卫健委部门", "2-100,2,预防接种证办理,卫健部门"]),
      Example(
        matters: ["2-030,second,30,enterprise,企业准营,市场监管部门,2022年12月底"],
        items: ["2-030,1,食品经营许可,市场监管部门", "2-030,2,食品经营许可证/仅销售预包装食品备案,市场监管部门"]),
      Example(
        matters: ["2-123,second,123,enterprise,我要开木材加工厂,市场监管部门,2022年12月底"],
        items: ["2-123,1,《排污许可证》,生态环境部门"]),
      Example(
        matters: ["2-053,second,53,enterprise,我要开药店,市场监管部门,2022年12月底"],
        items: ["2-053,1,危险化学品经营许可证（乙种）,应急管理部门"]),
    ],
    passes: [
      Example(
        matters: ["2-100,second,100,enterprise,我要开电影院,市市场监管局,2022年12月底"],
        items: ["2-100,1,公共场所卫生许可证,卫健部门", "2-100,2,食品经营许可证,市市场监督管理局"]),
      // Renamed, with the old name as an alias.
      Example(
        matters: ["1-005,first,5,individual,残疾人证办理,市残联,2022年12月底"],
        items: ["1-005,1,残疾证办理,残联部门"],
        tables: [.departments: ["disabled,市残疾人联合会,,残疾人组织,市残联;残联部门,people-organisation"]]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let variants = NameVariants(catalog)
      func message(_ id: String, _ names: [TextID]) -> LocalizedText {
        let found = names.filter { variants[$0] }.flatMap(variants.explain)
        return LocalizedText(
          zh: "\(id)：" + found.map(\.zh).joined(separator: "；"),
          en: "\(id): " + found.map(\.en).joined(separator: "; "))
      }
      if variants.hasLeads {
        for matter in catalog.matters where variants[matter.lead] || variants[matter.placeholder] {
          context.report(
            .matter(matter.index), at: catalog.position(matter, variants[matter.lead] ? .lead : .placeholder),
            message(catalog.id(matter), [matter.lead, matter.placeholder]))
        }
      }
      if variants.hasItems {
        for item in catalog.items where variants[item.name] || variants[item.responsible] {
          context.report(
            .item(item.index), at: catalog.position(item, variants[item.name] ? .name : .responsible),
            message(catalog.id(item), [item.name, item.responsible]))
        }
      }
    })
}

/// Which distinct texts hold a name that is not the register's own.
private struct NameVariants {
  private let catalog: Catalog
  /// Departments of which the short or full name is printed, or the general one.
  private var ownPrinted: [Bool]
  private var generalPrinted: [Bool]
  /// Approvals of which the name is printed.
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
        for party in catalog.parties(name).parties {
          guard let department = party.department else { continue }
          switch party.match {
          case .short?, .full?: ownPrinted[department] = true
          case .general?: generalPrinted[department] = true
          default: break
          }
        }
      }
    }
    for name in catalog.names(.itemName) {
      for choice in catalog.choices(name).choices where choice.match == .short {
        if let approval = choice.approval { namePrinted[approval] = true }
      }
    }
    let own = ownPrinted
    let general = generalPrinted
    let printed = namePrinted
    func departments(_ kind: TextColumn) -> [Bool] {
      catalog.names(kind).map { name in
        catalog.parties(name).parties.contains { NameVariants.isVariant($0, catalog, own, general) }
      }
    }
    leads = departments(.lead)
    placeholders = departments(.placeholder)
    responsibles = departments(.responsible)
    names = catalog.names(.itemName).map { name in
      catalog.choices(name).choices.contains { NameVariants.isVariant($0, catalog, printed) }
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

  /// What is printed in position of what.
  func explain(_ name: TextID) -> [LocalizedText] {
    if name.kind == .itemName {
      return catalog.choices(name).choices.filter { NameVariants.isVariant($0, catalog, namePrinted) }.map { choice in
        let own = choice.approval.map { catalog.approvals[$0].name } ?? ""
        let what = NameVariants.decoration(choice.name, of: own)
        return LocalizedText(
          zh: "“\(choice.name)”\(what.map { "多了\($0.zh)" } ?? "不是登记名称")，登记名称是“\(own)”",
          en: "“\(choice.name)” \(what.map { "has \($0.en) added to" } ?? "is not") the register's own name “\(own)”")
      }
    }
    return catalog.parties(name).parties.filter {
      NameVariants.isVariant($0, catalog, ownPrinted, generalPrinted)
    }.map { party in
      let own = party.department.map { NameVariants.meant(party.name, catalog.departments[$0]) } ?? ""
      return LocalizedText(
        zh: "“\(party.name)”不是登记名称，登记名称是“\(own)”", en: "“\(party.name)” is not the register's own name “\(own)”")
    }
  }

  /// The name of a department that an alias stands in position of: the city's own begins as that does (市…), the general
  /// one does not.
  private static func meant(_ alias: String, _ department: Department) -> String {
    if department.general.isEmpty || alias.first == department.short.first { return department.short }
    return department.general
  }

  private static func isVariant(
    _ party: Parties.Party, _ catalog: Catalog, _ own: [Bool], _ general: [Bool]
  ) -> Bool {
    guard let index = party.department else { return false }
    switch party.match {
    case .alias?:
      let department = catalog.departments[index]
      return meant(party.name, department) == department.short ? own[index] : general[index]
    case .loose?: return isWidthAlone(party.name)
    default: return false
    }
  }

  private static func isVariant(_ choice: Choices.Choice, _ catalog: Catalog, _ printed: [Bool]) -> Bool {
    guard let index = choice.approval else { return false }
    switch choice.match {
    case .alias?: return printed[index] || decoration(choice.name, of: catalog.approvals[index].name) != nil
    case .loose?: return isWidthAlone(choice.name)
    default: return false
    }
  }

  /// What was added to a name, if that is all: book marks around it, or notes in brackets behind it.
  private static func decoration(_ printed: String, of name: String) -> LocalizedText? {
    if printed == "《" + name + "》" { return LocalizedText(zh: "书名号", en: "book marks") }
    if printed.hasPrefix(name), let last = printed.last, last == ")" || last == "）" {
      let rest = printed.dropFirst(name.count)
      if rest.first == "(" || rest.first == "（" { return LocalizedText(zh: "附注“\(rest)”", en: "a note “\(rest)”") }
    }
    return nil
  }

  /// A name that is known only by its loose form is told here if the form of its letters is all that differs: blanks,
  /// invisible characters and brackets of both widths are told by rules of their own.
  private static func isWidthAlone(_ printed: String) -> Bool {
    var text = printed
    let traits = text.withUTF8 { TextTraits(of: $0) }
    if !traits.isDisjoint(with: [.blank, .unusual]) { return false }
    return !(traits.contains(.halfBracket) && printed.contains { $0 == "（" || $0 == "）" })
  }
}
