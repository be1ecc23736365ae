import Catalog
import Localization

extension Rule {
  /// Of a name that is looked up in a register, `unknown-department` and `unknown-approval` report the difference.
  static let traditionalCharacter = Rule(
    id: "traditional-character", group: .wording, severity: .warning,
    title: LocalizedText(zh: "简体清单中的繁体字", en: "a traditional character in a simplified list"),
    reason: LocalizedText(
      zh: "繁体字与简体字不是同一个字符：按名称检索和比对时找不到，多半是输入法或转换软件所致。",
      en:
        "A traditional character is another character than the simplified one: a search for the name does not find it."),
    source: LocalizedText(
      zh: "《国家通用语言文字法》第九条：国家机关以规范汉字为公务用字；附件1、附件2",
      en:
        "annexes 1 and 2, and the law on the common language, article 9: state organs write standard (simplified) characters"
    ),
    fix: LocalizedText(zh: "改为规范的简体字。", en: "Write the simplified character."),
    triggers: [
      Example(matters: ["2-037,second,37,enterprise,↓我要開饭店,市场监管部门,2022年12月底"]),
      Example(matters: ["1-001,first,1,individual,↓新生兒出生,市卫健委,2022年12月底"]),
    ],
    passes: [
      Example(matters: ["2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底"])
    ],
    check: .text(.traditional) { text in
      guard let character = CharacterSets.traditional.first(in: text) else { return nil }
      return {
        LocalizedText(
          zh: "“\(text.quoted)”中有繁体字“\(character)”", en: "“\(text.quoted)” has the traditional character “\(character)”"
        )
      }
    })
}
