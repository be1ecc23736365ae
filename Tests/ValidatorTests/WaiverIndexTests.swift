import Catalog
import Testing

@testable import Validator

/// Runs of matters are found by halving; asked one by one they give the same.
@Suite struct WaiverIndexTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func runsCoverWhatTheySay(_ seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let runs = (0..<next(40) + 1).map { _ in
      let first = next(60)
      return (prefix: String(next(2) + 1), numbers: first...first + (next(8) == 0 ? 50 : next(6)))
    }
    let waivers = runs.map { run in
      var waiver = Waiver(position: .row(source: 0, table: .waivers, offset: 0))
      waiver.rule = "a"
      waiver.subject = "\(run.prefix)-\(run.numbers.lowerBound)..\(run.prefix)-\(run.numbers.upperBound)"
      waiver.reason = "r"
      return waiver
    }
    let index = try #require(WaiverIndex(waivers.indices.filter { waivers[$0].rule == "a" }, of: waivers))
    var allSlots: Set<Int> = []
    var all: Set<Int> = []
    for prefix in ["1", "2", "3"] {
      for number in 0...120 {
        let expected = runs.indices.filter { runs[$0].prefix == prefix && runs[$0].numbers.contains(number) }
        var slots: Set<Int> = []
        let subject = Subject.matterID("\(prefix)-\(number)")
        #expect(index.waiver(for: subject, in: Shipped.catalog, slots: &slots) == expected.first)
        #expect(index.used(slots) == Set(expected))
        if number.isMultiple(of: 17) {
          allSlots.formUnion(slots)
          all.formUnion(expected)
        }
      }
    }
    #expect(index.used(allSlots) == all)
  }
}
