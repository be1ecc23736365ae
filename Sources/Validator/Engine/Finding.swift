import Catalog
import Localization

/// The subject of a finding.
package enum Subject: Sendable, Hashable {
  /// Indices in the arrays of `Catalog`.
  case matter(Int)
  case item(Int)
  case department(Int)
  case approval(Int)
  case list(Int)
  case notice(Int)
  case region(Int)
  case audience(Int)
  case target(Int)
  case progress(Int)
  case waiver(Int)
  /// A table as a whole, or a row without an id.
  case table(TableKind)
  /// An id as written, of an entry that the catalog does not have.
  case id(String)
  /// A matter's id as written, of a matter that the catalog does not have.
  case matterID(String)

  /// A row of a table, by its index.
  package init(row index: Int, of table: TableKind) {
    self =
      switch table {
      case .matters: .matter(index)
      case .items: .item(index)
      case .departments: .department(index)
      case .approvals: .approval(index)
      case .lists: .list(index)
      case .notices: .notice(index)
      case .regions: .region(index)
      case .audiences: .audience(index)
      case .targets: .target(index)
      case .progress: .progress(index)
      case .waivers: .waiver(index)
      }
  }

  /// The id by which a waiver names it.
  package func id(in catalog: Catalog) -> String {
    switch self {
    case .matter(let index): catalog.id(catalog.matters[index])
    case .item(let index): catalog.id(catalog.items[index])
    case .department(let index): catalog.departments[index].id
    case .approval(let index): catalog.approvals[index].id
    case .list(let index): catalog.lists[index].id
    case .notice(let index): catalog.notices[index].id
    case .region(let index): catalog.regions[index].id
    case .audience(let index): catalog.audiences[index].id
    case .target(let index): catalog.targets[index].id
    case .progress(let index): catalog.progress[index].matter
    case .waiver(let index): "\(catalog.waivers[index].rule) \(catalog.waivers[index].subject)"
    case .table(let kind): kind.name
    case .id(let id), .matterID(let id): id
    }
  }

  /// The id of the matter it belongs to, if it belongs to one.
  package func matterID(in catalog: Catalog) -> String? {
    switch self {
    case .matter(let index): catalog.id(catalog.matters[index])
    case .item(let index): catalog.text(catalog.items[index].matterID)
    case .progress(let index): catalog.progress[index].matter
    case .matterID(let id): id
    default: nil
    }
  }

  /// Its id, if it is an item.
  package func itemID(in catalog: Catalog) -> String? {
    if case .item(let index) = self { catalog.id(catalog.items[index]) } else { nil }
  }
}

/// A further position that belongs to a finding.
package struct Related: Sendable, Hashable {
  package var matter: String?
  package var item: String?
  package var location: Location?
  /// An explanation of the position, if it needs one.
  package var message: LocalizedText?

  package init(matter: String? = nil, item: String? = nil, location: Location? = nil, message: LocalizedText? = nil) {
    self.matter = matter
    self.item = item
    self.location = location
    self.message = message
  }
}

/// A finding of a rule.
package struct Finding: Sendable, Hashable {
  package var rule: String
  package var severity: Severity
  /// The id by which a waiver names its subject.
  package var subject: String
  package var matter: String?
  package var item: String?
  /// Where it is; nil if it has no position.
  package var location: Location?
  /// What is wrong.
  package var message: LocalizedText
  /// What to do.
  package var fix: LocalizedText
  package var related: [Related]
  /// The reason of the waiver; nil if it is open. A waiver without a reason has an empty one (`waiver-without-reason`).
  package var waiver: String?
  /// How many findings follow from it, by rule in the order of the rule book.
  package var consequences: [Consequence] = []
  /// The rule that reports its cause; nil if it is a finding of its own.
  package var cause: String?

  /// Findings of a rule that follow from another finding.
  package struct Consequence: Sendable, Hashable {
    package var rule: String
    package var count: Int
  }

  /// The cell's right text: what `validate --fix` writes, or `--unsafe-fixes` where it is a suggestion.
  package var correction: CellCorrection?
  /// An older edition that was given has it too; nil if none was given.
  package var isKnown: Bool?

  package var isWaived: Bool { waiver != nil }

  package init(
    rule: String, severity: Severity, subject: String, matter: String? = nil, item: String? = nil,
    location: Location? = nil, message: LocalizedText, fix: LocalizedText, related: [Related] = [],
    waiver: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.subject = subject
    self.matter = matter
    self.item = item
    self.location = location
    self.message = message
    self.fix = fix
    self.related = related
    self.waiver = waiver
  }
}
