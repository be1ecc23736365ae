import AtomicFiles
import BuiltIn
import CSVFormat
import Catalog
import Localization

/// A table of a folder that cannot be changed without losing something.
package struct TableNotRewritable: LocalizedFailure, Hashable {
  package var file: String

  package init(file: String) { self.file = file }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "没有改写 \(file)：其中有无法识别的字节，改写会丢失它们。请先修正该文件的编码。",
      en: "did not rewrite \(file): it holds bytes that could not be read and would be lost. Mend its encoding first.")
  }
}

/// A table that stands elsewhere: to write it here would leave the one that the link leads to as it was, unknown to those
/// who share it.
package struct TableIsLink: LocalizedFailure, Hashable {
  package var file: String

  package init(file: String) { self.file = file }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "没有改写 \(file)：它是符号链接，所指的文件不在本文件夹内。请把该文件移到这里，或导入到它所在的文件夹。",
      en:
        "did not rewrite \(file): it is a symbolic link to a file that is not in this folder. Move that file here, or "
        + "import into the folder where it stands.")
  }
}

/// Writes catalog folders. Everything goes through a `FolderReplacement`, which the caller commits: the folder is
/// replaced as a whole or not at all.
package enum FolderWriter {
  /// Writes a catalog as a new folder: its tables in the form of the one that is built in (UTF-8, LF, quoted only where
  /// needed, the standard columns), with the description and the page that are built in.
  ///
  /// Reading a folder of that form and writing it gives the same bytes.
  package static func writeNew(_ catalog: Catalog, into folder: FolderReplacement) throws {
    for kind in TableKind.allCases {
      try folder.write(kind.fileName) { try writeTable(kind, of: catalog, to: $0) }
    }
    for file in BuiltInFiles.catalog where !file.name.hasSuffix(".csv") {
      try folder.write(file.name) { try $0.append(file.bytes) }
    }
  }

  /// Writes the catalog that is built into the program, byte for byte, as a folder to edit.
  package static func writeBuiltIn(into folder: FolderReplacement) throws {
    for file in BuiltInFiles.catalog {
      try folder.write(file.name) { try $0.append(file.bytes) }
    }
  }

  /// Writes a folder with every table's header and no row, for another city to begin its own catalog in.
  package static func writeEmpty(into folder: FolderReplacement) throws {
    for kind in TableKind.allCases {
      try folder.write(kind.fileName) { writer in
        try writer.append(kind.columns.map(\.name).joined(separator: ",") + "\n")
      }
    }
    try folder.write(Descriptor.fileName) { try FolderDescription.writeDataPackage(.empty, .standard, to: $0) }
  }

  /// Writes one table in its standard form.
  package static func writeTable(_ kind: TableKind, of catalog: Catalog, to writer: ByteWriter) throws {
    let output = try CSVWriter(to: writer, lineEnd: .lf)
    try output.row(catalog.schema.columns(kind).map(\.name))
    switch kind {
    case .matters:
      for matter in catalog.matters { try row(matter, of: catalog, to: output) }
    case .items:
      for item in catalog.items { try row(item, of: catalog, to: output) }
    default:
      var rows = RowWriter(output: output)
      try catalog.schema.visit(kind, of: catalog.tables, &rows)
    }
    try output.finish()
  }

  private static func row(_ matter: Matter, of catalog: Catalog, to csv: CSVWriter) throws {
    try catalog.withBytes(matter.id) { try csv.cell($0) }
    try csv.cell(matter.list.map { catalog.lists[$0].id } ?? "")
    try csv.cell(number: matter.number)
    try csv.cell(matter.audience?.rawValue ?? "")
    for text in [matter.name, matter.lead, matter.deadline, matter.remark, matter.includesID, matter.placeholder] {
      try catalog.withBytes(text) { try csv.cell($0) }
    }
    for column in catalog.schema.extraMatterColumns.indices { try csv.cell(catalog.extra(matter, column)) }
    try csv.endRow()
  }

  private static func row(_ item: Item, of catalog: Catalog, to csv: CSVWriter) throws {
    try catalog.withBytes(item.matterID) { try csv.cell($0) }
    try csv.cell(number: item.number)
    try catalog.withBytes(item.name) { try csv.cell($0) }
    try catalog.withBytes(item.responsible) { try csv.cell($0) }
    try csv.cell(item.isShared ? "yes" : "")
    for column in catalog.schema.extraItemColumns.indices { try csv.cell(catalog.extra(item, column)) }
    try csv.endRow()
  }

  // MARK: - Into a folder that is there

  /// Carries a plan out: only tables that change are written, and in them only the rows that change. Header, order of
  /// columns, columns of the folder's own, line ends, encoding and byte order mark stay; so do all other files.
  static func write(_ plan: ImportPlan, into folder: FolderReplacement) throws {
    if plan.isNew { return try writeNew(plan.result, into: folder) }
    let before = plan.folder
    for kind in TableKind.allCases {
      guard let changes = plan.rewrites(of: kind) else { continue }
      let found = before.sources.indices.first { index in
        before.sources[index].csv != nil && before.sources[index].columns[kind] != nil
      }
      if let found, let csv = before.sources[found].csv, let columns = before.sources[found].columns[kind] {
        if !csv.text.unreadable.isEmpty { throw TableNotRewritable(file: csv.file) }
        let name = name(of: csv.file, in: folder.path)
        // What a link leads to stands outside the folder, which is replaced as a whole.
        if folder.isLink(name) { throw TableIsLink(file: csv.file) }
        let bytes = try TableRewriter(csv, columns: columns, names: plan.result.schema.columns(kind).map(\.name)).rewritten(changes)
        try folder.write(name) { try $0.append(bytes) }
      } else {
        try folder.write(kind.fileName) { try writeTable(kind, of: plan.result, to: $0) }
      }
    }
  }

  /// The path within the folder of a file that was read from there.
  private static func name(of file: String, in folder: String) -> String {
    var prefix = folder
    while prefix.count > 1, prefix.hasSuffix("/") { prefix.removeLast() }
    if prefix == "." { return file }
    prefix += prefix == "/" ? "" : "/"
    return file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
  }
}

