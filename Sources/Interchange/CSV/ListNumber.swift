/// Reads the number of a matter as lists print it: `1`, `1.`, `（1）`, `第1项`, `１`, `①`, `一`, `十二、`.
enum ListNumber {
  /// Nil if the text, given in UTF-8, is not a number.
  static func read(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    digits(text) ?? read(String(decoding: text, as: UTF8.self))
  }

  /// Most numbers are digits alone.
  private static func digits(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...9).contains(text.count) else { return nil }
    var value = 0
    for byte in text {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// Nil if the text is not a number.
  static func read(_ text: String) -> Int? {
    var text = text
    if let number = text.withUTF8(digits) { return number }
    let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{3000}", "\u{A0}"]
    var scalars = Array(text.unicodeScalars).filter { !blanks.contains($0) }[...]
    let openings: Set<Unicode.Scalar> = ["(", "（", "〔", "[", "【", "第"]
    let closings: Set<Unicode.Scalar> = [
      ")", "）", "〕", "]", "】", ".", "．", "、", "。", ",", "，", ":", "：", "项", "号", "件",
    ]
    while let first = scalars.first, openings.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, closings.contains(last) { scalars.removeLast() }
    guard !scalars.isEmpty, scalars.count <= 9 else { return nil }
    if scalars.count == 1, let only = scalars.first, (0x2460...0x2473).contains(only.value) {
      return Int(only.value) - 0x2460 + 1
    }
    var value = 0
    var isArabic = true
    for scalar in scalars {
      switch scalar.value {
      case 0x30...0x39: value = value * 10 + Int(scalar.value - 0x30)
      case 0xFF10...0xFF19: value = value * 10 + Int(scalar.value - 0xFF10)
      default: isArabic = false
      }
    }
    if isArabic { return value }
    return chinese(scalars)
  }

  /// 一 to 九千九百九十九.
  private static func chinese(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    let digits: [Unicode.Scalar: Int] = [
      "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    var sum = 0
    var digit: Int?
    var lastUnit = 10000
    for scalar in scalars {
      if let value = digits[scalar] {
        if let digit, digit != 0 { return nil }
        digit = value
        continue
      }
      let unit: Int
      switch scalar {
      case "十": unit = 10
      case "百": unit = 100
      case "千": unit = 1000
      default: return nil
      }
      guard unit < lastUnit else { return nil }
      if digit == nil, !(unit == 10 && sum == 0) { return nil }
      sum += (digit ?? 1) * unit
      lastUnit = unit
      digit = nil
    }
    sum += digit ?? 0
    return sum > 0 ? sum : nil
  }
}
