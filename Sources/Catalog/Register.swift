/// Names and their owners: answers, for any name that a department or an approval goes by, whose it is.
package struct Register: Sendable {
  /// How a name belongs to its owner.
  package enum Match: UInt8, Sendable, Comparable {
    case id, short, full, general, alias
    /// Only after blanks were taken out and full-width letters and brackets made half-width.
    case loose

    package static func < (a: Match, b: Match) -> Bool { a.rawValue < b.rawValue }
  }

  package struct Owner: Sendable, Hashable {
    package var index: Int
    package var match: Match
  }

  /// A name that two entries claim.
  package struct Conflict: Sendable, Hashable {
    package var name: String
    /// The first owner and the later one, with the column in which the later one claims it.
    package var first: Int
    package var second: Int
    package var match: Match
  }

  private var owners: [String: Owner] = [:]
  /// Owners of normalizedKey names that are nobody's name as they stand.
  private var loose: [String: Int] = [:]
  private var plainNames = PlainNames()
  package private(set) var conflicts: [Conflict] = []

  package init() {}

  package init(departments: [Department]) {
    for (index, department) in departments.enumerated() {
      add(department.id, index, .id)
      add(department.short, index, .short)
      add(department.full, index, .full)
      add(department.general, index, .general)
      for alias in department.aliases { add(alias, index, .alias) }
    }
  }

  package init(approvals: [Approval]) {
    for (index, approval) in approvals.enumerated() {
      add(approval.id, index, .id)
      add(approval.name, index, .short)
      for alias in approval.aliases { add(alias, index, .alias) }
    }
  }

  private mutating func add(_ name: String, _ index: Int, _ match: Match) {
    guard !name.isEmpty else { return }
    let isNew = plainNames.insert(name)
    if !isNew, let owner = owners[name] {
      // A repeated id is `duplicate-id`'s to report.
      if owner.index != index, !(match == .id && owner.match == .id) {
        conflicts.append(Conflict(name: name, first: owner.index, second: index, match: match))
      }
    } else {
      owners[name] = Owner(index: index, match: match)
    }
    let key = Register.normalizedKey(name)
    if key == name { return }
    plainNames.insert(key)
    if loose[key] == nil, owners[key] == nil { loose[key] = index }
  }

  /// Whose name this is.
  package func owner(of name: String) -> Owner? {
    if plainNames.lacks(name) { return nil }
    if let owner = owners[name] { return owner }
    let key = Register.normalizedKey(name)
    return (loose[key] ?? owners[key]?.index).map { Owner(index: $0, match: .loose) }
  }

  /// Every name that is known, with its owner.
  package var names: [(name: String, owner: Owner)] {
    owners.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
  }

  /// A name without blanks and with half-width letters, digits and brackets: what stays the same when a typist changes
  /// width.
  package static func normalizedKey(_ name: String) -> String {
    if PlainNames.hash(name) != nil { return name }
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x200B...0x200F, 0xFEFF: continue
      case 0xFF01...0xFF5E:
        if let half = Unicode.Scalar(scalar.value - 0xFEE0) { out.append(half) }
      case 0x3014, 0x3010: out.append("(")
      case 0x3015, 0x3011: out.append(")")
      default: out.append(scalar)
      }
    }
    return String(out).lowercased()
  }
}

/// The names of a register that are written in common Chinese characters, small letters, digits and plain marks alone,
/// known by their hashes: of a million names that no register has, most are told apart here without being normalised.
private struct PlainNames: Sendable {
  private var hashes: Set<UInt64> = []
  /// Some name holds a compatibility ideograph, which is equal to a common character.
  private var hasEquivalents = false

  /// Whether it is certain that no name was inserted that equals this one.
  @discardableResult
  mutating func insert(_ name: String) -> Bool {
    if let hash = PlainNames.hash(name) { return hashes.insert(hash).inserted && !hasEquivalents }
    if !hasEquivalents {
      hasEquivalents = name.unicodeScalars.contains { (0xF900...0xFAFF).contains($0.value) || $0.value >= 0x2F800 }
    }
    return false
  }

  /// Whether it is certain that this name, normalizedKey or not, is none of them.
  func lacks(_ name: String) -> Bool {
    guard !hasEquivalents, let hash = PlainNames.hash(name) else { return false }
    return !hashes.contains(hash)
  }

  /// Nil if the name holds another character than those: all of these stay as they are when a name is normalised or
  /// normalizedKey.
  static func hash(_ name: String) -> UInt64? {
    var name = name
    return name.withUTF8 { bytes in
      var hash = UInt64(bytes.count)
      var i = 0
      while i < bytes.count {
        let byte = bytes[i]
        var value = UInt64(byte)
        switch byte {
        // U+4000 to U+9FFF.
        case 0xE4...0xE9:
          value = value << 16 | UInt64(bytes[i + 1]) << 8 | UInt64(bytes[i + 2])
          i += 3
        // ! to @, brackets and digits among them, but not the semicolon, which has an equivalent; a to z.
        case 0x21...0x3A, 0x3C...0x40, 0x61...0x7A: i += 1
        default: return nil
        }
        hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      return hash
    }
  }
}
