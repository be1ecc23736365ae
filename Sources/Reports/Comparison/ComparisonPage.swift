import AtomicFiles
import Catalog
import Interchange
import Localization

/// A comparison as one HTML page: the counts, the matters with their fields and items, runs of one change folded, and the
/// other tables.
package enum ComparisonPage {
  package static func write(_ comparison: CatalogComparison, language: Language, to writer: ByteWriter) throws {
    try Page(comparison: comparison, frame: PageFrame(to: writer, language: language)).write()
  }

  private struct Page {
    let comparison: CatalogComparison
    let frame: PageFrame

    private var html: HTMLWriter { frame.html }
    private var language: Language { html.language }
    private func localized(_ zh: String, _ en: String) -> String { frame.localized(zh, en) }

    func write() throws {
      try frame.write(
        title: localized("目录的两个版本", "Two editions of a catalog"),
        subtitle: "\(comparison.oldName) → \(comparison.newName)"
      ) {
        try frame.verdict(
          comparison.isEmpty ? localized("没有差别", "No differences") : localized("有差别", "They differ"),
          comparison.isEmpty ? .good : .plain,
          [ComparisonWords.summary(comparison)[language]]
            + (comparison.areUnrelated ? [ComparisonWords.unrelated[language]] : []))
        let counts = comparison.counts(.matters)
        try frame.counts([
          (localized("新增", "added"), counts.added), (localized("修改", "changed"), counts.changed),
          (localized("撤回", "withdrawn"), counts.withdrawn), (localized("删除", "removed"), counts.removed),
          (localized("未变", "unchanged"), counts.unchanged),
        ])
        try writeMatters()
        for kind in TableKind.small {
          guard let rows = comparison.rows[kind] else { continue }
          try frame.section(kind.title[language], id: kind.name) {
            try html.block("ul", ["class": "entries"]) {
              for row in rows where !row.fields.isEmpty {
                try entry(row.change, id: row.id, name: "", fields: row.fields)
              }
              for change in [CatalogComparison.Change.added, .changed, .withdrawn, .removed] {
                try write(rows.filter { $0.change == change && $0.fields.isEmpty }.map(\.id), change)
              }
            }
            try omitted(comparison.counts(kind).differing - rows.count)
          }
        }
      }
    }

    private func writeMatters() throws {
      guard !comparison.matters.isEmpty else { return }
      try frame.section(TableKind.matters.title[language], id: "matters") {
        try html.block("ul", ["class": "entries"]) {
          for entry in ComparisonRuns(comparison.matters).entries {
            switch entry {
            case .matter(let matter):
              try self.entry(
                matter.change, id: matter.id, name: matter.name, fields: matter.fields, items: matter.items)
            case .run(let field, let matters): try write(field, of: matters)
            }
          }
        }
        try omitted(comparison.counts(.matters).differing - comparison.matters.count)
      }
    }

    /// Matters with one and the same change.
    private func write(
      _ field: CatalogComparison.FieldChange, of matters: [CatalogComparison.MatterChange]
    ) throws {
      try html.block("li", ["class": "entry"]) {
        try html.row("p", ["class": "where"]) {
          try tag(.changed)
          try html.text(" ")
          try html.inline("b", localized("\(matters.count) 件事", "\(matters.count) matters"))
        }
        try html.row("p") { try write(field) }
        let ids = ComparisonRuns.ids(matters, separator: localized("、", ", "))
        try html.block("p", ["class": "soft"], ids)
      }
    }

    /// Rows of which nothing more is to be said.
    private func write(_ ids: [String], _ change: CatalogComparison.Change) throws {
      guard !ids.isEmpty else { return }
      try html.block("li", ["class": "entry"]) {
        try html.row("p", ["class": "where"]) {
          try tag(change)
          try html.text(" ")
          try html.inline("b", localized("\(ids.count) 行", FindingsSummary.counted(ids.count, "row")))
        }
        try html.row("p") { try html.data(ids.joined(separator: localized("、", ", "))) }
      }
    }

    private func entry(
      _ change: CatalogComparison.Change, id: String, name: String, fields: [CatalogComparison.FieldChange],
      items: [CatalogComparison.ItemChange] = []
    ) throws {
      try html.block("li", ["class": "entry"]) {
        try html.row("p", ["class": "where"]) {
          try tag(change)
          try html.text(" ")
          try html.inline("b", id)
          if !name.isEmpty {
            try html.text(" ")
            try html.data(name)
          }
        }
        if !fields.isEmpty {
          try html.block("ul") {
            for field in fields { try html.row("li") { try write(field) } }
          }
        }
        guard !items.isEmpty else { return }
        try html.block("ul") { for item in items { try write(item) } }
      }
    }

    private func write(_ item: CatalogComparison.ItemChange) throws {
      try html.block("li") {
        try tag(item.change)
        try html.text(" \(item.id) ")
        try html.data(item.name)
        guard !item.fields.isEmpty else { return }
        try html.block("ul") {
          for field in item.fields { try html.row("li") { try write(field) } }
        }
      }
    }

    private func write(_ field: CatalogComparison.FieldChange) throws {
      try html.text(localized(field.column.title, field.column.name))
      try html.text(ComparisonWords.kind(field.kind)[language] + localized("：", ": "))
      try html.inline("del") { try value(field.before) }
      try html.text(" → ")
      try html.inline("ins") { try value(field.after) }
    }

    private func value(_ text: String) throws {
      if text.isEmpty { try html.text(localized("（空）", "(empty)")) } else { try html.data(FindingEntry.cut(text)) }
    }

    private func tag(_ change: CatalogComparison.Change) throws {
      let (name, word): (String, LocalizedText) =
        switch change {
        case .added: ("tag done", LocalizedText(zh: "新增", en: "added"))
        case .changed: ("tag note", LocalizedText(zh: "修改", en: "changed"))
        case .withdrawn: ("tag late", LocalizedText(zh: "撤回", en: "withdrawn"))
        case .removed: ("tag late", LocalizedText(zh: "删除", en: "removed"))
        }
      try html.inline("span", ["class": name], word[language])
    }

    private func omitted(_ count: Int) throws {
      if count > 0 { try html.block("p", ["class": "omitted"], ComparisonWords.omitted(count)[language]) }
    }
  }
}
