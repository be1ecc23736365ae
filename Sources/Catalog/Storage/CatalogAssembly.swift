import AtomicFiles
import Deadlines
import Platform

/// Joins the rows of a `CatalogBuilder` into a catalog: finds the matters of items and the rows that references name, and
/// computes the meaning of each distinct text.
struct CatalogAssembly {
  private let builder: CatalogBuilder
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  private var tables: CatalogTables
  private var matters: [Matter]
  private var items: [Item]
  private var itemExtras: ExtraTexts
  /// By the index of a matter's id, the index of the first matter with this id; -1 if there is none.
  private var matterOfID: [Int32]
  /// By the index of an id in the items' column `matter`, the index of the matter; -1 if there is none.
  private var matterOfKey: [Int32] = []
  private var placeholderPositions: [Int: SourcePosition] = [:]
  private var slashRows: [Int: SourcePosition] = [:]
  private var extraIssues: [ReadingIssue] = []

  init(_ builder: CatalogBuilder) {
    self.builder = builder
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    tables = builder.tables
    matterRows.reportMissingDeadlines(tables.lists)
    matters = matterRows.takeRows()
    items = itemRows.takeRows()
    itemExtras = itemRows.extras
    matterOfID = [Int32](repeating: -1, count: matterRows.ids.count)
  }

  /// Joins the rows; call it once. It changes them in place: a copy of the assembly would be a copy of all rows.
  mutating func catalog(origin: Catalog.Origin) -> Catalog {
    tables.audiences += matterRows.newAudiences
    let audiences = AudienceRegister(tables.audiences)
    let tree = RegionTree(tables.regions)
    let (departmentRows, approvalRows) = (tables.departments, tables.approvals)
    var departments = Register()
    var approvals = Register()
    // The two sides have no variable in common.
    Parallel.both(when: matters.count > 20_000) {
      joinRows()
    } _: {
      departments = Register(departments: departmentRows, tree)
      approvals = Register(approvals: approvalRows)
    }
    TableReferences(tables, departments, approvals, audiences, tree, matterRows.ids, matterOfID)
      .resolve(&tables, builder.schema)
    let shared = SharedApprovalNames(approvals, tables.approvals)
    approvals.settle(shared)
    let regions = RegionalTexts(&matters, &items, tables.lists, matterRows, itemRows)
    var meanings = TextMeanings(matterRows, itemRows, departments, approvals, regions)
    checkExtras()
    distinguishApprovals(approvals, shared, &meanings)
    checkEmptyTables(origin)
    return Catalog(
      origin: origin, sources: builder.sources, settings: builder.settings, schema: builder.schema, tables: tables,
      matters: matters, items: items, departmentRegister: departments, approvalRegister: approvals,
      audienceRegister: audiences, regionTree: tree,
      issues: takeIssues(),
      interners: CatalogAssembly.interners(matterRows, itemRows),
      departmentsByColumn: meanings.departmentsByColumn, approvalsByName: meanings.approvalsByName,
      deadlinesByText: meanings.deadlinesByText, regionalTexts: regions, matterOfID: matterOfID,
      placeholderPositions: placeholderPositions, slashRows: slashRows, paddedCells: builder.paddedCells,
      matterExtras: matterRows.extras,
      itemExtras: itemExtras)
  }

  /// The issues of the builder, of the rows and of the assembly; the rows keep none, so that they are not copied.
  private func takeIssues() -> ReadingIssues {
    var issues = builder.issues
    issues.append(contentsOf: matterRows.issues)
    matterRows.issues = []
    issues.append(contentsOf: itemRows.issues)
    itemRows.issues = []
    for issue in extraIssues { issues.append(issue) }
    return issues
  }

  /// Finds the matter of each item and of each reference to another matter.
  private mutating func joinRows() {
    indexMatters()
    markWithdrawnMatters()
    matterOfKey = matters(of: itemRows.matterIDs)
    let matterOfInclude = matters(of: matterRows.includes)
    joinItems()
    readPlaceholders()
    for index in matters.indices { matters[index].includesIndex = matterOfInclude[matters[index].includesID.index] }
  }

  /// If an id is repeated, it refers to the first matter.
  private mutating func indexMatters() {
    let prefixes = tables.lists.map { Array($0.prefix.utf8) }
    let ids = matterRows.ids
    var mistaken: [Int] = []
    for index in matters.indices {
      let id = matters[index].id
      if id.isEmpty { continue }
      if matterOfID[id.index] < 0 { matterOfID[id.index] = Int32(index) }
      guard let list = matters[index].list, let number = matters[index].number, !prefixes[list].isEmpty else {
        continue
      }
      if !CatalogAssembly.isID(ids.bytes(id.index), prefixes[list], number) { mistaken.append(index) }
    }
    indexMistakenIDs(mistaken, prefixes)
  }

