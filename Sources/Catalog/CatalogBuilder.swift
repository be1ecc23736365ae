import Files
import Tables

/// A cell as it comes from a reader: its bytes, or nil if the row or the table does not have it.
public typealias RawCell = UnsafeBufferPointer<UInt8>?

/// Puts a catalog together from rows, wherever they come from: a folder's tables, a list in CSV, an XML document. Small
/// tables are set as they are; matters and items come row by row as bytes.
public final class CatalogBuilder {
  public var notices: [Notice] = []
  public var lists: [MatterList] = []
  public var departments: [Department] = []
  public var approvals: [Approval] = []
  public var targets: [Target] = []
  public var progress: [Progress] = []
  public var waivers: [Waiver] = []
  public var settings = Settings()
  public var sources: [Source] = []
  public var issues: [ReadingIssue] = []

  public let matterRows = MatterRows()
  public let itemRows = ItemRows()

  public init() {}

  /// Adds a file; what is read from it names it by the number returned.
  public func add(_ source: Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Takes the registers (notices, lists, departments, approvals), sources and settings of another catalog: a list on its
  /// own is read with the registers that are built in.
  public func takeRegisters(of catalog: Catalog, lists takesLists: Bool = true) {
    let shift = sources.count
    func moved(_ place: Place) -> Place {
      var place = place
      if place.source >= 0 { place.source += Int16(shift) }
      return place
    }
    sources.append(contentsOf: catalog.sources)
    notices += catalog.notices.map { var x = $0; x.place = moved(x.place); return x }
    if takesLists { lists += catalog.lists.map { var x = $0; x.place = moved(x.place); return x } }
    departments += catalog.departments.map { var x = $0; x.place = moved(x.place); return x }
    approvals += catalog.approvals.map { var x = $0; x.place = moved(x.place); return x }
  }

  /// Tells the matter rows which lists there are; call before the first matter is added.
  public func prepareLists() {
    matterRows.setLists(lists)
  }

  /// Joins the rows into a catalog.
  public func finish(origin: Catalog.Origin) -> Catalog {
    var matters = matterRows.takeRows()
    var items = itemRows.takeRows()
    let ids = matterRows.ids

    // From ids to matters: the first of a repeated id has it.
    var matterOfID = [Int32](repeating: -1, count: ids.count)
    for index in matters.indices {
      matters[index].position = Int32(index)
      let id = matters[index].id
      if !id.isEmpty, matterOfID[id.index] < 0 { matterOfID[id.index] = Int32(index) }
    }

    // Items to their matters. Rows of one matter stand together and mostly in the order of the matters, so the next
    // matter is tried before the index is asked.
    let itemMatters = itemRows.matterIDs
    var matterOfKey = [Int32](repeating: -1, count: itemMatters.count)
    for key in 1..<max(1, itemMatters.count) {
      let bytes = itemMatters.bytes(key)
      if let base = bytes.baseAddress, let id = ids.lookUp(base, bytes.count) { matterOfKey[key] = matterOfID[id.index] }
    }
    var isSorted = true
    var previous: Int32 = -1
    for index in items.indices {
      let matter = matterOfKey[items[index].matterID.index]
      items[index].matterIndex = matter
      if matter < previous { isSorted = false }
      previous = matter < 0 ? Int32.max : matter
    }
    if !isSorted { items = CatalogBuilder.sortedByMatter(items, matters: matters.count) }
    for index in items.indices {
      items[index].position = Int32(index)
      let matter = Int(items[index].matterIndex)
      guard matter >= 0 else { continue }
      if matters[matter].itemCount == 0 { matters[matter].firstItem = Int32(index) }
      matters[matter].itemCount += 1
    }
    for row in itemRows.placeholders {
      let matter = matterOfKey[row.matterID.index]
      guard matter >= 0 else { continue }
      matters[Int(matter)].placeholder = row.responsible
    }

    // What a matter includes.
    let includes = matterRows.includes
    var matterOfInclude = [Int32](repeating: -1, count: includes.count)
    for key in 1..<max(1, includes.count) {
      let bytes = includes.bytes(key)
      if let base = bytes.baseAddress, let id = ids.lookUp(base, bytes.count) {
        matterOfInclude[key] = matterOfID[id.index]
      }
    }
    for index in matters.indices { matters[index].includesIndex = matterOfInclude[matters[index].includesID.index] }

    // References of the small tables.
    let departmentRegister = Register(departments: departments)
    let approvalRegister = Register(approvals: approvals)
    // Rows may come from another catalog: what they referred to there says nothing here.
    for index in approvals.indices {
      let competent = approvals[index].competent
      approvals[index].competentIndex = competent.isEmpty ? nil : departmentRegister.owner(of: competent)?.index
    }
    for index in lists.indices {
      lists[index].noticeIndex = notices.firstIndex { $0.id == lists[index].notice || $0.number == lists[index].notice }
    }
    for index in targets.indices {
      targets[index].noticeIndex = notices.firstIndex {
        $0.id == targets[index].notice || $0.number == targets[index].notice
      }
      targets[index].listIndex = lists.firstIndex { $0.id == targets[index].list }
    }
    for index in progress.indices {
      var id = progress[index].matter.trimmingBlanks
      let name = id.withUTF8 { bytes -> Name? in
        guard let base = bytes.baseAddress else { return nil }
        return ids.lookUp(base, bytes.count)
      }
      progress[index].matterIndex = name.flatMap { matterOfID[$0.index] < 0 ? nil : Int(matterOfID[$0.index]) }
    }

    // What the distinct texts mean: mostly few, but where every text is another there are millions, and both threads
    // share them.
    func parties(_ pool: NamePool) -> [Parties] {
      (0..<pool.count).map { Parties(printed: pool.text($0), in: departmentRegister) }
    }
    let leads = matterRows.leads
    let placeholders = matterRows.placeholders
    let responsibles = itemRows.responsibles
    let names = itemRows.names
    let deadlineTexts = matterRows.deadlines
    var partiesByKind = [[Parties]](repeating: [], count: NameKind.allCases.count)
    var deadlines: [Deadline] = []
    nonisolated(unsafe) var partiesOfItems: [Parties] = []
    nonisolated(unsafe) var choices: [Choices] = []
    let distinct = leads.count + placeholders.count + responsibles.count + names.count + deadlineTexts.count
    Parallel.both(when: distinct > 20_000) {
      partiesByKind[Int(NameKind.lead.rawValue)] = parties(leads)
      partiesByKind[Int(NameKind.placeholder.rawValue)] = parties(placeholders)
      deadlines = (0..<deadlineTexts.count).map { Deadline(printed: deadlineTexts.text($0)) }
      partiesOfItems = parties(responsibles)
    } _: {
      choices = (0..<names.count).map { Choices(printed: names.text($0), in: approvalRegister) }
    }
    partiesByKind[Int(NameKind.responsible.rawValue)] = partiesOfItems

    let allIssues = issues + matterRows.issues + itemRows.issues
    return Catalog(
      origin: origin, sources: sources, settings: settings, notices: notices, lists: lists, departments: departments,
      approvals: approvals, targets: targets, progress: progress, waivers: waivers, matters: matters, items: items,
      departmentRegister: departmentRegister, approvalRegister: approvalRegister, issues: allIssues,
      pools: CatalogBuilder.pools(matterRows, itemRows), partiesByKind: partiesByKind, choicesByName: choices,
      deadlinesByName: deadlines, matterOfID: matterOfID)
  }

  private static func pools(_ matters: MatterRows, _ items: ItemRows) -> [NamePool] {
    NameKind.allCases.map { kind in
      switch kind {
      case .matterID: matters.ids
      case .matterName: matters.names
      case .lead: matters.leads
      case .deadline: matters.deadlines
      case .remark: matters.remarks
      case .includes: matters.includes
      case .placeholder: matters.placeholders
      case .list: matters.listNames
      case .audience: matters.audienceNames
      case .itemMatter: items.matterIDs
      case .itemName: items.names
      case .responsible: items.responsibles
      }
    }
  }

  /// A stable counting sort; items of no matter last.
  private static func sortedByMatter(_ items: [Item], matters: Int) -> [Item] {
    var starts = [Int](repeating: 0, count: matters + 2)
    for item in items { starts[(item.matterIndex < 0 ? matters : Int(item.matterIndex)) + 1] += 1 }
    for slot in 1..<starts.count { starts[slot] += starts[slot - 1] }
    return [Item](unsafeUninitializedCapacity: items.count) { buffer, count in
      for item in items {
        let slot = item.matterIndex < 0 ? matters : Int(item.matterIndex)
        (buffer.baseAddress.map { $0 + starts[slot] })?.initialize(to: item)
        starts[slot] += 1
      }
      count = items.count
    }
  }
}

/// Reading of single cells, shared by both row collectors.
enum CellReading {
  /// A whole number without sign, blanks around it allowed; nil if it is none or too large.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var value: Int32 = 0
    var digits = 0
    var ended = false
    for byte in bytes {
      if byte == 0x20 || byte == 0x09 {
        if digits > 0 { ended = true }
        continue
      }
      guard byte >= 0x30, byte <= 0x39, !ended else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product &+ Int32(byte - 0x30)
      if value < 0 { return nil }
      digits += 1
    }
    return digits > 0 ? value : nil
  }

