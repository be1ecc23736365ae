import Catalog
import Wording

/// Works out what an import does to a folder.
///
/// A matter of the file is the matter of the folder that has its id. What the file does not know of it (a cell that it
/// has no column for, or could not read) stays as the folder has it.
struct ImportMerge {
  let folder: Catalog
  let file: Catalog
  let isNew: Bool
  let options: ImportOptions

  /// The file's sources stand behind the folder's in the result.
  private var shift: Int { folder.sources.count }

  func plan() -> ImportPlan {
    if folder.isUnreadable || file.isUnreadable {
      return ImportPlan(
        folder: folder, isNew: isNew, result: folder.isUnreadable ? folder : file, entries: [], registers: [],
        unknownNames: [], obstacles: [file.isUnreadable ? .unreadable : .unreadableFolder], changes: [:])
    }
    let pairs = paired()
    var work = Work(merge: self, pairs: pairs)
    work.mergeRegisters()
    var result = work.result(departments: [], approvals: [])
    var unknown = unknownNames(in: result, pairs)
    if options.addsUnknown, !unknown.isEmpty {
      let (departments, approvals) = enter(&unknown, work)
      result = work.result(departments: departments, approvals: approvals)
    }
    work.planRows(result)

    var obstacles: [ImportPlan.Obstacle] = []
    let wrong = file.issues.lazy.filter { issue in
      switch issue.kind {
      case .unknownColumn, .unknownNotice, .unknownMatter, .unknownDepartment: false
      default: true
      }
    }.count
    if wrong > 0 { obstacles.append(.readingErrors(wrong)) }
    if !unknown.isEmpty, !options.addsUnknown { obstacles.append(.unknownNames(unknown.count)) }
    return ImportPlan(
      folder: folder, isNew: isNew, result: result, entries: work.entries, registers: work.registers,
      unknownNames: unknown, obstacles: obstacles, changes: work.changes.filter { !$0.value.isEmpty })
  }

  // MARK: Matters

  /// A matter of the folder and what the file says of it.
  struct Pair {
    var old: Matter?
    var new: Matter?
    var changes: [ImportPlan.Change] = []
    var itemsChange = false
    var status: ImportPlan.Entry.Status
    /// For each item of the file, the item of the folder that it is.
    var matches: [Int?] = []
  }

  /// Every matter of the result, in its order; those that go stand last.
  private func paired() -> [Pair] {
    // The n-th matter of an id is the n-th of that id on the other side.
    struct Key: Hashable {
      var id: String
      var turn: Int
    }
    var turns: [String: Int] = [:]
    var news: [Key: Int] = [:]
    var order: [Key] = []
    for matter in file.matters {
      let id = file.id(matter)
      let key = Key(id: id, turn: turns[id, default: 0])
      turns[id, default: 0] += 1
      news[key] = matter.index
      order.append(key)
    }
    let covered = Set(file.matters.compactMap { matter in matter.list.map { file.lists[$0].id } })
    turns.removeAll(keepingCapacity: true)
    var old: [Pair] = []
    var removed: [Pair] = []
    old.reserveCapacity(folder.matters.count)
    for matter in folder.matters {
      let id = folder.id(matter)
      let key = Key(id: id, turn: turns[id, default: 0])
      turns[id, default: 0] += 1
      if let index = news.removeValue(forKey: key) {
        old.append(compared(matter, file.matters[index]))
      } else {
        let isCovered = matter.list.map { covered.contains(folder.lists[$0].id) } ?? false
        if options.replacing, isCovered {
          removed.append(Pair(old: matter, new: nil, status: .removed))
        } else {
          old.append(Pair(old: matter, new: nil, status: isCovered ? .kept : .unchanged))
        }
      }
    }
    let added = order.compactMap { news[$0] }.map { Pair(old: nil, new: file.matters[$0], status: .added) }
    return placed(added, among: old) + removed
  }

