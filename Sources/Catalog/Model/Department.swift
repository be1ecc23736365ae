import Localization

/// A department (部门) that leads a matter or is responsible for an item; also a court, a bank or another body.
package struct Department: TableRow {
  package var id = ""
  /// 市公安局.
  package var short = ""
  /// The full name; empty where no source gives it.
  package var full = ""
  /// The general name that notices print instead: 公安部门.
  package var general = ""
  package var aliases: [String] = []
  /// What it is: `city-department`, `national-branch`, `court`, `utility` …
  package var kind = ""
  /// The region that it serves, by its id or name as written; empty for all regions of the catalog.
  package var region = ""
  /// Its index in `Catalog.regions`.
  package var regionIndex: Int?
  /// 统一社会信用代码; empty if it is not known.
  package var creditCode = ""
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  /// The kind of those that the print does not name: 市直相关部门 and the like.
  package static let unnamedKind = "collective"
  package var isUnnamed: Bool { kind == Department.unnamedKind }

  package static let schema = TableSchema<Department>(
    .departments,
    about: LocalizedText(
      zh: "两份清单列出的各方，及99号文件任务中点名的部门。",
      en: "Every party that the lists name, and the departments that notice 99 names in its tasks."),
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(zh: "固定英文标识。", en: "Stable English id.")),
      Field(
        "short", zh: "简称", .text, \.short, required: true, unique: true,
        about: LocalizedText(
          zh: "市级简称，如市公安局；来源不支持时为原文写法。",
          en: "Short name of the city body; the printed name where the sources give no other.")),
      Field(
        "full", zh: "全称", .text, \.full,
        about: LocalizedText(zh: "来源中印有的全称，没有则空。", en: "Full name where a source prints one, else empty.")),
      Field(
        "general", zh: "通称", .text, \.general,
        about: LocalizedText(zh: "清单中的通称，如公安部门。", en: "General name as in the lists.")),
      Field(
        "aliases", zh: "别名", .names, \.aliases, xml: .elements("alias"),
        about: LocalizedText(
          zh: "来源中的其他写法，以分号隔开。", en: "Other forms that the sources print, separated by semicolons.")),
      Field(
        "kind", zh: "类别", .code, \.kind, xml: .attribute,
        about: LocalizedText(
          zh: "部门类别，各市自定，如 city-department；空表示尚待补全。",
          en: "Kind of party, each city's own; empty for an entry still to be completed.")),
      Field(
        "region", zh: "地区", to: .regions, \.region, resolved: \.regionIndex, xml: .attribute,
        about: LocalizedText(
          zh: "所属地区：标识或名称；空表示各地区通用。", en: "Its region, by id or name; empty for all regions of the catalog.")),
      Field(
        "credit_code", zh: "统一社会信用代码", .creditCode, \.creditCode, unique: true, xml: .attribute,
        about: LocalizedText(
          zh: "统一社会信用代码（GB 32100-2015），18位；可不填，没有一行填写时可以没有这一列。",
          en: "Unified social credit code (GB 32100-2015), 18 characters; optional, and so is the column.")
      ).omittedWhenEmpty(),
    ])
}
