import Catalog
import Interchange
import Localization

/// The matters of several levels beside each other: `onevisit compare-lists`.
package enum LevelListing {
  /// - Parameter statuses: which rows are listed.
  package static func rows(
    _ comparisons: [LevelComparison], of catalog: Catalog, _ statuses: Set<LevelComparison.Status>
  ) -> Listing<[[ListingCell]]> {
    Listing(
      columns: [
        ListingColumn("region", zh: "地区", en: "region"),
        ListingColumn("above", zh: "上级", en: "above"),
        ListingColumn("status", zh: "情况", en: "status"),
        ListingColumn("upper", zh: "上级编号", en: "id above"),
        ListingColumn("lower", zh: "本级编号", en: "id"),
        .name,
        ListingColumn("upper_deadline", zh: "上级时限", en: "deadline above"),
        ListingColumn("lower_deadline", zh: "本级时限", en: "deadline"),
      ],
      rows: comparisons.flatMap { comparison in
        comparison.rows.filter { statuses.contains($0.status) }.map { row in
          let upper = row.upper.map { catalog.matters[$0] }
          let lower = row.lower.map { catalog.matters[$0] }
          return [
            .text(comparison.lower.name), .text(comparison.upper.name),
            .term(row.status.rawValue, title(row.status)),
            .text(upper.map(catalog.id)), .text(lower.map(catalog.id)),
            .text((lower ?? upper).map { catalog.text($0.name) }),
            .text(upper.map { catalog.text($0.deadline) }), .text(lower.map { catalog.text($0.deadline) }),
          ]
        }
      })
  }

  /// How many matters the lower side has taken up, and how many it has of its own.
  package static func summary(_ comparison: LevelComparison) -> LocalizedText {
    let (taken, missing) = (comparison.count(.takenUp), comparison.count(.notTakenUp))
    let own = comparison.count(.own)
    let (upper, lower) = (comparison.upper.name, comparison.lower.name)
    return LocalizedText(
      zh: "\(lower)：\(upper)的 \(taken + missing) 件事已承接 \(taken) 件，未承接 \(missing) 件；另有自己提出的 \(own) 件。",
      en:
        "\(lower): of the \(taken + missing) matters of \(upper), \(taken) taken up and \(missing) not; \(own) of its own."
    )
  }

  private static func title(_ status: LevelComparison.Status) -> LocalizedText {
    switch status {
    case .takenUp: LocalizedText(zh: "已承接", en: "taken up")
    case .notTakenUp: LocalizedText(zh: "未承接", en: "not taken up")
    case .own: LocalizedText(zh: "自有", en: "its own")
    }
  }
}
