import Catalog

/// The rows of a catalog's tables as texts, in the order of `TableKind.columns`: what `FolderReader` reads, the other
/// way round.
enum TableRows {
  static func count(_ kind: TableKind, in catalog: Catalog) -> Int {
    switch kind {
    case .notices: catalog.notices.count
    case .lists: catalog.lists.count
    case .departments: catalog.departments.count
    case .approvals: catalog.approvals.count
    case .targets: catalog.targets.count
    case .progress: catalog.progress.count
    case .waivers: catalog.waivers.count
    case .matters: catalog.matters.count
    case .items: catalog.items.count
    }
  }

  static func place(_ kind: TableKind, _ index: Int, in catalog: Catalog) -> Place {
    switch kind {
    case .notices: catalog.notices[index].place
    case .lists: catalog.lists[index].place
    case .departments: catalog.departments[index].place
    case .approvals: catalog.approvals[index].place
    case .targets: catalog.targets[index].place
    case .progress: catalog.progress[index].place
    case .waivers: catalog.waivers[index].place
    case .matters: catalog.place(catalog.matters[index])
    case .items: catalog.place(catalog.items[index], .matter)
    }
  }

  /// What a row is known by: two rows with the same key are the same thing.
  static func key(_ kind: TableKind, _ cells: [String]) -> String {
    kind == .waivers ? cells[0] + "\u{0}" + cells[1] : cells[0]
  }

  static func cells(_ kind: TableKind, _ index: Int, of catalog: Catalog) -> [String] {
    func day(_ day: Day?) -> String { day.map { "\($0)" } ?? "" }
    func names(_ names: [String]) -> String { names.joined(separator: ";") }
    switch kind {
    case .notices:
      let x = catalog.notices[index]
      return [x.id, x.number, x.title, x.issuer, day(x.issued)]
    case .lists:
      let x = catalog.lists[index]
      return [
        x.id, x.prefix, x.notice, x.annex, x.title, x.announced.map(String.init) ?? "",
        names(x.audiences.map(\.rawValue)), x.deadlineHeading, x.remarkHeading, x.reportMonths.map { "P\($0)M" } ?? "",
        day(x.reportBy),
      ]
    case .departments:
      let x = catalog.departments[index]
      return [x.id, x.short, x.full, x.general, names(x.aliases), x.kind]
    case .approvals:
      let x = catalog.approvals[index]
      return [x.id, x.name, names(x.aliases), x.kind, x.competent]
    case .targets:
      let x = catalog.targets[index]
      return [
        x.id, x.notice, x.list, x.audience?.rawValue ?? "", x.countText, x.afterText, x.deadlineText, x.text,
      ]
    case .progress:
      let x = catalog.progress[index]
      return [x.matter] + x.dates.map(day)
    case .waivers:
      let x = catalog.waivers[index]
      return [x.rule, x.subject, x.reason]
    case .matters:
      return MatterColumn.allCases.map { text(catalog.matters[index], $0, of: catalog) }
    case .items:
      return ItemColumn.allCases.map { text(catalog.items[index], $0, of: catalog) }
    }
  }

  static func text(_ matter: Matter, _ column: MatterColumn, of catalog: Catalog) -> String {
    switch column {
    case .id: catalog.text(matter.id)
    case .list: matter.list.map { catalog.lists[$0].id } ?? ""
    case .number: matter.number.map(String.init) ?? ""
    case .audience: matter.audience?.rawValue ?? ""
    case .name: catalog.text(matter.name)
    case .lead: catalog.text(matter.lead)
    case .deadline: catalog.text(matter.deadline)
    case .remark: catalog.text(matter.remark)
    case .includes: catalog.text(matter.includesID)
    case .placeholder: catalog.text(matter.placeholder)
    }
  }

  static func text(_ item: Item, _ column: ItemColumn, of catalog: Catalog) -> String {
    switch column {
    case .matter: catalog.text(item.matterID)
    case .number: item.number.map(String.init) ?? ""
    case .name: catalog.text(item.name)
    case .responsible: catalog.text(item.responsible)
    case .shared: item.isShared ? "yes" : ""
    }
  }
}
