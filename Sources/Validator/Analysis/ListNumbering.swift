import Catalog

/// The numbers of the matters in each list, taken from the ids where a row's number cannot be read.
///
/// A list whose rows are numbered 1…n in order, in agreement with their ids, takes one check for each row; entries are
/// collected only for the other lists.
struct ListNumbering: Sendable {
  struct Entry: Sendable {
    var number: Int
    var matter: Int
    /// The row's id and number agree. If they differ, either may be right: such a row fills a gap and makes none.
    var isCertain: Bool
  }

  struct OfList: Sendable {
    /// The matters of the list.
    var rows = 0
    /// Matters whose id an earlier row has.
    var repeated = 0
    /// Matters whose number and id are both unknown.
    var unnumbered = 0
    /// Matters that may belong to another list.
    var uncertain = 0
    /// The rows are numbered 1…n in order.
    var isOrdered = true
    var entries: [Entry] = []
  }

  struct Gap {
    var numbers: ClosedRange<Int>
    /// The matter after it.
    var next: Int
  }

  let catalog: Catalog
  private(set) var lists: [OfList]
  /// Matters of an unknown list: each may belong to any.
  private(set) var unlisted = 0
  /// The prefix of each list: where most ids of its matters have another one, that.
  private var prefixes: [[UInt8]]
  /// The first list with a prefix, and by list the first one with its prefix.
  private var listOfPrefix: [[UInt8]: Int]
  private var firstWithPrefix: [Int]
  /// The lists whose prefix differs from that of most ids of their matters, with the prefix of the ids.
  private(set) var otherPrefixes: [(list: Int, prefix: String, count: Int)] = []

  init(_ catalog: Catalog) {
    self.catalog = catalog
    prefixes = catalog.lists.map { Array($0.prefix.utf8) }
    listOfPrefix = [:]
    firstWithPrefix = []
    lists = []
    indexPrefixes()
    if count() { return }
    if usePrefixesOfIDs(), count() { return }
    collectEntries(catalog.matters)
  }

  private mutating func indexPrefixes() {
    let lists = Dictionary(zip(prefixes, prefixes.indices)) { first, _ in first }
    listOfPrefix = lists
    firstWithPrefix = prefixes.map { lists[$0] ?? 0 }
  }

  /// The rows of all lists are numbered 1…n in order, and every id agrees.
  private(set) var isOrdered = false

  /// Counts the rows of each list.
  ///
  /// - Returns: whether all lists are in order.
  private mutating func count() -> Bool {
    unlisted = 0
    var isSure = true
    // Plain arrays of numbers: changing one in an array of lists costs more than all else for a matter.
    var rows = [Int](repeating: 0, count: catalog.lists.count)
    var isOrdered = [Bool](repeating: true, count: catalog.lists.count)
    var next = ExpectedID()
    // A catalog that is read through `self` is copied for each matter.
    let (catalog, prefixes, numbering) = (catalog, prefixes, self)
    for matter in catalog.matters {
      if let list = matter.list {
        rows[list] += 1
        if let number = matter.number, number == rows[list] {
          next.advance(list, number, prefixes)
          if catalog.withBytes(matter.id, { next.equals($0) || numbering.agrees($0, list: list, number: number) }) {
            continue
          }
        }
        isOrdered[list] = false
      } else {
        isSure = false
      }
      if let byID = numbering.listAndNumber(of: matter.id, likely: matter.list) { isOrdered[byID.list] = false }
    }
    lists = zip(rows, isOrdered).map { OfList(rows: $0, isOrdered: $1) }
    self.isOrdered = isSure && isOrdered.allSatisfy { $0 }
    return self.isOrdered
  }

