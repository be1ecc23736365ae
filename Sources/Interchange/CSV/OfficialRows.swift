import AtomicFiles
import Catalog
import Platform

/// Adds the rows of a list in the layout of a notice to the builder, many at once: the matters in one thread and the items
/// in another, as the two tables of a folder are read.
final class OfficialRows {
  /// A matter to be added; nil for what is uncertain.
  struct NewMatter {
    var draft: OfficialDraft
    var lead: OfficialCell?
    var deadline: OfficialCell?
    var remark: OfficialCell?
    /// The id of the matter whose items it includes.
    var included = OfficialCell.empty
    var placeholder = OfficialCell.empty
    /// Whether the base has it.
    var isKnown: Bool
    /// Which of the items added are its own; `add` sets it.
    var items = 0..<0
  }

  struct NewItem {
    var number: Int?
    var name: OfficialCell
    var responsible: OfficialCell
    var isShared: Bool
    var row: OfficialDraft.Row
  }

  private let context: ListContext
  private let texts: OfficialTexts
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  /// By list, its id and prefix.
  private let listIDs: [OfficialCell]
  private let listPrefixes: [OfficialCell]
  private let yes: OfficialCell
  /// The cells of the further columns of all matters.
  private let further: [OfficialDraft.Further]
  // Unchecked: they are used for every row, and nothing here calls back while it changes them.
  /// What has not been added yet.
  @exclusivity(unchecked) private var matters: [NewMatter] = []
  @exclusivity(unchecked) private var items: [NewItem] = []
  /// Where the items of the next matter begin.
  @exclusivity(unchecked) private var itemStart = 0

  /// How many matters are added at once: few enough to stay in the processor's cache.
  private static let batchSize = 4096

  init(_ content: OfficialContent, _ context: ListContext, _ texts: OfficialTexts) {
    self.context = context
    self.texts = texts
    let builder = context.builder
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    listIDs = builder.lists.map { texts.insert($0.id) }
    listPrefixes = builder.lists.map { texts.insert($0.prefix) }
    yes = texts.insert("yes")
    further = content.further
    matterRows.reserve(content.drafts.count)
    itemRows.reserve(content.rows.count)
  }

  /// Adds an item of the next matter.
  func add(_ item: NewItem) { items.append(item) }

  /// Adds a matter, whose items have been added.
  /// - Returns: how many there are.
  func add(_ matter: NewMatter) -> Int {
    var matter = matter
    matter.items = itemStart..<items.count
    itemStart = items.count
    matters.append(matter)
    if matters.count == OfficialRows.batchSize { finish() }
    return matter.items.count
  }

  /// Adds what has not been added yet.
  func finish() {
    // The two sides have no variable in common that changes.
    Parallel.both(when: matters.count == OfficialRows.batchSize, addMatters, addItems)
    matters.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
    itemStart = 0
  }

  /// The id of a matter, for its row and those of its items.
  func writeID(of draft: OfficialDraft, to id: ByteBuffer) {
    id.clear()
    guard let number = draft.number else { return id.append(context.matterID(of: draft, texts)) }
    id.append(texts.bytes(listPrefixes[draft.list]))
    id.append(byte: UInt8(ascii: "-"))
    if number < 100 { id.append(byte: UInt8(ascii: "0")) }
    if number < 10 { id.append(byte: UInt8(ascii: "0")) }
    id.append(number: number)
  }

  // MARK: Rows

  private func addMatters() {
    let id = ByteBuffer()
    let number = ByteBuffer()
    let cells = KeptCells(context.builder.schema.columns(.matters).count)
    // The bytes of names stay in `texts`.
    matterRows.defersNames = true
    for matter in matters {
      let draft = matter.draft
      writeID(of: draft, to: id)
      cells.clear()
      cells.put(id.buffer)
      cells.put(texts.bytes(listIDs[draft.list]))
      if let value = draft.number {
        number.clear()
        number.append(number: value)
        cells.put(number.buffer)
      } else {
        cells.put(texts.bytes(draft.numberText))
      }
      cells.put(draft.audience.map(texts.bytes))
      cells.put(bytes(draft.name))
      cells.put(bytes(matter.lead))
      cells.put(bytes(matter.deadline))
      cells.put(bytes(matter.remark))
      cells.put(texts.bytes(matter.included))
      cells.put(bytes(matter.placeholder))
      for cell in further[draft.further] {
        // A blank cell of a matter that the base has is not known to be merged with the one above.
        cells.put(bytes(cell.merged == nil ? cell.own : matter.isKnown ? nil : cell.merged))
      }
      cells.putUnknownToEnd()
      matterRows.add(cells.raw, stable: false, source: draft.source, row: draft.start)
    }
    matterRows.takeNames()
    matterRows.defersNames = false
  }

  private func addItems() {
    let id = ByteBuffer()
    let number = ByteBuffer()
    let cells = KeptCells(context.builder.schema.columns(.items).count)
    for matter in matters where !matter.items.isEmpty {
      writeID(of: matter.draft, to: id)
      for item in items[matter.items] {
        number.clear()
        if let value = item.number { number.append(number: value) }
        cells.clear()
        cells.put(id.buffer)
        cells.put(number.buffer)
        cells.put(bytes(item.name))
        cells.put(bytes(item.responsible))
        cells.put(texts.bytes(item.isShared ? yes : .empty))
        cells.putUnknownToEnd()
        itemRows.add(cells.raw, stable: false, source: item.row.source, row: item.row.start)
      }
    }
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
private final class KeptCells {
  let raw: UnsafeMutablePointer<RawCell>
  private let count: Int
  @exclusivity(unchecked) private var next = 0

  /// - Parameter count: how many columns the table has.
  init(_ count: Int) {
    self.count = count
    raw = .allocate(capacity: count)
    raw.initialize(repeating: nil, count: count)
  }

  deinit { raw.deallocate() }

  /// Begins a row.
  func clear() { next = 0 }

  /// Fills the next cell; nil for an unknown one.
  @inline(__always)
  func put(_ cell: RawCell) {
    guard next < count else { return }
    raw[next] = cell
    next += 1
  }

  /// Marks the remaining cells as unknown.
  func putUnknownToEnd() {
    while next < count { put(nil) }
  }
}