  /// A matter whose id does not agree with its list and number is found by the id that it should have as well, unless another
  /// matter has that: the mistake is reported once, and what refers to the matter stays in place.
  /// - Parameters:
  ///   - mistaken: the indices of these matters.
  ///   - prefixes: by list, what its ids begin with.
  private mutating func indexMistakenIDs(_ mistaken: [Int], _ prefixes: [[UInt8]]) {
    let ids = matterRows.ids
    var expected = MatterIDBytes()
    for index in mistaken {
      let matter = matters[index]
      guard let list = matter.list, let number = matter.number else { continue }
      expected.write(prefixes[list], number)
      // Usually another matter has that id: it is not entered, which would end the ascending order that needs no table.
      let id = expected.withBytes { ids.lookUp($0, near: matter.id.index) ?? ids.internCopying($0) }
      while matterOfID.count <= id.index { matterOfID.append(-1) }
      if matterOfID[id.index] < 0 { matterOfID[id.index] = Int32(index) }
    }
  }

  /// Whether an id is the prefix, a hyphen and the number.
  private static func isID(_ bytes: UnsafeBufferPointer<UInt8>, _ prefix: [UInt8], _ number: Int) -> Bool {
    guard bytes.count > prefix.count + 1, bytes[prefix.count] == UInt8(ascii: "-") else { return false }
    for index in prefix.indices where bytes[index] != prefix[index] { return false }
    var value = 0
    for byte in bytes[(prefix.count + 1)...] {
      guard byte >= 0x30, byte <= 0x39, value < 1 << 40 else { return false }
      value = value * 10 + Int(byte - 0x30)
    }
    return value == number
  }

  /// A matter is withdrawn if the day or the basis is filled; `incomplete-withdrawal` reports that one of them is missing.
  private mutating func markWithdrawnMatters() {
    for column in Withdrawal.columns {
      for row in matterRows.extras.filledRows(of: column) { matters[row].isWithdrawn = true }
    }
  }

  /// By the index of an id in a column that refers to matters, the index of the matter; -1 where there is none.
  ///
  /// The items of one matter are usually adjacent and in the order of the matters, so the next matter's id is compared
  /// before the id is looked up.
  private func matters(of keys: TextInterner) -> [Int32] {
    let ids = matterRows.ids
    var found = [Int32](repeating: -1, count: keys.count)
    var next = 1
    for key in 1..<max(1, keys.count) {
      let bytes = keys.bytes(key)
      guard let base = bytes.baseAddress else { continue }
      if !ids.holds(next, base, bytes.count) {
        // Usually the next matter has no items, and the one after it is meant.
        if ids.holds(next + 1, base, bytes.count) {
          next += 1
        } else if let id = ids.lookUp(base, bytes.count) {
          next = id.index
        } else {
          continue
        }
      }
      found[key] = matterOfID[next]
      next += 1
    }
    return found
  }

  /// Sorts the items by matter, unless they are sorted, and gives each matter the range of its items.
  private mutating func joinItems() {
    var isSorted = true
    var previous: Int32 = -1
    for index in items.indices {
      let matter = matterOfKey[items[index].matterID.index]
      items[index].matterIndex = matter
      if matter < previous { isSorted = false }
      previous = matter < 0 ? Int32.max : matter
      if isSorted { countItem(index, of: matter) }
    }
    if isSorted { return }
    items = CatalogAssembly.sortedByMatter(items, matters: matters.count)
    itemExtras.reorder(items.lazy.map { Int($0.ownIndex) })
    for index in matters.indices { matters[index].itemCount = 0 }
    for index in items.indices {
      items[index].ownIndex = Int32(index)
      countItem(index, of: items[index].matterIndex)
    }
  }

  /// Adds an item to the range of its matter's items, whose last it is up to now.
  @inline(__always)
  private mutating func countItem(_ index: Int, of matter: Int32) {
    guard matter >= 0 else { return }
    if matters[Int(matter)].itemCount == 0 { matters[Int(matter)].firstItem = Int32(index) }
    matters[Int(matter)].itemCount += 1
  }

  /// Applies the rows "/" of the items table.
  private mutating func readPlaceholders() {
    for row in itemRows.placeholders {
      let matter = matterOfKey[row.matterID.index]
      guard matter >= 0 else { continue }
      let position = SourcePosition.cell(
        source: row.source, table: .items, column: ItemColumn.responsible.rawValue, row: row.row)
      if matters[Int(matter)].itemCount > 0 { slashRows[Int(matter)] = position }
      guard let responsible = row.responsible else { continue }
      matters[Int(matter)].placeholder = responsible
      placeholderPositions[Int(matter)] = position
    }
  }

