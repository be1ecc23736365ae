import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Localization
import Reports
import Validator

/// What compares two catalogs, or plans an edit of one: whatever the catalog holds.
extension CatalogChecks {
  /// Compares the catalog with itself and with the small one, in both directions, and the lists of its levels.
  static func checkComparisons(_ catalog: Catalog, _ choices: Choices) throws {
    let language: Language = choices.turn & 1 == 0 ? .english : .chinese
    switch choices.turn >> 7 & 7 {
    case 0:
      let same = CatalogComparison(from: catalog, to: catalog)
      try expect(same.isEmpty, "a catalog differs from itself")
    case 1, 2:
      let small = SmallCatalog.catalog
      let (old, new) = choices.turn >> 7 & 1 == 0 ? (small, catalog) : (catalog, small)
      let comparison = CatalogComparison(from: old, to: new, limit: 20)
      try isPrintable(try bytes { try ComparisonText.write(comparison, language: language, to: $0) }, "the comparison")
      _ = try bytes { try ComparisonMarkdown.write(comparison, language: language, to: $0) }
      let hashes = (ContentHash.edition(old), ContentHash.edition(new))
      let json = try bytes { try ComparisonJSON.write(comparison, old: old, new: new, hashes: hashes, to: $0) }
      try isJSON(json, "the comparison")
    case 3:
      let levels = LevelComparison.all(of: catalog)
      let rows = LevelListing.rows(levels, of: catalog, Set(LevelComparison.Status.allCases))
      try isPrintable(try bytes { try rows.writeTable(language: language, to: $0) }, "the levels")
      for level in levels { try expect(!LevelListing.summary(level)[language].isEmpty, "a comparison without words") }
    case 4:
      let board = DeadlineBoard(catalog, on: FolderBody.usualDay)
      try isPrintable(
        try bytes { try DeadlineListing.writeLeads(board, language: language, to: $0) }, "the deadlines by lead")
      try isPrintable(
        try bytes { try DeadlineListing.writeDays(board, language: language, to: $0) }, "the deadlines by day")
      try isJSON(try bytes { try DeadlineListing.rows(board).writeJSON(to: $0) }, "the deadlines")
    default: break
    }
  }

  /// Plans an edit of what the catalog has, or is refused with words.
  static func checkEdits(_ catalog: Catalog, _ choices: Choices) throws {
    func name(_ names: [String], _ number: Int) -> String { names.isEmpty ? "" : names[number % names.count] }
    let (first, second) = (choices.turn >> 3 & 0xFF, choices.turn >> 8 & 0xFF)
    let matters = catalog.matters.prefix(40).map { catalog.id($0) }
    let departments = catalog.departments.prefix(60).flatMap { [$0.id, $0.short] }
    let approvals = catalog.approvals.prefix(60).map(\.name)
    let edit: CatalogEdit
    switch choices.turn % 5 {
    case 0: edit = .withdraw(matter: name(matters, first), on: FolderBody.usualDay, basis: name(departments, second))
    case 1: edit = .merge(.departments, [name(departments, first)], into: name(departments, second))
    case 2: edit = .merge(.approvals, [name(approvals, first)], into: name(approvals, second))
    case 3: edit = .renameDepartment(name(departments, first), to: name(approvals, second))
    default: edit = .moveItem(name(matters, first) + ".\(second % 4 + 1)", to: name(matters, second))
    }
    do {
      let plan = try EditPlan(edit, of: catalog)
      try expect(!plan.cells.isEmpty, "\(edit) changes nothing")
    } catch let error as EditRefusal {
      try expect(!error.explanation.zh.isEmpty && !error.explanation.en.isEmpty, "a refusal without words")
    }
  }
}
