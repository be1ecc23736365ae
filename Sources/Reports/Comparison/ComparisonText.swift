import AtomicFiles
import Catalog
import Interchange
import Localization

/// A comparison as text for people: matters with their fields and items, runs of one change folded, then the registers,
/// then the counts.
package enum ComparisonText {
  package static func write(
    _ comparison: CatalogComparison, language: Language, style: TextStyle = TextStyle(), to writer: ByteWriter
  ) throws {
    let page = Page(printer: TextPrinter(to: writer, language: language, style: style))
    if comparison.areUnrelated { try page.warn(ComparisonWords.unrelated) }
    try page.write(comparison)
  }

  private struct Page {
    let printer: TextPrinter
    private var language: Language { printer.language }

    init(printer: TextPrinter) { self.printer = printer }

    func warn(_ text: LocalizedText) throws {
      try printer.line(StyledText(text[language], .yellow))
      try printer.line()
    }

    func write(_ comparison: CatalogComparison) throws {
      if !comparison.matters.isEmpty {
        try heading(.matters)
        for entry in ComparisonRuns(comparison.matters).entries { try write(entry) }
        try omitted(comparison.counts(.matters).differing - comparison.matters.count)
        try printer.line()
      }
      for kind in TableKind.small {
        guard let rows = comparison.rows[kind] else { continue }
        try heading(kind)
        for row in rows { try write(row) }
        try omitted(comparison.counts(kind).differing - rows.count)
        try printer.line()
      }
      try printer.line(ComparisonWords.summary(comparison)[language])
    }

    private func heading(_ kind: TableKind) throws { try printer.line(.bold(kind.title[language])) }

    private func omitted(_ count: Int) throws {
      if count > 0 { try printer.line("  " + ComparisonWords.omitted(count)[language]) }
    }

    private func write(_ entry: ComparisonRuns.Entry) throws {
      switch entry {
      case .run(let field, let matters):
        let ids = ComparisonRuns.ids(matters, separator: language == .chinese ? "、" : ", ")
        try printer.line(
          "  " + ComparisonWords.run(field, count: matters.count)[language] + printer.localized("：", ": ") + ids)
      case .matter(let matter):
        try printer.line(line("  ", matter.change, "\(matter.id)  \(matter.name)"))
        for field in matter.fields { try printer.line("      " + ComparisonWords.field(field)[language]) }
        for item in matter.items {
          try printer.line(line("    ", item.change, "\(item.id)  \(item.name)"))
          for field in item.fields { try printer.line("        " + ComparisonWords.field(field)[language]) }
        }
      }
    }

    private func write(_ row: CatalogComparison.RowChange) throws {
      try printer.line(line("  ", row.change, row.id))
      for field in row.fields { try printer.line("      " + ComparisonWords.field(field)[language]) }
    }

    /// A line with the mark of its change.
    private func line(_ indentation: String, _ change: CatalogComparison.Change, _ text: String) -> StyledText {
      let paint: TextStyle.Paint =
        switch change {
        case .added: .green
        case .removed, .withdrawn: .red
        case .changed: .yellow
        }
      return StyledText(indentation) + StyledText(ComparisonWords.mark(change), paint)
        + StyledText(" " + text + ComparisonWords.note(change)[language])
    }
  }
}
