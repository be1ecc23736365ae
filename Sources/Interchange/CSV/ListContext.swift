import CSVFormat
import Catalog
import Localization
import Platform

/// The table, the base and the builder that the readers of both layouts share.
final class ListContext {
  enum Header {
    /// The cell of each of `FlatListWriter.columns(_:)`; -1 if there is none.
    case flat([Int], titles: [String], start: Int, after: Int)
    /// `titles` are the texts in the rows above the header.
    case official(ListHeading, titles: [String], start: Int, after: Int)
  }

  let file: String
  let text: DecodedText
  let base: Catalog
  let options: CSVListOptions
  let builder: CatalogBuilder
  var audiences: AudienceRegister { base.audienceRegister }

  /// In how many rows from the top a header is looked for.
  private static let titleRows = 60

  /// A row is a header of the flat layout with a wrong name.
  private(set) var isNearlyFlat = false

  /// Whether the table contains a NUL. A cell with a NUL is unknown, as in a folder.
  let hasNUL: Bool

  init(file: String, text: DecodedText, base: Catalog, options: CSVListOptions, builder: CatalogBuilder) {
    self.file = file
    self.text = text
    self.base = base
    self.options = options
    self.builder = builder
    hasNUL = withExtendedLifetime(text.bytes) { memchr(text.bytes.base, 0, text.bytes.count) != nil }
  }

  func findHeader(_ csv: CSVTable) -> Header? {
    ListContext.findHeader(csv, builder.schema, titles: options.document?.titles ?? [], &isNearlyFlat)
  }

  /// Whether a table has the header of a list in the layout of a notice.
  static func hasOfficialHeader(_ csv: CSVTable, _ schema: CatalogSchema) -> Bool {
    var isNearlyFlat = false
    if case .official? = findHeader(csv, schema, titles: [], &isNearlyFlat) { return true }
    return false
  }

  private static func findHeader(
    _ csv: CSVTable, _ schema: CatalogSchema, titles: [String], _ isNearlyFlat: inout Bool
  ) -> Header? {
    var reader = TableReader(csv.bytes, start: csv.text.start, separator: csv.separator)
    var titles = titles
    var count = 0
    while count < ListContext.titleRows, reader.next() {
      count += 1
      let texts = reader.cells.map { csv.string($0) }
      let names = texts.map { ListHeading.compact($0).lowercased() }
      let columns = FlatListWriter.columns(schema).map { names.firstIndex(of: $0) ?? -1 }
      if columns[FlatColumn.matter.rawValue] >= 0, columns[FlatColumn.itemName.rawValue] >= 0 {
        return .flat(columns, titles: texts, start: reader.rowStart, after: reader.offset)
      }
      if let heading = ListHeading(titles: texts, further: schema.extraMatterColumns) {
        let start = reader.rowStart
        let after = reader.offset
        // A header of two rows: the second one has what the first has for several columns together (部门).
        if !heading.missing.isEmpty, reader.next(),
          let second = ListHeading(
            titles: reader.cells.map { csv.string($0) }, further: schema.extraMatterColumns),
          second.missing.count < heading.missing.count
        {
          return .official(second, titles: titles, start: reader.rowStart, after: reader.offset)
        }
        return .official(heading, titles: titles, start: start, after: after)
      }
      if ListContext.isNearlyFlat(names) { isNearlyFlat = true }
      titles += texts.map(\.trimmingBlanks).filter { !$0.isEmpty }
    }
    return nil
  }

  /// Whether a row has most names of the flat layout, though not all that it needs.
  private static func isNearlyFlat(_ names: [String]) -> Bool {
    FlatListWriter.columns.count { names.contains($0) } * 2 > FlatListWriter.columns.count
  }

  func reportEncoding(_ source: Int) {
    for offset in text.unreadable {
      builder.issues.append(
        ReadingIssue(.encoding, at: .byte(source: source, table: .matters, offset: offset)))
    }
  }

  func reportSyntax(_ reader: TableReader, _ source: Int) {
    for problem in reader.problems {
      builder.issues.append(
        ReadingIssue(
          .syntax(problem.kind),
          at: .byte(source: source, table: .matters, offset: problem.offset)))
    }
  }

