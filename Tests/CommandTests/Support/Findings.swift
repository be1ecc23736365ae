import Testing

/// A finding as `validate --format json` reports it, shortened to what a table of expectations needs.
struct Told: Hashable, Sendable, CustomStringConvertible {
  var severity: String
  var rule: String
  var subject: String
  /// The file's name without its folder.
  var file: String
  var line: Int?
  var column: Int?
  var isWaived: Bool
  var matter: String?
  var item: String?
  var message: String

  init(_ json: JSON) throws {
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

  /// `error duplicate-id 2-038 matters.csv:50:1`: severity, rule, matter (or item, or what else it is about) and position.
  var description: String {
    var position = file
    if let line { position += ":\(line)" }
    if let column { position += ":\(column)" }
    return "\(severity) \(rule) \(item ?? matter ?? subject) \(position)"
  }

  /// What stays the same when rows move.
  var identity: String { "\(rule) \(subject)" }
}

/// A report in JSON.
struct Report: Sendable {
  var outcome: Outcome
  var json: JSON
  var findings: [Told]

  var open: [Told] { findings.filter { !$0.isWaived } }
  func count(_ name: String) -> Int { json["summary"]?[name]?.int ?? -1 }

  init(_ outcome: Outcome) throws {
    self.outcome = outcome
    json = try outcome.json()
    findings = try (json["findings"]?.elements ?? []).map(Told.init)
  }

  /// Open findings here that were not there, and those that are gone.
  func change(since before: Report) -> (raised: [Told], gone: [Told]) {
    (Report.difference(open, before.open), Report.difference(before.open, open))
  }

  private static func difference(_ left: [Told], _ right: [Told]) -> [Told] {
    var counts: [String: Int] = [:]
    for told in right { counts[told.identity, default: 0] += 1 }
    return left.filter { told in
      guard let count = counts[told.identity], count > 0 else { return true }
      counts[told.identity] = count - 1
      return false
    }
  }
}
