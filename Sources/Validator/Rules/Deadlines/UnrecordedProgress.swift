import Catalog
import Deadlines
import Localization

extension Rule {
  /// A waiver of the list is meant for either statement, and goes when the progress is recorded, so that the rule does not count
  /// as one that depends on the day. What counts is what the list owes (`OwedDeliverables`): that the first list has been online since May 2022 says nothing
  /// of its improvement.
  static let unrecordedProgress = Rule(
    id: "unrecorded-progress", group: .deadlines, severity: .note,
    title: LocalizedText(
      zh: "没有完成情况记录，逾期情况未知",
      en: "no recorded progress of a list, or of its matters that are past due"),
    reason: LocalizedText(
      zh: "没有记录，逾期情况未知，只能列出日期。整份清单都没有记录的，报告一次；有的事项有记录、又没有报送期的清单，报告已过完成时限而没有记录的事项（有报送期的由 report-overdue 报告）。",
      en:
        "Without a record the overdue status is unknown: only the dates are listed. A list without any record is reported once; of a list with some records and without a report window, the matters that are past due and have none (with a report window, `report-overdue` reports them)."
    ),
    source: LocalizedText(
      zh: "§三（三）：第一批“完成优化提升工作，并于2023年1月底前报送总结材料”，第二批“将具体实施方案……等完成情况报市政务服务管理办公室”；“加强对‘一件事一次办’工作推进情况的监测分析”",
      en:
        "§三(三): the leads of the first list send a summary (总结材料), those of the second report what is done (完成情况), and progress is monitored (监测分析)"
    ),
    fix: LocalizedText(
      zh: "在 progress 表为该清单的事项各记一行，在清单要求的各栏（lists 表 deliverables）填入完成的日期。",
      en:
        "Add a row to the progress table for each matter of the list, with the dates on which the work was done, in the columns that the list owes (`deliverables` in the lists table)."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.lists: ["↓second,2,jiujiang-128-2022,附件2,清单(1项),1"]]),
      // A table with every id and no date yet; and a record of the other list.
      Example(
        matters: [
          "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底",
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.progress: ["1-001,,,,,,,,2023-01-10,", "2-001,,,,,,,"]],
        at: [.position("progress.csv", line: 1, column: 1)]),
      // Online since 2022, which the first list does not owe.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,2022-05-10,2022-05-10,,"]],
        at: [.position("progress.csv", line: 1, column: 1)]),
      // A list without a report window, of which one of two matters has a record.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [
          .lists: ["second,2,jiujiang-128-2022,附件2,清单(2项),2"], .progress: ["2-001,2023-01-10,,,,,,"],
        ],
        at: [.position("progress.csv", line: 1, column: 1)]),
    ],
    passes: [
      // Not past due, without a due date, and with a row of its own, which `overdue` judges.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2023年6月底",
          "2-003,second,3,individual,退休,市人社局,持续推进",
          "2-004,second,4,individual,入学,市教育局,2022年12月底",
        ],
        tables: [
          .lists: ["second,2,jiujiang-128-2022,附件2,清单(4项),4"],
          .progress: ["2-001,2023-01-10,,,,,,", "2-004,,,,,,,"],
        ]),
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [.progress: ["2-001,2023-01-10,,,,,,"]]),
      // No matter of it has a due date.
      Example(matters: ["2-014,second,14,individual,转学,市教育局,持续推进"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let record = ProgressRecord(catalog)
      var dated = [Int](repeating: 0, count: catalog.lists.count)
      for entry in context.survey.dueDays.entries { dated[entry.list] += entry.count }
      let source = catalog.sources.firstIndex { $0.columns[.progress] != nil && $0.csv != nil }
      let header = source.flatMap { index in
        catalog.sources[index].csv.map {
          SourcePosition.row(source: index, table: .progress, offset: $0.headerStart)
        }
      }
      for (index, list) in catalog.lists.enumerated() where dated[index] > 0 && !record.isRecorded(list: index) {
        let count = dated[index]
        context.report(
          .list(index), at: header ?? list.position,
          LocalizedText(
            zh: "清单 \(list.id) 没有任何完成情况记录：\(count) 项的逾期情况未知",
            en: "the list \(list.id) has no recorded progress: the overdue status of "
              + "\(Phrase.count(count, "matter")) is unknown"))
      }
      for (index, unrecorded) in UnrecordedMatters.byList(catalog, record, on: context.day) {
        context.report(.list(index), at: header ?? catalog.lists[index].position, unrecorded.message(index, catalog))
      }
    })
}

/// The matters of a list with records and without a report window that are past due and have no row of progress.
private struct UnrecordedMatters {
  private var count = 0
  private var first: [Matter] = []

  private static let named = 3

  /// By list, in the order of the lists.
  static func byList(
    _ catalog: Catalog, _ record: ProgressRecord, on day: Day
  ) -> [(list: Int, matters: UnrecordedMatters)] {
    let isJudged = catalog.lists.enumerated().map { index, list in
      record.isRecorded(list: index) && list.reportBy == nil && list.reportMonths == nil
    }
    guard isJudged.contains(true) else { return [] }
    let isPast = catalog.names(.deadline).map { catalog.deadline($0).due.map { $0 < day } ?? false }
    var found = [UnrecordedMatters](repeating: UnrecordedMatters(), count: catalog.lists.count)
    for matter in catalog.matters where isPast[matter.deadline.index] && !matter.isWithdrawn {
      guard let list = matter.list, isJudged[list], record.entry(ofMatter: matter.index) == nil else { continue }
      found[list].count += 1
      if found[list].count <= named { found[list].first.append(matter) }
    }
    return found.enumerated().filter { $1.count > 0 }.map { ($0, $1) }
  }

  func message(_ list: Int, _ catalog: Catalog) -> LocalizedText {
    let id = catalog.lists[list].id
    let ids = first.map { catalog.id($0) }
    let isMore = count > ids.count
    return LocalizedText(
      zh: "清单 \(id) 有 \(count) 项（\(ids.joined(separator: "、"))\(isMore ? " 等" : "")）已过完成时限而没有完成情况记录，逾期情况未知",
      en: "\(Phrase.count(count, "matter")) of the list \(id) (\(ids.joined(separator: ", "))\(isMore ? " …" : "")) "
        + "\(count == 1 ? "is" : "are") past due without recorded progress: whether "
        + "\(count == 1 ? "it is" : "they are") overdue is unknown")
  }
}
