import AtomicFiles
import CSVFormat
import Testing

/// The cells of every row, unescaped, and the problems that the reader reported.
private func read(_ text: String, separator: UInt8 = UInt8(ascii: ",")) -> (rows: [[String]], problems: [CSVProblem]) {
  read(Array(text.utf8), separator: separator)
}

private func read(_ raw: [UInt8], separator: UInt8 = UInt8(ascii: ",")) -> (rows: [[String]], problems: [CSVProblem]) {
  let bytes = Bytes(raw)
  var reader = TableReader(bytes, separator: separator)
  var rows: [[String]] = []
  while reader.next() {
    rows.append(
      reader.cells.map { cell in
        cell.isEscaped
          ? String(decoding: CSVTable.unescaped(bytes, cell), as: UTF8.self) : bytes.text(cell.start..<cell.end)
      })
  }
  return (rows, reader.problems)
}

@Suite struct TableReaderTests {
  @Test(
    arguments: [
      ("a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
      // No newline at the end; CRLF; CR; all of them in one file.
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
      ("a\nb\rc\r\nd", [["a"], ["b"], ["c"], ["d"]]),
      // Empty cells at either end, and rows of one cell.
      (",\n", [["", ""]]),
      ("a,,\n,,b", [["a", "", ""], ["", "", "b"]]),
      ("a,", [["a", ""]]),
      // Empty lines are passed over.
      ("\n\r\na\n\n\nb\n", [["a"], ["b"]]),
      ("", []),
      ("\n", []),
      // Quotes: separators, line breaks and doubled quotes inside.
      ("\"a,b\",c\n", [["a,b", "c"]]),
      ("\"a\nb\",\"c\r\nd\"\n", [["a\nb", "c\r\nd"]]),
      ("\"say \"\"hi\"\"\",x\n", [["say \"hi\"", "x"]]),
      ("\"\",\"\"\"\"\n", [["", "\""]]),
      ("x,\"y\"", [["x", "y"]]),
      // Blanks belong to the cell (RFC 4180, section 2, point 4).
      (" a , b \n", [[" a ", " b "]]),
      ("我要开饭店(火锅、烧烤店等),市场监管部门/行政审批部门\n", [["我要开饭店(火锅、烧烤店等)", "市场监管部门/行政审批部门"]]),
    ] as [(String, [[String]])])
  func readsWhatRFC4180AndSpreadsheetsWrite(_ text: String, _ expected: [[String]]) {
    let result = read(text)
    #expect(result.rows == expected)
    #expect(result.problems.isEmpty)
  }

  /// A cell may end at any distance from a word's border: the reader looks at eight bytes at a time.
  @Test(arguments: 1..<40)
  func findsSeparatorsAtEveryOffset(_ length: Int) {
    let cell = String(repeating: "字", count: length / 3) + String(repeating: "(", count: length % 3)
    #expect(read("\(cell),\(cell)\n\(cell)").rows == [[cell, cell], [cell]])
  }

  @Test func anUnclosedQuoteCostsItsCellOnly() {
    let result = read("a,b\n1,\"open,3\n4,\"five\"\n6,7\n")
    #expect(result.rows == [["a", "b"], ["1", "open", "3"], ["4", "five"], ["6", "7"]])
    #expect(result.problems == [CSVProblem(kind: .unclosedQuote, offset: 6)])
  }

  @Test func anUnclosedQuoteAtTheEndIsTold() {
    let result = read("a\n\"open\nnext")
    #expect(result.rows == [["a"], ["open"], ["next"]])
    #expect(result.problems.map(\.kind) == [.unclosedQuote])
  }

  @Test func strayQuotesAreKeptAndTold() {
    let result = read("5\" disk,\"a\"b,c\n")
    #expect(result.rows == [["5\" disk", "a\"b", "c"]])
    #expect(result.problems.map(\.kind) == [.strayQuote, .strayQuote])
    #expect(result.problems.map(\.offset) == [1, 11])
  }

  @Test func nulsAreTold() {
    let result = read([0x61, 0, 0x62, 0x2C, 0x22, 0, 0x22, 0x0A])
    #expect(result.rows.count == 1)
    #expect(
      result.problems == [
        CSVProblem(kind: .nul, offset: 1), CSVProblem(kind: .nul, offset: 5),
      ])
  }

