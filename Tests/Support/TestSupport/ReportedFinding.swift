import Testing

/// A finding as `validate --format json` reports it, shortened to what a table of expectations needs.
package struct ReportedFinding: Hashable, Sendable, CustomStringConvertible {
  package var severity: String
  package var rule: String
  package var subject: String
  /// The file's name without its folder.
  package var file: String
  package var line: Int?
  package var column: Int?
  package var isWaived: Bool
  package var matter: String?
  package var item: String?
  package var message: String

  package init(_ json: JSON) throws {
    severity = try #require(json["severity"]?.text)
    rule = try #require(json["rule"]?.text)
    subject = try #require(json["subject"]?.text)
    let path = json["file"]?.text ?? ""
    file = String(path.split(separator: "/").last ?? "")
    line = json["line"]?.int
    column = json["column"]?.int
    isWaived = try #require(json["waived"]?.bool as Bool?)
    matter = json["matter"]?.text
    item = json["item"]?.text
    message = try #require(json["message"]?.text)
  }

  /// `error duplicate-id 2-038 matters.csv:50:1`: severity, rule, item, matter or subject, and position.
  package var description: String {
    var position = file
    if let line { position += ":\(line)" }
    if let column { position += ":\(column)" }
    return "\(severity) \(rule) \(item ?? matter ?? subject) \(position)"
  }

  /// What stays the same when rows move.
  package var identity: String { "\(rule) \(subject)" }
}

/// A report in JSON.
package struct Report: Sendable {
  package var outcome: Outcome
  package var json: JSON
  package var findings: [ReportedFinding]

  package var open: [ReportedFinding] { findings.filter { !$0.isWaived } }
  package func count(_ name: String) -> Int { json["summary"]?[name]?.int ?? -1 }

  package init(_ outcome: Outcome) throws {
    self.outcome = outcome
    json = try outcome.json()
    findings = try (json["findings"]?.elements ?? []).map(ReportedFinding.init)
  }

  /// Open findings of this report that the earlier one does not have, and the other way round.
  package func change(since before: Report) -> (raised: [ReportedFinding], gone: [ReportedFinding]) {
    (Report.difference(open, before.open), Report.difference(before.open, open))
  }

  private static func difference(_ left: [ReportedFinding], _ right: [ReportedFinding]) -> [ReportedFinding] {
    var counts: [String: Int] = [:]
    for finding in right { counts[finding.identity, default: 0] += 1 }
    return left.filter { finding in
      guard let count = counts[finding.identity], count > 0 else { return true }
      counts[finding.identity] = count - 1
      return false
    }
  }
}
