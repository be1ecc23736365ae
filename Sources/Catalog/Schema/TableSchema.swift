import Localization

/// A row of one of the small tables.
package protocol TableRow: Sendable, Hashable {
  /// A row with every value empty.
  init(position: SourcePosition)

  /// Where it was read.
  var position: SourcePosition { get set }
  /// Columns whose cell is filled with something that is not a valid value.
  var unreadable: ColumnSet { get set }
  /// The values of columns that are declared without a property of their own, by the column's name.
  var extra: ExtraValues { get set }

  /// The table's columns: the one declaration of each.
  static var schema: TableSchema<Self> { get }
}

/// Values by the name of their column; a column that is not there is empty.
package struct ExtraValues: Sendable, Hashable {
  private var values: [String: String] = [:]

  package init() {}

  package subscript(name: String) -> String {
    get { values[name] ?? "" }
    set { values[name] = newValue.isEmpty ? nil : newValue }
  }
}

/// A column together with the property of the row that holds its value. The rows are those of a `TableRow`; the type does
/// not say so, because the runtime would then look the conformance of every kind of row up when the program starts.
package struct Field<Row: Sendable>: Sendable {
  package var column: Column
  /// Which property it is; two fields of one row differ in it.
  package let path: any PartialKeyPath<Row> & Sendable
  /// Reads a cell into the row; false if it is not a valid value.
  package let read: @Sendable (String, inout Row) -> Bool
  package let write: @Sendable (Row) -> CellValue
  /// What `write` gives for each of many rows.
  let values: @Sendable ([Row]) -> [CellValue]
  /// For a reference: the index of the row that it names, resolved when the catalog is put together.
  package let resolved: (any WritableKeyPath<Row, Int?> & Sendable)?
  /// Where the property is in a row, for `TableSchema.index(of:)`; nil for one that is computed.
  fileprivate let offset: Int?

  /// - Parameters:
  ///   - name: the header in English; `title`: the header in Chinese.
  ///   - path: the property that holds the value.
  ///   - required: the table must have the column, and every row a value.
  ///   - unique: no two rows may have the same value.
  package init<Value: FieldValue>(
    _ name: String, zh title: String, _ kind: ValueKind, _ path: any WritableKeyPath<Row, Value> & Sendable,
    required: Bool = false, unique: Bool = false, xml: Column.XMLPlacement = .element, about: LocalizedText
  ) {
    let column = Column(name, zh: title, kind, required: required, unique: unique, xml: xml, about: about)
    self.init(column, path, resolved: nil)
  }

  /// An audience, which is a reference of a kind of its own.
  package init(
    _ name: String, zh title: String, _ kind: ValueKind, _ path: any WritableKeyPath<Row, String> & Sendable,
    resolved: any WritableKeyPath<Row, Int?> & Sendable, xml: Column.XMLPlacement = .element, about: LocalizedText
  ) {
    self.init(Column(name, zh: title, kind, xml: xml, about: about), path, resolved: resolved)
  }

  /// A reference.
  ///
  /// - Parameter resolved: the property for the index of the row that it names.
  package init(
    _ name: String, zh title: String, to table: TableKind, _ path: any WritableKeyPath<Row, String> & Sendable,
    resolved: any WritableKeyPath<Row, Int?> & Sendable, required: Bool = false, unique: Bool = false,
    xml: Column.XMLPlacement = .element, about: LocalizedText
  ) {
    let column = Column(
      name, zh: title, .reference(to: table), required: required, unique: unique, xml: xml, about: about)
    self.init(column, path, resolved: resolved)
  }

  private init<Value: FieldValue>(
    _ column: Column, _ path: any WritableKeyPath<Row, Value> & Sendable,
    resolved: (any WritableKeyPath<Row, Int?> & Sendable)?
  ) {
    self.column = column
    self.path = path
    self.resolved = resolved
    offset = MemoryLayout<Row>.offset(of: path)
    let kind = column.kind
    read = { text, row in
      let (value, isValid) = Value.read(text, as: kind)
      row[keyPath: path] = value
      return isValid
    }
    write = { $0[keyPath: path].written(as: kind) }
    values = { rows in Field.values(of: path, in: rows) { $0.written(as: kind) } }
  }

  /// The rows in which a reference leads to no row of its table; nil if the index is not kept.
  func unresolved(_ rows: [Row]) -> [Int]? {
    guard let resolved else { return nil }
    let isUnresolved = Field.values(of: resolved, in: rows) { $0 == nil }
    return rows.indices.filter { isUnresolved[$0] }
  }

  /// Reads one property of many rows. A stored property is read where it is: a key path copies the whole row, which takes
  /// ten times as long.
  private static func values<Value, Result>(
    of path: KeyPath<Row, Value>, in rows: [Row], _ convert: (Value) -> Result
  ) -> [Result] {
    guard let offset = MemoryLayout<Row>.offset(of: path) else { return rows.map { convert($0[keyPath: path]) } }
    return rows.withUnsafeBufferPointer { buffer in
      guard let first = UnsafeRawPointer(buffer.baseAddress) else { return [] }
      return buffer.indices.map { index in
        let property = first + (index * MemoryLayout<Row>.stride + offset)
        return convert(property.assumingMemoryBound(to: Value.self).pointee)
      }
    }
  }

  /// The same column, without which a table is written in which no row has a value of it.
  package func omittedWhenEmpty() -> Field {
    var field = self
    field.column.isOmittedWhenEmpty = true
    return field
  }

}

