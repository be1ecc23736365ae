import Catalog
import Deadlines

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

  static func position(_ kind: TableKind, _ index: Int, in catalog: Catalog) -> SourcePosition {
    switch kind {
    case .notices: catalog.notices[index].position
    case .lists: catalog.lists[index].position
    case .departments: catalog.departments[index].position
    case .approvals: catalog.approvals[index].position
    case .targets: catalog.targets[index].position
    case .progress: catalog.progress[index].position
    case .waivers: catalog.waivers[index].position
    case .matters: catalog.position(catalog.matters[index])
    case .items: catalog.position(catalog.items[index], .matter)
    }
  }

  /// What a row is known by: two rows with the same key are the same thing.
  static func key(_ kind: TableKind, _ cells: [String]) -> String {
    kind == .waivers ? cells[0] + "\u{0}" + cells[1] : cells[0]
  }

  static func cells(_ kind: TableKind, _ index: Int, of catalog: Catalog) -> [String] {
    switch kind {
    case .notices: catalog.notices[index].cells
    case .lists: catalog.lists[index].cells
    case .departments: catalog.departments[index].cells
    case .approvals: catalog.approvals[index].cells
    case .targets: catalog.targets[index].cells
    case .progress: catalog.progress[index].cells
    case .waivers: catalog.waivers[index].cells
    case .matters: MatterColumn.allCases.map { text(catalog.matters[index], $0, of: catalog) }
    case .items: ItemColumn.allCases.map { text(catalog.items[index], $0, of: catalog) }
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

/// A row of one of the small tables.
protocol SmallRow {
  var position: SourcePosition { get set }
  /// In the order of the table's columns.
  var cells: [String] { get }
}

extension Notice: SmallRow {
  var cells: [String] { [id, number, title, issuer, Cells.day(issued)] }
}

extension MatterList: SmallRow {
  var cells: [String] {
    [
      id, prefix, notice, annex, title, announced.map(String.init) ?? "", Cells.names(audiences.map(\.rawValue)),
      deadlineHeading, remarkHeading, reportMonths.map { "P\($0)M" } ?? "", Cells.day(reportBy),
    ]
  }
}

extension Department: SmallRow {
  var cells: [String] { [id, short, full, general, Cells.names(aliases), kind] }
}

extension Approval: SmallRow {
  var cells: [String] { [id, name, Cells.names(aliases), kind, competent] }
}

extension Target: SmallRow {
  var cells: [String] { [id, notice, list, audience?.rawValue ?? "", countText, afterText, deadlineText, text] }
}

extension Progress: SmallRow {
  var cells: [String] { [matter] + dates.map(Cells.day) }
}

extension Waiver: SmallRow {
  var cells: [String] { [rule, subject, reason] }
}

private enum Cells {
  static func day(_ day: Day?) -> String { day.map { "\($0)" } ?? "" }
  static func names(_ names: [String]) -> String { names.joined(separator: ";") }
}
