import AtomicFiles

/// The texts of the extra columns of a large table, which `Matter` and `Item` have no field for: a text number for each row
/// and column.
package struct ExtraTexts: Sendable {
  package let columns: [Column]
  private let interners: [TextInterner]
  /// By column, then by row; `unknown` for a cell that could not be read.
  private var values: [[UInt32]]
  private static let unknown = UInt32.max

  init(_ columns: [Column]) {
    self.columns = columns
    interners = columns.map { _ in TextInterner(.remark) }
    values = columns.map { _ in [] }
  }

  var isEmpty: Bool { columns.isEmpty }

  /// Adds a row's cells, one for each column; nil where the row has none.
  mutating func append(_ cells: UnsafePointer<RawCell>) {
    for column in columns.indices {
      let text = cells[column].map { interners[column].internCopying(CellReading.trimmed($0)) }
      values[column].append(text.map { UInt32($0.index) } ?? ExtraTexts.unknown)
    }
  }

  /// Puts the rows into another order: the row at each index comes from the index given.
  mutating func reorder(_ order: some Sequence<Int>) {
    guard !columns.isEmpty else { return }
    let order = Array(order)
    for column in values.indices { values[column] = order.map { values[column][$0] } }
  }

  /// The text of a row in one of `columns`; nil for a cell that could not be read.
  package func text(row: Int, column: Int) -> String? {
    guard values.indices.contains(column), values[column].indices.contains(row) else { return nil }
    let number = values[column][row]
    return number == ExtraTexts.unknown ? nil : interners[column].text(Int(number))
  }

  /// The cells that are empty and may not be, or hold something that is not a valid value.
  var problems: [(column: Int, row: Int, issue: ReadingIssue.Kind, text: String?)] {
    var found: [(column: Int, row: Int, issue: ReadingIssue.Kind, text: String?)] = []
    for (column, declared) in columns.enumerated() {
      let isValid = (0..<interners[column].count).map { declared.kind.accepts(interners[column].text($0)) }
      for (row, number) in values[column].enumerated() where number != ExtraTexts.unknown {
        if number == 0 {
          if declared.requiresValue { found.append((column, row, .missingValue, nil)) }
        } else if !isValid[Int(number)] {
          found.append((column, row, .malformedValue(declared.kind), interners[column].text(Int(number))))
        }
      }
    }
    return found
  }
}
