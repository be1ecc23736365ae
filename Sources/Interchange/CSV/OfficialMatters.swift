import AtomicFiles
import Catalog
import Localization

/// Matters of a list in the layout of a notice, brought into the catalog that is built.
final class OfficialMatters {
  private let context: ListContext
  private let builder: CatalogBuilder
  private let items: OfficialItems
  private var included: Set<String> = []
  private var seen: Set<String> = []
  private var previous: OfficialDraft?
  private let matterCells: RowCells
  private let itemCells: RowCells

  init(_ context: ListContext, _ names: OfficialNames) {
    self.context = context
    builder = context.builder
    matterCells = RowCells(builder.schema.columns(.matters).count)
    itemCells = RowCells(builder.schema.columns(.items).count)
    items = OfficialItems(base: context.base, names: names)
  }

  /// Each of them in its turn, and the matters of the base that they include.
  /// - Parameter heading: the last header of the table.
  func add(_ drafts: [OfficialDraft], under heading: ListHeading?) {
    builder.prepareLists()
    for draft in drafts {
      let id = builder.matterID(of: draft)
      seen.insert(id)
      emit(draft, id: id, heading)
      previous = draft
    }
    context.bringAlong(included, having: seen)
  }

  private func emit(_ draft: OfficialDraft, id: String, _ heading: ListHeading?) {
    let base = context.base
    let counterpart = context.counterpart(id: id, name: draft.name)
    func report(_ zh: String, _ en: String, row: Int? = nil) {
      context.unclear(draft.source, row ?? draft.start, subject: id, LocalizedText(zh: zh, en: en))
    }

    // A blank lead or deadline may be merged with the matter above, or left out: nobody can say.
    func shared(_ own: String, _ column: ListHeading.Column, _ known: TextID?, _ above: String?) -> String? {
      if heading?[column] ?? -1 < 0 { return nil }
      guard own.trimmingBlanks.isEmpty else { return own }
      if let known, base.text(known) == own { return own }
      guard let above, !above.trimmingBlanks.isEmpty else { return own }
      let title = ListHeading.expected[column.rawValue]
      report(
        "\(title)是空的；如与上面的“\(above)”合并，请在每个事项里写出",
        "\(title) is blank; if it is merged with “\(above)” above, write it out for each matter")
      return nil
    }
    let above = previous.flatMap { $0.list == draft.list ? $0 : nil }
    let lead = shared(draft.lead, .lead, counterpart?.lead, above?.lead)
    let deadline = shared(draft.deadline, .deadline, counterpart?.deadline, above?.deadline)

    let pairs = draft.rows.map { ($0.item, $0.responsible) }
    let isAsBefore = counterpart.map { isPrinted(pairs, $0) } ?? false
    let isKnown =
      isAsBefore && (draft.type.isEmpty || Audience(draft.type) != nil)
      && (counterpart.map {
        base.text($0.name) == draft.name && base.text($0.lead) == draft.lead && base.text($0.deadline) == draft.deadline
      } ?? false)
    if !isKnown {
      for slip in draft.slips { context.unclear(draft.source, slip.start, subject: id, slip.message) }
    }
    var items: [(number: String, name: String, responsible: String, shared: Bool, row: OfficialDraft.Row)] = []
    var placeholder: String? = ""
    if isAsBefore, let counterpart {
      for (item, row) in zip(base.items(of: counterpart), draft.rows) {
        items.append(
          (
            item.number.map(String.init) ?? "", base.text(item.name), base.text(item.responsible), item.isShared, row
          ))
      }
      placeholder = base.text(counterpart.placeholder)
    } else {
      let expanded = self.items.expand(draft, counterpart, report)
      placeholder = expanded.placeholder
      let isSameCount = counterpart.map { $0.items.count == expanded.items.count } ?? false
      var taken: Set<Int> = []
      // Of equals the first comes last, to be taken off the end.
      let own = counterpart.map { Array(base.items(of: $0).reversed()) } ?? []
      var named = Dictionary(grouping: own) { base.text($0.name) }
      var numbered = Dictionary(grouping: own) { $0.number }
      for (index, item) in expanded.items.enumerated() {
        var isShared = false
        if counterpart != nil {
          // An item is the one of the same name, else the one at the same position of a matter with as many.
          func free(_ items: inout [Item]?) -> Item? {
            while let item = items?.popLast() { if !taken.contains(item.index) { return item } }
            return nil
          }
          let match = free(&named[item.name]) ?? (isSameCount ? free(&numbered[index + 1]) : nil)
          if let match {
            taken.insert(match.index)
            isShared = match.isShared
          }
        }
        items.append((String(index + 1), item.name, item.responsible, isShared, item.row))
      }
    }

    matterCells.clear()
    matterCells.put(id)
    matterCells.put(builder.lists[draft.list].id)
    matterCells.put(draft.number.map(String.init) ?? draft.numberText)
    matterCells.put(draft.audience)
    matterCells.put(trusted(draft.name))
    matterCells.put(trusted(lead))
    matterCells.put(trusted(deadline))
    if let heading, heading[.remark] < 0 {
      matterCells.put(nil)
    } else {
      matterCells.put(trusted(draft.remark))
    }
    if let counterpart, !counterpart.includesID.isEmpty {
      let other = base.text(counterpart.includesID)
      matterCells.put(other)
      if counterpart.includes != nil { included.insert(other) }
    } else {
      matterCells.put("")
    }
    matterCells.put(trusted(placeholder))
    matterCells.putUnknownToEnd()
    builder.matterRows.add(matterCells.raw, stable: false, source: draft.source, row: draft.start)

    for item in items {
      itemCells.clear()
      itemCells.put(id)
      itemCells.put(item.number)
      itemCells.put(trusted(item.name))
      itemCells.put(trusted(item.responsible))
      itemCells.put(item.shared ? "yes" : "")
      itemCells.putUnknownToEnd()
      builder.itemRows.add(itemCells.raw, stable: false, source: item.row.source, row: item.row.start)
    }
  }

  /// A cell with a NUL in it is unknown.
  private func trusted(_ text: String?) -> String? {
    context.hasNUL && text?.utf8.contains(0) == true ? nil : text
  }

  /// Whether a matter of the base is printed in exactly these rows.
  private func isPrinted(_ pairs: [(String, String)], _ matter: Matter) -> Bool {
    let base = context.base
    let items = base.items(of: matter)
    if items.isEmpty {
      guard pairs.count == 1, let only = pairs.first else { return false }
      let beside = matter.placeholder.isEmpty ? "/" : base.text(matter.placeholder)
      return only.0 == "/" && only.1.isExactly(beside)
    }
    return pairs.count == items.count
      && zip(pairs, items).allSatisfy {
        $0.0.isExactly(base.text($1.name)) && $0.1.isExactly(base.text($1.responsible))
      }
  }
}

extension CatalogBuilder {
  /// The id that a matter gets from its list and number; without a number, from what is printed for one.
  func matterID(of draft: OfficialDraft) -> String {
    let prefix = lists.indices.contains(draft.list) ? lists[draft.list].prefix : ""
    guard let number = draft.number else { return prefix + "-" + draft.numberText.trimmingBlanks }
    return Interchange.matterID(prefix: prefix, number: number)
  }
}
