import Catalog

/// A column of a table by its English name; all of the table where `column` is nil.
struct CatalogField: Hashable {
  var table: TableKind
  var column: String?

  init(_ table: TableKind, _ column: String? = nil) {
    self.table = table
    self.column = column
  }

  func overlaps(_ other: CatalogField) -> Bool {
    table == other.table && (column == nil || other.column == nil || column == other.column)
  }
}

/// What the findings of a rule depend on besides the cell at which they are reported: if that cannot be relied on, they
/// follow from its defect. A rule that is not listed depends on nothing.
enum RuleDependencies {
  static func fields(of rule: String) -> [CatalogField] { byRule[rule] ?? [] }

  private static func fields(_ table: TableKind, _ columns: String...) -> [CatalogField] {
    columns.map { CatalogField(table, $0) }
  }

  private static let departments = fields(.departments, "id", "short", "full", "general", "aliases")
  private static let approvals = fields(.approvals, "id", "name", "aliases")
  private static let lists = fields(.lists, "id")
  private static let matters = fields(.matters, "id", "list", "number")
  /// The items of each matter, those that it shares included.
  private static let joined = fields(.items, "matter", "number", "shared") + fields(.matters, "id", "includes")
  private static let responsible = joined + departments + fields(.items, "responsible")
  private static let deadlines = fields(.matters, "deadline") + lists
  private static let everything = TableKind.allCases.filter { $0 != .waivers && $0 != .progress }.map {
    CatalogField($0)
  }

  /// Every rule that depends on something.
  static let byRule: [String: [CatalogField]] = [
    "duplicate-id": fields(.items, "number", "matter"),
    "misplaced-id": matters + lists + fields(.lists, "prefix"),
    "number-gap": matters + lists + fields(.lists, "prefix") + fields(.items, "matter", "number"),
    "count-mismatch": [CatalogField(.matters)] + lists + fields(.lists, "matters"),
    "audience-mismatch": fields(.matters, "audience", "list") + lists + fields(.lists, "audiences"),
    "duplicate-matter-name": fields(.matters, "name"),
    "similar-matter-name": fields(.matters, "name", "list"),
    "conflicting-deadlines": fields(.matters, "name", "deadline"),
    "orphan-item": fields(.matters, "id"),
    "unknown-department": departments,
    "unknown-approval": approvals,
    "approval-mismatch": approvals + fields(.items, "name", "approval"),
    "unknown-matter": fields(.matters, "id"),
    "unknown-list": lists + fields(.lists, "title", "annex"),
    "unknown-notice": fields(.notices, "id", "number"),
    "unknown-region": fields(.regions, "id", "name"),
    "nothing-shared": joined,
    "isolated-value": matters + lists + fields(.matters, "audience", "includes"),
    "misspelt-kind": fields(.departments, "kind") + fields(.approvals, "kind"),
    "duplicate-code": fields(.approvals, "code", "task_code", "local_code") + fields(.departments, "credit_code"),
    "code-mismatch": fields(.approvals, "code", "task_code", "competent") + fields(.departments, "id", "credit_code"),
    "approval-not-in-force": joined + approvals + fields(.items, "name") + fields(.approvals, "state", "ends"),
    "end-before-effective": fields(.approvals, "effective", "ends"),
    "report-terms-mismatch": fields(.lists, "note", "report_window", "report_by", "deliverables"),
    "target-clause": fields(.targets, "text", "count", "deadline", "audience"),
    "empty-targets": [CatalogField(.targets)] + matters + fields(.lists, "id", "notice")
      + fields(.notices, "id", "number"),
    "unused-department": [CatalogField(.matters), CatalogField(.items), CatalogField(.approvals)] + departments,
    "unused-approval": [CatalogField(.items)] + approvals + fields(.approvals, "competent") + departments,
    "provisional-entry": fields(.departments, "kind") + fields(.approvals, "kind"),
    "single-department": responsible,
    "lead-without-item": responsible + fields(.matters, "lead"),
    "lead-not-first": responsible + fields(.matters, "lead") + fields(.items, "number"),
    "unnamed-department": departments + fields(.departments, "kind"),
    "general-lead": departments + fields(.matters, "lead", "list") + lists,
    "isolated-lead": responsible + fields(.matters, "lead", "list", "number"),
    "department-conflict": responsible + approvals + fields(.items, "name"),
    "competence-mismatch": responsible + approvals + fields(.items, "name") + fields(.approvals, "competent"),
    "no-approval": joined + fields(.items, "name"),
    "placeholder-mismatch": joined + fields(.items, "name", "responsible") + fields(.matters, "placeholder"),
    "repeated-item": joined + approvals + fields(.items, "name"),
    "name-variant": joined + approvals + fields(.items, "name"),
    "similar-name": approvals + departments,
    "licence-and-filing": joined + approvals + fields(.items, "name"),
    "joined-names": joined + approvals + fields(.items, "name"),
    "bracketed-name": joined + approvals + fields(.items, "name"),
    "unreadable-deadline": fields(.matters, "deadline"),
    "deadline-style": deadlines,
    "deadline-before-notice": deadlines + fields(.matters, "list") + fields(.notices, "issued"),
    "short-notice": deadlines + fields(.matters, "list") + fields(.notices, "issued"),
    "isolated-deadline": deadlines + matters + fields(.notices, "issued"),
    "deadline-series": deadlines + matters,
    "overdue": deadlines + fields(.progress, "matter"),
    "report-overdue": lists + fields(.progress, "matter"),
    "due-soon": lists + fields(.progress, "matter"),
    "incomplete-deliverables": fields(.progress, "matter"),
    "recorded-out-of-order": fields(.notices, "issued") + lists,
    "unrecorded-progress": deadlines + fields(.progress, "matter") + fields(.lists, "report_window", "report_by"),
    "target-missed": [CatalogField(.matters), CatalogField(.lists)],
    "unknown-waiver": everything,
    "unused-waiver": everything,
    "waiver-count": everything,
  ]

  /// Rules that look at the rows which are there: they depend on columns, and not on rows that are lost.
  static let columnsOnly: Set<String> = [
    "duplicate-code", "end-before-effective", "misspelt-kind", "provisional-entry", "unnamed-department",
  ]

  /// Rules that compare a matter with its items or its neighbours: what they find among rows that have moved follows from
  /// the move (`shifted-rows`).
  static let onOrder: Set<String> = [
    "audience-mismatch", "conflicting-deadlines", "deadline-style", "duplicate-matter-name", "general-lead",
    "deadline-series", "isolated-deadline", "isolated-lead", "isolated-value", "lead-not-first", "lead-without-item",
    "no-approval",
    "nothing-shared", "placeholder-mismatch", "single-department",
  ]

  /// What a waiver's subject is written in.
  static let subjects =
    fields(.matters, "id") + fields(.items, "matter", "number") + fields(.lists, "id", "prefix")
    + fields(.departments, "id") + fields(.approvals, "id")
}
