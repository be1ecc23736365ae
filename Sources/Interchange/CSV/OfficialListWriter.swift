import AtomicFiles
import CSVFormat
import Catalog

/// Writes a list in the layout of the notice: one row for each of a matter's own items, or "/" if it has none. Number, type,
/// name, lead, deadline and remark are in the matter's first row only.
///
/// The layout has no columns for shared items, `includes` and the registers. An import into the folder that the list was
/// exported from keeps them.
struct OfficialListWriter {
  private static let comma = UInt8(ascii: ",")

  private let catalog: Catalog
  private let isWanted: (Matter) -> Bool
  private let output: CSVWriter
  private let deadlineHeading: String
  /// Nil if the list does not have the column.
  private let remarkHeading: String?
  private let names: QuotedCells
  private let leads: QuotedCells
  private let deadlines: QuotedCells
  private let remarks: QuotedCells
  private let placeholders: QuotedCells
  private let itemNames: QuotedCells
  private let responsibles: QuotedCells

  init(_ request: ExportRequest, _ options: CSVOptions, to writer: ByteWriter) throws {
    catalog = request.catalog
    isWanted = request.selection.filter(of: catalog)
    output = try CSVWriter(to: writer, options: options)
    let list = request.list.map { [catalog] in catalog.lists[$0] }
    let heading = list?.deadlineHeading ?? ""
    deadlineHeading = heading.isEmpty ? ListHeading.deadline : heading
    remarkHeading = list.flatMap { $0.remarkHeading.isEmpty ? nil : $0.remarkHeading }
    names = QuotedCells(.matterName, of: catalog)
    leads = QuotedCells(.lead, of: catalog)
    deadlines = QuotedCells(.deadline, of: catalog)
    remarks = QuotedCells(.remark, of: catalog)
    placeholders = QuotedCells(.placeholder, of: catalog)
    itemNames = QuotedCells(.itemName, of: catalog)
    responsibles = QuotedCells(.responsible, of: catalog)
  }

  func write() throws {
    try output.writer.append("序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,")
    try CSVWriter.append(deadlineHeading, to: output.writer)
    if let remarkHeading {
      try output.writer.append(byte: OfficialListWriter.comma)
      try CSVWriter.append(remarkHeading, to: output.writer)
    }
    try output.endRow()
    for matter in catalog.matters where isWanted(matter) {
      let items = matter.items
      if items.isEmpty { try row(of: matter, nil, isFirst: true) }
      for index in items { try row(of: matter, catalog.items[index], isFirst: index == items.lowerBound) }
    }
    try output.finish()
  }

  /// Writes a row of a matter: the first one with the matter's own cells, or a further one.
  private func row(of matter: Matter, _ item: Item?, isFirst: Bool) throws {
    let writer = output.writer
    let comma = OfficialListWriter.comma
    let slash = UInt8(ascii: "/")
    if isFirst {
      if let number = matter.number { try writer.append(number: number) }
      try writer.append(byte: comma)
      if let audience = catalog.audience(of: matter) { try CSVWriter.append(audience.name, to: writer) }
      try writer.append(byte: comma)
      try writer.append(names[matter.name])
    } else {
      try writer.append(literal: ",,")
    }
    try writer.append(byte: comma)
    if let item { try writer.append(itemNames[item.name]) } else { try writer.append(byte: slash) }
    try writer.append(byte: comma)
    if isFirst { try writer.append(leads[matter.lead]) }
    try writer.append(byte: comma)
    if let item {
      try writer.append(responsibles[item.responsible])
    } else if matter.placeholder.isEmpty {
      try writer.append(byte: slash)
    } else {
      // A placeholder may have been read from a row "/" of the items table.
      let beside = matter.placeholder.kind == .placeholder ? placeholders : responsibles
      try writer.append(beside[matter.placeholder])
    }
    try writer.append(byte: comma)
    if isFirst { try writer.append(deadlines[matter.deadline]) }
    if remarkHeading != nil {
      try writer.append(byte: comma)
      if isFirst { try writer.append(remarks[matter.remark]) }
    }
    try output.endRow()
  }
}
