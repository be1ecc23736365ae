import AtomicFiles
import CSVFormat
import Catalog
import FuzzBodies
import Testing

@testable import Interchange

/// What is asked of the texts of a list is answered as if every text were examined anew, and long lists are read as short
/// ones are.
@Suite("Texts of lists in the official layout") struct OfficialTextsTests {
  private static let parts = [
    "市公安局", "公安部门", "市民政局", "没有这个部门", "KTV", "ktv", "、", "，", ",", ";", "；", "/", "／", "(", ")", "（", "）", "[", "]",
    "【", "】",
    "〔", "〕", "《", "》", " ", "\u{3000}", "\u{A0}", "\n", "\r\n", "负责", "牵头负责", "等部门按职责分工负责", "A", "é", "\u{F90A}", "“",
    "'", "\"", "·",
  ]

  /// Texts that a column of departments might hold, and others.
  @Test(arguments: 0..<400) func departmentsAreReadAsInTheRegister(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let base = shippedCatalog
    let texts = OfficialTexts(Bytes([]))
    let names = OfficialNames(base, texts)
    for _ in 0..<20 {
      let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        Self.parts.randomElement(using: &generator) ?? ""
      }.joined()
      let cell = texts.insert(text)
      let word = texts.word(cell)
      let expected = PrintedDepartments(printed: word, in: base.departmentRegister).isResolved
      #expect(names.readsAsDepartments(cell) == expected, "“\(text)”")
      #expect(names.isDepartments(text) == PrintedDepartments(printed: text, in: base.departmentRegister).isResolved)
      #expect(texts.isBlank(cell) == word.isEmpty, "“\(text)”")
      if texts.isOrdinary(cell) {
        #expect(ListHeading.compact(text) == text && word == text && !texts.mayHoldSeveral(cell), "“\(text)”")
      }
    }
  }

  /// A text of a column with single texts is the same as the one above it and as one of another column, and else one of its
  /// own.
  @Test func singleTexts() {
    let csv = CSVTable(file: "清单.csv", text: TextDecoding.decode(Bytes(Array("甲,乙,甲,甲,丙丙,\"丁\"\"\",\n".utf8))))
    let texts = OfficialTexts(csv.bytes)
    let cells = csv.cells(ofRowAt: 0)
    func single(_ index: Int, above: OfficialCell) -> OfficialCell {
      texts.singleCell(cells[index], of: csv, at: csv.bytes.base, above: above)
    }
    let first = single(0, above: .empty)
    #expect(single(0, above: first) == first && single(2, above: first) == first)
    let other = single(1, above: first)
    #expect(other != first && !texts.areEqual(other, first) && texts.text(other) == "乙")
    let again = single(2, above: other)
    #expect(again != first && texts.areEqual(again, first))
    let listed = texts.cell(cells[3], of: csv, at: csv.bytes.base)
    #expect(texts.areEqual(listed, first) && single(0, above: other) == listed)
    #expect(texts.text(single(5, above: .empty)) == "丁\"")
    #expect(single(6, above: first) == .empty)
    #expect(!texts.isBlank(first) && texts.isOrdinary(first))
  }

  /// More matters than are added at once, each with its items and their positions.
  @Test func manyMatters() throws {
    let count = 9000
    var text = "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注\n"
    var starts: [Int] = []
    for number in 1...count {
      starts.append(text.utf8.count)
      text += "\(number),个人,第\(number % 4500)种事,事项\(number % 7)甲,市人社局,人社部门,2022年12月底,\n"
      for item in 0..<number % 3 { text += ",,,事项\(item)乙,,税务部门,,\n" }
    }
    let catalog = CSVListReader.read(
      file: "清单.csv", bytes: Bytes(Array(text.utf8)), base: shippedCatalog, options: CSVListOptions(list: "second"))
    try #require(catalog.matters.count == count)
    for (index, matter) in catalog.matters.enumerated() {
      let number = index + 1
      let items = catalog.items(of: matter)
      let names = ["事项\(number % 7)甲"] + (0..<number % 3).map { "事项\($0)乙" }
      let id = "2-" + String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
      guard catalog.id(matter) == id, catalog.text(matter.name) == "第\(number % 4500)种事",
        catalog.position(matter).offset == starts[index], items.map({ catalog.text($0.name) }) == names,
        items.enumerated().allSatisfy({ $0.element.number == $0.offset + 1 })
      else {
        Issue.record("matter \(number)")
        return
      }
    }
    // Equal names are one text.
    #expect(catalog.matters[0].name == catalog.matters[4500].name)
    #expect(catalog.matters[0].name != catalog.matters[1].name)
  }
}
