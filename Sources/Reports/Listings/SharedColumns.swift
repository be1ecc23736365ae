/// The columns that several listings have.
extension ListingColumn {
  /// The id of a matter.
  static var id: ListingColumn { ListingColumn("id", zh: "编号", en: "id") }
  /// The name of a matter or an approval.
  static var name: ListingColumn { ListingColumn("name", zh: "名称", en: "name") }
  /// The departments that lead a matter.
  static var lead: ListingColumn { ListingColumn("lead", zh: "牵头部门", en: "lead") }
  /// The deadline as printed.
  static var deadline: ListingColumn { ListingColumn("deadline", zh: "完成时限", en: "deadline") }
  /// The day by which a matter is due.
  static var due: ListingColumn { ListingColumn("due", zh: "到期日", en: "due") }
  /// The first day of the report window.
  static var windowOpens: ListingColumn { ListingColumn("window_opens", zh: "报送期始", en: "report from") }
  /// The last day of the report window.
  static var windowCloses: ListingColumn { ListingColumn("window_closes", zh: "报送期止", en: "report by") }
  /// Where the day is in the report window.
  static var window: ListingColumn { ListingColumn("window", zh: "报送", en: "report") }
  /// What is recorded as done.
  static var recorded: ListingColumn { ListingColumn("recorded", zh: "完成情况", en: "recorded") }
  /// By how many days a matter is late.
  static var daysLate: ListingColumn { ListingColumn("days_late", zh: "逾期天数", en: "days late", isNumber: true) }
}
