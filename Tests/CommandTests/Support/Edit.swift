import Foundation
import TestSupport
import Testing

/// An edit of the built-in catalog, and the findings that it causes.
struct Edit: CustomTestStringConvertible, Sendable {
  /// The edit in words.
  var name: String
  /// Exactly the new findings, as `ReportedFinding.description` gives them, in the order of the report.
  var raises: [String]
  /// Exactly the findings that are no longer reported.
  var ends: [String]
  /// The day as of which the catalog is validated.
  var day: String
  /// What is edited.
  var base: Base
  var change: @Sendable (CatalogFolder) throws -> Void

  var testDescription: String { name }

  enum Base {
    /// The catalog as shipped.
    case shipped
    /// The catalog as shipped, with everything recorded as done in time.
    case recorded
  }

  init(
    _ name: String, raises: [String] = [], ends: [String] = [], day: String = CatalogFolder.day,
    on base: Base = .shipped,
    _ change: @escaping @Sendable (CatalogFolder) throws -> Void
  ) {
    self.name = name
    self.raises = raises
    self.ends = ends
    self.day = day
    self.base = base
    self.change = change
  }

  /// Makes the edit and compares the findings before and after it.
  func check() throws {
    let catalog = try CatalogFolder()
    if base == .recorded { try catalog.recordEverything() }
    let isShipped = day == CatalogFolder.day && base == .shipped
    let before = isShipped ? try CatalogFolder.shipped.get() : try catalog.validate(day: day)
    try change(catalog)
    let after = try catalog.validate(day: day)
    let (raised, gone) = after.change(since: before)
    // The last row of a table that grows is called `last`.
    let last = "waivers.csv:\(try catalog.exists("waivers.csv") ? catalog.lines("waivers.csv").count : 0):"
    let descriptions = raised.map { $0.description.replacingOccurrences(of: last, with: "waivers.csv:last:") }
    #expect(descriptions == raises, "\(list("raised", descriptions))\(messages(raised))")
    let ended = gone.map(\.description)
    #expect(ended == ends, "\(list("ended", ended))")
    let status = raises.contains { $0.hasPrefix("error ") } ? 1 : 0
    #expect(after.outcome.status == status)
  }

  private func list(_ word: String, _ descriptions: [String]) -> String {
    "\(name): \(word) \(descriptions.count)\n" + descriptions.prefix(400).map { "        \"\($0)\",\n" }.joined()
  }

  private func messages(_ descriptions: [ReportedFinding]) -> String {
    descriptions.prefix(12).map { "  \($0.rule): \($0.message)\n" }.joined()
  }
}
