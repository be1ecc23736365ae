import Catalog
import Localization

/// Stage 4 of a validation: sorts the drafts of all rules by position and looks up file, line and column.
struct FindingLocator {
  let catalog: Catalog
  let plan: ValidationPlan
  /// Whether findings are compared with those of an older edition.
  var hasBaseline = false

  /// - Returns: the findings, sorted by table, position and rule.
  func findings(_ drafts: consuming [FindingDraft]) -> [Finding] {
    let ranks = catalog.sources.map { source in Int(source.columns.keys.min()?.rawValue ?? UInt8.max) }
    func key(_ draft: FindingDraft) -> (Int, Int, Int, Int, Int, Int) {
      let position = draft.position
      let source = position.source
      let rank = ranks.indices.contains(source) ? ranks[source] : -1
      // Within a row, the row as a whole comes before its cells.
      return (rank, source, position.offset, position.rank, draft.rule, draft.order)
    }
    // The keys are made once each, and the drafts are not moved.
    let keys = drafts.map(key)
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    let locator = Locator(catalog)
    let catalog = catalog
    return order.map { finding(drafts[$0], locator, catalog) }
  }

  /// - Parameter catalog: that of the locator, as an argument: reading it from the structure copies it.
  private func finding(_ draft: FindingDraft, _ locator: Locator, _ catalog: Catalog) -> Finding {
    let planned = plan.rules[draft.rule]
    var finding = Finding(
      rule: planned.rule.id, severity: draft.severity ?? planned.severity, subject: draft.subject.id(in: catalog),
      matter: draft.subject.matterID(in: catalog), item: draft.subject.itemID(in: catalog),
      location: locator.locate(draft.position), message: draft.message, fix: draft.fix ?? planned.rule.fix,
      related: draft.related.map { related in
        Related(
          matter: related.subject.matterID(in: catalog), item: related.subject.itemID(in: catalog),
          location: locator.locate(related.position))
      },
      waiver: draft.waiver.map { plan.waivers[$0].reason })
    if finding.location?.sheet != nil, case .workbook = catalog.origin {
      finding.message = SheetWords.naming(finding.message)
      finding.fix = SheetWords.naming(finding.fix)
    }
    if hasBaseline { finding.isKnown = draft.isKnown }
    finding.cause = draft.cause.map { plan.rules[$0].rule.id }
    finding.consequences = draft.consequences.sorted { $0.key < $1.key }
      .map { Finding.Consequence(rule: plan.rules[$0.key].rule.id, count: $0.value) }
    if planned.rule.correction != nil, let address = finding.location?.cell {
      finding.correction =
        switch planned.rule.correction {
        case nil: nil
        case .text(let corrected, _): CellCorrection(at: draft.position, address, in: catalog, isSafe: true, corrected)
        case .reported: CellCorrection(at: draft.position, address, in: catalog, isSafe: true) { _ in draft.corrected }
        case .suggested where draft.corrected == nil: nil
        case .suggested:
          CellCorrection(at: draft.position, address, in: catalog, isSafe: false) { _ in draft.corrected }
        }
    }
    return finding
  }
}
