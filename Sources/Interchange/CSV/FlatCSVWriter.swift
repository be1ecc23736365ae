import Catalog
import Files

/// Writes one row for each item, nothing blank that is known: the layout for programs and pivot tables.
///
/// - A matter's shared items stand before its own, each naming in `shared_from` the matter it comes from, and in `item` the
///   id that it has there (`2-037.8`).
/// - A matter with no item at all has one row with empty item columns. What stands beside "/" in the notice is then in
///   `responsible`; a matter that has shared items besides gets a row of its own for it.
public enum FlatCSVWriter {
  public static let columns = [
    "matter", "list", "number", "audience", "name", "lead", "item", "item_name", "responsible", "deadline", "due",
    "shared_from", "remark",
  ]

  /// - Throws: `ExportFailure` before anything is written; what the sink throws.
  public static func write(
    _ catalog: Catalog, selection: Selection = .everything, options: CSVOptions = CSVOptions(), to sink: Sink
  ) throws {
    let output = try CSVOutput(sink, options: options)
    try output.row(columns)
    // Deadlines are few; what a row ends in is worked out once for each.
    var dues = [[UInt8]?](repeating: nil, count: catalog.distinctCount(.deadline))
    let lists = catalog.lists.map { list in quoted { try CSVOutput.cell(list.id, to: $0) } }

    let isWanted = selection.filter(of: catalog)
    for matter in catalog.matters where isWanted(matter) {
      let head = quoted { sink in
        try CSVOutput.cell(matter.id, of: catalog, to: sink)
        try sink.append(byte: UInt8(ascii: ","))
        if let list = matter.list { try sink.append(lists[list]) }
        try sink.append(byte: UInt8(ascii: ","))
        if let number = matter.number { try sink.append(number: number) }
        try sink.append(byte: UInt8(ascii: ","))
        if let audience = matter.audience { try sink.append(audience.rawValue) }
        try sink.append(byte: UInt8(ascii: ","))
        try CSVOutput.cell(matter.name, of: catalog, to: sink)
        try sink.append(byte: UInt8(ascii: ","))
        try CSVOutput.cell(matter.lead, of: catalog, to: sink)
        try sink.append(byte: UInt8(ascii: ","))
      }
      let deadline = matter.deadline.index
      let due: [UInt8]
      if let known = dues[deadline] {
        due = known
      } else {
        due = quoted { sink in
          try CSVOutput.cell(matter.deadline, of: catalog, to: sink)
          try sink.append(byte: UInt8(ascii: ","))
          if let day = catalog.due(matter) { try sink.append("\(day)") }
          try sink.append(byte: UInt8(ascii: ","))
        }
        dues[deadline] = due
      }

      func row(_ item: Item?, responsible: Name, from other: Matter?) throws {
        try output.sink.append(head)
        if let item {
          try CSVOutput.cell(item.matterID, of: catalog, to: output.sink)
          try output.sink.append(byte: UInt8(ascii: "."))
          if let number = item.number {
            try output.sink.append(number: number)
          } else {
            try output.sink.append(byte: UInt8(ascii: "?"))
          }
          try output.separate()
          try output.cell(item.name, of: catalog)
        } else {
          try output.separate()
        }
        try output.separate()
        try output.cell(responsible, of: catalog)
        try output.separate()
        try output.sink.append(due)
        if let other { try output.cell(other.id, of: catalog) }
        try output.separate()
        try output.cell(matter.remark, of: catalog)
        try output.endRow()
      }

      var hasRow = false
      if let index = matter.includes, index != matter.index {
        let other = catalog.matters[index]
        for item in catalog.items(of: other) where item.isShared {
          try row(item, responsible: item.responsible, from: other)
          hasRow = true
        }
      }
      for item in catalog.items(of: matter) {
        try row(item, responsible: item.responsible, from: nil)
        hasRow = true
      }
      if !hasRow || !matter.placeholder.isEmpty {
        try row(nil, responsible: matter.placeholder, from: nil)
      }
    }
    try output.finish()
  }

  /// Cells made ready once. Memory takes everything, so nothing can be thrown.
  private static func quoted(_ body: (Sink) throws -> Void) -> [UInt8] {
    let sink = Sink.memory(capacity: 256)
    try? body(sink)
    return sink.bytes
  }
}
