import AtomicFiles

/// The rows of one table of a Word document while it is read, and how its cells are set in columns.
final class WordGrid {
  enum Merge: UInt8 { case none, restart, `continue` }

  struct Cell {
    /// The column of the grid (`tblGrid`) where it begins, and how many it spans, 1 or more.
    var start: UInt16
    var span: UInt16
    var merge: Merge
    /// In `texts`.
    var textStart: UInt32
    var textEnd: UInt32

    var text: Range<Int> { Int(textStart)..<Int(textEnd) }
    var isEmpty: Bool { textStart == textEnd }
    var end: Int { Int(start) + Int(span) }
  }

  let texts = ByteBuffer(capacity: 1 << 14)
  /// The widths of the grid's columns in twips (1/20 point), as far as the document has them.
  var widths: [Int] = []
  private(set) var cells: [Cell] = []
  /// The end of each row in `cells`.
  private var ends: [Int] = []

  func clear() {
    texts.clear()
    widths.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  var rows: Int { ends.count }

  func add(_ cell: Cell) { cells.append(cell) }
  func finishRow() { ends.append(cells.count) }

  /// Leaves out the cells of the row being read, which has been deleted; the row stays, without content.
  func emptyRow() { cells.removeLast(cells.count - (ends.last ?? 0)) }

  /// Makes the last cell of the row being read as wide as another one beside it, which is merged with it.
  /// - Returns: whether there is such a cell.
  func widenLast(by span: Int) -> Bool {
    guard cells.count > ends.last ?? 0, let last = cells.indices.last else { return false }
    cells[last].span = UInt16(min(WordGrid.columnLimit, Int(cells[last].span) + span))
    return true
  }

  /// More columns than a table may have (Word's limit is 63).
  static let columnLimit = 1_000

  // MARK: Columns

  /// Edges of cells that are nearer to each other are one edge, unless a row has a cell between them: 3 mm in twips.
  private static let tolerance = 170

  /// By the column of the grid, the column of the table that a cell that begins there is in. A grid column where no cell
  /// begins has none of its own. Rows of one table often have edges that differ by less than anyone sees.
  func columns() -> [Int] {
    let width = (cells.map(\.end).max() ?? 0) + 1
    var isStart = [Bool](repeating: false, count: width)
    var isSeparate = [Bool](repeating: false, count: width)
    var positions: [Int]?
    if widths.count + 1 >= width, widths.allSatisfy({ $0 > 0 && $0 < 32_000 }) {
      positions = widths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    }
    for cell in cells {
      isStart[Int(cell.start)] = true
      if let positions, positions[cell.end] - positions[Int(cell.start)] <= WordGrid.tolerance {
        isSeparate[cell.end] = true
      }
    }
    var columns = [Int](repeating: 0, count: width)
    var column = -1
    var first = 0
    for index in 0..<width {
      if isStart[index] {
        let isNear = positions.map { $0[index] - $0[first] <= WordGrid.tolerance } ?? false
        if column < 0 || !isNear || isSeparate[index] {
          column += 1
          first = index
        }
      }
      columns[index] = max(0, column)
    }
    return columns
  }

  // MARK: The table

  /// Writes the table.
  /// - Parameter limit: how many bytes it may have.
  /// - Returns: nil if it would have more.
  func table(limit: Int) -> (table: Bytes, continued: [Int: UInt64])? {
    let columns = self.columns()
    let table = ByteBuffer(capacity: texts.count + rows * 2 + 16)
    var continued: [Int: UInt64] = [:]
    // The texts of the cells that may go on in the next row, by column.
    var open = [Range<Int>?](repeating: nil, count: (columns.last ?? 0) + WordGrid.spareColumns)
    var next = open
    var texts: [(column: Int, text: Range<Int>)] = []
    var width = 0
    var first = 0
    for end in ends {
      let cells = self.cells[first..<end]
      first = end
      // A deleted row does not end the cells that are merged across it.
      if !cells.isEmpty {
        let start = table.count
        texts.removeAll(keepingCapacity: true)
        var mask: UInt64 = 0
        var hasOwn = false
        var last = -1
        for cell in cells {
          let column = min(max(columns[Int(cell.start)], last + 1), open.count - 1)
          last = column
          var text = cell.text
          if cell.merge == .continue, let above = open[column] {
            text = above
            if column < 64 { mask |= 1 << UInt64(column) }
          } else if !text.isEmpty {
            hasOwn = true
          }
          if cell.merge != .none { next[column] = text }
          if !text.isEmpty { texts.append((column, text)) }
        }
        if hasOwn {
          width = append(texts, to: table, width)
          if mask != 0 { continued[start] = mask }
        }
        swap(&open, &next)
        for index in next.indices { next[index] = nil }
      }
      table.append(byte: 0x0A)
      if table.count > limit { return nil }
    }
    return (Bytes(taking: table), continued)
  }

  /// Columns behind the last one, for rows whose cells are not where the grid has columns.
  private static let spareColumns = 1

  /// Appends the cells of a row, filled up to the width of the header: the first row with three texts or more.
  /// - Returns: that width.
  private func append(_ texts: [(column: Int, text: Range<Int>)], to table: ByteBuffer, _ width: Int) -> Int {
    var last = 0
    for (column, text) in texts {
      table.append(repeating: 0x2C, count: column - last)
      TableText.append(self.texts.slice(text), to: table)
      last = column
    }
    let width = width == 0 && texts.count >= 3 ? last + 1 : width
    if last + 1 < width { table.append(repeating: 0x2C, count: width - last - 1) }
    return width
  }
}
