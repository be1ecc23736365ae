import AtomicFiles
import Catalog
import JSONFormat
import Localization
import Platform
import Validator

/// Findings as JSON: `schemas/findings.schema.json` describes it. The keys that the contract names come first, in its
/// order; what was added since comes after them.
package enum FindingsJSON {
  /// - Parameters:
  ///   - isPretty: a member a line; else the whole on one line.
  ///   - showsConsequences: findings that follow from another one are listed too.
  package static func write(
    _ validation: Validation, language: Language, showsConsequences: Bool = false, isPretty: Bool = true,
    to writer: ByteWriter
  ) throws {
    let json = JSONWriter(to: writer, isPretty: isPretty)
    try json.object {
      try json.member("catalog", PathText.shown(validation.catalog))
      try json.member("asOf", validation.day.description)
      try json.array("findings") {
        for finding in validation.shown(withConsequences: showsConsequences) { try write(finding, language, json) }
      }
      try json.object("summary") {
        let summary = validation.summary
        try json.member("matters", summary.matters)
        try json.member("items", summary.items)
        try json.member("errors", summary.errors)
        try json.member("warnings", summary.warnings)
        try json.member("notes", summary.notes)
        try json.member("waived", summary.waived)
        try json.member("consequences", summary.consequences)
        try json.member("fixable", summary.fixable)
        if let known = validation.known { try json.member("known", known.count) }
      }
      try json.member("language", language.rawValue)
      try json.member("readable", !validation.isUnreadable)
      if let known = validation.known { try json.member("newSince", PathText.shown(known.edition)) }
      try json.array("omitted") {
        for omission in FindingsSummary.omissions(validation) {
          try json.object {
            try json.member("rule", omission.rule)
            try json.member("severity", omission.severity.rawValue)
            try json.member("open", omission.open)
            try json.member("waived", omission.waived)
          }
        }
      }
    }
    try json.end()
  }

  private static func write(_ correction: CellCorrection, at location: Location?, _ json: JSONWriter) throws {
    try json.object("fix") {
      try json.member("safe", correction.isSafe)
      try json.array("edits") {
        try json.object {
          try json.member("file", location?.file)
          try json.member("cell", correction.address)
          try json.member("before", correction.before)
          try json.member("after", correction.after)
        }
      }
    }
  }

  private static func write(_ finding: Finding, _ language: Language, _ json: JSONWriter) throws {
    try json.object {
      try json.member("rule", finding.rule)
      try json.member("severity", finding.severity.rawValue)
      try json.member("matter", finding.matter)
      try json.member("item", finding.item)
      try json.member("file", (finding.location?.file).map(PathText.shown))
      try json.member("line", finding.location?.line)
      try json.member("column", finding.location?.column)
      try json.member("cell", finding.location?.cell)
      try json.member("field", finding.location?.field)
      if let sheet = finding.location?.sheet { try json.member("sheet", sheet) }
      try json.member("message", finding.message[language])
      try json.member("waived", finding.isWaived)
      try json.array("related") {
        for related in finding.related {
          try json.object {
            try json.member("matter", related.matter)
            try json.member("file", (related.location?.file).map(PathText.shown))
            try json.member("line", related.location?.line)
            try json.member("column", related.location?.column)
            try json.member("item", related.item)
            try json.member("message", related.message?[language])
            try json.member("cell", related.location?.cell)
            try json.member("field", related.location?.field)
            if let sheet = related.location?.sheet { try json.member("sheet", sheet) }
          }
        }
      }
      try json.member("subject", finding.subject)
      try json.member("length", finding.location?.length)
      try json.member("remedy", finding.fix[language])
      try json.member("reason", finding.waiver)
      try json.member("consequences", finding.consequences.reduce(0) { $0 + $1.count })
      try json.member("cause", finding.cause)
      if let correction = finding.correction { try write(correction, at: finding.location, json) }
    }
  }
}
