import AtomicFiles
import Localization
import Validator

/// Findings as text for people: grouped by file, each with its position, the row's own text with a mark beneath the cell,
/// and what to do. All that comes from the catalog is made safe to print.
package enum FindingsText {
  /// - Parameters:
  ///   - style: colour and width of the terminal.
  ///   - showsWaived: waived findings are listed with their reasons, not merely counted.
  ///   - rules: the rule book, for the titles in the table that ends a long report.
  package static func write(
    _ validation: Validation, language: Language, style: TextStyle = TextStyle(), showsWaived: Bool = false,
    rules: [Rule] = RuleBook.rules, to writer: ByteWriter
  ) throws {
    var printer = Printer(language: language, style: style, writer: writer)
    for finding in validation.findings where showsWaived || !finding.isWaived { try printer.write(finding) }
    try printer.write(FindingsSummary.omissions(validation), showsWaived: showsWaived)
    try printer.write(validation, rules: rules)
    let line = FindingsSummary.line(validation, language: language, namesWaivers: !showsWaived)
    let summary = validation.summary
    let worst: TextStyle.Paint? =
      if validation.isUnreadable || summary.errors > 0 { .red } else if summary.warnings > 0 {
        .yellow
      } else if summary.notes == 0 { .green } else { nil }
    try writer.append((worst.map { style.paint($0, line) } ?? line) + "\n")
  }

  private struct Printer {
    let language: Language
    let style: TextStyle
    let writer: ByteWriter
    /// The file whose findings are being told; nil within for those without a file.
    private var file: String??
    /// Where in this file each piece of advice was given in full.
    private var advised: [String: String] = [:]
    private var hasFindings = false

    init(language: Language, style: TextStyle, writer: ByteWriter) {
      self.language = language
      self.style = style
      self.writer = writer
    }

    private func word(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    mutating func write(_ finding: Finding) throws {
      let location = finding.location
      if file != .some(location?.file) {
        file = .some(location?.file)
        advised.removeAll(keepingCapacity: true)
        if hasFindings { try writer.append("\n") }
        let title = location.map { VisibleText.line($0.file) } ?? word("目录整体", "the catalog as a whole")
        try writer.append(style.paint(.bold, title) + "\n")
      }
      hasFindings = true

      let position = location?.line.map { line in location?.column.map { "\(line):\($0)" } ?? "\(line)" }
      var head = "  "
      if let position { head += position + "  " }
      let severity =
        finding.isWaived
        ? style.paint(.dim, word("已豁免", "waived"))
        : style.paint(finding.severity, finding.severity.title[language])
      head += severity + "  "
      let message = finding.message[language]
      // A message that names the matter need not be told it again.
      if let id = finding.item ?? finding.matter, !id.isEmpty, !Printer.names(message, id) {
        head += VisibleText.line(id) + "  "
      }
      head += Printer.cut(message) + "  " + style.paint(.dim, "[\(VisibleText.line(finding.rule))]")
      try writer.append(head + "\n")

      if let excerpt = location?.excerpt, !excerpt.isEmpty {
        let quoted = QuotedLine(
          excerpt, column: location?.column, length: location?.length, width: max(40, style.width ?? 100) - 6)
        try writer.append("    " + style.paint(.dim, "|") + " " + quoted.text + "\n")
        if let marks = quoted.marks {
          let painted = style.hasColor ? style.paint(finding.severity, marks) : marks
          try writer.append("    " + style.paint(.dim, "|") + " " + painted + "\n")
        }
      }
      try write(finding.related)
      if let reason = finding.waiver {
        let text = reason.isEmpty ? word("（没有写理由）", "(no reason given)") : Printer.cut(reason)
        try writer.append("    " + word("豁免理由：", "waived because: ") + text + "\n")
      } else {
        try advise(finding.fix[language], at: position)
      }
    }

    /// The advice in full where it first comes in a file, and after that a pointer to it.
    private mutating func advise(_ fix: String, at position: String?) throws {
      guard !fix.isEmpty else { return }
      if let first = advised[fix] {
        try writer.append("    " + style.paint(.dim, word("→ 办法同 \(first)", "→ to mend: as for \(first)")) + "\n")
      } else {
        if let position { advised[fix] = position }
        try writer.append("    " + word("→ 办法：", "→ to mend: ") + Printer.cut(fix) + "\n")
      }
    }

    private func write(_ related: [Related]) throws {
      // A name that stands in a thousand rows is not pointed to a thousand times.
      let limit = 5
      for other in related.prefix(limit) {
        guard let position = FindingsSummary.position(other) else { continue }
        var line = "    " + word("另见 ", "see also ") + position
        if let message = other.message { line += word("：", ": ") + Printer.cut(message[language]) }
        try writer.append(line + "\n")
      }
      if related.count > limit {
        let rest = related.count - limit
        try writer.append("    " + word("另见其他 \(rest) 处", "and \(FindingsSummary.counted(rest, "other place"))") + "\n")
      }
    }

    mutating func write(_ omissions: [FindingsSummary.Omission], showsWaived: Bool) throws {
      var hasHint = false
      for omission in omissions {
        let count = omission.open + (showsWaived ? omission.waived : 0)
        guard count > 0 else { continue }
        if !hasHint, hasFindings { try writer.append("\n") }
        hasHint = true
        let rule = VisibleText.line(omission.rule)
        let line = word(
          "… \(rule) 另有 \(count) 处未列出；--max-findings 0 可全部列出",
          "… and \(count) more of \(rule); --max-findings 0 shows all")
        try writer.append(style.paint(omission.severity, line) + "\n")
      }
      if hasHint || hasFindings { try writer.append("\n") }
    }

    /// What a long report found, rule by rule and the gravest first: where to begin.
    func write(_ validation: Validation, rules: [Rule]) throws {
      let summary = validation.summary
      guard summary.errors + summary.warnings + summary.notes > 20 else { return }
      let counts = validation.counts.filter { $0.open > 0 }
      guard counts.count > 1 else { return }
      let titles = Dictionary(rules.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
      let numbers = counts.map { String($0.open).utf8.count }.max() ?? 1
      let names = counts.map { DisplayWidth.of($0.rule) }.max() ?? 0
      let severities = Severity.allCases.map { DisplayWidth.of($0.title[language]) }.max() ?? 0
      try writer.append(word("按规则统计：", "By rule:") + "\n")
      for severity in Severity.allCases {
        for count in counts where count.severity == severity {
          let title = DisplayWidth.padded(severity.title[language], to: severities)
          let head = "  " + DisplayWidth.paddedBefore(String(count.open), to: numbers) + "  "
          let rule = DisplayWidth.padded(VisibleText.line(count.rule), to: names)
          let text = titles[count.rule].map { "  " + VisibleText.line($0[language]) } ?? ""
          try writer.append(head + style.paint(severity, title) + "  " + rule + text + "\n")
        }
      }
      try writer.append("\n")
    }

    /// Whether a message has the id in it as a word of its own: `2-03` is not named by `2-039`.
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

    /// Text on one line, safe to print; what is far too long for a message is cut.
    private static func cut(_ text: String) -> String {
      let limit = 1000
      guard text.utf8.count > limit else { return VisibleText.line(text) }
      return VisibleText.line(DisplayWidth.truncated(text, to: limit))
    }
  }
}
