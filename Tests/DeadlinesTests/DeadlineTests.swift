import Deadlines
import Localization
import Platform
import Testing

/// A text and what it must be read as: its kind, its days as "due" or "start/due", its style.
struct Reading: Sendable, CustomTestStringConvertible {
  var text: String
  var kind: Deadline.Kind
  var days: String
  var style: String

  init(_ text: String, _ kind: Deadline.Kind, _ days: String, _ style: String) {
    self.text = text
    self.kind = kind
    self.days = days
    self.style = style
  }

  var testDescription: String { text }
}

@Suite("Deadlines")
struct DeadlineTests {
  /// The days of a deadline as `Reading` writes them.
  static func days(_ deadline: Deadline) -> String {
    let due = deadline.due?.description ?? ""
    return deadline.start.map { "\($0)/\(due)" } ?? due
  }

  static func check(_ reading: Reading) {
    let deadline = Deadline(printed: reading.text)
    #expect(deadline.kind == reading.kind)
    #expect(days(deadline) == reading.days)
    #expect(deadline.style?.pattern == reading.style)
    #expect(deadline.problem == nil)
  }

  /// Every form that the facts name.
  static let known: [Reading] = [
    Reading("2022年12月底", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("2022年12月", .monthEnd, "2022-12-31", "N年N月"),
    Reading("2022年12月底前", .monthEnd, "2022-12-31", "N年N月底前"),
    Reading("2023年1月底前", .monthEnd, "2023-01-31", "N年N月底前"),
    Reading("2024年底", .yearEnd, "2024-12-31", "N年底"),
    Reading("2022年底前", .yearEnd, "2022-12-31", "N年底前"),
    Reading("2022年底以前", .yearEnd, "2022-12-31", "N年底以前"),
    Reading("2025年前", .beforeYear, "2024-12-31", "N年前"),
    Reading("2022 年", .yearEnd, "2022-12-31", "N年"),
    Reading("2023—2025年", .span, "2023-01-01/2025-12-31", "N-N年"),
    Reading("2022.12.", .monthEnd, "2022-12-31", "N.N."),
    Reading("2023年5月8日前", .day, "2023-05-08", "N年N月N日前"),
    Reading("2023年一季度", .quarterEnd, "2023-03-31", "N年〇季度"),
    Reading("“十四五”期间", .fiveYearPlan, "2021-01-01/2025-12-31", "“〇”期间"),
    Reading("每年5月底前", .recurring, "", "每年N月底前"),
    Reading("每月5日前", .recurring, "", "每月N日前"),
    Reading("每季度前10日内", .recurring, "", "每季度前N日内"),
    Reading("常态化工作", .open, "", "常态化工作"),
    Reading("持续推进", .open, "", "持续推进"),
    Reading("适时", .open, "", "适时"),
    Reading("按省级政务大数据平台建设工作部署时间", .open, "", "按省级政务大数据平台建设工作部署时间"),
  ]

  @Test("Every form that the facts name", arguments: known)
  func knownForm(_ reading: Reading) {
    DeadlineTests.check(reading)
  }

  /// Deadlines as the five gazettes and the notices print them, each with where it stands.
  static let printed: [Reading] = [
    // jiujiang-gazette-2022-06, 九府办字〔2022〕99号 (the inline form), lines 3706-3740.
    Reading("2022 年 12 月底", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("完成时限:2022 年 12 月底", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("完成时限:2022年12月底", .monthEnd, "2022-12-31", "N年N月底"),
    // The same gazette: running text of other notices.
    Reading("2022年11月至12月", .span, "2022-11-01/2022-12-31", "N年N月至N月"),
    Reading("2022年12月底前", .monthEnd, "2022-12-31", "N年N月底前"),
    Reading("2025年年底", .yearEnd, "2025-12-31", "N年年底"),
    Reading("2022年年底以前", .yearEnd, "2022-12-31", "N年年底以前"),
    Reading("力争2024年内", .yearEnd, "2024-12-31", "力争N年内"),
    Reading("争取在2023年底前", .yearEnd, "2023-12-31", "争取在N年底前"),
    Reading("2022年10月底前", .monthEnd, "2022-10-31", "N年N月底前"),
    Reading("2025 年", .yearEnd, "2025-12-31", "N年"),
    Reading("(2021-2025年)", .span, "2021-01-01/2025-12-31", "N-N年"),
    Reading("2021—2025", .span, "2021-01-01/2025-12-31", "N-N"),
    Reading("2022年到2024年", .span, "2022-01-01/2024-12-31", "N年到N年"),
    Reading("2023年—2026年", .span, "2023-01-01/2026-12-31", "N年-N年"),
    // jiujiang-gazette-2023-02: tables at 724-760 and 826-863 (完成期限), 1850-1871 (总体完成时限), 2271-2820 (128号).
    Reading("2022 年", .yearEnd, "2022-12-31", "N年"),
    Reading("2022年", .yearEnd, "2022-12-31", "N年"),
    Reading("2022 年底", .yearEnd, "2022-12-31", "N年底"),
    Reading("2023 年底", .yearEnd, "2023-12-31", "N年底"),
    Reading("2024 年底", .yearEnd, "2024-12-31", "N年底"),
    Reading("2023—2025 年", .span, "2023-01-01/2025-12-31", "N-N年"),
    Reading("2023—2025 年期间", .span, "2023-01-01/2025-12-31", "N-N年期间"),
    Reading("2025年前", .beforeYear, "2024-12-31", "N年前"),
    Reading("2024年前", .beforeYear, "2023-12-31", "N年前"),
    Reading("2022年底以前", .yearEnd, "2022-12-31", "N年底以前"),
    Reading("2022年底前全面完成。", .yearEnd, "2022-12-31", "N年底前全面完成"),
    Reading("持续推进", .open, "", "持续推进"),
    Reading("2022年12月底", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("2022年12月", .monthEnd, "2022-12-31", "N年N月"),
    Reading("2023年6月", .monthEnd, "2023-06-30", "N年N月"),
    Reading("2023年6月底", .monthEnd, "2023-06-30", "N年N月底"),
    Reading("2023年12月底", .monthEnd, "2023-12-31", "N年N月底"),
    Reading("2023年1月底前", .monthEnd, "2023-01-31", "N年N月底前"),
    Reading("2023 年 2 月 20 日前", .day, "2023-02-20", "N年N月N日前"),
    Reading("于 2023 年 2 月 20 日前", .day, "2023-02-20", "于N年N月N日前"),
    Reading("2023 年 1 月 21 日至 1 月 27 日", .span, "2023-01-21/2023-01-27", "N年N月N日至N月N日"),
    Reading("2023 年 1 月 21 日至 27 日", .span, "2023-01-21/2023-01-27", "N年N月N日至N日"),
    Reading("2023 年一季度", .quarterEnd, "2023-03-31", "N年〇季度"),
    Reading("2023 年 12 月 31 日", .day, "2023-12-31", "N年N月N日"),
    Reading("“十三五”期末", .fiveYearPlan, "2020-12-31", "“〇”期末"),
    Reading("“十三五”期间", .fiveYearPlan, "2016-01-01/2020-12-31", "“〇”期间"),
    Reading("“十四五”期间", .fiveYearPlan, "2021-01-01/2025-12-31", "“〇”期间"),
    Reading("“十四五”时期", .fiveYearPlan, "2021-01-01/2025-12-31", "“〇”时期"),
    Reading("到“十四五”末完成", .fiveYearPlan, "2025-12-31", "到“〇”末完成"),
    Reading("“十五五”期间", .fiveYearPlan, "2026-01-01/2030-12-31", "“〇”期间"),
    Reading("每月5日前", .recurring, "", "每月N日前"),
    Reading("每季度前10日内", .recurring, "", "每季度前N日内"),
    // jiujiang-gazette-2024-03: the digital-government table at 1250-1306, and running text.
    Reading("2025年底", .yearEnd, "2025-12-31", "N年底"),
    Reading("2024年底", .yearEnd, "2024-12-31", "N年底"),
    Reading("常态化工作", .open, "", "常态化工作"),
    Reading("按省级政务大数据平台建设工作部署时间", .open, "", "按省级政务大数据平台建设工作部署时间"),
    Reading("每年5月底前", .recurring, "", "每年N月底前"),
    Reading("每年8月底前", .recurring, "", "每年N月底前"),
    Reading("2024年10月底前", .monthEnd, "2024-10-31", "N年N月底前"),
    Reading("2025年底前建成", .yearEnd, "2025-12-31", "N年底前建成"),
    Reading("到 2025 年底", .yearEnd, "2025-12-31", "到N年底"),
    Reading("2024 年 1 月 1 日-2025 年 12 月 31 日", .span, "2024-01-01/2025-12-31", "N年N月N日-N年N月N日"),
    // jingdezhen-gazette-2022-06: the car-park table at 1852-1920 (开工时间, 竣工时间), and 景府办发〔2022〕4号.
    Reading("2022.12", .monthEnd, "2022-12-31", "N.N"),
    Reading("2022.3", .monthEnd, "2022-03-31", "N.N"),
    Reading("2023.6", .monthEnd, "2023-06-30", "N.N"),
    Reading("2024.12", .monthEnd, "2024-12-31", "N.N"),
    Reading("2022 年 4 月前", .beforeMonth, "2022-03-31", "N年N月前"),
    Reading("2022 年底前", .yearEnd, "2022-12-31", "N年底前"),
    Reading("2023年底前", .yearEnd, "2023-12-31", "N年底前"),
    Reading("至 2022 年 12 月 31 日止", .day, "2022-12-31", "至N年N月N日止"),
    // xunyang-plan-2021.
    Reading("二〇三五年", .yearEnd, "2035-12-31", "〇年"),
    Reading("截至2020年底", .yearEnd, "2020-12-31", "截至N年底"),
  ]

  @Test("Deadlines as the gazettes print them", arguments: printed)
  func printedForm(_ reading: Reading) {
    DeadlineTests.check(reading)
  }

  /// The same forms in other characters, and those beside them.
  static let variants: [Reading] = [
    Reading("２０２２年１２月底", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("２０２２ 年\u{3000}１２\u{3000}月底", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("\u{FEFF}2022\u{A0}年\u{2009}12\n月\t底 ", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("二〇二二年十二月底", .monthEnd, "2022-12-31", "〇年〇月底"),
    Reading("二 ○ 二 二 年 十 二 月 底", .monthEnd, "2022-12-31", "〇年〇月底"),
    Reading("二零二三年二月二十八日前", .day, "2023-02-28", "〇年〇月〇日前"),
    Reading("二〇二三年五月三十一日", .day, "2023-05-31", "〇年〇月〇日"),
    Reading("二〇二三年十月十日前", .day, "2023-10-10", "〇年〇月〇日前"),
    Reading("2022年十二月底", .monthEnd, "2022-12-31", "N年〇月底"),
    Reading("2023年元月底", .monthEnd, "2023-01-31", "N年〇月底"),
    Reading("2023年01月份", .monthEnd, "2023-01-31", "N年N月份"),
    Reading("2024年2月末", .monthEnd, "2024-02-29", "N年N月末"),
    Reading("2023年2月月底前", .monthEnd, "2023-02-28", "N年N月月底前"),
    Reading("2022年12月底之前", .monthEnd, "2022-12-31", "N年N月底之前"),
    Reading("2022年12月底以前", .monthEnd, "2022-12-31", "N年N月底以前"),
    Reading("2022年12月内", .monthEnd, "2022-12-31", "N年N月内"),
    Reading("2022年12月底前完成", .monthEnd, "2022-12-31", "N年N月底前完成"),
    Reading("2022年末", .yearEnd, "2022-12-31", "N年末"),
    Reading("2022年年末前", .yearEnd, "2022-12-31", "N年年末前"),
    Reading("2022年年内", .yearEnd, "2022-12-31", "N年年内"),
    Reading("2022年度", .yearEnd, "2022-12-31", "N年度"),
    Reading("2022年全年", .yearEnd, "2022-12-31", "N年全年"),
    Reading("2025年之前", .beforeYear, "2024-12-31", "N年之前"),
    Reading("2022年1月前", .beforeMonth, "2021-12-31", "N年N月前"),
    Reading("2022年6月上旬", .tenDays, "2022-06-10", "N年N月上旬"),
    Reading("2022年6月中旬", .tenDays, "2022-06-20", "N年N月中旬"),
    Reading("2023年2月下旬", .tenDays, "2023-02-28", "N年N月下旬"),
    Reading("2023年第一季度", .quarterEnd, "2023-03-31", "N年第〇季度"),
    Reading("2023年1季度", .quarterEnd, "2023-03-31", "N年N季度"),
    Reading("2023年第2季度末", .quarterEnd, "2023-06-30", "N年第N季度末"),
    Reading("2023年三季度底前", .quarterEnd, "2023-09-30", "N年〇季度底前"),
    Reading("2023年四季度", .quarterEnd, "2023-12-31", "N年〇季度"),
    Reading("2023年上半年", .halfYearEnd, "2023-06-30", "N年上半年"),
    Reading("2023年下半年", .halfYearEnd, "2023-12-31", "N年下半年"),
    Reading("2022.12.31", .day, "2022-12-31", "N.N.N"),
    Reading("2022．12．31．", .day, "2022-12-31", "N.N.N."),
    Reading("2022-12-31", .day, "2022-12-31", "N-N-N"),
    Reading("2022－12－31", .day, "2022-12-31", "N-N-N"),
    Reading("2022/12/31前", .day, "2022-12-31", "N/N/N前"),
    Reading("2022-12", .monthEnd, "2022-12-31", "N-N"),
    Reading("2022-1", .monthEnd, "2022-01-31", "N-N"),
    Reading("2022.1.", .monthEnd, "2022-01-31", "N.N."),
    Reading("2022.01", .monthEnd, "2022-01-31", "N.N"),
    Reading("2022.10", .monthEnd, "2022-10-31", "N.N"),
    Reading("2022.12底前", .monthEnd, "2022-12-31", "N.N底前"),
    Reading("2023年5月8日", .day, "2023-05-08", "N年N月N日"),
    Reading("2023年5月8号以前", .day, "2023-05-08", "N年N月N号以前"),
    Reading("2024年2月29日之前", .day, "2024-02-29", "N年N月N日之前"),
    Reading("(2022年12月底)", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("（2022年12月底）。", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("〔2022年12月底〕；", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("【（2022年12月底）】", .monthEnd, "2022-12-31", "N年N月底"),
    Reading("2023-2025年", .span, "2023-01-01/2025-12-31", "N-N年"),
    Reading("2023–2025年", .span, "2023-01-01/2025-12-31", "N-N年"),
    Reading("2023——2025年", .span, "2023-01-01/2025-12-31", "N--N年"),
    Reading("2023~2025年", .span, "2023-01-01/2025-12-31", "N~N年"),
    Reading("2023～2025年", .span, "2023-01-01/2025-12-31", "N~N年"),
    Reading("2023至2025年底", .span, "2023-01-01/2025-12-31", "N至N年底"),
    Reading("2022年9月至2023年6月", .span, "2022-09-01/2023-06-30", "N年N月至N年N月"),
    Reading("2023年1月至6月底", .span, "2023-01-01/2023-06-30", "N年N月至N月底"),
    Reading("2023年1-6月", .span, "2023-01-01/2023-06-30", "N年N-N月"),
    Reading("2023年1月21-27日", .span, "2023-01-21/2023-01-27", "N年N月N-N日"),
    Reading("2023年一至三季度", .span, "2023-01-01/2023-09-30", "N年〇至〇季度"),
    Reading("2023年第二季度至第三季度", .span, "2023-04-01/2023-09-30", "N年第〇季度至第〇季度"),
    Reading("2022.09-2022.12", .span, "2022-09-01/2022-12-31", "N.N-N.N"),
    Reading("2022-09-01至2022-12-15", .span, "2022-09-01/2022-12-15", "N-N-N至N-N-N"),
    Reading("2022-09-01-2022-12-15", .span, "2022-09-01/2022-12-15", "N-N-N-N-N-N"),
    Reading("自2022年5月10日起至2022年12月31日止", .span, "2022-05-10/2022-12-31", "自N年N月N日起至N年N月N日止"),
    Reading("\"十四五\"期间", .fiveYearPlan, "2021-01-01/2025-12-31", "\"〇\"期间"),
    Reading("十四五期间", .fiveYearPlan, "2021-01-01/2025-12-31", "〇期间"),
    Reading("“十四五”", .fiveYearPlan, "2021-01-01/2025-12-31", "“〇”"),
    Reading("“十一五”期间", .fiveYearPlan, "2006-01-01/2010-12-31", "“〇”期间"),
    Reading("长期", .open, "", "长期"),
    Reading("常态化", .open, "", "常态化"),
    Reading("按照国家统一部署", .open, "", "按照国家统一部署"),
    Reading("", .empty, "", ""),
  ]

  @Test("Other characters, and the forms beside", arguments: variants)
  func variant(_ reading: Reading) {
    if reading.kind == .empty {
      for blank in ["", " ", "\u{3000}\n", "\u{200B}"] {
        #expect(Deadline(printed: blank) == Deadline(printed: ""))
        #expect(Deadline(printed: blank).kind == .empty)
        #expect(Deadline(printed: blank).style == nil)
      }
    } else {
      DeadlineTests.check(reading)
    }
  }

  @Test(
    "What is not certain is unreadable, and says why",
    arguments: [
      ("2022年13月", .impossibleMonth(13)), ("2022年0月", .impossibleMonth(0)), ("2022.13", .impossibleMonth(13)),
      ("2023年2月30日", .impossibleDay(year: 2023, month: 2, day: 30)),
      ("2023年2月29日前", .impossibleDay(year: 2023, month: 2, day: 29)),
      ("2022-11-31", .impossibleDay(year: 2022, month: 11, day: 31)),
      ("2023年1月21日至32日", .impossibleDay(year: 2023, month: 1, day: 32)),
      ("每年2月29日前", .impossibleDay(year: nil, month: 2, day: 29)), ("2023年五季度", .impossibleQuarter(5)),
      ("每月32日前", .impossibleOrdinal(32)), ("每季度前100日内", .impossibleOrdinal(100)),
      ("1022年12月底", .impossibleYear(1022)), ("9999年", .impossibleYear(9999)),
      ("12月底", .noYear), ("22年12月底", .noYear), ("年底前", .noYear), ("5月8日前", .noYear), ("上半年", .noYear),
      ("今年底", .relative), ("明年6月底", .relative), ("次年1月15日", .relative),
      ("2022.1", .lostZero), ("2023.1", .lostZero), ("2022.1-2022.12", .lostZero),
      ("2022年1 2月底", .blankInNumber), ("20 22年", .blankInNumber), ("2022年1\n2月", .blankInNumber),
      ("2025年以前", .ambiguousBefore), ("2022年6月以前", .ambiguousBefore), ("2023年一季度前", .ambiguousBefore),
      ("2023年上半年前", .ambiguousBefore), ("2023年6月上旬前", .ambiguousBefore), ("2023—2025年前", .ambiguousBefore),
      ("每年6月以前", .ambiguousBefore), ("2022年起", .beginningOnly), ("2022年9月起", .beginningOnly),
      ("2025年后", .beginningOnly),
      ("自2022年5月10日", .beginningOnly), ("2025年左右", .vague), ("2025年前后", .vague), ("2025年初", .vague),
      ("2025年中", .vague), ("每月月底前5个工作日", .workingDays), ("10个工作日内", .workingDays),
      ("2022年12月底,长期坚持", .trailing(",长期坚持")), ("2022年12月底(第二批除外)", .trailing("(第二批除外)")),
      ("2022年12月31", .trailing("31")), ("2022年12月底2", .trailing("2")), ("2022年版", .trailing("版")),
      ("2023年5月8日内", .trailing("内")), ("2022年12月底全面", .trailing("全面")), ("2022年年", .trailing("年")),
      ("2023年春节前", .trailing("春节前")), ("每年5月底前报市数字政府领导小组办公室", .trailing("报市数字政府领导小组办公")),
      ("2022年12月底至2023年6月底", .trailing("至2023年6月底")),
      ("尽快", .unknownForm), ("/", .unknownForm), ("无", .unknownForm), ("()", .unknownForm), ("每周五前", .unknownForm),
      ("20221231", .unknownForm), ("2022", .unknownForm), ("20222年", .unknownForm), ("2022/2023", .unknownForm),
      ("2023-25年", .unknownForm), ("3年内", .unknownForm), ("30日内", .unknownForm), ("“十四五期间", .unknownForm),
      ("2023一2025年", .unknownForm), ("2022年12", .unknownForm), ("持续推进2022年工作", .unknownForm),
      ("按2023年省级部署时间", .unknownForm), ("44926", .unknownForm), ("十五", .unknownForm),
      ("“十四五”中期", .vague),
    ] as [(String, Deadline.Problem)])
  func unreadable(text: String, problem: Deadline.Problem) {
    let deadline = Deadline(printed: text)
    #expect(deadline.kind == .unreadable)
    #expect(deadline.problem == problem)
    #expect(deadline.due == nil && deadline.start == nil && deadline.style == nil && deadline.recurrence == nil)
    #expect(deadline.next(from: Day.earliest) == nil)
    #expect(deadline.meaning.zh.hasPrefix("不能识别：") && deadline.meaning.en.hasPrefix("unreadable: "))
    #expect(deadline.meaning.zh.hasSuffix(problem.explanation.zh))
  }

  @Test("A span that ends before it begins is refused")
  func reversed() throws {
    let problem = Deadline(printed: "2025年—2023年").problem
    #expect(
      problem
        == .reversed(start: try #require(Day(iso: "2025-01-01")), end: try #require(Day(iso: "2023-12-31"))))
    guard case .reversed = Deadline(printed: "2022年12月至3月").problem else {
      Issue.record("a span over the year's end was guessed")
      return
    }
  }

  @Test(
    "Recurring deadlines fall due next",
    arguments: [
      ("每年5月底前", "2023-01-01", "2023-05-31"), ("每年5月底前", "2023-05-31", "2023-05-31"),
      ("每年5月底前", "2023-06-01", "2024-05-31"), ("每年2月底", "2024-01-01", "2024-02-29"),
      ("每年2月底", "2024-03-01", "2025-02-28"), ("每年8月底前", "2022-12-30", "2023-08-31"),
      ("每年3月15日前", "2023-03-16", "2024-03-15"), ("每年6月前", "2023-05-31", "2023-05-31"),
      ("每年6月前", "2023-06-01", "2024-05-31"), ("每年1月前", "2023-01-01", "2023-12-31"),
      ("每年1月前", "2023-12-31", "2023-12-31"), ("每年底", "2023-06-01", "2023-12-31"),
      ("每年年底前", "2023-12-31", "2023-12-31"), ("每年", "2024-02-01", "2024-12-31"), ("每年一季度", "2023-04-01", "2024-03-31"),
      ("每年上半年", "2023-04-01", "2023-06-30"), ("每年6月上旬", "2023-06-10", "2023-06-10"),
      ("每年前10日内", "2023-01-11", "2024-01-10"), ("每月5日前", "2023-01-05", "2023-01-05"),
      ("每月5日前", "2023-01-06", "2023-02-05"), ("每月5日前", "2023-12-06", "2024-01-05"),
      ("每月31日前", "2023-02-01", "2023-02-28"), ("每月底前", "2024-02-01", "2024-02-29"), ("每月", "2023-04-30", "2023-04-30"),
      ("每月中旬", "2023-04-21", "2023-05-20"), ("每季度前10日内", "2023-01-01", "2023-01-10"),
      ("每季度前10日内", "2023-01-11", "2023-04-10"), ("每季度前10日内", "2023-12-31", "2024-01-10"),
      ("每季度末", "2023-05-01", "2023-06-30"), ("每季度首月10日前", "2023-05-01", "2023-07-10"),
      ("每半年", "2023-05-01", "2023-06-30"), ("每半年前15日内", "2023-01-16", "2023-07-15"),
      ("每月5日前", "9999-12-06", "nil"), ("每年5月底前", "9999-06-01", "nil"), ("每年6月前", "9999-06-01", "nil"),
      ("2022年12月底", "2022-01-01", "2022-12-31"), ("2022年12月底", "2022-12-31", "2022-12-31"),
      ("2022年12月底", "2023-01-01", "nil"), ("常态化工作", "2022-01-01", "nil"),
    ])
  func next(text: String, from: String, expected: String) throws {
    let deadline = Deadline(printed: text)
    let next = deadline.next(from: try #require(Day(iso: from)))
    #expect((next?.description ?? "nil") == expected)
    #expect((deadline.recurrence != nil) == (deadline.kind == .recurring))
  }

  @Test(
    "The next day of a recurring deadline is never before the day asked about, and the days in order repeat none",
    arguments: ["每年5月底前", "每年2月底", "每年1月前", "每月5日前", "每月31日前", "每季度前10日内", "每季度前90日内", "每半年", "每年"])
  func nextProperties(text: String) throws {
    let deadline = Deadline(printed: text)
    var last: Day?
    var day = try #require(Day(iso: "2019-12-15"))
    for _ in 0..<2000 {
      let next = try #require(deadline.next(from: day))
      #expect(next >= day && day.days(until: next) <= 366)
      #expect(deadline.next(from: next) == next)
      if let last, day <= last { #expect(next == last) }
      last = next
      day = day.adding(days: 1)
    }
  }

  @Test("Every month of every year, in every spelling of its end, is that month's last day")
  func everyMonth() throws {
    for year in 1900...2199 {
      for month in 1...12 {
        let end = try #require(Day(year: year, month: month, day: 1)).monthEnd
        for suffix in ["", "底", "底前"] {
          let deadline = Deadline(printed: "\(year)年\(month)月\(suffix)")
          if deadline.due != end || deadline.kind != .monthEnd { Issue.record("\(year)年\(month)月\(suffix)") }
        }
      }
    }
  }

  @Test("Blanks around the characters change nothing, digits aside", arguments: known + printed)
  func blanksChangeNothing(_ reading: Reading) {
    let plain = Deadline(printed: reading.text)
    var spread = ""
    var wasDigit = false
    for character in reading.text where character != " " {
      let isDigit = character.isASCII && character.isNumber
      if !(isDigit && wasDigit) { spread += "\u{3000} " }
      spread.append(character)
      wasDigit = isDigit
    }
    #expect(Deadline(printed: spread + "\n") == plain)
  }

  @Test("A text cut short or with one character more never traps, and never changes another's day", arguments: known)
  func damaged(_ reading: Reading) {
    let characters = Array(reading.text)
    for length in 0...characters.count {
      for extra in ["", "9", "年", "月", "底", "前", "-", "“", "第", "十", "(", "每", "\u{0}", "\u{10FFFF}"] {
        let deadline = Deadline(printed: String(characters[..<length]) + extra + String(characters[length...]))
        #expect((deadline.kind == .unreadable) == (deadline.problem != nil))
        #expect(deadline.start == nil || deadline.kind == .span || deadline.kind == .fiveYearPlan)
        _ = Deadline(printed: String(characters[..<length]) + extra).meaning
      }
    }
  }

  @Test("Ten megabytes of anything are read in no time")
  func hostile() {
    // Processor time, in microseconds: other programs may hold this one up.
    let start = clock()
    do {
      for unit in ["2", "年", "2022年12月底", "(", "十", "每", " ", "二〇", "“", "至2"] {
        let text = String(repeating: unit, count: 10_000_000 / unit.utf8.count)
        let kind = Deadline(printed: text).kind
        #expect(kind == (unit == " " ? .empty : .unreadable))
      }
    }
    #expect(clock() - start < 20_000_000)
    #expect(Deadline(printed: String(repeating: "2", count: 10_000_000)).problem == .tooLong)
    #expect(Deadline(printed: String(repeating: " ", count: 100_000) + "2022年").kind == .yearEnd)
  }

  @Test("One style is one wording, whatever the date")
  func styles() {
    func style(_ text: String) -> Deadline.Style? { Deadline(printed: text).style }
    #expect(style("2022年12月底") == style(" 2023 年 6 月底"))
    #expect(style("2022年12月底") == style("（２０２３年１月底）"))
    #expect(style("2022年12月底") != style("2022年12月"))
    #expect(style("2022年12月底") != style("2022年12月底前"))
    #expect(style("2022年12月底") != style("二〇二二年十二月底"))
    #expect(style("2023—2025年") == style("2024-2026年"))
  }

  @Test(
    "A meaning in both languages",
    arguments: [
      ("2022年12月底", "最迟2022年12月31日", "by 2022-12-31"),
      ("2025年前", "2025年开始之前，即最迟2024年12月31日", "before 2025 begins: by 2024-12-31"),
      ("2022年4月前", "2022年4月开始之前，即最迟2022年3月31日", "before 2022-04 begins: by 2022-03-31"),
      ("2023年一季度", "最迟2023年3月31日（第1季度末）", "by 2023-03-31, the end of quarter 1"),
      ("每季度前10日内", "每季度最迟第10日", "every quarter by its day 10"),
      ("2023—2025年", "2023年1月1日至2025年12月31日", "from 2023-01-01 to 2025-12-31"), ("", "未写时限", "no deadline"),
    ])
  func meaning(text: String, zh: String, en: String) {
    #expect(Deadline(printed: text).meaning == LocalizedText(zh: zh, en: en))
  }

  @Test("Every kind but the empty one has a row among the forms, and no example stands twice")
  func formsCoverKinds() {
    let kinds = Set(Deadline.forms.map(\.deadline.kind))
    #expect(kinds == Set(Deadline.Kind.allCases).subtracting([.empty]))
    #expect(Set(Deadline.forms.map(\.example)).count == Deadline.forms.count)
    for form in Deadline.forms {
      #expect(form.due == Deadline(printed: form.example).due)
      // A bar would end the cell of the table.
      #expect(!form.example.contains("|") && !form.meaning.zh.contains("|") && !form.meaning.en.contains("|"))
    }
    // Every style of the tests' known forms is explained on the page.
    let styles = Set(Deadline.forms.compactMap(\.deadline.style))
    for reading in DeadlineTests.known where reading.kind != .empty {
      let style = Deadline(printed: reading.text).style
      #expect(style.map(styles.contains) == true, "\(reading.text) is not on the page")
    }
  }

}
