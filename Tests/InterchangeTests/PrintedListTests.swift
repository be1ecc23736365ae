import AtomicFiles
import Catalog
import Interchange
import Testing

/// The tables of 九府办字〔2022〕128号 as the OCR of the gazette has them, with page headers, notes and misaligned columns.
@Suite("Lists as printed in the gazette")
struct PrintedListTests {
  private func fixture(_ name: String, isImport: Bool = false) throws -> Catalog {
    let file = #filePath
    let folder = file[..<(file.lastIndex(of: "/") ?? file.startIndex)]
    return CSVListReader.read(
      "\(folder)/Fixtures/\(name)", base: shippedCatalog, options: CSVListOptions(isImport: isImport))
  }

  /// The text without blanks, which are typesetting.
  private func bare(_ text: String) -> String { text.filter { $0 != " " } }

  @Test("First list: every matter and item is read; some types are uncertain")
  func first() throws {
    let printed = try fixture("printed-first.csv")
    let catalog = shippedCatalog
    #expect(unclear(printed) == [])
    #expect(printed.matters.count == 11)
    for matter in printed.matters {
      let own = try #require(catalog.matter(id: printed.id(matter)))
      #expect(
        printed.items(of: matter).map { printed.text($0.name) } == catalog.items(of: own).map { catalog.text($0.name) })
      #expect(
        line(matter, printed).replacing("|?|", with: "|\(catalog.audience(of: own)?.id ?? "")|") == line(own, catalog))
    }
  }

  @Test("Second list: aligned rows are read unchanged, misaligned rows are reported")
  func second() throws {
    let printed = try fixture("printed-second.csv")
    let catalog = shippedCatalog
    #expect(printed.matters.count == 230)
    // In matter 10 the type is in the cell of the name.
    let slipped = Set([10, 87, 88, 91] + Array(99...108))
    let reported = Set(
      printed.issues.compactMap { issue -> Int? in
        guard case .unclear = issue.kind, let id = issue.subject else { return nil }
        return Int(id.dropFirst(2))
      })
    var differing: [String] = []
    for matter in printed.matters {
      let number = matter.number ?? 0
      let own = try #require(catalog.matter(id: printed.id(matter)))
      var here = bare(line(matter, printed))
      var there = bare(line(own, catalog))
      // Which items are shared is not printed; a type may be unknown but not different.
      here = here.replacing("|?|", with: "|\(catalog.audience(of: own)?.id ?? "")|")
      for word in [" shared", "shared"] {
        here = here.replacing(word, with: "")
        there = there.replacing(word, with: "")
      }
      if slipped.contains(number) { continue }
      if here != there { differing.append("\(here)\n    \(there)") }
    }
    #expect(differing.isEmpty, "\(differing.prefix(3).joined(separator: "\n"))")
    #expect(slipped.subtracting(reported).isEmpty, "\(slipped.subtracting(reported).sorted())")
    #expect(reported.subtracting(slipped).isEmpty, "\(reported.subtracting(slipped).sorted())")
  }

  @Test("Findings have positions in the table")
  func positions() throws {
    let printed = try fixture("printed-second.csv")
    let locator = Locator(printed)
    let matter = try #require(printed.matter(id: "2-002"))
    let position = try #require(locator.locate(printed.position(matter, .name)))
    #expect(position.line == 8)
    #expect(position.excerpt?.contains("失业登记") == true)
    let item = try #require(printed.items(of: matter).last)
    #expect(locator.locate(printed.position(item, .responsible))?.excerpt == ",,,代缴基本医疗保险费,,医保部门,,")
    #expect(locator.locate(printed.position(item, .responsible))?.column == 15)
  }
}
