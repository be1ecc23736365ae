import Catalog
import Localization

extension Rule {
  /// Differences that `number-gap` and `duplicate-id` report are not counted here: a matter missing between others leaves
  /// a gap, but one missing at the end shows only in the count.
  static let countMismatch = Rule(
    id: "count-mismatch", group: .identity, severity: .error,
    title: LocalizedText(zh: "清单的事项数与文件宣布的不符", en: "a list with more or fewer matters than its notice announces"),
    reason: LocalizedText(
      zh: "文件宣布230项、11项；多出或缺少的事项没有依据。",
      en: "The notice announces 230 and 11 matters; there is no basis for more or fewer."),
    source: LocalizedText(
      zh: "§一（三）：“第一批11项”“新增第二批230项”；附件1、附件2的标题",
      en: "§一(三), “第一批11项”, “新增第二批230项”; the titles of annexes 1 and 2"),
    fix: LocalizedText(
      zh: "对照附件补上或删去事项；文件有修订的，改 lists.csv 的事项数。",
      en:
        "Add or remove matters according to the annex; if a later notice changed the number, correct `matters` in lists.csv."
    ),
    triggers: [
      Example(
        matters: [
          "3-001,third,1,individual,新生儿出生,市卫健委,2022年12月底",
          "3-002,third,2,individual,公民婚育,市民政局,2022年12月底",
        ],
        tables: [.lists: ["third,3,jiujiang-128-2022,附件3,清单(3项),↓3"]]),
      Example(
        matters: [
          "3-001,third,1,individual,新生儿出生,市卫健委,2022年12月底",
          "3-002,third,2,individual,公民婚育,市民政局,2022年12月底",
        ],
        tables: [.lists: ["third,3,jiujiang-128-2022,附件3,清单(1项),↓1"]]),
      Example(
        matters: ["3-001,third,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.lists: ["third,3,jiujiang-128-2022,附件3,清单(2项),↓"]]),
    ],
    passes: [
      Example(
        matters: [
          "3-001,third,1,individual,新生儿出生,市卫健委,2022年12月底",
          "3-002,third,2,individual,公民婚育,市民政局,2022年12月底",
        ],
        tables: [.lists: ["third,3,jiujiang-128-2022,附件3,清单(2项),2"]]),
      // A later notice has added one; the title is as printed.
      Example(
        matters: [
          "3-001,third,1,individual,新生儿出生,市卫健委,2022年12月底",
          "3-002,third,2,individual,公民婚育,市民政局,2022年12月底",
        ],
        tables: [.lists: ["third,3,jiujiang-128-2022,附件3,清单(1项),2"]]),
      // `number-gap` reports the missing 3-002.
      Example(
        matters: [
          "3-001,third,1,individual,新生儿出生,市卫健委,2022年12月底",
          "3-003,third,3,individual,公民婚育,市民政局,2022年12月底",
        ],
        tables: [.lists: ["third,3,jiujiang-128-2022,附件3,清单(3项),3"]]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.isMissing(.matters) else { return }
      let numbering = context.numbering
      for (index, list) in catalog.lists.enumerated() where !list.isPartial {
        // Where the column is empty, the title says it. A cell that could not be read may announce any number.
        let isUnread = list.position(of: \.announced).column.map(list.unreadable.contains) ?? false
        guard let announced = list.announced ?? (isUnread ? nil : list.countOfTitle) else { continue }
        let known = numbering.lists[index]
        let missing = numbering.gaps(in: index).open.reduce(0) { $0 + $1.numbers.count }
        let least = known.rows - known.repeated - known.uncertain
        let most = known.rows + missing + known.uncertain + numbering.unlisted
        if announced >= least, announced <= most { continue }
        let found = known.rows - known.repeated
        let last = catalog.matters.last { $0.list == index }.map { catalog.id($0) } ?? ""
        let difference = abs(announced - found)
        let more = found > announced
        let end =
          last.isEmpty
          ? LocalizedText(zh: "", en: "") : LocalizedText(zh: "，最后一项是 \(last)", en: "; the last is \(last)")
        context.report(
          .list(index), at: list.position(of: \.announced),
          LocalizedText(
            zh: "清单 \(list.id) 现有 \(found) 项，文件宣布 \(announced) 项，\(more ? "多" : "少") \(difference) 项\(end.zh)",
            en:
              "the list \(list.id) has \(Phrase.count(found, "matter")), its notice announces \(announced): \(difference) \(more ? "more" : "fewer")\(end.en)"
          ))
      }
    })
}

extension MatterList {
  /// The number in the brackets of its title: 230 of 九江市第二批“一件事一次办”事项清单(230项).
  fileprivate var countOfTitle: Int? {
    guard let end = title.firstRange(of: "项)") ?? title.firstRange(of: "项）"),
      let start = title[..<end.lowerBound].lastIndex(where: { $0 == "(" || $0 == "（" })
    else { return nil }
    return Int(title[title.index(after: start)..<end.lowerBound])
  }
}
