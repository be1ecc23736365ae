import AtomicFiles
import CSVFormat
import Testing

@Suite struct CSVWriterTests {
  private func written(
    _ options: CSVWriter.Options = .init(), separator: UInt8 = CSVWriter.comma, lineEnd: CSVWriter.LineEnd = .crlf,
    _ body: (CSVWriter) throws -> Void
  ) throws -> [UInt8] {
    let bytes = ByteWriter.memory()
    let csv = try CSVWriter(to: bytes, options: options, separator: separator, lineEnd: lineEnd)
    try body(csv)
    try csv.finish()
    return bytes.bytes
  }

  @Test func quotesWhereItMust() throws {
    let bytes = try written { csv in
      try csv.row(["a", "b,c", "say \"hi\"", "", "1\n2", "1\r2", "市公安局、", "a long cell, after eight bytes"])
      try csv.cell(number: 42)
      try csv.cell(number: nil)
      try csv.nextCell()
      try csv.cell("last;")
      try csv.endRow()
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "a,\"b,c\",\"say \"\"hi\"\"\",,\"1\n2\",\"1\r2\",市公安局、,\"a long cell, after eight bytes\"\r\n42,,,last;\r\n")
  }

  @Test(arguments: [";", "\t"])
  func quotesItsOwnSeparator(_ separator: String) throws {
    let byte = try #require(separator.utf8.first)
    let texts = ["a\(separator)b", "comma,", "x", "12345678\(separator)9"]
    let bytes = try written(separator: byte, lineEnd: .lf) { try $0.row(texts) }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasSuffix("\n") && !text.hasSuffix("\r\n"))
    #expect(text.hasPrefix("\"a\(separator)b\"\(separator)"))
    let table = CSVTable(file: "x", bytes: Bytes(bytes), separator: byte)
    #expect(table.header == texts)
    #expect(table.headerProblems.isEmpty)
  }

  @Test func whatIsWrittenIsReadBackInEveryEncoding() throws {
    let row = ["我要开办“熟食店”", "a,\"b\"", "line\nbreak", "㐂𠮷"]
    for options: CSVWriter.Options in [
      .init(), .init(byteOrderMark: true), .init(encoding: .gb18030), .init(encoding: .utf16),
    ] {
      // Several pieces of 64 kB.
      let bytes = try written(options) { csv in
        for _ in 0..<5000 { try csv.row(row) }
      }
      let table = CSVTable(file: "x", bytes: Bytes(bytes))
      #expect(table.text.encoding == options.encoding)
      #expect(table.header == row)
      var rows = table.rows()
      var count = 1
      while rows.next() {
        if rows.cells.map(table.string) == row { count += 1 }
      }
      #expect(count == 5000, "\(options)")
    }
    #expect(try written(.init(byteOrderMark: true)) { _ in } == [0xEF, 0xBB, 0xBF])
  }

  @Test func refusesAMarkWhereThereIsNone() {
    #expect(throws: CSVWriteFailure.markOutsideUTF8) {
      try CSVWriter(to: .memory(), options: .init(byteOrderMark: true, encoding: .gb18030))
    }
  }

  @Test func singleCells() {
    func quoted(_ text: String) -> String {
      Array(text.utf8).withUnsafeBufferPointer { String(decoding: CSVWriter.quoted($0), as: UTF8.self) }
    }
    #expect(quoted("a") == "a")
    #expect(quoted("") == "")
    #expect(quoted("\"") == "\"\"\"\"")
    #expect(quoted("a,b") == "\"a,b\"")
  }
}
