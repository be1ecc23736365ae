import Localization

/// A matter of the official layout while its rows are read. Neither it nor its rows have memory of their own: they are copied
/// for every row.
struct OfficialDraft {
  /// A row with an item of the matter.
  struct Row {
    var item: OfficialCell
    var responsible: OfficialCell
    var start: Int
    var source: Int
    /// A problem of the row has been reported.
    var isUnclear = false
  }

  /// The cell of a further column of matters.
  struct Further {
    /// Nil where the list has no such column.
    var own: OfficialCell?
    /// The text above of a blank cell that is merged with it.
    var merged: OfficialCell?
  }

  var list: Int
  var source: Int
  var start: Int
  var numberText: OfficialCell
  var number: Int?
  var name: OfficialCell
  /// Empty where the cell is blank.
  var type = OfficialCell.empty
  var lead = OfficialCell.empty
  var deadline = OfficialCell.empty
  var remark = OfficialCell.empty
  /// Which of `OfficialContent.further` are its own: the cells of the further columns of matters, in the order of the schema;
  /// none if the list has no such column.
  var further = 0..<0
  /// Which of `OfficialContent.rows` are its own.
  var rows: Range<Int>
  /// The audience after merged cells have been resolved; nil if it is uncertain.
  var audience: OfficialCell?
}

/// What the rows of a list say, before matters are made of it.
struct OfficialContent {
  /// A row whose cells seem to be in the wrong columns. It is not reported if the base has the same texts.
  struct MisalignedRow {
    var start: Int
    var message: LocalizedText
  }

  var drafts: [OfficialDraft] = []
  /// The rows of all drafts, those of one draft together.
  var rows: [OfficialDraft.Row] = []
  /// The cells of the further columns of all drafts, those of one draft together.
  var further: [OfficialDraft.Further] = []
  /// By index in `drafts`.
  var misaligned: [Int: [MisalignedRow]] = [:]
  /// The rows that count the matters above them.
  var totals: [OfficialTotal] = []
}
