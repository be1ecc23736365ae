import AtomicFiles
import Deadlines
import Platform

/// Joins the rows of a `CatalogBuilder` into a catalog: items to their matters, references to the rows they name, texts to
/// what they mean.
struct CatalogAssembly {
  private let builder: CatalogBuilder
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  private var tables: CatalogTables
  private var matters: [Matter]
  private var items: [Item]
  private var itemExtras: ExtraTexts
  /// By the index of a matter's id, the first matter that has it; -1 for none.
  private var matterOfID: [Int32]
  /// By the index of an id in the items' column `matter`, the matter; -1 for none.
  private var matterOfKey: [Int32] = []
  private var placeholderPositions: [Int: SourcePosition] = [:]
  private var slashRows: [Int: SourcePosition] = [:]
  private var extraIssues: [ReadingIssue] = []

  init(_ builder: CatalogBuilder) {
    self.builder = builder
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    tables = builder.tables
    matters = matterRows.takeRows()
    items = itemRows.takeRows()
    itemExtras = itemRows.extras
    matterOfID = [Int32](repeating: -1, count: matterRows.ids.count)
  }

  func catalog(origin: Catalog.Origin) -> Catalog {
    var assembly = self
    return assembly.assemble(origin: origin)
  }

  private mutating func assemble(origin: Catalog.Origin) -> Catalog {
    indexMatters()
    findMattersOfItems()
    joinItems()
    readPlaceholders()
    resolveIncludes()
    let departments = Register(departments: tables.departments)
    let approvals = Register(approvals: tables.approvals)
    resolveReferences(departments, approvals)
    let meanings = Meanings(matterRows, itemRows, departments, approvals)
    checkExtras()
    return Catalog(
      origin: origin, sources: builder.sources, settings: builder.settings, schema: builder.schema, tables: tables,
      matters: matters, items: items, departmentRegister: departments, approvalRegister: approvals,
      issues: builder.issues + matterRows.issues + itemRows.issues + extraIssues,
      pools: CatalogAssembly.pools(matterRows, itemRows), partiesByKind: meanings.partiesByColumn,
      choicesByName: meanings.choices, deadlinesByName: meanings.deadlines, matterOfID: matterOfID,
      placeholderPositions: placeholderPositions, slashRows: slashRows, matterExtras: matterRows.extras,
      itemExtras: itemExtras)
  }

  /// Of a repeated id, the first matter has it.
  private mutating func indexMatters() {
    for index in matters.indices {
      matters[index].ownIndex = Int32(index)
      let id = matters[index].id
      if !id.isEmpty, matterOfID[id.index] < 0 { matterOfID[id.index] = Int32(index) }
    }
  }

  /// Rows of one matter are together and mostly in the order of the matters, so the next matter is tried before the index
  /// is searched.
  private mutating func findMattersOfItems() {
    let ids = matterRows.ids
    let keys = itemRows.matterIDs
    matterOfKey = [Int32](repeating: -1, count: keys.count)
    var next = 1
    for key in 1..<max(1, keys.count) {
      let bytes = keys.bytes(key)
      guard let base = bytes.baseAddress else { continue }
      if !ids.holds(next, base, bytes.count) {
        // A matter without items was passed, as a rule.
        if ids.holds(next + 1, base, bytes.count) {
          next += 1
        } else if let id = ids.lookUp(base, bytes.count) {
          next = id.index
        } else {
          continue
        }
      }
      matterOfKey[key] = matterOfID[next]
      next += 1
    }
  }

  /// Sorts the items by matter, where they are not, and gives each matter the range of its items.
  private mutating func joinItems() {
    var isSorted = true
    var previous: Int32 = -1
    for index in items.indices {
      let matter = matterOfKey[items[index].matterID.index]
      items[index].matterIndex = matter
      if matter < previous { isSorted = false }
      previous = matter < 0 ? Int32.max : matter
    }
    if !isSorted {
      items = CatalogAssembly.sortedByMatter(items, matters: matters.count)
      itemExtras.reorder(items.lazy.map { Int($0.ownIndex) })
    }
    for index in items.indices {
      items[index].ownIndex = Int32(index)
      let matter = Int(items[index].matterIndex)
      guard matter >= 0 else { continue }
      if matters[matter].itemCount == 0 { matters[matter].firstItem = Int32(index) }
      matters[matter].itemCount += 1
    }
  }

  /// Rows "/" of the items table.
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

  private mutating func resolveIncludes() {
    let ids = matterRows.ids
    let includes = matterRows.includes
    var matterOfInclude = [Int32](repeating: -1, count: includes.count)
    for key in 1..<max(1, includes.count) {
      let bytes = includes.bytes(key)
      if let base = bytes.baseAddress, let id = ids.lookUp(base, bytes.count) {
        matterOfInclude[key] = matterOfID[id.index]
      }
    }
    for index in matters.indices { matters[index].includesIndex = matterOfInclude[matters[index].includesID.index] }
  }

