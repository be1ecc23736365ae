import AtomicFiles
import Catalog

/// Writes one row for each item, nothing blank that is known: the layout for programs and pivot tables.
///
/// - A matter's shared items stand before its own, each naming in `shared_from` the matter it comes from, and in `item` the
///   id that it has there (`2-037.8`).
/// - A matter with no item at all has one row with empty item columns. What stands beside "/" in the notice is then in
///   `responsible`; a matter that has shared items besides gets a row of its own for it.
package enum FlatCSVWriter {
  package static let columns = [
    "matter", "list", "number", "audience", "name", "lead", "item", "item_name", "responsible", "deadline", "due",
    "shared_from", "remark",
  ]

  /// - Throws: `ExportFailure` before anything is written; what the writer throws.
  package static func write(
    _ catalog: Catalog, selection: Selection = .everything, options: CSVOptions = CSVOptions(), to writer: ByteWriter
  ) throws {
    try catalog.requireKnownRows()
    let output = try CSVOutput(writer, options: options)
    try output.row(columns)
    let lists = catalog.lists.map { list in quoted { try CSVOutput.cell(list.id, to: $0) } }
    let ids = QuotedCells(.matterID, of: catalog)
    let names = QuotedCells(.matterName, of: catalog)
    let leads = QuotedCells(.lead, of: catalog)
    let remarks = QuotedCells(.remark, of: catalog)
    let placeholders = QuotedCells(.placeholder, of: catalog)
    let itemMatters = QuotedCells(.itemMatter, of: catalog)
    let itemNames = QuotedCells(.itemName, of: catalog)
    let responsibles = QuotedCells(.responsible, of: catalog)
    // Deadlines are few; what they come to is worked out once for each.
    var dues = [[UInt8]?](repeating: nil, count: catalog.distinctCount(.deadline))
    let comma = UInt8(ascii: ",")
    /// What all rows of a matter begin with; put together anew for each matter in the same memory.
    var head: [UInt8] = []
    head.reserveCapacity(1024)

    let isWanted = selection.filter(of: catalog)
    for matter in catalog.matters where isWanted(matter) {
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
      let deadline = matter.deadline.index
      let due: [UInt8]
      if let known = dues[deadline] {
        due = known
      } else {
        due = quoted { writer in
          try writer.append(byte: comma)
          try CSVOutput.cell(matter.deadline, of: catalog, to: writer)
          try writer.append(byte: comma)
          if let day = catalog.due(matter) { try writer.append("\(day)") }
          try writer.append(byte: comma)
        }
        dues[deadline] = due
      }
      let remark = remarks[matter.remark]

      func row(_ item: Item?, responsible: UnsafeBufferPointer<UInt8>, from other: Matter?) throws {
        let writer = output.writer
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
        try writer.append(remark)
        try output.endRow()
      }

      var hasRow = false
      if let index = matter.includes, index != matter.index {
        let other = catalog.matters[index]
        for item in catalog.items(of: other) where item.isShared {
          try row(item, responsible: responsibles[item.responsible], from: other)
          hasRow = true
        }
      }
      for item in catalog.items(of: matter) {
        try row(item, responsible: responsibles[item.responsible], from: nil)
        hasRow = true
      }
      if !hasRow || !matter.placeholder.isEmpty {
        // What stands beside "/" may have been read from the table of items.
        let beside = matter.placeholder.kind == .placeholder ? placeholders : responsibles
        try row(nil, responsible: beside[matter.placeholder], from: nil)
      }
    }
    try output.finish()
  }

  /// Cells made ready once. Memory takes everything, so nothing can be thrown.
  private static func quoted(_ body: (ByteWriter) throws -> Void) -> [UInt8] {
    let writer = ByteWriter.memory(capacity: 256)
    try? body(writer)
    return writer.bytes
  }
}
