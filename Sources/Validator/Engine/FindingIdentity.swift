import CSVFormat
import Catalog

/// What a finding is about, whatever line it is in: its subject, the column, and the text of the cell. An item is known by
/// its matter and its id or name, since an insertion before it changes its number.
///
/// The value is that of this process: it is compared with others, never kept.
struct FindingIdentity {
  private let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func value(of subject: Subject, at position: SourcePosition) -> Int {
    var hasher = Hasher()
    if case .item(let index) = subject {
      let item = catalog.items[index]
      hasher.combine(catalog.text(item.matterID))
      let id = catalog.stableID(item)
      hasher.combine(id.isEmpty ? catalog.text(item.name) : id)
    } else {
      hasher.combine(subject.id(in: catalog))
    }
    hasher.combine(position.table)
    hasher.combine(position.column)
    hasher.combine(text(of: subject, at: position))
    return hasher.finalize()
  }

  /// The text of the cell; of a row without a subject of its own, its first cell.
  private func text(of subject: Subject, at position: SourcePosition) -> String {
    guard let column = position.column else {
      if case .table = subject { return firstCell(ofRowAt: position) }
      return ""
    }
    switch (subject, position.table) {
    case (.matter(let index), .matters):
      let text = text(of: catalog.matters[index], column)
      if !text.isEmpty { return text }
    case (.item(let index), .items):
      if column == ItemColumn.number.rawValue { return "" }
      let text = text(of: catalog.items[index], column)
      if !text.isEmpty { return text }
    default: break
    }
    guard let (csv, cells) = row(at: position), let columns = catalog.sources[position.source].columns[position.table],
      columns.indices.contains(column), cells.indices.contains(columns[column])
    else { return "" }
    return csv.string(cells[columns[column]])
  }

  private func text(of matter: Matter, _ column: Int) -> String {
    if let declared = MatterColumn(rawValue: column) { return catalog.text(matter, declared) }
    let further = column - MatterColumn.allCases.count
    return catalog.schema.extraMatterColumns.indices.contains(further) ? catalog.extra(matter, further) : ""
  }

  private func text(of item: Item, _ column: Int) -> String {
    if let declared = ItemColumn(rawValue: column) { return catalog.text(item, declared) }
    let further = column - ItemColumn.allCases.count
    return catalog.schema.extraItemColumns.indices.contains(further) ? catalog.extra(item, further) : ""
  }

  private func firstCell(ofRowAt position: SourcePosition) -> String {
    guard case .row = position, let (csv, cells) = row(at: position), position.offset >= csv.bodyStart,
      let first = cells.first
    else { return "" }
    return csv.string(first)
  }

  private func row(at position: SourcePosition) -> (CSVTable, [Cell])? {
    guard catalog.sources.indices.contains(position.source), let csv = catalog.sources[position.source].csv else {
      return nil
    }
    return (csv, csv.cells(ofRowAt: position.offset))
  }
}

/// How often an edition has each finding, by its identity.
struct FindingCounts: Sendable {
  private var counts: [Int: Int] = [:]

  mutating func add(_ identity: Int) { counts[identity, default: 0] += 1 }

  /// Takes one out.
  /// - Returns: whether there was one.
  mutating func take(_ identity: Int) -> Bool {
    guard let count = counts[identity], count > 0 else { return false }
    counts[identity] = count - 1
    return true
  }
}

/// The findings of an older edition, by which a later check separates new ones from those that were there before.
package struct Baseline: Sendable {
  /// What the older edition was read from, as shown to people.
  package let name: String
  /// By rule, those that are open there and those that are waived, with what follows from another one.
  let findings: [String: RuleBaseline]

  /// Checks the older edition.
  /// - Parameter options: those of the check that is compared with it.
  package init(_ catalog: Catalog, options: ValidationOptions, rules: [Rule] = RuleBook.rules) {
    var options = options
    options.cap = 0
    options.recordsWaivers = false
    options.baseline = nil
    let plan = ValidationPlan(catalog, options: options, rules: rules)
    let runner = RuleRunner(catalog: catalog, options: options)
    name = catalog.origin.name
    findings = Dictionary(zip(plan.rules.map(\.rule.id), runner.identities(plan))) { first, _ in first }
  }
}

/// The findings of one rule in an older edition.
struct RuleBaseline: Sendable {
  var open = FindingCounts()
  var waived = FindingCounts()

  mutating func add(_ identity: Int, isWaived: Bool) {
    if isWaived { waived.add(identity) } else { open.add(identity) }
  }

  /// Whether the older edition has the finding; one that is open must have been open there. Each is taken once.
  mutating func takes(_ identity: Int, isWaived: Bool) -> Bool {
    isWaived ? waived.take(identity) || open.take(identity) : open.take(identity)
  }
}
