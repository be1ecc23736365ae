import Catalog
import Localization

extension Rule {
  static let straySpace = Rule(
    id: "stray-space", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "多余的空格或换行",
      en: "superfluous spaces or line breaks"),
    reason: LocalizedText(
      zh: "首尾的空格看不见，中文之间的空格是排版的痕迹；带着它们，名称对不上、查不到。英文单词之间的一个空格不算。",
      en:
        "Leading and trailing spaces are invisible, and those between Chinese characters come from typesetting; a name with them does not match and is not found. A single space between Latin words is accepted."
    ),
    source: LocalizedText(
      zh: "§二（五）：“开展政务类数据统一规范梳理和结构化处理”；目录说明“blanks”一条：“/”旁和中西文之间的空格不属于内容",
      en:
        "§二(五): data are uniform and structured; the catalog drops spaces beside “/” and between Chinese and Latin as typesetting"
    ),
    fix: LocalizedText(
      zh: "删去空格；部门之间用“、”或“/”隔开。",
      en: "Delete the space; separate departments by “、” or “/”."),
    triggers: [
      Example(matters: ["2-102,second,102,enterprise,↓我要开 KTV,市场监管部门,2022年12月底"]),
      Example(matters: ["2-102,second,102,enterprise,↓我要开KTV ,↓市场监管部门 / 行政审批部门,↓2022 年 12 月底"]),
      Example(
        matters: ["2-102,second,102,enterprise,我要开KTV,市场监管部门,2022年12月底"], items: ["2-102,1,↓营业　执照,市场监管部门"]),
    ],
    passes: [
      Example(matters: ["2-102,second,102,enterprise,我要开Live House,市场监管部门/行政审批部门,2022年12月底"])
    ],
    correction: .text(
      { text in StraySpaces.areRemovable(from: text) ? StraySpaces(text)?.cleaned : nil },
      exists: StraySpaces.areRemovable),
    check: .text(.blank) { text in
      StraySpaces.areFound(in: text) ? { message(StraySpaces(text), in: text) } : nil
    })

  private static func message(_ found: StraySpaces?, in text: String) -> LocalizedText {
    guard let found, !found.cleaned.isEmpty else {
      return LocalizedText(zh: "单元格里只有空格", en: "the cell contains only spaces")
    }
    let more = found.count - 1
    return LocalizedText(
      zh: "“\(text.quoted)”第 \(found.position) 个字符是多余的\(found.zh)"
        + (more > 0 ? "（另有 \(more) 处）" : "") + "，应写作“\(found.cleaned.quoted)”"
        + (found.isLineBreak ? "；若上下是两个名称，中间应为“、”" : ""),
      en: "“\(text.quoted)”: character \(found.position) is a superfluous \(found.en)"
        + (more > 0 ? " (and \(more) more)" : "") + "; it should be “\(found.cleaned.quoted)”"
        + (found.isLineBreak ? ", or “、” between two names" : ""))
  }
}
