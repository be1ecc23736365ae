import AtomicFiles
import CSVFormat
import Catalog

/// Writes one row for each item, with every value that is known: the layout for programs and pivot tables.
///
/// - A matter's shared items come before its own, each naming in `shared_from` the matter it comes from, and in `item` the
///   id that it has there (`2-037.8`).
/// - A matter with no item at all has one row with empty item columns. What is printed beside "/" in the notice is then in
///   `responsible`; a matter that has shared items besides gets a row of its own for it.
/// - Extra columns of the catalog follow, those of items with `item_` before their names.
struct FlatListWriter {
  /// The columns that every flat list has.
  static let columns = [
    "matter", "list", "number", "audience", "name", "lead", "item", "item_name", "responsible", "deadline", "due",
    "shared_from", "remark",
  ]

  /// The columns of a flat list of catalogs with this schema.
  static func columns(_ schema: CatalogSchema) -> [String] {
    columns + schema.extraMatterColumns.map(\.name) + schema.extraItemColumns.map { "item_" + $0.name }
  }

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
  /// Deadlines are few; the cells of a deadline and its due date are made once for each.
  private var dues: [[UInt8]?]
  /// What all rows of a matter begin with, made anew for each matter in the same memory.
  private var head: [UInt8] = []
  /// What all rows of a matter have after its remark: extra columns of matters.
  private var tail: [UInt8] = []

  init(_ request: ExportRequest, _ options: CSVOptions, to writer: ByteWriter) throws {
    catalog = request.catalog
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
    try output.row(FlatListWriter.columns(catalog.schema))
    for matter in catalog.matters where isWanted(matter) { try rows(of: matter) }
    try output.finish()
  }

  private mutating func rows(of matter: Matter) throws {
    makeHead(matter)
    makeTail(matter)
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
      // What is printed beside "/" may have been read from the table of items.
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
    if let audience = matter.audience { head.append(contentsOf: audience.rawValue.utf8) }
    head.append(comma)
    head.append(contentsOf: names[matter.name])
    head.append(comma)
    head.append(contentsOf: leads[matter.lead])
    head.append(comma)
  }

  private mutating func makeTail(_ matter: Matter) {
    guard !catalog.schema.extraMatterColumns.isEmpty else { return }
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
    try output.endRow()
  }

  /// Cells made ready once. Memory takes everything, so nothing can be thrown.
  private static func quoted(_ body: (ByteWriter) throws -> Void) -> [UInt8] {
    let writer = ByteWriter.memory(capacity: 256)
    try? body(writer)
    return writer.bytes
  }
}
