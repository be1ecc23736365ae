/// The options of the generator.
public struct GrowthOptions: Sendable {
  public enum Format: String, Sendable, CaseIterable { case folder, csv, xml }

  public var matters: Int
  public var format: Format = .folder
  public var seed: UInt64 = 1
  /// How many defects of each kind.
  public var defects = 0
  public var kinds: [DefectKind] = DefectKind.allCases
  /// How many matters a list has at most.
  public var listSize = 10_000
  /// The catalog that is extended.
  public var source = "catalog"

  public init(matters: Int) { self.matters = matters }
}

/// Generates a catalog: the same matters in the same order on every pass.
///
/// A list is a county's, of ten thousand matters at most unless asked otherwise. Of every hundred, ten are life events
/// of individuals and ten of enterprises, with two to eight items of two departments at least; then comes a scene whose
/// six first items all that follow share, and 79 scenes with up to six items of their own. That is the shape of annex
/// 2, with two items a matter.
final class Grower {
  static let groupSize = 100
  private static let hubPlace = 20
  private static let approvalsPerCounty = 100

  let options: GrowthOptions
  let source: Source
  private(set) var lists: [ListDraft] = []
  var registers: Registers
  let places: PlaceNames

  /// Kinds that are planted in matters, and how many of each.
  private let kinds: [DefectKind]
  private let fileKinds: Set<DefectKind>
  private let perKind: Int
  private let eligible: Int
  /// Register entries made for planted defects.
  private var similar: [Int] = []
  private var ambiguous: [Int] = []
  private var joined: [Int] = []
  private var licences: [Int] = []
  /// Approvals whose names other entries claim.
  private var clouded: Set<Int> = []
  /// What the last pass has planted.
  private(set) var planted: [DefectKind: [String]] = [:]

  init(_ options: GrowthOptions) throws {
    guard options.matters > 0, options.matters <= 4_000_000 else {
      throw GrowthError("--matters takes a number from 1 to 4000000")
    }
    let listCount = (options.matters + options.listSize - 1) / options.listSize
    guard listCount < PlaceNames.order else { throw GrowthError("no more than \(PlaceNames.order - 1) lists") }
    self.options = options
    source = try Source(options.source)
    places = PlaceNames(seed: options.seed)
    var random = Random(seed: options.seed)
    registers = Registers(
      source: source, districts: listCount, perCounty: Grower.approvalsPerCounty, places: places, random: &random)

    let selected = options.defects > 0 ? options.kinds.filter { options.format == .folder || !$0.needsFolder } : []
    kinds = selected.filter { $0.place == .matter }
    fileKinds = Set(selected.filter { $0.place == .file })
    var scenes = 0
    for index in 0..<listCount {
      let size = options.matters * (index + 1) / listCount - options.matters * index / listCount
      let county = index == 0 ? Text("九江市".utf8) : registers.districts[index].county
      let id = index == 0 ? "second" : "county-\(index)"
      let isWrong = selected.contains(.wrongCount) && index < options.defects
      lists.append(
        ListDraft(
          id: Text(id.utf8), prefix: index + 2, notice: Text("notice-\(index + 1)".utf8),
          noticeNumber: Text("九府办字〔2022〕".utf8) + Text("\(index + 1)号".utf8),
          noticeTitle: Text("关于印发".utf8) + county + Text("“一件事一次办”改革工作方案的通知".utf8),
          title: county + Text("“一件事一次办”事项清单".utf8), county: county, size: size,
          announced: isWrong ? size * 2 : size))
      scenes +=
        size / Grower.groupSize * (Grower.groupSize - Grower.hubPlace - 1)
        + max(0, size % Grower.groupSize - Grower.hubPlace - 1)
    }
    eligible = scenes
    // An isolated deadline needs neighbours without a defect.
    let spacing = kinds.contains { $0.isAboutDeadlines } ? 3 : 1
    perKind = kinds.isEmpty ? 0 : min(options.defects, scenes / (spacing * kinds.count))
    addRegisterDefects(selected)
  }

