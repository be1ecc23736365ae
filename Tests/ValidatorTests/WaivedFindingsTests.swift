import Catalog
import Deadlines
import Testing

@testable import Validator

/// Waived findings that are only counted, and words that are searched by their bytes.
@Suite struct WaivedFindingsTests {
  private func validations(_ catalog: Catalog, cap: Int) throws -> (kept: Validation, counted: Validation) {
    var options = ValidationOptions(day: try #require(Day(iso: "2023-03-01")))
    options.cap = cap
    let kept = Validation(catalog, options: options)
    options.keepsWaived = false
    return (kept, Validation(catalog, options: options))
  }

  private func check(_ catalog: Catalog, cap: Int) throws {
    let (kept, counted) = try validations(catalog, cap: cap)
    func lines(_ findings: [Finding]) -> [String] {
      findings.map { "\($0.rule) \($0.subject) \($0.location?.line ?? 0) \($0.message.zh) \($0.consequences.count)" }
    }
    #expect(lines(counted.findings) == lines(kept.findings.filter { !$0.isWaived }))
    #expect(lines(counted.consequences) == lines(kept.consequences))
    #expect(counted.summary == kept.summary)
    #expect(counted.counts.map(\.waived) == kept.counts.map(\.waived))
    #expect(counted.counts.map(\.open) == kept.counts.map(\.open))
  }

  @Test func shippedCatalog() throws {
    let (kept, counted) = try validations(Shipped.catalog, cap: 20)
    let waived = kept.findings.filter(\.isWaived)
    #expect(!waived.isEmpty)
    #expect(counted.summary.waived > 0)
    try check(Shipped.catalog, cap: 20)
    try check(Shipped.catalog, cap: 1000)
  }

  @Test(arguments: UInt64(1)...12) func editedCatalogs(_ seed: UInt64) throws {
    var random = RandomCatalog(seed)
    try check(random.edited(30).catalog, cap: Int(seed) * 3)
  }

  @Test func wordsAreFoundWhereTheLibraryFindsThem() {
    var generator = SystemRandomNumberGenerator()
    let characters = Array("前报送总结个月内于年，a1报前")
    for _ in 0..<3000 {
      func text(_ length: ClosedRange<Int>) -> String {
        String(
          (0..<Int.random(in: length, using: &generator)).map { _ in characters.randomElement(using: &generator) ?? "前"
          })
      }
      let (whole, word) = (text(0...14), text(1...3))
      #expect(whole.firstRange(ofWord: word) == whole.firstRange(of: word), "\(whole) \(word)")
      let rest = whole.dropFirst(2)
      #expect(rest.firstRange(ofWord: word) == rest.firstRange(of: word), "\(rest) \(word)")
      #expect(whole.containsWord(word) == whole.contains(word))
    }
  }
}
