import Localization

/// The tables of a catalog, in the order in which their findings are reported.
package enum TableKind: UInt8, Sendable, CaseIterable, Comparable {
  case matters, items, departments, approvals, lists, notices, regions, audiences, targets, progress, waivers

  package static func < (a: TableKind, b: TableKind) -> Bool { a.rawValue < b.rawValue }

  /// The table's name in `datapackage.json` and in messages.
  package var name: String {
    switch self {
    case .matters: "matters"
    case .items: "items"
    case .departments: "departments"
    case .approvals: "approvals"
    case .lists: "lists"
    case .notices: "notices"
    case .regions: "regions"
    case .audiences: "audiences"
    case .targets: "targets"
    case .progress: "progress"
    case .waivers: "waivers"
    }
  }

  /// What it is called in messages and descriptions.
  package var title: LocalizedText {
    switch self {
    case .matters: LocalizedText(zh: "事项", en: "Matters")
    case .items: LocalizedText(zh: "关联事项", en: "Items")
    case .departments: LocalizedText(zh: "部门登记", en: "Departments")
    case .approvals: LocalizedText(zh: "单项事项登记", en: "Approvals")
    case .lists: LocalizedText(zh: "清单", en: "Lists")
    case .notices: LocalizedText(zh: "文件", en: "Notices")
    case .regions: LocalizedText(zh: "地区", en: "Regions")
    case .audiences: LocalizedText(zh: "服务对象", en: "Audiences")
    case .targets: LocalizedText(zh: "目标", en: "Targets")
    case .progress: LocalizedText(zh: "进展", en: "Progress")
    case .waivers: LocalizedText(zh: "豁免", en: "Waivers")
    }
  }

  /// The sheet of a workbook that it is in.
  package var sheetName: String {
    switch self {
    case .departments: "部门登记表"
    case .approvals: "事项登记表"
    case .matters, .items, .lists, .notices, .regions, .audiences, .targets, .progress, .waivers: title.zh
    }
  }

  /// The element of its section and of a row in an XML document.
  package var xmlNames: (section: String, row: String) {
    switch self {
    case .matters: ("matters", "matter")
    case .items: ("matters", "item")
    case .departments: ("departments", "department")
    case .approvals: ("approvals", "approval")
    case .lists: ("lists", "list")
    case .notices: ("notices", "notice")
    case .regions: ("regions", "region")
    case .audiences: ("audiences", "audience")
    case .targets: ("targets", "target")
    case .progress: ("progress", "record")
    case .waivers: ("waivers", "waiver")
    }
  }

  /// The file it is in unless `datapackage.json` says otherwise.
  package var fileName: String { name + ".csv" }

  /// Without these there is no catalog.
  package var isRequired: Bool { self == .matters || self == .items }

  /// The tables that are not large: their rows are values of `TableRow`.
  package static let small: [TableKind] = [
    .notices, .regions, .audiences, .lists, .departments, .approvals, .targets, .progress, .waivers,
  ]

  /// The order in which descriptions list the tables.
  package static let described: [TableKind] = [
    .notices, .regions, .audiences, .lists, .departments, .approvals, .matters, .items, .targets, .progress, .waivers,
  ]

  /// Its standard columns, in the order in which they are written.
  package var columns: [Column] { CatalogSchema.standard.columns(self) }

  /// The index of a column in `columns`.
  package func column(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
}
