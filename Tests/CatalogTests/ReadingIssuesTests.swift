import AtomicFiles
import Testing

@testable import Catalog

/// `ReadingIssues` is an array of issues in less memory: whatever is done to both has the same result.
@Suite struct ReadingIssuesTests {
  private static func issue(_ random: inout SplitMix) -> ReadingIssue {
    let kinds: [ReadingIssue.Kind] = [
      .missingValue, .malformedValue(.day), .malformedValue(.number(from: random.below(60))), .unknownAudience,
      .rowLength(found: random.below(50), expected: 9), .looseForm(.audience, normal: "individual"), .encoding,
      .missingTable("lists.csv"), .missingColumn("name", written: "nmae"), .syntax(.nul), .emptyTable,
      .unknownColumn("memo", nearest: nil),
    ]
    let table = TableKind.allCases[random.below(TableKind.allCases.count)]
    let source = random.below(40) == 0 ? 70_000 : random.below(9)
    let positions: [SourcePosition] = [
      .none, .file(source: source, table: table), .row(source: source, table: table, offset: random.below(1 << 40)),
      .cell(source: source, table: table, column: random.below(20), row: random.below(1 << 40)),
      .byte(source: source, table: table, offset: random.below(1 << 40)),
    ]
    let texts = ["", "2-037", " 企业群众 ", "１x", String(repeating: "长", count: 30_000)]
    func text() -> String? { random.below(3) == 0 ? nil : texts[random.below(random.below(9) == 0 ? 5 : 4)] }
    return ReadingIssue(
      kinds[random.below(kinds.count)], at: positions[random.below(positions.count)], subject: text(),
      matter: random.below(2) == 0 ? nil : random.below(1 << 20), text: text())
  }

  private static func words(_ issues: some Sequence<ReadingIssue>) -> [String] { issues.map { "\($0)" } }

  @Test(arguments: 0..<60) func asAnArray(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    var issues: ReadingIssues = []
    var array: [ReadingIssue] = []
    for _ in 0..<60 {
      switch random.below(6) {
      case 0:
        let more = (0..<random.below(9)).map { _ in Self.issue(&random) }
        issues.append(contentsOf: ReadingIssues(more))
        array += more
      case 1 where !array.isEmpty:
        let index = random.below(array.count)
        let new = Self.issue(&random)
        issues[index] = new
        array[index] = new
      case 2 where !array.isEmpty:
        let start = random.below(array.count)
        let range = start..<min(array.count, start + random.below(4))
        let new = (0..<random.below(3)).map { _ in Self.issue(&random) }
        issues.replaceSubrange(range, with: new)
        array.replaceSubrange(range, with: new)
      case 3:
        issues.removeAll { $0.position.table == .notices }
        array.removeAll { $0.position.table == .notices }
      default:
        let new = Self.issue(&random)
        issues.append(new)
        array.append(new)
      }
      #expect(Self.words(issues) == Self.words(array))
      #expect(issues.count == array.count)
      for kinds in [[.missingValue, .rowLength], .fatal, .encoding, .all] as [ReadingIssue.Kinds] {
        let wanted = array.filter { kinds.contains($0.kind.asSet) }
        var found: [ReadingIssue] = []
        issues.forEach(of: kinds) { found.append($0) }
        #expect(Self.words(found) == Self.words(wanted))
        #expect(issues.contains(kinds) == !wanted.isEmpty)
        for table in TableKind.allCases {
          #expect(issues.contains(kinds, in: [table]) == wanted.contains { $0.position.table == table })
        }
      }
    }
  }

  /// A cell's text is that of the bytes, blank or not.
  @Test func cells() throws {
    var issues = ReadingIssues()
    let position = SourcePosition.cell(source: 0, table: .items, column: 1, row: 7)
    for (text, expected) in [("1x", "1x"), (" \t", nil), ("", nil), (" 1 ", " 1 ")] as [(String, String?)] {
      for kind in [ReadingIssue.Kind.missingValue, .looseForm(.flag, normal: "yes")] {
        var (subject, text) = ("2-001", text)
        subject.withUTF8 { subject in
          text.withUTF8 { text in issues.append(kind, at: position, subject: subject, text: text) }
        }
        let issue = try #require(issues.last)
        #expect(issue.subject == "2-001" && issue.text == expected && issue.matter == nil)
        #expect(issue.position == position && "\(issue.kind)" == "\(kind)")
      }
    }
  }

  /// The sets name the kinds of the properties.
  @Test func properties() {
    var random = SplitMix(state: 7)
    for _ in 0..<2000 {
      let issue = Self.issue(&random)
      #expect(ReadingIssue.Kinds.harmless.contains(issue.kind.asSet) == issue.isHarmless)
      #expect(ReadingIssue.Kinds.fatal.contains(issue.kind.asSet) == issue.isFatal)
    }
  }

  /// An id is written as it is composed, and found near another one and far from it.
  @Test func idsOfMatters() {
    let ids = TextInterner(.matterID)
    let prefix = Array("2".utf8)
    func text(_ number: Int) -> String {
      "2-" + String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
    }
    for number in [1, 2, 3, 7, 8, 998, 999, 1000, 1001, 123_456] { _ = ids.internCopying(text(number)) }
    var bytes = MatterIDBytes()
    for number in [0, 1, 3, 4, 8, 999, 1000, 1002, 123_456, 1_234_567] {
      bytes.write(prefix, number)
      let written = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
      #expect(written == text(number))
      for own in 0..<ids.count {
        let found = bytes.withBytes { ids.lookUp($0, near: own) }
        let expected = (1..<ids.count).first { ids.text($0) == written }
        #expect(found?.index == expected)
      }
    }
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
