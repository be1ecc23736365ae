import Catalog
import Localization

extension Rule {
  static let duplicateID = Rule(
    id: "duplicate-id", group: .identity, severity: .error,
    title: LocalizedText(
      zh: "同一标识或次序出现两次",
      en: "an id or item number that occurs twice"),
    reason: LocalizedText(
      zh: "引用这个标识的地方不知指的是哪一个；程序只认第一个。",
      en: "References to the id are ambiguous; the program uses the first one."),
    source: LocalizedText(
      zh: "附件1、附件2的序号；datapackage.json 的 primaryKey",
      en: "the numbers of annexes 1 and 2; `primaryKey` in datapackage.json"),
    fix: LocalizedText(
      zh: "重复的行删去其一；写错的标识或次序改正。",
      en: "Delete the duplicate row, or correct the id or number."),
    triggers: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "↓2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
      ]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门", "2-001,↓1,社会保险费申报,税务部门"]),
      Example(tables: [
        .departments: ["public-security,市公安局", "↓public-security,市公安局交警支队"], .approvals: [],
      ]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-11-03", "↓2-001,2022-11-04"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底",
        ],
        items: ["2-001,1,就业登记,人社部门", "2-001,2,社会保险费申报,税务部门", "1-001,1,开具出生医学证明,卫健部门"])
    ],
    check: .catalog { context in
      reportMatters(context)
      reportItems(context)
      let catalog = context.catalog
      reportRows(cells(of: \.id, in: catalog.departments), context, subject: Subject.department)
      reportRows(cells(of: \.id, in: catalog.approvals), context, subject: Subject.approval)
      reportRows(cells(of: \.id, in: catalog.notices), context, subject: Subject.notice)
      reportRows(cells(of: \.id, in: catalog.lists), context, subject: Subject.list)
      reportRows(cells(of: \.id, in: catalog.regions), context, subject: Subject.region)
      reportRows(cells(of: \.id, in: catalog.audiences), context, subject: Subject.audience)
      reportRows(cells(of: \.id, in: catalog.targets), context, subject: Subject.target)
      reportRows(cells(of: \.matter, in: catalog.progress), context, subject: Subject.progress)
      reportWaivers(context)
    })

  /// The cells of one column. Its index is looked up once for all rows.
  private static func cells<Row: TableRow>(
    of path: KeyPath<Row, String>, in rows: [Row]
  ) -> [(String, SourcePosition)] {
    let column = Row.schema.index(of: path)
    return rows.map { row in (row[keyPath: path], column.map { row.position.cell($0) } ?? row.position) }
  }

  /// The key of a waiver is its rule and its subject.
  private static func reportWaivers(_ context: RuleContext) {
    struct Key: Hashable {
      var rule: String
      var subject: String
    }
    let waivers = context.catalog.waivers
    var firstOf: [Key: Int] = [:]
    for (index, waiver) in waivers.enumerated() where !waiver.rule.isEmpty && !waiver.subject.isEmpty {
      let key = Key(rule: waiver.rule, subject: waiver.subject)
      guard let first = firstOf[key] else {
        firstOf[key] = index
        continue
      }
      context.report(
        .waiver(index), at: waiver.position(of: \.rule),
        related: [(.waiver(first), waivers[first].position(of: \.rule))],
        LocalizedText(
          zh: "\(tableName(waiver.position, context).zh)中 \(waiver.subject) 的 \(waiver.rule) 豁免了两次；只留一行，理由合在一起",
          en:
            "\(tableName(waiver.position, context).en) waives \(waiver.rule) for \(waiver.subject) twice; keep one row with both reasons"
        ))
    }
  }

  private static func reportMatters(_ context: RuleContext) {
    let catalog = context.catalog
    guard context.survey.order.hasRepeatedIDs else { return }
    let known = context.numbering
    for matter in catalog.matters where !matter.id.isEmpty {
      guard let first = catalog.firstMatter(withID: matter.id), first.index != matter.index else { continue }
      // Of two rows with one id, the wrong one is that whose list and number give another id.
      let isFirstWrong = known.isMisplaced(first) != nil && known.isMisplaced(matter) == nil
      let (wrong, other) = isFirstWrong ? (first, matter) : (matter, first)
      func message() -> LocalizedText {
        let id = catalog.id(matter)
        let names =
          first.name == matter.name
          ? LocalizedText(zh: "两行都是“\(catalog.text(matter.name))”", en: "both rows are “\(catalog.text(matter.name))”")
          : LocalizedText(
            zh: "这里是“\(catalog.text(wrong.name))”，另一处是“\(catalog.text(other.name))”",
            en: "“\(catalog.text(wrong.name))” here, “\(catalog.text(other.name))” in the other row")
        guard let expected = known.expectedID(wrong) else {
          return LocalizedText(zh: "事项标识 \(id) 重复：\(names.zh)", en: "the matter id \(id) occurs twice: \(names.en)")
        }
        return LocalizedText(
          zh: "事项标识 \(id) 重复：\(names.zh)；按清单和序号这里应为 \(expected)",
          en: "the matter id \(id) occurs twice: \(names.en); by list and number, this row should be \(expected)")
      }
      context.report(
        .matter(wrong.index), at: catalog.position(wrong, .id),
        related: [(.matter(other.index), catalog.position(other, .id))], message())
    }
  }

  private static func reportItems(_ context: RuleContext) {
    let catalog = context.catalog
    let items = catalog.items
    let irregular = context.survey.itemNumbers.irregular
    if irregular.isEmpty { return }
    // The items of a matter that is there twice are there twice with it.
    let repeated =
      context.survey.order.hasRepeatedIDs
      ? Set(
        catalog.matters.lazy.filter { !$0.id.isEmpty && catalog.firstMatter(withID: $0.id)?.index != $0.index }
          .map(\.id)) : []
    for matter in irregular.lazy.map({ catalog.matters[Int($0)] })
    where repeated.isEmpty || !repeated.contains(matter.id) {
      let range = matter.items
      // Ascending numbers have no duplicates.
      var last = 0
      var isAscending = true
      for index in range {
        guard let number = items[index].number else { continue }
        if number <= last {
          isAscending = false
          break
        }
        last = number
      }
      if isAscending { continue }
      var firstOf: [Int: Int] = [:]
      for index in range {
        guard let number = items[index].number else { continue }
        guard let first = firstOf[number] else {
          firstOf[number] = index
          continue
        }
        let item = items[index]
        context.report(
          .item(index), at: catalog.position(item, .number),
          related: [(.item(first), catalog.position(items[first], .number))],
          LocalizedText(
            zh:
              "\(catalog.id(matter)) 的第 \(number) 项重复：这里是“\(catalog.text(item.name))”，前面是“\(catalog.text(items[first].name))”",
            en:
              "item \(number) of \(catalog.id(matter)) occurs twice: “\(catalog.text(item.name))” here, “\(catalog.text(items[first].name))” before"
          ))
      }
    }
  }

  /// The table's file; in an XML document the table's title.
  private static func tableName(_ position: SourcePosition, _ context: RuleContext) -> LocalizedText {
    let sources = context.catalog.sources
    let table = position.table
    let isTable = sources.indices.contains(position.source) && sources[position.source].csv != nil
    return isTable
      ? LocalizedText(zh: "\(table.fileName) ", en: table.fileName)
      : LocalizedText(zh: table.title.zh, en: "the table of \(table.title.en)")
  }

  private static func reportRows(
    _ rows: [(id: String, position: SourcePosition)], _ context: RuleContext, subject: (Int) -> Subject
  ) {
    var firstOf: [String: Int] = [:]
    firstOf.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() where !row.id.isEmpty {
      guard let first = firstOf[row.id] else {
        firstOf[row.id] = index
        continue
      }
      context.report(
        subject(index), at: row.position, related: [(subject(first), rows[first].position)],
        {
          let file = tableName(row.position, context)
          return LocalizedText(zh: "\(file.zh)中标识 \(row.id) 重复", en: "the id \(row.id) occurs twice in \(file.en)")
        }())
    }
  }
}
