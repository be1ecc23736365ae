import Platform

/// How a cell shows its number, as far as it matters: as a number, or as a day.
enum CellForm: Sendable, Hashable {
  case number
  case day
  /// Year and month alone, as Excel makes of a deadline `2022年12月` that is typed in.
  case month
  /// A day with the time, and the time alone.
  case moment, time

  /// The form of a built-in format (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are those of East Asia).
  init(builtIn id: Int) {
    switch id {
    case 14, 15, 16, 28...31, 51, 53, 54, 58: self = .day
    case 17, 27, 36, 50, 52, 57: self = .month
    case 22: self = .moment
    case 18...21, 32...35, 45...47, 55, 56: self = .time
    default: self = .number
    }
  }

  /// The form of a format code: quoted texts, escaped characters and sections in brackets do not count.
  init(code: String) {
    var letters = Set<Character>()
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    let code = code.lowercased()
    if code.contains("general") || code.contains("通用格式") || code == "@" {
      self = .number
      return
    }
    for character in code {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else if character == "\"" {
        isQuoted = true
      } else if character == "[" {
        isBracketed = true
      } else if character == "\\" || character == "_" || character == "*" {
        isEscaped = true
      } else if character == ";" {
        break
      } else {
        letters.insert(character)
      }
    }
    let hasYear = letters.contains("y") || (letters.contains("e") && !letters.contains("0") && !letters.contains("#"))
    let hasDay = letters.contains("d")
    let hasTime = letters.contains("h") || letters.contains("s")
    if hasDay || (hasYear && !hasTime && !letters.contains("m")) {
      self = hasTime ? .moment : .day
    } else if hasYear {
      self = hasTime ? .moment : .month
    } else if hasTime {
      self = .time
    } else {
      self = letters.contains("m") && !letters.contains("0") && !letters.contains("#") ? .day : .number
    }
  }

  /// The text of a number in this form; nil where it is no day.
  /// - Parameter is1904: the workbook counts days from 1904.
  func text(of serial: Double, is1904: Bool) -> String? {
    guard self != .number, serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial)
    var seconds = Int(((serial - Double(day)) * 86_400).rounded())
    if seconds == 86_400 {
      day += 1
      seconds = 0
    }
    let clock =
      CellForm.two(seconds / 3600) + ":" + CellForm.two(seconds / 60 % 60)
      + (seconds % 60 == 0 ? "" : ":" + CellForm.two(seconds % 60))
    if self == .time { return day == 0 ? clock : nil }
    let date: (year: Int, month: Int, day: Int)
    if is1904 {
      date = CellForm.date(daysSince1970: day - 24_107)
    } else if day == 60 {
      // The day that Lotus 1-2-3 and Excel count though 1900 was no leap year.
      date = (1900, 2, 29)
    } else {
      date = CellForm.date(daysSince1970: day - (day < 60 ? 25_568 : 25_569))
    }
    if self == .month, seconds == 0 { return "\(date.year)年\(date.month)月" }
    let text = "\(date.year)-\(CellForm.two(date.month))-\(CellForm.two(date.day))"
    return self == .moment && seconds > 0 ? text + " " + clock : text
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The day of the Gregorian calendar (Howard Hinnant, “chrono-compatible low-level date algorithms”).
  private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * ofYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * part + 2) / 5 + 1)
  }
}
