import Catalog
import Localization

extension Rule {
  /// No table refers to targets, so that nothing else shows that they are gone but a notice that is registered for them.
  static let emptyTargets = Rule(
    id: "empty-targets", group: .targets, severity: .warning,
    title: LocalizedText(
      zh: "目标表只剩表头，而登记有只定目标的文件",
      en: "a table of targets without a row, beside a notice that only sets targets"),
    reason: LocalizedText(
      zh: "登记了一份没有清单的文件，只能是为了其中的目标；目标一行也没有，多半是保存中断或误删，此后是否达到目标就不再统计。",
      en:
        "A notice of which there is no list can only be registered for its targets. If there is no row of them, they were probably lost in saving, and whether they are met is no longer counted."
    ),
    source: LocalizedText(
      zh: "九府办字〔2022〕99号任务4：没有清单，只定目标，如“再上线本市高频10项个人和40个企业‘一事通办’服务”",
      en:
        "九府办字〔2022〕99号, task 4: it has no list and sets targets, such as 10 services for individuals and 40 for enterprises"
    ),
    fix: LocalizedText(
      zh: "从备份恢复这张表；文件没有目标的，从文件登记表删去它；不统计目标的，连 targets.csv 一起删去，并从 datapackage.json 删去它。",
      en:
        "Restore the table from a copy; if the notice sets no targets, remove it from the notices; if targets are not to be counted, delete targets.csv and its entry in datapackage.json."
    ),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
        "targets.csv": "↓id,notice,list,audience,count,after,deadline,text\n",
      ])
    ],
    passes: [
      // A list that has no matter yet: the registers are those of another catalog.
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
        "targets.csv": "id,notice,list,audience,count,after,deadline,text\n",
      ]),
      // Every notice has a list.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [
          .notices: ["jiujiang-128-2022,九府办字〔2022〕128号,方案,九江市人民政府办公室,2022-12-30"],
          .lists: ["second,2,jiujiang-128-2022,附件2,清单(1项),1"], .targets: [],
        ]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard catalog.targets.isEmpty, !catalog.lists.isEmpty, !catalog.matters.isEmpty,
        let source = catalog.sources.firstIndex(where: { $0.columns[.targets] != nil && $0.csv != nil }),
        let csv = catalog.sources[source].csv, !csv.header.isEmpty, catalog.sources[source].columns.count == 1,
        !catalog.issues.contains(.all, in: [.targets])
      else { return }
      if case .csv = catalog.origin { return }
      // A list whose notice is not found may be of any.
      let ofLists = catalog.lists.map(\.noticeIndex)
      guard !ofLists.contains(nil), let notice = catalog.notices.indices.first(where: { !ofLists.contains($0) }) else {
        return
      }
      let held = Set(catalog.matters.lazy.compactMap(\.list))
      guard held.count == catalog.lists.count else { return }
      let position = SourcePosition.row(source: source, table: .targets, offset: csv.headerStart)
      let file = context.file(of: position)
      let number = catalog.notices[notice].number
      context.report(
        .table(.targets), at: position,
        LocalizedText(
          zh: "\(file) 只有表头，没有一行；而登记的文件 \(number) 没有清单，只能是为了其中的目标",
          en:
            "\(file) has a header and no rows, though the notice \(number) has no list and must be registered for its targets"
        ))
    })
}