/// Writes the rows of a small table as they come.
private struct RowWriter: TableVisitor {
  let output: CSVWriter

  mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) throws {
    for row in rows { try output.row(schema.cells(of: row)) }
  }
}

/// What becomes of the rows of a table.
struct TableChanges: Sendable {
  enum Fate: Sendable {
    /// Other cells by column; nil leaves what the row has.
    case changed([String?])
    case removed
  }

  /// A row to write; what its cells do not say, and columns of the folder's own, come from another row.
  struct NewRow: Sendable {
    var cells: [String?]
    var from: Int?
  }

  /// By where the row begins; a row that is not named is kept.
  var fates: [Int: Fate] = [:]
  /// New rows after the row that begins here; before the first row under `top`.
  var inserted: [Int: [NewRow]] = [:]
  /// New rows after all others.
  var appended: [NewRow] = []

  static let top = -1

  var isEmpty: Bool { fates.isEmpty && inserted.isEmpty && appended.isEmpty }
}

/// Writes a table anew with some rows changed, the rest byte for byte.
private struct TableRewriter {
  let csv: CSVTable
  /// The cell of each of our columns; -1 where the table has none.
  var columns: [Int]
  /// The names of our columns.
  let names: [String]
  /// How many cells the header has.
  private let width: Int
  private let lineEnd: [UInt8]

  init(_ csv: CSVTable, columns: [Int], names: [String]) {
    self.csv = csv
    self.columns = columns
    self.names = names
    width = csv.headerCells.count
    let bytes = csv.bytes
    let end = csv.bodyStart
    if end > csv.headerStart, bytes.base[end - 1] == 0x0A {
      lineEnd = end - 1 > csv.headerStart && bytes.base[end - 2] == 0x0D ? [0x0D, 0x0A] : [0x0A]
    } else if end > csv.headerStart, bytes.base[end - 1] == 0x0D {
      lineEnd = [0x0D]
    } else {
      lineEnd = [0x0A]
    }
  }

