import Catalog
import Deadlines
import Testing

@testable import Validator

/// What the surveys leave out is what no rule could report: each fact is compared with what looking at every row by itself
/// shows, on catalogs edited at random.
@Suite struct SurveyTests {
  private static let seeds = 0..<40 as Range<UInt64>

  private struct Surveyed {
    let catalog: Catalog
    let analyses: SharedAnalyses
    var survey: RowSurvey { analyses.survey }

    init(_ seed: UInt64) {
      var random = RandomCatalog(seed)
      let edits = [1, 4, 20, 80][random.next(4)]
      catalog = random.edited(edits).catalog
      analyses = SharedAnalyses(catalog)
    }
  }

  @Test(arguments: seeds) func order(_ seed: UInt64) {
    let surveyed = Surveyed(seed)
    let (catalog, order) = (surveyed.catalog, surveyed.survey.order)
    let matters = catalog.matters
    let keys = matters.map { ($0.list ?? -1, $0.number ?? -1) }
    #expect(
      order.isSorted
        == (!matters.contains { $0.list == nil || $0.number == nil }
          && zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 }))
    #expect(order.hasWithdrawn == matters.contains { $0.isWithdrawn })
    #expect(order.hasPlaceholders == matters.contains { !$0.placeholder.isEmpty })
    #expect(order.hasUnknownLeads == matters.contains { $0.isUnknown(.lead) })
    let ids = matters.map(\.id).filter { !$0.isEmpty }
    #expect(order.hasRepeatedIDs == (Set(ids).count < ids.count))
    let names = matters.map(\.name).filter { !$0.isEmpty }
    #expect(order.hasRepeatedNames == (Set(names).count < names.count))
    #expect(
      order.changes.map(Int.init)
        == matters.indices.dropLast().filter {
          matters[$0].audience != matters[$0 + 1].audience || matters[$0].includes != matters[$0 + 1].includes
        })
    let leads = surveyed.analyses.departments(.lead)
    #expect(
      order.leadChanges.map(Int.init)
        == matters.indices.dropFirst().filter {
          leads[matters[$0].lead] >= 0 && leads[matters[$0 - 1].lead] == DepartmentsByText.choice
        })
    for list in catalog.lists.indices {
      let audiences = Set(matters.filter { $0.list == list }.compactMap(\.audience))
      #expect(order.audiences[list] == audiences.reduce(0) { $0 | 1 << UInt64($1) })
    }
  }

  @Test(arguments: seeds) func mattersByNumber(_ seed: UInt64) {
    let surveyed = Surveyed(seed)
    let catalog = surveyed.catalog
    let wanted = catalog.matters.filter { $0.list != nil && $0.number != nil && !$0.isWithdrawn }
    let sorted = wanted.sorted {
      ($0.list ?? 0, $0.number ?? 0, $0.index) < ($1.list ?? 0, $1.number ?? 0, $1.index)
    }
    let order = surveyed.survey.order
    let byNumber = MattersByNumber(catalog, isWhole: order.isSorted && !order.hasWithdrawn) { !$0.isWithdrawn }
    #expect((0..<byNumber.count).map { byNumber[$0].index } == sorted.map(\.index))
    let ofLists = MattersOfLists(catalog, isSorted: order.isSorted)
    for list in catalog.lists.indices {
      let own = catalog.matters.filter { $0.list == list && $0.number != nil }
        .sorted { ($0.number ?? 0, $0.index) < ($1.number ?? 0, $1.index) }
      #expect(ofLists.order[ofLists.ranges[list]].map(Int.init) == own.map(\.index))
    }
  }

  @Test(arguments: seeds) func dueDays(_ seed: UInt64) throws {
    let surveyed = Surveyed(seed)
    let (catalog, due) = (surveyed.catalog, surveyed.survey.dueDays)
    struct Key: Hashable {
      var list: Int
      var day: Day
    }
    var counts: [Key: [Int]] = [:]
    for matter in catalog.matters where !matter.isWithdrawn {
      if let list = matter.list, let day = catalog.due(matter) {
        counts[Key(list: list, day: day), default: []].append(matter.index)
      }
    }
    #expect(due.entries.count == counts.count)
    for entry in due.entries {
      let matters = try #require(counts[Key(list: entry.list, day: entry.day)])
      #expect(entry.count == matters.count)
      #expect(entry.first == matters.first)
    }
    for list in catalog.lists.indices where !due.mayHaveShortRuns[list] {
      // In order of the rows, runs between others are long.
      let days = catalog.matters.filter { $0.list == list && $0.number != nil && !$0.isWithdrawn }
      let dated = days.filter { catalog.due($0) != nil }
      #expect(zip(dated, dated.dropFirst()).allSatisfy { ($0.number ?? 0) <= ($1.number ?? 0) })
      var runs: [Int] = []
      var last: Day?
      for matter in dated {
        if catalog.due(matter) == last { runs[runs.count - 1] += 1 } else { runs.append(1) }
        last = catalog.due(matter)
      }
      #expect(runs.dropFirst().dropLast().allSatisfy { $0 > DueDays.shortRun })
    }
  }

  @Test(arguments: seeds) func itemNumbers(_ seed: UInt64) {
    let surveyed = Surveyed(seed)
    let (catalog, numbers) = (surveyed.catalog, surveyed.survey.itemNumbers)
    let irregular = catalog.matters.filter { matter in
      let own = matter.items.map { catalog.items[$0].number }
      return own != Array(1..<own.count + 1)
    }
    #expect(numbers.irregular.map(Int.init) == irregular.map(\.index))
    #expect(
      numbers.bare.map(Int.init)
        == catalog.matters.filter { $0.items.isEmpty && $0.includesID.isEmpty }.map(\.index))
  }

  @Test(arguments: seeds) func departments(_ seed: UInt64) {
    let surveyed = Surveyed(seed)
    let (catalog, found) = (surveyed.catalog, surveyed.survey.departments)
    let handling = surveyed.analyses.leadHandling
    let responsible = surveyed.analyses.departments(.responsible)
    let (doubts, sole) = (Set(found.leadDoubts.map(Int.init)), Set(found.soleDepartments.map(Int.init)))
    var sharing = SharedItemsCache(catalog)
    func earliest(_ items: [Item]) -> Item? {
      items.min { ($0.number ?? .max, $0.index) < ($1.number ?? .max, $1.index) }
    }
    for matter in catalog.matters {
      let own = Array(catalog.items(of: matter))
      let shared = sharing.of(matter)
      if handling.isKnown(matter.lead), !doubts.contains(matter.index) {
        // No rule about leads reports it: the first item is known, and the lead handles it.
        let first = shared.flatMap { earliest($0) ?? earliest(own) }
        #expect(first.flatMap { handling.handles(matter.lead, $0) } == true)
      }
      if !sole.contains(matter.index), let shared, !(shared + own).isEmpty, matter.placeholder.isEmpty {
        let codes = (shared + own).map {
          $0.isUnknown(.responsible) ? DepartmentsByText.unknown : responsible[$0.responsible]
        }
        let single = Set(codes.filter { $0 != DepartmentsByText.choice })
        #expect(single.count > 1 || single.contains { $0 < 0 })
      }
      for item in own where handling.surelyHandles(matter.lead, item) {
        #expect(handling.handles(matter.lead, item) == true)
      }
    }
    let matters = catalog.matters
    #expect(found.hasUnknownIncludes == matters.contains { $0.includes == nil && !$0.includesID.isEmpty })
    #expect(
      found.hasIdleIncludes
        == matters.contains { matter in
          matter.includes.map { other in
            !catalog.items(of: matters[other]).contains { $0.isShared || $0.isUnknown(.shared) }
          } ?? false
        })
    #expect(
      found.hasChains == matters.contains { matter in matter.includes.map { matters[$0].includes != nil } ?? false })
  }

  @Test(arguments: seeds) func approvals(_ seed: UInt64) {
    let surveyed = Surveyed(seed)
    let (catalog, uses) = (surveyed.catalog, surveyed.survey.approvals)
    func pairs(_ matters: [Int32]) -> [[Int]] {
      var repeated = RepeatedApprovals(catalog, uses.keys)
      var found: [[Int]] = []
      repeated.forEach(in: matters) { found.append([$0.index, $1.index]) }
      return found
    }
    #expect(pairs(uses.repeating) == pairs(catalog.matters.map { Int32($0.index) }))
    var texts: [TextID: Set<TextID>] = [:]
    for item in catalog.items where item.matter != nil && !item.isUnknown(.responsible) {
      texts[item.name, default: []].insert(item.responsible)
    }
    #expect(uses.hasSeveralResponsibles == texts.values.contains { $0.count > 1 })
    if !uses.hasSeveralResponsibles {
      for name in catalog.names(.itemName) { #expect(uses.responsible(name) == texts[name]?.first) }
    }
  }

  @Test(arguments: seeds) func numbering(_ seed: UInt64) {
    let catalog = Surveyed(seed).catalog
    let numbering = ListNumbering(catalog)
    var rows = catalog.lists.map { _ in 0 }
    var isOrdered = true
    for matter in catalog.matters {
      guard let list = matter.list else {
        isOrdered = false
        continue
      }
      rows[list] += 1
      if matter.number != rows[list] || !numbering.agrees(matter.id, list: list, number: rows[list]) {
        isOrdered = false
      }
    }
    #expect(numbering.isOrdered == isOrdered)
  }

  /// The numbers of a list that grow by a digit, and lists by turns.
  @Test(arguments: [false, true]) func idsAreCountedUp(_ byTurns: Bool) throws {
    func row(_ list: Int, _ number: Int) -> String {
      let digits = String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
      return
        "\(list)-\(digits),\(list == 1 ? "first" : "second"),\(number),individual,事项\(list)之\(number),市人社局,2022年12月底"
    }
    let numbers = 1...1_200
    let rows =
      byTurns
      ? numbers.flatMap { [row(1, $0), row(2, $0)] } : numbers.map { row(1, $0) } + numbers.map { row(2, $0) }
    let catalog = try #require(Example(matters: rows).catalog)
    #expect(ListNumbering(catalog).isOrdered)
    for (place, wrong) in [(3, "1-0999"), (198, "2-0"), (1_199, "2-1000"), (2_399, "2-1201"), (999, "1-10000")] {
      var rows = rows
      rows[place] = wrong + rows[place].drop { $0 != "," }
      let catalog = try #require(Example(matters: rows).catalog)
      #expect(!ListNumbering(catalog).isOrdered, "\(wrong)")
    }
  }

  @Test(arguments: seeds) func texts(_ seed: UInt64) {
    let catalog = Surveyed(seed).catalog
    let (texts, other) = (TextSurvey(catalog), TextSurvey(catalog, isParallel: true))
    #expect(texts.frequency == other.frequency)
    let names = catalog.departmentRegister.names.map { Array($0.name.utf8) }
    let ends = (first: Set(names.map { Array($0.prefix(3)) }), last: Set(names.map { Array($0.suffix(3)) }))
    for column in TextSurvey.columns {
      for name in catalog.names(column) {
        #expect(texts[name] == other[name])
        let text = catalog.text(name)
        let traits = text.isEmpty ? [] : catalog.withBytes(name) { TextTraits(of: $0) }
        #expect(texts[name].subtracting(.maybeDepartments) == traits, "“\(text)”")
        let bytes = Array(text.utf8)
        if bytes.count >= 3, bytes.count <= 120, ends.first.contains(Array(bytes.prefix(3))),
          ends.last.contains(Array(bytes.suffix(3)))
        {
          #expect(texts[name].contains(.maybeDepartments), "“\(text)”")
        }
      }
      for wanted in [.blank, [.halfBracket, .formula], .beginsPlainly, .endsInBracket] as [TextTraits] {
        var found: [TextID] = []
        texts.forEach(in: column, having: wanted) { found.append($0) }
        #expect(found == catalog.names(column).filter { !texts[$0].isDisjoint(with: wanted) })
      }
    }
  }

  // MARK: Names

  /// Names whose forms have the same hash have the same form, and the other way round.
  @Test(arguments: 0..<200 as Range<UInt64>) func hashesOfForms(_ seed: UInt64) {
    var random = RandomCatalog(seed)
    let pieces = [
      "开", "办", "食品", "店", "事项", "服务", "一件事", "办理", "申请", "（", ")", "。", " ", "A", "ａ", "1", "é", "\u{A0}", "㐀", "𠀀",
    ]
    var names: [UInt64: [UInt8]] = [:]
    var hashes: [[UInt8]: UInt64] = [:]
    var room: [UInt8] = []
    for _ in 0..<200 {
      var name = (0..<random.next(8)).map { _ in pieces[random.next(pieces.count)] }.joined()
      var form: [UInt8] = []
      let length = name.withUTF8 { MatterNameForm.write($0, to: &form) }
      let hash = name.withUTF8 { MatterNameForm.hash($0, &room) }
      let bytes = Array(form[..<length])
      #expect((hash == 0) == (length < MatterNameForm.fewestBytes), "“\(name)”")
      if hash == 0 { continue }
      #expect(names[hash] == nil || names[hash] == bytes, "“\(name)”")
      #expect(hashes[bytes] == nil || hashes[bytes] == hash, "“\(name)”")
      names[hash] = bytes
      hashes[bytes] = hash
    }
  }

  @Test(arguments: seeds) func repeatedForms(_ seed: UInt64) throws {
    let surveyed = Surveyed(seed)
    let catalog = surveyed.catalog
    var room: [UInt8] = []
    let hashes = catalog.names(.matterName).map { name in catalog.withBytes(name) { MatterNameForm.hash($0, &room) } }
    let pairs = try #require(
      RepeatedNameForms.pairs(
        catalog, hashes: hashes, isRepeating: surveyed.survey.order.hasRepeatedNames, moreThan: 0))
    var names: Set<TextID> = []
    var first: [[UInt8]: Int] = [:]
    var expected: [[Int]] = []
    for matter in catalog.matters where !matter.isWithdrawn && !matter.name.isEmpty {
      guard names.insert(matter.name).inserted else { continue }
      var form: [UInt8] = []
      let length = catalog.withBytes(matter.name) { MatterNameForm.write($0, to: &form) }
      if length < MatterNameForm.fewestBytes { continue }
      if let earlier = first[Array(form[..<length])] {
        expected.append([matter.index, earlier])
      } else {
        first[Array(form[..<length])] = matter.index
      }
    }
    #expect(pairs.map { [$0.matter, $0.earlier] } == expected)
  }

  /// The characters that a name shares with the items of its matter and of those beside it, counted by sets.
  @Test(arguments: seeds) func sharedCharacters(_ seed: UInt64) {
    let surveyed = Surveyed(seed)
    let catalog = surveyed.catalog
    let frequency = surveyed.analyses.texts.frequency
    let limit: UInt32 = 10
    var shared = SharedCharacters(catalog, TellingCharacters(catalog, frequency: frequency, limit: limit))
    let lists = MattersOfLists(catalog, isSorted: surveyed.survey.order.isSorted)
    func rare(_ name: TextID) -> Set<UInt32> {
      Set(
        catalog.text(name).unicodeScalars.map(\.value).filter {
          guard $0 >= 0x4E00, $0 < 0xA000 else { return false }
          let count = frequency[Int($0) - ChineseCharacters.first]
          return count > 0 && count <= limit
        })
    }
    for range in lists.ranges where !range.isEmpty {
      let order = lists.order[range]
      shared.count(order)
      let matters = order.map { catalog.matters[Int($0)] }
      let names = matters.map { rare($0.name) }
      let items = matters.map { $0.items.reduce(into: Set<UInt32>()) { $0.formUnion(rare(catalog.items[$1].name)) } }
      for place in matters.indices {
        #expect(Int(shared.own[place]) == min(2, names[place].intersection(items[place]).count))
        let next = place + 1 < matters.count ? names[place].intersection(items[place + 1]).count : 0
        #expect(Int(shared.next[place]) == min(2, next))
        let previous = place > 0 ? names[place].intersection(items[place - 1]).count : 0
        #expect(Int(shared.previous[place]) == min(2, previous))
      }
      #expect(shared.numbers.map(Int.init) == matters.map { $0.number ?? 0 })
    }
  }
}
