import Catalog

/// A small catalog that shows what a rule finds, or what it lets pass. Tables that it does not give are those built in
/// (registers, lists, notices) or empty (progress, targets, waivers).
package struct Example: Sendable {
  package enum Content: Sendable {
    /// Tables by file name, as text.
    case tables([String: [UInt8]])
    /// An XML document.
    case document(String)
    /// A list in CSV.
    case list(String)
  }

  package var content: Content {
    switch written {
    case .rows(let matters, let items, let tables):
      var files: [String: [UInt8]] = [:]
      files["matters.csv"] = Example.table(.matters, matters)
      files["items.csv"] = Example.table(.items, items)
      for (kind, rows) in tables { files[kind.fileName] = Example.table(kind, rows) }
      return .tables(files)
    case .content(let content):
      return content
    }
  }

  /// As the rule wrote it. Tables are made of rows only when they are asked for: a command that prints no example pays
  /// for none.
  private enum Written: Sendable {
    case rows(matters: [String], items: [String], tables: [TableKind: [String]])
    case content(Content)
  }

  private var written: Written
  /// The day it is asked about, `YYYY-MM-DD`.
  package var asOf: String

  /// The day of most examples: the notice is out, the first report window is open.
  package static let usualDay = "2023-01-15"

  /// A catalog of these rows; the headers are those of the tables, cut to the width of the rows.
  ///
  /// - Parameters:
  ///   - matters: rows of `id,list,number,audience,name,lead,deadline,remark,includes,placeholder`, cut where they like.
  ///   - items: rows of `matter,number,name,responsible,shared`.
  ///   - tables: rows of other tables, by kind.
  package init(
    matters: [String] = [], items: [String] = [], tables: [TableKind: [String]] = [:], asOf: String = usualDay
  ) {
    written = .rows(matters: matters, items: items, tables: tables)
    self.asOf = asOf
  }

  /// A catalog whose tables are written out, header and all, in position of those above.
  package init(files: [String: String], asOf: String = usualDay) {
    written = .content(.tables(files.mapValues { Array($0.utf8) }))
    self.asOf = asOf
  }

  package init(bytes files: [String: [UInt8]], asOf: String = usualDay) {
    written = .content(.tables(files))
    self.asOf = asOf
  }

  package init(document: String, asOf: String = usualDay) {
    written = .content(.document(document))
    self.asOf = asOf
  }

  package init(list: String, asOf: String = usualDay) {
    written = .content(.list(list))
    self.asOf = asOf
  }

  private static func table(_ kind: TableKind, _ rows: [String]) -> [UInt8] {
    // Cut to the widest row, but never so far that a column that is needed is lost.
    let needed = (kind.columns.lastIndex { $0.isNeeded } ?? 0) + 1
    let width = max(needed, rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }.max() ?? 0)
    let columns = kind.columns.prefix(width)
    let lines =
      [columns.map(\.name).joined(separator: ",")]
      + rows.map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false).count
        return row + String(repeating: ",", count: max(0, columns.count - cells))
      }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The catalog of an example made of tables; nil if it is a document or a list, which layers above can read.
  package var catalog: Catalog? {
    guard case .tables(var files) = content else { return nil }
    for kind in [TableKind.notices, .lists, .departments, .approvals] where files[kind.fileName] == nil {
      files[kind.fileName] = FolderReader.builtInFile(kind.fileName)
    }
    if files["matters.csv"] == nil, files["items.csv"] != nil || files["datapackage.json"] == nil {
      files["matters.csv"] = Example.table(.matters, [])
    }
    if files["items.csv"] == nil { files["items.csv"] = Example.table(.items, []) }
    return FolderReader.read(named: "example", files: files)
  }
}
