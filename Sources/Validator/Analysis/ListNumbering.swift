import Catalog

/// Which numbers the lists of a catalog have, told from the ids as well where a row's number cannot be read.
///
/// A list whose rows run 1…n in order and agree with their ids costs one look at each row; only the others are worked
/// out.
struct ListNumbering {
  struct Entry {
    var number: Int
    var matter: Int
    /// The row's id and number agree that it is this one. Where they differ either may be right: such a row fills a gap
    /// and opens none.
    var isCertain: Bool
  }

  struct OfList {
    /// Matters that stand in the list.
    var rows = 0
    /// Those whose id another row has already.
    var repeated = 0
    /// Those of which number and id are both unknown.
    var unnumbered = 0
    /// Rows that may belong to another list.
    var uncertain = 0
    /// The rows run 1…n in order.
    var isOrdered = true
    var entries: [Entry] = []
  }

  struct Gap {
    var numbers: ClosedRange<Int>
    /// The matter that comes after it.
    var next: Int
  }

  let catalog: Catalog
  private(set) var lists: [OfList]
  /// Rows that name no list that is known: each may belong to any.
  private(set) var homeless = 0
  private let prefixes: [[UInt8]]
  /// The first list that has a prefix.
  private let listOfPrefix: [[UInt8]: Int]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    prefixes = catalog.lists.map { Array($0.prefix.utf8) }
    listOfPrefix = Dictionary(zip(prefixes, prefixes.indices)) { first, _ in first }
    lists = [OfList](repeating: OfList(), count: catalog.lists.count)
    let matters = catalog.matters
    var isOrdered = true
    for matter in matters {
      guard let list = matter.list else {
        isOrdered = false
        if let said = listAndNumber(of: matter.id) { lists[said.list].isOrdered = false }
        continue
      }
      lists[list].rows += 1
      let number = matter.number ?? -1
      if number == lists[list].rows, agrees(matter.id, list: list, number: number) { continue }
      isOrdered = false
      lists[list].isOrdered = false
      if let said = listAndNumber(of: matter.id) { lists[said.list].isOrdered = false }
    }
    if !isOrdered { workOut(matters) }
  }

  private mutating func workOut(_ matters: [Matter]) {
    for matter in matters {
      if let list = matter.list, lists[list].isOrdered { continue }
      let said = listAndNumber(of: matter.id)
      guard let list = matter.list else {
        if let said {
          lists[said.list].rows += 1
          let isCertain = matter.number == nil || matter.number == said.number
          lists[said.list].entries.append(Entry(number: said.number, matter: matter.index, isCertain: isCertain))
        } else {
          homeless += 1
        }
        continue
      }
      if !matter.id.isEmpty, catalog.firstMatter(withID: matter.id)?.index != matter.index { lists[list].repeated += 1 }
      guard let number = matter.number else {
        if let said, said.list == list {
          lists[list].entries.append(Entry(number: said.number, matter: matter.index, isCertain: true))
        } else {
          lists[list].unnumbered += 1
        }
        continue
      }
      let isCertain = said == nil || (said?.list == list && said?.number == number)
      lists[list].entries.append(Entry(number: number, matter: matter.index, isCertain: isCertain))
      if let said, !isCertain {
        lists[said.list].entries.append(Entry(number: said.number, matter: matter.index, isCertain: false))
        if said.list != list {
          lists[list].uncertain += 1
          lists[said.list].uncertain += 1
        }
      }
    }
    for list in lists.indices where !lists[list].isOrdered {
      lists[list].entries.sort { ($0.number, $0.matter) < ($1.number, $1.matter) }
    }
  }

  /// The gaps in a list; those that another finding explains are apart.
  func gaps(in index: Int) -> (open: [Gap], explained: [Gap]) {
    let list = lists[index]
    guard !list.isOrdered else { return ([], []) }
    let certain = list.entries.filter(\.isCertain)
    let soft = list.entries.filter { !$0.isCertain }.map(\.number)
    var doubled: Set<Int> = []
    for (entry, next) in zip(certain, certain.dropFirst()) where entry.number == next.number {
      doubled.insert(entry.number)
    }
    var open: [Gap] = []
    var explained: [Gap] = []
    var missing = 0
    var previous = 0
    var nextSoft = 0
    for entry in certain {
      defer { previous = max(previous, entry.number) }
      var from = previous + 1
      guard from < entry.number else { continue }
      func add(_ numbers: ClosedRange<Int>) {
        missing += numbers.count
        let gap = Gap(numbers: numbers, next: entry.matter)
        // A number written twice beside a gap of one is that gap's number mistyped: `duplicate-id` reports it.
        let isSlip =
          numbers.count == 1
          && (doubled.contains(numbers.lowerBound - 1) || doubled.contains(numbers.upperBound + 1))
        if isSlip { explained.append(gap) } else { open.append(gap) }
      }
      while nextSoft < soft.count, soft[nextSoft] < entry.number {
        let filled = soft[nextSoft]
        nextSoft += 1
        guard filled >= from else { continue }
        if filled > from { add(from...filled - 1) }
        from = filled + 1
      }
      if from < entry.number { add(from...entry.number - 1) }
    }
    // As many rows have no number, or no list, that can be read.
    if missing <= list.unnumbered + homeless { return ([], open + explained) }
    return (open, explained)
  }

  /// Ids of matters that are there, but under another id or none: what names one of these is not told again.
  func mistakenIDs() -> Set<String> {
    var ids: Set<String> = []
    for matter in catalog.matters {
      guard let list = matter.list, let number = matter.number, !agrees(matter.id, list: list, number: number) else {
        continue
      }
      ids.insert(id(list: list, number: number))
    }
    for list in lists.indices where !lists[list].isOrdered {
      for gap in gaps(in: list).explained {
        for number in gap.numbers.prefix(1000) { ids.insert(id(list: list, number: number)) }
      }
    }
    return ids
  }

  /// `2-037`.
  func id(list: Int, number: Int) -> String {
    let digits = String(number)
    return "\(catalog.lists[list].prefix)-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
  }

  /// The id that a matter should have by its list and number; nil where one of them is unknown, or it has it.
  func expectedID(_ matter: Matter) -> String? {
    guard let list = matter.list, let number = matter.number, !agrees(matter.id, list: list, number: number) else {
      return nil
    }
    return id(list: list, number: number)
  }

  /// Whether an id is the list's prefix, a hyphen and the number in at least three digits.
  func agrees(_ id: TextID, list: Int, number: Int) -> Bool {
    catalog.withBytes(id) { bytes in
      let prefix = prefixes[list]
      guard ListNumbering.starts(bytes, with: prefix) else { return false }
      return ListNumbering.number(bytes, from: prefix.count + 1) == number
    }
  }

  /// The list and the number that an id names, if it has the form of an id of one of the lists.
  private func listAndNumber(of id: TextID) -> (list: Int, number: Int)? {
    catalog.withBytes(id) { bytes in
      // What follows the prefix holds no hyphen.
      guard let hyphen = bytes.lastIndex(of: UInt8(ascii: "-")),
        let number = ListNumbering.number(bytes, from: hyphen + 1), let list = listOfPrefix[Array(bytes[..<hyphen])]
      else { return nil }
      return (list, number)
    }
  }

  private static func starts(_ bytes: UnsafeBufferPointer<UInt8>, with prefix: [UInt8]) -> Bool {
    guard bytes.count > prefix.count, bytes[prefix.count] == UInt8(ascii: "-") else { return false }
    for index in prefix.indices where bytes[index] != prefix[index] { return false }
    return true
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard bytes.count - start >= 3, bytes.count - start <= 12 else { return nil }
    var value = 0
    for index in start..<bytes.count {
      guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    return value
  }
}
