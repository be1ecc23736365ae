/// A notice (文件) that announces lists or sets targets.
public struct Notice: Sendable, Hashable, Identifiable {
  /// The id.
  public let id: String
  /// The document number (文号), such as 九府办字〔2022〕128号.
  public let number: String
  /// The title.
  public let title: String
  /// The issuing authority (发文机关).
  public let issuer: String
  /// The day of issue (成文日期); nil if the table has no valid date.
  public let issued: Day?

  init(_ notice: Core.Notice) {
    id = notice.id
    number = notice.number
    title = notice.title
    issuer = notice.issuer
    issued = notice.issued.map(Day.init)
  }
}
