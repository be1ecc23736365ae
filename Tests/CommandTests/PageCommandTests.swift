import Foundation
import TestSupport
import Testing

/// `--format html` as a command: the verdict and the exit status, the file, and what a page says of what it leaves out.
@Suite("HTML pages") struct PageCommandTests {
  @Test("The verdict agrees with the exit status")
  func verdict() throws {
    let catalog = try CatalogFolder()
    func validate(_ arguments: String...) throws -> Outcome {
      try Program.run(
        Program.onevisit,
        ["validate", "catalog", "--no-waivers", "--format", "html", "--language", "en", "--as-of", "2022-12-30"]
          + arguments,
        in: catalog.folder)
    }
    let usual = try validate()
    #expect(usual.status == 0 && usual.output.contains(">The check passes, with 25 warnings<"))
    let strict = try validate("--strict")
    #expect(strict.status == 1 && strict.output.contains(">The check fails: 25 warnings ("))
    let nothing = try validate("--only", "csv-syntax", "--strict")
    #expect(nothing.status == 0 && nothing.output.contains(">The check passes: nothing found<"))
    try catalog.append("2-999,1,x\"y,,", to: "items.csv")
    let errors = try validate()
    #expect(errors.status == 1 && errors.output.contains(">The check fails: "))
    try catalog.delete("matters.csv")
    try catalog.delete("items.csv")
    let unreadable = try validate()
    #expect(unreadable.status == 2 && unreadable.output.contains(">This cannot be read as a catalog<"))
  }

  @Test("A page that leaves findings out says how to see all")
  func omitted() throws {
    let catalog = try CatalogFolder()
    let arguments = ["validate", "catalog", "--no-waivers", "--format", "html", "--language", "en", "--max-findings"]
    let some = try Program.run(Program.onevisit, arguments + ["2"], in: catalog.folder)
    #expect(some.output.contains("--max-findings 0 lists all") && some.output.contains("more of this rule"))
    let all = try Program.run(Program.onevisit, arguments + ["0"], in: catalog.folder)
    #expect(!all.output.contains("lists all") && all.output.utf8.count > some.output.utf8.count)
  }

  @Test("Every page into a file; a table that was read is not written over")
  func files() throws {
    let catalog = try CatalogFolder()
    let here = ["--catalog", "catalog", "--format", "html", "-o"]
    let commands = [
      ["show", "2-042"], ["deadlines"], ["deadlines", "--by", "lead"], ["deadlines", "--by", "day"],
      ["deadlines", "--department", "public-security"],
      ["deadlines", "--department", "public-security", "--by", "lead"],
    ]
    for (index, command) in commands.enumerated() {
      let file = "page-\(index).html"
      let outcome = try Program.run(Program.onevisit, command + here + [file], in: catalog.folder)
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(command): \(outcome.errors)")
      let page = try String(contentsOf: catalog.folder.appending(path: file), encoding: .utf8)
      #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
      let refused = try Program.run(Program.onevisit, command + here + ["catalog/matters.csv"], in: catalog.folder)
      #expect(refused.status == 64, "\(command)")
    }
    let same = try catalog.run("diff", "catalog", "catalog", "--format", "html")
    #expect(same.status == 0 && same.output.contains("</html>"))
    #expect(try catalog.run("deadlines", "--format", "html", "--bom").status == 64)
  }
}
