import CSVFormat
import Catalog

/// The standard columns of the flat layout; the raw value is the index in `FlatListWriter.columns`.
enum FlatColumn: Int, CaseIterable {
  case matter, list, number, audience, name, lead, item, itemName, responsible, deadline, due, sharedFrom, remark
}

/// Reads the flat layout: one row for each item.
///
/// `due` follows from `deadline` and is not read. Items are shared if rows with `shared_from` name them; an item that is
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
    reportHeader(columns, titles.prefix(width), at: headerPosition, builder)
    if let wanted = context.options.list, context.list(named: wanted) == nil {
      _ = context.makeList(wanted, heading: nil, titles: [], position: headerPosition)
    }
    builder.prepareLists()
    builder.matterRows.own(csv.bytes)
    builder.itemRows.own(csv.bytes)
    let reading = FlatReading(csv, columns: columns, width: width, source: source, context)
    reading.collectSharedItems(from: bodyStart)
    reading.read(from: bodyStart)
  }

  /// Reports missing, repeated and unrecognised columns.
  private static func reportHeader(
    _ columns: [Int], _ titles: ArraySlice<String>, at headerPosition: SourcePosition, _ builder: CatalogBuilder
  ) {
    for column in FlatColumn.allCases where column != .due && columns[column.rawValue] < 0 {
      builder.issues.append(
        ReadingIssue(.missingColumn(FlatListWriter.columns[column.rawValue]), at: headerPosition))
    }
    let known = FlatListWriter.columns(builder.schema)
    for index in titles.indices where !columns.contains(index) {
      let title = titles[index].trimmingBlanks
      let name = ListHeading.compact(title).lowercased()
      builder.issues.append(
        ReadingIssue(
          known.contains(name)
            ? .repeatedColumn(title)
            : .unknownColumn(title, nearest: Nearness.nearest(to: title, among: known)),
          at: headerPosition))
    }
  }
}
