import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// Adds waivers to the table of waivers in a catalog folder; the rows that it has stay as they are, byte for byte.
package enum WaiverTable {
  /// Appends a row for each waiver, with an empty reason for a person to fill in.
  ///
  /// Two programs that do so at the same time wait for each other.
  ///
  /// - Parameter folder: the catalog's folder, which is locked while the table is read and written.
  /// - Returns: how many rows were added; those that are there already are not added again.
  /// - Throws: `FileFailure`, `FolderBusy`; `Uneditable` where the table's own header lacks a column that a waiver needs.
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
      existing = Array("rule,subject,reason\n".utf8)
    }
    let csv = CSVTable(file: path, bytes: Bytes(existing))
    let columns = TableKind.waivers.columns.map { column in
      csv.header.firstIndex { $0 == column.name || $0 == column.title }
    }
    guard let ruleCell = columns[0], let subjectCell = columns[1], csv.text.encoding == .utf8 else {
      throw Uneditable(path: path)
    }
    var known: Set<[String]> = []
    var reader = csv.rows()
    while reader.next() {
      let cells = reader.cells
      guard cells.count > max(ruleCell, subjectCell) else { continue }
      known.insert([csv.string(cells[ruleCell]).trimmed(.title), csv.string(cells[subjectCell]).trimmed(.title)])
    }
    let hasCRLF = existing.firstRange(of: [0x0D, 0x0A]) != nil
    let whole = ByteWriter.memory(capacity: existing.count + 4096)
    try whole.append(existing)
    if let last = existing.last, last != 0x0A, last != 0x0D { try whole.append(hasCRLF ? "\r\n" : "\n") }
    let rows = try CSVWriter(to: whole, separator: csv.separator, lineEnd: hasCRLF ? .crlf : .lf)
    var count = 0
    for waiver in waivers where known.insert([waiver.rule, waiver.subject]).inserted {
      var cells = [String](repeating: "", count: csv.header.count)
      cells[ruleCell] = waiver.rule
      cells[subjectCell] = waiver.subject
      try rows.row(cells)
      count += 1
    }
    guard count > 0 else { return 0 }
    try FileReplacement.write(to: path) { writer in try writer.append(whole.buffer.buffer) }
    return count
  }

  /// The table is not in a form that rows can be added to.
  package struct Uneditable: LocalizedFailure {
    package var path: String

    package var explanation: LocalizedText {
      LocalizedText(
        zh: "\(path) 的表头没有 rule、subject 两列，或不是 UTF-8，无法追加豁免。请先修正。",
        en: "\(path) lacks the columns rule and subject, or is not UTF-8: no waiver can be added. Correct it first.")
    }
  }
}
