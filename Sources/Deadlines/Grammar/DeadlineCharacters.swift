extension DeadlineReader {
  /// Fills `text`. A blank between two digits in figures is refused, for 1 2 is not surely 12; a blank anywhere else is
  /// typesetting.
  mutating func normalise(_ printed: String) throws(Deadline.Problem) {
    var blank = false
    for scalar in printed.unicodeScalars {
      if DeadlineReader.isBlank(scalar) {
        blank = true
        continue
      }
      let plain = DeadlineReader.plain(scalar)
      if blank, DeadlineReader.isFigure(plain), let last = text.last, DeadlineReader.isFigure(last) {
        throw .blankInNumber
      }
      blank = false
      guard text.count < DeadlineReader.longest else { throw .tooLong }
      text.append(plain)
    }
    end = text.count
  }

  /// Blanks of any width, line ends, and the marks without width that copying leaves behind.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200D, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// A full-width character as its ASCII one, any dash as "-", any wave as "~", the round zeros as 〇.
  static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF0D, 0x2010...0x2015, 0x2212, 0x2500, 0xFE58, 0xFE63: "-"
    case 0xFF5E, 0x301C, 0x223C, 0x02DC: "~"
    case 0x25CB, 0x25EF, 0x3007: "〇"
    case 0xFF01...0xFF5D: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    default: scalar
    }
  }

  static func isFigure(_ scalar: Unicode.Scalar) -> Bool {
    scalar >= "0" && scalar <= "9"
  }

  /// The value of a Chinese numeral below ten; nil for any other character.
  static func numeral(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零": 0
    case "一": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }

  /// Leaves out brackets around the whole text and the mark that ends a sentence or a part of it.
  mutating func unwrap() {
    for _ in 0..<4 {
      while end > cursor, "。;,、".unicodeScalars.contains(text[end - 1]) { end -= 1 }
      guard end - cursor >= 2 else { return }
      switch (text[cursor], text[end - 1]) {
      case ("(", ")"), ("[", "]"), ("〔", "〕"), ("【", "】"), ("〈", "〉"):
        cursor += 1
        end -= 1
      default:
        return
      }
    }
  }

  /// Leaves out the name of the column, which the inline form puts before the deadline.
  mutating func takeLabel() {
    let mark = cursor
    for label in ["完成时限", "完成时间", "完成期限", "时限"] where take(label) {
      if take(":") { return }
      cursor = mark
    }
  }

  /// The wording, with its numbers left open where it has any: the 一 of 统一部署 is none.
  func pattern(_ range: Range<Int>, numbered: Bool) -> String {
    var pattern = String.UnicodeScalarView()
    for index in range {
      let scalar = text[index]
      if !numbered {
        pattern.append(scalar)
      } else if DeadlineReader.isFigure(scalar) {
        if pattern.last != "N" { pattern.append("N") }
      } else if isNumeralPart(at: index) {
        if pattern.last != "〇" { pattern.append("〇") }
      } else {
        pattern.append(scalar)
      }
    }
    return String(pattern)
  }

  private func isNumeralPart(at index: Int) -> Bool {
    let scalar = text[index]
    if scalar == "元" { return index + 1 < end && text[index + 1] == "月" }
    return scalar == "十" || DeadlineReader.numeral(scalar) != nil
  }
}
