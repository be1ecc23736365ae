/// How many matters a notice asks for, as printed, and what that comes to.
///
/// - A number or a sum: `40`, `50+1`. With the matters that have to be among them in brackets, by name or id:
///   `50+1（企业开办）` (景府办发〔2022〕4号, measure 2).
/// - A percentage: `96%` (九府办字〔2022〕99号, task 11: 网上可办率达96%).
package struct PrintedCount: FieldValue, Hashable {
  package var text: String
  /// The number, or the sum; nil for a percentage, and if the text is no count.
  package private(set) var value: Int?
  /// A percentage in hundredths: `96%` is 9600. Nil for a number.
  package private(set) var share: Int?
  /// What stands in brackets behind the numbers: the names of matters.
  package private(set) var names: [String] = []

  package init(_ text: String) {
    self.text = text
    if let share = PrintedCount.share(text) {
      self.share = share
    } else {
      (value, names) = PrintedCount.sum(text)
    }
  }

  package var isValid: Bool { value != nil || share != nil }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { " \t\u{3000}\u{A0}".unicodeScalars.contains(scalar) }
  private static func isOpening(_ scalar: Unicode.Scalar) -> Bool { scalar == "(" || scalar == "（" }
  private static func isClosing(_ scalar: Unicode.Scalar) -> Bool { scalar == ")" || scalar == "）" }

  private static func sum(_ text: String) -> (Int?, [String]) {
    var sum = 0
    var names: [String] = []
    for part in parts(text) {
      var digits = part
      if let last = part.unicodeScalars.last, isClosing(last) {
        guard let opening = part.unicodeScalars.firstIndex(where: isOpening) else { return (nil, []) }
        let name = part[part.unicodeScalars.index(after: opening)...].unicodeScalars.dropLast()
        // Brackets within brackets are not distinguished.
        if name.contains(where: { isOpening($0) || isClosing($0) }) { return (nil, []) }
        let trimmed = String(name).trimmingBlanks
        if trimmed.isEmpty { return (nil, []) }
        names.append(trimmed)
        digits = String(part[..<opening])
      }
      guard let value = ValueForm.number(digits.trimmingBlanks, from: 0) else { return (nil, []) }
      sum += value
    }
    return (sum, names)
  }

  /// The terms of a sum; a plus within brackets belongs to a name.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      if scalar == "+", !isInside {
        parts.append(part.trimmingBlanks)
        part = ""
        continue
      }
      if isOpening(scalar) { isInside = true }
      if isClosing(scalar) { isInside = false }
      part.unicodeScalars.append(scalar)
    }
    return parts + [part.trimmingBlanks]
  }

  /// More than none and at most all, with up to two decimals.
  private static func share(_ text: String) -> Int? {
    let text = text.trimmingBlanks
    guard let sign = text.last, sign == "%" || sign == "％" else { return nil }
    let number = String(text.dropLast()).trimmingBlanks.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = number.first.flatMap({ ValueForm.number(String($0), from: 0) }), number.count <= 2 else {
      return nil
    }
    var share = whole * 100
    if number.count == 2 {
      let digits = String(number[1])
      guard digits.utf8.count <= 2, let decimals = ValueForm.number(digits, from: 0) else { return nil }
      share += digits.utf8.count == 1 ? decimals * 10 : decimals
    }
    return (1...10_000).contains(share) ? share : nil
  }

  /// Without blanks around its numbers: the form of the XML document.
  package var compact: String {
    var compact = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      if PrintedCount.isOpening(scalar) { isInside = true }
      if PrintedCount.isClosing(scalar) { isInside = false }
      if isInside || !PrintedCount.isBlank(scalar) { compact.unicodeScalars.append(scalar) }
    }
    return compact
  }

  package static func read(_ text: String, as kind: ValueKind) -> (value: PrintedCount, isValid: Bool) {
    let count = PrintedCount(text)
    return (count, text.isEmpty || count.isValid)
  }

  package func written(as kind: ValueKind) -> CellValue { text.isEmpty ? .empty : .text(text) }
}
