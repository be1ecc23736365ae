import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// How a list in CSV is to be read.
package struct CSVListOptions: Sendable {
  /// The list that the matters belong to (an id, a title or an annex), where the table does not say. An id that no list
  /// has makes a new one.
  package var list: String?
  /// The table's encoding; nil to know it by its bytes.
  package var encoding: TextEncoding?
  /// The list is about to be written into the base: matters that have the same id are the same matter, whatever they
  /// are called now, and keep what a list has no room for (what they include, which items are shared). Else they must
  /// have the same name as well: a list of another city may have the same numbers.
  package var isImport: Bool

  package init(list: String? = nil, encoding: TextEncoding? = nil, isImport: Bool = false) {
    self.list = list
    self.encoding = encoding
    self.isImport = isImport
  }
}

/// Reads a list in CSV, as `export csv` writes it in either layout or as notices print it, into a catalog.
///
/// The registers are those of a base: the catalog that is built in, or the folder that the list is written into. Every
/// matter and item has its position in the table, so that findings point into it. What cannot be read for certain is among
/// the issues of the catalog (`.unclear`), with its row.
///
/// ```swift
/// let catalog = CSVListReader.read("清单.csv", base: FolderReader.builtIn())
/// ```
package enum CSVListReader {
  /// Reads the table at `path`. A file that cannot be read gives a catalog that is unreadable and says why.
  package static func read(_ path: String, base: Catalog, options: CSVListOptions = CSVListOptions()) -> Catalog {
    do throws(FileFailure) {
      return read(file: path, bytes: try Bytes.read(path), base: base, options: options)
    } catch {
      let builder = CatalogBuilder()
      let source = builder.add(Source(file: path))
      builder.issues.append(
        ReadingIssue(
          .unreadable(error.explanation), at: .file(source: source, table: .matters)))
      return builder.finish(origin: .csv(path))
    }
  }

  /// Reads a table that is in memory; `file` names it in messages.
  package static func read(
    file: String, bytes: Bytes, base: Catalog, options: CSVListOptions = CSVListOptions()
  ) -> Catalog {
    let text = TextDecoding.decode(bytes, as: options.encoding)
    let builder = CatalogBuilder(schema: base.schema)
    builder.addRegisters(of: base)
    builder.settings = base.settings
    let context = ListContext(file: file, text: text, base: base, options: options, builder: builder)

    // The separator is that of the first line; a title above the header may have none, and another is tried.
    let first = CSVTable(file: file, text: text)
    for separator in [first.separator] + [0x2C, 0x09, 0x3B].filter({ $0 != first.separator }) {
      let csv = CSVTable(file: file, text: text, separator: separator)
      guard let header = context.findHeader(csv) else { continue }
      switch header {
      case .flat(let columns, let titles, let start, let after):
        FlatListReader.read(csv, columns: columns, titles: titles, headerStart: start, bodyStart: after, context)
      case .official(let heading, let titles, let start, let after):
        OfficialListReader.read(csv, heading: heading, titles: titles, headerStart: start, bodyStart: after, context)
      }
      if !options.isImport {
        // The lists of the registers that this file says nothing of are not here to be judged.
        let held = Set(builder.matterRows.rows.compactMap(\.list))
        for index in builder.lists.indices where !held.contains(index) { builder.lists[index].isPartial = true }
      }
      return builder.finish(origin: .csv(file))
    }
    let source = builder.add(Source(file: file, csv: first, columns: [.matters: []]))
    builder.issues.append(
      ReadingIssue(
        .missingHeader(expected: ListHeading.expected),
        at: .file(source: source, table: .matters)))
    context.reportEncoding(source)
    return builder.finish(origin: .csv(file))
  }
}

/// What both layouts are read with.
final class ListContext {
  enum Header {
    /// The cell of each of `FlatListWriter.columns(_:)`; -1 if there is none.
    case flat([Int], titles: [String], start: Int, after: Int)
    /// With the texts that stand above it.
    case official(ListHeading, titles: [String], start: Int, after: Int)
  }