  private func addRegisterDefects(_ selected: [DefectKind]) {
    let originals = registers.districts[0].approvals
    if kinds.contains(.similarName) {
      for place in originals.filter({ registers.approvals[$0].name.count >= 24 }).prefix(perKind) {
        var copy = registers.approvals[place]
        copy.id += Text("-again".utf8)
        var name = Array(String(decoding: copy.name, as: UTF8.self))
        let middle = name.indices.dropFirst(name.count / 2).first {
          name[$0].utf8.count == 3 && !"《》、”“".contains(name[$0])
        }
        // Each has a typing error of its own: one that occurs twice is a difference of meaning (用水, 用电).
        name[middle ?? 0] = Character(String(decoding: places.character(similar.count), as: UTF8.self))
        copy.name = Text(String(name).utf8)
        similar.append(registers.add(copy, sourceDepartment: registers.sourceDepartment[place]))
      }
    }
    if kinds.contains(.ambiguousName) {
      // Names of a county where there is one: those of the city may have been made similar.
      let others = registers.districts[min(1, registers.districts.count - 1)].approvals
      for (number, place) in others.suffix(perKind).enumerated() {
        var copy = registers.approvals[place]
        clouded.insert(place)
        copy.aliases = copy.name
        copy.competent = registers.sourceDepartment[place]
        copy.id += Text("-other".utf8)
        copy.name = places.village(options.matters + number) + Text("专门事务代办".utf8)
        ambiguous.append(registers.add(copy, sourceDepartment: registers.sourceDepartment[place]))
      }
    }
    func addNames(_ name: String, _ places: inout [Int]) {
      for number in 0..<perKind {
        var copy = registers.approvals[originals[0]]
        copy.id = Text("\(name.utf8.count)-\(places.count)-added".utf8)
        copy.name = self.places.village(options.matters + 200_000 + name.utf8.count * 1000 + number) + Text(name.utf8)
        places.append(registers.add(copy, sourceDepartment: registers.sourceDepartment[originals[0]]))
      }
    }
    if kinds.contains(.joinedNames) { addNames("消防监督环保监督", &joined) }
    if kinds.contains(.licenceAndFiling) { addNames("放风筝许可备案", &licences) }
    // Entries that nothing refers to stay in the registers.
    if selected.contains(.unusedApproval) {
      for number in 0..<options.defects {
        var copy = registers.approvals[originals[0]]
        copy.id = Text("unused-approval-\(number + 1)".utf8)
        copy.name = places.village(options.matters + 500_000 + number) + Text("闲置事项代办".utf8)
        registers.use(approval: registers.add(copy, sourceDepartment: 0))
        unused[.unusedApproval, default: []].append("unused-approval-\(number + 1)")
      }
    }
    if selected.contains(.unusedDepartment) {
      for number in 0..<options.defects {
        let draft = DepartmentDraft(
          id: Text("unused-department-\(number + 1)".utf8),
          short: places.village(options.matters + 900_000 + number) + Text("闲置机构".utf8), full: [], general: [],
          aliases: [], kind: Text("city-department".utf8))
        registers.use(department: registers.add(draft))
        unused[.unusedDepartment, default: []].append("unused-department-\(number + 1)")
      }
    }
    if selected.contains(.wrongCount) {
      unused[.wrongCount] = lists.prefix(options.defects).map { String(decoding: $0.id, as: UTF8.self) }
    }
    if selected.contains(.unknownWaiver) {
      waivers += waiverRows("no-such-rule", from: 1)
      unused[.unknownWaiver] = waivers.map { "\($0.rule) \($0.subject)" }
    }
    if selected.contains(.unusedWaiver) {
      let rows = waiverRows("stray-space", from: 6)
      waivers += rows
      unused[.unusedWaiver] = rows.map { "\($0.rule) \($0.subject)" }
    }
  }

  /// Waivers of matters that nothing is planted in: the first five of every list, or the next five.
  private func waiverRows(_ rule: String, from first: Int) -> [(rule: String, subject: String)] {
    var rows: [(String, String)] = []
    for list in lists {
      for number in first..<(first + 5) where number <= list.size && rows.count < options.defects {
        rows.append((rule, String(decoding: Grower.id(list.prefix, number), as: UTF8.self)))
      }
    }
    return rows
  }

