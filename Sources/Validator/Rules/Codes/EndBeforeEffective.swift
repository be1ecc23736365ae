import Catalog
import Localization

extension Rule {
  static let endBeforeEffective = Rule(
    id: "end-before-effective", group: .identity, severity: .error,
    title: LocalizedText(zh: "失效日期早于生效日期", en: "an approval that ends before it is in force"),
    reason: LocalizedText(
      zh: "没有一天有效，两个日期必有一个填错；门户按日期上下架，会一直不显示这个事项。",
      en:
        "It would be in force on no day: one of the two is wrong. A portal that goes by these days never shows the service."
    ),
    source: LocalizedText(
      zh: "catalog/README.md 事项登记表的生效日期、失效日期", en: "the first and the last day in force, catalog/README.md"),
    fix: LocalizedText(
      zh: "改正生效日期（effective）或失效日期（ends）；不知道的留空。",
      en: "Correct `effective` or `ends`; leave empty what is not known."),
    triggers: [
      Example(tables: [.approvals: ["x-1,甲许可,,licence,,,,,2,in-force,2024-01-01,↓2023-12-31"]])
    ],
    passes: [
      Example(tables: [
        .approvals: [
          "x-1,甲许可,,licence,,,,,2,in-force,2024-01-01,2024-01-01", "x-2,乙许可,,licence,,,,,,,,2023-12-31",
        ]
      ])
    ],
    check: .catalog { context in
      for (index, approval) in context.catalog.approvals.enumerated() {
        guard let effective = approval.effective, let ends = approval.ends, ends < effective else { continue }
        let entry = context.catalog.entry(approval)
        context.report(
          .approval(index), at: approval.position(of: \.ends),
          related: [(.approval(index), approval.position(of: \.effective))],
          LocalizedText(
            zh: "\(entry.zh)失效日期（ends）\(ends) 早于生效日期（effective）\(effective)",
            en: "\(entry.en)the last day (`ends`) \(ends) is before the first (`effective`), \(effective)"))
      }
    })
}
