import Catalog
import Localization

/// A finding before its position has been looked up.
struct FindingDraft {
  /// The index of its rule in the plan.
  var rule: Int
  /// Its number among the kept findings of the rule.
  var order: Int
  var subject: Subject
  var position: SourcePosition
  var message: LocalizedText
  /// Nil for the rule's own fix.
  var fix: LocalizedText?
  /// The right text of the cell at `position`, where the check knows it.
  var corrected: String?
  var related: [(subject: Subject, position: SourcePosition)]
  /// The index of its waiver; nil if it is open.
  var waiver: Int?
  /// What several findings may have in common, such as a name that no register has.
  var name: String?
  /// The index in the plan of the rule that reports its cause; nil if it is a finding of its own.
  var cause: Int?
  /// An older edition has it too.
  var isKnown = false
  /// Its severity, if it is that of what follows from it.
  var severity: Severity?
  /// The findings that follow from it, by the index of their rule.
  var consequences: [Int: Int] = [:]
}

/// How often a rule has reported the same column, or the same name.
struct FindingGroup {
  /// In how many rows.
  var count = 0
  /// The subjects and positions of the first.
  var first: [(subject: Subject, position: SourcePosition)] = []
  private var last: SourcePosition?

  static let firstLimit = 5

  mutating func add(_ subject: Subject, at position: SourcePosition) {
    if last == position { return }
    last = position
    count += 1
    if first.count < FindingGroup.firstLimit { first.append((subject, position)) }
  }
}

/// A column of a table; the row as a whole where `column` is nil.
struct FindingColumn: Hashable {
  var table: TableKind
  var column: Int?
}

/// Counts the findings of one rule and keeps the first of them: at most `cap` open ones and as many waived ones.
struct FindingCollector {
  let rule: Int
  let cap: Int
  private let waivedCap: Int
  private(set) var open = 0
  private(set) var waived = 0
  private(set) var drafts: [FindingDraft] = []
  /// How many of the open ones that are not kept can be corrected.
  private(set) var correctable = 0
  /// The open findings by name.
  private(set) var names = NamedFindings()
  /// The open findings by column, of which there are few, and the index of the last one's column.
  private var ofColumns: [(column: FindingColumn, group: FindingGroup)] = []
  private var lastColumn = 0
  /// The matters of the open findings, if the rule judges a matter by its neighbours or its items.
  private(set) var matters: [Int32] = []
  private let keepsMatters: Bool

  /// - Parameters:
  ///   - cap: how many open findings are kept, and how many waived ones.
  ///   - keepsWaived: whether any waived one is kept.
  init(rule: Int, cap: Int, keepsWaived: Bool = true, keepsMatters: Bool = false) {
    self.rule = rule
    self.cap = cap
    waivedCap = keepsWaived ? cap : 0
    self.keepsMatters = keepsMatters
  }

  /// Counts a finding, open or waived.
  ///
  /// - Returns: whether it is to be kept.
  mutating func count(isWaived: Bool) -> Bool {
    guard isWaived else {
      open += 1
      return open <= cap
    }
    waived += 1
    return waived <= waivedCap
  }

  /// Adds an open finding to those of its column and of its name.
  mutating func group(_ subject: Subject, at position: SourcePosition, name: String?) {
    let column = FindingColumn(table: position.table, column: position.column)
    if !ofColumns.indices.contains(lastColumn) || ofColumns[lastColumn].column != column {
      lastColumn = ofColumns.firstIndex { $0.column == column } ?? ofColumns.count
      if lastColumn == ofColumns.count { ofColumns.append((column, FindingGroup())) }
    }
    ofColumns[lastColumn].group.add(subject, at: position)
    if keepsMatters, case .matter(let index) = subject { matters.append(Int32(index)) }
    if let name { names.add(name, subject, at: position) }
  }

  /// The open findings by column.
  var columns: [FindingColumn: FindingGroup] {
    if ofColumns.isEmpty { return [:] }
    return Dictionary(uniqueKeysWithValues: ofColumns.map { ($0.column, $0.group) })
  }

  mutating func countCorrectable() { correctable += 1 }

  mutating func keep(_ draft: FindingDraft) {
    var draft = draft
    draft.order = drafts.count
    drafts.append(draft)
  }

  mutating func takeDrafts() -> [FindingDraft] {
    defer { drafts = [] }
    return drafts
  }
}
