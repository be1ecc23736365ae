import Foundation
import TestSupport
import Testing

/// `deadlines --by matter|lead|day`: the sheets for 调度 and 通报.
@Suite struct DeadlinesCommandTests {
  /// On 2023-02-15: 1-007 improved, its summary is late; 2-008 lacks a form and being online; 2-016 is under way.
  private static let progress = """
    matter,plan,guide,form,materials,single_submission,portal,app,summary,improvement,counter,cases
    1-007,,,,,,2022-05-10,2022-05-10,,2022-12-28,2022-05-10,120
    2-008,2022-12-20,2022-12-22,,2022-12-22,2022-12-28,,,,,,
    2-016,2023-02-01,,,,,,,,,,

    """

  private func catalog() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    try catalog.write(Self.progress, to: "progress.csv")
    return catalog
  }

  private func board(_ arguments: String...) throws -> Outcome {
    let catalog = try catalog()
    return try Program.run(
      Program.onevisit, ["deadlines", "--catalog", "catalog", "--as-of", "2023-02-15"] + arguments, in: catalog.folder)
  }

  @Test("What each sheet prints", arguments: ["matter", "lead", "day"], ["en", "zh"])
  func sheets(_ by: String, _ language: String) throws {
    let outcome = try board("--by", by, "--department", "市公安局", "--language", language)
    #expect(outcome.status == 0)
    try golden.check(outcome.bytes, "deadlines-by-\(by).\(language).txt")
  }

  @Test("Missing deliverables are named, never counted", arguments: ["matter", "lead", "day"])
  func missingByName(_ by: String) throws {
    let table = try board("--by", by, "--language", "en").output
    #expect(table.contains("missing: one form, provincial portal, Ganfutong app"))
    #expect(!table.contains(" of 7") && !table.contains("/7"))
    let chinese = try board("--by", by, "--language", "zh").output
    #expect(chinese.contains("尚缺：一张表单、江西政务服务网、赣服通"))
  }

  @Test("A matter of two leads is under each of them and marked, and counted once in the sums")
  func sharedLeads() throws {
    let lines = try board("--by", "lead", "--language", "en").lines
    let rows = lines.filter { $0.hasPrefix("2-029 ") }
    #expect(rows.count == 2)
    #expect(rows.contains { $0.contains("or 市行政审批局") } && rows.contains { $0.contains("or 市市场监管局") })
    #expect(lines.filter { $0.hasPrefix("2-008 ") }.contains { $0.contains("with 市农业农村局") })
    #expect(lines.contains { $0.hasPrefix("2023-02-15: 241 matters, 127 due") })
    #expect(
      lines.contains("198 matters have several leads: they are listed under each of them and counted once in the sums.")
    )
  }

  @Test("By lead in JSON: the counts agree with the matters that are named")
  func leadsInJSON() throws {
    let leads = try board("--by", "lead", "--format", "json").json().elements
    #expect(leads.count > 15)
    for lead in leads {
      for (count, names) in [("due", "due_matters"), ("late", "late_matters"), ("shared", "shared_matters")] {
        #expect(lead[count]?.int == lead[names]?.elements.count, "\(count)")
      }
      #expect(lead["reported"]?.int == lead["reported_matters"]?.elements.count)
    }
    let police = try #require(leads.first { $0["lead"]?.text == "市公安局" })
    #expect(police["department"]?.text == "public-security")
    #expect(police["matters"]?.int == 3 && police["reported"]?.int == 2)
    #expect(police["late_matters"]?.texts == ["1-007 新车上牌", "2-008 养犬"])
  }

  @Test("By day in CSV: what is due, by the names of the columns")
  func daysInCSV() throws {
    let lines = try board("--by", "day", "--department", "市公安局", "--format", "csv").output
      .components(separatedBy: "\r\n")
    #expect(lines[0] == "day,days_left,id,list,number,name,lead,deliverables,recorded,missing,days_late")
    #expect(lines[1] == "2022-12-31,-46,1-007,first,7,新车上牌,市公安局,improvement,complete,,")
    #expect(
      lines[2]
        == "2022-12-31,-46,2-008,second,8,养犬,市农业农村局;市公安局,plan;guide;form;materials;single_submission;portal;app,partial,form;portal;app,46"
    )
    #expect(lines[3] == "2023-01-31,-15,1-007,first,7,新车上牌,市公安局,summary,partial,summary,15")
  }

  @Test("By matter, new columns follow the old ones")
  func mattersInCSV() throws {
    let lines = try board("--department", "市公安局", "--format", "csv").output.components(separatedBy: "\r\n")
    #expect(
      lines[0]
        == "id,list,number,name,lead,deadline,due,window_opens,window_closes,window,recorded,days_late,plan,guide,form,"
        + "materials,single_submission,portal,app,summary,improvement,procedure,counter,notice_board,county_rollout,"
        + "cases,missing,report_days_late")
    #expect(lines[1].hasSuffix("2022-12-28,,2022-05-10,,,120,summary,15"))
  }

  @Test("Only what is due by a day")
  func dueBy() throws {
    let ids = try onevisit("deadlines", "--as-of", "2022-12-15", "--due-by", "2023-06-30", "--format", "json").json()
    #expect(ids.elements.count == 136)
    let days = try onevisit(
      "deadlines", "--as-of", "2022-12-15", "--due-by", "2022-12-31", "--by", "day", "--format", "json"
    ).json().elements
    #expect(Set(days.compactMap { $0["day"]?.text }) == ["2022-12-31"] && days.count == 127)
    let none = try onevisit(
      "deadlines", "--as-of", "2022-12-15", "--due-by", "2022-12-30", "--by", "lead", "--language", "en")
    #expect(none.status == 0 && none.output.hasPrefix("Nothing matches.\n\n2022-12-15: 0 matters"))
  }

  @Test("Into a file, with a byte order mark for spreadsheets")
  func files() throws {
    let folder = try TemporaryFolder()
    let outcome = try onevisit(
      "deadlines", "--as-of", "2023-02-15", "--by", "lead", "--format", "csv", "--bom", "-o", "leads.csv",
      in: folder.url)
    #expect(outcome.status == 0 && outcome.bytes.isEmpty)
    let bytes = try Data(contentsOf: folder.url.appending(path: "leads.csv"))
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    for by in ["matter", "lead", "day"] {
      let arguments = ["deadlines", "--as-of", "2023-02-15", "--by", by]
      let file = try Program.run(Program.onevisit, arguments + ["-o", "\(by).txt"], in: folder.url)
      #expect(file.status == 0 && file.bytes.isEmpty)
      let written = try Data(contentsOf: folder.url.appending(path: "\(by).txt"))
      #expect(Array(written) == (try Program.run(Program.onevisit, arguments, in: folder.url)).bytes)
    }
    #expect(try onevisit("deadlines", "-o", "no/such/folder.txt", in: folder.url).status == 2)
  }

  @Test("Wrong usage")
  func usage() throws {
    #expect(try onevisit("deadlines", "--by", "week").status == 64)
    #expect(try onevisit("deadlines", "--due-by", "soon").status == 64)
    let mark = try onevisit("deadlines", "--bom", "--language", "en")
    #expect(mark.status == 64 && mark.errors.hasPrefix("error: --bom needs --format csv."))
  }
}
