import Algorithms
import Catalog

/// The waivers of one rule, looked up by the subject of a finding. Stage 3 of a validation: `waiver(for:in:)` decides
/// for each finding whether it is waived.
///
/// A lookup takes as long as finding one of n numbers, however many waivers cover the subject. Which waivers were used is
/// computed at the end, from the slots that the lookups found: a slot is a subject that waivers name, or a stretch of
/// numbers that the same runs cover.
struct WaiverIndex: Sendable {
  /// The slot of each subject that a waiver names.
  private var slotOfSubject: [String: Int] = [:]
  /// The waivers of each of these slots, in order.
  private var waiversOfSlot: [[Int]] = []
  /// The waivers that say how many subjects they cover.
  private(set) var counted: Set<Int> = []
  /// Runs of matters by their list's prefix.
  private var runs: [String: Runs] = [:]

  /// The runs of one list.
  private struct Runs: Sendable {
    var entries: [(numbers: ClosedRange<Int>, waiver: Int)] = []
    /// The first numbers of the stretches, ascending; a stretch ends where the next one begins.
    private var starts: [Int] = []
    /// The first waiver that covers a stretch; nil if none does.
    private var firstWaiver: [Int?] = []
    /// The stretches of each entry.
    private var stretches: [Range<Int>] = []
    /// The slot of the first stretch.
    private var firstSlot = 0

    /// - Returns: the slot after those of these runs.
    mutating func prepare(firstSlot: Int) -> Int {
      self.firstSlot = firstSlot
      starts = entries.flatMap { [$0.numbers.lowerBound, min($0.numbers.upperBound, Int.max - 1) + 1] }.sorted()
      starts = starts.chunked(by: ==).compactMap(\.first)
      firstWaiver = [Int?](repeating: nil, count: starts.count)
      // For each stretch, one at or after it that has no waiver yet: the entries are in the order of the waivers.
      var free = Array(0...starts.count)
      func nextFree(_ stretch: Int) -> Int {
        var found = stretch
        while free[found] != found { found = free[found] }
        var step = stretch
        while free[step] != found { (free[step], step) = (found, free[step]) }
        return found
      }
      for entry in entries {
        let first = starts.partitioningIndex { $0 >= entry.numbers.lowerBound }
        let end = starts.partitioningIndex { $0 > entry.numbers.upperBound }
        stretches.append(first..<end)
        var stretch = nextFree(first)
        while stretch < end {
          firstWaiver[stretch] = entry.waiver
          free[stretch] = stretch + 1
          stretch = nextFree(stretch)
        }
      }
      return firstSlot + starts.count
    }

    func covering(_ number: Int) -> (waiver: Int, slot: Int)? {
      let stretch = starts.partitioningIndex { $0 > number } - 1
      guard stretch >= 0, let waiver = firstWaiver[stretch] else { return nil }
      return (waiver, firstSlot + stretch)
    }

    /// Adds the waivers of the runs that have one of the slots.
    func addUsed(_ slots: Set<Int>, to used: inout Set<Int>) {
      // How many of the stretches before each one were found.
      var found = [0]
      for stretch in starts.indices { found.append(found[stretch] + (slots.contains(firstSlot + stretch) ? 1 : 0)) }
      for (entry, stretches) in zip(entries, stretches)
      where found[stretches.upperBound] > found[stretches.lowerBound] { used.insert(entry.waiver) }
    }
  }

  /// The waivers of one rule.
  /// - Parameter indices: theirs among all of them.
  /// - Returns: nil if there is none.
  init?(_ indices: [Int], of waivers: [Waiver]) {
    for index in indices {
      let waiver = waivers[index]
      if waiver.count != nil { counted.insert(index) }
      if let run = MatterRun(waiver.subject) {
        runs[run.prefix, default: Runs()].entries.append((run.numbers, index))
      } else if let slot = slotOfSubject[waiver.subject] {
        waiversOfSlot[slot].append(index)
      } else {
        slotOfSubject[waiver.subject] = waiversOfSlot.count
        waiversOfSlot.append([index])
      }
    }
    if slotOfSubject.isEmpty, runs.isEmpty { return nil }
    var slot = waiversOfSlot.count
    for prefix in runs.keys { slot = runs[prefix]?.prepare(firstSlot: slot) ?? slot }
  }

  /// The prefix and the number by which a run covers a subject.
  private static func numbering(of subject: Subject, _ id: String, in catalog: Catalog) -> (
    prefix: String, number: Int
  )? {
    switch subject {
    case .matter(let index): catalog.numbering(of: catalog.matters[index])
    case .item(let index):
      catalog.items[index].matter.map { catalog.numbering(of: catalog.matters[$0]) } ?? MatterRun.split(id)
    default: MatterRun.split(id)
    }
  }

  /// The first waiver that covers a subject: one that names it, or for an item one that names its matter.
  ///
  /// - Parameter slots: gets the slots of all waivers that cover the subject.
  /// - Returns: nil if the finding stays open.
  func waiver(for subject: Subject, in catalog: Catalog, slots: inout Set<Int>) -> Int? {
    var first: Int?
    func add(_ waiver: Int, _ slot: Int) {
      first = min(first ?? waiver, waiver)
      slots.insert(slot)
    }
    func add(named name: String) {
      guard let slot = slotOfSubject[name], let waiver = waiversOfSlot[slot].first else { return }
      add(waiver, slot)
    }
    add(named: subject.id(in: catalog))
    if let matter = subject.matterID(in: catalog) {
      if case .matter = subject {} else { add(named: matter) }
      if !runs.isEmpty, let (prefix, number) = WaiverIndex.numbering(of: subject, matter, in: catalog) {
        if let found = runs[prefix]?.covering(number) { add(found.waiver, found.slot) }
        // Where the prefix of the list is wrong, the id has the one that was meant.
        if first == nil, let own = MatterRun.split(matter), own.prefix != prefix,
          let found = runs[own.prefix]?.covering(own.number)
        {
          add(found.waiver, found.slot)
        }
      }
    }
    return first
  }

  /// All waivers that cover one of the subjects looked up.
  func used(_ slots: Set<Int>) -> Set<Int> {
    if slots.isEmpty { return [] }
    var used: Set<Int> = []
    for (slot, waivers) in waiversOfSlot.enumerated() where slots.contains(slot) { used.formUnion(waivers) }
    for prefix in runs.keys { runs[prefix]?.addUsed(slots, to: &used) }
    return used
  }
}
