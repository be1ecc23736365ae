/// A distinct cell text of a list. Its properties are computed once, however often the text occurs.
final class OfficialCell {
  let text: String
  /// The text without blanks around it.
  let word: String
  // Nil until computed.
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
