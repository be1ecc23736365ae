/// What was written, and what was planted in it: what the findings of a checker are compared with.
public struct Plan: Sendable {
  public struct Planted: Sendable {
    public var kind: DefectKind
    /// Ids as the checker names them: a matter, an item (`2-037.8`), a list, a department, an approval.
    public var subjects: [String]
  }

  public var seed: UInt64
  public var format: String
  /// Rows that were written.
  public var matters = 0
  public var items = 0
  public var lists = 0
  public var departments = 0
  public var approvals = 0
  public var bytes = 0
  public var planted: [Planted] = []

  /// As JSON. `rules` gives for each rule the number of planted defects that it finds (`least`), and with those that it
  /// may find besides (`most`); other rules find nothing, except for the notes of every catalog without a record of
  /// progress.
  public var json: String {
    var least: [String: Int] = [:]
    var most: [String: Int] = [:]
    for planted in planted {
      least[planted.kind.rule, default: 0] +=
        planted.kind.isTogether ? min(1, planted.subjects.count) : planted.subjects.count
      most[planted.kind.rule, default: 0] += planted.subjects.count
      for rule in planted.kind.alsoAllowed { most[rule, default: 0] += planted.subjects.count }
    }
    var out = "{\n"
    out += "  \"seed\": \(seed), \"format\": \"\(format)\",\n"
    out += "  \"matters\": \(matters), \"items\": \(items), \"lists\": \(lists), "
    out += "\"departments\": \(departments), \"approvals\": \(approvals), \"bytes\": \(bytes),\n"
    out += "  \"rules\": {"
    out += most.keys.sorted().map { "\n    \"\($0)\": {\"least\": \(least[$0] ?? 0), \"most\": \(most[$0] ?? 0)}" }
      .joined(separator: ",")
    out += "\n  },\n  \"defects\": ["
    out += planted.map { planted in
      let subjects = planted.subjects.map { "\"\($0)\"" }.joined(separator: ", ")
      let cell = planted.kind.cell
      let place =
        cell.map { "\"table\": \"\($0.table)\", \"field\": \($0.field.map { "\"\($0)\"" } ?? "null"), " } ?? ""
      return "\n    {\"kind\": \"\(planted.kind.rawValue)\", \"rule\": \"\(planted.kind.rule)\", \(place)"
        + "\"count\": \(planted.subjects.count), \"subjects\": [\(subjects)]}"
    }.joined(separator: ",")
    return out + "\n  ]\n}\n"
  }
}
