import AtomicFiles
import Catalog

/// How often a rule has reported each name. Every row of a large table may have a name of its own that no register has: the
/// names are numbered by their bytes, and what most of them have, one finding, takes no memory of its own.
struct NamedFindings {
  private struct Entry {
    var subject: Subject
    var position: SourcePosition
    /// The index of its group, if it has more than one finding; else -1.
    var group: Int32 = -1
  }

  /// Made with the first name, so that two values never share one.
  private var numbers: ByteInterner?
  /// The first finding of each name.
  private var entries: [Entry] = []
  /// All findings of the names with several.
  private var groups: [FindingGroup] = []

  /// How many names there are.
  var count: Int { entries.count }

  mutating func add(_ name: String, _ subject: Subject, at position: SourcePosition) {
    let numbers = numbers ?? ByteInterner()
    self.numbers = numbers
    let number = numbers.intern(copying: name)
    guard number < entries.count else {
      entries.append(Entry(subject: subject, position: position))
      return
    }
    let entry = entries[number]
    if entry.group >= 0 {
      groups[Int(entry.group)].add(subject, at: position)
      return
    }
    // The cell that names it twice counts once.
    if entry.position == position { return }
    var group = FindingGroup()
    group.add(entry.subject, at: entry.position)
    group.add(subject, at: position)
    entries[number].group = Int32(groups.count)
    groups.append(group)
  }

  /// Whether a name has more findings than this.
  func hasName(inMoreThan count: Int) -> Bool { groups.contains { $0.count > count } }

  /// The names, in the order of their first findings.
  var names: [String] { entries.indices.map { numbers?.text($0) ?? "" } }

  /// The names with their findings.
  var all: [(name: String, found: FindingGroup)] {
    entries.enumerated().map { number, entry in
      let name = numbers?.text(number) ?? ""
      if entry.group >= 0 { return (name, groups[Int(entry.group)]) }
      var group = FindingGroup()
      group.add(entry.subject, at: entry.position)
      return (name, group)
    }
  }
}