  /// Defects outside of matters.
  private var unused: [DefectKind: [String]] = [:]
  private(set) var waivers: [(rule: String, subject: String)] = []

  /// Everything that has been planted, in the order of the kinds.
  var plantedInOrder: [Plan.Planted] {
    DefectKind.allCases.compactMap { kind in
      (planted[kind] ?? unused[kind]).map { Plan.Planted(kind: kind, subjects: $0) }
    }
  }

  static func id(_ prefix: Int, _ number: Int) -> Text {
    var out = Text("\(prefix)-".utf8)
    if number < 10 { out += Text("00".utf8) } else if number < 100 { out += Text("0".utf8) }
    return out + Text("\(number)".utf8)
  }

  // MARK: The pass

  /// The state of the pass within one list.
  struct Walk {
    let list: Int
    let district: Registers.District
    var random: Random
    var hub: Hub?
    /// By how much the numbers are shifted.
    var shift = 0
    /// The position in the cycle through the district's approvals.
    var cycle = 0
    var run: (deadline: Int, place: Int, length: Int)
    /// The last scene that nothing was planted in.
    var plain: (id: Text, name: Text, deadline: Int)?
    /// How many matters ago the last isolated deadline was.
    var calm = 0
    /// Its place among the hundred matters of its group.
    var place = 0
    /// How many scenes before this one have the usual lead.
    var usualLeads = 0
    /// In how many scenes nothing is to be planted.
    var pause = 0
  }

  /// Calls `body` with every matter in order.
  func walk(_ body: (MatterDraft) throws -> Void) throws {
    planted = [:]
    var ordinal = 0
    var scenes = 0
    var targets = 0
    let total = perKind * kinds.count
    for list in lists.indices {
      var random = Random(seed: options.seed &+ UInt64(list + 1) &* 0x2545_F491_4F6C_DD1D)
      let district = registers.districts[list]
      let run = newRun(after: -1, &random)
      var walk = Walk(list: list, district: district, random: random, run: run)
      for number in 1...lists[list].size {
        walk.calm += 1
        advanceRun(&walk, left: lists[list].size - number + 1)
        let place = (number - 1) % Grower.groupSize
        var draft = matter(number, place: place, ordinal: ordinal, &walk)
        ordinal += 1
        walk.place = place
        if place == Grower.hubPlace { walk.usualLeads = 0 }
        if place > Grower.hubPlace {
          var kind: DefectKind?
          if walk.pause > 0 {
            walk.pause -= 1
          } else if targets < total, scenes >= targets * eligible / total {
            let next = kinds[targets % kinds.count]
            if plant(next, in: &draft, ordinal: ordinal, &walk) { kind = next }
            // A defect that does not fit here is tried in the next scenes, and given up after some.
            if kind != nil || scenes > targets * eligible / total + 1000 { targets += 1 }
          }
          scenes += 1
          walk.usualLeads = draft.lead.printed == walk.district.either.printed ? walk.usualLeads + 1 : 0
          if kind == nil { walk.plain = (draft.id, draft.name, walk.run.deadline) }
        }
        try body(draft)
      }
    }
  }

  private func newRun(after last: Int, _ random: inout Random) -> (deadline: Int, place: Int, length: Int) {
    let weights = source.deadlines.enumerated().map { $0.offset == last ? 0 : $0.element.weight }
    return (random.weighted(weights), 0, 60 + random.below(240))
  }

  /// Matters of one deadline follow each other; the rest at the end of a list joins the last run.
  private func advanceRun(_ walk: inout Walk, left: Int) {
    walk.run.place += 1
    if walk.run.place > walk.run.length, left > 60 { walk.run = newRun(after: walk.run.deadline, &walk.random) }
  }

  private static let scene = Text("我要在".utf8)
  private static let hubRemark = Text("以下场景均包含此事项".utf8)
  private static let individual = Text("individual".utf8)
  private static let enterprise = Text("enterprise".utf8)
  private static let itemsOfEvent = [20, 20, 25, 20, 8, 5, 2]
  private static let itemsOfScene = [28, 30, 21, 11, 6, 3, 1]

