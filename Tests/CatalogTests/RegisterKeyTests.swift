import AtomicFiles
import Testing

@testable import Catalog

/// The normalised form of names, against its definition scalar by scalar.
@Suite struct RegisterKeyTests {
  /// Of the blocks that are treated apart, and of those between: with and without another case, blanks, brackets, marks.
  private static let scalars: [Unicode.Scalar] =
    Array("aZ09 ;()[]\t\u{A0}\u{3000}\u{200B}\u{FEFF}\u{2014}\u{2160}\u{2126}\u{212A}\u{2C00}ÉßİΣДǅ".unicodeScalars)
    + Array("ＡｚＺ０（）！～〔〕【】《》〈〉〇一龥公安局\u{F900}\u{FA0E}\u{2F800}㎏㏂Ⓐⓐ・ー가\u{301}\u{20DD}\u{1F600}\u{10400}".unicodeScalars)

  private func expected(_ name: String) -> String {
    if PlainNames.hash(name) != nil { return name }
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x200B...0x200F, 0xFEFF: continue
      case 0xFF01...0xFF5E: if let half = Unicode.Scalar(scalar.value - 0xFEE0) { out.append(half) }
      case 0x3014, 0x3010: out.append("(")
      case 0x3015, 0x3011: out.append(")")
      default: out.append(scalar)
      }
    }
    return String(out).lowercased()
  }

  @Test func keysAreAsDefined() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<4000 {
      let length = Int.random(in: 0...12, using: &generator)
      var name = ""
      for _ in 0..<length {
        if let scalar = Self.scalars.randomElement(using: &generator) { name.unicodeScalars.append(scalar) }
      }
      #expect(Array(Register.normalizedKey(name).utf8) == Array(expected(name).utf8), "\(name.debugDescription)")
    }
  }

  /// Every character that is taken to have no other case has none.
  @Test func caselessBlocksAreCaseless() {
    for value in [UInt32](0x2000...0x206F) + [UInt32](0x2E80...0x9FFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(scalar.properties.lowercaseMapping == String(scalar), "\(String(value, radix: 16))")
    }
  }

  @Test(arguments: ["\u{FF}", "\u{80}", "\u{C0}\u{80}", "\u{ED}\u{A0}\u{80}", "\u{E5}\u{85}"])
  func jsonThatIsNotUTF8IsRefusedAtItsLine(_ latin: String) {
    let bytes = latin.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    for (before, after) in [("{\n\"a\": \"x", "\"}"), ("{\n\"a\": \"\\n甲", "\"}"), ("{\n\"", "\": 1}")] {
      let text = Array(before.utf8) + bytes + Array(after.utf8)
      #expect(throws: JSONSyntaxError.self) { try JSONValue(Bytes(text)) }
      do throws(JSONSyntaxError) { _ = try JSONValue(Bytes(text)) } catch { #expect(error.line == 2) }
    }
  }
}
