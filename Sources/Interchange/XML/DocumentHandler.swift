import AtomicFiles
import Catalog
import Deadlines
import Localization
import XMLFormat

/// Converts the elements of a document to rows of a catalog. Matters and items are passed on as bytes: values that occur a
/// million times are not converted to `String`.
final class DocumentHandler: XMLHandler {
  private typealias Word = DocumentFormat.Word

  private enum Section { case none, columns, registers, matters, targets }

  private let builder: CatalogBuilder
  private let format: DocumentFormat
  private let source: Int
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  let expandedItems: ExpandedItems
  private let rows: SmallTableRows

  private var section = Section.none
  private var sawNames = false
  private var sawLists = false
  private var areRegistersReady = false
  /// The sections that have begun.
  private var sections: Set<Word> = []
  private var isFirstVersion = false
  private let checks: ReferenceChecks
  /// For a delta: completes the registers before the first matter is read.
  var completesRegisters: (() -> Void)?
  /// The columns that the document declares, and the one that the open element names.
  private var further: [TableKind: [Column]] = [:]
  private var furtherTable: TableKind?
  private var furtherName = ""
  /// The cell of the open element `extra`; nil if its column is not declared.
  private var extraCell: Int?

  // The open matter.
  private let matter: RowCells
  private var matterLine = 0
  private var isInMatter = false
  // The open item.
  private let item: RowCells
  private var itemLine = 0
  private var isInItem = false
  /// It is a copy of another matter's shared item (`sharedFrom`).
  private var isExpanded = false
  /// The cell of the items' column `approval`; -1 if the schema has none.
  private let declaredApprovalCell: Int
  /// The key of the item's name and its approvals (see `ReferenceKey`).
  private let approvalKey = ByteBuffer()
  private var hasApprovals = false
  /// The key of the open element of departments (see `ReferenceKey`).
  private let departmentKey = ByteBuffer()
  private var departmentLine = 0
  private var due: Day?
  private var dueLine = 0

  init(_ builder: CatalogBuilder, source: Int, size: Int, format: DocumentFormat) {
    self.builder = builder
    self.format = format
    matter = RowCells(format.schema.columns(.matters).count)
    item = RowCells(format.schema.columns(.items).count)
    declaredApprovalCell =
      format.schema.columns(.items).firstIndex { $0.name == ItemMarks.approvalColumn.name } ?? -1
    self.source = source
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    expandedItems = ExpandedItems(source: source)
    rows = SmallTableRows(builder, source: source, format: format)
    checks = ReferenceChecks(builder, source: source)
    // Estimated from the size of an export; unused capacity costs no memory.
    matterRows.reserve(size / 512)
    itemRows.reserve(size / 240)
  }

  var subject: String? {
    guard isInMatter else { return rows.subject }
    let id = matter.bytes(MatterColumn.id.rawValue)
    return id.isEmpty ? nil : String(decoding: id, as: UTF8.self)
  }

  /// Call this when the document has ended, also after an error.
  func finish() {
    prepareRegisters()
    builder.isWholeExport = !isFirstVersion && sections.isSuperset(of: DocumentFormat.sections)
  }

  /// Adds the built-in registers where the document has none, before the first matter is read.
  private func prepareRegisters() {
    guard !areRegistersReady else { return }
    areRegistersReady = true
    if let completesRegisters {
      completesRegisters()
    } else if !sawNames || !sawLists {
      builder.addRegisters(of: FolderReader.builtIn(), names: !sawNames, lists: !sawLists)
    }
    builder.prepareLists()
    checks.prepare()
  }

