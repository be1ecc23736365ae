import Catalog

/// The cells of one row on their way into a `CatalogBuilder`, side by side in one piece of memory.
struct CellBuffer {
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>?] = []

  init() {
    bytes.reserveCapacity(512)
    ranges.reserveCapacity(16)
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }

  /// A cell that the row has.
  mutating func put(_ text: String) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    ranges.append(start..<bytes.count)
  }

  mutating func put(_ cell: UnsafeBufferPointer<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: cell)
    ranges.append(start..<bytes.count)
  }

  mutating func put(_ name: TextID, of catalog: Catalog) { catalog.withBytes(name) { put($0) } }

  /// A cell whose content is not known: it counts as unknown, not as empty.
  mutating func putUnknown() { ranges.append(nil) }

  mutating func put(_ text: String?) {
    if let text { put(text) } else { putUnknown() }
  }

  /// Calls `body` with the cells, which are gone when it returns.
  func withCells(_ body: (UnsafePointer<RawCell>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      let cells: [RawCell] = ranges.map { range in range.map { UnsafeBufferPointer(rebasing: bytes[$0]) } }
      cells.withUnsafeBufferPointer { cells in
        if let base = cells.baseAddress { body(base) }
      }
    }
  }
}

extension String {
  /// The same bytes. `==` takes é for e with an accent, and would lose the one that was meant.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension CatalogBuilder {
  /// Adds a matter of another catalog as it stands there; what is not known there is unknown here.
  func add(_ matter: Matter, of catalog: Catalog, source: Int, row: Int, buffer: inout CellBuffer) {
    buffer.clear()
    for column in MatterColumn.allCases {
      switch column {
      case .id: buffer.put(matter.id, of: catalog)
      case .list: buffer.put(matter.list.map { catalog.lists[$0].id })
      case .number: buffer.put(matter.number.map(String.init))
      case .audience: buffer.put(matter.audience?.rawValue)
      case .name: buffer.putKnown(matter, column, matter.name, of: catalog)
      case .lead: buffer.putKnown(matter, column, matter.lead, of: catalog)
      case .deadline: buffer.putKnown(matter, column, matter.deadline, of: catalog)
      case .remark: buffer.putKnown(matter, column, matter.remark, of: catalog)
      case .includes: buffer.putKnown(matter, column, matter.includesID, of: catalog)
      case .placeholder: buffer.putKnown(matter, column, matter.placeholder, of: catalog)
      }
    }
    for text in catalog.extraTexts(matter, in: schema.extraMatterColumns) { buffer.put(text) }
    buffer.withCells { matterRows.add($0, stable: false, source: source, row: row) }
  }

  /// Adds an item of another catalog as it stands there.
  func add(_ item: Item, of catalog: Catalog, source: Int, row: Int, buffer: inout CellBuffer) {
    buffer.clear()
    buffer.put(item.matterID, of: catalog)
    buffer.put(item.number.map(String.init))
    buffer.putKnown(item, .name, item.name, of: catalog)
    buffer.putKnown(item, .responsible, item.responsible, of: catalog)
    buffer.put(item.isShared ? "yes" : "")
    for text in catalog.extraTexts(item, in: schema.extraItemColumns) { buffer.put(text) }
    buffer.withCells { itemRows.add($0, stable: false, source: source, row: row) }
  }
}

extension CellBuffer {
  fileprivate mutating func putKnown(_ matter: Matter, _ column: MatterColumn, _ name: TextID, of catalog: Catalog) {
    if matter.isUnknown(column) { putUnknown() } else { put(name, of: catalog) }
  }

  fileprivate mutating func putKnown(_ item: Item, _ column: ItemColumn, _ name: TextID, of catalog: Catalog) {
    if item.isUnknown(column) { putUnknown() } else { put(name, of: catalog) }
  }
}
