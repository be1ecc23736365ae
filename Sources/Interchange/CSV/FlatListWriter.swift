import AtomicFiles
import CSVFormat
import Catalog

/// Writes the flat layout, for programs and pivot tables: one row for each item, with the values of its matter repeated.
///
/// - Shared items come before the matter's own items. `shared_from` is the matter that they come from, and `item` their id
///   there (`2-037.8`).
/// - A matter without items has one row with empty item columns; `responsible` holds the department beside "/". If it has
///   shared items, that row is additional.
/// - The extra columns of matters come next, then those of items with the prefix `item_`.
struct FlatListWriter {
  /// The standard columns.
  static let columns = [
    "matter", "list", "number", "audience", "name", "lead", "item", "item_name", "responsible", "deadline", "due",
    "shared_from", "remark",
  ]

  /// The columns for catalogs of a schema.
  static func columns(_ schema: CatalogSchema) -> [String] {
    columns + schema.extraMatterColumns.map(\.name) + schema.extraItemColumns.map { "item_" + $0.name }
  }

  /// The last column of an export with hashes. It is not read back: it follows from the rest.
  static let hashColumn = "hash"

  private static let comma = UInt8(ascii: ",")

  private let catalog: Catalog
  private let isWanted: (Matter) -> Bool
  private let output: CSVWriter
  private let lists: [[UInt8]]
  private let ids: QuotedCells
  private let names: QuotedCells
  private let leads: QuotedCells
  private let remarks: QuotedCells
  private let placeholders: QuotedCells
  private let itemMatters: QuotedCells
  private let itemNames: QuotedCells
  private let responsibles: QuotedCells
  /// The cells of a deadline and its due date, made once for each distinct deadline.
  private var dues: [[UInt8]?]
  /// The first cells of all rows of a matter, in memory that is reused for the next matter.
  private var head: [UInt8] = []
  /// The cells of a matter's extra columns.
  private var tail: [UInt8] = []
  private let hasHashes: Bool
  /// The content hash of the open matter, behind a comma.
  private var hash: [UInt8] = []

  init(_ request: ExportRequest, _ options: CSVOptions, to writer: ByteWriter) throws {
    catalog = request.catalog
    hasHashes = request.hasHashes
    isWanted = request.selection.filter(of: catalog)
    output = try CSVWriter(to: writer, options: options)
    lists = catalog.lists.map { list in FlatListWriter.quoted { try CSVWriter.append(list.id, to: $0) } }
    ids = QuotedCells(.matterID, of: catalog)
    names = QuotedCells(.matterName, of: catalog)
    leads = QuotedCells(.lead, of: catalog)
    remarks = QuotedCells(.remark, of: catalog)
    placeholders = QuotedCells(.placeholder, of: catalog)
    itemMatters = QuotedCells(.itemMatter, of: catalog)
    itemNames = QuotedCells(.itemName, of: catalog)
    responsibles = QuotedCells(.responsible, of: catalog)
    dues = [[UInt8]?](repeating: nil, count: catalog.distinctCount(.deadline))
    head.reserveCapacity(1024)
  }

  func write() throws {
    var writer = self
    try writer.writeRows()
  }

  private mutating func writeRows() throws {
    try output.row(FlatListWriter.columns(catalog.schema) + (hasHashes ? [FlatListWriter.hashColumn] : []))
    for matter in catalog.matters where isWanted(matter) { try rows(of: matter) }
    try output.finish()
  }

  private mutating func rows(of matter: Matter) throws {
    makeHead(matter)
    makeTail(matter)
    if hasHashes { hash = [FlatListWriter.comma] + Array(ContentHash.matter(matter, of: catalog).utf8) }
    let due = due(matter)
    var hasRow = false
    if let index = matter.includes, index != matter.index {
      let other = catalog.matters[index]
      for item in catalog.items(of: other) where item.isShared {
        try row(matter, item, due, responsible: responsibles[item.responsible], from: other)
        hasRow = true
      }
    }
    for item in catalog.items(of: matter) {
      try row(matter, item, due, responsible: responsibles[item.responsible], from: nil)
      hasRow = true
    }
    if !hasRow || !matter.placeholder.isEmpty {
      // A placeholder may have been read from a row "/" of the items table.
      let beside = matter.placeholder.kind == .placeholder ? placeholders : responsibles
      try row(matter, nil, due, responsible: beside[matter.placeholder], from: nil)
    }
  }

