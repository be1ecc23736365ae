import AtomicFiles
import Catalog
import JSONFormat
import Localization
import Platform
import Validator

/// Findings as SARIF 2.1.0, for code scanning services and editors.
package enum FindingsSARIF {
  /// - Parameters:
  ///   - version: the program's.
  ///   - rules: the rule book.
  package static func write(
    _ validation: Validation, language: Language, version: String, rules: [Rule] = RuleBook.rules,
    isPretty: Bool = true, to writer: ByteWriter
  ) throws {
    let json = JSONWriter(to: writer, isPretty: isPretty)
    let tag = language == .chinese ? "zh-CN" : "en"
    var indices: [String: Int] = [:]
    for (index, rule) in rules.enumerated() where indices[rule.id] == nil { indices[rule.id] = index }
    try json.object {
      try json.member(
        "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      try json.member("version", "2.1.0")
      try json.array("runs") {
        try json.object {
          try writeTool(language, tag, version: version, rules: rules, json)
          try writeInvocation(validation, language, indices, json)
          try json.object("automationDetails") {
            // The category by which a service distinguishes this check from others; the same on every run.
            try json.member("id", "onevisit/validate/")
            try json.object("description") {
              try json.member("text", FindingsSummary.line(validation, language: language))
            }
          }
          try json.member("language", tag)
          try json.member("columnKind", "unicodeCodePoints")
          var fingerprints = Fingerprints()
          try json.array("results") {
            for finding in validation.findings + (validation.known?.findings ?? []) {
              try write(finding, language, indices, &fingerprints, json)
            }
          }
          try json.object("properties") {
            try json.member("catalog", PathText.shown(validation.catalog))
            try json.member("asOf", validation.day.description)
            try json.member("matters", validation.summary.matters)
            try json.member("items", validation.summary.items)
          }
        }
      }
    }
    try json.end()
  }

  private static func writeTool(
    _ language: Language, _ tag: String, version: String, rules: [Rule], _ json: JSONWriter
  ) throws {
    try json.object("tool") {
      try json.object("driver") {
        try json.member("name", "OneVisit")
        try json.member("version", version)
        try json.member("language", tag)
        try json.array("rules") {
          for rule in rules { try write(rule, language, json) }
        }
      }
    }
  }

  // MARK: Rules

  private static func write(_ rule: Rule, _ language: Language, _ json: JSONWriter) throws {
    try json.object {
      try json.member("id", rule.id)
      try json.member("name", pascalCase(rule.id))
      try json.object("shortDescription") { try json.member("text", rule.title[language]) }
      try json.object("fullDescription") { try json.member("text", rule.reason[language]) }
      try json.object("help") {
        // SARIF has one text for help: first in the language asked for, then in the other.
        let other: Language = language == .chinese ? .english : .chinese
        try json.member("text", help(rule, language, isMarkdown: false) + "\n\n" + help(rule, other, isMarkdown: false))
        try json.member(
          "markdown", help(rule, language, isMarkdown: true) + "\n\n---\n\n" + help(rule, other, isMarkdown: true))
      }
      try json.object("defaultConfiguration") { try json.member("level", rule.severity.rawValue) }
      try json.object("properties") {
        try json.member("tags", ["catalog", rule.group.rawValue])
        try json.member("problem.severity", rule.severity == .note ? "recommendation" : rule.severity.rawValue)
      }
    }
  }

  private static func help(_ rule: Rule, _ language: Language, isMarkdown: Bool) -> String {
    let isChinese = language == .chinese
    let parts = [
      (isChinese ? "原因" : "Why", rule.reason[language]), (isChinese ? "依据" : "Source", rule.source[language]),
      (isChinese ? "处理建议" : "Fix", rule.fix[language]),
    ]
    let title = isMarkdown ? "**" + Markdown.text(rule.title[language]) + "**" : rule.title[language]
    return
      ([title]
      + parts.map { name, text in
        let colon = isChinese ? "：" : ": "
        return isMarkdown ? "*" + name + "*" + colon + Markdown.text(text) : name + colon + text
      }).joined(separator: isMarkdown ? "\n\n" : "\n")
  }

  static func pascalCase(_ id: String) -> String {
    id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  // MARK: The run

  private static func writeInvocation(
    _ validation: Validation, _ language: Language, _ indices: [String: Int], _ json: JSONWriter
  ) throws {
    try json.array("invocations") {
      try json.object {
        try json.member("executionSuccessful", !validation.isUnreadable)
        let omissions = FindingsSummary.omissions(validation)
        guard !omissions.isEmpty else { return }
        try json.array("toolExecutionNotifications") {
          for omission in omissions { try write(omission, language, indices, json) }
        }
      }
    }
  }

  private static func write(
    _ omission: FindingsSummary.Omission, _ language: Language, _ indices: [String: Int], _ json: JSONWriter
  ) throws {
    let count = omission.open + omission.waived
    let text = LocalizedText(
      zh: "\(omission.rule) 另有 \(count) 处未列出", en: "\(count) more of \(omission.rule) are not listed")
    try json.object {
      try json.object("message") { try json.member("text", text[language]) }
      try json.member("level", "note")
      try json.object("associatedRule") {
        try json.member("id", omission.rule)
        if let index = indices[omission.rule] { try json.member("index", index) }
      }
    }
  }

  // MARK: Results

  private static func write(
    _ finding: Finding, _ language: Language, _ indices: [String: Int], _ fingerprints: inout Fingerprints,
    _ json: JSONWriter
  ) throws {
    try json.object {
      try json.member("ruleId", finding.rule)
      if let index = indices[finding.rule] { try json.member("ruleIndex", index) }
      try json.member("level", finding.severity.rawValue)
      try json.object("message") { try json.member("text", finding.message[language]) }
      if finding.location != nil || finding.matter != nil {
        try json.array("locations") {
          try json.object {
            try writePosition(finding.location, json)
            if let id = finding.item ?? finding.matter { try writeLogical(id, isItem: finding.item != nil, json) }
          }
        }
      }
      if !finding.related.isEmpty {
        try json.array("relatedLocations") {
          for (number, related) in finding.related.enumerated() { try write(related, number, language, json) }
        }
      }
      try json.object("partialFingerprints") {
        try json.member("onevisitFinding/v1", fingerprints.next(finding))
      }
      // Where one result has it, all have.
      if let isKnown = finding.isKnown { try json.member("baselineState", isKnown ? "unchanged" : "new") }
      if let correction = finding.correction, let location = finding.location {
        try write(correction, at: location, language, json)
      }
      // Where one result has this property, all must: an empty array means that the finding is open.
      try json.array("suppressions") {
        if let reason = finding.waiver {
          try json.object {
            try json.member("kind", "external")
            try json.member("status", "accepted")
            try json.member("justification", reason)
          }
        }
      }
      try json.object("properties") {
        try json.member("subject", finding.subject)
        try json.member("remedy", finding.fix[language])
        if let cell = finding.location?.cell { try json.member("cell", cell) }
        if let field = finding.location?.field { try json.member("field", field) }
        if let sheet = finding.location?.sheet { try json.member("sheet", sheet) }
      }
    }
  }

  /// The replacement of a cell as it is written, with its quotes.
  private static func write(
    _ correction: CellCorrection, at location: Location, _ language: Language, _ json: JSONWriter
  ) throws {
    guard let line = location.line, let column = location.column else { return }
    let after = correction.after
    let description =
      correction.isSafe
      ? LocalizedText(zh: "改为“\(after)”", en: "Change to “\(after)”")
      : LocalizedText(zh: "建议改为“\(after)”", en: "Change to “\(after)”, if that is meant")
    try json.array("fixes") {
      try json.object {
        try json.object("description") { try json.member("text", description[language]) }
        try json.array("artifactChanges") {
          try json.object {
            try json.object("artifactLocation") { try json.member("uri", uri(location.file)) }
            try json.array("replacements") {
              try json.object {
                let end = end(of: correction.writtenBefore, line: line, column: column)
                try json.object("deletedRegion") {
                  try json.member("startLine", line)
                  try json.member("startColumn", column)
                  try json.member("endLine", end.line)
                  try json.member("endColumn", end.column)
                }
                try json.object("insertedContent") { try json.member("text", correction.writtenAfter) }
              }
            }
          }
        }
        try json.object("properties") { try json.member("safe", correction.isSafe) }
      }
    }
  }

  /// Where a text ends that begins there: the column after its last character.
  private static func end(of text: String, line: Int, column: Int) -> (line: Int, column: Int) {
    var (line, column) = (line, column)
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\n", previous == "\r" {
        // The line has ended with the carriage return.
      } else if scalar == "\n" || scalar == "\r" {
        line += 1
        column = 1
      } else {
        column += 1
      }
      previous = scalar
    }
    return (line, column)
  }

  private static func write(_ related: Related, _ number: Int, _ language: Language, _ json: JSONWriter) throws {
    try json.object {
      try json.member("id", number)
      try writePosition(related.location, json)
      let id = related.item ?? related.matter
      if let id { try writeLogical(id, isItem: related.item != nil, json) }
      if let text = related.message?[language] ?? id {
        try json.object("message") { try json.member("text", text) }
      }
    }
  }

  private static func writePosition(_ location: Location?, _ json: JSONWriter) throws {
    guard let location else { return }
    try json.object("physicalLocation") {
      try json.object("artifactLocation") { try json.member("uri", uri(location.file)) }
      guard let line = location.line, line >= 1 else { return }
      try json.object("region") {
        try json.member("startLine", line)
        guard let column = location.column, column >= 1 else { return }
        try json.member("startColumn", column)
        if let length = location.length, length >= 1 { try json.member("endColumn", end(location, column + length)) }
      }
    }
  }

  /// Where the marked text ends on its first line. A cell may continue on further lines, which a region does not include.
  private static func end(_ location: Location, _ column: Int) -> Int {
    guard let excerpt = location.excerpt, !excerpt.hasSuffix("…") else { return column }
    return min(column, max(excerpt.unicodeScalars.count, location.column ?? 1) + 1)
  }

  private static func writeLogical(_ id: String, isItem: Bool, _ json: JSONWriter) throws {
    try json.array("logicalLocations") {
      try json.object {
        try json.member("name", id)
        try json.member("kind", isItem ? "item" : "matter")
      }
    }
  }

  /// A path as a URI reference: relative as it is, absolute as `file://`; all but unreserved characters are encoded.
  static func uri(_ path: String) -> String {
    var out = path.utf8.first == UInt8(ascii: "/") ? "file://" : ""
    for byte in PathText.bytes(path) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        out += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return out
  }
}

/// Fingerprints of findings that stay the same when rows move: made of rule, subject and message, never of the line.
/// Findings that agree in all three are numbered.
struct Fingerprints {
  private var seen: [UInt64: Int] = [:]

  /// The fingerprint of the next finding.
  mutating func next(_ finding: Finding) -> String {
    // Always the English message: the language of the report must not change a fingerprint.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in [finding.rule, finding.subject, finding.message.en] {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    let number = seen[hash, default: 0] + 1
    seen[hash] = number
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + ":\(number)"
  }
}
