/// Names and their owners: answers, for any name that a department or an approval goes by, whose it is.
public struct Register: Sendable {
  /// How a name belongs to its owner.
  public enum Match: UInt8, Sendable, Comparable {
    case id, short, full, general, alias
    /// Only after blanks were taken out and full-width letters and brackets made half-width.
    case loose

    public static func < (a: Match, b: Match) -> Bool { a.rawValue < b.rawValue }
  }

  public struct Owner: Sendable, Hashable {
    public var index: Int
    public var match: Match
  }

  /// A name that two entries claim.
  public struct Conflict: Sendable, Hashable {
    public var name: String
    /// The first owner and the later one, with the column in which the later one claims it.
    public var first: Int
    public var second: Int
    public var match: Match
  }

  private var owners: [String: Owner] = [:]
  private var loose: [String: Int] = [:]
  public private(set) var conflicts: [Conflict] = []

  public init() {}

  public init(departments: [Department]) {
    for (index, department) in departments.enumerated() {
      add(department.id, index, .id)
      add(department.short, index, .short)
      add(department.full, index, .full)
      add(department.general, index, .general)
      for alias in department.aliases { add(alias, index, .alias) }
    }
  }

  public init(approvals: [Approval]) {
    for (index, approval) in approvals.enumerated() {
      add(approval.id, index, .id)
      add(approval.name, index, .short)
      for alias in approval.aliases { add(alias, index, .alias) }
    }
  }

  private mutating func add(_ name: String, _ index: Int, _ match: Match) {
    guard !name.isEmpty else { return }
    if let owner = owners[name] {
      // A repeated id is `duplicate-id`'s to tell.
      if owner.index != index, !(match == .id && owner.match == .id) {
        conflicts.append(Conflict(name: name, first: owner.index, second: index, match: match))
      }
    } else {
      owners[name] = Owner(index: index, match: match)
    }
    let key = Register.loosened(name)
    if loose[key] == nil { loose[key] = index }
  }

  /// Whose name this is.
  public func owner(of name: String) -> Owner? {
    if let owner = owners[name] { return owner }
    return loose[Register.loosened(name)].map { Owner(index: $0, match: .loose) }
  }

  /// Every name that is known, with its owner.
  public var names: [(name: String, owner: Owner)] {
    owners.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
  }

  /// A name without blanks and with half-width letters, digits and brackets: what stays the same when a typist changes
  /// width.
  public static func loosened(_ name: String) -> String {
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
