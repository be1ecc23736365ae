/// The result of ``Catalog/validate(asOf:options:)``.
public struct ValidationReport: Sendable {
  /// The counts of a report.
  public struct Summary: Sendable, Hashable {
    /// The number of matters.
    public let matters: Int
    /// The number of items.
    public let items: Int
    /// The number of errors that are not waived.
    public let errors: Int
    /// The number of warnings that are not waived.
    public let warnings: Int
    /// The number of notes that are not waived.
    public let notes: Int
    /// The number of waived findings.
    public let waived: Int
    /// The number of findings that follow from another one; they are in none of the other counts.
    public let consequences: Int
  }

  /// The day for which the catalog was validated.
  public let day: Day
  /// The findings that are not waived, sorted by file, line and column.
  public let findings: [Finding]
  /// The waived findings, in the same order; `Finding.waiver` is the reason.
  public let waivedFindings: [Finding]
  /// Findings that follow from one of `findings`, in the same order; not all are kept. A column that is missing, for example,
  /// is one finding, and what is reported of every row because of that is here.
  public let consequences: [Finding]
  /// The counts, of findings beyond `ValidationOptions.maxFindingsPerRule` too.
  public let summary: Summary
  /// The ids in `ValidationOptions.only` and `skip` that no rule has, sorted.
  public let unknownRules: [String]

  private let core: Core.Validation
  private let rules: [Core.Rule]

  /// The number of findings that were counted but not kept.
  public var omitted: Int { core.unshown }

  /// Whether the check passes: no errors and, if `strict`, no warnings.
  public func passes(strict: Bool = false) -> Bool {
    summary.errors == 0 && (!strict || summary.warnings == 0)
  }

  /// The whole report as text, the same as `onevisit validate --format` writes.
  public func formatted(as format: ReportFormat, in language: Language) throws(OneVisitError) -> String {
    try OneVisitError.wrapping(.fileSystem) {
      let writer = Core.ByteWriter.memory()
      switch format {
      case .text:
        try Core.FindingsText.write(
          core, language: language.core, style: Core.TextStyle(), showsWaived: false, rules: rules, to: writer)
      case .json: try Core.FindingsJSON.write(core, language: language.core, to: writer)
      case .sarif:
        try Core.FindingsSARIF.write(core, language: language.core, version: Core.version, rules: rules, to: writer)
      case .junit: try Core.FindingsJUnit.write(core, language: language.core, rules: rules, to: writer)
      case .github: try Core.FindingsGitHub.write(core, language: language.core, to: writer)
      }
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }

  init(_ validation: Core.Validation, rules: [Core.Rule], unknownRules: [String]) {
    core = validation
    self.rules = rules
    self.unknownRules = unknownRules
    day = Day(validation.day)
    let all = validation.findings.map { Finding($0, catalog: validation.catalog) }
    findings = all.filter { !$0.isWaived }
    waivedFindings = all.filter(\.isWaived)
    consequences = validation.consequences.map { Finding($0, catalog: validation.catalog) }
    let counts = validation.summary
    summary = Summary(
      matters: counts.matters, items: counts.items, errors: counts.errors, warnings: counts.warnings,
      notes: counts.notes, waived: counts.waived, consequences: counts.consequences)
  }
}

extension Catalog {
  /// Runs the rules over the catalog.
  ///
  /// ```swift
  /// let report = catalog.validate(asOf: .today)
  /// for finding in report.findings { print(finding.position, finding.message[.en]) }
  /// ```
  ///
  /// - Parameters:
  ///   - day: the day on which deadlines are judged. No rule looks at the clock: the same catalog and day give the same
  ///     report.
  ///   - options: which rules run, and how many findings are kept.
  public func validate(asOf day: Day, options: ValidationOptions = ValidationOptions()) -> ValidationReport {
    let custom = Set(options.customRules.map(\.id))
    let rules = Core.RuleBook.rules.filter { !custom.contains($0.id) } + options.customRules.map(\.core)
    var coreOptions = Core.ValidationOptions(day: day.core)
    coreOptions.appliesWaivers = options.appliesWaivers
    coreOptions.only = options.only
    coreOptions.skip = options.skip
    coreOptions.cap = options.maxFindingsPerRule.map { max(0, $0) } ?? .max
    let unknown = options.only.union(options.skip).subtracting(rules.map(\.id))
    return ValidationReport(
      Core.Validation(core, options: coreOptions, rules: rules), rules: rules, unknownRules: unknown.sorted())
  }
}
