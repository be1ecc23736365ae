import Localization

/// The tables of a catalog, in the order in which their findings are told.
package enum TableKind: UInt8, Sendable, CaseIterable, Comparable {
  case matters, items, departments, approvals, lists, notices, targets, progress, waivers

  package static func < (a: TableKind, b: TableKind) -> Bool { a.rawValue < b.rawValue }

  /// The table's name in `datapackage.json` and in messages.
  package var name: String {
    switch self {
    case .notices: "notices"
    case .lists: "lists"
    case .departments: "departments"
    case .approvals: "approvals"
    case .matters: "matters"
    case .items: "items"
    case .targets: "targets"
    case .progress: "progress"
    case .waivers: "waivers"
    }
  }

  /// The file it stands in unless `datapackage.json` says otherwise.
  package var fileName: String { name + ".csv" }

  /// A catalog without these is no catalog.
  package var isNeeded: Bool { self == .matters || self == .items }

  /// Its columns, in the order in which they are written.
  package var columns: [Column] {
    switch self {
    case .notices: Columns.notices
    case .lists: Columns.lists
    case .departments: Columns.departments
    case .approvals: Columns.approvals
    case .matters: Columns.matters
    case .items: Columns.items
    case .targets: Columns.targets
    case .progress: Columns.progress
    case .waivers: Columns.waivers
    }
  }

  /// The position of a column in `columns`.
  package func column(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

/// A column of a catalog table.
package struct Column: Sendable, Hashable {
  /// The header in English, the name that programs know.
  package var name: String
  /// The header in Chinese, which a table may carry instead.
  package var title: String
  /// The table cannot be read without it.
  package var isNeeded: Bool
  /// No cell of it may be empty.
  package var mustBeFilled: Bool

  init(_ name: String, _ title: String, needed: Bool = false, filled: Bool = false) {
    self.name = name
    self.title = title
    self.isNeeded = needed
    self.mustBeFilled = filled
  }
}

enum Columns {
  static let notices = [
    Column("id", "标识", needed: true, filled: true),
    Column("number", "文号", needed: true, filled: true),
    Column("title", "标题"),
    Column("issuer", "发文机关"),
    Column("issued", "成文日期", needed: true, filled: true),
  ]
  static let lists = [
    Column("id", "标识", needed: true, filled: true),
    Column("prefix", "编号前缀", needed: true, filled: true),
    Column("notice", "文件", needed: true, filled: true),
    Column("annex", "附件"),
    Column("title", "标题"),
    Column("matters", "事项数"),
    Column("audiences", "类型"),
    Column("deadline_heading", "时限栏名"),
    Column("remark_heading", "备注栏名"),
    Column("report_window", "报送期"),
    Column("report_by", "报送日期"),
  ]
  static let departments = [
    Column("id", "标识", needed: true, filled: true),
    Column("short", "简称", needed: true, filled: true),
    Column("full", "全称"),
    Column("general", "通称"),
    Column("aliases", "别名"),
    Column("kind", "类别"),
  ]
  static let approvals = [
    Column("id", "标识", needed: true, filled: true),
    Column("name", "名称", needed: true, filled: true),
    Column("aliases", "别名"),
    Column("kind", "类别"),
    Column("competent", "主管部门"),
  ]
  static let matters = [
    Column("id", "标识", needed: true, filled: true),
    Column("list", "清单", needed: true, filled: true),
    Column("number", "序号", needed: true, filled: true),
    Column("audience", "类型", needed: true, filled: true),
    Column("name", "“一件事一次办”名称", needed: true, filled: true),
    Column("lead", "牵头部门", needed: true, filled: true),
    Column("deadline", "完成时限", needed: true, filled: true),
    Column("remark", "备注"),
    Column("includes", "包含"),
    Column("placeholder", "空项责任部门"),
  ]
  static let items = [
    Column("matter", "事项", needed: true, filled: true),
    Column("number", "次序", needed: true, filled: true),
    Column("name", "关联事项", needed: true, filled: true),
    Column("responsible", "责任部门", needed: true, filled: true),
    Column("shared", "共享"),
  ]
  static let targets = [
    Column("id", "标识", needed: true, filled: true),
    Column("notice", "文件", needed: true, filled: true),
    Column("list", "清单"),
    Column("audience", "类型"),
    Column("count", "数量", needed: true, filled: true),
    Column("after", "起算时限"),
    Column("deadline", "期限", needed: true, filled: true),
    Column("text", "原文"),
  ]
  static let progress = [
    Column("matter", "事项", needed: true, filled: true),
    Column("plan", "实施方案"),
    Column("guide", "一份指南"),
    Column("form", "一张表单"),
    Column("materials", "一套材料"),
    Column("single_submission", "一次提交"),
    Column("portal", "江西政务服务网"),
    Column("app", "赣服通"),
  ]
  static let waivers = [
    Column("rule", "规则", needed: true, filled: true),
    Column("subject", "对象", needed: true, filled: true),
    Column("reason", "理由"),
  ]
}

/// The columns of the two large tables by name: their raw value is the position in `TableKind.columns`.
package enum MatterColumn: Int, Sendable, CaseIterable {
  case id, list, number, audience, name, lead, deadline, remark, includes, placeholder
}

package enum ItemColumn: Int, Sendable, CaseIterable {
  case matter, number, name, responsible, shared
}
