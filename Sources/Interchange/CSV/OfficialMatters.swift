import AtomicFiles
import Catalog
import Localization

/// Adds the matters of a list in the layout of a notice to the builder.
final class OfficialMatters {
  private let context: ListContext
  private let builder: CatalogBuilder
  private let texts: OfficialTexts
  /// The last header of the table, and its cells.
  private let heading: ListHeading?
  private let header: ListHeading.Cells?
  private let itemReader: OfficialItems
  private let wrapped: WrappedLines
  // Unchecked: it is used for every matter, and nothing that is called while it changes reads it.
  @exclusivity(unchecked) private var content: OfficialContent
  private let rows: OfficialRows
  private var includedIDs: Set<String> = []
  private let id = ByteBuffer()
  /// By draft, how many items of earlier drafts have been added; for the rows that count them.
  private var itemCounts: [Int] = []

  /// - Parameter heading: the last header of the table; nil if there were too many.
  init(_ content: OfficialContent, under heading: ListHeading?, _ context: ListContext, _ names: OfficialNames) {
    self.content = content
    self.heading = heading
    header = heading?.cells
    self.context = context
    texts = names.texts
    builder = context.builder
    builder.prepareLists()
    rows = OfficialRows(content, context, texts)
    itemReader = OfficialItems(context, names)
    wrapped = WrappedLines(names: names)
  }

  /// Adds the matters in order, and the matters of the base that they include.
  func add() {
    var itemCount = 0
    for index in content.drafts.indices {
      if !content.totals.isEmpty { itemCounts.append(itemCount) }
      itemCount += add(index)
    }
    rows.finish()
    if !content.totals.isEmpty { itemCounts.append(itemCount) }
    for total in content.totals { total.check(itemCounts, context) }
    if !includedIDs.isEmpty {
      let seen = Set(content.drafts.map { context.matterID(of: $0, texts) })
      context.copyIncluded(includedIDs, except: seen.contains)
    }
  }

  /// Adds a matter with its items.
  /// - Returns: how many items it has.
  private func add(_ index: Int) -> Int {
    let draft = content.drafts[index]
    rows.writeID(of: draft, to: id)
    let counterpart = context.counterpart(id: id.buffer, name: texts.bytes(draft.name))
    if context.options.document != nil { joinLines(of: draft, counterpart) }
    func report(_ zh: String, _ en: String, row: Int?) {
      let id = context.matterID(of: draft, texts)
      context.unclear(draft.source, row ?? draft.start, subject: id, LocalizedText(zh: zh, en: en))
    }
    let previous = index > 0 ? content.drafts[index - 1] : nil
    let above = previous?.list == draft.list ? previous : nil
    func value(_ column: ListHeading.Column, _ own: OfficialCell, _ known: TextID?, _ above: OfficialCell?)
      -> OfficialCell?
    {
      header?[column] ?? -1 < 0 ? nil : mergedValue(own, column, known, above, of: draft)
    }
    let lead = value(.lead, draft.lead, counterpart?.lead, above?.lead)
    var deadline = value(.deadline, draft.deadline, counterpart?.deadline, above?.deadline)
    if let header, header[.deadline] < 0, counterpart == nil, builder.lists[draft.list].deadlineHeading.isEmpty {
      // The list has no deadlines, as the national one.
      deadline = .empty
    }

    let hasSameItems = counterpart.map { isPrinted(content.rows[draft.rows], $0) } ?? false
    if let misaligned = content.misaligned[index],
      !hasSameItems || !(counterpart.map { hasSameTexts(draft, $0) } ?? false)
    {
      let id = context.matterID(of: draft, texts)
      for row in misaligned { context.unclear(draft.source, row.start, subject: id, row.message) }
    }
    let placeholder: OfficialCell
    if hasSameItems, let counterpart {
      addItems(of: counterpart, at: content.rows[draft.rows])
      placeholder = texts.insert(context.base.text(counterpart.placeholder))
    } else {
      itemReader.read(content.rows[draft.rows], counterpart, report)
      addReadItems(counterpart)
      placeholder = itemReader.placeholder
    }
    let hasRemark = header.map { $0[.remark] >= 0 } ?? true
    return rows.add(
      OfficialRows.NewMatter(
        draft: draft, lead: lead, deadline: deadline, remark: hasRemark ? draft.remark : nil,
        included: included(counterpart), placeholder: placeholder, isKnown: counterpart != nil))
  }

  /// The id of the matter that a matter of the base includes; empty if there is none.
  private func included(_ counterpart: Matter?) -> OfficialCell {
    guard let counterpart, !counterpart.includesID.isEmpty else { return .empty }
    let included = context.base.text(counterpart.includesID)
    if counterpart.includes != nil { includedIDs.insert(included) }
    return texts.insert(included)
  }

