import Localization
import Testing

@testable import Reports

@Suite struct QuotedLineTests {
  /// The text above the mark.
  private func marked(_ quoted: QuotedLine) -> String? {
    guard let mark = quoted.mark else { return nil }
    var position = 0
    var out = ""
    for scalar in quoted.text.unicodeScalars {
      let width = DisplayWidth.of(scalar)
      // A combining mark at the left edge belongs to what stands before.
      if mark.contains(position), width > 0 || !out.isEmpty { out.unicodeScalars.append(scalar) }
      position += width
    }
    return out
  }

  @Test(arguments: [
    ("abc,def", 5, 3, "def"), ("公安,人社部门,x", 4, 4, "人社部门"), ("a\tb", 3, 1, "b"), ("\t\t<b/>", 3, 4, "<b/>"),
    ("a\u{1B}b", 2, 1, "␛"), ("a\u{200B}b", 2, 2, "<U+200B>b"), ("e\u{301}x", 3, 1, "x"),
  ])
  func marksWhatIsMeant(_ line: String, _ column: Int, _ length: Int, _ expected: String) {
    let quoted = QuotedLine(line, column: column, length: length, width: 80)
    #expect(marked(quoted) == expected)
    #expect(!quoted.text.contains("…"))
  }

  @Test func marksTheEndOfALine() {
    #expect(QuotedLine("公安", column: 3, length: 1, width: 80).mark == 4..<5)
    #expect(QuotedLine("公安", column: 9, length: 1, width: 80).mark == nil)
    #expect(QuotedLine("公安", column: nil, length: nil, width: 80).mark == nil)
    #expect(QuotedLine("", column: 1, length: 1, width: 80).mark == 0..<1)
    // A cell that goes on over the next lines is marked to the end of this one.
    #expect(QuotedLine("公安", column: 2, length: 99, width: 80).mark == 2..<4)
  }

  /// Wherever the mark is, the window is no wider than it may be and shows the mark.
  @Test func windows() {
    let filler = Array("公a安b部门\u{1B}\t。".unicodeScalars)
    for count in [0, 1, 5, 17, 38, 39, 40, 41, 60, 200] {
      for after in [0, 1, 2, 5, 30, 100] {
        for width in [20, 37, 40] {
          var line = String.UnicodeScalarView()
          for number in 0..<count { line.append(filler[number % filler.count]) }
          line.append(contentsOf: "标记X".unicodeScalars)
          for number in 0..<after { line.append(filler[number % filler.count]) }
          let quoted = QuotedLine(String(line), column: count + 1, length: 3, width: width)
          #expect(DisplayWidth.of(quoted.text) <= width, "\(count) \(after) \(width): \(quoted.text)")
          #expect(marked(quoted) == "标记X", "\(count) \(after) \(width): \(quoted.text)")
        }
      }
    }
  }

  @Test func aMarkWiderThanTheWindowIsCut() {
    let line = String(repeating: "字", count: 500)
    let quoted = QuotedLine(line, column: 100, length: 300, width: 40)
    #expect(DisplayWidth.of(quoted.text) <= 40)
    #expect(quoted.mark.map { $0.upperBound <= 40 } == true)
  }
}
