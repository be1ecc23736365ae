import AtomicFiles

/// The texts of the extra columns of a large table, which `Matter` and `Item` have no field for: a text number for each row
/// and column.
package struct ExtraTexts: Sendable {
  package let columns: [Column]
  private let interners: [TextInterner]
  /// By column, then by row; `unknown` for a cell that could not be read. Empty for a column without any value, which thus
  /// costs no memory.
  private var values: [[UInt32]]
  /// How many rows there are.
  private var rows = 0
  /// By column, then by text: the normal form of a text in another form.
  private var normals: [[UInt32: String]]
  private static let unknown = UInt32.max

  init(_ columns: [Column]) {
    self.columns = columns
    interners = columns.map { _ in TextInterner(.remark) }
    values = columns.map { _ in [] }
    normals = columns.map { _ in [:] }
  }

  var isEmpty: Bool { columns.isEmpty }

  /// Whether any row has a text other than the empty one.
  var hasTexts: Bool { interners.contains { $0.count > 1 } }

  /// Adds a row's cells, one for each column; nil where the row has none.
  mutating func append(_ cells: UnsafePointer<RawCell>) {
    for column in columns.indices {
      if let bytes = cells[column], bytes.isEmpty {
        if !values[column].isEmpty { values[column].append(0) }
        continue
      }
      let text = cells[column].map { interners[column].internCopying(CellReading.trimmed($0)) }
      if values[column].isEmpty { values[column] = [UInt32](repeating: 0, count: rows) }
      values[column].append(text.map { UInt32($0.index) } ?? ExtraTexts.unknown)
    }
    rows += 1
  }

  /// Puts the rows into another order: the row at each index comes from the index given.
  mutating func reorder(_ order: some Sequence<Int>) {
    guard !columns.isEmpty else { return }
    let order = Array(order)
    for column in values.indices where !values[column].isEmpty { values[column] = order.map { values[column][$0] } }
  }

  /// Whether all cells of a row are empty.
  package func isBlank(row: Int) -> Bool {
    values.allSatisfy { $0.isEmpty ? row < rows : $0.indices.contains(row) && $0[row] == 0 }
  }

  /// The rows with a text in a column; none if there is no such column.
  func filledRows(of column: Column) -> [Int] {
    guard let index = columns.firstIndex(where: { $0.name == column.name }), interners[index].count > 1 else {
      return []
    }
    return values[index].indices.filter { values[index][$0] != 0 && values[index][$0] != ExtraTexts.unknown }
  }

  /// The text of a row in one of `columns`; nil for a cell that could not be read.
  package func text(row: Int, column: Int) -> String? {
    guard values.indices.contains(column) else { return nil }
    if values[column].isEmpty { return row < rows ? "" : nil }
    guard values[column].indices.contains(row) else { return nil }
    let number = values[column][row]
    if number == ExtraTexts.unknown { return nil }
    return normals[column][number] ?? interners[column].text(Int(number))
  }

  /// Checks the distinct texts and takes those in another form than their column's in their normal form.
  ///
  /// - Returns: the cells that are empty and may not be, and those that hold no valid value or one in another form.
  mutating func check() -> [(column: Int, row: Int, issue: ReadingIssue.Kind, text: String?)] {
    var found: [(column: Int, row: Int, issue: ReadingIssue.Kind, text: String?)] = []
    for (column, declared) in columns.enumerated() {
      if values[column].isEmpty {
        if declared.requiresValue { found += (0..<rows).map { (column, $0, .missingValue, nil) } }
        continue
      }
      let problems = (0..<interners[column].count).map { index -> ReadingIssue.Kind? in
        let text = interners[column].text(index)
        let isAccepted = declared.kind.accepts(text)
        if let normal = declared.kind.normalForm(of: text, isAccepted: isAccepted) {
          normals[column][UInt32(index)] = normal
          return .looseForm(declared.kind, normal: normal)
        }
        return isAccepted ? nil : .malformedValue(declared.kind)
      }
      for (row, number) in values[column].enumerated() where number != ExtraTexts.unknown {
        if number == 0 {
          if declared.requiresValue { found.append((column, row, .missingValue, nil)) }
        } else if let problem = problems[Int(number)] {
          found.append((column, row, problem, interners[column].text(Int(number))))
        }
      }
    }
    return found
  }
}