  private func matter(_ number: Int, place: Int, ordinal: Int, _ walk: inout Walk) -> MatterDraft {
    let printed = number + walk.shift
    let id = Grower.id(lists[walk.list].prefix, printed)
    let village = places.village(ordinal)
    let deadline = source.deadlines[walk.run.deadline].text
    let digits = Text("\(printed)".utf8)
    if place < Grower.hubPlace {
      let isIndividual = place < Grower.hubPlace / 2
      let names = isIndividual ? source.individualNames : source.enterpriseNames
      let items = eventItems(2 + walk.random.weighted(Grower.itemsOfEvent), &walk)
      // Rows that are exchanged are seen where a matter is called as its items are.
      let own = fileKinds.contains(.shiftedRows) ? items[0].name : nil
      return MatterDraft(
        list: walk.list, id: id, number: digits, audience: isIndividual ? Grower.individual : Grower.enterprise,
        name: village + (own ?? names[walk.random.below(names.count)]), lead: lead(of: items, walk), deadline: deadline,
        items: items)
    }
    let name = Grower.scene + village + source.sceneNames[walk.random.below(source.sceneNames.count)]
    var draft = MatterDraft(
      list: walk.list, id: id, number: digits, audience: Grower.enterprise, name: name, lead: walk.district.either,
      deadline: deadline, items: [])
    if place == Grower.hubPlace {
      draft.remark = Grower.hubRemark
      draft.items = walk.district.hub.enumerated().map { position, approval in
        var item = item(approval, number: position + 1, walk)
        if position == 0 { item.responsible = walk.district.either }
        item.isShared = true
        return item
      }
      walk.hub = Hub(id: id, items: draft.items)
    } else {
      draft.includes = walk.hub?.id ?? []
      draft.hub = walk.hub
      draft.items = sceneItems(walk.random.weighted(Grower.itemsOfScene), &walk)
    }
    return draft
  }

  private func item(_ approval: Int, number: Int, _ walk: Walk) -> ItemDraft {
    ItemDraft(
      number: number, name: registers.approvals[approval].name, approval: approval,
      responsible: walk.district.responsible[registers.sourceDepartment[approval]])
  }

  /// An item that the city handles wherever it is asked for.
  private func cityItem(_ approval: Int, number: Int) -> ItemDraft {
    ItemDraft(
      number: number, name: registers.approvals[approval].name, approval: approval,
      responsible: registers.districts[0].responsible[registers.sourceDepartment[approval]])
  }

  /// Items of two departments at least, cycling through the approvals of the district.
  private func eventItems(_ count: Int, _ walk: inout Walk) -> [ItemDraft] {
    let own = walk.district.approvals
    var chosen: [Int] = []
    while chosen.count < min(count, own.count) {
      let next = own[walk.cycle % own.count]
      walk.cycle += 1
      if chosen.contains(next) { break }
      chosen.append(next)
    }
    let first = registers.sourceDepartment[chosen[0]]
    if chosen.allSatisfy({ registers.sourceDepartment[$0] == first }) {
      chosen[chosen.count - 1] = otherApproval(than: first, &walk)
    }
    return chosen.enumerated().map { item($1, number: $0 + 1, walk) }
  }

  private func otherApproval(than department: Int, _ walk: inout Walk) -> Int {
    while true {
      let approval = walk.district.approvals[walk.random.below(walk.district.approvals.count)]
      if registers.sourceDepartment[approval] != department { return approval }
    }
  }

  private func sceneItems(_ count: Int, _ walk: inout Walk) -> [ItemDraft] {
    var items: [ItemDraft] = []
    while items.count < count {
      let approval = walk.district.approvals[walk.random.below(walk.district.approvals.count)]
      if !items.contains(where: { $0.approval == approval }) {
        items.append(item(approval, number: items.count + 1, walk))
      }
    }
    return items
  }