  /// The cells of extra columns: that they are filled where they must be, and with valid values.
  private mutating func checkExtras() {
    for (column, row, problem, text) in matterRows.extras.problems {
      let matter = matters[row]
      extraIssues.append(
        ReadingIssue(
          problem,
          at: .cell(
            source: Int(matter.source), table: .matters, column: MatterColumn.allCases.count + column, row: matter.row),
          matter: row, text: text))
    }
    for (column, row, problem, text) in itemExtras.problems {
      let item = items[row]
      extraIssues.append(
        ReadingIssue(
          problem,
          at: .cell(source: Int(item.source), table: .items, column: ItemColumn.allCases.count + column, row: item.row),
          subject: itemRows.matterIDs.text(item.matterID.index), text: text))
    }
  }

  // MARK: References of the small tables

  private mutating func resolveReferences(_ departments: Register, _ approvals: Register) {
    var noticeOfText: [String: Int] = [:]
    for (index, notice) in tables.notices.enumerated() {
      for text in [notice.id, notice.number] where noticeOfText[text] == nil { noticeOfText[text] = index }
    }
    let listOfID = Dictionary(tables.lists.enumerated().lazy.map { ($1.id, $0) }) { first, _ in first }
    let ids = matterRows.ids
    let matterOfID = matterOfID
    func index(of text: String, in table: TableKind) -> Int? {
      switch table {
      case .departments: departments.owner(of: text)?.index
      case .approvals: approvals.owner(of: text)?.index
      case .notices: noticeOfText[text]
      case .lists: listOfID[text]
      case .matters: CatalogAssembly.matter(text, in: ids, matterOfID)
      case .items, .targets, .progress, .waivers: nil
      }
    }
    func resolve<Row: TableRow>(_ rows: inout [Row], _ schema: TableSchema<Row>) {
      for field in schema.fields {
        guard let target = field.column.target, let resolved = field.resolved else { continue }
        for row in rows.indices {
          // Rows may come from another catalog: an index from there has no meaning here.
          let text = field.write(rows[row]).cell
          rows[row][keyPath: resolved] = text.isEmpty ? nil : index(of: text, in: target)
        }
      }
    }
    resolve(&tables.approvals, builder.schema.approvals)
    resolve(&tables.lists, builder.schema.lists)
    resolve(&tables.targets, builder.schema.targets)
    resolve(&tables.progress, builder.schema.progress)
    resolve(&tables.notices, builder.schema.notices)
    resolve(&tables.departments, builder.schema.departments)
    resolve(&tables.waivers, builder.schema.waivers)
  }

  private static func matter(_ id: String, in ids: TextInterner, _ matterOfID: [Int32]) -> Int? {
    var id = id.trimmingBlanks
    let found = id.withUTF8 { bytes in bytes.baseAddress.flatMap { ids.lookUp($0, bytes.count) } }
    return found.flatMap { matterOfID[$0.index] < 0 ? nil : Int(matterOfID[$0.index]) }
  }

  private static func pools(_ matters: MatterRows, _ items: ItemRows) -> [TextInterner] {
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

/// What the distinct texts of the large tables mean. Mostly they are few; where every text is another there are millions,
/// and two threads share them.
private struct Meanings {
  /// By `TextColumn.rawValue`; empty for columns that hold no departments.
  private(set) var partiesByColumn = [[Parties]](repeating: [], count: TextColumn.allCases.count)
  private(set) var choices: [Choices] = []
  private(set) var deadlines: [Deadline] = []

  init(_ matters: MatterRows, _ items: ItemRows, _ departments: Register, _ approvals: Register) {
    func parties(_ pool: TextInterner) -> [Parties] {
      (0..<pool.count).map { Parties(printed: pool.text($0), in: departments) }
    }
    let (leads, placeholders, deadlineTexts) = (matters.leads, matters.placeholders, matters.deadlines)
    let (responsibles, names) = (items.responsibles, items.names)
    nonisolated(unsafe) var ofMatters: (leads: [Parties], placeholders: [Parties], deadlines: [Deadline]) = ([], [], [])
    nonisolated(unsafe) var ofItems: [Parties] = []
    nonisolated(unsafe) var choices: [Choices] = []
    let distinct = leads.count + placeholders.count + responsibles.count + names.count + deadlineTexts.count
    Parallel.both(when: distinct > 20_000) {
      ofMatters.leads = parties(leads)
      ofMatters.placeholders = parties(placeholders)
      ofMatters.deadlines = (0..<deadlineTexts.count).map { Deadline(printed: deadlineTexts.text($0)) }
      ofItems = parties(responsibles)
    } _: {
      choices = (0..<names.count).map { Choices(printed: names.text($0), in: approvals) }
    }
    partiesByColumn[Int(TextColumn.lead.rawValue)] = ofMatters.leads
    partiesByColumn[Int(TextColumn.placeholder.rawValue)] = ofMatters.placeholders
    partiesByColumn[Int(TextColumn.responsible.rawValue)] = ofItems
    deadlines = ofMatters.deadlines
    self.choices = choices
  }
}
