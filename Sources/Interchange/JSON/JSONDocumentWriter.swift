import AtomicFiles
import Catalog
import JSONFormat

/// Writes a catalog as JSON of `schemas/catalog.schema.json`: one line for each matter, so that exports can be compared by
/// line. The same catalog gives the same bytes.
///
/// A selection is written with the rows that it refers to. A list that is not complete is marked `"partial": true`.
final class JSONDocumentWriter {
  private let selected: Selected
  /// The members of the extra columns of a matter or an item that has none of them, as most have not.
  private var blankMembers: [TableKind: [UInt8]] = [:]
  private let catalog: Catalog
  private let json: JSONWriter
  private let hasHashes: Bool
  private let departmentIDs: [String]
  /// The JSON of a cell of departments, made once for each distinct text, by column and index.
  private var departmentFragments: [TextColumn: [[UInt8]?]] = [:]
  /// The JSON of an item's approvals, made once for each distinct name, by index.
  private var approvalFragments: [[UInt8]?]

  init(_ request: ExportRequest, to writer: ByteWriter) {
    selected = request.selected
    catalog = request.catalog
    hasHashes = request.hasHashes
    json = JSONWriter(to: writer)
    departmentIDs = catalog.departments.map(\.id)
    for column in [TextColumn.lead, .placeholder, .responsible] {
      departmentFragments[column] = [[UInt8]?](repeating: nil, count: catalog.distinctCount(column))
    }
    approvalFragments = [[UInt8]?](repeating: nil, count: catalog.distinctCount(.itemName))
  }

  func write() throws {
    let tables = selected.tables
    let schema = catalog.schema
    try json.object {
      try json.member("format", "onevisit-catalog")
      try json.member("version", DocumentFormat.version)
      try section(tables.notices, schema.notices)
      try section(tables.regions, schema.regions)
      try section(tables.audiences, schema.audiences)
      try section(tables.lists, schema.lists)
      try section(tables.departments, schema.departments)
      try section(tables.approvals, schema.approvals)
      try json.array("matters") {
        for index in selected.closure { try json.object(.line) { try matter(catalog.matters[index]) } }
      }
    }
    try json.end()
  }

  // MARK: Small tables

