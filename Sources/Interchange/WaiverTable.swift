import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// Appends waivers to the table of waivers in a catalog folder. Existing rows are kept byte for byte.
package enum WaiverTable {
  /// Appends a row for each waiver that the table does not have, with an empty reason to be filled in by hand and, if the table
  /// has a column for it, the number of subjects.
  ///
  /// - Parameter folder: the catalog's folder, which is locked while the table is read and written; a second writer waits.
  /// - Returns: the number of rows added.
  /// - Throws: `FileFailure`, `FolderBusy`; `Uneditable` if the table lacks a column that a waiver needs or is not UTF-8.
  package static func append(
    _ waivers: [(rule: String, subject: String)], toTableAt path: String, in folder: String
  ) throws -> Int {
    let lock = try FolderLock(at: folder)
    return try withExtendedLifetime(lock) { try append(waivers, toTableAt: path) }
  }

  private static func append(_ waivers: [(rule: String, subject: String)], toTableAt path: String) throws -> Int {
    var existing: [UInt8] = []
    do throws(FileFailure) {
      existing = try Bytes.read(path).array
    } catch {
      guard error.isMissing else { throw error }
      existing = Array("rule,subject,reason,count\n".utf8)
    }
    let table = CSVTable(file: path, bytes: Bytes(existing))
    func cell(of name: String) -> Int? {
      let column = TableKind.waivers.columns.first { $0.name == name }
      return table.header.firstIndex { $0 == column?.name || $0 == column?.title }
    }
    guard let ruleCell = cell(of: "rule"), let subjectCell = cell(of: "subject"), table.text.encoding == .utf8 else {
      throw Uneditable(path: path)
    }
    var known = existingWaivers(in: table, ruleCell, subjectCell)
    let hasCRLF = existing.firstRange(of: [0x0D, 0x0A]) != nil
    let whole = ByteWriter.memory(capacity: existing.count + 4096)
    try whole.append(existing)
    if let last = existing.last, last != 0x0A, last != 0x0D { try whole.append(hasCRLF ? "\r\n" : "\n") }
    let rows = try CSVWriter(to: whole, separator: table.separator, lineEnd: hasCRLF ? .crlf : .lf)
    var count = 0
    for waiver in waivers where known.insert([waiver.rule, waiver.subject]).inserted {
      var cells = [String](repeating: "", count: table.header.count)
      cells[ruleCell] = waiver.rule
      cells[subjectCell] = waiver.subject
      if let countCell = cell(of: "count") { cells[countCell] = "1" }
      try rows.row(cells)
      count += 1
    }
    guard count > 0 else { return 0 }
    try FileReplacement.write(to: path) { writer in try writer.append(whole.buffer.buffer) }
    return count
  }

  /// Rule and subject of each waiver that the table has.
  private static func existingWaivers(in table: CSVTable, _ ruleCell: Int, _ subjectCell: Int) -> Set<[String]> {
    var known: Set<[String]> = []
    var reader = table.rows()
    while reader.next() {
      let cells = reader.cells
      guard cells.count > max(ruleCell, subjectCell) else { continue }
      known.insert([table.string(cells[ruleCell]).trimmed(.title), table.string(cells[subjectCell]).trimmed(.title)])
    }
    return known
  }

  /// Rows cannot be appended to the table.
  package struct Uneditable: LocalizedFailure {
    package var path: String

    package var explanation: LocalizedText {
      LocalizedText(
        zh: "无法在 \(path) 中追加豁免：表头没有 rule、subject 两列，或文件不是 UTF-8。请补上两列，或另存为 UTF-8。",
        en: "cannot add waivers to \(path): it lacks the column rule or subject, or is not UTF-8. "
          + "Add the columns, or save the file as UTF-8.")
    }
  }
}
