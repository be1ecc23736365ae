import Catalog
import Localization
import Validator

/// The findings of a page by table and by rule, with the values that they are filtered by.
struct FindingsPageContent {
  /// A finding with what the page says of its matter.
  struct Entry {
    var finding: Finding
    /// The name of its matter; empty if it has none.
    var name: String
    /// Who leads the matter, and who is responsible for the item.
    var departments: [String]
    /// Indices in `filters`.
    var values: [Int]
  }

  /// The findings of one rule in one table.
  struct Group {
    var rule: String
    var anchor: String
    var entries: [Entry]

    /// Of any of its findings.
    var values: [Int] { Set(entries.flatMap(\.values)).sorted() }
  }

  struct Table {
    /// Nil if the file holds no single table.
    var kind: TableKind?
    /// Nil for findings without a position.
    var file: String?
    var sheet: String?
    /// The sheet of a workbook, or the table of a Word document.
    var part: LocalizedText?
    /// By severity, then in the order of the rule book.
    var groups: [Group]

    var values: [Int] { Set(groups.flatMap(\.values)).sorted() }
  }

  private(set) var tables: [Table] = []
  private(set) var filters = FilterValues()
  /// Rules by id.
  let rules: [String: Rule]
  /// How many findings are listed, by rule.
  private(set) var listed: [String: Int] = [:]
  /// How many more were found, by rule.
  private(set) var omitted: [String: Int] = [:]
  /// How many findings are listed.
  private(set) var count = 0
  /// How many of the given findings are not listed.
  private(set) var left = 0

  private var anchors: [String: String] = [:]

  /// How many findings are counted and not listed.
  var unlisted: Int { omitted.values.reduce(0, +) }

  /// - Parameters:
  ///   - limit: how many findings are listed at most.
  ///   - countsWaived: waived findings are among those that are listed or omitted.
  init(
    _ findings: [Finding], of validation: Validation, in catalog: Catalog, language: Language, limit: Int,
    countsWaived: Bool, rules: [Rule]
  ) {
    self.rules = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
    let share = FindingsPageContent.share(of: findings, limit: limit)
    var chosen: [Finding] = []
    for finding in findings {
      if listed[finding.rule, default: 0] < share {
        listed[finding.rule, default: 0] += 1
        chosen.append(finding)
      } else {
        left += 1
        omitted[finding.rule, default: 0] += 1
      }
    }
    count = chosen.count
    for omission in FindingsSummary.omissions(validation) {
      omitted[omission.rule, default: 0] += omission.open + (countsWaived ? omission.waived : 0)
    }
    let order = Dictionary(validation.counts.enumerated().map { ($1.rule, $0) }) { first, _ in first }
    group(chosen, by: order, FindingSubjects(catalog, language: language, rules: self.rules))
  }

  /// The first group of a rule, as the fragment of an address.
  func anchor(of rule: String) -> String? { anchors[rule] }

  /// How many findings of each rule are listed, so that no rule takes the room of another.
  private static func share(of findings: [Finding], limit: Int) -> Int {
    guard findings.count > limit else { return .max }
    var counts: [String: Int] = [:]
    for finding in findings { counts[finding.rule, default: 0] += 1 }
    var room = limit
    var rulesLeft = counts.count
    for count in counts.values.sorted() {
      let share = max(1, room / rulesLeft)
      if count >= share { return share }
      room -= count
      rulesLeft -= 1
    }
    return .max
  }

  // MARK: Groups

  private mutating func group(_ findings: [Finding], by order: [String: Int], _ subjects: FindingSubjects) {
    struct Key: Hashable {
      var kind: TableKind?
      var file: String?
      var sheet: String?
    }
    var keys: [Key] = []
    var byTable: [Key: [Finding]] = [:]
    for finding in findings {
      let key = Key(
        kind: subjects.table(of: finding), file: finding.location?.file, sheet: finding.location?.sheet)
      if byTable[key] == nil { keys.append(key) }
      byTable[key, default: []].append(finding)
    }
    let groups = keys.map { key -> [(rule: String, findings: [Finding])] in
      Dictionary(grouping: byTable[key] ?? [], by: \.rule).map { (rule: $0.key, findings: $0.value) }.sorted { a, b in
        func rank(_ group: (rule: String, findings: [Finding])) -> (Severity, Int) {
          (group.findings.map(\.severity).min() ?? .note, order[group.rule] ?? Int.max)
        }
        return rank(a) == rank(b) ? a.rule < b.rule : rank(a) < rank(b)
      }
    }
    filters = FilterValues(findings, subjects)
    for (key, groups) in zip(keys, groups) {
      let word = groups.lazy.flatMap(\.findings).compactMap { $0.location?.wordCell?.table }.first
      let part =
        word.map { LocalizedText(zh: "表\($0)", en: "table \($0)") } ?? key.sheet.map { LocalizedText(zh: $0, en: $0) }
      var table = Table(kind: key.kind, file: key.file, sheet: key.sheet, part: part, groups: [])
      for group in groups {
        let anchor = anchors[group.rule] ?? "rule-\(anchors.count + 1)"
        let isFirst = anchors.updateValue(anchor, forKey: group.rule) == nil
        let entries = group.findings.map { finding in
          Entry(
            finding: finding, name: subjects.name(of: finding), departments: subjects.departments(of: finding),
            values: filters.values(of: finding, subjects))
        }
        table.groups.append(Group(rule: group.rule, anchor: isFirst ? anchor : "", entries: entries))
      }
      tables.append(table)
    }
  }
}

/// What findings are about, looked up in the catalog.
struct FindingSubjects {
  let catalog: Catalog
  let language: Language
  let rules: [String: Rule]
  private let kinds: [Place: TableKind]
  private let matters: FindingMatters

  private struct Place: Hashable {
    var file: String
    var sheet: String?
  }

  init(_ catalog: Catalog, language: Language, rules: [String: Rule]) {
    self.catalog = catalog
    self.rules = rules
    self.language = language
    matters = FindingMatters(catalog)
    var kinds: [Place: TableKind] = [:]
    for source in catalog.sources {
      if let kind = source.columns.keys.min() { kinds[Place(file: source.file, sheet: source.sheet)] = kind }
    }
    self.kinds = kinds
  }

  /// The table that a finding is in; of a document, the one that its row would be in.
  func table(of finding: Finding) -> TableKind? {
    guard let location = finding.location else { return nil }
    if let kind = kinds[Place(file: location.file, sheet: location.sheet)] { return kind }
    if finding.item != nil { return .items }
    return finding.matter == nil ? nil : .matters
  }

  private func matter(of finding: Finding) -> Matter? { matters.matter(of: finding) }

  func name(of finding: Finding) -> String { matter(of: finding).map { catalog.text($0.name) } ?? "" }

  /// The list of the matter, or the list itself.
  func list(of finding: Finding) -> Int? {
    if let matter = matter(of: finding) { return matter.list }
    return table(of: finding) == .lists ? catalog.list(id: finding.subject) : nil
  }

  /// The leads of the matter and the departments responsible for the item, or the department itself.
  func departments(of finding: Finding) -> [String] {
    guard let matter = matter(of: finding) else {
      guard table(of: finding) == .departments,
        let department = catalog.departments.first(where: { $0.id == finding.subject })
      else { return [] }
      return [department.short]
    }
    var names = catalog.shortNames(matter.lead)
    if let id = finding.item, let item = catalog.items(of: matter).first(where: { catalog.id($0) == id }) {
      names += catalog.shortNames(item.responsible)
    }
    var seen: Set<String> = []
    return names.filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}
