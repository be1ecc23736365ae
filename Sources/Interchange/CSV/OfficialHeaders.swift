import CSVFormat
import Catalog
import Localization

/// The headers of a list in the layout of a notice, which may recur on every page, and what they decide: which cell holds
/// which column, and which list of the catalog the rows below belong to.
final class OfficialHeaders {
  /// The header of the rows being read; nil if there are too many headers, and the rest is not read.
  private(set) var heading: ListHeading? {
    didSet {
      isOpen = heading != nil
      cells = heading?.cells ?? ListHeading.Cells()
      width = heading?.width ?? 0
      let further = heading?.further ?? [:]
      furtherCells = further.isEmpty ? [] : furtherColumns.map { further[$0.name] ?? -1 }
    }
  }
  /// Whether there is a header.
  private(set) var isOpen = false
  /// The cells of the header; those of the further columns of matters in the order of the schema, -1 where it has none, or
  /// no cells at all.
  private(set) var cells = ListHeading.Cells()
  private(set) var furtherCells: [Int] = []
  /// The number of cells up to the last one with a heading.
  private(set) var width = 0
  /// The index of the source whose columns are those of the header.
  private(set) var source = 0
  /// The index of the list that the rows belong to.
  private(set) var list = 0

  private let csv: CSVTable
  private let context: ListContext
  private let texts: OfficialTexts
  private var builder: CatalogBuilder { context.builder }
  private let furtherColumns: [Column]
  /// The texts above the headers.
  private var titles: Set<String> = []
  /// The compact headings of all headers.
  private var headings: Set<String> = []
  /// How many lists have begun.
  private var sectionCount = 0
  /// How often the header has changed. A notice has only a few lists, so the number is limited.
  private var changes = 0
  private static let changeLimit = 100

  init(_ csv: CSVTable, _ context: ListContext, _ texts: OfficialTexts) {
    self.csv = csv
    self.context = context
    self.texts = texts
    furtherColumns = context.builder.schema.extraMatterColumns
  }

  /// Continues under a header: with the same list, or with another one if the deadline or remark heading differs.
  /// - Returns: whether the matter above ends here.
  func open(_ heading: ListHeading, titles above: [String], at start: Int) -> Bool {
    if let old = self.heading, old.deadlineTitle == heading.deadlineTitle, old.remarkTitle == heading.remarkTitle {
      // The list continues on the next page, where the order of the columns may differ.
      if old.cells != heading.cells || old.further != heading.further {
        guard mayChange(at: start) else { return true }
        source = addSource(heading)
      }
      self.heading = heading
      return false
    }
    guard mayChange(at: start) else { return true }
    sectionCount += 1
    source = addSource(heading)
    if sectionCount == 1 { context.reportEncoding(source) }
    self.heading = heading
    titles.formUnion(above)
    let position = SourcePosition.row(source: source, table: .matters, offset: start)
    report(heading, at: position)
    chooseList(heading, above, position)
    return true
  }

  /// Whether the text of a cell is one of the headings.
  @inline(__always)
  func isHeading(_ cell: OfficialCell) -> Bool {
    texts.answer(.isHeading, cell) {
      // A text without blanks and quotation marks would be the heading itself, for which the answer is known.
      !ListHeading.isCompact(texts.bytes(cell)) && headings.contains(ListHeading.compact(texts.text(cell)))
    }
  }

  /// Whether a text is one of those above the headers.
  func isTitle(_ word: String) -> Bool { titles.contains(word) }

  // MARK: Columns