  /// Joins the lines of the cells of a document.
  private func joinLines(of draft: OfficialDraft, _ counterpart: Matter?) {
    let base = context.base
    let known = counterpart.map { Set(base.items(of: $0).map { base.text($0.name) }) } ?? []
    wrapped.resolve(&content.rows, draft.rows, known: known) { column, row, zh, en in
      let position = SourcePosition.cell(source: row.source, table: .items, column: column.rawValue, row: row.start)
      context.doubt(position, zh, en)
    }
  }

  /// The lead or deadline of a matter; nil if it is uncertain. A blank cell may be merged with the matter above or left out;
  /// unless the base has it blank, it is reported.
  private func mergedValue(
    _ own: OfficialCell, _ column: ListHeading.Column, _ known: TextID?, _ above: OfficialCell?, of draft: OfficialDraft
  ) -> OfficialCell? {
    guard texts.isBlank(own) else { return own }
    if let known, context.base.text(known) == texts.text(own) { return own }
    guard let above, !texts.isBlank(above) else { return own }
    let title = heading?.title(of: column) ?? ListHeading.expected[column.rawValue]
    context.unclear(
      column.position(source: draft.source, row: draft.start), subject: context.matterID(of: draft, texts),
      LocalizedText(
        zh: "\(title)是空的；如与上面的“\(texts.text(above))”合并，请在每个事项里写出",
        en: "\(title) is blank; if it is merged with “\(texts.text(above))” above, enter it for each matter"))
    return nil
  }

  // MARK: The same matter in the base

  /// Whether the matter's own cells are those of a matter of the base.
  private func hasSameTexts(_ draft: OfficialDraft, _ matter: Matter) -> Bool {
    let base = context.base
    return (draft.type == .empty || context.audiences.index(of: texts.text(draft.type)) != nil)
      && base.text(matter.name) == texts.text(draft.name)
      && base.text(matter.lead) == texts.text(draft.lead) && base.text(matter.deadline) == texts.text(draft.deadline)
  }

  /// Whether these rows print exactly the items of a matter of the base.
  private func isPrinted(_ rows: ArraySlice<OfficialDraft.Row>, _ matter: Matter) -> Bool {
    let base = context.base
    func isSame(_ cell: OfficialCell, _ text: TextID) -> Bool {
      base.withBytes(text) { texts.bytes(cell).elementsEqual($0) }
    }
    let items = base.items(of: matter)
    if items.isEmpty {
      guard rows.count == 1, let only = rows.first else { return false }
      guard texts.text(only.item) == "/" else { return false }
      return matter.placeholder.isEmpty
        ? texts.bytes(only.responsible).elementsEqual("/".utf8) : isSame(only.responsible, matter.placeholder)
    }
    return rows.count == items.count
      && zip(rows, items).allSatisfy { isSame($0.item, $1.name) && isSame($0.responsible, $1.responsible) }
  }

  /// Adds the items of a matter of the base that is printed in exactly these rows.
  private func addItems(of matter: Matter, at printed: ArraySlice<OfficialDraft.Row>) {
    for (item, row) in zip(context.base.items(of: matter), printed) {
      rows.add(
        OfficialRows.NewItem(
          number: item.number, name: row.item, responsible: row.responsible, isShared: item.isShared, row: row))
    }
  }

  /// Adds the items read, numbered from 1. An item is shared if the corresponding item of the base is: the one with the same name,
  /// else, if there are as many items, the one with the same number.
  private func addReadItems(_ counterpart: Matter?) {
    func add(_ index: Int, _ item: OfficialItems.Item, isShared: Bool) {
      rows.add(
        OfficialRows.NewItem(
          number: index + 1, name: item.name, responsible: item.responsible, isShared: isShared, row: item.row))
    }
    guard let counterpart else {
      for (index, item) in itemReader.items.enumerated() { add(index, item, isShared: false) }
      return
    }
    let base = context.base
    let hasSameCount = counterpart.items.count == itemReader.items.count
    // In reverse order, so that the first of several equal items is the first that `popLast` returns.
    let own = Array(base.items(of: counterpart).reversed())
    var byName = Dictionary(grouping: own) { base.text($0.name) }
    var byNumber = Dictionary(grouping: own) { $0.number }
    var taken: Set<Int> = []
    func takeFree(_ items: inout [Item]?) -> Item? {
      while let item = items?.popLast() { if taken.insert(item.index).inserted { return item } }
      return nil
    }
    for (index, item) in itemReader.items.enumerated() {
      let match =
        takeFree(&byName[texts.text(item.name)]) ?? (hasSameCount ? takeFree(&byNumber[index + 1]) : nil)
      add(index, item, isShared: match?.isShared ?? false)
    }
  }
}

extension ListContext {
  /// The id of the matter from its list and number, or from the printed text if that is not a number.
  func matterID(of draft: OfficialDraft, _ texts: OfficialTexts) -> String {
    let lists = builder.lists
    let prefix = lists.indices.contains(draft.list) ? lists[draft.list].prefix : ""
    guard let number = draft.number else { return prefix + "-" + texts.word(draft.numberText) }
    return Interchange.matterID(prefix: prefix, number: number)
  }
}
