import Catalog
import Localization

extension Rule {
  static let looseSeparator = Rule(
    id: "loose-separator", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "首尾多余或重复的顿号、逗号、斜杠",
      en: "a leading, trailing or repeated separator"),
    reason: LocalizedText(
      zh: "单元格以“、”“，”“/”开头或结尾，多半是后面（或前面）还有一个部门或事项没有录入。",
      en: "A cell that begins or ends with a separator usually lacks a department or an item."),
    source: LocalizedText(
      zh: "§三（一）：“明确责任分工”；§二（五）：“数据统一规范”",
      en: "§三(一): responsibilities are made clear; §二(五): data are uniform"),
    fix: LocalizedText(
      zh: "对照原文补上漏录的内容，或删去多余的分隔符。",
      en: "Compare with the notice: add what is missing, or delete the separator."),
    triggers: [
      Example(
        matters: ["2-008,second,8,individual,养犬,↓市农业农村局、,2022年12月底"], items: ["2-008,1,↓办理犬类免疫证/,农业农村部门"]),
      Example(matters: ["2-008,second,8,individual,养犬,↓市农业农村局、、市公安局,2022年12月底"]),
    ],
    passes: [
      Example(
        matters: ["2-008,second,8,individual,养犬,市农业农村局、市公安局,2022年12月底,,,/"],
        items: ["2-008,1,办理犬类免疫证,农业农村部门"])
    ],
    check: .text(.looseSeparator) { text in
      let separators = "、,，;；/／".unicodeScalars
      let scalars = text.unicodeScalars
      if let first = scalars.first, separators.contains(first) {
        return {
          LocalizedText(
            zh: "“\(text.quoted)”以分隔符“\(first)”开头", en: "“\(text.quoted)” begins with the separator “\(first)”")
        }
      }
      if let last = scalars.last, separators.contains(last) {
        return {
          LocalizedText(zh: "“\(text.quoted)”以分隔符“\(last)”结尾", en: "“\(text.quoted)” ends with the separator “\(last)”")
        }
      }
      return {
        LocalizedText(zh: "“\(text.quoted)”有连续的“、”", en: "“\(text.quoted)” has “、” twice in a row")
      }
    })
}
