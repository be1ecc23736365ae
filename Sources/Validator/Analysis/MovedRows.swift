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
    let candidates = [1, -1].map { step in
      let fits = nameFits(order, step)
      return (step: step, fits: fits, strongest: MovedRows.strongest(fits))
    }
    guard let best = candidates.max(by: { $0.strongest.score < $1.strongest.score }),
      best.strongest.score >= MovedRows.signal
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

  private func nameFits(_ order: [Int], _ step: Int) -> [Fit] {
    let matters = catalog.matters
    var fits = [Fit](repeating: Fit(), count: order.count)
    for ordinal in order.indices where order.indices.contains(ordinal + step) {
      let matter = matters[order[ordinal]]
      let neighbour = matters[order[ordinal + step]]
      guard (neighbour.number ?? 0) - (matter.number ?? 0) == step, names.hasAny(matter.name) else { continue }
      fits[ordinal].own = min(2, common(matter.name, matter.items))
      fits[ordinal].other = min(2, common(matter.name, neighbour.items))
    }
    return fits
  }

  private func common(_ name: TextID, _ items: Range<Int>) -> Int {
    names.count(of: name) { character in
      items.contains { names.item(catalog.items[$0].name, has: character) }
    }
  }

  private mutating func addLeads(to fits: inout [Fit], _ order: [Int], _ step: Int) {
    let departments =
      leads ?? (DepartmentsByText(catalog, .lead), DepartmentsByText(catalog, .responsible))
    leads = departments
    let matters = catalog.matters
    func handles(_ lead: TextID, _ items: Range<Int>) -> Bool? {
      let leading = departments.lead.departments(lead)
      if leading.isEmpty || items.isEmpty { return nil }
      return items.contains { index in
        departments.responsible.departments(catalog.items[index].responsible).contains(where: leading.contains)
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
    return score >= (othersFit ? enough : enoughWithoutOthers)
  }
}

/// The Chinese characters that few names of matters have, and where they occur in the names of items.
private struct RareCharacters {
  private static let first = 0x4E00
  private static let count = 0x5200

  /// The rare characters of each name of a matter, and of each name of an item, one after the other.
  private var characters: [UInt16] = []
  private var ofNames: [Range<Int32>] = []
  private var ofItems: [Range<Int32>] = []

  init(_ catalog: Catalog, share: Int) {
    // How many names have a character, and the last one that was counted.
    var frequency = [UInt16](repeating: 0, count: RareCharacters.count)
    let names = catalog.names(.matterName)
    for name in names {
      RareCharacters.forEach(catalog, name) { character in
        if frequency[character] < UInt16.max { frequency[character] += 1 }
      }
    }
    let limit = UInt16(clamping: max(2, names.count / share))
    func rare(_ name: TextID) -> Range<Int32> {
      let start = characters.count
      RareCharacters.forEach(catalog, name) { character in
        guard frequency[character] > 0, frequency[character] <= limit,
          !characters[start...].contains(UInt16(character))
        else { return }
        characters.append(UInt16(character))
      }
      return Int32(start)..<Int32(characters.count)
    }
    ofNames = names.map(rare)
    ofItems = catalog.names(.itemName).map(rare)
  }

  func hasAny(_ name: TextID) -> Bool { !ofNames[name.index].isEmpty }

  /// How many rare characters of a matter's name satisfy a condition.
  func count(of name: TextID, where isCounted: (UInt16) -> Bool) -> Int {
    ofNames[name.index].count { isCounted(characters[Int($0)]) }
  }

  func item(_ name: TextID, has character: UInt16) -> Bool {
    ofItems[name.index].contains { characters[Int($0)] == character }
  }

  private static func forEach(_ catalog: Catalog, _ name: TextID, _ body: (Int) -> Void) {
    catalog.withBytes(name) { bytes in
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
}
