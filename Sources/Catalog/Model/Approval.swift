import Localization

/// A single service item (单项事项) behind the printed names of items.
package struct Approval: TableRow {
  package var id = ""
  package var name = ""
  package var aliases: [String] = []
  /// `licence`, `filing`, `registration`, `benefit`, `query` …
  package var kind = ""
  /// The competent department as written: an id or any name; empty if it is not known.
  package var competent = ""
  /// Its index in `Catalog.departments`.
  package var competentIndex: Int?
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  /// Whether a text is its name or one of its aliases, as the register compares names.
  package func hasName(_ text: String) -> Bool {
    let key = Register.normalizedKey(text)
    return ([name] + aliases).contains { Register.normalizedKey($0) == key }
  }

  package init(position: SourcePosition) { self.position = position }

  package static let schema = TableSchema<Approval>(
    .approvals,
    about: LocalizedText(zh: "关联事项名称背后的单项事项。", en: "The single service items behind the printed item names."),
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(zh: "固定英文标识。", en: "Stable English id.")),
      Field(
        "name", zh: "名称", .text, \.name, required: true, unique: true,
        about: LocalizedText(zh: "登记名称。", en: "Canonical name.")),
      Field(
        "aliases", zh: "别名", .names, \.aliases, xml: .elements("alias"),
        about: LocalizedText(zh: "清单中的其他写法，以分号隔开。", en: "Other forms in the lists, separated by semicolons.")),
      Field(
        "kind", zh: "类别", .code, \.kind, xml: .attribute,
        about: LocalizedText(
          zh: "事项类别，各市自定，如 licence；空表示尚待补全。",
          en: "Kind of item, each city's own; empty for an entry still to be completed.")),
      Field(
        "competent", zh: "主管部门", to: .departments, \.competent, resolved: \.competentIndex, xml: .attribute,
        about: LocalizedText(
          zh: "清单一致（或最多）列出的责任部门，写标识或任一名称；不明确则空。",
          en: "Department that the lists name for it consistently or most often, by id or by any of its names; "
            + "empty if unclear.")),
    ])
}
