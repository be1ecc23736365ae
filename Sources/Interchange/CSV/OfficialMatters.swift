import AtomicFiles
import Catalog
import Localization

/// Adds the matters of a list in the layout of a notice to the builder.
final class OfficialMatters {
  private let context: ListContext
  private let builder: CatalogBuilder
  private let itemReader: OfficialItems
  private let wrapped: WrappedLines
  private var includedIDs: Set<String> = []
  private var seenIDs: Set<String> = []
  private var previous: OfficialDraft?
  private let matterCells: RowCells
  private let itemCells: RowCells

  init(_ context: ListContext, _ names: OfficialNames) {
    self.context = context
    builder = context.builder
    matterCells = RowCells(builder.schema.columns(.matters).count)
    itemCells = RowCells(builder.schema.columns(.items).count)
    itemReader = OfficialItems(base: context.base, names: names)
    wrapped = WrappedLines(names: names)
  }

  /// Adds the matters in order, and the matters of the base that they include.
  /// - Parameter heading: the last header of the table.
  func add(_ drafts: [OfficialDraft], under heading: ListHeading?) {
    builder.prepareLists()
    for draft in drafts {
      let id = builder.matterID(of: draft)
      seenIDs.insert(id)
      add(draft, id: id, heading)
      previous = draft
    }
    context.copyIncluded(includedIDs, except: seenIDs)
  }

  /// An item of the matter being added.
  private struct NewItem {
    var number: String
    var name: String
    var responsible: String
    var isShared: Bool
    var row: OfficialDraft.Row
  }

  private func add(_ draft: OfficialDraft, id: String, _ heading: ListHeading?) {
    let counterpart = context.counterpart(id: id, name: draft.name)
    var draft = draft
    if context.options.document != nil {
      let known = counterpart.map { Set(context.base.items(of: $0).map { context.base.text($0.name) }) } ?? []
      wrapped.resolve(&draft.rows, known: known) { column, row, zh, en in
        let position = SourcePosition.cell(source: row.source, table: .items, column: column.rawValue, row: row.start)
        context.doubt(position, zh, en)
      }
    }
    func report(_ zh: String, _ en: String, row: Int?) {
      context.unclear(draft.source, row ?? draft.start, subject: id, LocalizedText(zh: zh, en: en))
    }
    let above = previous.flatMap { $0.list == draft.list ? $0 : nil }
    func value(_ column: ListHeading.Column, _ own: String, _ known: TextID?, _ above: String?) -> String? {
      heading?[column] ?? -1 < 0 ? nil : mergedValue(own, column, known, above, report)
    }
    let lead = value(.lead, draft.lead, counterpart?.lead, above?.lead)
    var deadline = value(.deadline, draft.deadline, counterpart?.deadline, above?.deadline)
    if let heading, heading[.deadline] < 0, counterpart == nil, builder.lists[draft.list].deadlineHeading.isEmpty {
      // The list has no deadlines, as the national one.
      deadline = ""
    }

    let hasSameItems = counterpart.map { isPrinted(draft.rows, $0) } ?? false
    if !hasSameItems || !(counterpart.map { hasSameTexts(draft, $0) } ?? false) {
      for row in draft.misalignedRows { context.unclear(draft.source, row.start, subject: id, row.message) }
    }
    let items: [NewItem]
    let placeholder: String
    if hasSameItems, let counterpart {
      items = self.items(of: counterpart, at: draft.rows)
      placeholder = context.base.text(counterpart.placeholder)
    } else {
      let read = itemReader.items(of: draft, counterpart, report)
      items = numbered(read, counterpart)
      placeholder = read.placeholder
    }
    let hasRemark = heading.map { $0[.remark] >= 0 } ?? true
    addMatter(
      draft, id: id, lead: lead, deadline: deadline, remark: hasRemark ? draft.remark : nil, placeholder: placeholder,
      counterpart)
    for item in items { addItem(item, of: id) }
  }

  /// The lead or deadline of a matter; nil if it is uncertain. A blank cell may be merged with the matter above or left out;
  /// unless the base has it blank, it is reported.
  private func mergedValue(
    _ own: String, _ column: ListHeading.Column, _ known: TextID?, _ above: String?,
    _ report: (String, String, Int?) -> Void
  ) -> String? {
    guard own.trimmingBlanks.isEmpty else { return own }
    if let known, context.base.text(known) == own { return own }
    guard let above, !above.trimmingBlanks.isEmpty else { return own }
    let title = ListHeading.expected[column.rawValue]
    report(
      "\(title)是空的；如与上面的“\(above)”合并，请在每个事项里写出",
      "\(title) is blank; if it is merged with “\(above)” above, enter it for each matter", nil)
    return nil
  }

