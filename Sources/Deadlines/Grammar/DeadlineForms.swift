import Localization

extension Deadline {
  /// One form of deadline, by an example: a row of `docs/deadlines.md`. Meaning and day are read from the example, so
  /// that the page cannot differ from the program.
  package struct Form: Sendable {
    /// A text as a notice prints it.
    package let example: String

    /// How it is read; nil where the meaning is enough.
    package let note: LocalizedText?

    /// What the example is read as.
    package let deadline: Deadline

    /// What the example asks, in words.
    package var meaning: LocalizedText { deadline.meaning }

    /// The day the example falls due.
    package var due: Day? { deadline.due }

    init(_ example: String, zh: String? = nil, en: String? = nil) {
      self.example = example
      deadline = Deadline(printed: example)
      if let zh, let en {
        note = LocalizedText(zh: zh, en: en)
      } else {
        note = nil
      }
    }
  }

  /// Every form that is read, each by one example, and then some texts that are refused, with the reason.
  package static let forms: [Form] = [
    Form("2023年5月8日前", zh: "当日办结不算逾期。", en: "Done on that day is in time."),
    Form("2022.12.31"),
    Form("2022-12-31"),
    Form("2022/12/31"),
    Form("2022年6月上旬", zh: "上旬至10日，中旬至20日，下旬至月底。", en: "上旬 ends on the 10th, 中旬 on the 20th, 下旬 with the month."),
    Form("2022年12月底"),
    Form("2022年12月", zh: "单写月份，指该月月底。", en: "A month alone means its end."),
    Form("2022年12月底前"),
    Form("2022年12月底前完成", zh: "只接受“完成”“落实”等固定词尾。", en: "Only set endings such as 完成 and 落实 may follow."),
    Form("2022.12.", zh: "末尾的点可有可无；“2022.1”例外，见下。", en: "The last dot may be left out, except as in 2022.1 below."),
    Form(
      "２０２２ 年 １２ 月底", zh: "全角字符和数字两旁的空格不影响含义。",
      en: "Full-width characters and blanks around numbers change nothing."),
    Form("二〇二二年十二月底"),
    Form("2023年一季度"),
    Form("2023年第1季度"),
    Form("2023年上半年"),
    Form("2022年", zh: "单写年份，指该年年底。", en: "A year alone means its end."),
    Form("2024年底"),
    Form("2022年底前"),
    Form("2022年底以前"),
    Form("2022年年底"),
    Form("2024年内"),
    Form("2025年前", zh: "指该年开始之前；“2025年底前”才是年底。", en: "Before the year begins; 2025年底前 would be its end."),
    Form("2022年4月前", zh: "与“2025年前”同理，指该月开始之前。", en: "As with 2025年前: before the month begins."),
    Form("2023—2025年"),
    Form("2022年11月至12月"),
    Form("2023年1月21日至27日"),
    Form("2023年1—6月"),
    Form("“十四五”期间"),
    Form("“十四五”末"),
    Form("“十五五”期间"),
    Form("每年5月底前"),
    Form(
      "每月5日前", zh: "没有该日的月份，以月末日为准（民法典第202条）。",
      en: "Where a month has no such day, its last day counts (民法典 §202)."),
    Form("每季度前10日内"),
    Form("每季度末"),
    Form("常态化工作"),
    Form("持续推进"),
    Form("适时"),
    Form("长期"),
    Form("按省级政务大数据平台建设工作部署时间"),
    Form("2022年13月"),
    Form("2023年2月30日"),
    Form("2022.1"),
    Form("2022年1 2月底"),
    Form("12月底"),
    Form("22年12月底"),
    Form("今年底"),
    Form(
      "2025年以前", zh: "“以前”依民法典第1259条包括本数，习惯用法则不包括。",
      en: "民法典 §1259 counts the number in; common use does not."),
    Form("2023年一季度前"),
    Form("2022年起"),
    Form("2025年左右"),
    Form("每月月底前5个工作日"),
    Form("2025年—2023年"),
    Form("2022年12月底(第二批除外)"),
    Form("尽快"),
  ]
}
