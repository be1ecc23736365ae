import Catalog
import Deadlines
import Localization

extension Rule {
  static let noticeYear = Rule(
    id: "notice-year", group: .deadlines, severity: .error,
    title: LocalizedText(zh: "文号的年份与成文日期不符", en: "a notice whose number is of another year than its date"),
    reason: LocalizedText(
      zh: "九府办字〔2022〕128号是2022年的文件；成文日期写成别的年份，清单的时限和报送期就都算错。",
      en:
        "九府办字〔2022〕128号 is a notice of 2022. With a date in another year, all deadlines and report windows of its lists are judged wrongly."
    ),
    source: LocalizedText(
      zh: "九府办字〔2022〕128号，2022年12月30日；《党政机关公文处理工作条例》第九条：发文字号由发文机关代字、年份、发文顺序号组成",
      en: "九府办字〔2022〕128号 of 2022-12-30; the number of an official document holds its year (党政机关公文处理工作条例, article 9)"),
    fix: LocalizedText(
      zh: "对照文件改正成文日期或文号。", en: "Compare with the notice, and correct the date of issue or the number."),
    triggers: [
      Example(tables: [
        .notices: ["jiujiang-128-2022,九府办字〔2022〕128号,工作方案,九江市人民政府办公室,↓2023-12-30"]
      ])
    ],
    passes: [
      Example(tables: [
        .notices: [
          "jiujiang-128-2022,九府办字〔2022〕128号,工作方案,九江市人民政府办公室,2022-12-30",
          "other,第128号,工作方案,九江市人民政府办公室,2023-12-30",
        ]
      ])
    ],
    check: .catalog { context in
      for (index, notice) in context.catalog.notices.enumerated() {
        guard let day = notice.issued, let year = notice.yearOfNumber, year != day.year else { continue }
        context.report(
          .notice(index), at: notice.position(of: \.issued),
          LocalizedText(
            zh: "文件 \(notice.id) 的文号“\(notice.number)”是 \(year) 年的，成文日期却是\(day.chinese)",
            en: "the number “\(notice.number)” of the notice \(notice.id) is of \(year), but its date is \(day)"))
      }
    })
}

extension Notice {
  /// The year in brackets in its number: 2022 of 九府办字〔2022〕128号. Nil if it has none.
  var yearOfNumber: Int? {
    let digits = number.split { "〔〕[]（）()【】".contains($0) }.first { part in
      part.utf8.count == 4 && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
    return digits.flatMap { Int($0) }
  }
}
