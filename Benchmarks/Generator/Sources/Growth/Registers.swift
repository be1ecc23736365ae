/// Departments and approvals of the city and of every generated county, with the cells in which they are printed.
struct Registers {
  private(set) var departments: [DepartmentDraft] = []
  private(set) var approvals: [ApprovalDraft] = []
  private(set) var districts: [District] = []

  /// The city or a county, with its departments and approvals.
  struct District {
    var county: Text
    /// For each department of the source, the cell that names it as responsible, and as lead.
    var responsible: [PartyCell]
    var lead: [PartyCell]
    /// 市场监管部门/行政审批部门.
    var either: PartyCell
    /// Indices in `Registers.approvals`, without those of the hub.
    var approvals: [Int]
    /// The approvals of the hub, which every including matter shares: 营业执照 and five more.
    var hub: [Int]
  }

  /// For each approval, the index of its department among the source's.
  private(set) var sourceDepartment: [Int] = []

  /// - Parameters:
  ///   - districts: one for the city, and one for each county.
  ///   - perCounty: how many approvals a county has.
  init(source: Source, districts count: Int, perCounty: Int, places: PlaceNames, random: inout Random) {
    let city = source.departments
    for index in 0..<count {
      let county = index == 0 ? [] : places.county(index)
      let suffix = index == 0 ? "" : "-c\(index)"

      // 市公安局 of the city is 丰水台县公安局 in a county; banks and hospitals are common to all.
      var mapped = Array(city.indices)
      for (place, department) in city.enumerated() {
        if index == 0 {
          departments.append(department)
        } else if Array(department.short.prefix(3)) == Registers.cityMark {
          mapped[place] = departments.count
          departments.append(
            DepartmentDraft(
              id: department.id + Text(suffix.utf8), short: county + department.short.dropFirst(3), full: [],
              general: [],
              aliases: [], kind: department.kind))
        }
      }
      func name(_ place: Int) -> Text {
        let department = departments[mapped[place]]
        return index == 0 && !department.general.isEmpty ? department.general : department.short
      }
      let responsible = city.indices.map { PartyCell([Party(department: mapped[$0], name: name($0))]) }
      let lead = city.indices.map { PartyCell([Party(department: mapped[$0], name: departments[mapped[$0]].short)]) }

      // Approvals: the source's own for the city, a choice of them for a county, the hub's for all.
      var chosen = Array(source.approvals.indices)
      if index > 0 {
        for place in 0..<min(perCounty, chosen.count) {
          chosen.swapAt(place, place + random.below(chosen.count - place))
        }
        chosen = chosen.prefix(perCounty).sorted()
      }
      func add(_ approval: ApprovalDraft) -> Int {
        var approval = approval
        if index > 0 {
          approval.id += Text(suffix.utf8)
          approval.name = county + approval.name
          approval.aliases = []
        }
        sourceDepartment.append(approval.competent)
        approval.competent = mapped[approval.competent]
        approvals.append(approval)
        return approvals.count - 1
      }
      let hub = source.hub.map { add($0) }
      let own = chosen.map { add(source.approvals[$0]) }
      districts.append(
        District(
          county: county, responsible: responsible, lead: lead,
          either: PartyCell(source.either.map { lead[$0].parties[0] }, isChoice: true), approvals: own, hub: hub))
    }
  }

  private static let cityMark = Text("市".utf8)

  mutating func add(_ department: DepartmentDraft) -> Int {
    departments.append(department)
    return departments.count - 1
  }

  mutating func add(_ approval: ApprovalDraft, sourceDepartment: Int) -> Int {
    approvals.append(approval)
    self.sourceDepartment.append(sourceDepartment)
    return approvals.count - 1
  }

  mutating func use(_ cell: PartyCell) {
    for party in cell.parties { if let department = party.department { departments[department].isUsed = true } }
  }

  mutating func use(approval: Int) { approvals[approval].isUsed = true }
  mutating func use(department: Int) { departments[department].isUsed = true }
}
