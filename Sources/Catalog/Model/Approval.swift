import Deadlines
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
  /// 基本编码; empty if it is not known, as the other codes are.
  package var code = ""
  /// 实施编码.
  package var taskCode = ""
  /// A code that follows neither, as written.
  package var localCode = ""
  /// As written.
  package var version = ""
  package var state: State?
  /// The first day on which it is in force.
  package var effective: Day?
  /// The last day on which it is in force.
  package var ends: Day?
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  /// Whether it can be applied for, as a portal has it.
  package enum State: Sendable, Hashable, CaseIterable {
    case inForce, suspended, withdrawn
  }

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
      Field(
        "code", zh: "基本编码", .catalogCode, \.code, unique: true, xml: .attribute,
        about: optional(zh: "国家基本目录中的编码，12位数字", en: "Code in the national basic catalog, 12 digits")
      ).omittedWhenEmpty(),
      Field(
        "task_code", zh: "实施编码", .taskCode, \.taskCode, unique: true, xml: .attribute,
        about: optional(
          zh: "实施清单中的编码，31位：统一社会信用代码18位、层级1位、基本编码12位",
          en: "Code in the implementation list, 31 characters: credit code (18), level (1), basic code (12)")
      ).omittedWhenEmpty(),
      Field(
        "local_code", zh: "地方编码", .text, \.localCode, unique: true, xml: .attribute,
        about: optional(
          zh: "不按上述两种编制的编码，原样照录", en: "A code that follows neither form, as it is")
      ).omittedWhenEmpty(),
      Field(
        "version", zh: "版本", .text, \.version, xml: .attribute,
        about: optional(zh: "门户中的版本", en: "Its version in the portal")
      ).omittedWhenEmpty(),
      Field(
        "state", zh: "状态", .state, \.state, xml: .attribute,
        about: optional(
          zh: "in-force（在用）、suspended（暂停）或 withdrawn（取消）", en: "in-force, suspended or withdrawn")
      ).omittedWhenEmpty(),
      Field(
        "effective", zh: "生效日期", .day, \.effective, xml: .attribute,
        about: optional(zh: "生效的第一天", en: "The first day on which it is in force")
      ).omittedWhenEmpty(),
      Field(
        "ends", zh: "失效日期", .day, \.ends, xml: .attribute,
        about: optional(zh: "有效的最后一天", en: "The last day on which it is in force")
      ).omittedWhenEmpty(),
    ])

  private static func optional(zh: String, en: String) -> LocalizedText {
    LocalizedText(zh: zh + "；可不填，没有一行填写时可以没有这一列。", en: en + "; optional, and so is the column.")
  }
}

extension Approval.State {
  /// The word for it in tables and documents.
  package var name: String {
    switch self {
    case .inForce: "in-force"
    case .suspended: "suspended"
    case .withdrawn: "withdrawn"
    }
  }

  package var title: LocalizedText {
    switch self {
    case .inForce: LocalizedText(zh: "在用", en: "in force")
    case .suspended: LocalizedText(zh: "暂停", en: "suspended")
    case .withdrawn: LocalizedText(zh: "取消", en: "withdrawn")
    }
  }

  /// From the word or the Chinese name.
  package init?(_ text: String) {
    guard let state = Self.allCases.first(where: { $0.name == text || $0.title.zh == text }) else { return nil }
    self = state
  }
}