  func rewritten(_ changes: TableChanges) throws -> [UInt8] {
    var writer = self
    // A column that the table does not have is added where a new value needs it.
    var added: [Int] = []
    func need(_ cells: [String?]) {
      for (index, cell) in cells.enumerated() where writer.columns[index] < 0 && cell?.isEmpty == false {
        writer.columns[index] = width + added.count
        added.append(index)
      }
    }
    for case .changed(let cells) in changes.fates.sorted(by: { $0.key < $1.key }).map(\.value) { need(cells) }
    for (_, rows) in changes.inserted.sorted(by: { $0.key < $1.key }) { for row in rows { need(row.cells) } }
    for row in changes.appended { need(row.cells) }
    return try writer.write(changes, added: added)
  }

  private func write(_ changes: TableChanges, added: [Int]) throws -> [UInt8] {
    let writer = ByteWriter.memory(capacity: csv.bytes.count + 4096)
    // Only a table in UTF-8 needs its mark put back; in GB 18030 it is a character of the text.
    if csv.text.hasByteOrderMark, csv.text.encoding != .utf16 { try writer.append([0xEF, 0xBB, 0xBF] as [UInt8]) }
    let titles = added.map { names[$0] }
    try keep(csv.text.start..<csv.bodyStart, extra: titles, to: writer)
    func insert(_ rows: [TableChanges.NewRow]) throws {
      for row in rows {
        try make(row.cells, from: row.from.map { csv.cells(ofRowAt: $0) } ?? [], to: writer, added: added.count)
      }
    }
    try insert(changes.inserted[TableChanges.top] ?? [])
    var reader = csv.rows()
    var from = reader.offset
    while reader.next() {
      let start = reader.rowStart
      switch changes.fates[start] {
      case nil:
        let short = added.isEmpty ? 0 : max(0, width - reader.cells.count)
        try keep(from..<reader.offset, extra: [String](repeating: "", count: added.count + short), to: writer)
      case .changed(let cells)?:
        try make(cells, from: reader.cells, to: writer, added: added.count)
      case .removed?:
        break
      }
      try insert(changes.inserted[start] ?? [])
      from = reader.offset
    }
    try insert(changes.appended)
    let text = writer.bytes
    guard let encoded = TextDecoding.encode(text, as: csv.text.encoding, isBigEndian: csv.text.isBigEndian) else {
      throw CSVWriteFailure.unencodable(csv.text.encoding)
    }
    return encoded
  }

  /// A row as it is, with its line end, or the table's if it has none; `extra` are cells to add.
  private func keep(_ range: Range<Int>, extra: [String], to writer: ByteWriter) throws {
    var end = range.upperBound
    while end > range.lowerBound, csv.bytes.base[end - 1] == 0x0A || csv.bytes.base[end - 1] == 0x0D { end -= 1 }
    try writer.append(range.lowerBound..<end, of: csv.bytes)
    for cell in extra {
      try writer.append(byte: csv.separator)
      try CSVWriter.append(cell, to: writer, separator: csv.separator)
    }
    if end < range.upperBound {
      try writer.append(end..<range.upperBound, of: csv.bytes)
    } else {
      try writer.append(lineEnd)
    }
  }

  /// A row with these cells by our columns; what they do not say stays as the row has it.
  private func make(_ cells: [String?], from row: [Cell], to writer: ByteWriter, added: Int) throws {
    var columnOfCell: [Int: Int] = [:]
    for (column, cell) in columns.enumerated() where cell >= 0 { columnOfCell[cell] = column }
    let count = max(width + added, row.count)
    for index in 0..<count {
      if index > 0 { try writer.append(byte: csv.separator) }
      // A cell beyond the header moves behind columns that are added, but there should be none.
      let old = index < row.count ? row[index] : nil
      if let column = columnOfCell[index], let text = cells[column],
        old.map({ !csv.string($0).isExactly(text) }) ?? true
      {
        try CSVWriter.append(text, to: writer, separator: csv.separator)
      } else if let old {
        let isQuoted = old.written < old.start
        try writer.append(old.written..<min(isQuoted ? old.end + 1 : old.end, csv.bytes.count), of: csv.bytes)
      }
    }
    try writer.append(lineEnd)
  }
}
