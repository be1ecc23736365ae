import AtomicFiles
import Catalog
import Localization
import Validator
import XMLFormat

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

    let xml = XMLWriter(to: writer)
    xml.start("testsuites")
    try xml.attribute("name", "OneVisit")
    total.write(to: xml)
    for (rule, counts) in zip(order, suites) {
      let className = "onevisit.\(ruleOf[rule]?.group.rawValue ?? "rules").\(rule)"
      xml.start("testsuite")
      try xml.attribute("name", VisibleText.line(rule))
      counts.write(to: xml)
      let report = Suite(xml: xml, className: className, language: language)
      let findings = byRule[rule, default: []]
      for index in findings {
        try report.write(validation.findings[index])
        try xml.handOver()
      }
      if let omission = omitted[rule] { try report.write(omission) }
      if findings.isEmpty, omitted[rule] == nil {
        try report.startCase(ruleOf[rule]?.title[language] ?? rule)
        xml.end()
      }
      xml.end()
    }
    try xml.finish()
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

    func write(to xml: XMLWriter) {
      xml.attribute("tests", number: tests)
      xml.attribute("failures", number: failures)
      xml.attribute("errors", number: 0)
      xml.attribute("skipped", number: skipped)
    }
  }

  /// The cases of one suite.
  private struct Suite {
    let xml: XMLWriter
    let className: String
    let language: Language

    /// Begins a case; the caller ends it.
    func startCase(_ name: String) throws {
      xml.start("testcase")
      try xml.attribute("classname", VisibleText.line(className))
      try xml.attribute("name", VisibleText.line(name))
    }

    func write(_ finding: Finding) throws {
      let position = finding.location.map { self.position($0) } ?? ""
      try startCase(
        [finding.item ?? finding.matter ?? finding.subject, position].filter { !$0.isEmpty }.joined(separator: " "))
      if let location = finding.location {
        try xml.attribute("file", VisibleText.line(location.file))
        if let line = location.line { xml.attribute("line", number: line) }
      }
      let message = VisibleText.line(finding.message[language])
      if let reason = finding.waiver {
        xml.start("skipped")
        try xml.attribute("message", VisibleText.line(reason))
        try xml.text(message)
      } else {
        if finding.severity == .note {
          xml.start("system-out")
        } else {
          xml.start("failure")
          try xml.attribute("type", finding.severity.rawValue)
          try xml.attribute("message", message)
        }
        try xml.text(details(finding, position))
      }
      xml.end()
      xml.end()
    }

    private func position(_ location: Location) -> String {
      if location.sheet != nil, let cell = location.address(in: language) { return location.file + ":" + cell }
      let numbers = [location.line, location.column].compactMap { $0.map { "\($0)" } }
      return ([location.file] + numbers).joined(separator: ":")
    }

    /// The message with its position, related positions and the fix, a line each. Line breaks within a message are made
    /// visible.
    private func details(_ finding: Finding, _ position: String) -> String {
      let message = finding.message[language]
      var lines = [position.isEmpty ? message : position + ": " + message]
      lines += finding.related.compactMap { related in
        FindingsSummary.position(related, in: language).map { (language == .chinese ? "另见 " : "see also ") + $0 }
      }
      lines.append((language == .chinese ? "处理建议：" : "Fix: ") + finding.fix[language])
      return lines.map(VisibleText.line).joined(separator: "\n")
    }

    func write(_ omission: FindingsSummary.Omission) throws {
      let count = omission.open + omission.waived
      let text =
        language == .chinese
        ? "另有 \(count) 处未列出（其中豁免 \(omission.waived) 处）；--max-findings 0 可全部列出"
        : "\(count) more are not listed, \(omission.waived) of them waived; --max-findings 0 shows all"
      try startCase(language == .chinese ? "另有 \(count) 处" : "\(count) more")
      if omission.open > 0, omission.severity == .note {
        try xml.element("system-out", text)
      } else {
        xml.start(omission.open == 0 ? "skipped" : "failure")
        if omission.open > 0 { try xml.attribute("type", omission.severity.rawValue) }
        try xml.attribute("message", text)
        xml.end()
      }
      xml.end()
    }
  }
}
