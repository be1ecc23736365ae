import Algorithms
import AtomicFiles
import CSVFormat
import Localization

/// Cells of a sheet that are merged into one; only the first has a text. Rows and columns count from 0.
package struct MergedRange: Sendable, Hashable {
  package var rows: ClosedRange<Int>
  package var columns: ClosedRange<Int>

  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// `F53:F55`
  package var text: String {
    func address(_ row: Int, _ column: Int) -> String { RecordIndex.letters(ofColumn: column) + String(row + 1) }
    return address(rows.lowerBound, columns.lowerBound) + ":" + address(rows.upperBound, columns.upperBound)
  }
}

extension Catalog {
  /// Makes the issues at cells that a merged range covers one issue for each range, at its first cell: a covered cell cannot
  /// be filled in before the range is taken apart. Ranges whose covered cells may be empty are no issue.
  ///
  /// - Parameter name: the sheet, as the sources name it.
  package mutating func reportMerged(_ ranges: [MergedRange], inSheet name: String) {
    if ranges.isEmpty || issues.isEmpty { return }
    guard let source = sources.firstIndex(where: { $0.sheet == name && $0.csv != nil }), let csv = sources[source].csv
    else { return }
    let rows = RecordIndex(csv, lines: LineIndex(csv.bytes, start: csv.text.start))
    var byColumn: [Int: [Int]] = [:]
    // By range, the issues at its covered cells, in their order.
    var found: [Int: [Int]] = [:]
    for (index, issue) in issues.enumerated() {
      guard issue.isOfEmptyCell, issue.position.source == source, let column = issue.position.column,
        let columns = sources[source].columns[issue.position.table], columns.indices.contains(column)
      else { continue }
      let cell = columns[column]
      if cell < 0 { continue }
      let row = rows.row(containing: issue.position.offset).number - 1
      let here =
        byColumn[cell]
        ?? ranges.indices.filter { ranges[$0].columns.contains(cell) }
        .sorted { ranges[$0].rows.lowerBound < ranges[$1].rows.lowerBound }
      byColumn[cell] = here
      let after = here.partitioningIndex { ranges[$0].rows.lowerBound > row }
      guard after > 0, ranges[here[after - 1]].rows.contains(row) else { continue }
      found[here[after - 1], default: []].append(index)
    }
    if found.isEmpty { return }
    let offsets = csv.offsets(ofRows: Set(found.keys.map { ranges[$0].rows.lowerBound }))
    var superfluous: Set<Int> = []
    for (index, members) in found {
      guard let first = members.first else { continue }
      superfluous.formUnion(members.dropFirst())
      issues[first] = issue(of: ranges[index], issues[first], at: offsets[ranges[index].rows.lowerBound], csv)
    }
    var kept = ReadingIssues()
    for index in issues.indices where !superfluous.contains(index) { kept.append(issues[index]) }
    issues = kept
  }

  /// The issue of a merged range.
  /// - Parameters:
  ///   - covered: the issue at the first of its covered cells that lacks a text.
  ///   - offset: where the first row of the range is; nil if it has no text.
  private func issue(
    of range: MergedRange, _ covered: ReadingIssue, at offset: Int?, _ csv: CSVTable
  ) -> ReadingIssue {
    var issue = covered
    if case .unclear = covered.kind {
      issue.kind = .unclear(
        LocalizedText(
          zh: "\(range.text) 是合并的单元格，文字只属于第一格；请取消合并，并在每件事的一行写出",
          en:
            "\(range.text) is merged, and its text belongs to the first cell alone; unmerge it, and enter the text for "
            + "each matter"))
    } else {
      issue.kind = .mergedCells(range.text)
    }
    let source = covered.position.source
    let table = covered.position.table
    let columns = sources[source].columns[table] ?? []
    guard let offset, offset >= csv.bodyStart,
      let column = columns.firstIndex(of: range.columns.lowerBound) ?? covered.position.column
    else { return issue }
    issue.position = .cell(source: source, table: table, column: column, row: offset)
    if case .mergedCells = issue.kind, let key = columns.first, key >= 0 {
      let cells = csv.cells(ofRowAt: offset)
      issue.matter = nil
      issue.subject = cells.indices.contains(key) ? csv.string(cells[key]).trimmingBlanks : nil
    }
    return issue
  }
}

extension ReadingIssue {
  /// A cell without a text is what is reported.
  fileprivate var isOfEmptyCell: Bool {
    switch kind {
    case .missingValue, .unclear: true
    default: false
    }
  }
}

extension CSVTable {
  /// Calls `body` with the number of each row of a sheet, from 0, and its offset, until it returns false. An empty line is
  /// a row too, which a reader passes over.
  package func forEachSheetRow(_ body: (_ row: Int, _ offset: Int) -> Bool) {
    var offset = text.start
    var row = 0
    var reader = rows()
    while offset < bytes.count, body(row, offset) {
      if bytes.base[offset] == 0x0A {
        offset += 1
      } else {
        reader.move(to: offset)
        guard reader.next() else { return }
        offset = reader.offset
      }
      row += 1
    }
  }

  /// The offsets of rows by their numbers from 0.
  fileprivate func offsets(ofRows wanted: Set<Int>) -> [Int: Int] {
    guard let last = wanted.max() else { return [:] }
    var offsets: [Int: Int] = [:]
    forEachSheetRow { row, offset in
      if wanted.contains(row) { offsets[row] = offset }
      return row < last
    }
    return offsets
  }
}
