import Catalog
import Interchange
import Localization

/// The words of a comparison, shared by its formats.
enum ComparisonWords {
  static let unrelated = LocalizedText(
    zh: "注意：两个版本有一半以上的事项编号互相对不上，很可能不是同一份目录的两个版本。",
    en:
      "Note: more than half of the matters of one edition are not in the other; these are hardly two editions of one catalog."
  )

  static func mark(_ change: CatalogComparison.Change) -> String {
    switch change {
    case .added: "+"
    case .changed: "~"
    case .withdrawn: "×"
    case .removed: "-"
    }
  }

  /// What the mark alone does not say.
  static func note(_ change: CatalogComparison.Change) -> LocalizedText {
    switch change {
    case .withdrawn: LocalizedText(zh: "（已撤回）", en: " (withdrawn)")
    case .added: LocalizedText(zh: "（新增）", en: " (added)")
    case .removed: LocalizedText(zh: "（删除）", en: " (removed)")
    case .changed: LocalizedText(zh: "", en: "")
    }
  }

  /// One field of a row.
  static func field(_ field: CatalogComparison.FieldChange) -> LocalizedText {
    let kind = kind(field.kind)
    return LocalizedText(
      zh: "\(field.column.title)\(kind.zh)：\(shown(field.before).zh) → \(shown(field.after).zh)",
      en: "\(field.column.name)\(kind.en): \(shown(field.before).en) → \(shown(field.after).en)")
  }

  /// One change that several matters have.
  static func run(_ field: CatalogComparison.FieldChange, count: Int) -> LocalizedText {
    let kind = kind(field.kind)
    return LocalizedText(
      zh: "~ \(count) 件事的\(field.column.title)\(kind.zh)：\(shown(field.before).zh) → \(shown(field.after).zh)",
      en: "~ \(field.column.name)\(kind.en) of \(count) matters: \(shown(field.before).en) → \(shown(field.after).en)")
  }

  static func kind(_ kind: CatalogComparison.FieldChange.Kind) -> LocalizedText {
    switch kind {
    case .changed: LocalizedText(zh: "", en: "")
    case .respelt: LocalizedText(zh: "（写法不同，含义相同）", en: " (respelt, same meaning)")
    case .moved: LocalizedText(zh: "（换了位置）", en: " (moved)")
    case .renumbered: LocalizedText(zh: "（改了编号）", en: " (renumbered)")
    }
  }

  private static func shown(_ text: String) -> LocalizedText {
    text.isEmpty ? LocalizedText(zh: "（空）", en: "(empty)") : LocalizedText(zh: text, en: text)
  }

  static func omitted(_ count: Int) -> LocalizedText {
    LocalizedText(
      zh: "… 另有 \(count) 处未列出；--max-changes 0 可全部列出",
      en: "… and \(count) more; --max-changes 0 shows all")
  }

  /// The last line: how many matters and register entries differ.
  static func summary(_ comparison: CatalogComparison) -> LocalizedText {
    let matters = comparison.counts(.matters)
    if comparison.isEmpty {
      return LocalizedText(
        zh: "两个版本没有差别：\(matters.unchanged) 件事。",
        en: "No differences: \(matters.unchanged) \(matters.unchanged == 1 ? "matter" : "matters").")
    }
    var zh =
      "事项：新增 \(matters.added)，修改 \(matters.changed)，撤回 \(matters.withdrawn)，删除 \(matters.removed)，未变 \(matters.unchanged)"
    var en =
      "Matters: \(matters.added) added, \(matters.changed) changed, \(matters.withdrawn) withdrawn, \(matters.removed) removed, \(matters.unchanged) unchanged"
    if comparison.respeltMatters > 0 {
      zh += "（修改中 \(comparison.respeltMatters) 件只是写法不同）"
      en += " (\(comparison.respeltMatters) of the changed in spelling alone)"
    }
    let items = comparison.itemCounts
    if items.differing > 0 {
      zh += "；关联事项：新增 \(items.added)，修改 \(items.changed)，删除 \(items.removed)"
      en += "; items: \(items.added) added, \(items.changed) changed, \(items.removed) removed"
    }
    for kind in TableKind.small {
      let count = comparison.counts(kind).differing
      guard count > 0 else { continue }
      zh += "；\(kind.title.zh)：\(count) 行不同"
      en += "; \(kind.name): \(count) \(count == 1 ? "row differs" : "rows differ")"
    }
    return LocalizedText(zh: zh + "。", en: en + ".")
  }
}