  /// Without ASCII blanks around it.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = bytes.first, let last = bytes.last else { return bytes }
    if first > 0x20, last > 0x20 { return bytes }
    var from = 0
    var to = bytes.count
    while from < to, bytes[from] <= 0x20 { from += 1 }
    while to > from, bytes[to - 1] <= 0x20 { to -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[from..<to])
  }

  /// Whether it has the form of a matter's id, `2-037`: a list's prefix, a hyphen, a number. Whether the two are right is
  /// not asked here.
  static func isMatterID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    var end = bytes.count
    while end > 0, bytes[end - 1] >= 0x30, bytes[end - 1] <= 0x39 {
      digits += 1
      end -= 1
    }
    return digits >= 1 && end >= 2 && bytes[end - 1] == UInt8(ascii: "-")
  }

  /// What a cell holds, for a message; nil if it is empty.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>?) -> String? {
    guard let bytes, !trimmed(bytes).isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func isSlash(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = trimmed(bytes)
    return (word.count == 1 && word[0] == UInt8(ascii: "/"))
      || (word.count == 3 && word[0] == 0xEF && word[1] == 0xBC && word[2] == 0x8F)
  }

  static func truth(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    let word = trimmed(bytes)
    if word.isEmpty { return false }
    switch String(decoding: word, as: UTF8.self).lowercased() {
    case "yes", "true", "1", "是": return true
    case "no", "false", "0", "否": return false
    default: return nil
    }
  }
}

