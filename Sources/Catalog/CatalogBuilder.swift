import AtomicFiles
import CSVFormat
import Deadlines
import Platform

/// A cell as it comes from a reader: its bytes, or nil if the row or the table does not have it.
package typealias RawCell = UnsafeBufferPointer<UInt8>?

/// Puts a catalog together from rows, wherever they come from: a folder's tables, a list in CSV, an XML document. Small
/// tables are set as they are; matters and items come row by row as bytes.
package final class CatalogBuilder {
  package var notices: [Notice] = []
  package var lists: [MatterList] = []
  package var departments: [Department] = []
  package var approvals: [Approval] = []
  package var targets: [Target] = []
  package var progress: [Progress] = []
  package var waivers: [Waiver] = []
  package var settings = Settings()
  package var sources: [Source] = []
  package var issues: [ReadingIssue] = []

  package let matterRows = MatterRows()
  package let itemRows = ItemRows()

  package init() {}

  /// Adds a file; what is read from it names it by the number returned.
  package func add(_ source: Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Takes the registers (notices, lists, departments, approvals), sources and settings of another catalog: a list on its
  /// own is read with the registers that are built in.
  package func addRegisters(of catalog: Catalog, lists usesLists: Bool = true) {
    let shift = sources.count
    sources.append(contentsOf: catalog.sources)
    notices += catalog.notices.map {
      var x = $0; x.position = x.position.movedBy(sources: shift); return x
    }
    if usesLists {
      lists += catalog.lists.map {
        var x = $0; x.position = x.position.movedBy(sources: shift); return x
      }
    }
    departments += catalog.departments.map {
      var x = $0; x.position = x.position.movedBy(sources: shift); return x
    }
    approvals += catalog.approvals.map {
      var x = $0; x.position = x.position.movedBy(sources: shift); return x
    }
  }

  /// Tells the matter rows which lists there are; call before the first matter is added.
  package func prepareLists() {
    matterRows.setLists(lists)
  }

  /// Joins the rows into a catalog.
  package func finish(origin: Catalog.Origin) -> Catalog {
    var matters = matterRows.takeRows()
    var items = itemRows.takeRows()
    let ids = matterRows.ids

    // From ids to matters: the first of a repeated id has it.
    var matterOfID = [Int32](repeating: -1, count: ids.count)
    for index in matters.indices {
      matters[index].ownIndex = Int32(index)
      let id = matters[index].id
      if !id.isEmpty, matterOfID[id.index] < 0 { matterOfID[id.index] = Int32(index) }
    }

    // Items to their matters. Rows of one matter stand together and mostly in the order of the matters, so the next
    // matter is tried before the index is asked.
    let itemMatters = itemRows.matterIDs
    var matterOfKey = [Int32](repeating: -1, count: itemMatters.count)
    var next = 1
    for key in 1..<max(1, itemMatters.count) {
      let bytes = itemMatters.bytes(key)
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
      items[index].ownIndex = Int32(index)
      let matter = Int(items[index].matterIndex)
      guard matter >= 0 else { continue }
      if matters[matter].itemCount == 0 { matters[matter].firstItem = Int32(index) }
      matters[matter].itemCount += 1
    }
    var placeholderPositions: [Int: SourcePosition] = [:]
    var slashRows: [Int: SourcePosition] = [:]
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
    var noticeOfText: [String: Int] = [:]
    for (index, notice) in notices.enumerated() {
      for text in [notice.id, notice.number] where noticeOfText[text] == nil { noticeOfText[text] = index }
    }
    for index in lists.indices { lists[index].noticeIndex = noticeOfText[lists[index].notice] }
    let listOfID = Dictionary(lists.indices.lazy.map { (self.lists[$0].id, $0) }) { first, _ in first }
    for index in targets.indices {
      targets[index].noticeIndex = noticeOfText[targets[index].notice]
      targets[index].listIndex = listOfID[targets[index].list]
    }
    for index in progress.indices {
      var id = progress[index].matter.trimmingBlanks
      let name = id.withUTF8 { bytes -> TextID? in
        guard let base = bytes.baseAddress else { return nil }
        return ids.lookUp(base, bytes.count)
      }
      progress[index].matterIndex = name.flatMap { matterOfID[$0.index] < 0 ? nil : Int(matterOfID[$0.index]) }
    }

    // What the distinct texts mean: mostly few, but where every text is another there are millions, and both threads
    // share them.
    func parties(_ pool: TextInterner) -> [Parties] {
      (0..<pool.count).map { Parties(printed: pool.text($0), in: departmentRegister) }
    }
    let leads = matterRows.leads
    let placeholders = matterRows.placeholders
    let responsibles = itemRows.responsibles
    let names = itemRows.names
    let deadlineTexts = matterRows.deadlines
    var partiesByKind = [[Parties]](repeating: [], count: TextColumn.allCases.count)
    var deadlines: [Deadline] = []
    nonisolated(unsafe) var partiesOfItems: [Parties] = []
    nonisolated(unsafe) var choices: [Choices] = []
    let distinct = leads.count + placeholders.count + responsibles.count + names.count + deadlineTexts.count
    Parallel.both(when: distinct > 20_000) {
      partiesByKind[Int(TextColumn.lead.rawValue)] = parties(leads)
      partiesByKind[Int(TextColumn.placeholder.rawValue)] = parties(placeholders)
      deadlines = (0..<deadlineTexts.count).map { Deadline(printed: deadlineTexts.text($0)) }
      partiesOfItems = parties(responsibles)
    } _: {
      choices = (0..<names.count).map { Choices(printed: names.text($0), in: approvalRegister) }
    }
    partiesByKind[Int(TextColumn.responsible.rawValue)] = partiesOfItems

    let allIssues = issues + matterRows.issues + itemRows.issues
    return Catalog(
      origin: origin, sources: sources, settings: settings, notices: notices, lists: lists, departments: departments,
      approvals: approvals, targets: targets, progress: progress, waivers: waivers, matters: matters, items: items,
      departmentRegister: departmentRegister, approvalRegister: approvalRegister, issues: allIssues,
      pools: CatalogBuilder.pools(matterRows, itemRows), partiesByKind: partiesByKind, choicesByName: choices,
      deadlinesByName: deadlines, matterOfID: matterOfID, placeholderPositions: placeholderPositions,
      slashRows: slashRows)
  }

  private static func pools(_ matters: MatterRows, _ items: ItemRows) -> [TextInterner] {
    TextColumn.allCases.map { kind in
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