  private func section<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) throws {
    try json.key(named: schema.kind.xmlNames.section)
    try json.array {
      for row in rows {
        try json.object(.line) {
          for field in schema.documentFields where field.column.xml != .further {
            try member(field.column, catalog.canonicalValue(of: field, in: row))
          }
          try extra(
            schema.fields.lazy.filter { $0.column.xml == .further }.map { ($0.column.name, $0.write(row).cell) })
        }
      }
    }
  }

  /// The values of the columns that `datapackage.json` adds, unless all are empty.
  private func extra(_ values: some Sequence<(name: String, text: String)>) throws {
    let filled = values.filter { !$0.text.isEmpty }
    if filled.isEmpty { return }
    try json.key("extra")
    try json.object {
      for value in filled {
        try json.key(named: value.name)
        try json.value(value.text)
      }
    }
  }

  /// Writes a value under the name of its column, in the JSON type of its kind.
  private func member(_ column: Column, _ value: CellValue) throws { try member(column, value, to: json) }

  private func member(_ column: Column, _ value: CellValue, to json: JSONWriter) throws {
    try json.key(named: column.documentName)
    switch value {
    case .text(let text) where !text.isEmpty: try json.value(text)
    case .texts(let texts): try json.value(texts)
    case .number(let number): try json.value(number)
    case .flag(let isSet): try json.value(isSet)
    case .empty, .text:
      switch column.kind {
      case .names, .audiences, .deliverables: try json.value([String]())
      case .flag: try json.value(false)
      case .number, .day, .period, .level, .state, .audience: try json.null()
      case .reference where !column.requiresValue: try json.null()
      case .text, .sentence, .subject, .identifier, .prefix, .code, .matterID, .count, .deadline, .departments,
        .approvals, .reference, .creditCode, .catalogCode, .taskCode:
        try json.value("")
      }
    }
  }

  // MARK: Matters

  private func matter(_ matter: Matter) throws {
    try text("id", matter.id)
    try json.member("list", matter.list.map { catalog.lists[$0].id })
    try json.member("number", matter.number)
    try json.member("audience", catalog.audience(of: matter)?.id)
    try text("name", matter.name)
    try departments("lead", matter.lead)
    try text("deadline", matter.deadline)
    try json.member("due", catalog.due(matter).map { "\($0)" })
    try text("remark", matter.remark)
    try json.key("includes")
    if matter.includesID.isEmpty { try json.null() } else { try value(matter.includesID) }
    if matter.placeholder.isEmpty {
      try json.key("placeholder")
      try json.null()
    } else {
      try departments("placeholder", matter.placeholder)
    }
    try extraMembers(catalog.schema.extraMatterColumns, of: .matters, isBlank: catalog.hasBlankExtras(matter)) {
      catalog.extra(matter, $0)
    }
    if hasHashes { try json.member("hash", ContentHash.matter(matter, of: catalog)) }
    try json.array("items") {
      for item in catalog.items(of: matter) { try json.object { try self.item(item) } }
    }
  }

  /// The members of the extra columns of a row.
  private func extraMembers(
    _ columns: [Column], of table: TableKind, isBlank: Bool, _ text: (Int) -> String
  ) throws {
    if columns.isEmpty { return }
    if isBlank {
      let members = try blankMembers[table] ?? blankMembers(columns)
      blankMembers[table] = members
      if !members.isEmpty { try json.value(fragment: members) }
      return
    }
    for (index, column) in columns.enumerated() where column.xml != .further {
      try member(column, column.kind.value(of: text(index)))
    }
    try extra(columns.indices.filter { columns[$0].xml == .further }.map { (columns[$0].name, text($0)) })
  }

  private func blankMembers(_ columns: [Column]) throws -> [UInt8] {
    let memory = ByteWriter.memory(capacity: 128)
    let fragment = JSONWriter(to: memory)
    try fragment.object(.line) {
      for column in columns where column.xml != .further { try member(column, .empty, to: fragment) }
    }
    return Array(memory.bytes.dropFirst().dropLast())
  }

  private func item(_ item: Item) throws {
    try json.member("number", item.number)
    try text("name", item.name)
    try json.member("approvals", fragment: approvals(of: item))
    try departments("responsible", item.responsible)
    try json.member("shared", item.isShared)
    try extraMembers(catalog.schema.extraItemColumns, of: .items, isBlank: catalog.hasBlankExtras(item)) {
      catalog.extra(item, $0)
    }
  }

  private func text(_ name: StaticString, _ text: TextID) throws {
    try json.key(name)
    try value(text)
  }

  private func value(_ text: TextID) throws { try catalog.withBytes(text) { try json.value(utf8: $0) } }

  private func approvals(of item: Item) throws -> [UInt8] {
    if let known = approvalFragments[item.name.index] { return known }
    let memory = ByteWriter.memory(capacity: 128)
    try JSONWriter(to: memory, isPretty: false).value(
      catalog.printedApprovals(item).approvals.map { catalog.approvals[$0].id })
    approvalFragments[item.name.index] = memory.bytes
    return memory.bytes
  }

  /// The departments of a cell, with the text as printed.
  private func departments(_ name: StaticString, _ cell: TextID) throws {
    if let known = departmentFragments[cell.kind]?[cell.index] { return try json.member(name, fragment: known) }
    let memory = ByteWriter.memory(capacity: 256)
    let fragment = JSONWriter(to: memory, isPretty: false)
    let printed = catalog.printedDepartments(cell)
    try fragment.object {
      try fragment.member("printed", catalog.text(cell))
      try fragment.member("choice", printed.choice.rawValue)
      try fragment.array("departments") {
        for entry in printed.entries {
          try fragment.object {
            try fragment.member("id", entry.department.map { departmentIDs[$0] })
            try fragment.member("name", entry.name)
          }
        }
      }
    }
    departmentFragments[cell.kind]?[cell.index] = memory.bytes
    try json.member(name, fragment: memory.bytes)
  }
}