  private mutating func makeHead(_ matter: Matter) {
    let comma = FlatListWriter.comma
    head.removeAll(keepingCapacity: true)
    head.append(contentsOf: ids[matter.id])
    head.append(comma)
    if let list = matter.list { head.append(contentsOf: lists[list]) }
    head.append(comma)
    if let number = matter.number { head.append(contentsOf: String(number).utf8) }
    head.append(comma)
    if let audience = catalog.audience(of: matter) { head.append(contentsOf: audience.id.utf8) }
    head.append(comma)
    head.append(contentsOf: names[matter.name])
    head.append(comma)
    head.append(contentsOf: leads[matter.lead])
    head.append(comma)
  }

  private mutating func makeTail(_ matter: Matter) {
    guard !catalog.schema.extraMatterColumns.isEmpty else { return }
    if catalog.hasBlankExtras(matter) {
      tail.removeAll(keepingCapacity: true)
      tail.append(contentsOf: repeatElement(FlatListWriter.comma, count: catalog.schema.extraMatterColumns.count))
      return
    }
    tail = FlatListWriter.quoted { writer in
      for column in catalog.schema.extraMatterColumns.indices {
        try writer.append(byte: FlatListWriter.comma)
        try CSVWriter.append(catalog.extra(matter, column), to: writer)
      }
    }
  }

  /// `,deadline,due,`
  private mutating func due(_ matter: Matter) -> [UInt8] {
    let deadline = matter.deadline.index
    if let known = dues[deadline] { return known }
    let due = FlatListWriter.quoted { writer in
      try writer.append(byte: FlatListWriter.comma)
      try catalog.withBytes(matter.deadline) { try CSVWriter.append($0, to: writer) }
      try writer.append(byte: FlatListWriter.comma)
      if let day = catalog.due(matter) { try writer.append("\(day)") }
      try writer.append(byte: FlatListWriter.comma)
    }
    dues[deadline] = due
    return due
  }

  private func row(
    _ matter: Matter, _ item: Item?, _ due: [UInt8], responsible: UnsafeBufferPointer<UInt8>, from other: Matter?
  ) throws {
    let writer = output.writer
    let comma = FlatListWriter.comma
    try head.withUnsafeBufferPointer { try writer.append($0) }
    if let item {
      try writer.append(itemMatters[item.matterID])
      try writer.append(byte: UInt8(ascii: "."))
      if let number = item.number {
        try writer.append(number: number)
      } else {
        try writer.append(byte: UInt8(ascii: "?"))
      }
      try writer.append(byte: comma)
      try writer.append(itemNames[item.name])
    } else {
      try writer.append(byte: comma)
    }
    try writer.append(byte: comma)
    try writer.append(responsible)
    try due.withUnsafeBufferPointer { try writer.append($0) }
    if let other { try writer.append(ids[other.id]) }
    try writer.append(byte: comma)
    try writer.append(remarks[matter.remark])
    if !tail.isEmpty { try tail.withUnsafeBufferPointer { try writer.append($0) } }
    for column in catalog.schema.extraItemColumns.indices {
      try writer.append(byte: comma)
      if let item { try CSVWriter.append(catalog.extra(item, column), to: writer) }
    }
    if hasHashes { try hash.withUnsafeBufferPointer { try writer.append($0) } }
    try output.endRow()
  }

  /// The bytes that `body` writes. Writing to memory does not fail.
  private static func quoted(_ body: (ByteWriter) throws -> Void) -> [UInt8] {
    let writer = ByteWriter.memory(capacity: 256)
    try? body(writer)
    return writer.bytes
  }
}
