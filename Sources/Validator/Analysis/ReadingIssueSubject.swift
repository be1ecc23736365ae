import Catalog
import Localization

extension RuleContext {
  /// The subject of an issue: the matter or item of its row, if the row is known.
  func subject(of issue: ReadingIssue) -> Subject {
    let table = issue.position.table
    if let index = issue.matter, catalog.matters.indices.contains(index), !catalog.matters[index].id.isEmpty {
      return .matter(index)
    }
    guard let id = issue.subject, !id.isEmpty else { return .table(table) }
    switch table {
    case .matters:
      return matter(id: id).map { .matter($0.index) } ?? .matterID(id)
    case .items:
      guard let matter = matter(id: id) else { return .matterID(id) }
      return item(of: matter, at: issue.position).map { .item($0) } ?? .matter(matter.index)
    case .progress:
      return .matterID(id)
    default:
      return .id(id)
    }
  }

  /// The item of a matter whose row contains a position. The items of a matter are in the order of their rows.
  private func item(of matter: Matter, at position: SourcePosition) -> Int? {
    let items = catalog.items(of: matter)
    var low = items.startIndex
    var high = items.endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if catalog.position(items[middle], .matter).offset <= position.offset { low = middle + 1 } else { high = middle }
    }
    guard low > items.startIndex else { return nil }
    let row = catalog.position(items[low - 1], .matter)
    guard row.source == position.source else { return nil }
    if row.offset == position.offset { return low - 1 }
    guard position.isByte, let csv = catalog.sources[position.source].csv,
      let last = csv.cells(ofRowAt: row.offset).last, position.offset <= last.end
    else { return nil }
    return low - 1
  }

  /// A prefix with the id of the row, for a message: `2-037 的` and `2-037: `; empty if it is unknown.
  func owner(of issue: ReadingIssue) -> LocalizedText {
    let subject = subject(of: issue)
    if case .table = subject { return LocalizedText(zh: "", en: "") }
    let id = subject.id(in: catalog)
    return LocalizedText(zh: "\(id) 的", en: "\(id): ")
  }

  /// The name of the file of a position.
  func file(of position: SourcePosition) -> String {
    let source = position.source
    return catalog.sources.indices.contains(source) ? catalog.sources[source].file : position.table.fileName
  }
  /// The sheet that a position is in; nil if it is in no workbook.
  func sheet(of position: SourcePosition) -> String? {
    catalog.sources.indices.contains(position.source) ? catalog.sources[position.source].sheet : nil
  }
}