  /// A million quotes that never close must not take quadratic time: past a limit a quoted cell ends with its line.
  @Test func aCellIsFoundByItsBytes() {
    let bytes = Bytes(Array("a,\"b,c\",,d\ne,f".utf8))
    var reader = TableReader(bytes)
    #expect(reader.cell(at: 0) == nil)
    _ = reader.next()
    #expect((0...9).map { reader.cell(at: $0) } == [0, 0, 1, 1, 1, 1, 1, 1, 2, 3])
    _ = reader.next()
    #expect(reader.cell(at: 3) == nil && reader.cell(at: 11) == 0 && reader.cell(at: 13) == 1)
    withExtendedLifetime(bytes) {}
  }

  @Test func nothingButQuotesIsReadInLinearTime() {
    let text = String(repeating: "\"a\n", count: 200_000)
    let result = read(text)
    #expect(result.rows.count == 200_000)
  }

  @Test func otherSeparatorsAreKnownByTheFirstLine() {
    for (text, separator) in [
      ("a\tb\tc\n1,5\t2\t3\n", UInt8(0x09)), ("a;b;c\n1,5;2;3\n", UInt8(ascii: ";")), ("a,b;c\n", UInt8(ascii: ",")),
      ("\"a;b;c\",d\n", UInt8(ascii: ",")), ("abc\n", UInt8(ascii: ",")),
    ] {
      #expect(TableReader.separator(of: Bytes(Array(text.utf8)), start: 0) == separator, "\(text)")
    }
    #expect(read("a;b\n1,5;2\n", separator: UInt8(ascii: ";")).rows == [["a", "b"], ["1,5", "2"]])
    #expect(read("a\tb\n1 5\t2\n", separator: 0x09).rows == [["a", "b"], ["1 5", "2"]])
  }

  /// Any rows, written by RFC 4180 and read back, are the same.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func writtenRowsReadBack(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let alphabet = Array("a,\"\n\r \t字(）;=x")
    let width = Int.random(in: 1...5, using: &random)
    let rows = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      (0..<width).map { _ in
        String((0..<Int.random(in: 0...9, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
      }
    }
    let text = rows.map { row in
      row.map { cell in
        cell.contains { "\",\n\r".contains($0) || $0 == "\r\n" } || (width == 1 && cell.isEmpty)
          ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: ",")
    }.joined(separator: "\r\n")
    #expect(read(text).rows == rows, "seed \(seed)")
  }

  /// A row is read alike whatever stands above it: as part of its table, where most rows have as many cells as the one
  /// before, and alone.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func aRowDoesNotDependOnThoseAbove(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    let separator = separators[Int(seed % 3)]
    let width = Int.random(in: 1...8, using: &random)
    let doubts: [[UInt8]] = [[0x22], [0], [0x0D], [0x0A], [separator], Array("\"a\nb\"".utf8)]
    var raw: [UInt8] = []
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      for cell in 0..<width {
        if cell > 0 { raw.append(separator) }
        let length = [0, 0, 1, 3, 9, 40, 90].randomElement(using: &random) ?? 0
        raw += (0..<length).map { _ in UInt8.random(in: 0x20...0x7A, using: &random) }.filter {
          $0 != UInt8(ascii: "\"") && !separators.contains($0)
        }
        if Int.random(in: 0..<60, using: &random) == 0 { raw += doubts.randomElement(using: &random) ?? [] }
      }
      raw += [[0x0A], [0x0D, 0x0A], [0x0D]].randomElement(using: &random) ?? []
    }
    let bytes = Bytes(raw)
    var reader = TableReader(bytes, separator: separator)
    var problems: [CSVProblem] = []
    while reader.next() {
      var alone = TableReader(bytes, start: reader.rowStart, separator: separator)
      #expect(alone.next() && alone.cells == reader.cells, "seed \(seed), row at \(reader.rowStart)")
      #expect(alone.offset == reader.offset, "seed \(seed), row at \(reader.rowStart)")
      problems += alone.problems
    }
    #expect(reader.problems == problems, "seed \(seed)")
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
