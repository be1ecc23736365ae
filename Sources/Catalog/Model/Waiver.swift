import Localization

/// A finding that is accepted for a reason (豁免).
package struct Waiver: TableRow {
  package var rule = ""
  /// A matter (`2-081`), a run of matters (`2-029..2-033`), an item (`2-037.8`), a department, an approval, a list …
  package var subject = ""
  package var reason = ""
  /// How many subjects (matters, items …) it covers; nil if it does not say.
  package var count: Int?
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  package static let schema = TableSchema<Waiver>(
    .waivers, key: ["rule", "subject"],
    about: LocalizedText(zh: "对检查结果的豁免及理由。", en: "Findings that are accepted, each with its reason."),
    [
      Field(
        "rule", zh: "规则", .identifier, \.rule, required: true, xml: .attribute,
        about: LocalizedText(zh: "规则标识。", en: "Id of the rule.")),
      Field(
        "subject", zh: "对象", .subject, \.subject, required: true, xml: .attribute,
        about: LocalizedText(zh: "豁免的对象。", en: "What is waived.")),
      Field("reason", zh: "理由", .sentence, \.reason, xml: .content, about: LocalizedText(zh: "理由。", en: "Why.")),
      Field(
        "count", zh: "项数", .number(from: 1), \.count, xml: .attribute,
        about: LocalizedText(
          zh: "豁免涉及几项（几个事项、关联事项……）；填了以后，多出的会报告。",
          en: "How many subjects (matters, items …) it covers; if given, more are reported.")),
    ])
}
