import Catalog
import Localization

extension Rule {
  /// Applies to matters that are recorded as online, on the portal or in the app, because that is the last step of
  /// §三(三); before it, a matter is in progress. Once the due date has passed, `overdue` reports what is missing. A list that
  /// does not owe being online (the first) has been online before: its matters are in progress until the due date.
  static let incompleteDeliverables = Rule(
    id: "incomplete-deliverables", group: .deadlines, severity: .warning,
    title: LocalizedText(
      zh: "已上线，但完成情况不全",
      en: "online, but not all deliverables are recorded"),
    reason: LocalizedText(
      zh: "清单（lists 表 deliverables 栏）要求的一份指南、一张表单、一套材料、一次提交缺一不可，两个平台都要能办，才算“一件事一次办”。",
      en:
        "What the list owes (`deliverables` of the lists) is required as a whole: one guide, one form, one set of materials and one submission, on both platforms; without one of them the service is not complete."
    ),
    source: LocalizedText(
      zh: "§三（三）：第二批“将具体实施方案，及一份指南、一张表单、一套材料、一次提交等完成情况报市政务服务管理办公室，并上线江西政务服务网和‘赣服通’平台实现办理”",
      en:
        "§三(三), of the second list: one guide, one form, one set of materials, one submission (一份指南、一张表单、一套材料、一次提交), online on the Jiangxi portal and in Ganfutong"
    ),
    fix: LocalizedText(
      zh: "已完成的，在 progress 表补记日期；未完成的，在完成时限前补齐。",
      en: "Enter the dates in the progress table if it is done; otherwise complete it before the due date."),
    triggers: [
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,2023-01-10,2023-01-10,↓,2023-01-11,2023-01-12,2023-01-13,2023-01-14"]]),
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,2023-01-10,2023-01-10,2023-01-10,2023-01-11,2023-01-12,2023-01-13,↓"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
          "2-013,second,13,individual,义务教育入学,市教育局,2023年6月底",
        ],
        tables: [
          .progress: [
            // Complete; and in progress.
            "2-012,2023-01-10,2023-01-10,2023-01-10,2023-01-11,2023-01-12,2023-01-13,2023-01-14",
            "2-013,2023-01-10,2023-01-10,2023-01-10,2023-01-11,,,",
          ]
        ]),
      // The first list was online before, and does not owe the deliverables of the second.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2023年6月底"],
        tables: [.progress: ["1-001,,,,,,2022-05-10,2022-05-10,,"]]),
      // Its due date has passed: `overdue` reports it.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-30,2022-12-30,,2022-12-30,2022-12-31,2022-12-31,2022-12-31"]]),
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let record = ProgressRecord(catalog)
      let day = context.day
      for (index, entry) in record.entries {
        let platforms = entry.owed.platforms.filter { entry.isDone($0, on: day) }
        guard !platforms.isEmpty, entry.isMissingAny else { continue }
        let missing = entry.missing
        let matter = catalog.matters[index]
        guard record.daysLate(matter, due: catalog.due(matter), on: day) == nil else { continue }
        var label: LocalizedText { catalog.label(matter) }
        let online = Phrase.dated(
          platforms.compactMap { platform in entry.dates[platform.rawValue].map { (platform, $0) } })
        let what = Phrase.deliverables(missing)
        context.report(
          .matter(index), at: catalog.progress[entry.row].position(of: missing[0]),
          LocalizedText(
            zh: "\(label.zh)已上线（\(online.zh)），但尚无记录：\(what.zh)",
            en: "\(label.en) is online (\(online.en)), but there is no record of: \(what.en)"))
      }
    })
}
