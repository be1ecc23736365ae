import AtomicFiles
import Testing

@testable import Catalog

/// An interner stores each text once and finds it, in any order of insertion.
@Suite struct TextInternerTests {
  private func check(_ texts: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let interner = TextInterner(.matterID)
    var known: [String: Int] = ["": 0]
    for text in texts {
      let name = interner.internCopying(text)
      let expected = known[text] ?? known.count
      known[text] = expected
      #expect(name.index == expected, "“\(text)”", sourceLocation: sourceLocation)
      #expect(name.kind == .matterID)
    }
    #expect(interner.count == known.count, sourceLocation: sourceLocation)
    for (text, index) in known {
      #expect(interner.text(index) == text, sourceLocation: sourceLocation)
      #expect(lookUp(text, in: interner) == index, "“\(text)”", sourceLocation: sourceLocation)
      let other = text + "-0"
      #expect(lookUp(other, in: interner) == known[other], "“\(other)”", sourceLocation: sourceLocation)
    }
  }

  private func lookUp(_ text: String, in interner: TextInterner) -> Int? {
    let bytes = Bytes(Array(text.utf8))
    return withExtendedLifetime(bytes) { interner.lookUp(bytes.base, bytes.count)?.index }
  }

  @Test func idsInOrder() {
    check((1...3).flatMap { list in (1...1200).map { "\(list)-\($0)" } })
    check((8...12).flatMap { list in (1...400).map { "\(list)-\($0 / 3)" } })
  }

  @Test func idsOutOfOrder() {
    var ids = (1...500).map { "2-\($0)" }
    ids.swapAt(400, 401)
    check(ids)
    check(ids.reversed())
    check(ids + ids)
  }

  @Test func specialTexts() {
    check(["", "-", "--", "-1", "1-", "1-1-1", "1-1", "", "a", "a-", "a-b", "ab", "中-文", "中", "文", "", "\0", "\0-"])
    check(["-", "", "-", ""])
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func anyOrder(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: UInt64) -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state % bound
    }
    let letters = ["1", "2", "-", "a", "中", "0"]
    check((0..<300).map { _ in (0..<next(4)).map { _ in letters[Int(next(6))] }.joined() })
  }
}
