import Catalog

/// Finds rows of the matters table that have moved by one against the items table: a block was pasted one row too high or too
/// low, or the numbers after a deleted row were changed, while the items stayed with their ids.
///
/// The evidence is what a matter's name has in common with the names of its items, 母婴 with 母婴保健技术服务执业许可, and whether
/// its lead handles one of them. A matter speaks for a move if the items of the neighbour fit it better than its own. In the
/// two lists of the notice (九府办字〔2022〕128号) at most two adjacent matters do.
struct MovedRows {
  struct Run {
    /// The first and the last matter, as indices in `Catalog.matters`.
    var first: Int
    var last: Int
    /// How many matters there are from the first to the last.
    var count: Int
    /// The matter whose row stands one too low, and the matter whose items it fits.
    var example: (matter: Int, items: Int)
  }

  /// A list that is longer than any that is pasted by hand is not examined.
  private static let longestList = 20_000
  /// Characters that more than a 25th of the names have tell nothing.
  private static let commonShare = 25
  /// From this score of the names on, the leads are examined too if the names alone do not convince.
  private static let signal = 3
  /// The score that is reported, and the one for a list whose other matters do not fit their own items better.
  private static let enough = 5
  private static let enoughWithoutOthers = 16

  private let catalog: Catalog
  private let names: RareCharacters
  private var leads: (lead: DepartmentsByText, responsible: DepartmentsByText)?

  init(_ catalog: Catalog) {
    self.catalog = catalog
    names = RareCharacters(catalog, share: MovedRows.commonShare)
  }

  /// One run at most for each list.
  static func runs(_ catalog: Catalog) -> [Run] {
    guard catalog.matters.count > enough, !catalog.items.isEmpty else { return [] }
    var search = MovedRows(catalog)
    return search.orders().compactMap { search.run(in: $0) }
  }

  /// The matters of each list by number.
  private func orders() -> [[Int]] {
    let matters = catalog.matters
    var orders = [[Int]](repeating: [], count: catalog.lists.count)
    for matter in matters {
      if let list = matter.list, matter.number != nil { orders[list].append(matter.index) }
    }
    return orders.filter { $0.count > MovedRows.enough && $0.count <= MovedRows.longestList }.map { order in
      let isSorted = zip(order, order.dropFirst()).allSatisfy {
        (matters[$0].number ?? 0) < (matters[$1].number ?? 0)
      }
      return isSorted ? order : order.sorted { (matters[$0].number ?? 0, $0) < (matters[$1].number ?? 0, $1) }
    }
  }

  private mutating func run(in order: [Int]) -> Run? {
    // The direction is that in which the names fit better.
    let shared = sharedCharacters(order)
    let candidates = [1, -1].map { step in
      let fits = nameFits(order, step, shared)
      return (step: step, fits: fits, strongest: MovedRows.strongest(fits))
    }
    guard let best = candidates.max(by: { $0.strongest.score < $1.strongest.score }),
      best.strongest.score >= MovedRows.signal + MovedRows.chance(order.count)
    else { return nil }
    var fits = best.fits
    var (score, range) = best.strongest
    if !MovedRows.isConvincing(score, range, fits) {
      addLeads(to: &fits, order, best.step)
      (score, range) = MovedRows.strongest(fits)
      guard MovedRows.isConvincing(score, range, fits) else { return nil }
    }
    let clear = range.first { fits[$0].balance > 0 } ?? range.lowerBound
    return Run(
      first: order[range.lowerBound], last: order[range.upperBound - 1], count: range.count,
      example: (order[clear], order[clear + best.step]))
  }

  // MARK: Evidence

  /// How well a matter's own items fit it, and how well those of the neighbour do.
  private struct Fit {
    var own = 0
    var other = 0

    var balance: Int { other - own }
  }

  /// How many rare characters each matter's name shares with its own items, and with those of the next and the previous
  /// matter of the list; two at most.
  private struct SharedCharacters {
    var own: [Int]
    var next: [Int]
    var previous: [Int]
  }