extension Field where Row: TableRow {
  /// A further column, whose values are kept in `TableRow.extra`.
  static func extra(_ column: Column) -> Field {
    extra(column.name, zh: column.title, column.kind, xml: column.xml, about: column.about)
  }

  /// A column whose values are kept in `TableRow.extra`.
  package static func extra(
    _ name: String, zh title: String, _ kind: ValueKind, required: Bool = false, unique: Bool = false,
    xml: Column.XMLPlacement = .element, about: LocalizedText
  ) -> Field {
    Field(
      name, zh: title, kind, \.extra[name], required: required, unique: unique, xml: xml, about: about)
  }
}

/// The columns of a small table, whose rows are those of a `TableRow` (see `Field`).
package struct TableSchema<Row: Sendable>: Sendable {
  package let kind: TableKind
  package var fields: [Field<Row>] {
    didSet { documentFields = fields + documentOnly }
  }
  /// The fields, then those of values that documents (XML, JSON) have and tables do not.
  package private(set) var documentFields: [Field<Row>]
  private let documentOnly: [Field<Row>]
  /// What the table holds, for the descriptions that are generated.
  package let about: LocalizedText
  /// The columns that name a row: two rows with the same values there are one row.
  package let key: [String]

  package init(
    _ kind: TableKind, key: [String] = ["id"], about: LocalizedText, documentOnly: [Field<Row>] = [],
    _ fields: [Field<Row>]
  ) {
    self.kind = kind
    self.key = key
    self.about = about
    self.fields = fields
    self.documentOnly = documentOnly
    documentFields = fields + documentOnly
  }

  package var columns: [Column] { fields.map(\.column) }

  /// The columns, then the values that only documents have.
  package var documentColumns: [Column] { documentFields.map(\.column) }

  /// The index of the column that a property holds.
  package func index(of path: PartialKeyPath<Row>) -> Int? {
    // Comparing two paths takes thousands of instructions, and most properties differ in their offset already.
    let offset = MemoryLayout<Row>.offset(of: path)
    return fields.firstIndex { $0.offset == offset && $0.path == path }
  }

  /// The fields that a table with these rows is written with.
  package func written(_ rows: [Row]) -> [Field<Row>] {
    fields.filter { field in
      !field.column.isOmittedWhenEmpty || rows.contains { !field.write($0).cell.isEmpty }
    }
  }

  /// A row with the values of another where it has none, in the columns that a table may be without
  /// (`Column.isOmittedWhenEmpty`).
  /// - Parameter isLacking: whether the row's table is without the column; else an empty cell stays empty.
  package func completed(_ row: Row, from other: Row, where isLacking: (Column) -> Bool = { _ in true }) -> Row {
    var row = row
    for field in fields
    where field.column.isOmittedWhenEmpty && field.write(row).cell.isEmpty && isLacking(field.column) {
      _ = field.read(field.write(other).cell, &row)
    }
    return row
  }

  /// The row's cells in the order of the columns.
  package func cells(of row: Row) -> [String] { fields.map { $0.write(row).cell } }

  /// What names a row among the rows of its table.
  package func key(of row: Row) -> String {
    fields.lazy.filter { key.contains($0.column.name) }.map { $0.write(row).cell }.joined(separator: "\u{0}")
  }

}

extension TableSchema where Row: TableRow {
  /// Reads a row.
  ///
  /// - Parameters:
  ///   - cells: a text for each column, nil where the row or the table has none; in a document, then a text for each value
  ///     that only documents have.
  ///   - report: called for each cell that is empty and may not be, is not a valid value, or is one in another form
  ///     than the column's, with the column's index.
  package func read(
    _ cells: [String?], at position: SourcePosition, report: (ReadingIssue.Kind, Int) -> Void
  ) -> Row {
    var row = Row(position: position)
    let fields = cells.count > fields.count ? documentFields : fields
    // By index: a field is not copied for each cell.
    for index in 0..<min(fields.count, cells.count) {
      guard let text = cells[index] else { continue }
      if text.isEmpty, fields[index].column.requiresValue { report(.missingValue, index) }
      var isValid = fields[index].read(text, &row)
      let kind = fields[index].column.kind
      if let normal = kind.normalForm(of: text, isAccepted: isValid), fields[index].read(normal, &row) {
        isValid = true
        report(.looseForm(kind, normal: normal), index)
      }
      if !isValid {
        row.unreadable.insert(index)
        report(.malformedValue(kind), index)
      }
    }
    return row
  }
}

extension TableRow {
  /// Where the cell of a property is: `department.position(of: \.short)`.
  package func position(of path: PartialKeyPath<Self>) -> SourcePosition {
    Self.schema.index(of: path).map { position.cell($0) } ?? position
  }
}