  /// Takes the prefix of a list from the ids of its matters where most of them agree on another one than the list has: then
  /// the one cell of the list is wrong, and not all the ids.
  ///
  /// - Returns: whether a prefix has changed.
  private mutating func usePrefixesOfIDs() -> Bool {
    var agreeing = [Int](repeating: 0, count: lists.count)
    var others = [[[UInt8]: Int]](repeating: [:], count: lists.count)
    let (catalog, numbering) = (catalog, self)
    for matter in catalog.matters {
      guard let list = matter.list, let number = matter.number else { continue }
      if numbering.agrees(matter.id, list: list, number: number) {
        agreeing[list] += 1
        continue
      }
      catalog.withBytes(matter.id) { bytes in
        guard let hyphen = bytes.lastIndex(of: UInt8(ascii: "-")),
          ListNumbering.number(bytes, from: hyphen + 1) == number
        else { return }
        others[list][Array(bytes[..<hyphen]), default: 0] += 1
      }
    }
    for list in lists.indices where agreeing[list] == 0 {
      guard let (prefix, count) = others[list].max(by: { ($0.value, $1.key.count) < ($1.value, $0.key.count) }),
        count >= 3,
        count * 2 > lists[list].rows, !prefix.isEmpty
      else { continue }
      prefixes[list] = prefix
      otherPrefixes.append((list, String(decoding: prefix, as: UTF8.self), count))
    }
    indexPrefixes()
    return !otherPrefixes.isEmpty
  }

  private mutating func collectEntries(_ matters: [Matter]) {
    let (catalog, numbering) = (catalog, self)
    for matter in matters {
      if let list = matter.list, lists[list].isOrdered { continue }
      let byID = numbering.listAndNumber(of: matter.id, likely: matter.list)
      guard let list = matter.list else {
        if let byID {
          lists[byID.list].rows += 1
          let isCertain = matter.number == nil || matter.number == byID.number
          lists[byID.list].entries.append(Entry(number: byID.number, matter: matter.index, isCertain: isCertain))
        } else {
          unlisted += 1
        }
        continue
      }
      if !matter.id.isEmpty, catalog.firstMatter(withID: matter.id)?.index != matter.index { lists[list].repeated += 1 }
      guard let number = matter.number else {
        if let byID, byID.list == list {
          lists[list].entries.append(Entry(number: byID.number, matter: matter.index, isCertain: true))
        } else {
          lists[list].unnumbered += 1
        }
        continue
      }
      let isCertain = byID == nil || (byID?.list == list && byID?.number == number)
      lists[list].entries.append(Entry(number: number, matter: matter.index, isCertain: isCertain))
      if let byID, !isCertain {
        lists[byID.list].entries.append(Entry(number: byID.number, matter: matter.index, isCertain: false))
        if byID.list != list {
          lists[list].uncertain += 1
          lists[byID.list].uncertain += 1
        }
      }
    }
    for list in lists.indices where !lists[list].isOrdered {
      lists[list].entries = ListNumbering.sorted(lists[list].entries)
    }
  }

  /// The entries by number; those of one number in their order, which is that of the matters. Their numbers are mostly those
  /// from 1 on, which are counted and not compared.
  private static func sorted(_ entries: [Entry]) -> [Entry] {
    guard let highest = entries.lazy.map(\.number).max(), highest <= entries.count * 4 + 1000 else {
      return entries.sorted { ($0.number, $0.matter) < ($1.number, $1.matter) }
    }
    var places = [Int](repeating: 0, count: highest + 2)
    for entry in entries { places[entry.number + 1] += 1 }
    for number in 1..<places.count { places[number] += places[number - 1] }
    return [Entry](unsafeUninitializedCapacity: entries.count) { sorted, count in
      for entry in entries {
        sorted.initializeElement(at: places[entry.number], to: entry)
        places[entry.number] += 1
      }
      count = entries.count
    }
  }

