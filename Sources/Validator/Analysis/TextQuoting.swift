/// A scalar in a message: `U+200B`.
func codePoint(_ scalar: Unicode.Scalar) -> String {
  let hex = String(scalar.value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
}

extension String {
  /// The text as a message quotes it: cut after 60 characters, with invisible characters as code points.
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
