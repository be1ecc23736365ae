import CSVFormat
import Catalog

/// The standard columns of the flat layout; the raw value is the index in `FlatListWriter.columns`.
enum FlatColumn: Int, CaseIterable {
  case matter, list, number, audience, name, lead, item, itemName, responsible, deadline, due, sharedFrom, remark

  enum Field {
    case matters(MatterColumn)
    case items(ItemColumn)
  }

  /// The column of a table that it holds; nil for what is derived.
  var field: Field? {
    switch self {
    case .matter: .matters(.id)
    case .list: .matters(.list)
    case .number: .matters(.number)
    case .audience: .matters(.audience)
    case .name: .matters(.name)
    case .lead: .matters(.lead)
    case .deadline: .matters(.deadline)
    case .remark: .matters(.remark)
    case .sharedFrom: .matters(.includes)
    case .item: .items(.number)
    case .itemName: .items(.name)
    case .responsible: .items(.responsible)
    case .due: nil
    }
  }
}

/// Reads the flat layout: one row for each item.
///
/// `due` follows from `deadline` and is compared with it. Items are shared if rows with `shared_from` name them; an item that is
/// shared in the base and that no row names stays shared.
enum FlatListReader {
  static func read(
    _ csv: CSVTable, columns: [Int], titles: [String], headerStart: Int, bodyStart: Int, _ context: ListContext
  ) {
    func cell(_ column: FlatColumn) -> Int { columns[column.rawValue] }
    let builder = context.builder
    let source = builder.add(
      Source(
        file: context.file, csv: csv,
        columns: [
          .matters: [
            cell(.matter), cell(.list), cell(.number), cell(.audience), cell(.name), cell(.lead), cell(.deadline),
            cell(.remark), cell(.sharedFrom), cell(.responsible),
          ],
          .items: [cell(.matter), cell(.item), cell(.itemName), cell(.responsible), cell(.sharedFrom)],
        ]))
    context.reportEncoding(source)
    var width = titles.count
    while width > 0, titles[width - 1].trimmingBlanks.isEmpty { width -= 1 }
    let headerPosition = SourcePosition.row(source: source, table: .matters, offset: headerStart)
    reportHeader(columns, titles.prefix(width), csv, at: headerPosition, builder)
    if let wanted = context.options.list, context.list(named: wanted) == nil {
      _ = context.makeList(wanted, heading: nil, titles: [], position: headerPosition)
    }
    builder.prepareLists()
    builder.matterRows.own(csv.bytes)
    builder.itemRows.own(csv.bytes)
    let reading = FlatReading(csv, columns: columns, width: width, source: source, context)
    reading.read(from: bodyStart)
  }

  /// Reports missing, repeated and unrecognised columns; a misspelt one once, as missing.
  private static func reportHeader(
    _ columns: [Int], _ titles: ArraySlice<String>, _ csv: CSVTable, at headerPosition: SourcePosition,
    _ builder: CatalogBuilder
  ) {
    let cells = csv.cells(ofRowAt: headerPosition.offset)
    func position(_ cell: Int) -> SourcePosition {
      guard cells.indices.contains(cell) else { return headerPosition }
      return .byte(source: headerPosition.source, table: .matters, offset: cells[cell].written)
    }
    let known = FlatListWriter.columns(builder.schema)
    let missing = FlatColumn.allCases.filter { $0 != .due && columns[$0.rawValue] < 0 }
    var misspelt: [FlatColumn: Int] = [:]
    for index in titles.indices where !columns.contains(index) {
      let title = titles[index].trimmingBlanks
      let name = ListHeading.compact(title).lowercased()
      if name == FlatListWriter.hashColumn { continue }
      let nearest = Nearness.nearest(to: title, among: known)
      if let column = missing.first(where: { FlatListWriter.columns[$0.rawValue] == nearest }), misspelt[column] == nil
      {
        misspelt[column] = index
        continue
      }
      builder.issues.append(
        ReadingIssue(
          known.contains(name) ? .repeatedColumn(title) : .unknownColumn(title, nearest: nearest), at: position(index)))
    }
    for column in missing {
      let cell = misspelt[column]
      builder.issues.append(
        ReadingIssue(
          .missingColumn(FlatListWriter.columns[column.rawValue], written: cell.map { titles[$0].trimmingBlanks }),
          at: cell.map(position) ?? headerPosition))
    }
  }
}
