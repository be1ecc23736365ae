import Testing

@testable import WorkbookFormat

@Suite struct CellAddressTests {
  @Test(arguments: [("A1", 0, 0), ("F243", 242, 5), ("Z9", 8, 25), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)])
  func addresses(_ text: String, _ row: Int, _ column: Int) {
    let cell = CellAddress(row: row, column: column)
    #expect(CellAddress(text) == cell)
    #expect(cell.text == text)
    #expect(CellAddress(text.lowercased()) == cell)
  }

  @Test func absoluteAddresses() {
    #expect(CellAddress("$F$243") == CellAddress(row: 242, column: 5))
    #expect(CellAddress("F$243") == CellAddress(row: 242, column: 5))
  }

  @Test(
    arguments: [
      "", "A", "1", "$", "A0", "A-1", "1A", "A1:B2", "A1 ", "事1", "AAAAA1", "A99999999999999999999", "A1.5", "#REF!",
      "A+1",
    ])
  func otherTexts(_ text: String) { #expect(CellAddress(text) == nil) }

  @Test func orderIsByRows() {
    let sorted = ["B1", "A2", "AA2", "A10"].compactMap { CellAddress($0) }
    #expect(sorted.reversed().sorted() == sorted)
  }
}
