/// A scalar as it is said in a message: `U+200B`.
func codePoint(_ scalar: Unicode.Scalar) -> String {
  let hex = String(scalar.value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
}

extension String {
  /// As it is quoted in a message: long texts are cut, and what cannot be seen is written as its code point.
  var quoted: String {
    var out = ""
    for (number, scalar) in unicodeScalars.enumerated() {
      if number == 60 { return out + "…" }
      if InvisibleCharacters.isInvisible(scalar) || (scalar != " " && scalar.properties.isWhitespace) {
        out += "<\(codePoint(scalar))>"
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
