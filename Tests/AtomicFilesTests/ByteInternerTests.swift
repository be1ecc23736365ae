import AtomicFiles
import Testing

/// An interner numbers distinct strings by first appearance and finds each again, in whatever order they come.
@Suite struct ByteInternerTests {
  private func check(
    _ texts: [String], expectsAscending: Bool, copying: Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let interner = ByteInterner(expectsAscending: expectsAscending)
    var numbers: [String: Int] = [:]
    for text in texts {
      let expected = numbers[text] ?? numbers.count
      let isNew = numbers.updateValue(expected, forKey: text) == nil
      if copying {
        let found = Array(text.utf8).withUnsafeBufferPointer { interner.insert(copying: $0) }
        #expect(found.number == expected, "“\(text)”", sourceLocation: sourceLocation)
        #expect(found.isNew == isNew, "“\(text)”", sourceLocation: sourceLocation)
      } else {
        let bytes = Bytes(Array(text.utf8))
        interner.keepAlive(bytes)
        #expect(interner.intern(bytes.base, bytes.count) == expected, "“\(text)”", sourceLocation: sourceLocation)
      }
    }
    #expect(interner.count == numbers.count, sourceLocation: sourceLocation)
    for (text, number) in numbers {
      #expect(interner.text(number) == text, sourceLocation: sourceLocation)
      #expect(look(text, in: interner) == number, "“\(text)”", sourceLocation: sourceLocation)
      let other = text + "-0"
      #expect(look(other, in: interner) == numbers[other], "“\(other)”", sourceLocation: sourceLocation)
    }
  }

  private func look(_ text: String, in interner: ByteInterner) -> Int? {
    let bytes = Bytes(Array(text.utf8))
    return withExtendedLifetime(bytes) { interner.number(of: bytes.base, bytes.count) }
  }

  private func checkAll(_ texts: [String]) {
    for expectsAscending in [false, true] {
      for copying in [false, true] { check(texts, expectsAscending: expectsAscending, copying: copying) }
    }
  }

  @Test func nothingInterned() {
    let interner = ByteInterner(expectsAscending: true)
    #expect(look("", in: interner) == nil)
    #expect(look("2-001", in: ByteInterner()) == nil)
  }

  @Test func idsInOrderAndOutOfOrder() {
    let ids = (1...3).flatMap { list in (1...1200).map { "\(list)-\($0 / 2)" } }
    checkAll(ids)
    checkAll(ids.reversed())
    checkAll(ids + ["1-7", ""] + ids)
  }

  @Test func awkwardTexts() {
    checkAll(["", "-", "--", "-1", "1-", "1-1-1", "1-1", "", "a", "a-", "a\0", "中-文", "中", "", "\0", "\0-"])
    checkAll(["-", "", "-", ""])
    checkAll([String(repeating: "长", count: 50_000), "短", String(repeating: "长", count: 50_001)])
  }
}