  private func sharedCharacters(_ order: [Int]) -> SharedCharacters {
    let matters = catalog.matters
    let zeros = [Int](repeating: 0, count: order.count)
    var shared = SharedCharacters(own: zeros, next: zeros, previous: zeros)
    var marks = CharacterMarks()
    for (ordinal, index) in order.enumerated() {
      let items = matters[index].items
      guard !items.isEmpty else { continue }
      marks.clear()
      for item in items { names.markItem(catalog.items[item].name, in: &marks) }
      shared.own[ordinal] = names.count(matters[index].name, in: marks, atMost: 2)
      if ordinal > 0 { shared.next[ordinal - 1] = names.count(matters[order[ordinal - 1]].name, in: marks, atMost: 2) }
      if ordinal + 1 < order.count {
        shared.previous[ordinal + 1] = names.count(matters[order[ordinal + 1]].name, in: marks, atMost: 2)
      }
    }
    return shared
  }

  private func nameFits(_ order: [Int], _ step: Int, _ shared: SharedCharacters) -> [Fit] {
    let matters = catalog.matters
    var fits = [Fit](repeating: Fit(), count: order.count)
    for ordinal in order.indices where order.indices.contains(ordinal + step) {
      let number = matters[order[ordinal]].number ?? 0
      guard (matters[order[ordinal + step]].number ?? 0) - number == step else { continue }
      fits[ordinal].own = shared.own[ordinal]
      fits[ordinal].other = step > 0 ? shared.next[ordinal] : shared.previous[ordinal]
    }
    return fits
  }

  private mutating func addLeads(to fits: inout [Fit], _ order: [Int], _ step: Int) {
    let departments =
      leads ?? (DepartmentsByText(catalog, .lead), DepartmentsByText(catalog, .responsible))
    leads = departments
    let matters = catalog.matters
    func handles(_ lead: TextID, _ items: Range<Int>) -> Bool? {
      if departments.lead[lead] == DepartmentsByText.unknown || items.isEmpty { return nil }
      return items.contains {
        departments.lead.shares(lead, with: departments.responsible, catalog.items[$0].responsible)
      }
    }
    for ordinal in order.indices where order.indices.contains(ordinal + step) {
      let matter = matters[order[ordinal]]
      let neighbour = matters[order[ordinal + step]]
      guard (neighbour.number ?? 0) - (matter.number ?? 0) == step,
        let own = handles(matter.lead, matter.items), let other = handles(matter.lead, neighbour.items), own != other
      else { continue }
      if own { fits[ordinal].own += 1 } else { fits[ordinal].other += 1 }
    }
  }

  // MARK: Judgement

  /// What is added to the score that is asked for in a list of more than 256 matters: the longer it is, the more adjacent
  /// matters fit those beside them by chance. 2 for each doubling.
  private static func chance(_ count: Int) -> Int {
    2 * (Int.bitWidth - 1 - max(1, count / 256).leadingZeroBitCount)
  }

  /// The adjacent matters with the greatest sum of balances.
  private static func strongest(_ fits: [Fit]) -> (score: Int, range: Range<Int>) {
    var best = (score: 0, range: 0..<0)
    var sum = 0
    var start = 0
    for (ordinal, fit) in fits.enumerated() {
      if sum <= 0 {
        sum = 0
        start = ordinal
      }
      sum += fit.balance
      if sum > best.score { best = (sum, start..<ordinal + 1) }
    }
    return best
  }

  private static func isConvincing(_ score: Int, _ range: Range<Int>, _ fits: [Fit]) -> Bool {
    func votes(_ ordinals: some Sequence<Int>) -> (own: Int, other: Int) {
      ordinals.reduce(into: (0, 0)) { votes, ordinal in
        if fits[ordinal].balance < 0 { votes.own += 1 }
        if fits[ordinal].balance > 0 { votes.other += 1 }
      }
    }
    let inside = votes(range)
    let outside = votes(fits.indices.filter { !range.contains($0) })
    guard inside.other >= 4, inside.other >= 3 * inside.own else { return false }
    let othersFit = outside.own + outside.other >= 8 && outside.own >= 3 * outside.other
    return score >= (othersFit ? enough : enoughWithoutOthers) + chance(fits.count)
  }
}

