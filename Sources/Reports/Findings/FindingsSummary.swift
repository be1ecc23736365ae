import Catalog
import Localization
import Validator

/// What every report has beside the findings.
enum FindingsSummary {
  /// Findings of one rule that were counted and not kept.
  struct Omission {
    var rule: String
    var severity: Severity
    var open: Int
    var waived: Int
  }

  /// The findings beyond the cap, rule by rule in the order of the rule book.
  static func omissions(_ validation: Validation) -> [Omission] {
    guard validation.unshown > 0 else { return [] }
    var open: [String: Int] = [:]
    var waived: [String: Int] = [:]
    for finding in validation.findings {
      if finding.isWaived {
        waived[finding.rule, default: 0] += 1
      } else {
        open[finding.rule, default: 0] += 1
      }
    }
    return validation.counts.compactMap { count in
      let omission = Omission(
        rule: count.rule, severity: count.severity, open: count.open - open[count.rule, default: 0],
        waived: count.waived - waived[count.rule, default: 0])
      return omission.open > 0 || omission.waived > 0 ? omission : nil
    }
  }

  /// One line: what was checked, as of which day, and how many findings there are.
  static func line(_ validation: Validation, language: Language, namesWaivers: Bool = true) -> String {
    let summary = validation.summary
    let builtIn = LocalizedText(zh: "程序内置的目录", en: "the built-in catalog")
    let name =
      validation.catalog == Catalog.Origin.builtIn.name ? builtIn[language] : VisibleText.line(validation.catalog)
    let open = summary.errors + summary.warnings + summary.notes
    switch language {
    case .chinese:
      if validation.isUnreadable {
        return "无法作为目录读取：\(name)。\(summary.errors) 个错误；其余规则没有检查。"
      }
      var text = open == 0 ? "未发现问题。" : ""
      text += "已检查 \(name)（截至 \(validation.day)）：\(summary.matters) 项“一件事”，\(summary.items) 个关联事项；"
      text += "\(summary.errors) 个错误，\(summary.warnings) 个警告，\(summary.notes) 个提示"
      if summary.waived > 0 {
        text += "；豁免 \(summary.waived) 处\(namesWaivers ? "（--no-waivers 可列出）" : "")"
      }
      return text + consequences(summary.consequences, language) + known(validation, language)
        + fixable(validation, language) + "。"
    case .english:
      if validation.isUnreadable {
        return "Cannot be read as a catalog: \(name). \(counted(summary.errors, "error")); no other rule was checked."
      }
      var text = open == 0 ? "Nothing found. " : ""
      text += "Checked \(name) as of \(validation.day): \(counted(summary.matters, "matter")), "
      text += "\(counted(summary.items, "item")); \(counted(summary.errors, "error")), "
      text += "\(counted(summary.warnings, "warning")), \(counted(summary.notes, "note"))"
      if summary.waived > 0 {
        text += "; \(summary.waived) waived\(namesWaivers ? " (--no-waivers lists them)" : "")"
      }
      return text + consequences(summary.consequences, language) + known(validation, language)
        + fixable(validation, language) + "."
    }
  }

  /// What the summary says of findings that follow from others; empty if there are none.
  private static func consequences(_ count: Int, _ language: Language) -> String {
    guard count > 0 else { return "" }
    return language == .chinese ? "；另有 \(count) 处由它们引起" : "; \(count) more follow from these"
  }

  /// How many findings an older edition has too; empty if none was given.
  private static func known(_ validation: Validation, _ language: Language) -> String {
    guard let known = validation.known else { return "" }
    let edition = VisibleText.line(known.edition)
    return language == .chinese
      ? "；另有 \(known.count) 处在 \(edition) 中已有"
      : "; \(known.count) more \(known.count == 1 ? "was" : "were") in \(edition) already"
  }

  /// How many of the findings can be fixed; empty if none can.
  private static func fixable(_ validation: Validation, _ language: Language) -> String {
    let count = validation.summary.fixable
    guard count > 0 else { return "" }
    return language == .chinese
      ? "；其中 \(count) 处可用 --fix 改正" : "; \(count) can be fixed with --fix"
  }

  /// `1 error`, `2 errors`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// `catalog/matters.csv:51:9 (2-039)`: a related position, as far as it is known; nil if nothing is known.
  ///
  /// - Parameter isCell: a cell is named as in a spreadsheet, `catalog/matters.csv E51 (2-039)`.
  static func position(_ related: Related, in language: Language, isCell: Bool = false) -> String? {
    var text = ""
    if let location = related.location {
      text = VisibleText.line(location.file)
      if let cell = isCell || location.sheet != nil ? location.address(in: language) : nil {
        text += " " + cell
      } else if let line = location.line {
        text += ":\(line)"
        if let column = location.column { text += ":\(column)" }
      }
    }
    if let id = related.item ?? related.matter {
      text += text.isEmpty ? VisibleText.line(id) : " (\(VisibleText.line(id)))"
    }
    return text.isEmpty ? nil : text
  }
}