  let file: String
  let text: DecodedText
  let base: Catalog
  let options: CSVListOptions
  let builder: CatalogBuilder

  /// How many rows of titles may stand above a header.
  private static let titleRows = 60

  /// The table has a NUL somewhere; a cell that holds one is distrusted, as in a folder.
  let hasNUL: Bool

  init(file: String, text: DecodedText, base: Catalog, options: CSVListOptions, builder: CatalogBuilder) {
    self.file = file
    self.text = text
    self.base = base
    self.options = options
    self.builder = builder
    hasNUL = withExtendedLifetime(text.bytes) { text.bytes.buffer.contains(0) }
  }

  func findHeader(_ csv: CSVTable) -> Header? {
    var reader = TableReader(text.bytes, start: text.start, separator: csv.separator)
    var titles: [String] = []
    var count = 0
    while count < ListContext.titleRows, reader.next() {
      count += 1
      let texts = reader.cells.map { csv.string($0) }
      let names = texts.map { ListHeading.compact($0).lowercased() }
      let columns = FlatListWriter.columns(builder.schema).map { names.firstIndex(of: $0) ?? -1 }
      if columns[FlatColumn.matter.rawValue] >= 0, columns[FlatColumn.itemName.rawValue] >= 0 {
        return .flat(columns, titles: texts, start: reader.rowStart, after: reader.offset)
      }
      if let heading = ListHeading(titles: texts) {
        return .official(heading, titles: titles, start: reader.rowStart, after: reader.offset)
      }
      titles += texts.map(\.trimmingBlanks).filter { !$0.isEmpty }
    }
    return nil
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

  /// Tells that a row cannot be read for certain.
  func unclear(_ source: Int, _ row: Int, subject: String?, _ message: LocalizedText) {
    builder.issues.append(
      ReadingIssue(
        .unclear(message), at: .row(source: source, table: .matters, offset: row),
        subject: subject))
  }

  // MARK: Lists

  /// The position of a list that goes by this id, title or annex.
  func list(named name: String) -> Int? {
    builder.lists.firstIndex { $0.id == name } ?? builder.lists.firstIndex { $0.title == name || $0.annex == name }
  }

  /// A list that the base does not have, entered as a row to complete.
  func makeList(_ id: String, heading: ListHeading?, titles: [String], position: SourcePosition) -> Int {
    let prefixes = builder.lists.compactMap { Int($0.prefix) }
    var list = MatterList(position: position)
    list.id = id
    list.prefix = String((prefixes.max() ?? 0) + 1)
    list.title = titles.joined(separator: " ")
    list.deadlineHeading = heading?.deadlineTitle ?? ""
    list.remarkHeading = heading?.remarkTitle ?? ""
    builder.lists.append(list)
    return builder.lists.count - 1
  }

  // MARK: The base

  /// The matter of the base that a matter of the table is, if it is one (see `CSVListOptions.isImport`).
  func counterpart(id: String, name: String) -> Matter? {
    guard let matter = base.matter(id: id) else { return nil }
    return options.isImport || base.text(matter.name) == name ? matter : nil
  }

  /// Brings along matters of the base that others include and the table does not have, as in an export by department.
  /// The folder that a list is written into has them already.
  func bringAlong(_ ids: Set<String>, having known: Set<String>) {
    if options.isImport { return }
    var pending = ids.subtracting(known).sorted()
    var done = known
    let copier = RowCopier(into: builder)
    // The base's sources stand first among ours, in the same order.
    while let id = pending.popLast() {
      guard done.insert(id).inserted, let matter = base.matter(id: id) else { continue }
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

/// `2-037`: a list's prefix and the number in three digits or more.
func matterID(prefix: String, number: Int) -> String {
  let digits = String(number)
  return prefix + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
}