/// A set of Chinese characters that is emptied in constant time.
private struct CharacterMarks {
  private var rounds = [UInt32](repeating: 0, count: RareCharacters.count)
  private var round: UInt32 = 1

  mutating func clear() { round += 1 }

  mutating func insert(_ character: UInt16) { rounds[Int(character)] = round }

  func contains(_ character: UInt16) -> Bool { rounds[Int(character)] == round }
}

/// The Chinese characters that few names of matters have, and where they occur in the names of items.
private struct RareCharacters {
  fileprivate static let first = 0x4E00
  fileprivate static let count = 0x5200

  /// The rare characters of each name of a matter, and of each name of an item, one after the other; each once in a name.
  private var characters: [UInt16] = []
  private var ofNames: [Range<Int32>] = []
  private var ofItems: [Range<Int32>] = []

  init(_ catalog: Catalog, share: Int) {
    let names = catalog.names(.matterName)
    // How many names have a character.
    var frequency = [UInt32](repeating: 0, count: RareCharacters.count)
    frequency.withUnsafeMutableBufferPointer { frequency in
      for name in names {
        catalog.withBytes(name) { bytes in
          RareCharacters.forEach(bytes) { frequency[$0] += 1 }
        }
      }
    }
    let limit = UInt32(clamping: max(2, names.count / share))
    ofNames = rare(catalog, names, frequency, limit)
    ofItems = rare(catalog, catalog.names(.itemName), frequency, limit)
  }

  private mutating func rare(
    _ catalog: Catalog, _ names: some Collection<TextID>, _ frequency: [UInt32], _ limit: UInt32
  ) -> [Range<Int32>] {
    var ranges: [Range<Int32>] = []
    ranges.reserveCapacity(names.count)
    // Those of one name, in a block that no bounds are checked for: appending each to an array takes three times as long.
    var own: [UInt16] = []
    frequency.withUnsafeBufferPointer { frequency in
      for name in names {
        catalog.withBytes(name) { bytes in
          let most = bytes.count / 3
          while own.count < most { own.append(contentsOf: repeatElement(0, count: most)) }
          let count = own.withUnsafeMutableBufferPointer { own in
            var count = 0
            RareCharacters.forEach(bytes) { character in
              guard frequency[character] > 0, frequency[character] <= limit else { return }
              for earlier in 0..<count where own[earlier] == UInt16(character) { return }
              own[count] = UInt16(character)
              count += 1
            }
            return count
          }
          let start = Int32(characters.count)
          if count > 0 { characters.append(contentsOf: own[..<count]) }
          ranges.append(start..<Int32(characters.count))
        }
      }
    }
    return ranges
  }

  func markItem(_ name: TextID, in marks: inout CharacterMarks) {
    for index in ofItems[name.index] { marks.insert(characters[Int(index)]) }
  }

  /// How many rare characters of a matter's name are marked.
  func count(_ name: TextID, in marks: CharacterMarks, atMost limit: Int) -> Int {
    var count = 0
    for index in ofNames[name.index] where count < limit && marks.contains(characters[Int(index)]) { count += 1 }
    return count
  }

  @inline(__always) private static func forEach(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
    var index = 0
    while index + 2 < bytes.count {
      // U+4E00 to U+9FFF: three bytes, of which the first is E4 to E9.
      guard bytes[index] >= 0xE4, bytes[index] <= 0xE9 else {
        index += 1
        continue
      }
      let scalar =
        Int(bytes[index] & 0x0F) << 12 | Int(bytes[index + 1] & 0x3F) << 6 | Int(bytes[index + 2] & 0x3F)
      if scalar >= first, scalar < first + count { body(scalar - first) }
      index += 3
    }
  }
}
