import Catalog
import Files

/// Writes a list in the layout of the notice: a matter's number, type, name, lead, deadline and remark in its first row,
/// one row for each of its own items, "/" where it has none.
///
/// What the layout has no room for (shared items, what a matter includes, the registers) is not written; an import into the
/// folder that the list came from keeps it.
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

    let slash: StaticString = "/"
    let isWanted = selection.filter(of: catalog)
    for matter in catalog.matters where isWanted(matter) {
      var isFirst = true
      let items = catalog.items(of: matter)
      for index in items.startIndex..<max(items.endIndex, items.startIndex + 1) {
        let item = index < items.endIndex ? items[index] : nil
        if isFirst {
          if let number = matter.number { try output.sink.append(number: number) }
          try output.separate()
          if let audience = matter.audience { try output.sink.append(audience.printed) }
          try output.separate()
          try output.cell(matter.name, of: catalog)
        } else {
          try output.sink.append(literal: ",,")
        }
        try output.separate()
        if let item { try output.cell(item.name, of: catalog) } else { try output.sink.append(literal: slash) }
        try output.separate()
        if isFirst { try output.cell(matter.lead, of: catalog) }
        try output.separate()
        if let item {
          try output.cell(item.responsible, of: catalog)
        } else if matter.placeholder.isEmpty {
          try output.sink.append(literal: slash)
        } else {
          try output.cell(matter.placeholder, of: catalog)
        }
        try output.separate()
        if isFirst { try output.cell(matter.deadline, of: catalog) }
        if hasRemarkColumn {
          try output.separate()
          if isFirst { try output.cell(matter.remark, of: catalog) }
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