  /// The department of the first item leads; in some matters together with that of the second.
  private func lead(of items: [ItemDraft], _ walk: Walk) -> PartyCell {
    func place(_ item: ItemDraft) -> Int { registers.sourceDepartment[item.approval ?? 0] }
    let first = walk.district.lead[place(items[0])]
    if items.count > 3, place(items[1]) != place(items[0]) {
      return PartyCell(first.parties + walk.district.lead[place(items[1])].parties)
    }
    return first
  }

  // MARK: Planting

  /// Plants a defect in a scene.
  ///
  /// - Returns: false if it does not fit here.
  private func plant(_ kind: DefectKind, in draft: inout MatterDraft, ordinal: Int, _ walk: inout Walk) -> Bool {
    let done = planted[kind]?.count ?? 0
    var subject = draft.id
    if kind.isAboutDeadlines {
      if walk.calm < 3 { return false }
      walk.calm = 0
    }
    func itemID(_ number: Int) -> Text { draft.id + Text(".\(number)".utf8) }
    if kind.needsItem, draft.items.isEmpty {
      draft.items = [item(walk.district.approvals[walk.random.below(walk.district.approvals.count)], number: 1, walk)]
    }
    switch kind {
    case .unclosedQuote: draft.slip = .unclosedQuote
    case .extraCell: draft.slip = .extraCell
    case .badByte: draft.slip = .badByte
    case .missingLead: draft.lead = PartyCell([])
    case .malformedNumber: draft.number += Text("号".utf8)
    case .malformedAudience: draft.audience = Text("企业和个人".utf8)
    case .repeatedMatter: draft.isRepeated = true
    case .repeatedItemNumber:
      let other = otherApproval(than: registers.sourceDepartment[draft.items[0].approval ?? 0], &walk)
      if draft.items.contains(where: { $0.approval == other }) { return false }
      draft.items.insert(item(other, number: 1, walk), at: 1)
      subject = itemID(1)
    case .misplacedID:
      draft.id = Grower.id(lists[walk.list].prefix, 900_000 + ordinal % 90_000)
      subject = draft.id
    case .numberGap:
      walk.shift += 1
      let next = Text("\((Int(String(decoding: draft.number, as: UTF8.self)) ?? 0) + 1)".utf8)
      draft.number = next
      draft.id = Grower.id(lists[walk.list].prefix, Int(String(decoding: next, as: UTF8.self)) ?? 0)
      subject = draft.id
    case .foreignAudience: draft.audience = Text("legal-person".utf8)
    case .duplicateName:
      guard let plain = walk.plain, plain.deadline == walk.run.deadline else { return false }
      draft.name = plain.name
      walk.plain = nil
    case .conflictingDeadlines:
      guard let plain = walk.plain, plain.deadline != walk.run.deadline else { return false }
      draft.name = plain.name
      walk.plain = nil
    case .orphanItem:
      let missing = Grower.id(lists[walk.list].prefix, 800_000 + ordinal % 90_000)
      draft.orphan = (missing, item(walk.district.approvals[0], number: 1, walk))
      subject = missing + Text(".1".utf8)
    case .unknownDepartment:
      // Each has a typing error of its own: one that occurs often is a department that the register lacks.
      let name = misspelt(draft.items[0].responsible.printed, done)
      draft.items[0].responsible = PartyCell([Party(department: nil, name: name)])
      subject = itemID(1)
    case .unknownApproval:
      // Other characters than those of the similar names.
      draft.items[0].name = misspelt(draft.items[0].name, done + 100)
      draft.items[0].approval = nil
      subject = itemID(1)
    case .unknownMatter:
      standAlone(&draft, &walk)
      draft.includes = Grower.id(lists[walk.list].prefix, 700_000 + ordinal % 90_000)
    case .nothingShared:
      guard let plain = walk.plain else { return false }
      standAlone(&draft, &walk)
      draft.includes = plain.id
      walk.plain = nil
    case .ambiguousName:
      guard done < ambiguous.count else { return false }
      draft.items.append(cityItem(ambiguous[done], number: draft.items.count + 1))
      subject = registers.approvals[ambiguous[done]].id
    case .singleDepartment: return plantSingleDepartment(&draft, &walk)
    case .leadWithoutItem:
      let present = (draft.items + (draft.hub?.items ?? [])).flatMap { $0.responsible.parties.compactMap(\.department) }
      guard let cell = walk.district.lead.first(where: { !present.contains($0.parties[0].department ?? -1) }) else {
        return false
      }
      draft.lead = cell
    case .unnamedDepartment:
      guard let place = source.departments.firstIndex(where: { $0.kind == Text("collective".utf8) }) else {
        return false
      }
      draft.items[0].responsible = walk.district.responsible[place]
      subject = itemID(1)
    case .departmentConflict:
      // An item whose name is that of two approvals is not compared.
      guard !clouded.contains(draft.items[0].approval ?? -1) else { return false }
      let place = registers.sourceDepartment[draft.items[0].approval ?? 0]
      draft.items[0].responsible = walk.district.responsible[place == 3 ? 4 : 3]
      subject = itemID(1)
    case .noApproval:
      draft.hub = nil
      draft.includes = []
      draft.items = []
    case .repeatedApproval:
      var copy = draft.items[0]
      copy.number = draft.items.count + 1
      draft.items.append(copy)
      subject = itemID(copy.number)
    case .fullWidthName:
      let own = walk.district.approvals
      guard let approval = own.first(where: { registers.approvals[$0].name.contains(0x28) }) else { return false }
      draft.items[0] = item(approval, number: 1, walk)
      draft.items.removeAll { $0.number > 1 && $0.approval == approval }
      draft.renumberItems()
      draft.items[0].name = Grower.widened(registers.approvals[approval].name)
      subject = itemID(1)
    case .similarName:
      guard done < similar.count else { return false }
      draft.items.append(cityItem(similar[done], number: draft.items.count + 1))
      subject = registers.approvals[similar[done]].id
    case .joinedNames, .licenceAndFiling:
      let entries = kind == .joinedNames ? joined : licences
      guard done < entries.count else { return false }
      draft.items.append(cityItem(entries[done], number: draft.items.count + 1))
      subject = itemID(draft.items.count)
    case .looseForm:
      draft.number = Text(
        String(decoding: draft.number, as: UTF8.self).unicodeScalars.map {
          String(Character(Unicode.Scalar($0.value + 0xFEE0) ?? $0))
        }.joined().utf8)
    case .unknownList: draft.printedList = Text("secnd-\(done + 1)".utf8)
    case .sharingCycle: draft.includes = draft.id
    case .incompleteWithdrawal: draft.withdrawn = Text("2022-02-01".utf8)
    case .generalLead:
      guard let general = walk.district.responsible.first(where: { $0.printed == draft.items[0].responsible.printed }),
        walk.list == 0, !walk.district.lead.contains(where: { $0.printed == general.printed })
      else { return false }
      draft.lead = general
    case .isolatedLead:
      // The two scenes before and after it have the usual lead.
      guard isAmongScenes(walk), walk.usualLeads >= 2 else { return false }
      walk.pause = 2
      draft.lead = PartyCell([walk.district.either.parties[0]])
    case .placeholderMismatch: draft.placeholder = walk.district.either.printed
    case .looseSeparator:
      draft.lead = PartyCell(draft.lead.parties + [Party(department: nil, name: [])], isChoice: draft.lead.isChoice)
    case .unexportableText: draft.name.insert(0x07, at: 15)
    case .doubledText: draft.name += draft.name
    case .misplacedValue: draft.name = draft.id
    case .isolatedValue:
      guard isAmongScenes(walk) else { return false }
      draft.audience = Grower.individual
    case .garbledText: draft.name = Text("????".utf8)
    case .traditionalCharacter: draft.name += Text("餐館".utf8)
    case .bracketedName:
      draft.name = Grower.scene.dropLast(3) + Text("开(".utf8) + draft.name.dropFirst(9) + Text(")".utf8)
    case .mixedBrackets: draft.name += Text("(甲)（乙）".utf8)
    case .unbalancedBrackets: draft.name += Text("(甲".utf8)
    case .straySpace: draft.name.insert(0x20, at: 15)
    case .invisibleCharacter: draft.name.insert(contentsOf: Text("\u{200B}".utf8), at: 15)
    case .compatibilityCharacter: draft.name += Text("\u{F9D1}店".utf8)
    case .formulaPrefix: draft.name.insert(0x3D, at: 0)
    case .unreadableDeadline: draft.deadline = DeadlineText("见附件说明")
    case .deadlineCharacters: draft.deadline.printed += Text("。".utf8)
    case .deadlineStyle:
      draft.deadline.printed.removeLast(3)
    case .deadlineBeforeNotice: draft.deadline = DeadlineText("2021年6月底", due: "2021-06-30")
    case .isolatedDeadline:
      let left = lists[walk.list].size - (Int(String(decoding: draft.number, as: UTF8.self)) ?? 0)
      guard walk.run.place > 40, min(left, walk.run.length - walk.run.place) > 40 else { return false }
      draft.deadline = source.deadlines[(walk.run.deadline + 1) % source.deadlines.count].text
    default: return false
    }
    planted[kind, default: []].append(String(decoding: subject, as: UTF8.self))
    return true
  }

