import Localization

/// A matter as its rows come in.
struct OfficialDraft {
  struct Row {
    var item: String
    var responsible: String
    var start: Int
    var source: Int
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
  var rows: [Row] = []
  /// What seems to stand in a wrong column, by where its row begins. Told unless the base has it so.
  var slips: [(start: Int, message: LocalizedText)] = []
  /// The audience, once merged cells are resolved; nil where it is not certain.
  var audience: String?
}

/// A text that stands in cells: cells repeat, and what it is is worked out once for each distinct text.
final class OfficialCell {
  let text: String
  /// Without the blanks around it.
  let word: String
  var isHeading: Bool?
  var isDeadline: Bool?
  var isDepartments: Bool?
  var isApproval: Bool?

  init(_ text: String) {
    self.text = text
    word = text.trimmingBlanks
  }

  var isBlank: Bool { word.isEmpty }
}
