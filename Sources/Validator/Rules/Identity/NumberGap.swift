import Catalog
import Localization

extension Rule {
  /// Reports a matter that is missing between others, with its number; one that is missing at the end leaves no gap and
  /// is reported by `count-mismatch`.
  static let numberGap = Rule(
    id: "number-gap", group: .identity, severity: .error,
    title: LocalizedText(
      zh: "序号不连续",
      en: "a list whose numbers are not consecutive"),
    reason: LocalizedText(
      zh: "缺了序号，就是漏了一件事或一个关联事项，或者序号写错。",
      en: "A missing number means that a matter or an item is missing, or that a number is wrong."),
    source: LocalizedText(
      zh: "附件1、附件2的序号：1至11,1至230", en: "the numbers of annexes 1 and 2: 1 to 11, 1 to 230"),
    fix: LocalizedText(
      zh: "对照文件补上缺的行；不再办理的事项保留原行，用 `onevisit edit withdraw` 撤回。关联事项、豁免和完成情况按标识引用，不要重编后面的序号。",
      en:
        "Restore the missing rows from the notice. A matter that is no longer offered keeps its row and is withdrawn (`onevisit edit withdraw`). Do not renumber the following rows: items, waivers and progress refer to the ids."
    ),
    triggers: [
      Example(matters: [
        "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底",
        "1-003,first,↓3,individual,企业职工退休,市人社局,2022年12月底",
      ]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门", "2-001,↓4,社会保险费申报,税务部门"]),
    ],
    passes: [
      // The order of the rows does not matter.
      Example(
        matters: [
          "1-002,first,2,individual,公民婚育,市民政局,2022年12月底",
          "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底",
        ],
        items: ["1-001,2,出生登记(当年出生),公安部门", "1-001,1,开具出生医学证明,卫健部门"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let numbering = context.numbering
      for list in catalog.lists.indices where !catalog.lists[list].isPartial {
        for gap in numbering.gaps(in: list).open {
          let next = catalog.matters[gap.next]
          context.report(
            .matter(gap.next), at: catalog.position(next, .number),
            gapMessage(gap, list: list, numbering),
            fix: isReferredTo(after: gap, in: list, catalog) ? nil : renumbering)
        }
      }
      reportItems(context)
    })

  /// The advice where nothing would lose its thread.
  private static let renumbering = LocalizedText(
    zh: "对照文件补上缺的行；确实没有缺的，把后面各行的标识和序号改为连续（它们还没有关联事项、豁免和完成情况）。",
    en:
      "Restore the missing rows from the notice; if none is missing, correct id and number of the following rows, to which no item, waiver or progress refers yet."
  )

  /// Whether items, waivers or progress refer to a matter after a gap: renumbering would give these to other matters.
  private static func isReferredTo(after gap: ListNumbering.Gap, in list: Int, _ catalog: Catalog) -> Bool {
    let after = gap.numbers.upperBound
    let prefix = catalog.lists[list].prefix
    if catalog.matters.contains(where: { $0.list == list && $0.number ?? 0 > after && !$0.items.isEmpty }) {
      return true
    }
    func isAfter(_ id: some StringProtocol) -> Bool {
      MatterRun.split(id.prefix { $0 != "." }).map { $0.prefix == prefix && $0.number > after } ?? false
    }
    return catalog.progress.contains { isAfter($0.matter) }
      || catalog.waivers.contains { waiver in
        MatterRun(waiver.subject).map { $0.prefix == prefix && $0.numbers.upperBound > after }
          ?? isAfter(waiver.subject)
      }
      || catalog.matters.contains { matter in
        !matter.includesID.isEmpty && isAfter(catalog.text(matter.includesID))
      }
  }

  private static func gapMessage(_ gap: ListNumbering.Gap, list: Int, _ numbering: ListNumbering) -> LocalizedText {
    let catalog = numbering.catalog
    let first = numbering.id(list: list, number: gap.numbers.lowerBound)
    let last = numbering.id(list: list, number: gap.numbers.upperBound)
    let next = catalog.id(catalog.matters[gap.next])
    let name = catalog.lists[list].id
    return gap.numbers.count == 1
      ? LocalizedText(
        zh: "清单 \(name) 缺 \(first)：\(next) 之前的序号不连续",
        en: "\(first) is missing from the list \(name), before \(next)")
      : LocalizedText(
        zh: "清单 \(name) 缺 \(first) 至 \(last) 共 \(gap.numbers.count) 项：\(next) 之前的序号不连续",
        en: "\(first) to \(last) (\(gap.numbers.count) numbers) are missing from the list \(name), before \(next)")
  }

  private static func reportItems(_ context: RuleContext) {
    let catalog = context.catalog
    let items = catalog.items
    var strays: [(position: SourcePosition, number: Int)]?
    for matter in context.survey.itemNumbers.irregular.lazy.map({ catalog.matters[Int($0)] }) {
      let numbered = matter.items.compactMap { index in items[index].number.map { (number: $0, item: index) } }
        .sorted { ($0.number, $0.item) < ($1.number, $1.item) }
      var doubled: Set<Int> = []
      for (one, next) in zip(numbered, numbered.dropFirst()) where one.number == next.number {
        doubled.insert(one.number)
      }
      var gaps: [(numbers: ClosedRange<Int>, next: Int, before: Int?)] = []
      var previous = 0
      var before: Int?
      for entry in numbered {
        if entry.number > previous + 1 { gaps.append((previous + 1...entry.number - 1, entry.item, before)) }
        previous = entry.number
        before = entry.item
      }
      let missing = gaps.reduce(0) { $0 + $1.numbers.count }
      // The items whose number cannot be read may fill the gaps.
      if missing <= matter.items.count - numbered.count { continue }
      // The missing item is a row “/”, which `placeholder-mismatch` reports.
      if missing == 1, !matter.placeholder.isEmpty { continue }
      for gap in gaps {
        // A duplicate number beside a gap of one is a mistyped number, which `duplicate-id` reports.
        if gap.numbers.count == 1,
          doubled.contains(gap.numbers.lowerBound - 1) || doubled.contains(gap.numbers.upperBound + 1)
        {
          continue
        }
        let known = strays ?? catalog.strayItems()
        strays = known
        let next = items[gap.next]
        let position = catalog.position(next, .number)
        let start = gap.before.map { catalog.position(items[$0], .number) }
        // `orphan-item` reports the missing item under an unknown matter.
        if fills(known, gap.numbers, after: start, before: position) { continue }
        context.report(
          .item(gap.next), at: position,
          gap.numbers.count == 1
            ? LocalizedText(
              zh: "\(catalog.id(matter)) 的关联事项缺第 \(gap.numbers.lowerBound) 项",
              en: "item \(gap.numbers.lowerBound) of \(catalog.id(matter)) is missing")
            : LocalizedText(
              zh: "\(catalog.id(matter)) 的关联事项缺第 \(gap.numbers.lowerBound) 至第 \(gap.numbers.upperBound) 项",
              en: "items \(gap.numbers.lowerBound) to \(gap.numbers.upperBound) of \(catalog.id(matter)) are missing"),
          fix: isWaived(after: gap.numbers.upperBound, of: matter, catalog) ? keepingItems : renumberingItems)
      }
    }
  }

  private static let renumberingItems = LocalizedText(
    zh: "对照文件补上缺的关联事项；确实没有缺的，把后面的次序改为连续。",
    en: "Restore the missing items from the notice; if none is missing, renumber the following ones.")
  private static let keepingItems = LocalizedText(
    zh: "对照文件补上缺的关联事项。后面的关联事项有豁免按编号引用，不要直接重编；要移走或并入的用 `onevisit edit move item`，豁免会一并更改。",
    en:
      "Restore the missing items from the notice. Do not renumber the following ones by hand, because waivers refer to them; `onevisit edit move item` moves an item and changes the waivers with it."
  )

  /// Whether a waiver refers to an item of the matter after this number.
  private static func isWaived(after number: Int, of matter: Matter, _ catalog: Catalog) -> Bool {
    let start = catalog.id(matter) + "."
    return catalog.waivers.contains { waiver in
      waiver.subject.hasPrefix(start) && Int(waiver.subject.dropFirst(start.count)) ?? 0 > number
    }
  }

  /// Whether the items of unknown matters between two rows have all of these numbers.
  private static func fills(
    _ strays: [(position: SourcePosition, number: Int)], _ numbers: ClosedRange<Int>, after: SourcePosition?,
    before: SourcePosition
  ) -> Bool {
    guard numbers.count <= strays.count else { return false }
    var low = 0
    var high = strays.count
    while low < high {
      let middle = (low + high) / 2
      if strays[middle].position < before { low = middle + 1 } else { high = middle }
    }
    var wanted = numbers.upperBound
    while low > 0, wanted >= numbers.lowerBound {
      low -= 1
      if let after, strays[low].position < after { break }
      if strays[low].number == wanted { wanted -= 1 } else { break }
    }
    return wanted < numbers.lowerBound
  }
}

extension Catalog {
  /// The items of unknown matters, in the order of their rows.
  fileprivate func strayItems() -> [(position: SourcePosition, number: Int)] {
    var strays: [(position: SourcePosition, number: Int)] = []
    for item in items.reversed() {
      if item.matter != nil { break }
      strays.append((position(item, .number), item.number ?? 0))
    }
    strays.reverse()
    return strays
  }
}