/// Matters as their rows come in.
public final class MatterRows: @unchecked Sendable {
  public internal(set) var rows: [Matter] = []
  public var issues: [ReadingIssue] = []

  let ids = NamePool(.matterID)
  let names = NamePool(.matterName)
  let leads = NamePool(.lead)
  let deadlines = NamePool(.deadline)
  let remarks = NamePool(.remark)
  let includes = NamePool(.includes)
  let placeholders = NamePool(.placeholder)
  let listNames = NamePool(.list)
  let audienceNames = NamePool(.audience)
  private var listOfName: [Int16] = [-1]
  private var audienceOfName: [Audience?] = [nil]
  private var lists: [MatterList] = []

  init() {}

  func setLists(_ lists: [MatterList]) { self.lists = lists }

  /// Texts may point into `bytes` from now on: cells are not copied.
  public func own(_ bytes: Bytes) {
    for pool in [ids, names, leads, deadlines, remarks, includes, placeholders] { pool.own(bytes) }
  }

  public func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Hands the rows over without a copy.
  func takeRows() -> [Matter] {
    defer { rows = [] }
    return rows
  }

  /// Adds a matter. `cells` has one cell for each `MatterColumn`, nil where the row has none; with `stable` they point
  /// into bytes that were handed to `own`.
  public func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0
    let index = rows.count

    @inline(__always)
    func name(_ column: MatterColumn, _ pool: NamePool, trim: Bool, filled: Bool) -> Name {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return Name(pool: pool.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        if filled {
          unknown |= 1 << column.rawValue
          complain(.missingValue, column, source, row, index)
        }
        return Name(pool: pool.kind, index: 0)
      }
      return stable ? pool.intern(base, bytes.count) : pool.internCopying(bytes)
    }

    let id = name(.id, ids, trim: true, filled: true)
    if !id.isEmpty, !CellReading.isMatterID(ids.bytes(id.index)) {
      complain(.malformedValue(.matterID), .id, source, row, index, ids.bytes(id.index))
    }
    let matterName = name(.name, names, trim: false, filled: true)
    let lead = name(.lead, leads, trim: false, filled: true)
    let deadline = name(.deadline, deadlines, trim: false, filled: true)
    let remark = name(.remark, remarks, trim: false, filled: false)
    let included = name(.includes, includes, trim: true, filled: false)
    let placeholder = name(.placeholder, placeholders, trim: true, filled: false)

    let listName: Name
    if let bytes = cells[MatterColumn.list.rawValue], !CellReading.trimmed(bytes).isEmpty {
      listName = listNames.internCopying(CellReading.trimmed(bytes))
      while listOfName.count < listNames.count {
        let text = listNames.text(listOfName.count)
        listOfName.append(Int16(lists.firstIndex { $0.id == text || $0.title == text || $0.annex == text } ?? -1))
      }
      if listOfName[listName.index] < 0 {
        unknown |= 1 << MatterColumn.list.rawValue
        complain(.unknownList, .list, source, row, index, bytes)
      }
    } else {
      listName = name(.list, listNames, trim: true, filled: true)
    }

