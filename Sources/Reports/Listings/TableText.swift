import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// A single table of a catalog as text that compares well line by line: a heading for each row, and beneath it a line for
/// each cell that is not empty. Every line names its row, so that it is understood alone. The lines of an item name it by
/// its matter and its name, not by its number: an insertion changes no other line.
package enum TableText {
  /// Writes a table; anything else as it is.
  /// - Parameter file: its path, which decides between tables with one header.
  package static func write(_ bytes: Bytes, file: String, language: Language, to writer: ByteWriter) throws {
    let csv = CSVTable(file: file, bytes: bytes)
    let name = file.split(separator: "/").last.map(String.init)
    guard ForeignForm(bytes.buffer) == nil, let kind = TableKind(header: csv.header, fileName: name) else {
      return try writer.append(bytes.buffer)
    }
    try Table(csv, kind, language).write(to: writer)
  }

  private struct Table {
    private let csv: CSVTable
    private let kind: TableKind
    private let titles: [String]
    /// The names of the columns, by which rows are named.
    private let names: [String]
    private let separator: String

    init(_ csv: CSVTable, _ kind: TableKind, _ language: Language) {
      self.csv = csv
      self.kind = kind
      let columns = kind.columns
      let found = csv.header.map { title in columns.first { $0.name == title || $0.title == title } }
      names = zip(csv.header, found).map { $1?.name ?? $0 }
      titles = zip(csv.header, found).map { title, column in
        guard let column else { return VisibleText.line(title) }
        return language == .chinese ? column.title : column.name
      }
      separator = language == .chinese ? "：" : ": "
    }

    func write(to writer: ByteWriter) throws {
      var reader = csv.rows()
      while reader.next() {
        if CSVTable.conflictMarker(at: reader.rowStart, in: csv.bytes) != nil {
          let marker = csv.bytes.text(reader.rowStart..<(reader.cells.last?.end ?? reader.rowStart))
          try writer.append(VisibleText.line(marker) + "\n")
          continue
        }
        let cells = reader.cells.map { VisibleText.line(csv.string($0)) }
        if cells.allSatisfy(\.isEmpty) { continue }
        try write(cells, to: writer)
      }
    }

    private func write(_ cells: [String], to writer: ByteWriter) throws {
      func text(_ name: String) -> String {
        names.firstIndex(of: name).map { $0 < cells.count ? cells[$0] : "" } ?? ""
      }
      let id: String
      let heading: String
      // What the heading says has no line of its own.
      var shown: Set<String>
      switch kind {
      case .items:
        id = text("matter") + " " + text("name")
        heading = id
        shown = ["matter", "number", "name"]
      case .waivers:
        id = text("rule") + " " + text("subject")
        heading = id
        shown = ["rule", "subject"]
      case .progress:
        id = text("matter")
        heading = id
        shown = ["matter"]
      default:
        id = text("id")
        let name = kind == .departments ? "short" : "name"
        heading = [id, text(name)].filter { !$0.isEmpty }.joined(separator: "  ")
        shown = ["id", name]
      }
      try writer.append(heading + "\n")
      for (index, cell) in cells.enumerated() where !cell.isEmpty {
        let title = index < titles.count ? titles[index] : String(index + 1)
        if index < names.count, shown.remove(names[index]) != nil { continue }
        try writer.append("  \(id) \(title)\(separator)\(cell)\n")
      }
    }
  }
}
