import Catalog
import Localization

extension Rule {
  static let departmentConflict = Rule(
    id: "department-conflict", group: .responsibility, severity: .warning,
    title: LocalizedText(zh: "同一单项事项在不同“一件事”中由不同部门办理", en: "one approval, different departments in different matters"),
    reason: LocalizedText(
      zh: "同一单项事项只应由同一部门办理；写法不一，至少有一处是错的，或者一个名称指了两件事。“甲/乙”与其中之一不算矛盾。每个单项事项只报一次，报在出现较少的一方。",
      en:
        "One approval has one department; where matters differ, one of them is wrong, or one name stands for two things. “A/B” does not contradict A. Told once an approval, where the rarer reading stands."
    ),
    source: LocalizedText(
      zh: "§二（二）：对“一件事一次办”涉及的多个政务服务事项的设定依据、受理条件…等要素进行梳理；§一（二）4：谁审批、谁负责",
      en: "§二(二): the elements of each item are to be put in order; §一(二)4: who approves is responsible (谁审批、谁负责)"),
    fix: LocalizedText(
      zh: "核对哪个部门办理，统一各处写法；若是两件事，在 approvals.csv 中分立为两项；若原文如此，登记豁免并说明理由。",
      en:
        "Find out who handles it and print that everywhere; register two approvals if they are two things; or waive it with a reason if the notice says so."
    ),
    triggers: [
      Example(
        matters: [
          "2-029,second,29,enterprise,企业开办,市场监管部门,2022年12月底",
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
        ],
        items: [
          "2-029,1,营业执照,市场监管部门", "2-029,2,住房公积金单位登记开户,住建部门", "2-037,1,公积金缴存登记,公积金中心",
        ]),
      Example(
        matters: [
          "1-005,first,5,individual,残疾人证办理,市残联,2022年12月底", "2-009,second,9,individual,扶残助困,市残联,2022年12月底",
        ],
        items: ["1-005,1,残疾评定,卫健部门、医院", "2-009,1,残疾评定,残联部门"]),
    ],
    passes: [
      Example(
        matters: [
          "2-029,second,29,enterprise,企业开办,市场监管部门,2022年12月底",
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
        ],
        items: [
          "2-029,1,营业执照,市场监管部门/行政审批部门", "2-029,2,税务登记,税务部门", "2-037,1,营业执照,市市场监管局",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for conflict in DepartmentConflicts(catalog).all {
        let item = catalog.items[conflict.minority[0]]
        let other = catalog.items[conflict.majority]
        let positions: [Int] = [conflict.majority] + conflict.minority.dropFirst()
        let approval = catalog.approvals[conflict.approval].name
        context.report(
          .item(item.index), at: catalog.position(item, .responsible),
          related: positions.prefix(relatedLimit).map {
            (.item($0), catalog.position(catalog.items[$0], .responsible))
          },
          LocalizedText(
            zh: "单项事项“\(approval)”在 \(catalog.spokenZh(item))中由“\(catalog.text(item.responsible))”办理"
              + (conflict.minority.count > 1 ? "（共 \(conflict.minority.count) 处）" : "")
              + "，在 \(catalog.spokenZh(other))等 \(conflict.majorityCount) 处由“\(catalog.text(other.responsible))”办理",
            en: "the approval “\(approval)” is for “\(catalog.text(item.responsible))” in \(catalog.spokenEn(item))"
              + (conflict.minority.count > 1 ? " (\(conflict.minority.count) places in all)" : "")
              + " but for “\(catalog.text(other.responsible))” in \(catalog.spokenEn(other)) (\(conflict.majorityCount) place\(conflict.majorityCount == 1 ? "" : "s"))"
          ))
      }
    })
}

/// The approvals that are given to different departments.
struct DepartmentConflicts {
  struct Conflict {
    var approval: Int
    /// The first item of the departments that have it most often.
    var majority: Int
    var majorityCount: Int
    /// The items that give it to others, in order.
    var minority: [Int]
  }

  var all: [Conflict] = []

  init(_ catalog: Catalog) {
    let handling = Handling(catalog, .responsible)
    let named = SingleApprovals(catalog)
    let items = catalog.items

    // First the approvals that are printed with more than one text of departments: few.
    var firstText = [Int32](repeating: -1, count: catalog.approvals.count)
    var isSuspect = [Bool](repeating: false, count: catalog.approvals.count)
    var suspects = 0
    for item in items {
      let approval = Int(named[item.name])
      guard approval >= 0, item.matter != nil else { continue }
      let text = Int32(truncatingIfNeeded: item.responsible.index)
      if item.isUnknown(.responsible) || handling[item.responsible] == Handling.unknown { continue }
      if firstText[approval] < 0 {
        firstText[approval] = text
      } else if firstText[approval] != text, !isSuspect[approval] {
        isSuspect[approval] = true
        suspects += 1
      }
    }
    guard suspects > 0 else { return }

    struct Reading {
      var departments: Set<Int>
      var isChoice: Bool
      var items: [Int]
    }
    /// What makes two readings the same.
    struct Key: Hashable {
      var approval: Int
      var departments: Set<Int>
      var isChoice: Bool
    }
    var readings: [Int: [Reading]] = [:]
    var readingOfKey: [Key: Int] = [:]
    // By approval and printed text: of the many items that are printed alike only the first is worked out.
    var readingOfText: [UInt64: Int] = [:]
    for item in items {
      let approval = Int(named[item.name])
      guard approval >= 0, isSuspect[approval], item.matter != nil, !item.isUnknown(.responsible) else { continue }
      let code = handling[item.responsible]
      if code == Handling.unknown { continue }
      let key = UInt64(approval) << 32 | UInt64(item.responsible.index)
      if let known = readingOfText[key] {
        readings[approval]?[known].items.append(item.index)
        continue
      }
      let departments = Set(handling.departments(item.responsible))
      let isChoice = code == Handling.choice
      let meant = Key(approval: approval, departments: departments, isChoice: isChoice)
      if let known = readingOfKey[meant] {
        readings[approval]?[known].items.append(item.index)
        readingOfText[key] = known
      } else {
        readingOfText[key] = readings[approval]?.count ?? 0
        readingOfKey[meant] = readings[approval]?.count ?? 0
        readings[approval, default: []].append(
          Reading(departments: departments, isChoice: isChoice, items: [item.index]))
      }
    }
    for (approval, found) in readings {
      // The first of equals has it.
      guard var most = found.first else { continue }
      for reading in found.dropFirst() {
        if reading.items.count < most.items.count { continue }
        let isMore = reading.items.count > most.items.count
        if isMore || catalog.first(reading.items + most.items) == catalog.first(reading.items) { most = reading }
      }
      let others = found.filter { reading in
        if reading.departments == most.departments && reading.isChoice == most.isChoice { return false }
        let hasChoice = reading.isChoice || most.isChoice
        return !(hasChoice && !reading.departments.isDisjoint(with: most.departments))
      }
      let first = catalog.first(most.items)
      // Twice in one matter is a repeated item, not a conflict of matters.
      let minority = catalog.inOrder(others.flatMap(\.items).filter { items[$0].matter != items[first].matter })
      if !minority.isEmpty {
        all.append(
          Conflict(approval: approval, majority: first, majorityCount: most.items.count, minority: minority))
      }
    }
    all.sort { $0.minority[0] < $1.minority[0] }
  }
}

/// For each distinct name of an item the one approval that it stands for.
struct SingleApprovals {
  private let approvals: [Int32]

  init(_ catalog: Catalog) {
    approvals = catalog.names(.itemName).map { name in
      let choices = catalog.choices(name).choices
      guard choices.count == 1, let approval = choices[0].approval else { return -1 }
      return Int32(truncatingIfNeeded: approval)
    }
  }

  /// Negative if the name is a choice, unknown, or none.
  @inline(__always)
  subscript(name: TextID) -> Int32 { approvals[name.index] }
}
