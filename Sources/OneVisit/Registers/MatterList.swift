/// A list (清单) of matters that a notice announces.
public struct MatterList: Sendable, Hashable, Identifiable {
  /// The id, such as `second`.
  public let id: String
  /// What the ids of its matters begin with, such as `2`.
  public let prefix: String
  /// The title.
  public let title: String
  /// The annex of the notice, such as 附件2; empty if it is none.
  public let annex: String
  /// The id of its notice; nil if the catalog has no such notice.
  public let noticeID: String?
  /// How many matters the notice announces; nil if it gives no number.
  public let announced: Int?
  /// The audiences that the notice announces; empty if it names none.
  public let audiences: [Audience]
  /// The id of the region that it is for; nil if the table of lists has none.
  public let region: String?
  /// How many months before its due date a matter's report window opens (§三(三)); nil if none are set.
  public let reportMonths: Int?
  /// The day by which the reports of all matters are to be handed in; nil if none is set.
  public let reportBy: Day?
  /// What the leads owe for each matter, reports included (§三(三)): what the list names, or what the second list of the
  /// notice owes.
  public let deliverables: [Deliverable]
  /// The note (注) below the annex's table; empty if there is none.
  public let note: String

  init(_ list: Core.MatterList, in catalog: Core.Catalog) {
    id = list.id
    prefix = list.prefix
    title = list.title
    annex = list.annex
    noticeID = list.noticeIndex.map { catalog.notices[$0].id }
    announced = list.announced
    audiences = list.audiences.compactMap(catalog.audienceRegister.index).map { Audience(catalog.audiences[$0]) }
    region = list.regionIndex.map { catalog.regions[$0].id }
    reportMonths = list.reportMonths
    reportBy = list.reportBy.map(Day.init)
    note = list.note
    let owed = list.owed.all
    deliverables = Deliverable.allCases.filter { owed.contains($0.core) }
  }
}
