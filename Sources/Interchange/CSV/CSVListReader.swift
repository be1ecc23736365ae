import AtomicFiles
import CSVFormat
import Catalog

/// Reads a list in CSV into a catalog: either layout of `export csv`, or the layout that a notice prints.
///
/// The registers come from a base: the built-in catalog, or the folder that the list is imported into. Every matter and item
/// has its position in the table. Rows that can be read in more than one way are among the catalog's issues (`.unclear`).
///
/// ```swift
/// let catalog = CSVListReader.read("清单.csv", base: FolderReader.builtIn())
/// ```
package enum CSVListReader {
  /// Reads the table at `path`. If it cannot be read, the catalog is unreadable and its issues hold the reason.
  package static func read(_ path: String, base: Catalog, options: CSVListOptions = CSVListOptions()) -> Catalog {
    do throws(FileFailure) {
      return read(file: path, bytes: try Bytes.read(path), base: base, options: options)
    } catch {
      let builder = CatalogBuilder()
      let source = builder.add(Source(file: path))
      builder.issues.append(
        ReadingIssue(
          .unreadable(error.problem, fix: error.fix), at: .file(source: source, table: .matters)))
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
    builder.matterRows.registersAudiences = options.registersAudiences
    builder.settings = base.settings
    let context = ListContext(file: file, text: text, base: base, options: options, builder: builder)

    // The separator of the first line is tried first; that line may be a title without a separator.
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
        // Lists of the base that the file has no matter of are incomplete here, so that their counts are not checked.
        var isHeld = [Bool](repeating: false, count: builder.lists.count)
        for matter in builder.matterRows.rows { if let list = matter.list { isHeld[list] = true } }
        for index in builder.lists.indices where !isHeld[index] { builder.lists[index].isPartial = true }
      }
      var catalog = builder.finish(origin: .csv(file))
      catalog.doubtfulReadings = context.doubts
      return catalog
    }
    let source = builder.add(Source(file: file, csv: first, columns: [.matters: []]))
    builder.issues.append(
      ReadingIssue(
        .missingHeader(expected: context.isNearlyFlat ? FlatListWriter.columns : ListHeading.expected),
        at: .row(source: source, table: .matters, offset: text.start)))
    context.reportEncoding(source)
    return builder.finish(origin: .csv(file))
  }
}
