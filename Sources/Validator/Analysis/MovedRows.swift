import Catalog
import Platform

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
  /// Characters that more than a 25th of the names have are left out.
  private static let commonShare = 25
  /// From this score of the names on, the leads are examined too if the names alone do not convince.
  private static let signal = 3
  /// The score that is reported, and the one for a list whose other matters do not fit their own items better.
  private static let enough = 5
  private static let enoughWithoutOthers = 16

  private let context: RuleContext
  private var catalog: Catalog { context.catalog }
  private var shared: SharedCharacters

  private init(_ context: RuleContext) {
    self.context = context
    let catalog = context.catalog
    let limit = UInt32(clamping: max(2, catalog.distinctCount(.matterName) / MovedRows.commonShare))
    shared = SharedCharacters(
      catalog, TellingCharacters(catalog, frequency: context.texts.frequency, limit: limit))
  }

  /// One run at most for each list.
  static func runs(_ context: RuleContext) -> [Run] {
    guard context.catalog.matters.count > enough, !context.catalog.items.isEmpty else { return [] }
    let lists = MattersOfLists(context.catalog, isSorted: context.survey.order.isSorted)
    let examined = lists.ranges.filter { $0.count > enough && $0.count <= longestList }
    if examined.isEmpty { return [] }
    // Of all rules this one takes longest: with half of the lists on a thread of its own it does not end after all others.
    let search = MovedRows(context)
    nonisolated(unsafe) var runs: (first: [Run], second: [Run]) = ([], [])
    let (first, second) = halves(of: examined)
    Parallel.both(when: lists.order.count > parallelFrom) {
      var search = search
      runs.first = first.compactMap { search.run(in: lists.order[$0]) }
    } _: {
      var search = search
      runs.second = second.compactMap { search.run(in: lists.order[$0]) }
    }
    return runs.first + runs.second
  }

  private static let parallelFrom = 100_000

  /// The ranges in two parts of about as many matters.
  private static func halves(of ranges: [Range<Int>]) -> (ArraySlice<Range<Int>>, ArraySlice<Range<Int>>) {
    let total = ranges.reduce(0) { $0 + $1.count }
    var sum = 0
    let middle = ranges.firstIndex { range in
      sum += range.count
      return sum * 2 > total
    }
    return (ranges[..<(middle ?? 0)], ranges[(middle ?? 0)...])
  }

  private mutating func run(in order: ArraySlice<Int32>) -> Run? {
    shared.count(order)
    // The direction is that in which the names fit better.
    let candidates = [1, -1].map { (step: $0, strongest: strongest($0)) }
    guard let best = candidates.max(by: { $0.strongest.score < $1.strongest.score }),
      best.strongest.score >= MovedRows.signal + MovedRows.chance(order.count)
    else { return nil }
    var fits: [Fit] = []
    self.fits(best.step) { _, fit in fits.append(fit) }
    var (score, range) = best.strongest
    if !MovedRows.isConvincing(score, range, fits) {
      addLeads(to: &fits, order, best.step)
      (score, range) = MovedRows.strongest(fits)
      guard MovedRows.isConvincing(score, range, fits) else { return nil }
    }
    let clear = range.first { fits[$0].balance > 0 } ?? range.lowerBound
    func matter(_ place: Int) -> Int { Int(order[order.startIndex + place]) }
    return Run(
      first: matter(range.lowerBound), last: matter(range.upperBound - 1), count: range.count,
      example: (matter(clear), matter(clear + best.step)))
  }

  // MARK: Evidence

  /// How well a matter's own items fit it, and how well those of the neighbour do.
  private struct Fit {
    var own = 0
    var other = 0

    var balance: Int { other - own }
  }

  /// What the names show of each matter of the list and its neighbour; nothing where the numbers have a gap.
  @inline(__always)
  private func fits(_ step: Int, _ body: (Int, Fit) -> Void) {
    let (numbers, own) = (shared.numbers, shared.own)
    let other = step > 0 ? shared.next : shared.previous
    for place in numbers.indices {
      let hasNeighbour =
        numbers.indices.contains(place + step) && Int(numbers[place + step]) - Int(numbers[place]) == step
      body(place, hasNeighbour ? Fit(own: Int(own[place]), other: Int(other[place])) : Fit())
    }
  }

  /// The same as `MovedRows.strongest` of the fits by the names, without an array of these for every list.
  private func strongest(_ step: Int) -> (score: Int, range: Range<Int>) {
    var sums = RunningSum()
    fits(step) { place, fit in sums.add(fit.balance, at: place) }
    return (sums.score, sums.range)
  }

  private func addLeads(to fits: inout [Fit], _ order: ArraySlice<Int32>, _ step: Int) {
    let leads = context.departments(.lead)
    let responsible = context.departments(.responsible)
    let (matters, items) = (catalog.matters, catalog.items)
    func handles(_ lead: TextID, _ range: Range<Int>) -> Bool? {
      if leads[lead] == DepartmentsByText.unknown || range.isEmpty { return nil }
      return range.contains { leads.shares(lead, with: responsible, items[$0].responsible) }
    }
    for place in fits.indices where fits.indices.contains(place + step) {
      guard Int(shared.numbers[place + step]) - Int(shared.numbers[place]) == step else { continue }
      let matter = matters[Int(order[order.startIndex + place])]
      let neighbour = matters[Int(order[order.startIndex + place + step])]
      guard let own = handles(matter.lead, matter.items), let other = handles(matter.lead, neighbour.items),
        own != other
      else { continue }
      if own { fits[place].own += 1 } else { fits[place].other += 1 }
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
    var sums = RunningSum()
    for (place, fit) in fits.enumerated() { sums.add(fit.balance, at: place) }
    return (sums.score, sums.range)
  }

  /// The greatest sum of adjacent numbers.
  private struct RunningSum {
    private(set) var score = 0
    private(set) var range = 0..<0
    private var sum = 0
    private var start = 0

    @inline(__always)
    mutating func add(_ balance: Int, at place: Int) {
      if sum <= 0 {
        sum = 0
        start = place
      }
      sum += balance
      if sum > score { (score, range) = (sum, start..<place + 1) }
    }
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

/// The matters of each list by number, without those that lack either.
struct MattersOfLists {
  /// Those of all lists, one list after the other.
  private(set) var order: [Int32]
  /// By list, where its matters are in `order`.
  private(set) var ranges: [Range<Int>] = []

  /// - Parameter isSorted: every matter has a list and a number, and the rows are sorted by these.
  init(_ catalog: Catalog, isSorted: Bool) {
    let matters = catalog.matters
    var counts = [Int](repeating: 0, count: catalog.lists.count)
    for matter in matters where matter.number != nil {
      if let list = matter.list { counts[list] += 1 }
    }
    var end = 0
    for count in counts {
      ranges.append(end..<end + count)
      end += count
    }
    if isSorted {
      order = Array(0..<Int32(matters.count))
      return
    }
    order = [Int32](repeating: 0, count: end)
    var next = ranges.map(\.lowerBound)
    for matter in matters where matter.number != nil {
      guard let list = matter.list else { continue }
      order[next[list]] = Int32(matter.index)
      next[list] += 1
    }
    for range in ranges { sort(range, matters) }
  }

  private mutating func sort(_ range: Range<Int>, _ matters: [Matter]) {
    func number(_ index: Int32) -> Int { matters[Int(index)].number ?? 0 }
    let part = order[range]
    if zip(part, part.dropFirst()).allSatisfy({ number($0) < number($1) }) { return }
    order[range].sort { (number($0), $0) < (number($1), $1) }
  }
}
