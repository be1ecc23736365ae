import Testing

@testable import WorkbookFormat

@Suite struct CellDatesTests {
  @Test(arguments: [
    (1.0, "1900-01-01"), (59, "1900-02-28"), (60, "1900-02-29"), (61, "1900-03-01"), (44_926, "2022-12-31"),
    (45_351, "2024-02-29"),
  ])
  func daysFrom1900(serial: Double, text: String) {
    #expect(CellForm.day.text(of: serial, is1904: false) == text)
  }

  @Test func daysFrom1904AreFourYearsAndADayLater() {
    #expect(CellForm.day.text(of: 0, is1904: true) == "1904-01-01")
    #expect(CellForm.day.text(of: 44_926 - 1462, is1904: true) == "2022-12-31")
  }

  @Test func builtInFormatsOfEastAsia() {
    #expect(CellForm(builtIn: 31).text(of: 44_926, is1904: false) == "2022-12-31")
    for id in [27, 36, 50, 52, 57] { #expect(CellForm(builtIn: id).text(of: 44_896, is1904: false) == "2022年12月") }
    for id in [0, 1, 2, 9, 49] { #expect(CellForm(builtIn: id).text(of: 44_896, is1904: false) == nil) }
  }

  @Test(arguments: [
    ("yyyy\"年\"m\"月\"d\"日\"", CellForm.day), ("[$-804]yyyy\"年\"m\"月\"", .month), ("yyyy\\-mm\\-dd", .day),
    ("General", .number), ("0.00E+00", .number), ("[Red]0.0", .number), ("h:mm", .time), ("yyyy/m/d h:mm", .moment),
    ("#,##0\"days\"", .number), ("@", .number), ("[DBNum1][$-804]yyyy\"年\"m\"月\";@", .month),
  ])
  func formatCodes(code: String, form: CellForm) {
    #expect(CellForm(code: code) == form)
  }
}