  /// The cells of extra columns: that they are filled where they must be, and with valid values.
  private mutating func checkExtras() {
    /// A document has another form of its own, “true” for “yes”.
    func isOfDocument(_ problem: ReadingIssue.Kind, _ source: UInt8) -> Bool {
      if case .looseForm = problem { return builder.sources[Int(source)].csv == nil }
      return false
    }
    for (column, row, problem, text) in matterRows.checkExtras() where !isOfDocument(problem, matters[row].source) {
      let matter = matters[row]
      extraIssues.append(
        ReadingIssue(
          problem,
          at: .cell(
            source: Int(matter.source), table: .matters, column: MatterColumn.allCases.count + column, row: matter.row),
          matter: row, text: text))
    }
    for (column, row, problem, text) in itemExtras.check() where !isOfDocument(problem, items[row].source) {
      let item = items[row]
      extraIssues.append(
        ReadingIssue(
          problem,
          at: .cell(source: Int(item.source), table: .items, column: ItemColumn.allCases.count + column, row: item.row),
          subject: itemRows.matterIDs.text(item.matterID.index), text: text))
    }
  }

  /// Where an item's row, or the department responsible for it, says which of several approvals is meant, its name gets an id of
  /// its own with this meaning, so that whatever goes by the distinct names of items distinguishes it. A text that is in no
  /// register is reported by `unknown-approval`.
  private mutating func distinguishApprovals(
    _ register: Register, _ shared: SharedApprovalNames, _ meanings: inout TextMeanings
  ) {
    var names = DistinguishedNames()
    var declared: Set<Int> = []
    let column = ItemMarks.approvalColumn
    if let index = itemExtras.columns.firstIndex(where: { $0.name == column.name }) {
      itemExtras.forEachRow(at: index, where: { register.owner(of: $0) != nil }) { row, text in
        guard let approval = register.owner(of: text)?.index, !items[row].isUnknown(.name) else { return }
        let named = meanings.approvalsByName[items[row].name.index].approvals
        // An approval that does not have the name is reported by `approval-mismatch`, and the name decides.
        if !named.isEmpty, !tables.approvals[approval].hasName(itemRows.names.text(items[row].name.index)) { return }
        items[row].name = names.name(items[row].name, approval, itemRows.names, &meanings)
        declared.insert(row)
      }
    }
    if shared.isEmpty { return }
    let isShared = (0..<itemRows.names.count).map { shared.contains(itemRows.names.text($0).trimmingBlanks) }
    for row in items.indices {
      let name = items[row].name
      guard name.index < isShared.count, isShared[name.index], !declared.contains(row), !items[row].isUnknown(.name),
        let approval = shared.approval(
          itemRows.names.text(name.index).trimmingBlanks,
          responsible: meanings.departments(items[row].responsible).departments)
      else { continue }
      items[row].name = names.name(name, approval, itemRows.names, &meanings)
    }
  }

  /// Ids of names of which an item's row says what approval is meant.
  private struct DistinguishedNames {
    private struct Key: Hashable {
      var name: TextID
      var approval: Int
    }
    private var ids: [Key: TextID] = [:]

    mutating func name(
      _ name: TextID, _ approval: Int, _ names: TextInterner, _ meanings: inout TextMeanings
    ) -> TextID {
      if meanings.approvalsByName[name.index].approvals == [approval] { return name }
      let key = Key(name: name, approval: approval)
      if let id = ids[key] { return id }
      let id = names.copy(name.index)
      ids[key] = id
      meanings.append(PrintedApprovals(names.text(name.index), declared: approval))
      return id
    }
  }

  /// Tables with a header and no rows, though others refer to them: their rows have been lost.
  ///
  /// A list that is read with the registers of a folder may be the first that the folder gets.
  private mutating func checkEmptyTables(_ origin: Catalog.Origin) {
    guard !matters.isEmpty else { return }
    if case .csv = origin { return }
    let isEmpty: [(TableKind, Bool)] = [
      (.departments, tables.departments.isEmpty),
      (.approvals, tables.approvals.isEmpty && items.count >= 10),
      (.lists, tables.lists.isEmpty),
      (.notices, tables.notices.isEmpty && tables.lists.contains { !$0.notice.isEmpty }),
      (
        .items,
        matters.count >= 10 && items.isEmpty && itemRows.placeholders.isEmpty
          && matters.contains { $0.includesID.index > 0 }
      ),
    ]
    for (table, isEmpty) in isEmpty where isEmpty {
      guard let source = builder.sources.firstIndex(where: { $0.columns[table] != nil && $0.csv != nil }),
        let csv = builder.sources[source].csv, !csv.header.isEmpty, builder.sources[source].columns.count == 1,
        !builder.issues.contains(where: { $0.position.table == table && ($0.position.isFile || $0.isFatal) })
      else { continue }
      extraIssues.append(ReadingIssue(.emptyTable, at: .row(source: source, table: table, offset: csv.headerStart)))
    }
  }

  private static func interners(_ matters: MatterRows, _ items: ItemRows) -> [TextInterner] {
    TextColumn.allCases.map { column in
      switch column {
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

  /// A stable counting sort; items whose matter does not exist come last.
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
