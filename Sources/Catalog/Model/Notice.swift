import Deadlines
import Localization

/// A notice (文件) that announces lists or sets targets.
package struct Notice: TableRow {
  package var id = ""
  /// 文号, such as 九府办字〔2022〕128号.
  package var number = ""
  package var title = ""
  package var issuer = ""
  package var issued: Day?
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  package static let schema = TableSchema<Notice>(
    .notices, about: LocalizedText(zh: "目录所依据的文件。", en: "The notices that the catalog comes from."),
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(zh: "文件的固定英文标识。", en: "Stable English id of the notice.")),
      Field(
        "number", zh: "文号", .text, \.number, required: true, unique: true,
        about: LocalizedText(zh: "发文字号。", en: "Number of the notice as printed.")),
      Field("title", zh: "标题", .text, \.title, about: LocalizedText(zh: "文件标题。", en: "Title of the notice.")),
      Field("issuer", zh: "发文机关", .text, \.issuer, about: LocalizedText(zh: "发文机关。", en: "Who issued it.")),
      Field(
        "issued", zh: "成文日期", .day, \.issued, required: true, xml: .attribute,
        about: LocalizedText(zh: "成文日期。", en: "Day of issue.")),
    ])
}
