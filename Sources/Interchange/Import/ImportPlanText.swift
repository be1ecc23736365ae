import Catalog
import Localization

extension ImportPlan {
  /// The plan as lines of text: changes of register rows, unknown names, changes by matter, totals. Unchanged matters are
  /// only counted.
  package var lines: [LocalizedText] {
    // The names that a new row is registered for.
    let registered = Dictionary(grouping: unknownNames.filter { $0.newID != nil }) { [$0.table.name, $0.newID ?? ""] }
    return registers.flatMap { change in
      lines(change, for: change.isNew ? registered[[change.table.name, change.id]] ?? [] : [])
    } + keptRows.map(line) + unknownNames.filter { $0.newID == nil }.map(line) + entries.flatMap(lines)
      + proposals.map { LocalizedText(zh: "建议 \($0.zh)", en: "proposed: \($0.en)") } + [total]
  }

  /// Why something is removed. A delta names what it removes.
  private var removalReason: LocalizedText {
    isDelta ? LocalizedText(zh: "增量删除它", en: "the delta removes it") : LocalizedText(zh: "文件中没有", en: "not in the file")
  }

  /// - Parameter names: the names that a new row is registered for.
  private func lines(_ change: RegisterChange, for names: [UnknownName]) -> [LocalizedText] {
    let table = ImportPlan.title(change.table)
    if change.isRemoved {
      let name = change.cells.first { $0.before != change.id }.map { " \(shown($0.before))" } ?? ""
      return [
        LocalizedText(
          zh: "登记 删除\(table.zh) \(change.id)\(name)（\(removalReason.zh)）",
          en: "removed row in \(table.en): \(change.id)\(name) (\(removalReason.en))")
      ]
    }
    guard change.isNew else {
      let heading = LocalizedText(
        zh: "登记 修改\(table.zh) \(change.id)", en: "changed row in \(table.en): \(change.id)")
      return [heading]
        + change.cells.map { cell in
          let text = "\(shown(cell.before)) → \(shown(cell.after))"
          return LocalizedText(zh: "    \(cell.column)：\(text)", en: "    \(cell.column): \(text)")
        }
    }
    let heading = LocalizedText(
      zh: "登记 新增\(table.zh) \(change.id)\(names.isEmpty ? "" : "，请补全其余各栏")",
      en: "new row in \(table.en): \(change.id)\(names.isEmpty ? "" : ", to be completed")")
    return [heading]
      + change.cells.map { cell in
        let origin = names.first { $0.name == cell.after }.map(ImportPlan.origin)
        return LocalizedText(
          zh: "    \(cell.column)：\(shown(cell.after))\(origin?.zh ?? "")",
          en: "    \(cell.column): \(shown(cell.after))\(origin?.en ?? "")")
      }
  }

  private func line(_ row: KeptRow) -> LocalizedText {
    let table = ImportPlan.title(row.table)
    let name = row.name.isEmpty ? "" : " " + shown(row.name)
    return LocalizedText(
      zh: "登记 保留\(table.zh) \(row.id)\(name)（文件中没有）",
      en: "kept row in \(table.en): \(row.id)\(name) (not in the file)")
  }

  private func line(_ unknown: UnknownName) -> LocalizedText {
    let table = ImportPlan.title(unknown.table)
    let origin = ImportPlan.origin(unknown)
    return LocalizedText(
      zh: "未登记 \(table.zh)“\(unknown.name)”\(origin.zh)",
      en: "not registered in \(table.en): “\(unknown.name)”\(origin.en)")
  }

  private func lines(_ entry: Entry) -> [LocalizedText] {
    let subject = "\(entry.id) \(shown(entry.name))"
    let heading: LocalizedText
    switch entry.status {
    case .unchanged: return []
    case .added:
      heading = LocalizedText(
        zh: "新增 \(subject)（\(entry.items)项）",
        en: "added    \(subject) (\(entry.items) item\(entry.items == 1 ? "" : "s"))")
    case .changed: heading = LocalizedText(zh: "修改 \(subject)", en: "changed  \(subject)")
    case .kept: heading = LocalizedText(zh: "保留 \(subject)（文件中没有）", en: "kept     \(subject) (not in the file)")
    case .removed:
      heading = LocalizedText(
        zh: "删除 \(subject)（\(removalReason.zh)）", en: "removed  \(subject) (\(removalReason.en))")
    }
    return [heading] + entry.changes.map { text($0, of: entry.id) }
  }

