import Catalog
import Localization

extension Rule {
  /// Applies to matters with a row in the progress table: `report-overdue` reports a matter without one, and
  /// `unrecorded-progress` a list without any. A missing plan and missing deliverables are reported here and not again by
  /// their own rules. What is due is what the matter's list owes (`OwedDeliverables`).
  static let overdue = Rule(
    id: "overdue", group: .deadlines, severity: .error,
    title: LocalizedText(
      zh: "已过完成时限，记录显示尚未完成",
      en: "past the due date and not complete on record"),
    reason: LocalizedText(
      zh: "对推进不及时、落实不到位的要通报；逾期应当在通报之前发现。",
      en: "Delays are criticised in public (通报); they should be found before that."),
    source: LocalizedText(
      zh:
        "§三（三）：第一批“于规定时间内完成优化提升工作，并于2023年1月底前报送总结材料”；第二批报送“一份指南、一张表单、一套材料、一次提交等完成情况”，“并上线江西政务服务网和‘赣服通’平台实现办理”；“对工作推进不及时、落实不到位的进行通报”",
      en:
        "§三(三): the first list is improved within its deadline (于规定时间内完成优化提升工作) and sends a summary by the end of January 2023; the second has one guide, one form, one set of materials, one submission, and is online on the Jiangxi portal and in Ganfutong; delays are criticised in public (进行通报)"
    ),
    fix: LocalizedText(
      zh: "已完成的，在 progress 表补记日期；未完成的，请牵头部门抓紧办理，或依程序调整时限。",
      en:
        "Enter the dates in the progress table if it is done; otherwise ask the lead to complete it, or have the deadline changed."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [
          .progress: ["2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31,↓"]
        ]),
      // A row without dates, beside one with dates.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [
          .progress: [
            "2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31,2022-12-31",
            "2-002,,↓,,,,,",
          ]
        ]),
      // The first list owes the improvement; that it is online does not stand for it.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,2022-05-10,2022-05-10,2023-01-12,↓"]]),
    ],
    passes: [
      // Complete, though late; not recorded; not due yet; recurring; and open.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
          "2-013,second,13,individual,义务教育入学,市教育局,每年1月5日前",
          "2-014,second,14,individual,转学,市教育局,持续推进",
        ],
        tables: [
          .progress: [
            "2-001,2022-12-30,2022-12-30,2022-12-30,2023-01-04,2023-01-04,2023-01-10,2023-01-15",
            "2-012,2023-01-10,2023-01-10,,,,,",
            "2-013,2023-01-10,2023-01-10,,,,,",
            "2-014,2023-01-10,2023-01-10,,,,,",
          ]
        ]),
      // The first list owes no guide, form, materials or submission.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,,,,2022-12-31"]]),
      // On the due date itself.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-30,2022-12-30,,,,,"]], asOf: "2022-12-31"),
      // Nothing is recorded.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"], tables: [.progress: ["2-001,,,,,,,"]]),
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let record = ProgressRecord(catalog)
      for (index, entry) in record.entries {
        let matter = catalog.matters[index]
        guard let due = catalog.due(matter), let late = record.daysLate(matter, due: due, on: context.day),
          entry.isMissingAny
        else { continue }
        let missing = entry.missing
        var label: LocalizedText { catalog.label(matter) }
        // The first list reports on a fixed day after the due date.
        let isReportLate = catalog.reportWindow(of: matter).map { $0.closes < context.day } ?? false
        let what = Phrase.deliverables((isReportLate ? entry.missingReports : []) + missing)
        context.report(
          .matter(index), at: catalog.progress[entry.row].position(of: missing[0]),
          related: [(.matter(index), catalog.position(matter, .deadline))],
          LocalizedText(
            zh: "\(label.zh)最迟应于\(due.chinese)完成，已逾期 \(late) 天，尚无记录：\(what.zh)",
            en:
              "\(label.en) was due on \(due) and is \(Phrase.count(late, "day")) late; there is no record of: \(what.en)"
          ))
      }
    })
}
