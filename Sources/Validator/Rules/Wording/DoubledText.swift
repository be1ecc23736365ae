import Catalog
import Localization

extension Rule {
  /// Of a name that is looked up in a register, `unknown-department` and `unknown-approval` report the difference.
  static let doubledText = Rule(
    id: "doubled-text", group: .wording, severity: .warning,
    title: LocalizedText(zh: "同样的文字写了两遍", en: "a text that is written twice"),
    reason: LocalizedText(
      zh: "粘贴了两次，或两格合成了一格；名称与文件所印不同，按名称检索和比对时找不到。",
      en:
        "It was pasted twice, or two cells were merged into one; the name is not the printed one, and a search misses it."
    ),
    source: LocalizedText(
      zh: "附件1、附件2的“一件事一次办”名称", en: "the names of the matters in annexes 1 and 2"),
    fix: LocalizedText(zh: "删去多出的一遍。", en: "Delete one of the two."),
    triggers: [
      Example(matters: ["1-002,first,2,individual,↓公民婚育公民婚育,市民政局,2022年12月底"]),
      Example(tables: [.departments: ["health,市卫健委,↓市卫生健康委员会市卫生健康委员会,卫健部门,,city-department"]]),
    ],
    passes: [
      Example(matters: ["2-209,second,209,enterprise,我要开娃娃机室,市场监管部门/行政审批部门,2023年12月底"])
    ],
    check: .text(.doubled) { text in
      {
        let half = text.unicodeScalars.prefix(text.unicodeScalars.count / 2)
        return LocalizedText(
          zh: "“\(String(half).quoted)”写了两遍", en: "“\(String(half).quoted)” is written twice")
      }
    })
}
