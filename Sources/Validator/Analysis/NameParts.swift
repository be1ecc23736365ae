/// The parts of a name between punctuation, brackets and connectives.
enum NameParts {
  static func of(_ name: String) -> [Substring] {
    name.unicodeScalars.split(whereSeparator: isBoundary).map { Substring($0) }
  }

  private static func isBoundary(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", "（", "）", "〔", "〕", "[", "]", "【", "】", "《", "》", "“", "”", "、", ",", "，", ";", "；", ":", "：", "/",
      "／":
      true
    case "及", "和", "与", "或", "暨", "等", "并", "为", "转": true
    default: false
    }
  }
}