  // MARK: Start tags

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    if section == .registers || section == .targets { return rows.start(element) }
    if section == .columns { return startColumn(element) }
    guard let word = Word(rawValue: element.name) else { return }
    switch section {
    case .matters: startInMatters(word, element)
    case .columns, .registers, .targets: break
    case .none:
      sections.insert(word)
      switch word {
      case .serviceCatalog:
        let version = element.attributes.value(Word.version.rawValue)
        isFirstVersion = version.map { $0.elementsEqual("1.0".utf8) } ?? true
        return
      case .columns:
        section = .columns
        return
      case .notices, .lists:
        sawLists = true
        section = .registers
      case .regions, .audiences:
        section = .registers
      case .departments, .approvals:
        sawNames = true
        section = .registers
      case .matters:
        prepareRegisters()
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
      departmentKey.clear()
      departmentLine = element.line
      let choice = element.attributes.value(Word.choice.rawValue)
      departmentKey.append(
        byte: choice.map { $0.count == 3 && $0[1] == UInt8(ascii: "n") } == true ? ReferenceKey.any : ReferenceKey.all)
      if let printed = element.attributes.value(Word.printed.rawValue) {
        departmentKey.append(byte: ReferenceKey.printed)
        departmentKey.append(printed)
      }
    case .department:
      departmentKey.append(byte: ReferenceKey.department)
      if let ref = element.attributes.value(Word.ref.rawValue) { departmentKey.append(ref) }
      departmentKey.append(byte: ReferenceKey.name)
    case .approval:
      guard let ref = element.attributes.value(Word.ref.rawValue), !element.isFlawed else { return }
      hasApprovals = true
      approvalKey.append(byte: ReferenceKey.name)
      approvalKey.append(ref)
    case .deadline:
      due = element.attributes.value(Word.due.rawValue).flatMap { Day(iso: $0.trimmed) }
      dueLine = element.line
    case .extra:
      extraCell = element.attributes.value(Word.column.rawValue).flatMap { name in
        further(String(decoding: name, as: UTF8.self), of: isInItem ? .items : .matters)
      }
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
    checks.enterList(element.attributes.value(Word.list.rawValue))
    func set(_ column: MatterColumn, _ word: Word, _ isValid: (UnsafeBufferPointer<UInt8>) -> Bool) {
      guard let value = element.attributes.value(word.rawValue) else {
        // The schema reports a missing attribute. The audience is optional.
        if column != .audience { matter.setUnknown(column.rawValue) }
        return
      }
      if !element.isFlawed || isValid(value) {
        matter.set(column.rawValue, value)
      } else {
        matter.setUnknown(column.rawValue)
      }
    }
    set(.id, .id) { !$0.isEmpty }
    set(.list, .list) { !$0.isEmpty }
    set(.number, .number) { $0.isNumber }
    set(.audience, .audience) { ValueForm.isIdentifier($0.trimmed) }
    if format.attributeCells.hasMatters { setExtras(of: element, .matters, matter) }
    if let status = element.attributes.value(Word.status.rawValue) { checkStatus(status) }
  }

  /// The status follows from the day of the withdrawal, which has to be there: without it the matter would be read as one
  /// that is not withdrawn. The schema reports any other status.
  private func checkStatus(_ status: UnsafeBufferPointer<UInt8>) {
    guard status.trimmed.elementsEqual("withdrawn".utf8),
      let cell = format.schema.columns(.matters).firstIndex(where: { $0.name == Withdrawal.columns[0].name }),
      matter.bytes(cell).isEmpty
    else { return }
    builder.issues.append(
      ReadingIssue(
        .missingValue, at: .cell(source: source, table: .matters, column: cell, row: matterLine), subject: subject))
  }

  private func startItem(_ element: borrowing XMLElement) {
    item.clear()
    isInItem = true
    itemLine = element.line
    approvalKey.clear()
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
      // By length: "true" or "false". The schema reports any other value.
      if word.count == 4 {
        item.set(ItemColumn.shared.rawValue, word)
      } else if word.count != 5 {
        item.setUnknown(ItemColumn.shared.rawValue)
      }
    }
    if let origin = element.attributes.value(Word.sharedFrom.rawValue) {
      isExpanded = true
      expandedItems.checkOrigin(
        from: origin, includes: matter.bytes(MatterColumn.includes.rawValue), matterID: matterID, line: itemLine)
    } else {
      isExpanded = false
    }
    if format.attributeCells.hasItems { setExtras(of: element, .items, item) }
  }

  /// The attributes of extra columns.
  private func setExtras(of element: borrowing XMLElement, _ table: TableKind, _ cells: RowCells) {
    for attribute in element.attributes {
      if let cell = format.attributeCells.cell(of: attribute.name, in: table) {
        setExtra(cell, attribute.value, table, cells)
      }
    }
  }