  /// Reports the columns that a header lacks, those that it has twice, and those that are not recognised.
  private func report(_ heading: ListHeading, at position: SourcePosition) {
    for column in heading.missing {
      builder.issues.append(ReadingIssue(.missingColumn(ListHeading.expected[column.rawValue]), at: position))
    }
    let cells = csv.cells(ofRowAt: position.offset)
    headings.formUnion(cells.map { ListHeading.compact(csv.string($0)) }.filter { !$0.isEmpty })
    texts.forget(.isHeading)
    for heading in headings { texts.set(.isHeading, texts.insert(heading)) }
    for (cell, isRepeated) in heading.unrecognised.map({ ($0, false) }) + heading.repeated.map({ ($0, true) }) {
      guard cells.indices.contains(cell) else { continue }
      let title = csv.string(cells[cell]).trimmingBlanks
      builder.issues.append(
        ReadingIssue(
          isRepeated ? .repeatedColumn(title) : .unknownColumn(title, nearest: nil),
          at: .byte(source: source, table: .matters, offset: cells[cell].written)))
    }
  }

  /// Adds the table as a source whose columns are those of the header.
  /// - Returns: the index of the source.
  private func addSource(_ heading: ListHeading) -> Int {
    let matters =
      [
        heading[.number], -1, heading[.number], heading[.type], heading[.name], heading[.lead], heading[.deadline],
        heading[.remark], -1, heading[.responsible],
      ] + furtherColumns.map { heading.further[$0.name] ?? -1 }
    let items =
      [heading[.number], -1, heading[.item], heading[.responsible], -1]
      + builder.schema.extraItemColumns.map { _ in -1 }
    return builder.add(Source(file: context.file, csv: csv, columns: [.matters: matters, .items: items]))
  }

  /// Whether the header may change once more. If not, this is reported and the rest is not read.
  private func mayChange(at start: Int) -> Bool {
    changes += 1
    if changes <= OfficialHeaders.changeLimit { return true }
    heading = nil
    context.unclear(
      source, start, subject: nil,
      LocalizedText(
        zh: "表头变化超过 \(OfficialHeaders.changeLimit) 次，从这里起未读取；请把各份清单分开导入",
        en:
          "the header has changed more than \(OfficialHeaders.changeLimit) times, and the rest is not read; import each list separately"
      ))
    return false
  }

  // MARK: The list

  /// Chooses the list: the one in the options, else the only one with these headings, else a new one.
  private func chooseList(_ heading: ListHeading, _ above: [String], _ position: SourcePosition) {
    if let wanted = context.options.list {
      if sectionCount > 1 {
        context.unclear(
          source, position.offset, subject: nil,
          LocalizedText(
            zh: "表中不止一份清单（此处表头变为“\(heading.deadlineTitle)”），而 --list 只指定了一份；请分开导入",
            en:
              "the table holds more than one list (the header changes to “\(heading.deadlineTitle)” here), but --list names only one; import each list separately"
          ))
      }
      list =
        context.list(named: wanted) ?? context.makeList(wanted, heading: heading, titles: above, position: position)
      return
    }
    let matching = builder.lists.indices.filter { index in
      ListHeading.compact(builder.lists[index].deadlineHeading) == heading.deadlineTitle
        && ListHeading.compact(builder.lists[index].remarkHeading) == heading.remarkTitle
    }
    // A list without a heading for deadlines has nothing that distinguishes it from others.
    let isCertain = !heading.deadlineTitle.isEmpty || builder.lists.count == 1
    if isCertain, matching.count == 1, let only = matching.first {
      list = only
      return
    }
    var id = "imported"
    var count = 1
    while builder.lists.contains(where: { $0.id == id }) {
      count += 1
      id = "imported-\(count)"
    }
    let known = context.base.lists.map(\.id)
    context.unclear(
      source, position.offset, subject: id,
      LocalizedText(
        zh: "无法从表头判断是哪份清单，暂作新清单 \(id)；请用 --list 指定（已有：\(known.joined(separator: "、"))，或给出新的标识）",
        en:
          "the header does not identify the list, which is read as a new one, \(id). Give its id with --list (existing: \(known.joined(separator: ", ")); or a new id)"
      ))
    list = context.makeList(id, heading: heading, titles: above, position: position)
  }
}
