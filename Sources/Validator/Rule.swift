import Catalog
import Wording

/// A rule: one value in one file. Its texts are the documentation, its examples are the tests.
public struct Rule: Sendable {
  /// The part of the rule book it stands in.
  public enum Group: String, Sendable, CaseIterable {
    case reading, identity, references, responsibility, wording, deadlines, targets, waivers

    public var title: Bilingual {
      switch self {
      case .reading: Bilingual(zh: "读取", en: "Reading")
      case .identity: Bilingual(zh: "编号与数量", en: "Identity")
      case .references: Bilingual(zh: "引用", en: "References")
      case .responsibility: Bilingual(zh: "职责", en: "Responsibility")
      case .wording: Bilingual(zh: "用字", en: "Wording")
      case .deadlines: Bilingual(zh: "时限", en: "Deadlines")
      case .targets: Bilingual(zh: "目标", en: "Targets")
      case .waivers: Bilingual(zh: "豁免", en: "Waivers")
      }
    }
  }

  /// In kebab case; "allow <id>" reads as a sentence.
  public let id: String
  public let group: Group
  public let severity: Severity
  /// What it finds, in one line.
  public let title: Bilingual
  /// Why that matters.
  public let reason: Bilingual
  /// The paragraph that it follows: § cites 九府办字〔2022〕128号.
  public let source: Bilingual
  /// How to mend what it finds.
  public let remedy: Bilingual
  /// Catalogs in which it finds something.
  public let triggers: [Example]
  /// Catalogs much like those, in which it finds nothing.
  public let passes: [Example]
  /// What it finds depends on the day that is asked about, and goes with it: nothing to be waived for good.
  public let dependsOnDay: Bool
  /// The numbers that a catalog may set for it in `datapackage.json`.
  public let settings: [Setting]
  public let check: Check

  /// A number that a catalog may set for a rule.
  public struct Setting: Sendable {
    public let name: String
    /// What it is where the catalog sets nothing.
    public let standard: Int
    public let meaning: Bilingual

    public init(_ name: String, standard: Int, meaning: Bilingual) {
      self.name = name
      self.standard = standard
      self.meaning = meaning
    }
  }

  public init(
    id: String, group: Group, severity: Severity, title: Bilingual, reason: Bilingual, source: Bilingual,
    remedy: Bilingual, triggers: [Example], passes: [Example], settings: [Setting] = [], dependsOnDay: Bool = false,
    check: Check
  ) {
    self.id = id
    self.group = group
    self.severity = severity
    self.title = title
    self.reason = reason
    self.source = source
    self.remedy = remedy
    self.triggers = triggers
    self.passes = passes
    self.settings = settings
    self.dependsOnDay = dependsOnDay
    self.check = check
  }
}

/// How a rule looks at a catalog.
public enum Check: Sendable {
  /// At what could not be read, one issue after the other. These rules run even on an input that is no catalog at all.
  case issue(@Sendable (ReadingIssue, Inspection) -> Void)
  /// At one matter after the other.
  case matter(@Sendable (Matter, Inspection) -> Void)
  /// At one item after the other.
  case item(@Sendable (Item, Inspection) -> Void)
  /// At each distinct text that has one of these traits; the answer, if something is wrong with it, is how to say so. It is
  /// then told wherever the text stands, and said only where it is shown.
  case text(TextTraits, @Sendable (String) -> (() -> Bilingual)?)
  /// At the catalog as a whole.
  case catalog(@Sendable (Inspection) -> Void)
  /// At the waivers, after every other rule has run.
  case waivers(@Sendable (Inspection, WaiverUse) -> Void)
}
