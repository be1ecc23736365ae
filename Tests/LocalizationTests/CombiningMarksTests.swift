import Localization
import Testing

@Suite struct CombiningMarksTests {
  private func pile(_ text: String, from start: Int = 0) -> Range<Int>? {
    var text = text
    return text.withUTF8 { CombiningMarks.firstPile(in: $0, from: start) }
  }

  /// Wherever it stands: the search looks at one byte in 64 only.
  @Test(arguments: ["\u{323}", "\u{3099}", "\u{1D165}"]) func everyPileIsFound(_ mark: String) {
    let length = mark.utf8.count
    for before in 0..<140 {
      let head = String(repeating: "a", count: before) + "公"
      let start = head.utf8.count
      let most = String(repeating: mark, count: CombiningMarks.limit)
      #expect(pile(head + most + "民") == nil, "\(before)")
      let found = pile(head + most + mark + "民")
      #expect(found == start..<start + length * (CombiningMarks.limit + 1), "\(before)")
    }
  }

  @Test func theNextIsFoundFromTheEndOfTheFirst() throws {
    let run = String(repeating: "\u{301}\u{323}", count: 100)
    let text = "公\(run)民\(run)"
    let first = try #require(pile(text))
    #expect(first == 3..<403)
    #expect(pile(text, from: first.upperBound) == 406..<806)
    #expect(pile(text, from: 806) == nil)
  }

  @Test func whatIsNoMarkIsNoPile() {
    for text in ["灵活就业", "a", "é", "한글", "👨‍👩‍👧", "\u{34F}", "\u{200B}"] {
      #expect(pile(String(repeating: text, count: 500)) == nil, "\(text)")
    }
  }
}
