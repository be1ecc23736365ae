import AtomicFiles
import CWorkbook
import Platform

/// Writes a workbook (.xlsx) with libxlsxwriter. Cells of tables are text, so that no spreadsheet program rewrites them.
/// The same calls give the same bytes.
///
/// ```swift
/// let workbook = try WorkbookWriter()
/// let sheet = try workbook.addSheet("事项")
/// try workbook.write("2-001", to: sheet, row: 0, column: 0)
/// try workbook.finish(to: writer)
/// ```
package final class WorkbookWriter {
  /// A sheet of the workbook, in the order of their addition.
  package struct Sheet: Sendable, Hashable {
    package let name: String
    fileprivate let index: Int
  }

  /// How a cell looks.
  package enum Style: Int, Sendable, CaseIterable {
    case plain, title, heading, boxed, boxedHeading
  }

  /// Which values a spreadsheet program offers for a column. Another one may be typed in: the rules judge it.
  package enum Choice: Sendable, Hashable {
    /// The cells of a column of another sheet from its row 2 to the last one that is filled.
    case column(sheet: String, column: Int)
    case words([String])
  }

  private let library: XLSXWriterLibrary
  private let file: UnsafeMutablePointer<FILE>
  private var workbook: XLSXWriterLibrary.Workbook?
  private var sheets: [XLSXWriterLibrary.Worksheet] = []
  private var names: [String] = []
  private var formats: [XLSXWriterLibrary.Format?] = []
  private let scratch = ByteBuffer()
  private let plain = ByteBuffer()

  /// - Parameter isStreamed: each row is written out when the next begins, so that memory does not grow with the rows;
  ///   rows then have to come in their order.
  /// - Throws: `WorkbookFailure`.
  package init(isStreamed: Bool = false) throws(WorkbookFailure) {
    library = try XLSXWriterLibrary()
    // A file without a name: the system removes it whatever ends the program. libxlsxwriter writes to names only.
    guard let file = tmpfile() else { throw WorkbookFailure(.write(String(cString: strerror(errno)))) }
    self.file = file
    var options = lxw_workbook_options()
    options.constant_memory = isStreamed ? 1 : 0
    workbook = library.newWorkbook("/proc/self/fd/\(fileno(file))", &options)
    guard workbook != nil else { throw WorkbookFailure(.write("workbook_new")) }
    // Without a day of its own the library writes the time.
    var properties = lxw_doc_properties()
    properties.created = 1_672_358_400
    try check(library.setProperties(workbook, &properties))
    for style in Style.allCases { formats.append(format(style)) }
  }

  deinit {
    // Closing is what releases the workbook; its file has no name.
    if workbook != nil { _ = library.close(workbook) }
    fclose(file)
  }

  private func check(_ error: lxw_error) throws(WorkbookFailure) {
    guard error.rawValue != 0 else { return }
    throw WorkbookFailure(.write(library.message(error).map { String(cString: $0) } ?? "\(error.rawValue)"))
  }

  private func format(_ style: Style) -> XLSXWriterLibrary.Format? {
    guard let format = library.addFormat(workbook) else { return nil }
    // 49 is “@”, text.
    library.setNumberFormat(format, 49)
    func fill(_ color: UInt32) {
      library.setPattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
      library.setFill(format, color)
    }
    switch style {
    case .plain: break
    case .title:
      library.setBold(format)
      library.setSize(format, 14)
    case .heading:
      library.setBold(format)
      fill(0xDDEBF7)
    case .boxed, .boxedHeading:
      library.setWrap(format)
      library.setBorder(format, UInt8(LXW_BORDER_THIN.rawValue))
      library.setAlignment(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
      if style == .boxedHeading {
        library.setBold(format)
        library.setAlignment(format, UInt8(LXW_ALIGN_CENTER.rawValue))
      }
    }
    return format
  }

  // MARK: Sheets

  /// Adds a sheet after the others.
  package func addSheet(_ name: String) throws(WorkbookFailure) -> Sheet {
    guard let sheet = library.addSheet(workbook, name) else { throw WorkbookFailure(.write(name)) }
    sheets.append(sheet)
    names.append(name)
    return Sheet(name: name, index: sheets.count - 1)
  }

  /// Keeps a sheet out of sight.
  package func hide(_ sheet: Sheet) { library.hide(sheets[sheet.index]) }

  /// The sheet that is shown when the workbook is opened.
  package func activate(_ sheet: Sheet) { library.activate(sheets[sheet.index]) }

  /// Keeps the first rows in sight, and offers filters in the last of them.
  /// - Parameter rows: how many rows the sheet has.
  package func setHeader(_ sheet: Sheet, frozen: Int = 1, columns: Int, rows: Int) throws(WorkbookFailure) {
    library.freeze(sheets[sheet.index], UInt32(frozen), 0)
    guard columns > 0, rows >= frozen else { return }
    try check(
      library.filter(sheets[sheet.index], UInt32(frozen - 1), 0, UInt32(max(frozen, rows - 1)), UInt16(columns - 1)))
  }

  /// The width of a column in characters of a Latin letter; new cells of it are text.
  package func setWidth(_ sheet: Sheet, column: Int, _ width: Int) throws(WorkbookFailure) {
    try check(
      library.setColumns(
        sheets[sheet.index], UInt16(column), UInt16(column), Double(width), formats[Style.plain.rawValue]))
  }

  /// Names the cells of a column below the header, for formulas and programs.
  package func define(_ name: String, _ sheet: Sheet, column: Int) throws(WorkbookFailure) {
    let letters = WorkbookWriter.letters(column)
    let cells = "='\(sheet.name)'!$\(letters)$2:$\(letters)$\(WorkbookFailure.rowLimit)"
    try check(library.defineName(workbook, name, cells))
  }

  /// Offers a choice of values in a column below the header.
  package func offer(_ choice: Choice, _ sheet: Sheet, column: Int) throws(WorkbookFailure) {
    let formula: String
    switch choice {
    case .column(let other, let index):
      let letters = WorkbookWriter.letters(index)
      formula =
        "=OFFSET('\(other)'!$\(letters)$2,0,0,MAX(1,COUNTA('\(other)'!$\(letters)$2:$\(letters)$\(WorkbookFailure.rowLimit))),1)"
    case .words(let words): formula = "\"\(words.joined(separator: ","))\""
    }
    var copy = Array(formula.utf8CString)
    let error = copy.withUnsafeMutableBufferPointer { text in
      var validation = lxw_data_validation()
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      validation.value_formula = text.baseAddress
      validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
      validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
      validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
      return library.validate(
        sheets[sheet.index], 1, UInt16(column), UInt32(WorkbookFailure.rowLimit - 1), UInt16(column), &validation)
    }
    try check(error)
  }

  // MARK: Cells

  /// Writes a text; an empty one only gives the cell its style.
  /// - Throws: `WorkbookFailure`, `longCell` or `longSheet` if the workbook cannot hold it.
  package func write(
    _ text: UnsafeBufferPointer<UInt8>, to sheet: Sheet, row: Int, column: Int, style: Style = .plain
  ) throws(WorkbookFailure) {
    guard row < WorkbookFailure.rowLimit else { throw WorkbookFailure(.longSheet(sheet.name)) }
    let (worksheet, format) = (sheets[sheet.index], formats[style.rawValue])
    if text.isEmpty {
      if style != .plain { try check(library.writeBlank(worksheet, UInt32(row), UInt16(column), format)) }
      return
    }
    scratch.clear()
    EscapedText.escaped(text, into: scratch)
    scratch.append(byte: 0)
    let error = scratch.base.withMemoryRebound(to: CChar.self, capacity: scratch.count) {
      library.writeText(worksheet, UInt32(row), UInt16(column), $0, format)
    }
    if error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED {
      throw WorkbookFailure(.longCell(sheet: sheet.name, cell: WorkbookWriter.letters(column) + String(row + 1)))
    }
    try check(error)
  }

  package func write(
    _ text: String, to sheet: Sheet, row: Int, column: Int, style: Style = .plain
  ) throws(WorkbookFailure) {
    plain.clear()
    plain.append(text.utf8)
    try write(plain.buffer, to: sheet, row: row, column: column, style: style)
  }

  /// Writes a number, to be summed up by the spreadsheet program: for counts in listings, never for a cell of a table.
  package func write(number: Int, to sheet: Sheet, row: Int, column: Int) throws(WorkbookFailure) {
    guard row < WorkbookFailure.rowLimit else { throw WorkbookFailure(.longSheet(sheet.name)) }
    try check(library.writeNumber(sheets[sheet.index], UInt32(row), UInt16(column), Double(number), nil))
  }

  /// Merges cells, the first of which gets the text.
  package func merge(
    _ text: String, in sheet: Sheet, rows: ClosedRange<Int>, columns: ClosedRange<Int>, style: Style
  ) throws(WorkbookFailure) {
    guard rows.count > 1 || columns.count > 1 else {
      return try write(text, to: sheet, row: rows.lowerBound, column: columns.lowerBound, style: style)
    }
    guard rows.upperBound < WorkbookFailure.rowLimit else { throw WorkbookFailure(.longSheet(sheet.name)) }
    // The library writes the text of the first cell; it is written again, escaped.
    try check(
      library.merge(
        sheets[sheet.index], UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
        UInt16(columns.upperBound), "", formats[style.rawValue]))
    try write(text, to: sheet, row: rows.lowerBound, column: columns.lowerBound, style: style)
  }

  /// Writes a link to a cell of the workbook.
  package func link(
    _ text: String, toCell cell: String, of target: String, in sheet: Sheet, row: Int, column: Int
  ) throws(WorkbookFailure) {
    try check(
      library.writeLink(
        sheets[sheet.index], UInt32(row), UInt16(column), "internal:'\(target)'!\(cell)", nil, text, nil))
  }

  /// Makes a sheet one that `WorkbookEditor` replaces by its list of findings.
  package func markAsFindings(_ sheet: Sheet) throws(WorkbookFailure) {
    try write(FindingsSheet.marker, to: sheet, row: 0, column: FindingsSheet.hiddenColumn)
  }

  /// The letters of a column, counted from 0: A … Z, AA …
  package static func letters(_ column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  // MARK: The file

  /// Completes the workbook and writes its bytes. Nothing may be added afterwards.
  /// - Throws: `WorkbookFailure`, and what the writer throws.
  package func finish(to writer: ByteWriter) throws {
    let error = library.close(workbook)
    workbook = nil
    try check(error)
    let descriptor = fileno(file)
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw WorkbookFailure(.write(String(cString: strerror(errno)))) }
    let bytes = try Bytes.read(descriptor: descriptor, path: "/tmp")
    guard bytes.count > 0 else { throw WorkbookFailure(.write("0 B")) }
    try writer.append(0..<bytes.count, of: bytes)
  }
}
