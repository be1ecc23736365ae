import Catalog
import Interchange

/// The matters of a comparison, with those folded that have one and the same change: "30 deadlines 2023年12月底 → 2024年6月底".
struct ComparisonRuns {
  enum Entry {
    case matter(CatalogComparison.MatterChange)
    /// Matters with the same change of one field, in order.
    case run(CatalogComparison.FieldChange, [CatalogComparison.MatterChange])
  }

  private(set) var entries: [Entry] = []

  /// From how many on matters of one change are folded.
  private static let least = 3

  init(_ matters: [CatalogComparison.MatterChange]) {
    var groups: [Key: [Int]] = [:]
    for (index, matter) in matters.enumerated() {
      if let key = Key(matter) { groups[key, default: []].append(index) }
    }
    for (index, matter) in matters.enumerated() {
      guard let key = Key(matter), let group = groups[key], group.count >= ComparisonRuns.least else {
        entries.append(.matter(matter))
        continue
      }
      if group.first == index, let field = matter.fields.first {
        entries.append(.run(field, group.map { matters[$0] }))
      }
    }
  }

  private struct Key: Hashable {
    var column: String
    var kind: CatalogComparison.FieldChange.Kind
    var before: String
    var after: String

    /// Nil for a matter that changed in more than one field.
    init?(_ matter: CatalogComparison.MatterChange) {
      guard matter.change == .changed, matter.items.isEmpty, matter.fields.count == 1, let field = matter.fields.first
      else { return nil }
      column = field.column.name
      kind = field.kind
      before = field.before
      after = field.after
    }
  }

  /// The ids of a run, neighbours of one list joined: `2-138 … 2-167, 2-201`.
  static func ids(_ matters: [CatalogComparison.MatterChange], separator: String) -> String {
    var runs: [[String]] = []
    for matter in matters {
      if let last = runs.last?.last, follows(matter.id, last) {
        runs[runs.count - 1].append(matter.id)
      } else {
        runs.append([matter.id])
      }
    }
    return runs.flatMap { run -> [String] in
      guard run.count > 2, let first = run.first, let last = run.last else { return run }
      return ["\(first) … \(last)"]
    }.joined(separator: separator)
  }

  private static func follows(_ id: String, _ previous: String) -> Bool {
    guard let own = MatterRun.split(id), let before = MatterRun.split(previous) else { return false }
    return own.prefix == before.prefix && own.number - 1 == before.number
  }
}
