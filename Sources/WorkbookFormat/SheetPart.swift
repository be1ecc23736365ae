import AtomicFiles
import XMLFormat

/// A worksheet, read row by row into a table in CSV.
final class SheetPart: XMLHandler {
  static let names = ["row", "c", "v", "f", "t", "r", "s", "rPh", "hidden", "mergeCell", "is", "ref"]
  private enum Name {
    static let row = 0
    static let cell = 1
    static let value = 2
    static let formula = 3
    /// The element of a text, and the attribute with the type of a cell.
    static let text = 4
    /// The attribute with the address.
    static let address = 5
    static let style = 6
    static let phonetic = 7
    static let hidden = 8
    static let merge = 9
    static let range = 11
  }

  private enum Kind { case number, shared, inline, string, boolean, error, date }

  /// What stands in a cell of the row being read.
  private struct Written {
    var column: Int
    var start: Int
    var end: Int
  }

  private let strings: SharedStringsPart?
  private let forms: [CellForm]
  private let is1904: Bool
  private let limit: Int

  let table = ByteBuffer(capacity: 1 << 16)
  private(set) var unreadable: [SheetContent.UnreadableCell] = []
  private(set) var hiddenRows = 0
  private(set) var mergedRanges: [SheetContent.Range] = []
  /// What made the reading stop.
  private(set) var failure: WorkbookFailure.Kind?

  /// Rows that are in `table`.
  private var rows = 0
  /// The width of the header, the first row with three cells or more; later rows are filled up to it.
  private var width = 0
  private var row = -1
  private var isHidden = false
  private var cells: [Written] = []
  private let content = ByteBuffer()

  private var column = -1
  private var kind = Kind.number
  private var form = CellForm.number
  private var hasFormula = false
  private var isPicture = false
  private var isPhonetic = false
  private let value = ByteBuffer()
  private let inline = ByteBuffer()

  init(strings: SharedStringsPart?, forms: [CellForm], is1904: Bool, limit: Int) {
    self.strings = strings
    self.forms = forms
    self.is1904 = is1904
    self.limit = limit
  }

  // MARK: Events

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    switch element.name {
    case Name.cell:
      column += 1
      kind = .number
      form = .number
      hasFormula = false
      isPicture = false
      value.clear()
      inline.clear()
      for attribute in element.attributes {
        switch attribute.name {
        case Name.address: column = CellAddress.column(attribute.value) ?? column
        case Name.text: kind = SheetPart.kind(attribute.value)
        case Name.style:
          let number = SheetPart.number(attribute.value) ?? -1
          form = forms.indices.contains(number) ? forms[number] : .number
        default: break
        }
      }
      if column >= WorkbookFailure.columnLimit { try stop(WorkbookFailure.suspicious(column: column + 1)) }
    case Name.row:
      row += 1
      column = -1
      isHidden = false
      cells.removeAll(keepingCapacity: true)
      content.clear()
      for attribute in element.attributes {
        switch attribute.name {
        case Name.address:
          guard let number = SheetPart.number(attribute.value), number > row else { continue }
          row = number - 1
        case Name.hidden: isHidden = attribute.value.first == UInt8(ascii: "1") || attribute.value.first == 0x74
        default: break
        }
      }
      if row >= WorkbookFailure.rowLimit { try stop(WorkbookFailure.suspicious(row: row + 1)) }
    case Name.formula: hasFormula = true
    case Name.phonetic: isPhonetic = true
    case Name.merge:
      for attribute in element.attributes where attribute.name == Name.range {
        // A sheet of nothing else is not worth more.
        if mergedRanges.count < 100_000, let range = SheetPart.range(attribute.value) { mergedRanges.append(range) }
      }
    default: break
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    switch name {
    case Name.value: value.append(text)
    case Name.formula: isPicture = text.starts(with: "DISPIMG".utf8) || text.starts(with: "_xlfn.DISPIMG".utf8)
    case Name.text: if !isPhonetic { EscapedText.append(text, to: inline) }
    case Name.phonetic: isPhonetic = false
    case Name.cell: finishCell()
    case Name.row: try finishRow()
    default: break
    }
  }

