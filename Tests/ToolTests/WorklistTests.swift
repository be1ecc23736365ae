import Foundation
import TestSupport
import Testing

/// Worklists beside python-icalendar, vobject and openpyxl.
@Suite struct WorklistTests {
  private func worklist(_ file: String, _ arguments: String...) throws -> String {
    let catalog = try CatalogFolder()
    try catalog.write("matter,plan\n2-008,2022-12-20\n", to: "progress.csv")
    // A name that would end the event, and characters of four bytes.
    try catalog.replace("养犬", with: "\"养犬;END:VEVENT,𠮷😀\\n\"", in: "matters.csv")
    let outcome = try Program.run(
      Program.onevisit,
      ["deadlines", "--catalog", "catalog", "--as-of", "2022-12-15", "--language", "zh", "-o", file] + arguments,
      in: catalog.folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let script = Program.root.appending(path: "Tests/ToolTests/Scripts/worklist.py").path()
    let kind = file.hasSuffix(".ics") ? "calendar" : "workbook"
    let read = try Tool.openpyxl.run([script, kind, catalog.folder.appending(path: file).path()])
    #expect(read.status == 0, "\(read.output)\(read.errors)")
    return read.output
  }

  @Test(.needs(.icalendar, .vobject)) func twoReadersAgreeOnTheCalendar() throws {
    #expect(try worklist("a.ics", "--format", "ics").hasPrefix("“一件事一次办”工作清单 482"))
    #expect(try worklist("b.ics", "--format", "ics", "--department", "市公安局").hasPrefix("市公安局“一件事一次办”工作清单"))
  }

  @Test(.needs(.openpyxl)) func workbooksOfDeadlines() throws {
    #expect(
      try worklist("lead.xlsx", "--format", "xlsx", "--by", "lead").hasPrefix("按牵头部门 "))
    let sheets = try worklist("own.xlsx", "--format", "xlsx", "--department", "市公安局").split(separator: "\n")
    #expect(sheets.count == 2 && sheets[0].hasPrefix("牵头 4 ") && sheets[1].hasPrefix("配合 "))
    #expect(try worklist("day.xlsx", "--format", "xlsx", "--by", "day").contains(" numbers 日期"))
  }
}
