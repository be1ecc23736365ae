import Catalog
import Localization

extension Rule {
  /// Applies to matters that are recorded as online, on the portal or in the app, because that is the last step of
  /// §三(三); before it, a matter is in progress. Once the due date has passed, `overdue` reports what is missing.
  static let incompleteDeliverables = Rule(
    id: "incomplete-deliverables", group: .deadlines, severity: .warning,
    title: LocalizedText(
      zh: "已上线，但完成情况不全",
      en: "online, but not all deliverables are recorded"),
    reason: LocalizedText(
      zh: "一份指南、一张表单、一套材料、一次提交缺一不可，两个平台都要能办，才算“一件事一次办”。",
      en:
        "One guide, one form, one set of materials and one submission are all required, on both platforms; without one of them the service is not complete."
    ),
    source: LocalizedText(
      zh: "§三（三）：一份指南、一张表单、一套材料、一次提交等完成情况，并上线江西政务服务网和“赣服通”平台实现办理",
      en:
        "§三(三): one guide, one form, one set of materials, one submission (一份指南、一张表单、一套材料、一次提交), online on the Jiangxi portal and in Ganfutong"
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
        guard entry.isDone(.portal, on: day) || entry.isDone(.app, on: day) else { continue }
        guard entry.isMissingAny else { continue }
        let missing = entry.missing
        let matter = catalog.matters[index]
        guard record.daysLate(matter, due: catalog.due(matter), on: day) == nil else { continue }
        var label: LocalizedText { catalog.label(matter) }
        let online = Phrase.dated(
          [.portal, .app].compactMap { platform in
            entry.isDone(platform, on: day) ? entry.dates[platform.rawValue].map { (platform, $0) } : nil
          })
        let what = Phrase.deliverables(missing)
        context.report(
          .matter(index), at: catalog.progress[entry.row].position(of: missing[0]),
          LocalizedText(
            zh: "\(label.zh)已上线（\(online.zh)），但尚无记录：\(what.zh)",
            en: "\(label.en) is online (\(online.en)), but there is no record of: \(what.en)"))
      }
    })
}
