import AtomicFiles
import CSVFormat
import Testing

@Suite struct RecordIndexTests {
  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
  func letters(_ column: Int, _ letters: String) {
    #expect(RecordIndex.letters(ofColumn: column) == letters)
  }

  @Test func aCellWithLineBreaksIsOneRow() throws {
    let text = "id,name\n1,\"p\nq\r\nr\"\n2,\"s\"\n\n3,t\n4,\"u\n\"\n5,v\n"
    let table = CSVTable(file: "t.csv", bytes: Bytes(Array(text.utf8)))
    let index = RecordIndex(table, lines: LineIndex(table.bytes, start: table.text.start))
    func row(_ cell: String) throws -> Int {
      let offset = try #require(text.utf8.firstRange(of: cell.utf8)?.lowerBound)
      return index.row(containing: text.utf8.distance(from: text.utf8.startIndex, to: offset)).number
    }
    // The empty line is a row in a spreadsheet.
    let cells = ["id", "1,", "q\r", "r\"", "2,", "s", "3,", "4,", "u", "5,", "v"]
    #expect(try cells.map(row) == [1, 2, 2, 2, 3, 3, 5, 6, 6, 7, 7])
    #expect(index.row(containing: 0).number == 1)
  }
}
