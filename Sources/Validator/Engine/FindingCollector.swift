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
  var related: [(subject: Subject, position: SourcePosition)]
  /// The index of its waiver; nil if it is open.
  var waiver: Int?
}

/// Counts the findings of one rule and keeps the first of them: at most `cap` open ones and as many waived ones.
struct FindingCollector {
  let rule: Int
  let cap: Int
  private(set) var open = 0
  private(set) var waived = 0
  private(set) var drafts: [FindingDraft] = []
  /// Waivers that cover a finding, kept or not.
  private(set) var usedWaivers: Set<Int> = []

  init(rule: Int, cap: Int) {
    self.rule = rule
    self.cap = cap
  }

  /// Counts a finding, open or covered by waivers.
  ///
  /// - Returns: whether it is to be kept.
  mutating func count(_ waiver: (first: Int, all: [Int])?) -> Bool {
    guard let waiver else {
      open += 1
      return open <= cap
    }
    usedWaivers.formUnion(waiver.all)
    waived += 1
    return waived <= cap
  }

  mutating func keep(
    _ subject: Subject, at position: SourcePosition, message: LocalizedText, fix: LocalizedText?,
    related: [(subject: Subject, position: SourcePosition)], waiver: Int?
  ) {
    drafts.append(
      FindingDraft(
        rule: rule, order: drafts.count, subject: subject, position: position, message: message, fix: fix,
        related: related, waiver: waiver))
  }

  mutating func takeDrafts() -> [FindingDraft] {
    defer { drafts = [] }
    return drafts
  }
}
