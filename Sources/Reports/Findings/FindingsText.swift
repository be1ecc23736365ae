import AtomicFiles
import Catalog
import Localization
import Validator

/// Findings as text for people: grouped by file, each with its position, the row's own text with a mark beneath the cell,
/// and the fix.
package enum FindingsText {
  /// - Parameters:
  ///   - style: colour and width of the terminal.
  ///   - showsWaived: waived findings are listed with their reasons, not only counted.
  ///   - showsConsequences: findings that follow from another one are listed too.
  ///   - lastLine: the last line, if it is not to be the summary of a whole check.
  ///   - rules: the rule book, for the titles in the table that ends a long report.
  package static func write(
    _ validation: Validation, language: Language, style: TextStyle = TextStyle(), showsWaived: Bool = false,
    showsConsequences: Bool = false, lastLine: LocalizedText? = nil,
    rules: [Rule] = RuleBook.rules, to writer: ByteWriter
  ) throws {
    let printer = TextPrinter(to: writer, language: language, style: style)
    var report = Report(printer: printer)
    for finding in validation.shown(withConsequences: showsConsequences) where showsWaived || !finding.isWaived {
      try report.write(finding)
    }
    try report.write(FindingsSummary.omissions(validation), showsWaived: showsWaived)
    try report.writeCounts(of: validation, rules: rules)
    let line =
      lastLine.map { VisibleText.line($0[language]) }
      ?? FindingsSummary.line(validation, language: language, namesWaivers: !showsWaived)
    try printer.line(StyledText(line, color(of: validation)))
  }

  /// The colour of the last line: that of the gravest finding.
  private static func color(of validation: Validation) -> TextStyle.Paint? {
    let summary = validation.summary
    if validation.isUnreadable || summary.errors > 0 { return .red }
    if summary.warnings > 0 { return .yellow }
    return summary.notes == 0 ? .green : nil
  }

  /// The findings as they are written, file by file.
  private struct Report {
    let printer: TextPrinter
    /// The file of the last finding; nil within for findings that have none.
    private var file: String??
    private var hasFindings = false

    init(printer: TextPrinter) { self.printer = printer }

    private var language: Language { printer.language }
    private func localized(_ zh: String, _ en: String) -> String { printer.localized(zh, en) }

    mutating func write(_ finding: Finding) throws {
      let location = finding.location
      if file != .some(location?.file) {
        file = .some(location?.file)
        if hasFindings { try printer.line() }
        try printer.line(.bold(location?.file ?? localized("目录整体", "the catalog as a whole")))
      }
      hasFindings = true
      try printer.line(head(of: finding))
      if let location { try quote(location, finding.severity) }
      try write(finding.related)
      try write(finding.consequences)
      if let reason = finding.waiver {
        let text = reason.isEmpty ? localized("（没有写理由）", "(no reason given)") : Report.cut(reason)
        try printer.line("    " + localized("豁免理由：", "Waived: ") + text)
      } else if !finding.fix[language].isEmpty {
        try printer.line("    " + localized("处理建议：", "Fix: ") + Report.cut(finding.fix[language]))
      }
    }

    /// Position, severity, matter, message and rule.
    private func head(of finding: Finding) -> StyledText {
      var head: StyledText = "  "
      if let position = finding.location.flatMap({ $0.address(in: language) ?? $0.line.map(String.init) }) {
        head += StyledText(position) + "  "
      }
      head +=
        finding.isWaived
        ? .dim(localized("已豁免", "waived")) : .of(finding.severity, finding.severity.title[language])
      if let cause = finding.cause { head += .dim(localized("（由 \(cause) 引起）", " (follows from \(cause))")) }
      head += "  "
      let message = finding.message[language]
      // A message that names the matter is not preceded by its id.
      if let id = finding.item ?? finding.matter, !id.isEmpty, !Report.names(message, id) {
        head += StyledText(id + "  ")
      }
      return head + StyledText(Report.cut(message) + "  ") + .dim("[\(finding.rule)]")
    }

    /// The row's own text, with a mark beneath the cell.
    private func quote(_ location: Location, _ severity: Severity) throws {
      guard let excerpt = location.excerpt, !excerpt.isEmpty else { return }
      let quoted = QuotedLine(
        excerpt, column: location.column, length: location.length, width: max(40, printer.style.width ?? 100) - 6)
      try printer.line("    " + .dim("|") + StyledText(" " + quoted.text))
      guard let marks = quoted.marks else { return }
      try printer.line("    " + .dim("|") + " " + .of(severity, marks))
    }

    /// What follows from a finding: how many findings of which rules.
    private func write(_ consequences: [Finding.Consequence]) throws {
      guard !consequences.isEmpty else { return }
      let total = consequences.reduce(0) { $0 + $1.count }
      let parts = consequences.map { "\($0.rule) \($0.count)" }
      try printer.line(
        "    "
          + localized(
            "由此引起 \(total) 处，没有列出：\(parts.joined(separator: "、"))（--show-consequences 可列出）",
            "\(FindingsSummary.counted(total, "finding")) \(total == 1 ? "follows" : "follow") from it and \(total == 1 ? "is" : "are") not listed: "
              + parts.joined(separator: ", ") + " (--show-consequences lists them)"))
    }

    private func write(_ related: [Related]) throws {
      // A name that is in a thousand rows is not pointed to a thousand times.
      let limit = 5
      for other in related.prefix(limit) {
        guard let position = FindingsSummary.position(other, in: language, isCell: true) else { continue }
        var line = "    " + localized("另见 ", "see also ") + position
        if let message = other.message { line += localized("：", ": ") + Report.cut(message[language]) }
        try printer.line(line)
      }
      guard related.count > limit else { return }
      let rest = related.count - limit
      try printer.line(
        "    " + localized("另见其他 \(rest) 处", "and \(FindingsSummary.counted(rest, "other place"))"))
    }

    func write(_ omissions: [FindingsSummary.Omission], showsWaived: Bool) throws {
      var hasLine = false
      for omission in omissions {
        let count = omission.open + (showsWaived ? omission.waived : 0)
        guard count > 0 else { continue }
        if !hasLine, hasFindings { try printer.line() }
        hasLine = true
        let line = localized(
          "… \(omission.rule) 另有 \(count) 处未列出；--max-findings 0 可全部列出",
          "… and \(count) more of \(omission.rule); --max-findings 0 shows all")
        try printer.line(.of(omission.severity, line))
      }
      if hasLine || hasFindings { try printer.line() }
    }

    /// What a long report found, rule by rule and the gravest first.
    func writeCounts(of validation: Validation, rules: [Rule]) throws {
      let summary = validation.summary
      guard summary.errors + summary.warnings + summary.notes > 20 else { return }
      let counts = validation.counts.filter { $0.open > 0 }
      guard counts.count > 1 else { return }
      let titles = Dictionary(rules.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
      let numberWidth = counts.map { String($0.open).utf8.count }.max() ?? 1
      let ruleWidth = counts.map { DisplayWidth.of($0.rule) }.max() ?? 0
      let severityWidth = Severity.allCases.map { DisplayWidth.of($0.title[language]) }.max() ?? 0
      try printer.line(localized("按规则统计：", "By rule:"))
      for severity in Severity.allCases {
        for count in counts where count.severity == severity {
          let number = DisplayWidth.paddedBefore(String(count.open), to: numberWidth)
          let title = DisplayWidth.padded(severity.title[language], to: severityWidth)
          let rule = DisplayWidth.padded(count.rule, to: ruleWidth)
          let text = titles[count.rule].map { "  " + $0[language] } ?? ""
          try printer.line(StyledText("  \(number)  ") + .of(severity, title) + StyledText("  " + rule + text))
        }
      }
      try printer.line()
    }

    /// Whether a message contains the id as a word of its own: `2-03` is not named by `2-039`.
    private static func names(_ message: String, _ id: String) -> Bool {
      var rest = message.utf8[...]
      let wanted = Array(id.utf8)
      func isPart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
      while let range = rest.firstRange(of: wanted) {
        let before =
          range.lowerBound > message.utf8.startIndex
          ? message.utf8[message.utf8.index(before: range.lowerBound)] : 0
        let after = range.upperBound < message.utf8.endIndex ? message.utf8[range.upperBound] : 0
        if !isPart(before), !isPart(after) { return true }
        rest = message.utf8[range.upperBound...]
      }
      return false
    }

    /// What is far too long for a message is cut.
    private static func cut(_ text: String) -> String {
      let limit = 1000
      return text.utf8.count > limit ? DisplayWidth.truncated(text, to: limit) : text
    }
  }
}