  /// New matters by list and number between those that are there.
  private func placed(_ added: [Pair], among old: [Pair]) -> [Pair] {
    if old.isEmpty || added.isEmpty { return old + added }
    // For each list of the folder, its numbers in rising order with their places.
    var numbers: [String: [(number: Int, place: Int)]] = [:]
    var first: [String: Int] = [:]
    var last: [String: Int] = [:]
    for (place, pair) in old.enumerated() {
      guard let matter = pair.old, let list = matter.list.map({ folder.lists[$0].id }) else { continue }
      if first[list] == nil { first[list] = place }
      last[list] = place
      if let number = matter.number { numbers[list, default: []].append((number, place)) }
    }
    for list in numbers.keys { numbers[list]?.sort { ($0.number, $0.place) < ($1.number, $1.place) } }
    let rank = Dictionary(folder.lists.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var after: [Int: [Pair]] = [:]
    for pair in added {
      guard let matter = pair.new else { continue }
      let list = matter.list.map { file.lists[$0].id } ?? ""
      var anchor = old.count - 1
      if let known = numbers[list], let number = matter.number {
        var low = 0
        var high = known.count
        while low < high {
          let middle = (low + high) / 2
          if known[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        anchor = low > 0 ? known[low - 1].place : (first[list] ?? 0) - 1
      } else if let place = last[list] {
        anchor = place
      } else if let own = rank[list] {
        // Behind the lists that come before it.
        anchor = last.filter { rank[$0.key].map { $0 < own } ?? false }.map(\.value).max() ?? -1
      }
      after[anchor, default: []].append(pair)
    }
    func sorted(_ pairs: [Pair]) -> [Pair] {
      pairs.enumerated().sorted { a, b in
        let left = (a.element.new?.list ?? -1, a.element.new?.number ?? Int.max, a.offset)
        let right = (b.element.new?.list ?? -1, b.element.new?.number ?? Int.max, b.offset)
        return left < right
      }.map(\.element)
    }
    var out: [Pair] = []
    out.reserveCapacity(old.count + added.count)
    out += sorted(after[-1] ?? [])
    for (place, pair) in old.enumerated() {
      out.append(pair)
      if let more = after[place] { out += sorted(more) }
    }
    return out
  }

  private func isSame(_ old: Name, _ new: Name) -> Bool {
    folder.withBytes(old) { a in
      file.withBytes(new) { b in a.count == b.count && a.elementsEqual(b) }
    }
  }

  private func compared(_ old: Matter, _ new: Matter) -> Pair {
    var pair = Pair(old: old, new: new, status: .unchanged)
    func note(_ column: MatterColumn) {
      pair.changes.append(
        ImportPlan.Change(
          subject: .field(column), before: TableRows.text(old, column, of: folder),
          after: TableRows.text(new, column, of: file)))
    }
    for column in MatterColumn.allCases where column != .id && !new.isUnknown(column) {
      switch column {
      case .id: break
      case .list: if old.list.map({ folder.lists[$0].id }) != new.list.map({ file.lists[$0].id }) { note(column) }
      case .number: if old.number != new.number { note(column) }
      case .audience: if old.audience != new.audience { note(column) }
      case .name: if !isSame(old.name, new.name) { note(column) }
      case .lead: if !isSame(old.lead, new.lead) { note(column) }
      case .deadline: if !isSame(old.deadline, new.deadline) { note(column) }
      case .remark: if !isSame(old.remark, new.remark) { note(column) }
      case .includes: if !isSame(old.includesID, new.includesID) { note(column) }
      case .placeholder: if !isSame(old.placeholder, new.placeholder) { note(column) }
      }
    }
    compareItems(&pair, old, new)
    if !pair.changes.isEmpty || pair.itemsChange { pair.status = .changed }
    return pair
  }

  private func compareItems(_ pair: inout Pair, _ old: Matter, _ new: Matter) {
    let before = folder.items(of: old)
    let after = file.items(of: new)
    if before.count == after.count,
      zip(before, after).allSatisfy({
        $0.number == $1.number && $0.isShared == $1.isShared && isSame($0.name, $1.name)
          && isSame($0.responsible, $1.responsible)
      })
    {
      return
    }
    pair.itemsChange = true
    // An item is the one of the same name, else the one of the same number.
    var free = Set(before.map(\.index))
    var matches = [Int?](repeating: nil, count: after.count)
    // Of equals the first comes last, to be taken off the end.
    var named = Dictionary(grouping: before.reversed()) { folder.withBytes($0.name) { Array($0) } }
    for (place, item) in after.enumerated() {
      guard let match = named[file.withBytes(item.name) { Array($0) }]?.popLast() else { continue }
      matches[place] = match.index
      free.remove(match.index)
    }
    var numbered = Dictionary(grouping: before.reversed().filter { free.contains($0.index) }) { $0.number }
    for (place, item) in after.enumerated() where matches[place] == nil && item.number != nil {
      guard let match = numbered[item.number]?.popLast() else { continue }
      matches[place] = match.index
      free.remove(match.index)
    }
    pair.matches = matches
    for (place, item) in after.enumerated() {
      let number = TableRows.text(item, .number, of: file)
      guard let match = matches[place].map({ folder.items[$0] }) else {
        pair.changes.append(
          ImportPlan.Change(
            subject: .item(number, nil), before: nil,
            after: "\(file.text(item.name)) (\(file.text(item.responsible)))"))
        continue
      }
      for column in [ItemColumn.number, .name, .responsible, .shared] {
        let old = TableRows.text(match, column, of: folder)
        let new = TableRows.text(item, column, of: file)
        if !old.isExactly(new) {
          pair.changes.append(ImportPlan.Change(subject: .item(number, column), before: old, after: new))
        }
      }
    }
    for item in before where free.contains(item.index) {
      pair.changes.append(
        ImportPlan.Change(
          subject: .item(TableRows.text(item, .number, of: folder), nil),
          before: "\(folder.text(item.name)) (\(folder.text(item.responsible)))", after: nil))
    }
  }

  // MARK: Names

  /// Names of added and changed matters that no register knows, but for those that the folder had already.
  private func unknownNames(in result: Catalog, _ pairs: [Pair]) -> [ImportPlan.UnknownName] {
    var known: [TableKind: Set<String>] = [.departments: [], .approvals: []]
    for kind in [NameKind.lead, .placeholder, .responsible] {
      for name in folder.names(kind) {
        for party in folder.parties(name).parties where party.department == nil {
          known[.departments]?.insert(party.name)
        }
      }
    }
    for name in folder.names(.itemName) where !name.isEmpty {
      for choice in folder.choices(name).choices where choice.approval == nil { known[.approvals]?.insert(choice.name) }
    }
    let departments = result.departmentRegister.names.map(\.name)
    let approvals = result.approvalRegister.names.map(\.name)
    var out: [ImportPlan.UnknownName] = []
    func unknown(_ table: TableKind, _ name: String, _ matter: Matter) {
      guard !name.isEmpty, known[table]?.insert(name).inserted == true else { return }
      out.append(
        ImportPlan.UnknownName(
          table: table, name: name,
          nearest: Nearness.nearest(to: name, among: table == .departments ? departments : approvals),
          matter: result.id(matter), newID: nil))
    }
    // Texts are looked at once each.
    var seen: Set<Name> = []
    for (index, pair) in pairs.enumerated() where pair.status == .added || pair.status == .changed {
      let matter = result.matters[index]
      let items = result.items(of: matter)
      for name in [matter.lead, matter.placeholder] + items.map(\.responsible) where seen.insert(name).inserted {
        for party in result.parties(name).parties where party.department == nil {
          unknown(.departments, party.name, matter)
        }
      }
      for item in items where !item.name.isEmpty && seen.insert(item.name).inserted {
        for choice in result.choices(item).choices where choice.approval == nil {
          unknown(.approvals, choice.name, matter)
        }
      }
    }
    return out
  }

  /// New rows for unknown names: `department-1`, `approval-1` …, the printed name, and all else to complete.
  private func enter(_ unknown: inout [ImportPlan.UnknownName], _ work: Work) -> ([Department], [Approval]) {
    var departments: [Department] = []
    var approvals: [Approval] = []
    var ids = Set(work.departments.map(\.id)).union(work.approvals.map(\.id))
    func newID(_ stem: String) -> String {
      var number = 1
      while !ids.insert("\(stem)-\(number)").inserted { number += 1 }
      return "\(stem)-\(number)"
    }
    for index in unknown.indices {
      let name = unknown[index].name
      if unknown[index].table == .departments {
        let id = newID("department")
        unknown[index].newID = id
        departments.append(
          Department(id: id, short: name, full: "", general: "", aliases: [], kind: "", place: .nowhere))
      } else {
        let id = newID("approval")
        unknown[index].newID = id
        approvals.append(
          Approval(id: id, name: name, aliases: [], kind: "", competent: "", competentIndex: nil, place: .nowhere))
      }
    }
    return (departments, approvals)
  }

  // MARK: Result

  /// The parts of the result as they come together.
  fileprivate struct Work {
    let merge: ImportMerge
    let pairs: [Pair]
    var entries: [ImportPlan.Entry] = []
    var registers: [ImportPlan.RegisterChange] = []
    var changes: [TableKind: TableChanges] = [:]

    var notices: [Notice] = []
    var lists: [MatterList] = []
    var departments: [Department] = []
    var approvals: [Approval] = []
    var targets: [Target] = []
    var progress: [Progress] = []
    var waivers: [Waiver] = []

    init(merge: ImportMerge, pairs: [Pair]) {
      self.merge = merge
      self.pairs = pairs
    }

    private func moved(_ place: Place) -> Place {
      var place = place
      if place.source >= 0 { place.source += Int16(merge.shift) }
      return place
    }

    // MARK: Registers

    mutating func mergeRegisters() {
      let folder = merge.folder
      let file = merge.file
      notices = merged(.notices, folder.notices, file.notices, \.place) { _, _ in }
      lists = merged(.lists, folder.lists, file.lists, \.place) { old, new in
        if let notice = old.noticeIndex, folder.notices[notice].id == new.notice { new.notice = old.notice }
      }
      // What a table says of a part is nothing to keep.
      for index in lists.indices { lists[index].isPartial = false }
      departments = merged(.departments, folder.departments, file.departments, \.place) { _, _ in }
      approvals = merged(.approvals, folder.approvals, file.approvals, \.place) { old, new in
        // The same department under another of its names.
        if let competent = old.competentIndex, folder.departments[competent].id == new.competent {
          new.competent = old.competent
        }
      }
      targets = merged(.targets, folder.targets, file.targets, \.place) { old, new in
        if let notice = old.noticeIndex, folder.notices[notice].id == new.notice { new.notice = old.notice }
      }
      progress = merged(.progress, folder.progress, file.progress, \.place) { _, _ in }
      waivers = merged(.waivers, folder.waivers, file.waivers, \.place) { _, _ in }
    }

    private mutating func merged<Row>(
      _ kind: TableKind, _ old: [Row], _ new: [Row], _ place: WritableKeyPath<Row, Place>,
      _ reconcile: (Row, inout Row) -> Void
    ) -> [Row] {
      let isList: Bool
      if case .csv = merge.file.origin { isList = true } else { isList = false }
      // A list in CSV has the registers of the folder; only a list of its own may be new.
      if isList, kind != .lists { return old }
      var out = old
      // A new folder gets the tables that the file carries, else those that are built in.
      if merge.isNew, !isList, !new.isEmpty { out = [] }
      var places: [String: Int] = [:]
      for index in out.indices {
        let key = TableRows.key(kind, TableRows.cells(kind, index, of: merge.folder))
        if places[key] == nil { places[key] = index }
      }
      let columns = kind.columns
      for index in new.indices {
        var row = new[index]
        row[keyPath: place] = moved(row[keyPath: place])
        var cells = TableRows.cells(kind, index, of: merge.file)
        let key = TableRows.key(kind, cells)
        guard let match = places[key] else {
          out.append(row)
          places[key] = out.count - 1
          if merge.isNew, !isList { continue }
          changes[kind, default: TableChanges()].appended.append(TableChanges.NewRow(cells: cells, from: nil))
          registers.append(
            ImportPlan.RegisterChange(
              table: kind, id: cells[0], isNew: true,
              cells: columns.indices.filter { !cells[$0].isEmpty }.map {
                ImportPlan.RegisterChange.Cell(column: columns[$0].name, before: "", after: cells[$0])
              }))
          continue
        }
        if isList || match >= old.count { continue }
        reconcile(old[match], &row)
        cells = reconciled(kind, row, cells)
        let before = TableRows.cells(kind, match, of: merge.folder)
        let differing = columns.indices.filter { !before[$0].isExactly(cells[$0]) }
        if differing.isEmpty { continue }
        out[match] = row
        let start = TableRows.place(kind, match, in: merge.folder).position
        changes[kind, default: TableChanges()].fates[start] = .changed(
          columns.indices.map { before[$0].isExactly(cells[$0]) ? nil : cells[$0] })
        registers.append(
          ImportPlan.RegisterChange(
            table: kind, id: cells[0], isNew: false,
            cells: differing.map {
              ImportPlan.RegisterChange.Cell(column: columns[$0].name, before: before[$0], after: cells[$0])
            }))
      }
      return out
    }

    /// The cells of a row after references in it were put into the folder's words.
    private func reconciled<Row>(_ kind: TableKind, _ row: Row, _ cells: [String]) -> [String] {
      var cells = cells
      if let row = row as? Approval, let column = kind.column("competent") { cells[column] = row.competent }
      if let row = row as? MatterList, let column = kind.column("notice") { cells[column] = row.notice }
      if let row = row as? Target, let column = kind.column("notice") { cells[column] = row.notice }
      return cells
    }

    // MARK: Catalog

    /// The catalog as the import leaves it, with new rows of the registers.
    mutating func result(departments new: [Department], approvals newApprovals: [Approval]) -> Catalog {
      let folder = merge.folder
      let file = merge.file
      let builder = CatalogBuilder()
      builder.sources = folder.sources + file.sources
      builder.settings = folder.settings
      builder.notices = notices
      builder.lists = lists
      builder.departments = departments + new
      builder.approvals = approvals + newApprovals
      builder.targets = targets
      builder.progress = progress
      builder.waivers = waivers
      for department in new { enter(.departments, [department.id, department.short, "", "", "", ""]) }
      for approval in newApprovals { enter(.approvals, [approval.id, approval.name, "", "", ""]) }
      builder.prepareLists()

      var buffer = CellBuffer()
      var ofFolder = [Int?](repeating: nil, count: folder.matters.count)
      var ofFile = [Int?](repeating: nil, count: file.matters.count)
      /// Rows of the folder that are there no more, by table.
      var gone: [TableKind: Set<Int>] = [.matters: [], .items: []]
      var count = 0
      for pair in pairs {
        if pair.status == .removed || pair.itemsChange, let old = pair.old {
          for item in folder.items(of: old) { gone[.items]?.insert(folder.place(item, .matter).position) }
        }
        if pair.status == .removed || pair.status == .changed, let old = pair.old {
          gone[.matters]?.insert(folder.place(old).position)
        }
        if pair.status == .removed { continue }
        if let old = pair.old { ofFolder[old.index] = count }
        if let new = pair.new { ofFile[new.index] = count }
        count += 1
        if let new = pair.new, pair.status == .added || pair.status == .changed {
          let place = file.place(new)
          buffer.clear()
          for column in MatterColumn.allCases {
            if !new.isUnknown(column) {
              buffer.put(TableRows.text(new, column, of: file))
            } else if let old = pair.old, !old.isUnknown(column) {
              buffer.put(TableRows.text(old, column, of: folder))
            } else {
              buffer.putUnknown()
            }
          }
          buffer.withCells {
            builder.matterRows.add($0, stable: false, source: Int(place.source) + merge.shift, row: place.position)
          }
        } else if let old = pair.old {
          let place = folder.place(old)
          builder.add(old, of: folder, source: Int(place.source), row: place.position, buffer: &buffer)
        }
        if let new = pair.new, pair.itemsChange || pair.status == .added {
          for item in file.items(of: new) {
            let place = file.place(item, .matter)
            builder.add(item, of: file, source: Int(place.source) + merge.shift, row: place.position, buffer: &buffer)
          }
        } else if let old = pair.old {
          for item in folder.items(of: old) {
            let place = folder.place(item, .matter)
            builder.add(item, of: folder, source: Int(place.source), row: place.position, buffer: &buffer)
          }
        }
      }
      // Items of no matter stay where they are.
      for item in folder.items where item.matter == nil {
        let place = folder.place(item, .matter)
        builder.add(item, of: folder, source: Int(place.source), row: place.position, buffer: &buffer)
      }
      // What was complained of when these rows were read is told once, by those who read them.
      builder.matterRows.issues = []
      builder.itemRows.issues = []
      for var issue in folder.issues {
        if gone[issue.place.table]?.contains(issue.place.position) == true { continue }
        if let matter = issue.matter { issue.matter = ofFolder[matter] }
        builder.issues.append(issue)
      }
      for var issue in file.issues {
        issue.place = moved(issue.place)
        if let matter = issue.matter { issue.matter = ofFile[matter] }
        builder.issues.append(issue)
      }
      return builder.finish(origin: folder.origin)
    }

    private mutating func enter(_ table: TableKind, _ cells: [String]) {
      changes[table, default: TableChanges()].appended.append(TableChanges.NewRow(cells: cells, from: nil))
      registers.append(
        ImportPlan.RegisterChange(
          table: table, id: cells[0], isNew: true,
          cells: table.columns.indices.filter { !cells[$0].isEmpty }.map {
            ImportPlan.RegisterChange.Cell(column: table.columns[$0].name, before: "", after: cells[$0])
          }))
    }

    // MARK: Rows

    /// The entries of the plan, and what becomes of the rows of the two large tables.
    mutating func planRows(_ result: Catalog) {
      let folder = merge.folder
      let file = merge.file
      var matters = TableChanges()
      var items = TableChanges()
      /// The last row in each table of a matter before this one.
      var matterAnchor = TableChanges.top
      var itemAnchor = TableChanges.top
      var slashes: Set<String> = []
      entries.reserveCapacity(pairs.count)
      for (index, pair) in pairs.enumerated() {
        let oldItems = pair.old.map { folder.items(of: $0) } ?? []
        let rows = oldItems.map { folder.place($0, .matter).position }
        let own: (count: Int, id: String, name: String)
        if pair.status == .removed, let old = pair.old {
          own = (oldItems.count, folder.id(old), folder.text(old.name))
        } else {
          let matter = result.matters[index]
          own = (matter.items.count, result.id(matter), result.text(matter.name))
        }
        entries.append(
          ImportPlan.Entry(
            id: own.id, name: own.name, status: pair.status, changes: pair.changes, items: own.count))

        let oldRow = pair.old.map { folder.place($0).position }
        switch pair.status {
        case .removed:
          if let oldRow { matters.fates[oldRow] = .removed }
          for row in rows { items.fates[row] = .removed }
          if let old = pair.old, !old.placeholder.isEmpty { slashes.insert(own.id) }
          continue
        case .added:
          let matter = result.matters[index]
          matters.inserted[matterAnchor, default: []].append(
            TableChanges.NewRow(cells: MatterColumn.allCases.map { TableRows.text(matter, $0, of: result) }, from: nil))
        case .changed:
          var cells = [String?](repeating: nil, count: MatterColumn.allCases.count)
          for change in pair.changes {
            guard case .field(let column) = change.subject else { continue }
            cells[column.rawValue] = change.after
            if column == .placeholder, change.before?.isEmpty == false { slashes.insert(own.id) }
          }
          if let oldRow, cells.contains(where: { $0 != nil }) { matters.fates[oldRow] = .changed(cells) }
        case .unchanged, .kept:
          break
        }
        if let oldRow { matterAnchor = oldRow }

        let start = rows.min()
        if let last = rows.max(), !pair.itemsChange || !oldItems.isEmpty { itemAnchor = last }
        guard let new = pair.new, pair.itemsChange || pair.status == .added else { continue }
        for row in rows { items.fates[row] = .removed }
        let made = file.items(of: new).enumerated().map { place, item in
          let match = pair.matches.indices.contains(place) ? pair.matches[place] : nil
          return TableChanges.NewRow(
            cells: ItemColumn.allCases.map { TableRows.text(item, $0, of: file) },
            from: match.map { folder.place(folder.items[$0], .matter).position })
        }
        items.inserted[start ?? itemAnchor, default: []] += made
      }
      removeSlashes(slashes, &items)
      changes[.matters] = matters
      changes[.items] = items
    }

    /// A "/" row of the items table speaks for its matter louder than the matters table, so one that is no longer true
    /// goes.
    private func removeSlashes(_ ids: Set<String>, _ items: inout TableChanges) {
      guard !ids.isEmpty,
        let source = merge.folder.sources.first(where: { $0.sheet != nil && $0.columns[.items] != nil }),
        let sheet = source.sheet, let columns = source.columns[.items], columns[ItemColumn.matter.rawValue] >= 0,
        columns[ItemColumn.name.rawValue] >= 0
      else { return }
      var reader = sheet.rows()
      while reader.next() {
        func text(_ column: ItemColumn) -> String {
          let cell = columns[column.rawValue]
          return cell < reader.cells.count ? sheet.string(reader.cells[cell]).trimmingBlanks : ""
        }
        let name = text(.name)
        if name == "/" || name == "／", ids.contains(text(.matter)) { items.fates[reader.rowStart] = .removed }
      }
    }
  }
}