  private func stop(_ failure: WorkbookFailure.Kind) throws(XMLStop) {
    self.failure = failure
    throw XMLStop()
  }

  // MARK: Cells

  private func finishCell() {
    let start = content.count
    switch kind {
    case .shared:
      if let number = SheetPart.number(value.buffer), let text = strings?.text(number) { content.append(text) }
    case .inline: content.append(inline.buffer)
    case .string, .date: EscapedText.append(value.buffer, to: content)
    case .boolean: content.append(value.buffer.first == UInt8(ascii: "1") ? "TRUE" as StaticString : "FALSE")
    case .error: report(.error(value.text))
    case .number: appendNumber()
    }
    if isPicture || content.slice(start..<content.count).starts(with: "=DISPIMG".utf8)
      || content.slice(start..<content.count).starts(with: "=_xlfn.DISPIMG".utf8)
    {
      content.removeLast(content.count - start)
      report(.picture)
    } else if hasFormula, value.isEmpty, kind != .inline, kind != .string {
      report(.formula)
    }
    if content.count > start { cells.append(Written(column: column, start: start, end: content.count)) }
  }

  private func report(_ reason: SheetContent.UnreadableCell.Reason) {
    // More are not listed.
    guard unreadable.count < 100_000 else { return }
    unreadable.append(SheetContent.UnreadableCell(row: row, column: column, reason: reason))
  }

  /// A number as it was entered: 42, not 42.0.
  private func appendNumber() {
    if value.isEmpty { return }
    if form == .number, value.buffer.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), value.count < 16 {
      content.append(value.buffer)
      return
    }
    guard let number = Double(value.text), number.isFinite else {
      content.append(value.buffer)
      return
    }
    if let day = form.text(of: number, is1904: is1904) {
      content.append(day.utf8)
    } else if number.rounded() == number, abs(number) < 1e15 {
      content.append(number: Int(number))
    } else {
      content.append(number.description.utf8)
    }
  }

  // MARK: Rows

  private func finishRow() throws(XMLStop) {
    guard !cells.isEmpty else { return }
    guard row >= rows else { return try stop(WorkbookFailure.suspicious(row: row + 1, isTwice: true)) }
    table.append(repeating: 0x0A, count: row - rows)
    rows = row + 1
    if isHidden { hiddenRows += 1 }
    // Spreadsheet programs write the cells of a row in their order; others need not.
    if !zip(cells, cells.dropFirst()).allSatisfy({ $0.column < $1.column }) {
      cells = Dictionary(cells.map { ($0.column, $0) }) { _, last in last }.values.sorted { $0.column < $1.column }
    }
    var next = 0
    for cell in cells {
      table.append(repeating: 0x2C, count: cell.column - next)
      TableText.append(content.slice(cell.start..<cell.end), to: table)
      next = cell.column
    }
    if width == 0, cells.count >= 3 { width = next + 1 }
    if next + 1 < width { table.append(repeating: 0x2C, count: width - next - 1) }
    table.append(byte: 0x0A)
    if table.count > limit { try stop(.limit("\(limit >> 20) MB")) }
  }

  // MARK: Attributes

  private static func kind(_ text: UnsafeBufferPointer<UInt8>) -> Kind {
    switch text.first {
    case UInt8(ascii: "s"): text.count == 1 ? .shared : .string
    case UInt8(ascii: "i"): .inline
    case UInt8(ascii: "b"): .boolean
    case UInt8(ascii: "e"): .error
    case UInt8(ascii: "d"): .date
    default: .number
    }
  }

  /// The cells of a range such as `F53:F55`; nil if it is none, or one cell.
  private static func range(_ text: UnsafeBufferPointer<UInt8>) -> SheetContent.Range? {
    let ends = text.split(separator: UInt8(ascii: ":")).map { CellAddress(String(decoding: $0, as: UTF8.self)) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first != last, first.row <= last.row,
      first.column <= last.column, last.row < WorkbookFailure.rowLimit, last.column < WorkbookFailure.columnLimit
    else { return nil }
    return SheetContent.Range(rows: first.row...last.row, columns: first.column...last.column)
  }

  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var number = 0
    guard !text.isEmpty, text.count < 12 else { return nil }
    for byte in text {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