  /// The cell of an extra column. A flag is `true` in a document and `yes` in a table.
  private func setExtra(_ cell: Int, _ value: UnsafeBufferPointer<UInt8>, _ table: TableKind, _ cells: RowCells) {
    guard format.schema.columns(table)[cell].kind == .flag else { return cells.set(cell, value) }
    var text = CellValue.flag(ValueForm.flag(String(decoding: value, as: UTF8.self)) ?? false).cell
    text.withUTF8 { cells.set(cell, $0) }
  }

  // MARK: Further columns

  private func startColumn(_ element: borrowing XMLElement) {
    let table = element.attributes.value(Word.table.rawValue).map { String(decoding: $0, as: UTF8.self) }
    furtherTable = TableKind.allCases.first { $0.name == table }
    furtherName = element.attributes.value(Word.name.rawValue).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func endInColumns(_ word: Word?, _ text: UnsafeBufferPointer<UInt8>) {
    if word == .column, let table = furtherTable {
      let title = String(decoding: text, as: UTF8.self).trimmingBlanks
      further[table, default: []].append(.further(furtherName, zh: title))
    }
    guard word == .columns else { return }
    section = .none
    for (table, columns) in further { builder.declare(columns, of: table) }
    matter.resize(to: builder.schema.columns(.matters).count)
    item.resize(to: builder.schema.columns(.items).count)
  }

  /// The cell of a further column; nil if the document does not declare it.
  private func further(_ name: String, of table: TableKind) -> Int? {
    guard further[table] != nil else { return nil }
    return builder.schema.columns(table).firstIndex { $0.xml == .further && $0.name == name }
  }

  // MARK: End tags

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    switch section {
    case .matters:
      if let word = Word(rawValue: name) { endInMatters(word, text, isWhole) }
      if isInMatter, isInItem ? format.elementCells.hasItems : format.elementCells.hasMatters {
        let table = isInItem ? TableKind.items : .matters
        if let cell = format.elementCells.cell(of: name, in: table) {
          let cells = isInItem ? item : matter
          if isWhole { setExtra(cell, text, table, cells) } else { cells.setUnknown(cell) }
        }
      }
    case .columns: endInColumns(Word(rawValue: name), text)
    case .registers, .targets:
      if rows.end(name, text) { section = .none }
    case .none: break
    }
  }

  @inline(__always)
  private func endInMatters(_ word: Word, _ text: UnsafeBufferPointer<UInt8>, _ isWhole: Bool) {
    switch word {
    case .department:
      departmentKey.append(text)
    case .name:
      if isInItem {
        set(item, ItemColumn.name.rawValue, text, isWhole)
        let declared = declaredApprovalCell < 0 ? text : item.bytes(declaredApprovalCell)
        approvalKey.append(declared.isEmpty ? text : declared)
      } else {
        set(matter, MatterColumn.name.rawValue, text, isWhole)
      }
    case .responsible:
      endDepartments(item, ItemColumn.responsible.rawValue, isWhole)
    case .lead:
      endDepartments(matter, MatterColumn.lead.rawValue, isWhole)
    case .placeholder:
      endDepartments(matter, MatterColumn.placeholder.rawValue, isWhole)
    case .deadline:
      set(matter, MatterColumn.deadline.rawValue, text, isWhole)
      if let due, isWhole { checks.due(due, text, line: dueLine, subject: matterBytes) }
    case .extra:
      if let cell = extraCell { set(isInItem ? item : matter, cell, text, isWhole) }
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

  private func endDepartments(_ cells: RowCells, _ column: Int, _ isWhole: Bool) {
    guard isWhole else { return cells.setUnknown(column) }
    cells.set(column, checks.printedDepartments(departmentKey.buffer, line: departmentLine, subject: matterBytes))
  }

  private func endItem(_ isWhole: Bool) {
    isInItem = false
    if !isWhole { item.setEmptyUnknown() }
    if hasApprovals, isWhole { checks.approvals(approvalKey.buffer, line: itemLine, subject: matterBytes) }
    if isExpanded {
      expandedItems.rows.add(item.raw, stable: false, source: source, row: itemLine)
    } else {
      itemRows.add(item.raw, stable: false, source: source, row: itemLine)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A whole number that is not too large.
  var isNumber: Bool {
    let digits = trimmed
    return !digits.isEmpty && digits.count <= 9 && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