    var number: Int32 = -1
    if let bytes = cells[MatterColumn.number.rawValue] {
      if let value = CellReading.number(bytes), value > 0 {
        number = value
      } else {
        unknown |= 1 << MatterColumn.number.rawValue
        complain(
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number), .number, source, row, index,
          bytes)
      }
    } else {
      unknown |= 1 << MatterColumn.number.rawValue
    }

    var audience: Audience?
    if let bytes = cells[MatterColumn.audience.rawValue] {
      let word = audienceNames.internCopying(CellReading.trimmed(bytes))
      while audienceOfName.count < audienceNames.count {
        audienceOfName.append(Audience(audienceNames.text(audienceOfName.count)))
      }
      audience = audienceOfName[word.index]
      if audience == nil {
        unknown |= 1 << MatterColumn.audience.rawValue
        complain(word.isEmpty ? .missingValue : .malformedValue(.audience), .audience, source, row, index, bytes)
      }
    } else {
      unknown |= 1 << MatterColumn.audience.rawValue
    }

    rows.append(
      Matter(
        id: id, audience: audience, name: matterName, lead: lead, deadline: deadline, remark: remark,
        includesID: included, placeholder: placeholder, listIndex: listOfName[listName.index], numberValue: number,
        includesIndex: -1, firstItem: 0, itemCount: 0, position: Int32(index), unknown: unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  private func complain(
    _ kind: ReadingIssue.Kind, _ column: MatterColumn, _ source: Int, _ row: Int, _ index: Int,
    _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      ReadingIssue(
        kind, at: Place(source: source, table: .matters, column: Int16(column.rawValue), position: row),
        matter: index, text: CellReading.text(bytes)))
  }
}

/// Items as their rows come in.
public final class ItemRows: @unchecked Sendable {
  /// A row whose item is "/": its matter has no approval of its own.
  public struct PlaceholderRow: Sendable {
    public var matterID: Name
    public var responsible: Name
    public var source: Int
    public var row: Int
  }

  public internal(set) var rows: [Item] = []
  public internal(set) var placeholders: [PlaceholderRow] = []
  public var issues: [ReadingIssue] = []

  let matterIDs = NamePool(.itemMatter)
  let names = NamePool(.itemName)
  let responsibles = NamePool(.responsible)

  init() {}

  public func own(_ bytes: Bytes) {
    for pool in [matterIDs, names, responsibles] { pool.own(bytes) }
  }

  public func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Hands the rows over without a copy.
  func takeRows() -> [Item] {
    defer { rows = [] }
    return rows
  }

  /// Adds an item. `cells` has one cell for each `ItemColumn`.
  public func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0

    @inline(__always)
    func name(_ column: ItemColumn, _ pool: NamePool, trim: Bool, of matter: Name? = nil) -> Name {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return Name(pool: pool.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        unknown |= 1 << column.rawValue
        complain(.missingValue, column, source, row, matter)
        return Name(pool: pool.kind, index: 0)
      }
      return stable ? pool.intern(base, bytes.count) : pool.internCopying(bytes)
    }

    let matterID = name(.matter, matterIDs, trim: true)
    if let bytes = cells[ItemColumn.name.rawValue], CellReading.isSlash(bytes) {
      // Printed "/" beside "/" says no more than that there is no item.
      if let beside = cells[ItemColumn.responsible.rawValue], !CellReading.isSlash(beside),
        !CellReading.trimmed(beside).isEmpty
      {
        placeholders.append(
          PlaceholderRow(
            matterID: matterID, responsible: name(.responsible, responsibles, trim: false, of: matterID), source: source, row: row))
      }
      return
    }
    let itemName = name(.name, names, trim: false, of: matterID)
    let responsible = name(.responsible, responsibles, trim: false, of: matterID)

    var number: Int32 = -1
    if let bytes = cells[ItemColumn.number.rawValue] {
      if let value = CellReading.number(bytes), value > 0 {
        number = value
      } else {
        unknown |= 1 << ItemColumn.number.rawValue
        complain(
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number), .number, source, row, matterID,
          bytes)
      }
    } else {
      unknown |= 1 << ItemColumn.number.rawValue
    }
    var shared = false
    if let bytes = cells[ItemColumn.shared.rawValue], bytes.count > 0 {
      if let value = CellReading.truth(bytes) {
        shared = value
      } else {
        unknown |= 1 << ItemColumn.shared.rawValue
        complain(.malformedValue(.truth), .shared, source, row, matterID, bytes)
      }
    }
    rows.append(
      Item(
        matterID: matterID, name: itemName, responsible: responsible, isShared: shared, matterIndex: -1,
        numberValue: number, position: Int32(rows.count), unknown: unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  private func complain(
    _ kind: ReadingIssue.Kind, _ column: ItemColumn, _ source: Int, _ row: Int, _ matterID: Name?,
    _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      ReadingIssue(
        kind, at: Place(source: source, table: .items, column: Int16(column.rawValue), position: row),
        subject: matterID.map { matterIDs.text($0.index) }, text: CellReading.text(bytes)))
  }
}
