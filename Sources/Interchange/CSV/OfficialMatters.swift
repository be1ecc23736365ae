import AtomicFiles
import Catalog
import Localization

/// Adds the matters of a list in the layout of a notice to the builder.
final class OfficialMatters {
  private let context: ListContext
  private let builder: CatalogBuilder
  private let texts: OfficialTexts
  /// The last header of the table.
  private let heading: ListHeading?
  private let itemReader: OfficialItems
  private let wrapped: WrappedLines
  private var content: OfficialContent
  private var includedIDs: Set<String> = []
  /// By list, its id and prefix.
  private var listIDs: [OfficialCell] = []
  private var listPrefixes: [OfficialCell] = []
  private let id = ByteBuffer()
  private let matterCells: RowCells
  private let itemCells: RowCells
  /// By draft, how many items of earlier drafts have been added; for the rows that count them.
  private var itemCounts: [Int] = []

  /// - Parameter heading: the last header of the table.
  init(_ content: OfficialContent, under heading: ListHeading?, _ context: ListContext, _ names: OfficialNames) {
    self.content = content
    self.heading = heading
    self.context = context
    texts = names.texts
    builder = context.builder
    matterCells = RowCells(builder.schema.columns(.matters).count)
    itemCells = RowCells(builder.schema.columns(.items).count)
    itemReader = OfficialItems(context, names)
    wrapped = WrappedLines(names: names)
  }

  /// Adds the matters in order, and the matters of the base that they include.
  func add() {
    builder.prepareLists()
    listIDs = builder.lists.map { texts.insert($0.id) }
    listPrefixes = builder.lists.map { texts.insert($0.prefix) }
    builder.matterRows.reserve(content.drafts.count)
    builder.itemRows.reserve(content.rows.count)
    var items = 0
    for index in content.drafts.indices {
      if !content.totals.isEmpty { itemCounts.append(items) }
      items += add(index)
    }
    if !content.totals.isEmpty { itemCounts.append(items) }
    for total in content.totals { total.check(itemCounts, context) }
    if !includedIDs.isEmpty {
      let seen = Set(content.drafts.map { context.matterID(of: $0, texts) })
      context.copyIncluded(includedIDs, except: seen.contains)
    }
  }

  /// An item of the matter being added.
  private struct NewItem {
    var number: Int?
    var name: OfficialCell
    var responsible: OfficialCell
    var isShared: Bool
    var row: OfficialDraft.Row
  }

  /// Adds a matter with its items.
  /// - Returns: how many items it has.
  private func add(_ index: Int) -> Int {
    let draft = content.drafts[index]
    writeID(of: draft)
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
      heading?[column] ?? -1 < 0 ? nil : mergedValue(own, column, known, above, of: draft)
    }
    let lead = value(.lead, draft.lead, counterpart?.lead, above?.lead)
    var deadline = value(.deadline, draft.deadline, counterpart?.deadline, above?.deadline)
    if let heading, heading[.deadline] < 0, counterpart == nil, builder.lists[draft.list].deadlineHeading.isEmpty {
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
    let items: [NewItem]
    let placeholder: OfficialCell
    if hasSameItems, let counterpart {
      items = self.items(of: counterpart, at: content.rows[draft.rows])
      placeholder = texts.insert(context.base.text(counterpart.placeholder))
    } else {
      let read = itemReader.items(of: content.rows[draft.rows], counterpart, report)
      items = numbered(read, counterpart)
      placeholder = read.placeholder
    }
    let hasRemark = heading.map { $0[.remark] >= 0 } ?? true
    addMatter(
      draft, lead: lead, deadline: deadline, remark: hasRemark ? draft.remark : nil, placeholder: placeholder,
      counterpart)
    for item in items { addItem(item) }
    return items.count
  }

