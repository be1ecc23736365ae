import AtomicFiles
import CSVFormat

enum TablesBody {
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    let encoding: TextEncoding? = [nil, .utf8, .gb18030, .utf16][choices.number & 3]
    let separator: UInt8? = [nil, 0x2C, 0x09, 0x3B][choices.number >> 2 & 3]
    let bytes = Bytes(choices.rest)
    let text = TextDecoding.decode(bytes, as: encoding)
    try check(text)
    let csv = CSVTable(file: "table.csv", text: text, separator: separator)
    for cell in csv.headerCells { try check(cell, from: csv.headerStart, to: text.bytes.count) }
    _ = csv.headerProblems
    try rows(csv)
    try lines(text)
    try encodings(text)
  }

  private static func check(_ text: DecodedText) throws {
    try withExtendedLifetime(text.bytes) {
      let buffer = text.bytes.buffer
      try expect(UTF8Check.firstInvalid(buffer, from: 0) == nil, "decoded text is not UTF-8")
      try expect(String(validating: buffer, as: UTF8.self) != nil, "not UTF-8 for the standard library")
      try expect(text.start >= 0 && text.start <= buffer.count, "start")
      for position in 0..<Bytes.padding { try expect(text.bytes.base[buffer.count + position] == 0, "padding") }
      var last = -1
      for offset in text.unreadable {
        try expect(offset > last && offset + 3 <= buffer.count, "unreadable at \(offset)")
        try expect(Array(buffer[offset..<offset + 3]) == [0xEF, 0xBF, 0xBD], "no U+FFFD at \(offset)")
        last = offset
      }
    }
  }

  private static func check(_ cell: Cell, from: Int, to: Int) throws {
    try expect(
      from <= cell.written && cell.written <= cell.start && cell.start <= cell.end && cell.end <= to,
      "cell \(cell) in \(from)..<\(to)")
  }

  /// Checks that rows advance, that cells lie within them, and that a table written from their texts is read back the
  /// same.
  private static func rows(_ csv: CSVTable) throws {
    var reader = csv.rows()
    var last = reader.offset - 1
    var written: [UInt8] = []
    var values: [[String]] = []
    let total = csv.bytes.count
    while reader.next() {
      try expect(reader.rowStart > last && reader.offset > reader.rowStart && reader.offset <= total, "row at \(last)")
      last = reader.rowStart
      try expect(!reader.cells.isEmpty, "a row without cells")
      var from = reader.rowStart
      for cell in reader.cells {
        try check(cell, from: from, to: reader.offset)
        from = cell.end
      }
      if reader.problems.lazy.filter({ $0.kind == .unclosedQuote }).prefix(64).count < 64 {
        try expect(csv.cells(ofRowAt: reader.rowStart) == reader.cells, "row at \(reader.rowStart) read alone")
      }
      let row = reader.cells.map { csv.string($0) }
      values.append(row)
      for (position, cell) in row.enumerated() {
        if position > 0 { written.append(csv.separator) }
        written.append(0x22)
        for byte in cell.utf8 {
          if byte == 0x22 { written.append(0x22) }
          written.append(byte)
        }
        written.append(0x22)
      }
      written += [0x0D, 0x0A]
    }
    for problem in reader.problems {
      try expect(problem.offset >= 0 && problem.offset < max(total, 1), "problem at \(problem.offset)")
    }
    let copy = Bytes(written)
    var again = TableReader(copy, separator: csv.separator)
    try withExtendedLifetime(copy) {
      for row in values {
        try expect(again.next(), "a row is missing")
        let back = again.cells.map { cell in
          String(
            decoding: cell.isEscaped ? CSVTable.unescaped(copy, cell) : copy.buffer[cell.start..<cell.end].map { $0 },
            as: UTF8.self)
        }
        try expect(back.map { Array($0.utf8) } == row.map { Array($0.utf8) }, "\(row) came back as \(back)")
      }
      try expect(!again.next(), "an extra row")
      try expect(again.problems.allSatisfy { $0.kind == .nul }, "problems in a well-formed table")
    }
  }

  /// Compares lines and columns with a simple count.
  private static func lines(_ text: DecodedText) throws {
    let index = LineIndex(text.bytes, start: text.start)
    let buffer = text.bytes.buffer
    try withExtendedLifetime(text.bytes) {
      var line = 1
      var columnStart = text.start
      let stride = max(1, buffer.count / 97)
      for offset in text.start...buffer.count {
        let afterCR = offset > text.start && buffer[offset - 1] == 0x0D
        if offset > text.start,
          buffer[offset - 1] == 0x0A || (afterCR && !(offset < buffer.count && buffer[offset] == 0x0A))
        {
          line += 1
          columnStart = offset
        }
        guard offset % stride == 0 || offset == buffer.count else { continue }
        // No position is in the middle of CRLF.
        if afterCR, offset < buffer.count, buffer[offset] == 0x0A { continue }
        try expect(index.line(offset) == line, "line of \(offset): \(index.line(offset)), not \(line)")
        let column = buffer[columnStart..<offset].reduce(1) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
        try expect(index.column(offset) == column, "column of \(offset): \(index.column(offset)), not \(column)")
        let range = index.lineRange(offset)
        try expect(range.lowerBound == columnStart && range.upperBound <= buffer.count, "range of \(offset): \(range)")
        if buffer.count > text.start, range.count <= 4096 {
          try expect(index.text(ofLine: line) == text.bytes.text(range), "text of line \(line)")
        }
      }
      // Offsets and lines outside the text have an answer as well.
      for offset in [-1, Int.min, buffer.count + 1, Int.max] { _ = (index.line(offset), index.column(offset)) }
      for number in [Int.min, -1, 0, line + 1, Int.max] {
        try expect(index.text(ofLine: number) == nil, "line \(number)")
      }
    }
  }

  /// Checks that a text written in an encoding is read back the same.
  private static func encodings(_ text: DecodedText) throws {
    let plain = Array(text.bytes.array[text.start...])
    // A byte order mark in the text would be read as that of the file.
    if plain.starts(with: [0xEF, 0xBB, 0xBF]) { return }
    for encoding in [TextEncoding.gb18030, .utf16] {
      guard let encoded = TextDecoding.encode(plain, as: encoding) else { continue }
      let back = TextDecoding.decode(Bytes(encoded), as: encoding)
      try expect(back.unreadable.isEmpty, "\(encoding) cannot be read back")
      try expect(Array(back.bytes.array[back.start...]) == plain, "\(encoding) is read back differently")
    }
  }
}
