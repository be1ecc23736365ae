/// How a file is imported.
public struct ImportOptions: Sendable, Hashable {
  /// Whether matters of the file's lists that the file does not have are removed from the folder. Otherwise they are
  /// kept.
  public var replacesLists = false
  /// Whether departments and approvals that no register has are added to the registers, to be completed. Otherwise they
  /// prevent the import.
  public var addsUnknownNames = false
  /// For a list, the id, title or annex of the list that its matters belong to, where the table does not say.
  public var list: String?
  /// For a file with several lists, which of them is imported: in a Word document the number of its table, in a workbook
  /// the number among the sheets with a list, both from 1. If nil, the file must have one list only.
  public var table: Int?
  /// For a list in CSV, its encoding; nil to detect it.
  public var encoding: TextEncoding?

  /// Creates the default options: nothing is removed, unknown names prevent the import.
  public init() {}

  var core: Core.ImportOptions { Core.ImportOptions(replacing: replacesLists, addsUnknown: addsUnknownNames) }
}
