import Deadlines
import Localization

/// What a notice asks for by when (目标).
package struct Target: TableRow {
  package var id = ""
  package var notice = ""
  package var noticeIndex: Int?
  /// Only matters of this list count; empty for all.
  package var list = ""
  package var listIndex: Int?
  /// Only matters of this audience count, as written; empty for all.
  package var audience = ""
  package var audienceIndex: Int?
  /// `40`, `50+1`, `50+1（企业开办）`, or `96%`.
  package var printedCount = PrintedCount("")
  /// Only matters due after this deadline count (再推出…); empty for all.
  package var printedAfter = PrintedDeadline("")
  package var printedDeadline = PrintedDeadline("")
  package var text = ""
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  package var countText: String { printedCount.text }
  package var count: Int? { printedCount.value }
  /// Whether the target speaks of being online: what counts is then what is recorded as online, not what is due. So do
  /// 再上线…服务 and 网上可办率 (九府办字〔2022〕99号, tasks 4 and 11); 不少于50+1项 (景府办发〔2022〕4号) does not.
  package var isOnline: Bool { Target.onlineWords.contains { text.contains($0) } }
  private static let onlineWords = ["上线", "网上", "一网通办"]
  package var afterText: String { printedAfter.text }
  package var after: Deadline { printedAfter.deadline }
  package var deadlineText: String { printedDeadline.text }
  package var deadline: Deadline { printedDeadline.deadline }

  package static let schema = TableSchema<Target>(
    .targets, about: LocalizedText(zh: "文件要求的数目和期限。", en: "What a notice asks for by when."),
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(zh: "固定英文标识。", en: "Stable English id.")),
      Field(
        "notice", zh: "文件", to: .notices, \.notice, resolved: \.noticeIndex, required: true, xml: .attribute,
        about: LocalizedText(zh: "提出目标的文件：标识或文号。", en: "The notice that asks, by id or number.")),
      Field(
        "list", zh: "清单", to: .lists, \.list, resolved: \.listIndex, xml: .attribute,
        about: LocalizedText(zh: "据以计数的清单，空为全部。", en: "The list whose matters count; empty for all.")),
      Field(
        "audience", zh: "类型", .audience, \.audience, resolved: \.audienceIndex, xml: .attribute,
        about: LocalizedText(zh: "服务对象，空为全部。", en: "Whom the services are for; empty for all.")),
      Field(
        "count", zh: "数量", .count, \.printedCount, required: true, xml: .attribute,
        about: LocalizedText(
          zh: "要求的数量，按原文：10，50+1，50+1（企业开办）（括号内为必须包括的事项，写名称或标识，可用“、”隔开），96%（占所统计事项的比例）。",
          en:
            "Number asked for, as printed: 10; 50+1; 50+1（企业开办）, where the matters in brackets, by name or id and separated by 、, have to be among them; 96%, of the matters that count."
        )),
      Field(
        "after", zh: "起算时限", .deadline, \.printedAfter, xml: .attribute,
        about: LocalizedText(
          zh: "一个时限：只统计晚于它到期的事项（如以后年度的“再推出不少于50项”），空为全部。",
          en: "A deadline: only matters due after it count, as for the “再推出不少于50项” of a later year; empty for all.")),
      Field(
        "deadline", zh: "期限", .deadline, \.printedDeadline, required: true, xml: .deadline,
        about: LocalizedText(zh: "期限，按原文。", en: "Deadline as printed.")),
      Field(
        "text", zh: "原文", .sentence, \.text,
        about: LocalizedText(
          zh: "原文条款；写有“上线”“网上”“一网通办”的，统计记录为已上线的事项，其余统计到期的事项。",
          en:
            "The clause as printed. If it says 上线, 网上 or 一网通办, what is recorded as online counts, otherwise what is due."
        )),
    ])
}
