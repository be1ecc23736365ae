import AtomicFiles
import Localization
import Validator

/// Findings as workflow commands, which GitHub shows beside the lines of a change.
package enum FindingsGitHub {
  /// GitHub shows at most this many annotations of a kind for a step, and drops the rest without a message.
  package static let limit = 10

  /// Writes the first findings of each severity in their order, and one notice with the sums.
  package static func write(_ validation: Validation, language: Language, to writer: ByteWriter) throws {
    var shown: [Severity: Int] = [:]
    let summary = validation.summary
    let open = summary.errors + summary.warnings + summary.notes
    for finding in validation.findings where !finding.isWaived {
      // The last notice is the summary.
      let most = finding.severity == .note ? limit - 1 : limit
      guard shown[finding.severity, default: 0] < most else { continue }
      shown[finding.severity, default: 0] += 1
      try write(finding, language, writer)
    }
    var line = FindingsSummary.line(validation, language: language)
    let rest = open - shown.values.reduce(0, +)
    if rest > 0 {
      line +=
        language == .chinese
        ? " 另有 \(rest) 处未在此列出；请用 --format text 或 --format sarif 查看全部。"
        : " \(rest) more \(rest == 1 ? "is" : "are") not listed here; --format text or --format sarif shows all."
    }
    try writer.append("::notice title=OneVisit::\(data(line))\n")
  }

  private static func write(_ finding: Finding, _ language: Language, _ writer: ByteWriter) throws {
    let command =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [String] = []
    if let location = finding.location {
      properties.append("file=" + property(VisibleText.line(location.file)))
      if let line = location.line {
        properties.append("line=\(line)")
        if let column = location.column { properties.append("col=\(column)") }
      }
    }
    var title = finding.rule
    if let id = finding.item ?? finding.matter { title += " " + id }
    properties.append("title=" + property(VisibleText.line(title)))
    var message = VisibleText.line(finding.message[language])
    if finding.location?.sheet != nil, let cell = finding.location?.address(in: language) {
      message = VisibleText.line(cell) + "  " + message
    }
    if !finding.fix[language].isEmpty { message += "\n→ " + VisibleText.line(finding.fix[language]) }
    try writer.append("::\(command) \(properties.joined(separator: ","))::\(data(message))\n")
  }

  /// A command's message, escaped as GitHub undoes it.
  static func data(_ text: String) -> String { escaped(text, isProperty: false) }

  /// A command's property, escaped as GitHub undoes it.
  static func property(_ text: String) -> String { escaped(text, isProperty: true) }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "%"): bytes.append(contentsOf: "%25".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "%0D".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "%0A".utf8)
      case UInt8(ascii: ":") where isProperty: bytes.append(contentsOf: "%3A".utf8)
      case UInt8(ascii: ",") where isProperty: bytes.append(contentsOf: "%2C".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