  /// The gaps in a list; `explained` are those that another finding explains.
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
        // A duplicate number beside a gap of one is a mistyped number: `duplicate-id` reports it.
        let isMistyped =
          numbers.count == 1
          && (doubled.contains(numbers.lowerBound - 1) || doubled.contains(numbers.upperBound + 1))
        if isMistyped { explained.append(gap) } else { open.append(gap) }
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
    // The rows without a readable number or list may fill the gaps.
    if missing <= list.unnumbered + unlisted { return ([], open + explained) }
    return (open, explained)
  }

  /// The ids of matters that exist under another id or none: a reference to one of these is not reported.
  func mistakenIDs() -> Set<String> {
    var ids: Set<String> = []
    for matter in catalog.matters {
      guard let list = matter.list, !lists[list].isOrdered, let number = matter.number,
        !agrees(matter.id, list: list, number: number)
      else { continue }
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
    return
      "\(String(decoding: prefixes[list], as: UTF8.self))-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
  }

  /// The id that a matter should have by list and number; nil if one of them is unknown, or its id is right.
  func expectedID(_ matter: Matter) -> String? {
    isMisplaced(matter).map { id(list: $0.list, number: $0.number) }
  }

  /// The list and number of a matter; nil if one of them is unknown, or its id is right.
  func isMisplaced(_ matter: Matter) -> (list: Int, number: Int)? {
    guard let list = matter.list, !lists[list].isOrdered, let number = matter.number,
      !agrees(matter.id, list: list, number: number)
    else { return nil }
    return (list, number)
  }

  /// Writes the id that `id(list:number:)` returns.
  func write(list: Int, number: Int, to id: inout MatterIDBytes) { id.write(prefixes[list], number) }

  /// Whether an id is the list's prefix, a hyphen and the number in at least three digits.
  func agrees(_ id: TextID, list: Int, number: Int) -> Bool {
    catalog.withBytes(id) { agrees($0, list: list, number: number) }
  }

  private func agrees(_ bytes: UnsafeBufferPointer<UInt8>, list: Int, number: Int) -> Bool {
    let prefix = prefixes[list]
    guard ListNumbering.starts(bytes, with: prefix) else { return false }
    return ListNumbering.number(bytes, from: prefix.count + 1) == number
  }

  /// The list and the number of an id; nil if it does not have the form of an id of a list.
  /// - Parameter likely: the list whose prefix it probably has.
  private func listAndNumber(of id: TextID, likely: Int?) -> (list: Int, number: Int)? {
    catalog.withBytes(id) { bytes in
      if let likely, ListNumbering.starts(bytes, with: prefixes[likely]),
        let number = ListNumbering.number(bytes, from: prefixes[likely].count + 1)
      {
        return (firstWithPrefix[likely], number)
      }
      // The prefix ends at the last hyphen.
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

/// The id of a matter by its list and number, counted up in place: nearly every row is the one after the row before it.
private struct ExpectedID {
  private var bytes: [UInt8] = []
  private var list = -1
  private var number = 0
  /// Where the digits begin.
  private var start = 0

  /// Takes the id of a list's next number.
  mutating func advance(_ list: Int, _ number: Int, _ prefixes: [[UInt8]]) {
    let isNext = list == self.list && number == self.number + 1
    (self.list, self.number) = (list, number)
    if isNext, increment() { return }
    let digits = String(number)
    bytes = prefixes[list] + [UInt8(ascii: "-")]
    start = bytes.count
    bytes += repeatElement(UInt8(ascii: "0"), count: max(0, 3 - digits.count))
    bytes += Array(digits.utf8)
  }

  /// - Returns: false if the next number has a digit more.
  private mutating func increment() -> Bool {
    var index = bytes.count - 1
    while index >= start {
      if bytes[index] < UInt8(ascii: "9") {
        bytes[index] += 1
        return true
      }
      bytes[index] = UInt8(ascii: "0")
      index -= 1
    }
    return false
  }

  func equals(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
    guard id.count == bytes.count else { return false }
    for index in bytes.indices where bytes[index] != id[index] { return false }
    return true
  }
}
