import Catalog
import Localization

extension Rule {
  static let similarName = Rule(
    id: "similar-name", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "只差一字却分别登记的名称",
      en: "two registered names that differ by one character"),
    reason: LocalizedText(
      zh:
        "两个长名称只差一个字（错、漏、多、颠倒），或只差“证”“许可”“核发”、书名号、全半角，多半是同一个，因为笔误登记成了两个。含义相对的字（设立/变更/注销、水/电/气、第二/第三、非、不…）、有规律地成组出现的差别不算。",
      en:
        "Two long names that differ by one wrong, missing, added or swapped character, or only in 证, 许可, 核发, book title marks or character width, are usually one name that was registered twice by mistake. Differences that carry meaning (numbers, opposites, negations) or recur in groups are accepted."
    ),
    source: LocalizedText(
      zh: "§二（五）：“开展政务类数据统一规范梳理和结构化处理”；附件2第1项“无雇佣……”与第6项“无雇工……”",
      en: "§二(五): data are uniform and structured (统一规范); 无雇佣… in number 1 and 无雇工… in number 6 of annex 2"),
    fix: LocalizedText(
      zh: "若是同一个，并成一行，另一写法列为别名；若不同，登记豁免并说明区别。",
      en:
        "If they are the same, merge them into one row with the other form as an alias; if not, add a waiver that explains the difference."
    ),
    triggers: [
      Example(tables: [
        .approvals: [
          "a,无雇佣个体工商户及灵活就业人员参加养老保险登记,,registration,", "b,↓无雇工个体工商户及灵活就业人员参加养老保险登记,,registration,",
        ]
      ]),
      Example(tables: [
        .approvals: ["a,公共场所卫生许可证核发,,licence,", "b,↓公共场所卫生许可,,licence,"]
      ]),
      Example(tables: [
        .approvals: ["a,旅馆业特种行业许可核准,,licence,", "b,↓旅馆业特种行业可许核准,,licence,"]
      ]),
      Example(tables: [
        .departments: [
          "a,市人社局,市人力资源和社会保障局,人社部门,,city-department", "b,市人保局,↓市人力资源社会保障局,人保部门,,city-department",
        ],
        .approvals: [],
      ]),
    ],
    passes: [
      Example(tables: [
        .approvals: [
          "a,股权出质变更登记,,registration,", "b,股权出质注销登记,,registration,", "c,股权出质撤销登记,,registration,",
          "d,第二类医疗器械经营备案,,filing,", "e,第三类医疗器械经营备案,,filing,", "f,水表过户,,transfer,", "g,电表过户,,transfer,",
          "h,出具死亡证明(正常死亡),,certificate,", "i,出具死亡证明(非正常死亡),,certificate,",
        ]
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let approvals = catalog.approvals
      let departments = catalog.departments
      for pair in SimilarNames.pairs(approvals.map { ($0.id, [$0.name] + $0.aliases) }) {
        context.report(
          .approval(pair.second.owner),
          at: approvals[pair.second.owner].position(of: pair.second.name == 0 ? \.name : \.aliases),
          related: [
            (
              .approval(pair.first.owner),
              approvals[pair.first.owner].position(of: pair.first.name == 0 ? \.name : \.aliases)
            )
          ],
          SimilarNames.message(pair, "单项事项", "approvals"))
      }
      for pair in SimilarNames.pairs(departments.map { ($0.id, [$0.short, $0.full, $0.general] + $0.aliases) })
      // Those of two regions have similar names: 甲县公安局, 乙县公安局.
      where departments[pair.first.owner].regionIndex == departments[pair.second.owner].regionIndex {
        context.report(
          .department(pair.second.owner),
          at: departments[pair.second.owner].position(of: departmentPath(pair.second.name)),
          related: [
            (.department(pair.first.owner), departments[pair.first.owner].position(of: departmentPath(pair.first.name)))
          ],
          SimilarNames.message(pair, "部门", "departments"))
      }
    })

  /// The property that holds a department's name, by its number among the names compared: short, full, general, aliases.
  private static func departmentPath(_ name: Int) -> PartialKeyPath<Department> {
    switch name {
    case 0: \.short
    case 1: \.full
    case 2: \.general
    default: \.aliases
    }
  }
}