  /// What was read by its likely meaning, for `Catalog.doubtfulReadings`.
  private(set) var doubts: [DoubtfulReading] = []

  func doubt(_ position: SourcePosition, _ zh: String, _ en: String) {
    guard doubts.count < DoubtfulReading.limit else { return }
    doubts.append(DoubtfulReading(position: position, message: LocalizedText(zh: zh, en: en)))
  }

  /// Reports a row that can be read in more than one way.
  func unclear(_ source: Int, _ row: Int, subject: String?, _ message: LocalizedText) {
    unclear(.row(source: source, table: .matters, offset: row), subject: subject, message)
  }

  /// Reports a cell that can be read in more than one way.
  func unclear(_ position: SourcePosition, subject: String?, _ message: LocalizedText) {
    builder.issues.append(ReadingIssue(.unclear(message), at: position, subject: subject))
  }

  // MARK: Lists

  /// The index of the list with this id, title or annex.
  func list(named name: String) -> Int? {
    builder.lists.firstIndex { $0.id == name } ?? builder.lists.firstIndex { $0.title == name || $0.annex == name }
  }

  /// Adds a list that the base does not have, with the values that are known.
  /// - Returns: its index.
  func makeList(_ id: String, heading: ListHeading?, titles: [String], position: SourcePosition) -> Int {
    let prefixes = builder.lists.compactMap { Int($0.prefix) }
    var list = MatterList(position: position)
    list.id = id
    list.prefix = String((prefixes.max() ?? 0) + 1)
    var titles = titles
    if options.document != nil, let first = titles.first, ListTitle.isAnnex(first) {
      list.annex = first.trimmingBlanks
      titles.removeFirst()
    }
    if options.document != nil {
      // A document breaks a title where its line ends, and may have it above the table and in it.
      let lines = titles.enumerated().filter { index, line in !titles[..<index].contains(line) }
      list.title = lines.map(\.element).joined()
    } else {
      list.title = titles.joined(separator: " ")
    }
    list.deadlineHeading = heading?.deadlineTitle ?? ""
    list.remarkHeading = heading?.remarkTitle ?? ""
    builder.lists.append(list)
    return builder.lists.count - 1
  }

  // MARK: The base

  /// The matter of the base that a matter of the table corresponds to (see `CSVListOptions.isImport`).
  func counterpart(id: String, name: @autoclosure () -> String) -> Matter? {
    guard let matter = base.matter(id: id) else { return nil }
    return options.isImport || base.text(matter.name) == name() ? matter : nil
  }

  /// The same by the bytes of id and name.
  func counterpart(id: UnsafeBufferPointer<UInt8>, name: UnsafeBufferPointer<UInt8>) -> Matter? {
    guard let matter = base.matter(id: id) else { return nil }
    if options.isImport || base.withBytes(matter.name, { $0.elementsEqual(name) }) { return matter }
    // In another Unicode form the name is the same.
    return base.text(matter.name) == String(decoding: name, as: UTF8.self) ? matter : nil
  }

  /// Copies matters from the base that matters of the table include and the table does not have, as in an export by
  /// department. In an import the folder has them already.
  ///
  /// - Parameter isKnown: whether the table has a matter of this id.
  func copyIncluded(_ ids: Set<String>, except isKnown: (String) -> Bool) {
    if options.isImport { return }
    var pending = ids.filter { !isKnown($0) }.sorted()
    var done: Set<String> = []
    let copier = RowCopier(into: builder)
    // The base's sources are the first in the builder, so its source indices are valid here.
    while let id = pending.popLast() {
      guard !isKnown(id), done.insert(id).inserted, let matter = base.matter(id: id) else { continue }
      let position = base.position(matter)
      copier.add(matter, of: base, source: position.source, row: position.offset)
      for item in base.items(of: matter) {
        let position = base.position(item, .name)
        copier.add(item, of: base, source: position.source, row: position.offset)
      }
      if let list = matter.list, builder.lists.indices.contains(list) { builder.lists[list].isPartial = true }
      if let other = matter.includes { pending.append(base.id(base.matters[other])) }
    }
  }
}

/// A matter's id, `2-037`: the list's prefix and the number in three digits or more.
func matterID(prefix: String, number: Int) -> String {
  let digits = String(number)
  return prefix + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
}
