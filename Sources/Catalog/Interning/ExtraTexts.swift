import AtomicFiles

/// The texts of the extra columns of a large table, which `Matter` and `Item` have no field for: a text number for each row
/// and column.
package struct ExtraTexts: Sendable {
  package let columns: [Column]
  private let interners: [TextInterner]
  private var values: [Values]
  /// By column, then by text: the normal form of a text in another form.
  private var normals: [[UInt32: String]]
  private var rowCount = 0
  /// A row of empty cells need not be written down.
  private var isBlankCommon = true
  private static let unknown = UInt32.max

  /// The text numbers of a column; `unknown` for a cell that could not be read. As long as all rows have the same, as those
  /// of an optional column mostly do, they take no memory.
  private struct Values {
    private(set) var common: UInt32 = 0
    /// Up to the last row with another number than `common`.
    private var byRow: [UInt32] = []

    /// Whether all rows have `common`.
    var areSame: Bool { byRow.isEmpty }

    subscript(row: Int) -> UInt32 { row < byRow.count ? byRow[row] : common }

    /// Call it with ascending rows; one that is left out has `common`.
    mutating func set(_ number: UInt32, row: Int) {
      if row == 0 {
        common = number
      } else if number != common {
        byRow.append(contentsOf: repeatElement(common, count: row - byRow.count))
        byRow.append(number)
      }
    }

    mutating func reorder(_ order: [Int]) {
      if !areSame { byRow = order.map { self[$0] } }
    }

    /// The rows with a text.
    func filled(_ rows: Range<Int>) -> [Int] {
      if areSame, common == 0 || common == unknown { return [] }
      return rows.filter { self[$0] != 0 && self[$0] != unknown }
    }
  }

  init(_ columns: [Column]) {
    self.columns = columns
    interners = columns.map { _ in TextInterner(.remark) }
    values = columns.map { _ in Values() }
    normals = columns.map { _ in [:] }
  }

  var isEmpty: Bool { columns.isEmpty }

  /// Whether any row has a text other than the empty one.
  var hasTexts: Bool { interners.contains { $0.count > 1 } }

  /// Whether any row may have a text in a column.
  func hasTexts(in column: Column) -> Bool {
    columns.firstIndex { $0.name == column.name }.map { interners[$0].count > 1 } ?? false
  }

  /// Adds a row's cells, one for each column; nil where the row has none.
  mutating func append(_ cells: UnsafePointer<RawCell>) {
    if !isBlankCommon || !areEmpty(cells) { appendTexts(cells) }
    rowCount += 1
  }

  @inline(__always)
  private func areEmpty(_ cells: UnsafePointer<RawCell>) -> Bool {
    for column in 0..<columns.count {
      guard let cell = cells[column], cell.isEmpty else { return false }
    }
    return true
  }

  private mutating func appendTexts(_ cells: UnsafePointer<RawCell>) {
    for column in columns.indices {
      let text = cells[column].map { $0.isEmpty ? 0 : UInt32(interners[column].internCopying($0.trimmed).index) }
      values[column].set(text ?? ExtraTexts.unknown, row: rowCount)
    }
    if rowCount == 0 { isBlankCommon = values.allSatisfy { $0.common == 0 } }
  }

  /// Puts the rows into another order: the row at each index comes from the index given.
  mutating func reorder(_ order: some Sequence<Int>) {
    guard !columns.isEmpty else { return }
    let order = Array(order)
    for column in values.indices { values[column].reorder(order) }
  }

  /// Whether all cells of a row are empty.
  package func isBlank(row: Int) -> Bool {
    guard row < rowCount else { return values.isEmpty }
    for column in values.indices where values[column][row] != 0 { return false }
    return true
  }

  /// The rows with a text in a column; none if there is no such column.
  func filledRows(of column: Column) -> [Int] {
    columns.firstIndex { $0.name == column.name }.map { filledRows(at: $0) } ?? []
  }

  /// The rows with a text in one of `columns`.
  func filledRows(at column: Int) -> [Int] {
    interners[column].count > 1 ? values[column].filled(0..<rowCount) : []
  }

  /// Calls `body` with the rows of one of `columns` whose text is wanted. Each distinct text, which is not empty, is looked at once.
  func forEachRow(at column: Int, where isWanted: (String) -> Bool, _ body: (_ row: Int, _ text: String) -> Void) {
    let interner = interners[column]
    guard interner.count > 1 else { return }
    let isWanted = (0..<interner.count).map { number in
      number > 0 && isWanted(normals[column][UInt32(number)] ?? interner.text(number))
    }
    guard isWanted.contains(true) else { return }
    for row in values[column].filled(0..<rowCount) {
      let number = values[column][row]
      if isWanted[Int(number)] { body(row, normals[column][number] ?? interner.text(Int(number))) }
    }
  }

  /// The text of a row in one of `columns`; nil for a cell that could not be read.
  package func text(row: Int, column: Int) -> String? {
    guard values.indices.contains(column), row < rowCount else { return nil }
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
      let problems = (0..<interners[column].count).map { index -> ReadingIssue.Kind? in
        let text = interners[column].text(index)
        let isAccepted = declared.kind.accepts(text)
        if let normal = declared.kind.normalForm(of: text, isAccepted: isAccepted) {
          normals[column][UInt32(index)] = normal
          return .looseForm(declared.kind, normal: normal)
        }
        return isAccepted ? nil : .malformedValue(declared.kind)
      }
      guard !values[column].areSame || declared.requiresValue || values[column].common != 0 else { continue }
      for row in 0..<rowCount where values[column][row] != ExtraTexts.unknown {
        let number = values[column][row]
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
