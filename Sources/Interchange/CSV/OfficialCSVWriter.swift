import AtomicFiles
import Catalog

/// Writes a list in the layout of the notice: a matter's number, type, name, lead, deadline and remark in its first
/// row, one row for each of its own items, "/" where it has none.
///
/// What the layout has no room for (shared items, what a matter includes, the registers) is not written; an import into
/// the folder that the list came from keeps it.
///
/// ```swift
/// let second = catalog.list(id: "second")
/// try OfficialCSVWriter.write(catalog, selection: Selection(list: second), to: writer)
/// ```
package enum OfficialCSVWriter {
  /// - Parameter selection: must name a list where the catalog has several.
  /// - Throws: `ExportFailure` before anything is written; what the writer throws.
  package static func write(
    _ catalog: Catalog, selection: Selection = .everything, options: CSVOptions = CSVOptions(), to writer: ByteWriter
  ) throws {
    let list = try list(of: catalog, selection)
    try catalog.requireKnownRows()
    let output = try CSVOutput(writer, options: options)
    let register = list.map { catalog.lists[$0] }
    let deadlineHeading = register?.deadlineHeading ?? ""
    let remarkHeading = register?.remarkHeading ?? ""
    let hasRemarkColumn = !remarkHeading.isEmpty

    try output.writer.append("序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,")
    try output.cell(deadlineHeading.isEmpty ? ListHeading.deadline : deadlineHeading)
    if hasRemarkColumn {
      try output.separate()
      try output.cell(remarkHeading)
    }
    try output.endRow()

    let names = QuotedCells(.matterName, of: catalog)
    let leads = QuotedCells(.lead, of: catalog)
    let deadlines = QuotedCells(.deadline, of: catalog)
    let remarks = QuotedCells(.remark, of: catalog)
    let placeholders = QuotedCells(.placeholder, of: catalog)
    let itemNames = QuotedCells(.itemName, of: catalog)
    let responsibles = QuotedCells(.responsible, of: catalog)
    let comma = UInt8(ascii: ",")
    let slash = UInt8(ascii: "/")
    let isWanted = selection.filter(of: catalog)
    for matter in catalog.matters where isWanted(matter) {
      var isFirst = true
      let items = matter.items
      for index in items.lowerBound..<max(items.upperBound, items.lowerBound + 1) {
        let writer = output.writer
        if isFirst {
          if let number = matter.number { try writer.append(number: number) }
          try writer.append(byte: comma)
          if let audience = matter.audience { try writer.append(audience.printed) }
          try writer.append(byte: comma)
          try writer.append(names[matter.name])
        } else {
          try writer.append(literal: ",,")
        }
        try writer.append(byte: comma)
        if items.isEmpty {
          try writer.append(byte: slash)
          try writer.append(byte: comma)
          try writer.append(leads[matter.lead])
          try writer.append(byte: comma)
          if matter.placeholder.isEmpty {
            try writer.append(byte: slash)
          } else {
            // It may have been read from the table of items.
            let beside = matter.placeholder.kind == .placeholder ? placeholders : responsibles
            try writer.append(beside[matter.placeholder])
          }
        } else {
          let item = catalog.items[index]
          try writer.append(itemNames[item.name])
          try writer.append(byte: comma)
          if isFirst { try writer.append(leads[matter.lead]) }
          try writer.append(byte: comma)
          try writer.append(responsibles[item.responsible])
        }
        try writer.append(byte: comma)
        if isFirst { try writer.append(deadlines[matter.deadline]) }
        if hasRemarkColumn {
          try writer.append(byte: comma)
          if isFirst { try writer.append(remarks[matter.remark]) }
        }
        try output.endRow()
        isFirst = false
      }
    }
    try output.finish()
  }

  /// The list that is to be written: the one selected, or the only one that has matters.
  private static func list(of catalog: Catalog, _ selection: Selection) throws -> Int? {
    if let list = selection.list { return list }
    let used = Set(catalog.matters.compactMap(\.list))
    let lists = used.isEmpty ? Array(catalog.lists.indices) : used.sorted()
    if lists.count > 1 { throw ExportFailure.chooseList(lists.map { catalog.lists[$0].id }) }
    return lists.first
  }
}
