import AtomicFiles

/// What a sheet says of itself outside its cells.
struct SheetOutline {
  /// Widths and formats of columns, as ranges counted from 0.
  struct Columns {
    var range: ClosedRange<Int>
    var width: Double?
    var format: Int?
  }

  var columns: [Columns] = []
  /// The relationship of its drawing for comments and controls.
  var legacyDrawing: String?
  var isSelected = false

  /// - Parameter isWhole: whether to read beyond the cells, for the drawing.
  init(_ reader: consuming MarkupReader, isWhole: Bool) {
    while let piece = reader.next() {
      guard piece.kind == .start || piece.kind == .empty else { continue }
      if piece.isTag("col") {
        guard let first = piece.tag.number("min"), let last = piece.tag.number("max"), first > 0, last >= first else {
          continue
        }
        let isHidden = piece.tag.value("hidden").map { $0.first == 0x31 || $0.first == 0x74 } ?? false
        columns.append(
          Columns(
            range: (first - 1)...(last - 1),
            width: isHidden ? 0 : piece.tag.value("width").flatMap { Double(String(decoding: $0, as: UTF8.self)) },
            format: piece.tag.number("style")))
      } else if piece.isTag("sheetView") {
        isSelected = piece.tag.value("tabSelected").map { $0.first == 0x31 || $0.first == 0x74 } ?? false
      } else if piece.isTag("sheetData"), !isWhole {
        return
      } else if piece.isTag("legacyDrawing") {
        legacyDrawing = RelationshipID.value(in: piece.tag)
      }
    }
  }

  func format(ofColumn column: Int) -> Int? { columns.first { $0.range.contains(column) }?.format }

  /// The width of a column in pixels (ECMA-376 part 1, 18.3.1.13, with 7 pixels a digit).
  func pixels(ofColumn column: Int) -> Int {
    Int((columns.first { $0.range.contains(column) }?.width ?? 8.43) * 7) + 5
  }
}

/// The attribute that names a relationship, whatever its prefix is.
enum RelationshipID {
  static func value(in tag: MarkupTag) -> String? {
    tag.attributes.first { $0.name == "r:id" || $0.name.hasSuffix(":id") }?.value
  }
}

/// Copies a sheet with the formats of some cells changed; every other byte stays. Marks of an earlier check are taken back.
struct SheetEdit {
  /// What becomes of the element that names the drawing with the comments.
  enum Drawing { case keep, add(String), remove }

  let part: String
  let outline: SheetOutline
  let styles: StylesEdit
  let drawing: Drawing
  let namespace: String
  /// The levels of cells by row and column, both from 0.
  private let marks: [Int: [Int: WorkbookEditor.Level]]
  private let rows: [Int]
  /// Whether cells may have marks of an earlier check.
  private let hasOldMarks: Bool

  private var nextRow = 0
  private var row = -1
  private var column = -1
  private var rowFormat: Int?
  private var pending: ArraySlice<Int> = []
  private var rowMarks: [Int: WorkbookEditor.Level] = [:]
  /// The prefix of the main namespace, with its colon.
  private var prefix = ""

  init(
    part: String, outline: SheetOutline, styles: StylesEdit, drawing: Drawing, namespace: String,
    marks: [WorkbookEditor.Mark]
  ) {
    self.part = part
    self.outline = outline
    self.styles = styles
    self.drawing = drawing
    self.namespace = namespace
    var levels: [Int: [Int: WorkbookEditor.Level]] = [:]
    for mark in marks { levels[mark.row, default: [:]][mark.column] = mark.level }
    self.marks = levels
    rows = levels.keys.sorted()
    hasOldMarks = styles.hasMarks
  }

  /// - Throws: `WorkbookFailure` if the part ends within a tag, or cannot be written.
  mutating func copy(_ reader: consuming MarkupReader, to out: PartWriter) throws(WorkbookFailure) {
    var depth = 0
    var isInRows = false
    var isAfterRows = false
    var needsDrawing = false
    var removedDepth: Int?
    if case .add = drawing { needsDrawing = true }
    while let piece = reader.next() {
      try out.flushIfFull()
      if piece.kind == .text || piece.kind == .other {
        if removedDepth == nil { out.buffer.append(piece.bytes) }
        continue
      }
      if piece.kind == .end { depth -= 1 }
      if isInRows {
        if piece.kind == .end, depth == 1 {
          appendRows(before: .max, out.buffer)
          isInRows = false
          isAfterRows = true
          out.buffer.append(piece.bytes)
        } else {
          edit(piece, out.buffer)
          // Below the last row that is concerned nothing changes.
          if piece.kind == .end || piece.kind == .empty, depth == 2, nextRow == rows.count, !hasOldMarks {
            try copyFurtherRows(&reader, to: out)
          }
        }
        if piece.kind == .start { depth += 1 }
        continue
      }
      if depth == 1, piece.kind != .end, piece.isTag("sheetData") {
        prefix = piece.tag.prefix
        if piece.kind == .empty {
          isAfterRows = true
          fill(piece, out.buffer)
        } else {
          isInRows = true
          out.buffer.append(piece.bytes)
          depth += 1
        }
        continue
      }
      if needsDrawing, isAfterRows, depth <= 1, SheetEdit.comesAfterDrawing(piece, depth: depth) {
        appendDrawing(out.buffer)
        needsDrawing = false
      }
      if case .remove = drawing, depth == 1, piece.isTag("legacyDrawing") {
        if piece.kind == .start { removedDepth = depth }
        if piece.kind == .end { removedDepth = nil }
      } else if removedDepth == nil {
        out.buffer.append(piece.bytes)
      }
      if piece.kind == .start { depth += 1 }
    }
    if reader.isBroken || !isAfterRows { throw WorkbookFailure(.damaged(part)) }
  }

