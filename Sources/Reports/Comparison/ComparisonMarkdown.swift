import AtomicFiles
import Catalog
import Interchange
import Localization

/// A comparison as Markdown, for a comment on a pull request: a line with the counts, then a table of what changed.
package enum ComparisonMarkdown {
  package static func write(_ comparison: CatalogComparison, language: Language, to writer: ByteWriter) throws {
    func line(_ text: String) throws { try writer.append(text + "\n") }
    if comparison.areUnrelated { try line("> " + Markdown.text(ComparisonWords.unrelated[language]) + "\n") }
    try line(Markdown.text(ComparisonWords.summary(comparison)[language]))
    if !comparison.matters.isEmpty {
      try line("\n### " + TableKind.matters.title[language] + "\n")
      for entry in ComparisonRuns(comparison.matters).entries {
        switch entry {
        case .run(let field, let matters):
          let ids = ComparisonRuns.ids(matters, separator: language == .chinese ? "、" : ", ")
          try line(
            "- " + Markdown.text(String(ComparisonWords.run(field, count: matters.count)[language].dropFirst(2)))
              + (language == .chinese ? "：" : ": ") + Markdown.text(ids))
        case .matter(let matter):
          try line(
            "- **\(Markdown.text(matter.id))** \(Markdown.text(matter.name))"
              + ComparisonWords.note(matter.change)[language])
          for field in matter.fields { try line("  - " + Markdown.text(ComparisonWords.field(field)[language])) }
          for item in matter.items {
            try line(
              "  - \(Markdown.text(item.id)) \(Markdown.text(item.name))" + ComparisonWords.note(item.change)[language])
            for field in item.fields { try line("    - " + Markdown.text(ComparisonWords.field(field)[language])) }
          }
        }
      }
      try omitted(comparison.counts(.matters).differing - comparison.matters.count)
    }
    for kind in TableKind.small {
      guard let rows = comparison.rows[kind] else { continue }
      try line("\n### " + kind.title[language] + "\n")
      for row in rows {
        try line("- **\(Markdown.text(row.id))**" + ComparisonWords.note(row.change)[language])
        for field in row.fields { try line("  - " + Markdown.text(ComparisonWords.field(field)[language])) }
      }
      try omitted(comparison.counts(kind).differing - rows.count)
    }

    func omitted(_ count: Int) throws {
      if count > 0 { try line("- " + Markdown.text(ComparisonWords.omitted(count)[language])) }
    }
  }
}
