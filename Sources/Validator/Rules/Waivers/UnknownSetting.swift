import Catalog
import Localization

extension Rule {
  static let unknownSetting = Rule(
    id: "unknown-setting", group: .waivers, severity: .warning,
    title: LocalizedText(
      zh: "datapackage.json 中的规则设置无效",
      en: "an invalid rule setting in datapackage.json"),
    reason: LocalizedText(
      zh: "写错的设置不起作用，检查仍按原来的方式进行。",
      en: "A misspelt setting has no effect: the check goes on as before."),
    source: LocalizedText(zh: "README 编辑目录一节", en: "README, editing a catalog"),
    fix: LocalizedText(
      zh: "规则写 `onevisit rules` 列出的标识；级别写 error、warning、note 或 off；数值设置见 `onevisit rules 规则名`。",
      en:
        "Use a rule id that `onevisit rules` lists; a severity is error, warning, note or off; `onevisit rules RULE` lists the settings of a rule."
    ),
    triggers: [
      Example(files: ["datapackage.json": #"↓{"onevisit": {"rules": {"general-leads": "off"}}}"#]),
      Example(files: ["datapackage.json": #"↓{"onevisit": {"rules": {"general-lead": "fatal"}}}"#]),
      Example(files: ["datapackage.json": #"↓{"onevisit": {"rules": {"isolated-deadline": {"days": 5}}}}"#]),
    ],
    passes: [
      Example(files: [
        "datapackage.json": #"""
        {"onevisit": {"rules": {"general-lead": "off", "overdue": "warning",
                                "isolated-deadline": {"severity": "warning", "run": 5}}}}
        """#
      ])
    ],
    check: .catalog { context in
      let settings = context.catalog.settings
      for (id, setting) in settings.rules.sorted(by: { $0.key < $1.key }) {
        if context.customRules.contains(id) { continue }
        guard let rule = RuleBook.rule(id) else {
          let hint = Phrase.nearest(Nearness.nearest(to: id, among: RuleBook.rules.map(\.id)))
          context.report(
            .id(id), at: settings.position(of: id),
            LocalizedText(
              zh: "没有“\(Phrase.quoted(id))”这条规则\(hint.zh)", en: "no rule called “\(Phrase.quoted(id))”\(hint.en)"))
          continue
        }
        if let severity = setting.severity, Severity(rawValue: severity) == nil {
          context.report(
            .id(id), at: settings.position(of: id),
            LocalizedText(
              zh: "规则 \(id) 的级别“\(Phrase.quoted(severity))”不是 error、warning、note 或 off",
              en: "the severity “\(Phrase.quoted(severity))” of the rule \(id) is not error, warning, note or off")
          )
        }
        for name in setting.values.keys.sorted() where !rule.settings.contains(where: { $0.name == name }) {
          context.report(
            .id(id), at: settings.position(of: id),
            LocalizedText(
              zh: "规则 \(id) 没有“\(Phrase.quoted(name))”这项设置",
              en: "the rule \(id) has no setting “\(Phrase.quoted(name))”")
          )
        }
      }
    })
}
