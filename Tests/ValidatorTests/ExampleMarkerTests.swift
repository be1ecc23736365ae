import Catalog
import Testing

@testable import Validator

/// Markers in examples: their positions, and their removal before the example is read.
@Suite struct ExampleMarkerTests {
  @Test func markersOfTables() {
    let example = Example(
      matters: ["2-001,second,↓1,individual,灵活就业,↓↓市人社局,2022年12月底", "↓2-002,second"],
      at: [.file("lists.csv")])
    #expect(
      example.expectedPositions == [
        .file("lists.csv"),
        .position("matters.csv", line: 2, column: 14),
        .position("matters.csv", line: 2, column: 32),
        .position("matters.csv", line: 2, column: 32),
        .position("matters.csv", line: 3, column: 1),
      ])
    guard case .tables(let files) = example.content, case .tables(let marked) = example.markedContent else {
      Issue.record("the example is not made of tables")
      return
    }
    #expect(
      String(decoding: files["matters.csv"] ?? [], as: UTF8.self)
        == "id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,灵活就业,市人社局,2022年12月底\n"
        + "2-002,second,,,,,\n")
    #expect(String(decoding: marked["matters.csv"] ?? [], as: UTF8.self).contains("second,↓1,"))
  }

  /// A document's findings have a line and no column.
  @Test func markersOfDocumentsAndLists() {
    let document = Example(document: "<a>\n  <b/>↓<c/>\n</a>")
    #expect(document.expectedPositions == [ExpectedPosition(file: nil, line: 2)])
    guard case .document("<a>\n  <b/><c/>\n</a>") = document.content else {
      Issue.record("the marker is still in the document")
      return
    }
    let list = Example(list: "序号,名称\n1,↓灵活就业")
    #expect(list.expectedPositions == [ExpectedPosition(file: nil, line: 2, column: 3)])
    guard case .list("序号,名称\n1,灵活就业") = list.content else {
      Issue.record("the marker is still in the list")
      return
    }
  }

  /// Bytes of another encoding are left as they are.
  @Test func bytesAreKept() {
    let example = Example(bytes: ["a.csv": [0xC1, 0xE9, 0xE2, 0x86, 0x93, 0xFF, 0xE2, 0x86]])
    guard case .tables(let files) = example.content else {
      Issue.record("the example is not made of tables")
      return
    }
    #expect(files["a.csv"] == [0xC1, 0xE9, 0xFF, 0xE2, 0x86])
  }
}
