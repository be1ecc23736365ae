import Catalog
import Files

/// Writes a list in the layout of the notice: a matter's number, type, name, lead, deadline and remark in its first
/// row, one row for each of its own items, "/" where it has none.
///
/// What the layout has no room for (shared items, what a matter includes, the registers) is not written; an import into
/// the folder that the list came from keeps it.
///
/// ```swift
/// let second = catalog.list(id: "second")
/// try OfficialCSVWriter.write(catalog, selection: Selection(list: second), to: sink)
/// ```
public enum OfficialCSVWriter {
  /// - Parameter selection: must name a list where the catalog has several.
  /// - Throws: `ExportFailure` before anything is written; what the sink throws.
  public static func write(
    _ catalog: Catalog, selection: Selection = .everything, options: CSVOptions = CSVOptions(), to sink: Sink
  ) throws {
    let list = try list(of: catalog, selection)
    try catalog.requireKnownRows()
    let output = try CSVOutput(sink, options: options)
    let register = list.map { catalog.lists[$0] }
    let deadlineHeading = register?.deadlineHeading ?? ""
    let remarkHeading = register?.remarkHeading ?? ""
    let hasRemarkColumn = !remarkHeading.isEmpty

    try output.sink.append("序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,")
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
        let sink = output.sink
        if isFirst {
          if let number = matter.number { try sink.append(number: number) }
          try sink.append(byte: comma)
          if let audience = matter.audience { try sink.append(audience.printed) }
          try sink.append(byte: comma)
          try sink.append(names[matter.name])
        } else {
          try sink.append(literal: ",,")
        }
        try sink.append(byte: comma)
        if items.isEmpty {
          try sink.append(byte: slash)
          try sink.append(byte: comma)
          try sink.append(leads[matter.lead])
          try sink.append(byte: comma)
          if matter.placeholder.isEmpty {
            try sink.append(byte: slash)
          } else {
            // It may have been read from the table of items.
            let beside = matter.placeholder.kind == .placeholder ? placeholders : responsibles
            try sink.append(beside[matter.placeholder])
          }
        } else {
          let item = catalog.items[index]
          try sink.append(itemNames[item.name])
          try sink.append(byte: comma)
          if isFirst { try sink.append(leads[matter.lead]) }
          try sink.append(byte: comma)
          try sink.append(responsibles[item.responsible])
        }
        try sink.append(byte: comma)
        if isFirst { try sink.append(deadlines[matter.deadline]) }
        if hasRemarkColumn {
          try sink.append(byte: comma)
          if isFirst { try sink.append(remarks[matter.remark]) }
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