  /// The id of the matter, for its row and those of its items.
  private func writeID(of draft: OfficialDraft) {
    id.clear()
    guard let number = draft.number else { return id.append(context.matterID(of: draft, texts)) }
    id.append(texts.bytes(listPrefixes[draft.list]))
    id.append(byte: UInt8(ascii: "-"))
    if number < 100 { id.append(byte: UInt8(ascii: "0")) }
    if number < 10 { id.append(byte: UInt8(ascii: "0")) }
    id.append(number: number)
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

  /// The items of a matter of the base that is printed in exactly these rows.
  private func items(of matter: Matter, at rows: ArraySlice<OfficialDraft.Row>) -> [NewItem] {
    zip(context.base.items(of: matter), rows).map { item, row in
      NewItem(
        number: item.number, name: row.item, responsible: row.responsible, isShared: item.isShared, row: row)
    }
  }

  /// The items read, numbered from 1. An item is shared if the corresponding item of the base is: the one with the same name,
  /// else, if there are as many items, the one with the same number.
  private func numbered(_ read: OfficialItems.Result, _ counterpart: Matter?) -> [NewItem] {
    guard let counterpart else {
      return read.items.enumerated().map { index, item in
        NewItem(
          number: index + 1, name: item.name, responsible: item.responsible, isShared: false, row: item.row)
      }
    }
    let base = context.base
    let hasSameCount = counterpart.items.count == read.items.count
    // In reverse order, so that the first of several equal items is the first that `popLast` returns.
    let own = Array(base.items(of: counterpart).reversed())
    var byName = Dictionary(grouping: own) { base.text($0.name) }
    var byNumber = Dictionary(grouping: own) { $0.number }
    var taken: Set<Int> = []
    func takeFree(_ items: inout [Item]?) -> Item? {
      while let item = items?.popLast() { if taken.insert(item.index).inserted { return item } }
      return nil
    }
    return read.items.enumerated().map { index, item in
      let match =
        takeFree(&byName[texts.text(item.name)]) ?? (hasSameCount ? takeFree(&byNumber[index + 1]) : nil)
      return NewItem(
        number: index + 1, name: item.name, responsible: item.responsible, isShared: match?.isShared ?? false,
        row: item.row)
    }
  }

  // MARK: Rows

  private func addMatter(
    _ draft: OfficialDraft, lead: OfficialCell?, deadline: OfficialCell?, remark: OfficialCell?,
    placeholder: OfficialCell, _ counterpart: Matter?
  ) {
    matterCells.clear()
    matterCells.put(id.buffer)
    matterCells.put(texts.bytes(listIDs[draft.list]))
    if let number = draft.number { matterCells.put(number: number) } else { put(draft.numberText, in: matterCells) }
    put(draft.audience, in: matterCells)
    put(trusted(draft.name), in: matterCells)
    put(trusted(lead), in: matterCells)
    put(trusted(deadline), in: matterCells)
    put(trusted(remark), in: matterCells)
    if let counterpart, !counterpart.includesID.isEmpty {
      let included = context.base.text(counterpart.includesID)
      matterCells.put(included)
      if counterpart.includes != nil { includedIDs.insert(included) }
    } else {
      put(.empty, in: matterCells)
    }
    put(trusted(placeholder), in: matterCells)
    for cell in draft.further {
      // A blank cell of a matter that the base has is not known to be merged with the one above.
      let isMerged = cell.merged != nil
      put(trusted(isMerged ? counterpart == nil ? cell.merged : nil : cell.own), in: matterCells)
    }
    matterCells.putUnknownToEnd()
    builder.matterRows.add(matterCells.raw, stable: false, source: draft.source, row: draft.start)
  }

  private func addItem(_ item: NewItem) {
    itemCells.clear()
    itemCells.put(id.buffer)
    if let number = item.number { itemCells.put(number: number) } else { put(.empty, in: itemCells) }
    put(trusted(item.name), in: itemCells)
    put(trusted(item.responsible), in: itemCells)
    itemCells.put(item.isShared ? "yes" : "")
    itemCells.putUnknownToEnd()
    builder.itemRows.add(itemCells.raw, stable: false, source: item.row.source, row: item.row.start)
  }

  private func put(_ cell: OfficialCell?, in cells: RowCells) {
    if let cell { cells.put(texts.bytes(cell)) } else { cells.put(nil) }
  }

  /// A cell; nil, for unknown, if it contains a NUL.
  private func trusted(_ cell: OfficialCell?) -> OfficialCell? {
    guard context.hasNUL, let cell else { return cell }
    return texts.bytes(cell).contains(0) ? nil : cell
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
