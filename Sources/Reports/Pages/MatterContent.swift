import Catalog
import Deadlines
import Localization

/// What the pages of a matter show, looked up in its catalog.
struct MatterContent {
  let matter: Matter
  let catalog: Catalog
  let language: Language
  private let locator: Locator

  init(_ matter: Matter, in catalog: Catalog, language: Language) {
    self.matter = matter
    self.catalog = catalog
    self.language = language
    locator = Locator(catalog)
  }

  func localized(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

  /// The matter whose items this one shares.
  var included: Matter? {
    guard let other = matter.includes, catalog.matters.indices.contains(other) else { return nil }
    return catalog.matters[other]
  }

  /// A withdrawn matter owes no report.
  var window: ReportWindow? { matter.isWithdrawn ? nil : catalog.reportWindow(of: matter) }

  /// That the matter is withdrawn, since when and why; nil if it is not.
  var withdrawal: String? {
    guard let withdrawal = catalog.withdrawal(of: matter) else { return nil }
    let day = withdrawal.day
    let basis = withdrawal.basis
    return localized(
      "已\(day.map { "于\($0.chinese)" } ?? "")撤回\(basis.isEmpty ? "" : "，依据：\(basis)")",
      "withdrawn\(day.map { " on \($0)" } ?? "")\(basis.isEmpty ? "" : ", on the basis of: \(basis)")")
  }

  var progress: [Progress] { catalog.progress.filter { $0.matterIndex == matter.index } }

  func location(_ position: SourcePosition) -> Location? { locator.locate(position) }

  /// `2-037 我要开饭店`
  func title(_ matter: Matter) -> String { "\(catalog.id(matter)) \(catalog.text(matter.name))" }

  /// The departments in a cell: the register's names, and the printed text where that differs.
  func departments(_ name: TextID) -> String {
    let cell = catalog.printedDepartments(name)
    let printed = catalog.text(name)
    if cell.entries.isEmpty { return printed }
    let names = cell.entries.map { entry in
      guard let department = entry.department else { return entry.name + localized("（未登记）", " (not registered)") }
      return catalog.departments[department].short
    }
    let joined =
      switch cell.choice {
      case .all: names.joined(separator: localized("、", ", "))
      case .any: names.joined(separator: localized(" 或 ", " or "))
      }
    // Names that are not registered are shown as printed already.
    if joined == printed || cell.departments.isEmpty { return joined }
    return joined + localized("（原文为“\(printed)”）", " (printed as “\(printed)”)")
  }

  /// The approvals of an item, of which one is chosen.
  func approvals(_ item: Item) -> [String] {
    catalog.printedApprovals(item).entries.map { entry in
      guard let index = entry.approval else { return entry.name + localized("（未登记）", " (not registered)") }
      let approval = catalog.approvals[index]
      return "\(approval.name) (\(approval.id))"
    }
  }

  /// `catalog/matters.csv:20`
  func position(_ position: SourcePosition) -> String? {
    location(position).map { location -> String in
      if location.sheet != nil, let cell = location.address(in: language) { return location.file + " " + cell }
      return location.file + (location.line.map { ":\($0)" } ?? "")
    }
  }

  /// What is recorded as done, and when.
  func done(_ progress: Progress) -> String {
    let columns = TableKind.progress.columns
    var done = Progress.Deliverable.allCases.compactMap { deliverable -> String? in
      guard let day = progress[deliverable], columns.indices.contains(deliverable.column) else { return nil }
      let column = columns[deliverable.column]
      return "\(localized(column.title, column.name)) \(day)"
    }
    if let cases = progress.cases { done.append(localized("办件量 \(cases)", "cases \(cases)")) }
    return done.isEmpty ? localized("无", "nothing") : done.joined(separator: localized("，", ", "))
  }
}
