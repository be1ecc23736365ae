import Foundation
import TestSupport
import Testing

/// Something done to the shipped catalog, and what it raises.
struct Edit: CustomTestStringConvertible, Sendable {
  /// What is done.
  var name: String
  /// Exactly what is raised, as `ReportedFinding` describes it, in the order of the report.
  var raises: [String]
  /// Exactly what is told no more.
  var ends: [String]
  /// The day on which it is checked.
  var day: String
  /// What is edited.
  var base: Base
  /// The defect that stands in the way, while it does.
  var defect: String?
  var change: @Sendable (CatalogFolder) throws -> Void

  var testDescription: String { name }

  enum Base {
    /// The catalog as shipped.
    case shipped
    /// The catalog as shipped, with everything on record as done in time.
    case recorded
  }

  init(
    _ name: String, raises: [String] = [], ends: [String] = [], day: String = CatalogFolder.day,
    on base: Base = .shipped, defect: String? = nil,
    _ change: @escaping @Sendable (CatalogFolder) throws -> Void
  ) {
    self.name = name
    self.raises = raises
    self.ends = ends
    self.day = day
    self.base = base
    self.defect = defect
    self.change = change
  }

  /// Makes the edit and compares what is told before and after it.
  func check() throws {
    guard let defect else { return try judge() }
    withKnownIssue(Comment(rawValue: defect)) { try judge() }
  }

  private func judge() throws {
    let catalog = try CatalogFolder()
    if base == .recorded { try catalog.recordEverything() }
    let isShipped = day == CatalogFolder.day && base == .shipped
    let before = isShipped ? try CatalogFolder.shipped.get() : try catalog.validate(day: day)
    try change(catalog)
    let after = try catalog.validate(day: day)
    let (raised, gone) = after.change(since: before)
    // Rows at the end of a table that grows are named by being the last.
    let last = "waivers.csv:\(try catalog.exists("waivers.csv") ? catalog.lines("waivers.csv").count : 0):"
    let told = raised.map { $0.description.replacingOccurrences(of: last, with: "waivers.csv:last:") }
    #expect(told == raises, "\(list("raised", told))\(messages(raised))")
    let ended = gone.map(\.description)
    #expect(ended == ends, "\(list("ended", ended))")
    let status = raises.contains { $0.hasPrefix("error ") } ? 1 : 0
    #expect(after.outcome.status == status)
  }

  private func list(_ word: String, _ told: [String]) -> String {
    "\(name): \(word) \(told.count)\n" + told.prefix(400).map { "        \"\($0)\",\n" }.joined()
  }

  private func messages(_ told: [ReportedFinding]) -> String {
    told.prefix(12).map { "  \($0.rule): \($0.message)\n" }.joined()
  }
}
