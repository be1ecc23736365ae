import AtomicFiles
import Catalog
import JSONFormat
import Localization

/// The descriptions of a catalog folder, made from the declarations of its columns: `datapackage.json` and the tables of
/// columns in its README.md.
package enum FolderDescription {
  /// What a data package says of itself.
  package struct PackageInfo: Sendable {
    package var name: String
    package var title: LocalizedText
    package var description: LocalizedText?
    package var keywords: [String]

    package init(name: String, title: LocalizedText, description: LocalizedText? = nil, keywords: [String] = []) {
      self.name = name
      self.title = title
      self.description = description
      self.keywords = keywords
    }

    /// A catalog of any city, before it has a name.
    package static let empty = PackageInfo(
      name: "onevisit-catalog", title: LocalizedText(zh: "“一件事一次办”事项目录", en: "Catalog of one-visit services"))

    /// The catalog of Jiujiang.
    package static let jiujiang = PackageInfo(
      name: "onevisit-jiujiang",
      title: LocalizedText(zh: "九江市“一件事一次办”事项目录", en: "Jiujiang catalog of one-visit services"),
      description: LocalizedText(
        zh: "九府办字〔2022〕128号两份清单的全部事项（第一批11项、第二批230项）、关联事项、部门和单项事项登记。",
        en: "Every matter of the two lists in Jiujiang notice 128 of 2022 (11 of the first batch, 230 of the second), "
          + "with its items, and the registers of departments and of single approvals behind the printed names."),
      keywords: ["一件事一次办", "政务服务", "九江市", "one-visit services"])
  }

  // MARK: datapackage.json

  /// Writes the description of a folder as a Tabular Data Package (Data Package v1, profile `tabular-data-package`).
  /// - Parameter schema: the columns that the tables of the folder have; see `CatalogSchema.written`.
  package static func writeDataPackage(_ info: PackageInfo, _ schema: CatalogSchema, to writer: ByteWriter) throws {
    let json = JSONWriter(to: writer)
    try json.object {
      try json.member("profile", "tabular-data-package")
      try json.member("name", info.name)
      try json.member("title", "\(info.title.zh) / \(info.title.en)")
      if let description = info.description { try json.member("description", description.zh + description.en) }
      if !info.keywords.isEmpty {
        try json.array("keywords") { for keyword in info.keywords { try json.value(keyword) } }
      }
      try json.array("resources") {
        for kind in TableKind.described { try json.object { try resource(kind, schema, json) } }
      }
    }
    try json.end()
  }

  private static func resource(_ kind: TableKind, _ schema: CatalogSchema, _ json: JSONWriter) throws {
    let about = schema.about(kind)
    try json.member("profile", "tabular-data-resource")
    try json.member("name", kind.name)
    try json.member("path", kind.fileName)
    try json.member("title", "\(kind.title.zh) / \(kind.title.en)")
    try json.member("description", about.zh + about.en)
    try json.member("format", "csv")
    try json.member("mediatype", "text/csv")
    try json.member("encoding", "utf-8")
    try json.object("schema") {
      let columns = schema.columns(kind)
      try json.array("fields") { for column in columns { try json.object { try field(column, json) } } }
      try json.array("missingValues") { try json.value("") }
      try json.array("primaryKey") { for name in schema.key(kind) { try json.value(name) } }
      let references = columns.compactMap { column in foreignKey(column, of: kind) }
      guard !references.isEmpty else { return }
      try json.array("foreignKeys") {
        for reference in references {
          try json.object {
            try json.member("fields", reference.column)
            try json.object("reference") {
              try json.member("resource", reference.table)
              try json.member("fields", "id")
            }
          }
        }
      }
    }
  }

  /// Lists and matters are named by id alone; notices and departments by any of their names, which is no foreign key. The
  /// table itself is named by an empty text.
  private static func foreignKey(_ column: Column, of table: TableKind) -> (column: String, table: String)? {
    switch column.target {
    case .lists?, .matters?: (column.name, column.target == table ? "" : column.target?.name ?? "")
    default: nil
    }
  }

  private static func field(_ column: Column, _ json: JSONWriter) throws {
    try json.member("name", column.name)
    try json.member("title", column.title)
    let about = column.about.zh + column.about.en
    if !about.isEmpty { try json.member("description", about) }
    try json.member("type", column.kind.tableSchemaType)
    if column.kind == .flag {
      try json.array("trueValues") { for word in ["yes", "是"] { try json.value(word) } }
      try json.array("falseValues") { for word in ["no", "否"] { try json.value(word) } }
    }
    let pattern = column.kind.pattern
    let minimum = column.kind.minimum
    let words: [String] =
      switch column.kind {
      case .level: Region.Level.allCases.map(\.name) + Region.Level.allCases.map(\.title.zh)
      case .state: Approval.State.allCases.map(\.name) + Approval.State.allCases.map(\.title.zh)
      default: []
      }
    guard column.requiresValue || column.isUnique || pattern != nil || minimum != nil || !words.isEmpty else {
      return
    }
    try json.object("constraints") {
      if column.requiresValue { try json.member("required", true) }
      if column.isUnique { try json.member("unique", true) }
      if let pattern { try json.member("pattern", pattern) }
      if let minimum { try json.member("minimum", minimum) }
      if !words.isEmpty { try json.array("enum") { for word in words { try json.value(word) } } }
    }
  }

  // MARK: README.md

  /// The README of an empty folder: how it is filled, and what each column holds.
  package static func emptyFolderPage(_ schema: CatalogSchema) -> String {
    """
    # “一件事一次办”事项目录 / One-visit catalog

    1. `notices.csv`：登记文件（文号、标题、成文日期）。Enter the notice: number, title, date.
    2. `lists.csv`：登记清单；`id` 用小写字母、数字和连字符（如 `our-list`），`prefix` 是事项编号的前缀（如 `1`）。\
    Enter its list; the `id` has lower-case letters, digits and hyphens, the `prefix` begins the ids of its matters.
    3. 导入印发的清单 Import the list as it was printed: `onevisit import list.csv --into . --list our-list --add-unknown`
    4. 补全 `departments.csv`、`approvals.csv` 中新增的行 Complete the rows that the import has added there.
    5. 检查 Check: `onevisit validate .`

    `datapackage.json` 描述这些表 describes these tables (Tabular Data Package; UTF-8 CSV).

    ## Tables 表

    \(columnTables(schema))
    """
  }

  /// The tables of columns, as Markdown in both languages.
  package static func columnTables(_ schema: CatalogSchema) -> String {
    var text = ""
    for kind in TableKind.described {
      let about = schema.about(kind)
      text += "### `\(kind.fileName)` \(kind.title.zh) / \(kind.title.en)\n\n\(about.zh) \(about.en)\n\n"
      text += "| column 列 | 名称 | 说明 | meaning |\n|---|---|---|---|\n"
      for column in schema.columns(kind) {
        text += "| `\(column.name)` | \(column.title) | \(column.about.zh) | \(column.about.en) |\n"
      }
      text += "\n"
    }
    return text
  }
}

