import Catalog
import Localization

/// A rule: one value in one file. Its texts are its documentation, its examples are its tests.
package struct Rule: Sendable {
  /// The section of the rule book.
  package enum Group: String, Sendable, CaseIterable {
    case reading, identity, references, responsibility, wording, deadlines, targets, waivers
    /// Rules that a program adds to those of the rule book.
    case custom

    package var title: LocalizedText {
      switch self {
      case .reading: LocalizedText(zh: "读取", en: "Reading")
      case .identity: LocalizedText(zh: "编号与数量", en: "Identity")
      case .references: LocalizedText(zh: "引用", en: "References")
      case .responsibility: LocalizedText(zh: "职责", en: "Responsibility")
      case .wording: LocalizedText(zh: "用字", en: "Wording")
      case .deadlines: LocalizedText(zh: "时限", en: "Deadlines")
      case .targets: LocalizedText(zh: "目标", en: "Targets")
      case .waivers: LocalizedText(zh: "豁免", en: "Waivers")
      case .custom: LocalizedText(zh: "自定义", en: "Custom")
      }
    }
  }

  /// In kebab case; "allow <id>" reads as a sentence.
  package let id: String
  package let group: Group
  package let severity: Severity
  /// What it finds, in one line.
  package let title: LocalizedText
  /// Why that matters.
  package let reason: LocalizedText
  /// The paragraph that it follows; § cites 九府办字〔2022〕128号.
  package let source: LocalizedText
  /// How to fix what it finds.
  package let fix: LocalizedText
  /// Catalogs with findings; `↓` marks the position of each.
  package var triggers: [Example] { makeTriggers() }
  /// Similar catalogs without findings.
  package var passes: [Example] { makePasses() }
  // Made when they are asked for: a check of a catalog needs none of them.
  private let makeTriggers: @Sendable () -> [Example]
  private let makePasses: @Sendable () -> [Example]
  /// Its findings depend on the date of the check, and a waiver would outlive them.
  package let dependsOnDay: Bool
  /// The numbers that a catalog may set for it in `datapackage.json`.
  package let settings: [Setting]
  package let check: Check
  /// How a cell that it reports is corrected; nil if the rule has no text for it.
  package let correction: Correction?

  package enum Correction: Sendable {
    /// The right text for the text of the cell; nil if none is certain. `exists` says whether there is one that is another text,
    /// where that is known sooner.
    case text(@Sendable (String) -> String?, exists: (@Sendable (String) -> Bool)? = nil)
    /// The check gives it with each finding.
    case reported
    /// The check gives a suggestion with a finding: another text that is likely meant, which takes a decision.
    case suggested
  }

  /// A number that a catalog may set for a rule. The declaration is also the key: a check reads `context[.runLength]`.
  package struct Setting: Sendable, Hashable {
    /// Its name in `datapackage.json`.
    package let name: String
    /// The value where the catalog sets none.
    package let defaultValue: Int
    /// A value outside is replaced by the nearer bound.
    package let range: ClosedRange<Int>
    package let meaning: LocalizedText

    package init(
      _ name: String, default defaultValue: Int, in range: ClosedRange<Int> = 0...Int.max, meaning: LocalizedText
    ) {
      self.name = name
      self.defaultValue = defaultValue
      self.range = range
      self.meaning = meaning
    }

    /// Its value among what a catalog sets for a rule.
    func value(in settings: Settings.RuleSettings) -> Int {
      min(max(settings.values[name] ?? defaultValue, range.lowerBound), range.upperBound)
    }
  }

  package init(
    id: String, group: Group, severity: Severity, title: LocalizedText, reason: LocalizedText, source: LocalizedText,
    fix: LocalizedText, triggers: @autoclosure @escaping @Sendable () -> [Example],
    passes: @autoclosure @escaping @Sendable () -> [Example], settings: [Setting] = [], dependsOnDay: Bool = false,
    correction: Correction? = nil, check: Check
  ) {
    self.id = id
    self.group = group
    self.severity = severity
    self.title = title
    self.reason = reason
    self.source = source
    self.fix = fix
    makeTriggers = triggers
    makePasses = passes
    self.settings = settings
    self.dependsOnDay = dependsOnDay
    self.correction = correction
    self.check = check
  }
}

/// What a rule's check is called with.
package enum Check: Sendable {
  /// Each issue of reading of some kinds. These rules run even if nothing could be read as a catalog.
  case issue(ReadingIssue.Kinds, @Sendable (ReadingIssue, RuleContext) -> Void)
  /// Each matter.
  case matter(@Sendable (Matter, RuleContext) -> Void)
  /// Each item.
  case item(@Sendable (Item, RuleContext) -> Void)
  /// Each distinct text that has one of the traits. The closure returns nil if nothing is wrong with the text, or else
  /// how to make the message; a finding is reported in every row that holds the text.
  case text(TextTraits, @Sendable (String) -> (() -> LocalizedText)?)
  /// The catalog as a whole.
  case catalog(@Sendable (RuleContext) -> Void)
  /// The waivers, after all other rules have run.
  case waivers(@Sendable (RuleContext, WaiverUse) -> Void)
}
