import Catalog
import Localization
import Validator

/// The values that the findings of a page can be filtered by. Each has a number, which is its class and the value of its
/// control: no text of a catalog stands in a selector.
struct FilterValues {
  enum Kind: CaseIterable { case severity, list, department, rule }

  struct Value {
    var kind: Kind
    /// What it is known by within its kind.
    var key: String
    var label: String
    /// How many findings have it.
    var findings: Int
  }

  private(set) var values: [Value] = []
  private var numbers: [Kind: [String: Int]] = [:]

  init() {}

  /// How many values of a kind can be chosen: a browser tries each of them on each finding. The search finds the rest.
  private static let most = 120

  /// Every value that a finding has, most frequent departments first, the rest in their own order.
  init(_ findings: [Finding], _ subjects: FindingSubjects) {
    var counts: [Kind: [String: Int]] = [:]
    for finding in findings {
      for kind in Kind.allCases {
        for key in FilterValues.keys(kind, of: finding, subjects) { counts[kind, default: [:]][key, default: 0] += 1 }
      }
    }
    for kind in Kind.allCases {
      for (key, count) in FilterValues.sorted(counts[kind] ?? [:], kind).prefix(FilterValues.most) {
        numbers[kind, default: [:]][key] = values.count
        let label = FilterValues.label(key, of: kind, subjects)
        values.append(Value(kind: kind, key: key, label: label, findings: count))
      }
    }
  }

  var count: Int { values.count }

  /// The values of one kind with their numbers.
  func values(_ kind: Kind) -> [(number: Int, value: Value)] {
    values.enumerated().filter { $1.kind == kind }.map { (number: $0, value: $1) }
  }

  /// The numbers of the values of a finding.
  func values(of finding: Finding, _ subjects: FindingSubjects) -> [Int] {
    Kind.allCases.flatMap { kind in
      FilterValues.keys(kind, of: finding, subjects).compactMap { numbers[kind]?[$0] }
    }
  }

  private static func keys(_ kind: Kind, of finding: Finding, _ subjects: FindingSubjects) -> [String] {
    switch kind {
    case .severity: [finding.severity.rawValue]
    case .list: subjects.list(of: finding).map { [String($0)] } ?? []
    case .department: subjects.departments(of: finding)
    case .rule: [finding.rule]
    }
  }

  private static func sorted(_ counts: [String: Int], _ kind: Kind) -> [(String, Int)] {
    counts.map { ($0.key, $0.value) }.sorted { a, b in
      switch kind {
      case .severity:
        (Severity(rawValue: a.0) ?? .note) < (Severity(rawValue: b.0) ?? .note)
      case .list: (Int(a.0) ?? 0) < (Int(b.0) ?? 0)
      case .department, .rule: a.1 != b.1 ? a.1 > b.1 : a.0 < b.0
      }
    }
  }

  private static func label(_ key: String, of kind: Kind, _ subjects: FindingSubjects) -> String {
    switch kind {
    case .severity: Severity(rawValue: key)?.title[subjects.language] ?? key
    case .list:
      Int(key).map { index in
        let list = subjects.catalog.lists[index]
        return list.annex.isEmpty ? list.id : "\(list.annex) \(list.id)"
      } ?? key
    case .department: key
    case .rule: subjects.rules[key]?.title[subjects.language] ?? key
    }
  }
}

/// The controls of the filters: radio buttons and menus that hide findings by style alone, and a search that needs the script.
struct FilterForm {
  let filters: FilterValues
  /// How many findings the page lists.
  let entries: Int

  /// The class of what is filtered: a finding, or a group of them, with the numbers of its values.
  static func classes(_ name: String, _ values: [Int]) -> String {
    name + " filtered" + values.map { " v\($0)" }.joined()
  }

  func write(_ frame: PageFrame) throws {
    let html = frame.html
    try html.block(
      "form", ["class": "filters", "autocomplete": "off", "aria-label": frame.localized("筛选", "Filters")]
    ) {
      try writeSeverities(frame)
      for (kind, name, id) in [
        (FilterValues.Kind.list, frame.localized("清单", "List"), "list"),
        (.department, frame.localized("部门（牵头或负责）", "Department (lead or responsible)"), "department"),
        (.rule, frame.localized("规则", "Rule"), "rule"),
      ] {
        let values = filters.values(kind)
        guard values.count > 1 else { continue }
        try html.block("div", ["class": "choice"]) {
          try html.block("label", ["for": "filter-" + id], name)
          try html.block("select", ["id": "filter-" + id]) {
            try html.block("option", ["value": ""], frame.localized("全部", "all"))
            for (number, value) in values {
              try html.block(
                "option", ["value": "v\(number)"],
                frame.localized("\(value.label)（\(value.findings)）", "\(value.label) (\(value.findings))"))
            }
          }
        }
      }
      try html.block("div", ["class": "choice", "hidden": ""]) {
        try html.block("label", ["for": "filter-text"], frame.localized("查找文字", "Search"))
        try html.void("input", ["type": "search", "id": "filter-text"])
        try html.line()
      }
      try html.block("button", ["type": "reset"], frame.localized("清除筛选", "Show all"))
      try html.block(
        "p",
        [
          "role": "status",
          "data-shown": frame.localized("筛选后 {n} 处，共 {all} 处", "{n} of {all} shown"),
        ], frame.localized("共 \(entries) 处", "\(entries) in all"))
    }
    try html.block(
      "p", ["class": "only-filtered soft"],
      frame.localized(
        "只显示符合筛选条件的问题；上面的结论和统计是全部问题的。", "Only what the filters choose is shown; verdict and counts above are of all."))
  }

  private func writeSeverities(_ frame: PageFrame) throws {
    let html = frame.html
    let values = filters.values(.severity)
    guard values.count > 1 else { return }
    func choice(_ value: String, _ label: String, isChosen: Bool = false) throws {
      try html.row("label") {
        try html.void(
          "input", ["type": "radio", "name": "severity", "value": value, "checked": isChosen ? "" : nil])
        try html.inline("span", label)
      }
    }
    try html.block("fieldset") {
      try html.block("legend", frame.localized("级别", "Severity"))
      try html.block("div") {
        try choice("", frame.localized("全部", "all"), isChosen: true)
        for (number, value) in values { try choice("v\(number)", "\(value.label) \(value.findings)") }
      }
    }
  }
}