extension ValueKind {
  /// The type of a field in Table Schema.
  fileprivate var tableSchemaType: String {
    switch self {
    case .number: "integer"
    case .day: "date"
    case .flag: "boolean"
    default: "string"
    }
  }

  fileprivate var minimum: Int? {
    if case .number(let minimum) = self { minimum } else { nil }
  }

  /// The regular expression that a valid value matches as a whole; nil where any text is valid.
  var pattern: String? {
    switch self {
    case .identifier: return "[a-z0-9]+(-[a-z0-9]+)*"
    case .prefix: return "[0-9A-Za-z]+"
    case .code: return "[a-z][a-z0-9-]*"
    case .matterID, .reference(to: .matters): return "[0-9A-Za-z]+-[0-9]{3,}"
    case .period: return "P([0-9]+[YM])+"
    case .count:
      let number = "[0-9]+ *([(（][^()（）]+[)）] *)?"
      return "\(number)(\\+ *\(number))*|[0-9]+([.][0-9]{1,2})? *[%％]"
    case .deliverables:
      return ValueKind.several(Progress.Deliverable.allCases.flatMap { [$0.name, $0.title.zh] })
    case .creditCode: return ValueKind.creditPattern
    case .catalogCode: return "[0-9]{12}"
    case .taskCode: return ValueKind.creditPattern + "[0-9]{13}"
    case .text, .sentence, .subject, .names, .number, .day, .audience, .audiences, .level, .state, .flag, .deadline,
      .departments,
      .approvals, .reference:
      return nil
    }
  }

  private static let creditPattern = "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"

  private static func several(_ words: [String]) -> String {
    let word = "(\(words.joined(separator: "|")))"
    return "\(word)([;；|]\(word))*"
  }
}
