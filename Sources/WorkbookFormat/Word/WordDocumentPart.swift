import AtomicFiles
import XMLFormat

/// `document.xml`: the tables of the document, and the paragraphs around them.
///
/// Elements are those of ECMA-376 part 1, 17: 17.4 tables, 17.3 paragraphs and runs, 17.5.2 content controls, 17.13.5 tracked
/// changes, 17.16 fields.
final class WordDocumentPart: XMLHandler {
  enum Name: Int, CaseIterable {
    // The structure.
    case p, r, tbl, tr, tc, sdt, gridCol
    // Properties.
    case pPr, rPr, trPr, tcPr, sdtPr, gridSpan, vMerge, hMerge, gridBefore, vanish, pStyle, numPr, numId, ilvl,
      showingPlcHdr
    // Text.
    case t, br, cr, tab, ptab, noBreakHyphen, sym, fldChar, rt, txbxContent
    // Tracked changes.
    case ins, del, moveFrom, moveTo, cellIns, cellDel, cellMerge
    case rPrChange, pPrChange, sectPrChange, tblPrChange, tblPrExChange, tblGridChange, trPrChange, tcPrChange
    case numberingChange
    // Markup compatibility.
    case alternateContent, choice, fallback
    // Attributes.
    case val, w, char, font, fldCharType, space

    /// The name in the document.
    var written: String {
      switch self {
      case .alternateContent: "mc:AlternateContent"
      case .choice: "mc:Choice"
      case .fallback: "mc:Fallback"
      case .space: "xml:space"
      default: "\(self)"
      }
    }
  }

  static let names = Name.allCases.map(\.written)
  private static let all = Name.allCases

  /// Which properties are being read.
  private enum Properties { case none, paragraph, mark, run, row, cell, control }

  private(set) var content = WordContent()
  /// What made the reading stop.
  private(set) var failure: WorkbookFailure.Kind?

  private let numbering: WordNumberingPart?
  private let styles: WordStylesPart?
  private let text = WordText()
  private let grid = WordGrid()
  /// How many bytes of text the tables may still have.
  private var allowance: Int

  /// How many elements are open, and the depth of the one that is left out; -1 if none is.
  private var open = 0
  private var skipped = -1
  private var properties = Properties.none
  /// By nesting, whether one of the alternatives has been taken.
  private var alternatives: [Bool] = []
  /// The depths of the open content controls, and of the one that shows its placeholder.
  private var controls: [Int] = []
  private var placeholder = -1

  private var isInTable = false
  private var isInRow = false
  private var isInCell = false
  private var isRowDeleted = false
  /// The column of the grid that the next cell begins in.
  private var column = 0
  private var span = 1
  private var merge = WordGrid.Merge.none
  /// The cell is merged with the one to its left (`hMerge`).
  private var isWidening = false
  private var isCellDeleted = false
  private var cellNumber = 0
  private var keepsBlanks = false
  /// The list that the paragraph names itself: `numId` and `ilvl`, either of which may be left to its style.
  private var list: (id: String?, level: Int?) = (nil, nil)
  private var style: String?
  /// The number that Word sets before the cell's first paragraph.
  private var label: Int?

  private static let paragraphLimit = 20_000
  /// In bytes: a title is shorter.
  private static let shortParagraph = 400
  private static let cellLimit = 500_000
  private static let tableLimit = 10_000

  init(numbering: WordNumberingPart?, styles: WordStylesPart?, limit: Int) {
    self.numbering = numbering
    self.styles = styles
    allowance = limit
  }

  private func stop(_ failure: WorkbookFailure.Kind) throws(XMLStop) {
    self.failure = failure
    throw XMLStop()
  }

