import Catalog
import Localization

extension Rule {
  static let mixedBrackets = Rule(
    id: "mixed-brackets", group: .wording, severity: .warning,
    title: LocalizedText(zh: "全角半角括号混用", en: "half- and full-width brackets in one text"),
    reason: LocalizedText(
      zh: "同一名称里括号宽度不一，检索、比对和合并时会被当成不同的名称。",
      en: "A name with brackets of both widths is treated as another name in searching, comparing and merging."),
    source: LocalizedText(
      zh: "附件1、附件2统一使用半角括号；§二（五）：“开展政务类数据统一规范梳理和结构化处理”",
      en: "Annexes 1 and 2 use half-width brackets throughout; §二(五): data are uniform (统一规范)"),
    fix: LocalizedText(
      zh: "统一成一种宽度，与清单其他各处一致。",
      en: "Use one width, that of the rest of the list."),
    triggers: [
      Example(
        matters: ["2-053,second,53,enterprise,↓我要开医疗器械企业(眼镜店）,市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-053,second,53,enterprise,我要开药店,市场监管部门,2022年12月底"],
        items: ["2-053,1,↓户口迁移（全日制）(毕业生),公安部门"]),
    ],
    passes: [
      Example(matters: ["2-053,second,53,enterprise,我要开医疗器械企业(眼镜店),市场监管部门,2022年12月底"]),
      Example(matters: ["2-053,second,53,enterprise,我要开医疗器械企业（眼镜店）,市场监管部门,2022年12月底"]),
    ],
    // Full-width brackets are rare, so the trait selects few texts.
    check: .text(.otherBracket) { text in
      let scalars = text.unicodeScalars
      guard let half = scalars.first(where: { "()[]{}".unicodeScalars.contains($0) }),
        let full = scalars.first(where: { "（）［］｛｝".unicodeScalars.contains($0) })
      else { return nil }
      return {
        LocalizedText(
          zh: "“\(text.quoted)”中半角括号“\(half)”与全角括号“\(full)”混用",
          en: "“\(text.quoted)” contains the half-width bracket “\(half)” and the full-width “\(full)”")
      }
    })
}