  /// Whether the matters around it are scenes as well.
  private func isAmongScenes(_ walk: Walk) -> Bool {
    (Grower.hubPlace + 5...Grower.groupSize - 5).contains(walk.place)
  }

  /// A name with a wrong character in its middle.
  private func misspelt(_ name: Text, _ number: Int) -> Text {
    var characters = Array(String(decoding: name, as: UTF8.self))
    let middle = characters.indices.dropFirst(characters.count / 2).first {
      characters[$0].utf8.count == 3 && !"《》、”“".contains(characters[$0])
    }
    characters[middle ?? 0] = Character(String(decoding: places.character(number), as: UTF8.self))
    return Text(String(characters).utf8)
  }

  /// What has been planted in files: rows and cells of tables that are written.
  func record(_ kind: DefectKind, _ subjects: [String]) { planted[kind] = subjects }

  /// Whether a kind is planted in files.
  func plants(_ kind: DefectKind) -> Bool { fileKinds.contains(kind) }

  /// Two items of two departments, and nothing shared.
  private func standAlone(_ draft: inout MatterDraft, _ walk: inout Walk) {
    draft.hub = nil
    draft.includes = []
    let first = walk.district.approvals[walk.random.below(walk.district.approvals.count)]
    let second = otherApproval(than: registers.sourceDepartment[first], &walk)
    draft.items = [item(first, number: 1, walk), item(second, number: 2, walk)]
    draft.lead = walk.district.lead[registers.sourceDepartment[first]]
  }

