import AtomicFiles
import Localization
import Validator

/// Findings as a JUnit report: a suite for each rule that ran, and in it a case for each finding, or one that passes.
/// Errors and warnings fail, waived findings are skipped, notes pass with their text in `system-out`.
package enum FindingsJUnit {
  /// - Parameters:
  ///   - rules: the rule book, for the names of the suites.
  package static func write(
    _ validation: Validation, language: Language, rules: [Rule] = RuleBook.rules, to writer: ByteWriter
  ) throws {
    var byRule: [String: [Int]] = [:]
    for (index, finding) in validation.findings.enumerated() { byRule[finding.rule, default: []].append(index) }
    var order = validation.timings.map(\.rule)
    let ran = Set(order)
    // A rule that has findings has run.
    order += validation.counts.map(\.rule).filter { !ran.contains($0) }
    let known = Set(order)
    var others: Set<String> = []
    for finding in validation.findings where !known.contains(finding.rule) {
      if others.insert(finding.rule).inserted { order.append(finding.rule) }
    }
    let omitted = Dictionary(
      FindingsSummary.omissions(validation).map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    let ruleOf = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    var total = Counts()
    let suites = order.map { rule in
      var counts = Counts()
      for index in byRule[rule, default: []] { counts.add(validation.findings[index]) }
      if let omission = omitted[rule] { counts.add(omission) }
      if counts.tests == 0 { counts.tests = 1 }
      total.tests += counts.tests
      total.failures += counts.failures
      total.skipped += counts.skipped
      return counts
    }

    try writer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"OneVisit\"")
    try writer.append("\(total.attributes)>\n")
    for (rule, counts) in zip(order, suites) {
      let group = ruleOf[rule]?.group.rawValue ?? "rules"
      let className = XMLText.attribute("onevisit.\(group).\(rule)")
      try writer.append("  <testsuite name=\"\(XMLText.attribute(rule))\"\(counts.attributes)>\n")
      let findings = byRule[rule, default: []]
      for index in findings { try write(validation.findings[index], language, className, writer) }
      if let omission = omitted[rule] { try write(omission, language, className, writer) }
      if findings.isEmpty, omitted[rule] == nil {
        let title = ruleOf[rule]?.title[language] ?? rule
        try writer.append("    <testcase classname=\"\(className)\" name=\"\(XMLText.attribute(title))\"/>\n")
      }
      try writer.append("  </testsuite>\n")
    }
    try writer.append("</testsuites>\n")
  }

  private struct Counts {
    var tests = 0
    var failures = 0
    var skipped = 0

    mutating func add(_ finding: Finding) {
      tests += 1
      if finding.isWaived {
        skipped += 1
      } else if finding.severity != .note {
        failures += 1
      }
    }

    /// Findings that were counted and not kept are one case, whose text gives their number.
    mutating func add(_ omission: FindingsSummary.Omission) {
      tests += 1
      if omission.open == 0 {
        skipped += 1
      } else if omission.severity != .note {
        failures += 1
      }
    }

    var attributes: String { " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\"" }
  }

  private static func write(_ finding: Finding, _ language: Language, _ className: String, _ writer: ByteWriter) throws
  {
    var position = ""
    if let location = finding.location {
      position = location.file
      if let line = location.line { position += ":\(line)" }
      if let column = location.column { position += ":\(column)" }
    }
    let name = [finding.item ?? finding.matter ?? finding.subject, position].filter { !$0.isEmpty }.joined(
      separator: " ")
    var tag = "    <testcase classname=\"\(className)\" name=\"\(XMLText.attribute(name))\""
    if let location = finding.location {
      tag += " file=\"\(XMLText.attribute(location.file))\""
      if let line = location.line { tag += " line=\"\(line)\"" }
    }
    try writer.append(tag + ">\n")
    let message = finding.message[language]
    if let reason = finding.waiver {
      try writer.append(
        "      <skipped message=\"\(XMLText.attribute(reason))\">\(XMLText.content(message))</skipped>\n")
    } else {
      var lines = [position.isEmpty ? message : position + ": " + message]
      lines += finding.related.compactMap { related in
        FindingsSummary.position(related).map { (language == .chinese ? "另见 " : "see also ") + $0 }
      }
      lines.append((language == .chinese ? "处理建议：" : "Fix: ") + finding.fix[language])
      // Only the breaks between these lines are line breaks; those within a message are written out.
      let text = lines.map { XMLText.content($0) }.joined(separator: "\n")
      if finding.severity == .note {
        try writer.append("      <system-out>\(text)</system-out>\n")
      } else {
        let attribute = XMLText.attribute(message)
        try writer.append(
          "      <failure type=\"\(finding.severity.rawValue)\" message=\"\(attribute)\">\(text)</failure>\n")
      }
    }
    try writer.append("    </testcase>\n")
  }

  private static func write(
    _ omission: FindingsSummary.Omission, _ language: Language, _ className: String, _ writer: ByteWriter
  ) throws {
    let count = omission.open + omission.waived
    let text =
      language == .chinese
      ? "另有 \(count) 处未列出（其中豁免 \(omission.waived) 处）；--max-findings 0 可全部列出"
      : "\(count) more are not listed, \(omission.waived) of them waived; --max-findings 0 shows all"
    let name = language == .chinese ? "另有 \(count) 处" : "\(count) more"
    try writer.append("    <testcase classname=\"\(className)\" name=\"\(name)\">\n")
    if omission.open == 0 {
      try writer.append("      <skipped message=\"\(text)\"/>\n")
    } else if omission.severity == .note {
      try writer.append("      <system-out>\(text)</system-out>\n")
    } else {
      try writer.append("      <failure type=\"\(omission.severity.rawValue)\" message=\"\(text)\"/>\n")
    }
    try writer.append("    </testcase>\n")
  }
}

/// Text in XML: escaped, and without the characters that XML cannot hold.
enum XMLText {
  /// For an attribute in double quotes, on one line.
  static func attribute(_ text: String) -> String { escaped(VisibleText.line(text)) }

  /// For an element's content, on one line.
  static func content(_ text: String) -> String { escaped(VisibleText.line(text)) }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
