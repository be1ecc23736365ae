import Catalog

/// A small catalog that shows what a rule finds, or what it accepts. Tables that it does not give are the built-in ones
/// (registers, lists, notices) or empty (progress, targets, waivers).
///
/// In a triggering example `↓` marks the position of each finding (see `ExampleMarkers`); a finding whose position no
/// marker can show is listed in `at`.
package struct Example: Sendable {
  package enum Content: Sendable {
    /// Tables by file name, as bytes.
    case tables([String: [UInt8]])
    /// An XML document.
    case document(String)
    /// A list in CSV.
    case list(String)
    /// A Word document: what its `w:body` contains.
    case word(String)
  }

  /// As it is written in the rule. Tables are built from rows on demand, so that a command that shows no example does
  /// not pay for them.
  private enum Source: Sendable {
    case rows(matters: [String], items: [String], tables: [TableKind: [String]])
    case content(Content)
  }

  private let source: Source
  /// Findings at positions that no marker shows.
  private let unmarked: [ExpectedPosition]
  /// The date that it is checked for, `YYYY-MM-DD`.
  package let asOf: String

  /// The date of most examples: the notice has been issued, the first report window is open.
  package static let usualDay = "2023-01-15"

  /// A catalog of these rows; the headers are those of the tables, cut to the width of the rows.
  ///
  /// - Parameters:
  ///   - matters: rows of `id,list,number,audience,name,lead,deadline,remark,includes,placeholder`, cut anywhere after
  ///     `deadline`.
  ///   - items: rows of `matter,number,name,responsible,shared,id,approval,core`, cut anywhere after `responsible`.
  ///   - tables: rows of other tables, by kind.
  package init(
    matters: [String] = [], items: [String] = [], tables: [TableKind: [String]] = [:], asOf: String = usualDay,
    at unmarked: [ExpectedPosition] = []
  ) {
    source = .rows(matters: matters, items: items, tables: tables)
    self.asOf = asOf
    self.unmarked = unmarked
  }

  /// A catalog whose tables are given as files, with their headers.
  package init(files: [String: String], asOf: String = usualDay, at unmarked: [ExpectedPosition] = []) {
    self.init(bytes: files.mapValues { Array($0.utf8) }, asOf: asOf, at: unmarked)
  }

  package init(bytes files: [String: [UInt8]], asOf: String = usualDay, at unmarked: [ExpectedPosition] = []) {
    self.init(.tables(files), asOf, unmarked)
  }

  package init(document: String, asOf: String = usualDay, at unmarked: [ExpectedPosition] = []) {
    self.init(.document(document), asOf, unmarked)
  }

  package init(list: String, asOf: String = usualDay, at unmarked: [ExpectedPosition] = []) {
    self.init(.list(list), asOf, unmarked)
  }

  package init(word: String, asOf: String = usualDay, at unmarked: [ExpectedPosition] = []) {
    self.init(.word(word), asOf, unmarked)
  }

  private init(_ content: Content, _ asOf: String, _ unmarked: [ExpectedPosition]) {
    source = .content(content)
    self.asOf = asOf
    self.unmarked = unmarked
  }

  /// With the markers, for the rule book.
  package var markedContent: Content {
    switch source {
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

  /// Without the markers, for the readers.
  package var content: Content { ExampleMarkers.removed(from: markedContent) }

  /// The position of each finding that the rule should report, sorted.
  package var expectedPositions: [ExpectedPosition] {
    (ExampleMarkers.positions(in: markedContent) + unmarked).sorted()
  }

  private static func table(_ kind: TableKind, _ rows: [String]) -> [UInt8] {
    // Cut to the widest row, but never before the last required column.
    let required = (kind.columns.lastIndex { $0.isRequired } ?? 0) + 1
    let width = max(required, rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }.max() ?? 0)
    let columns = kind.columns.prefix(width)
    let lines =
      [columns.map(\.name).joined(separator: ",")]
      + rows.map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false).count
        return row + String(repeating: ",", count: max(0, columns.count - cells))
      }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The catalog of an example that is made of tables; nil for a document or a list, which `Interchange` reads.
  package var catalog: Catalog? {
    guard case .tables(var files) = content else { return nil }
    for kind in [TableKind.notices, .regions, .lists, .departments, .approvals] where files[kind.fileName] == nil {
      files[kind.fileName] = FolderReader.builtInFile(kind.fileName)
    }
    if files["matters.csv"] == nil, files["items.csv"] != nil || files["datapackage.json"] == nil {
      files["matters.csv"] = Example.table(.matters, [])
    }
    if files["items.csv"] == nil { files["items.csv"] = Example.table(.items, []) }
    return FolderReader.read(named: "example", files: files)
  }
}
