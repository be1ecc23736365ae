import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// Merges two edited editions of a table with the one that they come from, by row and field. Rows that only one side has
/// changed are copied byte for byte, and a row that both have changed in different fields has the cells of both. What
/// cannot be decided is written between the conflict markers of git, row by row, for a person to choose.
package struct TableMerge {
  /// A row that both sides have changed in different ways.
  package struct Conflict: Sendable, Hashable {
    /// What names the row: 2-042, or 2-042.3 for an item.
    package var row: String
    /// The columns that both have changed; empty if one side has removed the row, or if a row is as a whole contested.
    package var columns: [String]
    /// The text of the first of these columns on either side; nil on a side that has removed the row.
    package var ours: String?
    package var theirs: String?

    package init(row: String, columns: [String], ours: String?, theirs: String?) {
      self.row = row
      self.columns = columns
      self.ours = ours
      self.theirs = theirs
    }
  }

  package let kind: TableKind
  /// The merged table, in the encoding of the editions.
  package private(set) var bytes: [UInt8] = []
  package private(set) var conflicts: [Conflict] = []

  private let tables: MergeTables
  private let columns: MergedColumns
  private let identities: RowIdentities
  private let writer: MergeWriter
  /// By number of a row, its index in each edition; -1 where that edition does not have it.
  private let indices: (base: [Int], ours: [Int], theirs: [Int])

  /// Why a file is not merged by row.
  package struct Declined: Error, Hashable {
    package let reason: LocalizedText
  }

  /// - Parameters:
  ///   - base: the common edition; empty if there is none.
  ///   - name: the name of the file in the repository, which decides between tables with one header.
  /// - Throws: `Declined` if these are not three editions of a table of the catalog.
  package init(base: Bytes, ours: Bytes, theirs: Bytes, name: String? = nil) throws(Declined) {
    do throws(MergeDeclined) {
      tables = try MergeTables(base: base, ours: ours, theirs: theirs, name: name)
      columns = try MergedColumns(tables)
      kind = tables.kind
      identities = RowIdentities(tables)
      indices = (
        TableMerge.indices(identities.base, identities.count), TableMerge.indices(identities.ours, identities.count),
        TableMerge.indices(identities.theirs, identities.count)
      )
      writer = MergeWriter(tables)
      try run()
    } catch {
      throw Declined(reason: error.reason)
    }
  }

  private static func indices(_ rows: [Int], _ count: Int) -> [Int] {
    var indices = Array(repeating: -1, count: count)
    for (index, row) in rows.enumerated() { indices[row] = index }
    return indices
  }

  // MARK: Rows

  private func row(_ index: Int, of table: MergeTable?) -> MergeRow? {
    guard index >= 0, let table else { return nil }
    return MergeRow(table, table.rows[index])
  }

  /// The column of a row that follows from the order of the rows.
  private func derivedColumn(_ row: Int) -> String? {
    kind == .items && identities.numberedGroups.contains(identities.groups[row]) ? "number" : nil
  }

  private mutating func run() throws(MergeDeclined) {
    let merge = RowMerge(tables, columns)
    var results: [RowResult?] = Array(repeating: nil, count: identities.count)
    for number in 0..<identities.count {
      // Nothing to decide where all have the same bytes: the merged table has our row.
      if isUntouched(number) { continue }
      results[number] = try merge.merge(
        base: row(indices.base[number], of: tables.base), ours: row(indices.ours[number], of: tables.ours),
        theirs: row(indices.theirs[number], of: tables.theirs), ignoring: derivedColumn(number))
    }
    let isRemoved = results.map { if case .removed? = $0 { true } else { false } }
    let keys = tables.schema.key(kind)
    var order = RowOrder(
      base: identities.base, ours: identities.ours, theirs: identities.theirs, count: identities.count,
      isKept: { !isRemoved[$0] },
      isAfter: { [tables, indices] theirs, ours in
        let (one, other) = (tables.theirs.rows[indices.theirs[theirs]], tables.ours.rows[indices.ours[ours]])
        let key = keys.first ?? ""
        return NaturalOrder.precedes(
          tables.theirs.text(tables.theirs.cells(one), key), tables.ours.text(tables.ours.cells(other), key)) != true
      })
    let (rows, contested) = order.merged()
    try write(rows, results, contested: kind == .items ? contested : [], merge)
  }

  /// Whether all editions have the row with the same bytes, in the columns of the merged table.
  private func isUntouched(_ number: Int) -> Bool {
    guard let base = tables.base, tables.ours.columns == columns.columns, tables.theirs.columns == columns.columns,
      base.columns == columns.columns, indices.base[number] >= 0, indices.ours[number] >= 0, indices.theirs[number] >= 0
    else { return false }
    let ours = tables.ours.bytes(tables.ours.rows[indices.ours[number]].content)
    return ours.elementsEqual(base.bytes(base.rows[indices.base[number]].content))
      && ours.elementsEqual(tables.theirs.bytes(tables.theirs.rows[indices.theirs[number]].content))
  }

  // MARK: Writing

  private mutating func write(
    _ rows: [Int], _ results: [RowResult?], contested: Set<Int>, _ merge: RowMerge
  ) throws(MergeDeclined) {
    var output = MergeOutput(writer)
    output.header(columns)
    var numbers: [Int: Int] = [:]
    var clashes: Set<Int> = []
    for number in rows {
      if kind == .items, identities.clashingGroups.contains(identities.groups[number]) {
        // A matter that both have added: its items are not mixed.
        if clashes.insert(identities.groups[number]).inserted { writeClash(identities.groups[number], merge, &output) }
        continue
      }
      var position: Int?
      if derivedColumn(number) != nil {
        let group = identities.groups[number]
        numbers[group, default: 0] += 1
        position = numbers[group]
      }
      if contested.contains(number), let ours = row(indices.ours[number], of: tables.ours),
        let theirs = row(indices.theirs[number], of: tables.theirs)
      {
        note(number, ["number"])
        output.conflict([merge.ourRow(ours)], [merge.theirRow(theirs)])
        continue
      }
      switch results[number] {
      case .removed?: break
      case nil:
        if let ours = row(indices.ours[number], of: tables.ours) {
          output.row(numbered(.copy(ours), position))
        }
      case .row(let merged)?: output.row(numbered(merged, position))
      case .conflict(let ours, let theirs, let fields)?:
        note(number, fields)
        output.conflict(
          [ours].compactMap { $0.map { numbered($0, position) } },
          [theirs].compactMap { $0.map { numbered($0, position) } })
      }
    }
    output.tail()
    bytes = try output.encoded()
  }

  /// A row with the number that its position gives it.
  private func numbered(_ merged: MergedRow, _ position: Int?) -> MergedRow {
    guard let position, let index = columns.columns.firstIndex(of: "number") else { return merged }
    let text = String(position)
    switch merged {
    case .copy(let row):
      guard row.isRegular, row.text("number") != text else { return merged }
      var cells = row.cells.map { MergedCell.written(row, $0) }
      cells[index] = .text(text, isQuoted: row.cells[index].isQuoted)
      return .cells(cells, of: row)
    case .cells(var cells, let row):
      var isQuoted = false
      if case .written(let source, let cell) = cells[index] {
        if source.table.csv.string(cell) == text { return merged }
        isQuoted = cell.isQuoted
      }
      cells[index] = .text(text, isQuoted: isQuoted)
      return .cells(cells, of: row)
    }
  }

  private mutating func writeClash(_ group: Int, _ merge: RowMerge, _ output: inout MergeOutput) {
    func rows(_ table: MergeTable, _ numbers: [Int]) -> [MergeRow] {
      numbers.enumerated().compactMap { index, number in
        identities.groups[number] == group ? row(index, of: table) : nil
      }
    }
    let ours = rows(tables.ours, identities.ours)
    let theirs = rows(tables.theirs, identities.theirs)
    conflicts.append(Conflict(row: ours.first?.text("matter") ?? "", columns: [], ours: "", theirs: ""))
    output.conflict(ours.map(merge.ourRow), theirs.map(merge.theirRow))
  }

  private mutating func note(_ number: Int, _ fields: [String]) {
    let ours = row(indices.ours[number], of: tables.ours)
    let theirs = row(indices.theirs[number], of: tables.theirs)
    let named = ours ?? theirs
    let key = tables.schema.key(kind).map { named?.text($0) ?? "" }
    conflicts.append(
      Conflict(
        row: key.joined(separator: kind == .items ? "." : " "), columns: fields,
        ours: ours.map { $0.text(fields.first ?? "") }, theirs: theirs.map { $0.text(fields.first ?? "") }))
  }
}