  // MARK: Rows and cells

  private func copyFurtherRows(_ reader: inout MarkupReader, to out: PartWriter) throws(WorkbookFailure) {
    try reader.skip(to: Array("</\(prefix)sheetData".utf8)) { (bytes) throws(WorkbookFailure) in
      out.buffer.append(bytes)
      try out.flushIfFull()
    }
  }

  /// Writes the element of a sheet without rows, with the rows that are added.
  private mutating func fill(_ piece: MarkupReader.Piece, _ out: ByteBuffer) {
    guard !rows.isEmpty else { return out.append(piece.bytes) }
    piece.tag.appendOpened(out)
    appendRows(before: .max, out)
    piece.tag.appendEnd(out)
  }

  private mutating func edit(_ piece: MarkupReader.Piece, _ out: ByteBuffer) {
    switch piece.kind {
    case .start, .empty:
      if rowMarks.isEmpty, !hasOldMarks, piece.isTag("c") {
        out.append(piece.bytes)
      } else if piece.isTag("c") {
        editCell(piece, out)
      } else if piece.isTag("row") {
        editRow(piece, out)
      } else {
        out.append(piece.bytes)
      }
    case .end:
      if piece.isTag("row") { appendCells(before: .max, out) }
      out.append(piece.bytes)
    case .text, .other: out.append(piece.bytes)
    }
  }

  private mutating func editRow(_ piece: MarkupReader.Piece, _ out: ByteBuffer) {
    row = piece.tag.number("r").map { $0 - 1 } ?? row + 1
    column = -1
    appendRows(before: row, out)
    if nextRow < rows.count, rows[nextRow] == row { nextRow += 1 }
    guard let levels = marks[row] else {
      pending = []
      rowMarks = [:]
      return out.append(piece.bytes)
    }
    rowMarks = levels
    pending = levels.keys.sorted()[...]
    rowFormat = piece.tag.number("s")
    guard piece.kind == .empty else { return out.append(piece.bytes) }
    piece.tag.appendOpened(out)
    appendCells(before: .max, out)
    piece.tag.appendEnd(out)
  }

  private mutating func editCell(_ piece: MarkupReader.Piece, _ out: ByteBuffer) {
    column = piece.tag.value("r").flatMap { CellAddress.column($0) } ?? column + 1
    appendCells(before: column, out)
    if pending.first == column { pending.removeFirst() }
    let format = piece.tag.number("s") ?? 0
    var new = format
    if let level = rowMarks[column] {
      new = styles.marked(format, level)
    } else if let own = styles.restored(format) {
      new = own
    }
    if new == format {
      out.append(piece.bytes)
    } else {
      piece.tag.append(setting: "s", to: String(new), out)
    }
  }

  /// Adds the marked cells of the row that it does not have, up to a column.
  private mutating func appendCells(before end: Int, _ out: ByteBuffer) {
    while let column = pending.first, column < end {
      pending.removeFirst()
      guard let level = rowMarks[column] else { continue }
      let format = styles.marked(rowFormat ?? outline.format(ofColumn: column) ?? 0, level)
      out.append("<\(prefix)c r=\"\(CellAddress(row: row, column: column).text)\" s=\"\(format)\"/>")
    }
  }

  /// Adds the rows with marks that the sheet does not have, up to a row.
  private mutating func appendRows(before end: Int, _ out: ByteBuffer) {
    while nextRow < rows.count, rows[nextRow] < end {
      let missing = rows[nextRow]
      nextRow += 1
      guard let levels = marks[missing] else { continue }
      let here = row
      (row, rowFormat, rowMarks, pending) = (missing, nil, levels, levels.keys.sorted()[...])
      out.append("<\(prefix)row r=\"\(missing + 1)\">")
      appendCells(before: .max, out)
      out.append("</\(prefix)row>")
      row = here
    }
  }

  // MARK: The drawing

  /// Whether an element, or the end of the sheet, comes after the drawing in the sequence of CT_Worksheet (ECMA-376
  /// part 1, 18.3.1.99).
  private static func comesAfterDrawing(_ piece: MarkupReader.Piece, depth: Int) -> Bool {
    if piece.kind == .end { return depth == 0 }
    return piece.isTag("legacyDrawingHF") || piece.isTag("drawingHF") || piece.isTag("picture")
      || piece.isTag("oleObjects") || piece.isTag("controls") || piece.isTag("webPublishItems")
      || piece.isTag("tableParts") || piece.isTag("extLst") || piece.isTag("AlternateContent")
  }

  private func appendDrawing(_ out: ByteBuffer) {
    guard case .add(let id) = drawing else { return }
    out.append("<\(prefix)legacyDrawing xmlns:r=\"\(namespace)\" r:id=\"\(id)\"/>")
  }
}
