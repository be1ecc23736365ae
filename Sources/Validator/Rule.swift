import Catalog
import Localization

/// A rule: one value in one file. Its texts are the documentation, its examples are the tests.
package struct Rule: Sendable {
  /// The part of the rule book it stands in.
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
  /// The paragraph that it follows: § cites 九府办字〔2022〕128号.
  package let source: LocalizedText
  /// How to mend what it finds.
  package let fix: LocalizedText
  /// Catalogs in which it finds something.
  package let triggers: [Example]
  /// Catalogs much like those, in which it finds nothing.
  package let passes: [Example]
  /// What it finds depends on the day that is asked about, and goes with it: nothing to be waived for good.
  package let dependsOnDay: Bool
  /// The numbers that a catalog may set for it in `datapackage.json`.
  package let settings: [Setting]
  package let check: Check

  /// A number that a catalog may set for a rule.
  package struct Setting: Sendable {
    package let name: String
    /// What it is where the catalog sets nothing.
    package let standard: Int
    package let meaning: LocalizedText

    package init(_ name: String, standard: Int, meaning: LocalizedText) {
      self.name = name
      self.standard = standard
      self.meaning = meaning
    }
  }

  package init(
    id: String, group: Group, severity: Severity, title: LocalizedText, reason: LocalizedText, source: LocalizedText,
    fix: LocalizedText, triggers: [Example], passes: [Example], settings: [Setting] = [], dependsOnDay: Bool = false,
    check: Check
  ) {
    self.id = id
    self.group = group
    self.severity = severity
    self.title = title
    self.reason = reason
    self.source = source
    self.fix = fix
    self.triggers = triggers
    self.passes = passes
    self.settings = settings
    self.dependsOnDay = dependsOnDay
    self.check = check
  }
}

/// How a rule looks at a catalog.
package enum Check: Sendable {
  /// At what could not be read, one issue after the other. These rules run even on an input that is no catalog at all.
  case issue(@Sendable (ReadingIssue, RuleContext) -> Void)
  /// At one matter after the other.
  case matter(@Sendable (Matter, RuleContext) -> Void)
  /// At one item after the other.
  case item(@Sendable (Item, RuleContext) -> Void)
  /// At each distinct text that has one of these traits; the answer, if something is wrong with it, is how to say so. It is
  /// then told wherever the text stands, and said only where it is shown.
  case text(TextTraits, @Sendable (String) -> (() -> LocalizedText)?)
  /// At the catalog as a whole.
  case catalog(@Sendable (RuleContext) -> Void)
  /// At the waivers, after every other rule has run.
  case waivers(@Sendable (RuleContext, WaiverUse) -> Void)
}
