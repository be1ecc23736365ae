import AtomicFiles
import Catalog
import Deadlines
import Localization
import XMLFormat

/// OccurrenceCounter a document's elements into rows of a catalog. Matters and items go on as bytes; nothing is made a `String` that
/// comes a million times.
final class DocumentHandler: XMLHandler {
  private typealias Word = DocumentFormat.Word

  private enum Section { case none, registers, matters, targets }

  private let builder: CatalogBuilder
  private let format: DocumentFormat
  private let source: Int
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  let expandedItems: ExpandedItems
  private let rows: SmallTableRows

  private var section = Section.none
  private var sawParties = false
  private var sawLists = false
  private var hasFallenBack = false
  private let checks: ReferenceChecks

  // The matter that is open.
  private let matter: RowCells
  private var matterLine = 0
  private var isInMatter = false
  // The item that is open.
  private let item: RowCells
  private var itemLine = 0
  private var isInItem = false
  /// It stands here for another matter's, which has it as well.
  private var isExpanded = false
  /// The item's name and the approvals that are said to be meant by it.
  private let approvals = ByteBuffer()
  private var hasApprovals = false
  // The departments that are open: as one key of all that is said of them.
  private let parties = ByteBuffer()
  private var partiesLine = 0
  private var due: Day?
  private var dueLine = 0

  init(_ builder: CatalogBuilder, source: Int, size: Int, format: DocumentFormat) {
    self.builder = builder
    self.format = format
    matter = RowCells(format.schema.columns(.matters).count)
    item = RowCells(format.schema.columns(.items).count)
    self.source = source
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    expandedItems = ExpandedItems(source: source)
    rows = SmallTableRows(builder, source: source, format: format)
    checks = ReferenceChecks(builder, source: source)
    // About as many as an export of this size has; untouched room costs nothing.
    matterRows.reserve(size / 512)
    itemRows.reserve(size / 240)
  }

  var subject: String? {
    guard isInMatter else { return rows.subject }
    let id = matter.bytes(MatterColumn.id.rawValue)
    return id.isEmpty ? nil : String(decoding: id, as: UTF8.self)
  }

  /// Call when the document has ended, however it did.
  func finish() { fallBack() }

  /// A document without registers is read with those that are built in.
  private func fallBack() {
    guard !hasFallenBack else { return }
    hasFallenBack = true
    if !sawParties || !sawLists {
      builder.addRegisters(of: FolderReader.builtIn(), parties: !sawParties, lists: !sawLists)
    }
    builder.prepareLists()
    checks.prepare()
  }