  /// Whether the matter's own cells are those of a matter of the base.
  private func hasSameTexts(_ draft: OfficialDraft, _ matter: Matter) -> Bool {
    let base = context.base
    return (draft.type.isEmpty || context.audiences.index(of: draft.type) != nil)
      && base.text(matter.name) == draft.name
      && base.text(matter.lead) == draft.lead && base.text(matter.deadline) == draft.deadline
  }

  /// The items of a matter of the base that is printed in exactly these rows.
  private func items(of matter: Matter, at rows: [OfficialDraft.Row]) -> [NewItem] {
    let base = context.base
    return zip(base.items(of: matter), rows).map { item, row in
      NewItem(
        number: item.number.map(String.init) ?? "", name: base.text(item.name),
        responsible: base.text(item.responsible), isShared: item.isShared, row: row)
    }
  }

  /// The items read, numbered from 1. An item is shared if the corresponding item of the base is: the one with the same name,
  /// else, if there are as many items, the one with the same number.
  private func numbered(_ read: OfficialItems.Result, _ counterpart: Matter?) -> [NewItem] {
    let base = context.base
    let hasSameCount = counterpart.map { $0.items.count == read.items.count } ?? false
    // In reverse order, so that the first of several equal items is the first that `popLast` returns.
    let own = counterpart.map { Array(base.items(of: $0).reversed()) } ?? []
    var byName = Dictionary(grouping: own) { base.text($0.name) }
    var byNumber = Dictionary(grouping: own) { $0.number }
    var taken: Set<Int> = []
    func takeFree(_ items: inout [Item]?) -> Item? {
      while let item = items?.popLast() { if taken.insert(item.index).inserted { return item } }
      return nil
    }
    return read.items.enumerated().map { index, item in
      let match = takeFree(&byName[item.name]) ?? (hasSameCount ? takeFree(&byNumber[index + 1]) : nil)
      return NewItem(
        number: String(index + 1), name: item.name, responsible: item.responsible, isShared: match?.isShared ?? false,
        row: item.row)
    }
  }

  // MARK: Rows

  private func addMatter(
    _ draft: OfficialDraft, id: String, lead: String?, deadline: String?, remark: String?, placeholder: String,
    _ counterpart: Matter?
  ) {
    matterCells.clear()
    matterCells.put(id)
    matterCells.put(builder.lists[draft.list].id)
    matterCells.put(draft.number.map(String.init) ?? draft.numberText)
    matterCells.put(draft.audience)
    matterCells.put(trusted(draft.name))
    matterCells.put(trusted(lead))
    matterCells.put(trusted(deadline))
    matterCells.put(trusted(remark))
    if let counterpart, !counterpart.includesID.isEmpty {
      let included = context.base.text(counterpart.includesID)
      matterCells.put(included)
      if counterpart.includes != nil { includedIDs.insert(included) }
    } else {
      matterCells.put("")
    }
    matterCells.put(trusted(placeholder))
    for (column, text) in draft.further.enumerated() {
      // A blank cell of a matter that the base has is not known to be merged with the one above.
      let merged = draft.merged[column]
      matterCells.put(trusted(merged == nil ? text : counterpart == nil ? merged : nil))
    }
    matterCells.putUnknownToEnd()
    builder.matterRows.add(matterCells.raw, stable: false, source: draft.source, row: draft.start)
  }

  private func addItem(_ item: NewItem, of matterID: String) {
    itemCells.clear()
    itemCells.put(matterID)
    itemCells.put(item.number)
    itemCells.put(trusted(item.name))
    itemCells.put(trusted(item.responsible))
    itemCells.put(item.isShared ? "yes" : "")
    itemCells.putUnknownToEnd()
    builder.itemRows.add(itemCells.raw, stable: false, source: item.row.source, row: item.row.start)
  }

  /// The text of a cell; nil, for unknown, if it contains a NUL.
  private func trusted(_ text: String?) -> String? {
    context.hasNUL && text?.utf8.contains(0) == true ? nil : text
  }

  /// Whether these rows print exactly the items of a matter of the base.
  private func isPrinted(_ rows: [OfficialDraft.Row], _ matter: Matter) -> Bool {
    let base = context.base
    let items = base.items(of: matter)
    if items.isEmpty {
      guard rows.count == 1, let only = rows.first else { return false }
      let beside = matter.placeholder.isEmpty ? "/" : base.text(matter.placeholder)
      return only.item == "/" && only.responsible.isExactly(beside)
    }
    return rows.count == items.count
      && zip(rows, items).allSatisfy {
        $0.item.isExactly(base.text($1.name)) && $0.responsible.isExactly(base.text($1.responsible))
      }
  }
}

extension CatalogBuilder {
  /// The id of a matter from its list and number, or from the printed text if that is not a number.
  func matterID(of draft: OfficialDraft) -> String {
    let prefix = lists.indices.contains(draft.list) ? lists[draft.list].prefix : ""
    guard let number = draft.number else { return prefix + "-" + draft.numberText.trimmingBlanks }
    return Interchange.matterID(prefix: prefix, number: number)
  }
}
