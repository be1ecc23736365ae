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
  private var yes = OfficialCell.empty
  private let id = ByteBuffer()
  /// The number of the row being added.
  private let number = ByteBuffer()
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  private let matterCells: KeptCells<MatterColumn>
  private let itemCells: KeptCells<ItemColumn>
  /// The items of the matter being added.
  private var items: [NewItem] = []
  /// By draft, how many items of earlier drafts have been added; for the rows that count them.
  private var itemCounts: [Int] = []

  /// - Parameter heading: the last header of the table.
  init(_ content: OfficialContent, under heading: ListHeading?, _ context: ListContext, _ names: OfficialNames) {
    self.content = content
    self.heading = heading
    self.context = context
    texts = names.texts
    builder = context.builder
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    matterCells = KeptCells(builder.schema.columns(.matters).count)
    itemCells = KeptCells(builder.schema.columns(.items).count)
    itemReader = OfficialItems(context, names)
    wrapped = WrappedLines(names: names)
  }

  /// Adds the matters in order, and the matters of the base that they include.
  func add() {
    builder.prepareLists()
    listIDs = builder.lists.map { texts.insert($0.id) }
    listPrefixes = builder.lists.map { texts.insert($0.prefix) }
    yes = texts.insert("yes")
    matterRows.reserve(content.drafts.count)
    itemRows.reserve(content.rows.count)
    // The bytes of names stay in `texts`.
    matterRows.defersNames = true
    var itemCount = 0
    for index in content.drafts.indices {
      if !content.totals.isEmpty { itemCounts.append(itemCount) }
      add(index)
      itemCount += items.count
      if index % OfficialMatters.namesAtOnce == 0 { matterRows.takeNames() }
    }
    matterRows.takeNames()
    matterRows.defersNames = false
    if !content.totals.isEmpty { itemCounts.append(itemCount) }
    for total in content.totals { total.check(itemCounts, context) }
    if !includedIDs.isEmpty {
      let seen = Set(content.drafts.map { context.matterID(of: $0, texts) })
      context.copyIncluded(includedIDs, except: seen.contains)
    }
  }

  /// How many names of matters are numbered at once; they stay in the processor's cache until then.
  private static let namesAtOnce = 1024

  /// An item of the matter being added.
  private struct NewItem {
    var number: Int?
    var name: OfficialCell
    var responsible: OfficialCell
    var isShared: Bool
    var row: OfficialDraft.Row
  }

  /// Adds a matter with its items, which are in `items` then.
  private func add(_ index: Int) {
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
      heading?[column] ?? -1 < 0 ? nil : mergedValue(own, column, known, above, report)
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
    items.removeAll(keepingCapacity: true)
    let placeholder: OfficialCell
    if hasSameItems, let counterpart {
      takeItems(of: counterpart, at: content.rows[draft.rows])
      placeholder = texts.insert(context.base.text(counterpart.placeholder))
    } else {
      itemReader.read(content.rows[draft.rows], counterpart, report)
      takeReadItems(counterpart)
      placeholder = itemReader.placeholder
    }
    let hasRemark = heading.map { $0[.remark] >= 0 } ?? true
    addMatter(
      draft, lead: lead, deadline: deadline, remark: hasRemark ? draft.remark : nil, placeholder: placeholder,
      counterpart)
    for item in items { addItem(item) }
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
    _ own: OfficialCell, _ column: ListHeading.Column, _ known: TextID?, _ above: OfficialCell?,
    _ report: (String, String, Int?) -> Void
  ) -> OfficialCell? {
    guard texts.isBlank(own) else { return own }
    if let known, context.base.text(known) == texts.text(own) { return own }
    guard let above, !texts.isBlank(above) else { return own }
    let title = ListHeading.expected[column.rawValue]
    report(
      "\(title)是空的；如与上面的“\(texts.text(above))”合并，请在每个事项里写出",
      "\(title) is blank; if it is merged with “\(texts.text(above))” above, enter it for each matter", nil)
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
  private func takeItems(of matter: Matter, at rows: ArraySlice<OfficialDraft.Row>) {
    items += zip(context.base.items(of: matter), rows).map { item, row in
      NewItem(
        number: item.number, name: row.item, responsible: row.responsible, isShared: item.isShared, row: row)
    }
  }

  /// The items read, numbered from 1. An item is shared if the corresponding item of the base is: the one with the same name,
  /// else, if there are as many items, the one with the same number.
  private func takeReadItems(_ counterpart: Matter?) {
    guard let counterpart else {
      for (index, item) in itemReader.items.enumerated() {
        items.append(
          NewItem(number: index + 1, name: item.name, responsible: item.responsible, isShared: false, row: item.row))
      }
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
    items += itemReader.items.enumerated().map { index, item in
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
    let cells = matterCells
    cells[.id] = id.buffer
    cells[.list] = texts.bytes(listIDs[draft.list])
    if let value = draft.number {
      number.clear()
      number.append(number: value)
      cells[.number] = number.buffer
    } else {
      cells[.number] = texts.bytes(draft.numberText)
    }
    cells[.audience] = draft.audience.map(texts.bytes)
    cells[.name] = bytes(draft.name)
    cells[.lead] = bytes(lead)
    cells[.deadline] = bytes(deadline)
    cells[.remark] = bytes(remark)
    cells[.includes] = bytes(included(counterpart))
    cells[.placeholder] = bytes(placeholder)
    var column = MatterColumn.allCases.count
    for cell in content.further[draft.further] {
      // A blank cell of a matter that the base has is not known to be merged with the one above.
      let isMerged = cell.merged != nil
      cells.set(column, bytes(isMerged ? counterpart == nil ? cell.merged : nil : cell.own))
      column += 1
    }
    cells.setUnknown(from: column)
    matterRows.add(cells.raw, stable: false, source: draft.source, row: draft.start)
  }

  /// The id of the matter that a matter of the base includes; empty if there is none.
  private func included(_ counterpart: Matter?) -> OfficialCell {
    guard let counterpart, !counterpart.includesID.isEmpty else { return .empty }
    let included = context.base.text(counterpart.includesID)
    if counterpart.includes != nil { includedIDs.insert(included) }
    return texts.insert(included)
  }

  private func addItem(_ item: NewItem) {
    let cells = itemCells
    cells[.matter] = id.buffer
    number.clear()
    if let value = item.number { number.append(number: value) }
    cells[.number] = number.buffer
    cells[.name] = bytes(item.name)
    cells[.responsible] = bytes(item.responsible)
    cells[.shared] = texts.bytes(item.isShared ? yes : .empty)
    itemRows.add(cells.raw, stable: false, source: item.row.source, row: item.row.start)
  }

  /// The bytes of a cell; nil, for unknown, if it contains a NUL.
  @inline(__always)
  private func bytes(_ cell: OfficialCell?) -> RawCell {
    guard let cell else { return nil }
    let bytes = texts.bytes(cell)
    return context.hasNUL && bytes.contains(0) ? nil : bytes
  }
}

/// The cells of one row for a `CatalogBuilder`, which are not copied: what they point to must stay until the row has been
/// added.
private final class KeptCells<Column: RawRepresentable<Int>> {
  let raw: UnsafeMutablePointer<RawCell>
  private let count: Int

  /// - Parameter count: how many columns the table has. All cells are unknown at first.
  init(_ count: Int) {
    self.count = count
    raw = .allocate(capacity: count)
    raw.initialize(repeating: nil, count: count)
  }

  deinit { raw.deallocate() }

  subscript(column: Column) -> RawCell {
    get { raw[column.rawValue] }
    set { raw[column.rawValue] = newValue }
  }

  func set(_ column: Int, _ cell: RawCell) {
    if column < count { raw[column] = cell }
  }

  func setUnknown(from column: Int) {
    for column in column..<max(column, count) { raw[column] = nil }
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