  // MARK: Start tags

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    if section == .registers || section == .targets { return rows.start(element) }
    guard let word = Word(rawValue: element.name) else { return }
    switch section {
    case .matters: startInMatters(word, element)
    case .registers, .targets: break
    case .none:
      switch word {
      case .notices, .lists:
        sawLists = true
        section = .registers
      case .departments, .approvals:
        sawParties = true
        section = .registers
      case .matters:
        fallBack()
        section = .matters
        return
      case .targets, .progress, .waivers: section = .targets
      default: return
      }
      rows.begin(word)
    }
  }

  @inline(__always)
  private func startInMatters(_ word: Word, _ element: borrowing XMLElement) {
    switch word {
    case .matter:
      startMatter(element)
    case .item:
      startItem(element)
    case .lead, .responsible, .placeholder:
      parties.clear()
      partiesLine = element.line
      let choice = element.attributes.value(Word.choice.rawValue)
      parties.append(
        byte: choice.map { $0.count == 3 && $0[1] == UInt8(ascii: "n") } == true ? PartiesKey.any : PartiesKey.all)
      if let printed = element.attributes.value(Word.printed.rawValue) {
        parties.append(byte: PartiesKey.printed)
        parties.append(printed)
      }
    case .department:
      parties.append(byte: PartiesKey.department)
      if let ref = element.attributes.value(Word.ref.rawValue) { parties.append(ref) }
      parties.append(byte: PartiesKey.name)
    case .approval:
      guard let ref = element.attributes.value(Word.ref.rawValue), !element.isFlawed else { return }
      hasApprovals = true
      approvals.append(byte: PartiesKey.name)
      approvals.append(ref)
    case .deadline:
      due = element.attributes.value(Word.due.rawValue).flatMap { Day(iso: $0.trimmed) }
      dueLine = element.line
    case .includes:
      if let ref = element.attributes.value(Word.ref.rawValue), !element.isFlawed {
        matter.set(MatterColumn.includes.rawValue, ref)
      } else {
        matter.setUnknown(MatterColumn.includes.rawValue)
      }
    default: break
    }
  }

  private func startMatter(_ element: borrowing XMLElement) {
    matter.clear()
    isInMatter = true
    matterLine = element.line
    func set(_ column: MatterColumn, _ word: Word, _ isRight: (UnsafeBufferPointer<UInt8>) -> Bool) {
      guard let value = element.attributes.value(word.rawValue) else {
        // What is missing is the schema's to report, but for the audience, which may be left out.
        if column != .audience { matter.setUnknown(column.rawValue) }
        return
      }
      if !element.isFlawed || isRight(value) {
        matter.set(column.rawValue, value)
      } else {
        matter.setUnknown(column.rawValue)
      }
    }
    set(.id, .id) { !$0.isEmpty }
    set(.list, .list) { !$0.isEmpty }
    set(.number, .number) { $0.isNumber }
    set(.audience, .audience) { Audience(String(decoding: $0, as: UTF8.self)) != nil }
    if format.hasExtraCells { setExtras(of: element, .matters, matter) }
  }

  private func startItem(_ element: borrowing XMLElement) {
    item.clear()
    isInItem = true
    itemLine = element.line
    approvals.clear()
    hasApprovals = false
    let matterID = matter.bytes(MatterColumn.id.rawValue)
    if matterID.isEmpty {
      item.setUnknown(ItemColumn.matter.rawValue)
    } else {
      item.set(ItemColumn.matter.rawValue, matterID)
    }
    if let number = element.attributes.value(Word.number.rawValue), !element.isFlawed || number.isNumber {
      item.set(ItemColumn.number.rawValue, number)
    } else {
      item.setUnknown(ItemColumn.number.rawValue)
    }
    if let shared = element.attributes.value(Word.shared.rawValue) {
      let word = shared.trimmed
      // "true" or "false"; anything else is told already.
      if word.count == 4 {
        item.set(ItemColumn.shared.rawValue, word)
      } else if word.count != 5 {
        item.setUnknown(ItemColumn.shared.rawValue)
      }
    }
    if let origin = element.attributes.value(Word.sharedFrom.rawValue) {
      isExpanded = true
      expandedItems.note(
        from: origin, includes: matter.bytes(MatterColumn.includes.rawValue), matterID: matterID, line: itemLine)
    } else {
      isExpanded = false
    }
    if format.hasExtraCells { setExtras(of: element, .items, item) }
  }

  /// The attributes of extra columns.
  private func setExtras(of element: borrowing XMLElement, _ table: TableKind, _ cells: RowCells) {
    for attribute in element.attributes {
      if let cell = format.extraCell(of: attribute.name, in: table) { setExtra(cell, attribute.value, table, cells) }
    }
  }

  /// The cell of an extra column. A flag is `true` in a document and `yes` in a table.
  private func setExtra(_ cell: Int, _ value: UnsafeBufferPointer<UInt8>, _ table: TableKind, _ cells: RowCells) {
    guard format.schema.columns(table)[cell].kind == .flag else { return cells.set(cell, value) }
    var text = CellValue.flag(ValueForm.flag(String(decoding: value, as: UTF8.self)) ?? false).cell
    text.withUTF8 { cells.set(cell, $0) }
  }

  // MARK: End tags

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    switch section {
    case .matters:
      if let word = Word(rawValue: name) { endInMatters(word, text, isWhole) }
      if format.hasExtraCells, isInMatter {
        let (table, cells) = isInItem ? (TableKind.items, item) : (.matters, matter)
        if let cell = format.extraCell(of: name, in: table) {
          if isWhole { setExtra(cell, text, table, cells) } else { cells.setUnknown(cell) }
        }
      }
    case .registers, .targets:
      if rows.end(name, text) { section = .none }
    case .none: break
    }
  }

  @inline(__always)
  private func endInMatters(_ word: Word, _ text: UnsafeBufferPointer<UInt8>, _ isWhole: Bool) {
    switch word {
    case .department:
      parties.append(text)
    case .name:
      if isInItem {
        set(item, ItemColumn.name.rawValue, text, isWhole)
        approvals.append(text)
      } else {
        set(matter, MatterColumn.name.rawValue, text, isWhole)
      }
    case .responsible:
      endParties(item, ItemColumn.responsible.rawValue, isWhole)
    case .lead:
      endParties(matter, MatterColumn.lead.rawValue, isWhole)
    case .placeholder:
      endParties(matter, MatterColumn.placeholder.rawValue, isWhole)
    case .deadline:
      set(matter, MatterColumn.deadline.rawValue, text, isWhole)
      if let due, isWhole { checks.due(due, text, line: dueLine, subject: matterBytes) }
    case .remark:
      set(matter, MatterColumn.remark.rawValue, text, isWhole)
    case .item:
      endItem(isWhole)
    case .matter:
      if !isWhole { matter.setEmptyUnknown() }
      matterRows.add(matter.raw, stable: false, source: source, row: matterLine)
      isInMatter = false
    case .matters:
      section = .none
    default: break
    }
  }

  private var matterBytes: UnsafeBufferPointer<UInt8> { matter.bytes(MatterColumn.id.rawValue) }

  @inline(__always)
  private func set(_ cells: RowCells, _ column: Int, _ text: UnsafeBufferPointer<UInt8>, _ isWhole: Bool) {
    if isWhole { cells.set(column, text) } else { cells.setUnknown(column) }
  }

  private func endParties(_ cells: RowCells, _ column: Int, _ isWhole: Bool) {
    guard isWhole else { return cells.setUnknown(column) }
    cells.set(column, checks.printedParties(parties.buffer, line: partiesLine, subject: matterBytes))
  }

  private func endItem(_ isWhole: Bool) {
    isInItem = false
    if !isWhole { item.setEmptyUnknown() }
    if hasApprovals, isWhole { checks.approvals(approvals.buffer, line: itemLine, subject: matterBytes) }
    let rows = isExpanded ? expandedItems.rows : itemRows
    rows.add(item.raw, stable: false, source: source, row: itemLine)
  }
}

/// What separates the parts of what is said of departments, where no text of a document can have it.
enum PartiesKey {
  static let all: UInt8 = 0x01
  static let any: UInt8 = 0x02
  static let printed: UInt8 = 0x03
  static let department: UInt8 = 0x04
  static let name: UInt8 = 0x05
}

extension UnsafeBufferPointer<UInt8> {
  /// A whole number that is not too large.
  var isNumber: Bool {
    let digits = trimmed
    return !digits.isEmpty && digits.count <= 9 && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
