import Catalog
import Deadlines
import Testing
import Validator

/// Matters that are no longer offered, and rows that have lost their items.
@Suite struct WithdrawalTests {
  private func withdraw(_ id: String, in edited: inout EditedCatalog, day: String = "2024-05-01", basis: String = "依据")
  {
    edited.lines(of: "matters.csv") { lines in
      lines = lines.map { $0.hasPrefix(id + ",") && $0.hasSuffix(",,,,") ? $0.dropLast(4) + ",\(day),\(basis),," : $0 }
    }
  }

  @Test func noGapAndNoCount() throws {
    var edited = EditedCatalog()
    withdraw("2-100", in: &edited)
    #expect(try edited.news().isEmpty)
  }

  @Test func noDuties() throws {
    var edited = EditedCatalog()
    edited["progress.csv"] += "2-001,2023-01-04\n2-012,2023-01-04\n"
    let before = try edited.validation { $0.day = Day(iso: "2024-01-15") ?? $0.day }.findings.filter {
      $0.subject.hasPrefix("2-012")
    }
    #expect(before.contains { $0.rule == "overdue" })
    withdraw("2-012", in: &edited)
    let after = try edited.validation { $0.day = Day(iso: "2024-01-15") ?? $0.day }.findings.filter {
      $0.subject == "2-012"
    }
    #expect(!after.contains { ["overdue", "report-overdue", "due-soon", "incomplete-deliverables"].contains($0.rule) })
  }

  @Test func includedMatter() throws {
    var edited = EditedCatalog()
    withdraw("2-037", in: &edited)
    #expect(try edited.news() == ["includes-withdrawn 2-038"])
    #expect(try edited.findings("includes-withdrawn").first?.message.en.contains("92 other scenes") == true)
  }

  @Test func dayWithoutBasis() throws {
    var edited = EditedCatalog()
    withdraw("2-100", in: &edited, basis: "")
    withdraw("2-101", in: &edited, day: "")
    #expect(try edited.news() == ["incomplete-withdrawal 2-100", "incomplete-withdrawal 2-101"])
  }

  @Test func waiversOfAWithdrawnMatterAreNotUnused() throws {
    var edited = EditedCatalog()
    edited["waivers.csv"] += "duplicate-matter-name,2-218,原文如此\nconflicting-deadlines,2-218,原文如此\n"
    withdraw("2-218", in: &edited)
    let news = try edited.news()
    #expect(!news.contains { $0.hasPrefix("unused-waiver") }, "\(news)")
  }

  // MARK: Numbers and rows

  /// The advice of a gap never gives items to another matter.
  @Test func gapIsNotRenumbered() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { $0.removeAll { $0.hasPrefix("2-156,") } }
    let finding = try #require(try edited.findings("number-gap").first)
    #expect(!finding.fix.en.contains("if none is missing, renumber") && finding.fix.en.contains("edit withdraw"))
    #expect(finding.fix.zh.contains("不要重编"))
  }

  /// The rows after a deleted one are renumbered, and the items stay with their ids.
  @Test(arguments: [20, 60, 100, 156, 169])
  func renumberedTail(_ deleted: Int) throws {
    var edited = EditedCatalog()
    func id(_ number: Int) -> String { "2-" + String("00\(number)".suffix(3)) }
    edited.lines(of: "matters.csv") { lines in
      lines.removeAll { $0.hasPrefix(id(deleted) + ",") }
      for number in deleted + 1...230 {
        guard let row = lines.firstIndex(where: { $0.hasPrefix("\(id(number)),second,\(number),") }) else { continue }
        lines[row] = lines[row].replacing(
          "\(id(number)),second,\(number),", with: "\(id(number - 1)),second,\(number - 1),")
      }
    }
    edited.lines(of: "items.csv") { $0.removeAll { $0.hasPrefix("2-230,") } }
    edited["lists.csv"] = edited["lists.csv"].replacing("(230项),230,", with: "(230项),229,")
    #expect(try edited.findings("shifted-rows").count == 1)
  }

  /// Names, leads and the other cells of a block have moved one row down against the ids.
  @Test func pastedBlock() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { lines in
      guard let first = lines.firstIndex(where: { $0.hasPrefix("2-158,") }) else { return }
      let block = first...first + 59
      let tails = lines[block].map { $0.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)[3] }
      for (offset, row) in block.enumerated() {
        let head = lines[row].split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
        lines[row] = (head + [tails[offset == 0 ? tails.count - 1 : offset - 1]]).joined(separator: ",")
      }
    }
    let findings = try edited.findings("shifted-rows")
    #expect(findings.count == 1)
    let message = findings.first?.message.en ?? ""
    #expect(message.contains("moved by one row"), "\(message)")
  }

  @Test func noFalseAlarm() throws {
    #expect(try EditedCatalog().findings("shifted-rows").isEmpty)
  }
}
