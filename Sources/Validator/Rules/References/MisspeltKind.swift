import Catalog
import Localization

extension Rule {
  static let misspeltKind = Rule(
    id: "misspelt-kind", group: .references, severity: .warning,
    title: LocalizedText(zh: "写错的类别", en: "a misspelt kind"),
    reason: LocalizedText(
      zh: "类别由各地自定；只有一两条用它，而很多条用的是与它相近的另一个，多半是写错，按类别统计时就漏掉。",
      en:
        "Each city chooses its kinds. One that an entry or two has while many have one like it is probably misspelt, and is missed where entries are counted by kind."
    ),
    source: LocalizedText(zh: "catalog/README.md 部门登记表、事项登记表的类别", en: "the kinds in the registers, catalog/README.md"),
    fix: LocalizedText(zh: "改成常用的类别；确是另一类的，加豁免说明理由。", en: "Write the usual kind, or add a waiver with a reason."),
    triggers: [
      Example(tables: [
        .departments: usual + ["sports,市体育局,,体育部门,,↓city-departmen"]
      ]),
      Example(tables: [
        .departments: usual + ["sports,市体育局,,体育部门,,↓city-departmentcity-department"]
      ]),
      Example(tables: [
        .departments: usual + ["sports,市体育局,,体育部门,,↓health"]
      ]),
    ],
    passes: [
      Example(tables: [
        .departments: usual + ["bank,银行,,,,financial"]
      ])
    ],
    correction: .suggested,
    check: .catalog { context in
      let catalog = context.catalog
      let ids = Set(catalog.departments.map(\.id) + catalog.approvals.map(\.id))
      let departments = KindUse(catalog.departments.map(\.kind), ids)
      for (index, department) in catalog.departments.enumerated() {
        guard let problem = departments.problem(department.kind), department.id != department.kind else { continue }
        context.report(
          .department(index), at: department.position(of: \.kind),
          message(
            LocalizedText(zh: "部门 \(department.id) ", en: "the department \(department.id)"), department.kind, problem),
          corrected: problem.usual)
      }
      let approvals = KindUse(catalog.approvals.map(\.kind), ids)
      for (index, approval) in catalog.approvals.enumerated() {
        guard let problem = approvals.problem(approval.kind), approval.id != approval.kind else { continue }
        context.report(
          .approval(index), at: approval.position(of: \.kind),
          message(LocalizedText(zh: "单项事项 \(approval.id) ", en: "the approval \(approval.id)"), approval.kind, problem),
          corrected: problem.usual)
      }
    })

  private static let usual = [
    "civil-affairs,市民政局,,民政部门,,city-department", "health,市卫健委,,卫健部门,,city-department",
    "education,市教育局,,教育部门,,city-department",
  ]

  private static func message(_ entry: LocalizedText, _ kind: String, _ problem: KindUse.Problem) -> LocalizedText {
    switch problem {
    case .id:
      LocalizedText(
        zh: "\(entry.zh)的类别“\(kind)”是一条登记的标识", en: "\(entry.en) has the kind “\(kind)”, which is the id of an entry")
    case .near(let usual, let count):
      LocalizedText(
        zh: "\(entry.zh)的类别“\(kind)”只有它用；与它相近的“\(usual)”有 \(count) 条",
        en: "\(entry.en) has the kind “\(kind)”; \(Phrase.count(count, "entry", "entries")) have “\(usual)”")
    }
  }
}

/// How often the kinds of a register are used.
private struct KindUse {
  enum Problem {
    /// It is the id of an entry.
    case id
    case near(String, Int)

    /// The kind that is likely meant.
    var usual: String? { if case .near(let kind, _) = self { kind } else { nil } }
  }

  private let problems: [String: Problem]

  init(_ kinds: [String], _ ids: Set<String>) {
    var counts: [String: Int] = [:]
    for kind in kinds where !kind.isEmpty { counts[kind, default: 0] += 1 }
    var problems: [String: Problem] = [:]
    for (kind, count) in counts where count <= 2 {
      // The most frequent kind like it, the first of several.
      let near = counts.filter { $0.value >= 3 * count && $0.value > 2 && KindUse.isLike(kind, $0.key) }
        .min { ($1.value, $0.key) < ($0.value, $1.key) }
      if let near {
        problems[kind] = .near(near.key, near.value)
      } else if ids.contains(kind), count == 1 {
        problems[kind] = .id
      }
    }
    self.problems = problems
  }

  func problem(_ kind: String) -> Problem? { problems[kind] }

  /// Whether one is cut off, doubled, or has a letter or two wrong.
  private static func isLike(_ kind: String, _ usual: String) -> Bool {
    if kind == usual + usual { return true }
    if kind.count >= 4, usual.hasPrefix(kind) { return true }
    guard usual.count >= 5, kind.count >= 4 else { return false }
    return Nearness.distance(Array(kind.unicodeScalars), Array(usual.unicodeScalars), limit: usual.count < 8 ? 1 : 2)
      != nil
  }
}
