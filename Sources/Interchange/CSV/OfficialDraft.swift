import Localization

/// A matter of the official layout while its rows are read.
struct OfficialDraft {
  /// A row with an item of the matter.
  struct Row {
    var item: String
    var responsible: String
    var start: Int
    var source: Int
    /// A problem of the row has been reported.
    var isUnclear = false
  }

  var list: Int
  var source: Int
  var start: Int
  var numberText: String
  var number: Int?
  var name: String
  var type = ""
  var lead = ""
  var deadline = ""
  var remark = ""
  /// The cells of the further columns of matters, in the order of the schema; nil where the list has no such column.
  var further: [String?] = []
  /// By index in `further`, the text above of a blank cell that is merged with it.
  var merged: [Int: String] = [:]
  var rows: [Row] = []
  /// Rows whose cells seem to be in the wrong columns, by offset. They are not reported if the base has the same texts.
  var misalignedRows: [(start: Int, message: LocalizedText)] = []
  /// The audience after merged cells have been resolved; nil if it is uncertain.
  var audience: String?
}