  private func plantSingleDepartment(_ draft: inout MatterDraft, _ walk: inout Walk) -> Bool {
    let own = walk.district.approvals
    for first in own {
      let place = registers.sourceDepartment[first]
      guard let second = own.first(where: { $0 != first && registers.sourceDepartment[$0] == place }) else { continue }
      draft.hub = nil
      draft.includes = []
      draft.items = [item(first, number: 1, walk), item(second, number: 2, walk)]
      draft.lead = walk.district.lead[place]
      planted[.singleDepartment, default: []].append(String(decoding: draft.id, as: UTF8.self))
      return true
    }
    return false
  }

  /// With full-width brackets.
  private static func widened(_ name: Text) -> Text {
    var out: Text = []
    for byte in name {
      switch byte {
      case 0x28: out += Text("（".utf8)
      case 0x29: out += Text("）".utf8)
      default: out.append(byte)
      }
    }
    return out
  }
}

extension DefectKind {
  var isAboutDeadlines: Bool {
    switch self {
    case .conflictingDeadlines, .unreadableDeadline, .deadlineBeforeNotice, .isolatedDeadline: true
    default: false
    }
  }

  /// It is in one of the matter's own items.
  var needsItem: Bool {
    switch self {
    case .repeatedItemNumber, .unknownDepartment, .unknownApproval, .unnamedDepartment, .departmentConflict: true
    case .repeatedApproval, .fullWidthName, .generalLead: true
    default: false
    }
  }
}
