/// Something that a rule reports.
public struct Finding: Sendable, Hashable {
  /// Another position that belongs to a finding, such as the other of two matters of one name.
  public struct Related: Sendable, Hashable {
    /// The id of the matter; nil if it is about none.
    public let matter: String?
    /// The id of the item; nil if it is about none.
    public let item: String?
    /// The position; nil if there is none.
    public let position: SourcePosition?
  }

  /// The id of the rule, such as `number-gap`.
  public let rule: String
  /// How serious it is in this catalog.
  public let severity: Severity
  /// The id that a waiver names: of a matter, an item, a department, an approval …
  public let subject: String
  /// The id of the matter; nil if the finding is about none.
  public let matter: String?
  /// The id of the item; nil if the finding is about none.
  public let item: String?
  /// Where it is.
  public let position: SourcePosition
  /// What is wrong.
  public let message: LocalizedText
  /// What to do.
  public let fix: LocalizedText
  /// Other positions that belong to it.
  public let related: [Related]
  /// The reason for which it is waived (豁免); nil if it is not waived.
  public let waiver: String?

  /// The address of its cell in a spreadsheet, such as `F243`; nil if the file is no table.
  public var cell: String? { position.cell }
  /// The English name of its column; nil if it is not about one column.
  public var field: String? { position.field }

  /// Whether it is waived in `waivers.csv`.
  public var isWaived: Bool { waiver != nil }

  /// - Parameter catalog: the catalog's name, for a finding without a position of its own.
  init(_ finding: Core.Finding, catalog: String) {
    rule = finding.rule
    severity = Severity(finding.severity)
    subject = finding.subject
    matter = finding.matter
    item = finding.item
    position = finding.location.map(SourcePosition.init) ?? SourcePosition(file: catalog)
    message = LocalizedText(finding.message)
    fix = LocalizedText(finding.fix)
    related = finding.related.map {
      Related(matter: $0.matter, item: $0.item, position: $0.location.map(SourcePosition.init))
    }
    waiver = finding.waiver
  }
}