  // MARK: Start tags

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    open = element.depth + 1
    guard skipped < 0, element.name >= 0 else { return }
    let name = WordDocumentPart.all[element.name]
    switch name {
    case .t: keepsBlanks = element.attributes.value(.space)?.first == UInt8(ascii: "p")
    case .r: text.isHidden = false
    case .pPr, .rPr, .trPr, .tcPr, .sdtPr: begin(name)
    case .tbl: try beginTable()
    case .tr: if isInTable { beginRow() }
    case .tc: if isInRow, !isInCell { beginCell() }
    case .sdt: controls.append(open)
    case .gridCol:
      if isInTable, !isInRow, grid.widths.count <= WordGrid.columnLimit {
        grid.widths.append(element.attributes.number(.w) ?? 0)
      }
    case .alternateContent: alternatives.append(false)
    case .choice, .fallback:
      if alternatives.last == true { skipped = element.depth }
      if let last = alternatives.indices.last { alternatives[last] = true }
    case .txbxContent:
      content.textBoxes += 1
      skipped = element.depth
    case .rt, .rPrChange, .pPrChange, .sectPrChange, .tblPrChange, .tblPrExChange, .tblGridChange, .trPrChange,
      .tcPrChange, .numberingChange:
      skipped = element.depth
    case .ins, .del, .moveFrom, .moveTo, .cellIns, .cellDel, .cellMerge: change(name, element)
    case .br, .cr, .tab, .ptab, .noBreakHyphen, .sym, .fldChar: if properties == .none { character(name, element) }
    default: if properties != .none { try property(name, element) }
    }
  }

  private func begin(_ name: Name) {
    switch (name, properties) {
    case (.pPr, .none): properties = .paragraph
    case (.rPr, .none): properties = .run
    case (.rPr, .paragraph): properties = .mark
    case (.trPr, .none): properties = .row
    case (.tcPr, .none): properties = .cell
    case (.sdtPr, .none): properties = .control
    default: break
    }
  }

  /// A character that is an element of its own.
  private func character(_ name: Name, _ element: borrowing XMLElement) {
    switch name {
    case .br, .cr: text.endLine()
    case .tab, .ptab: text.append(" ")
    case .noBreakHyphen: text.append("-")
    case .fldChar: text.field(element.attributes.value(.fldCharType))
    case .sym:
      text.append(
        scalar: WordSymbol.scalar(code: element.attributes.text(.char), font: element.attributes.text(.font)))
    default: break
    }
  }

  private func property(_ name: Name, _ element: borrowing XMLElement) throws(XMLStop) {
    switch (name, properties) {
    case (.gridBefore, .row): column = min(max(0, element.attributes.number(.val) ?? 0), WordGrid.columnLimit)
    case (.gridSpan, .cell): span = min(max(1, element.attributes.number(.val) ?? 1), WordGrid.columnLimit)
    case (.vMerge, .cell): merge = element.attributes.text(.val) == "restart" ? .restart : .continue
    case (.hMerge, .cell): isWidening = element.attributes.text(.val) != "restart"
    case (.vanish, .run): text.isHidden = element.attributes.isOn
    case (.pStyle, .paragraph):
      style = element.attributes.value(.val).map { String(decoding: $0.prefix(256), as: UTF8.self) }
    case (.numId, .paragraph): list.id = element.attributes.text(.val)
    case (.ilvl, .paragraph): list.level = element.attributes.number(.val) ?? 0
    case (.showingPlcHdr, .control):
      if placeholder < 0, element.attributes.isOn { placeholder = controls.last ?? -1 }
      text.isPlaceholder = placeholder >= 0
    default: break
    }
  }

  /// A tracked change: what is inserted counts, what is deleted does not.
  private func change(_ name: Name, _ element: borrowing XMLElement) {
    content.trackedChanges += 1
    if isInRow, content.firstChange == nil {
      content.firstChange = WordPosition(
        table: content.tables.count + 1, row: grid.rows + 1, column: max(1, cellNumber))
    }
    switch (name, properties) {
    case (.del, .row), (.moveFrom, .row): isRowDeleted = true
    case (.del, .mark), (.moveFrom, .mark): text.goesOn = true
    case (.del, .none), (.moveFrom, .none): skipped = element.depth
    case (.cellDel, .cell): isCellDeleted = true
    case (.cellMerge, .cell):
      let value = element.attributes.text(.vMerge)
      if value == "cont" { merge = .continue } else if value == "rest" { merge = .restart }
    default: break
    }
  }

  // MARK: End tags

  func end(_ name: Int, text bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    open -= 1
    if skipped >= 0 {
      if skipped == open { skipped = -1 }
      return
    }
    guard name >= 0 else { return }
    switch WordDocumentPart.all[name] {
    case .t: if properties == .none { text.append(bytes, keepsBlanks: keepsBlanks) }
    case .p: endParagraph()
    case .pPr: if properties == .paragraph { properties = .none }
    case .rPr:
      if properties == .run { properties = .none } else if properties == .mark { properties = .paragraph }
    case .trPr: if properties == .row { properties = .none }
    case .tcPr: if properties == .cell { properties = .none }
    case .sdtPr: if properties == .control { properties = .none }
    case .sdt:
      if let control = controls.popLast(), control == placeholder { placeholder = -1 }
      text.isPlaceholder = placeholder >= 0
    case .alternateContent: _ = alternatives.popLast()
    case .tc: if isInCell { try endCell() }
    case .tr: if isInRow { endRow() }
    case .tbl: if isInTable { try endTable() }
    default: break
    }
  }

  /// Counts the paragraph in its list: that which it names, else that of its style.
  private func count() {
    defer {
      list = (nil, nil)
      style = nil
    }
    guard let numbering, !isRowDeleted else { return }
    var number: Int?
    if let id = list.id {
      number = numbering.next(id, level: list.level ?? 0)
    } else if let ofStyle = styles?.numbering(style) {
      number = list.level.map { numbering.next(ofStyle.list, level: $0) } ?? numbering.next(ofStyle)
    }
    if isInCell, label == nil { label = number }
  }

  private func endParagraph() {
    count()
    let isOpen = text.goesOn
    text.endLine()
    text.isHidden = false
    if isInCell || isOpen { return }
    let line = text.takeLine()
    guard !line.isEmpty, content.paragraphs.count < WordDocumentPart.paragraphLimit else { return }
    if line.utf8.count > WordDocumentPart.shortParagraph {
      content.paragraphs.append("")
    } else {
      content.paragraphs += line.split(separator: "\n").map { String($0) }
    }
  }

  // MARK: Tables

  private func beginTable() throws(XMLStop) {
    guard !isInTable else {
      content.nestedTables += 1
      if content.nestedPositions.count < 10 {
        content.nestedPositions.append(
          WordPosition(table: content.tables.count + 1, row: grid.rows + 1, column: cellNumber))
      }
      skipped = open - 1
      return
    }
    if content.tables.count >= WordDocumentPart.tableLimit { try stop(.limit("\(content.tables.count) tables / 张表")) }
    grid.clear()
    isInTable = true
  }

  private func beginRow() {
    isInRow = true
    isRowDeleted = false
    (column, cellNumber) = (0, 0)
  }

  private func beginCell() {
    isInCell = true
    (span, merge, isWidening, isCellDeleted, label) = (1, .none, false, false, nil)
    cellNumber += 1
    text.beginCell(in: grid.texts)
  }

  private func endCell() throws(XMLStop) {
    isInCell = false
    var range = text.endCell()
    if range.isEmpty, let label {
      let start = grid.texts.count
      grid.texts.append(number: label)
      range = start..<grid.texts.count
    }
    range = WordDocumentPart.withoutRepetition(range, of: grid.texts)
    if grid.texts.count > allowance { try stop(.limit("\(grid.texts.count >> 20) MB")) }
    if isCellDeleted { return }
    guard column + span <= WordGrid.columnLimit else {
      return try stop(WorkbookFailure.suspicious(column: column + span))
    }
    guard grid.cells.count < WordDocumentPart.cellLimit else {
      return try stop(.limit("\(grid.cells.count) cells / 格"))
    }
    if !isWidening || !grid.widenLast(by: span) {
      grid.add(
        WordGrid.Cell(
          start: UInt16(column), span: UInt16(span), merge: merge, textStart: UInt32(range.lowerBound),
          textEnd: UInt32(range.upperBound)))
    }
    column += span
  }

  /// The first line alone if all lines are the same: cells that Word has merged keep the text of each of them.
  private static func withoutRepetition(_ range: Range<Int>, of texts: ByteBuffer) -> Range<Int> {
    let lines = texts.buffer[range].split(separator: 0x0A, omittingEmptySubsequences: true)
    guard lines.count > 1, let first = lines.first, lines.dropFirst().allSatisfy({ $0.elementsEqual(first) }) else {
      return range
    }
    return first.startIndex..<first.endIndex
  }

  private func endRow() {
    isInRow = false
    if isRowDeleted { grid.emptyRow() }
    isRowDeleted = false
    grid.finishRow()
  }

  private func endTable() throws(XMLStop) {
    isInTable = false
    guard let (table, continued) = grid.table(limit: allowance) else {
      return try stop(.limit("\(allowance >> 20) MB"))
    }
    allowance -= table.count
    content.tables.append(
      WordTable(
        number: content.tables.count + 1, table: table, rows: grid.rows, paragraphsAbove: content.paragraphs.count,
        continued: continued))
  }

  /// The document with the counts of what was left out.
  func finish() -> WordContent {
    content.hiddenTexts = text.hiddenTexts
    return content
  }
}

extension XMLAttributes {
  fileprivate func value(_ name: WordDocumentPart.Name) -> UnsafeBufferPointer<UInt8>? {
    value(name.rawValue)
  }

  /// The text of a short attribute; empty if the tag does not have it.
  fileprivate func text(_ name: WordDocumentPart.Name) -> String {
    value(name).map { String(decoding: $0.prefix(64), as: UTF8.self) } ?? ""
  }

  fileprivate func number(_ name: WordDocumentPart.Name) -> Int? { Int(text(name)) }

  /// Whether an on/off property is on (`ST_OnOff`): it is unless its value says otherwise.
  fileprivate var isOn: Bool { !["0", "false", "off"].contains(text(.val)) }
}