  /// The last line: how many matters change; and how many rows of registers and other small tables, if any does.
  private var total: LocalizedText {
    let rows = registerTotal
    // A file that has no matters to change still changes something.
    let subject = rows == nil ? LocalizedText(zh: "", en: "") : LocalizedText(zh: "事项", en: "matters ")
    let kept =
      isDelta
      ? LocalizedText(zh: "", en: "")
      : LocalizedText(zh: "文件中没有而保留 \(count(.kept))，", en: "\(count(.kept)) not in the file and kept, ")
    return LocalizedText(
      zh: "合计：\(subject.zh)新增 \(count(.added))，修改 \(count(.changed))，不变 \(count(.unchanged))，"
        + "\(kept.zh)删除 \(count(.removed))" + (rows.map { "；其他表\($0.zh)" } ?? ""),
      en: "in all: \(subject.en)\(count(.added)) added, \(count(.changed)) changed, \(count(.unchanged)) unchanged, "
        + "\(kept.en)\(count(.removed)) removed" + (rows.map { "; rows of other tables \($0.en)" } ?? ""))
  }

  /// How many rows of registers and other small tables are added, changed and removed; nil if none is.
  private var registerTotal: LocalizedText? {
    let added = registers.count(where: \.isNew)
    let removed = registers.count(where: \.isRemoved)
    let changed = registers.count { !$0.isNew && !$0.isRemoved }
    let counts = [(added, "新增", "added"), (changed, "修改", "changed"), (removed, "删除", "removed")].filter { $0.0 > 0 }
    guard !counts.isEmpty else { return nil }
    return LocalizedText(
      zh: counts.map { "\($0.1) \($0.0) 行" }.joined(separator: "，"),
      en: counts.map { "\($0.0) \($0.2)" }.joined(separator: ", "))
  }

  /// The lines as one text, each with a line break.
  package func text(in language: Language) -> String {
    lines.map { $0[language] + "\n" }.joined()
  }

  private func text(_ change: Change, of id: String) -> LocalizedText {
    let before = shown(change.before ?? "")
    let after = shown(change.after ?? "")
    switch change.subject {
    case .field(let column):
      return LocalizedText(
        zh: "    \(column.title)：\(before) → \(after)", en: "    \(column.name): \(before) → \(after)")
    case .item(let number, let column?):
      return LocalizedText(
        zh: "    \(id).\(number) \(column.title)：\(before) → \(after)",
        en: "    \(id).\(number) \(column.name): \(before) → \(after)")
    case .item(let number, nil):
      if change.before == nil {
        return LocalizedText(zh: "    \(id).\(number) 新增：\(after)", en: "    \(id).\(number) added: \(after)")
      }
      return LocalizedText(zh: "    \(id).\(number) 删除：\(before)", en: "    \(id).\(number) removed: \(before)")
    }
  }

  /// A text on one line; an empty text as a dash.
  private func shown(_ text: String) -> String {
    if text.isEmpty { return "—" }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r": out.append("⏎")
      // Control characters would move the cursor or change the direction of text on a terminal.
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): out.append("\u{FFFD}")
      case "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": out.append("\u{FFFD}")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Where an unregistered name is, and the registered one that is nearest to it.
  private static func origin(_ unknown: UnknownName) -> LocalizedText {
    LocalizedText(
      zh: "（\(unknown.matter)\(unknown.nearest.map { "；最接近的是“\($0)”" } ?? "")）",
      en: " (\(unknown.matter)\(unknown.nearest.map { "; the nearest is “\($0)”" } ?? ""))")
  }

  private static func title(_ table: TableKind) -> LocalizedText {
    switch table {
    case .departments: LocalizedText(zh: "部门", en: "departments")
    case .approvals: LocalizedText(zh: "单项事项", en: "approvals")
    case .lists: LocalizedText(zh: "清单", en: "lists")
    case .notices: LocalizedText(zh: "文件", en: "notices")
    case .regions: LocalizedText(zh: "地区", en: "regions")
    case .audiences: LocalizedText(zh: "服务对象", en: "audiences")
    case .targets: LocalizedText(zh: "目标", en: "targets")
    case .progress: LocalizedText(zh: "进展", en: "progress")
    case .waivers: LocalizedText(zh: "豁免", en: "waivers")
    case .matters: LocalizedText(zh: "事项", en: "matters")
    case .items: LocalizedText(zh: "关联事项", en: "items")
    }
  }
}
