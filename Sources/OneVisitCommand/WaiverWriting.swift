import ArgumentParser
import Catalog
import Interchange
import Localization
import Validator

/// `validate --write-waivers`: records the findings as waivers, whose reasons are filled in by hand.
enum WaiverWriting {
  /// The folder whose table of waivers is extended.
  /// - Throws: a usage error if the catalog is not a folder.
  static func folder(of catalog: Catalog) throws -> String {
    guard case .folder(let path) = catalog.origin else {
      throw ValidationError(
        localized(
          "--write-waivers 只能用于目录文件夹；请先用 onevisit init 建立一份。",
          "--write-waivers needs a catalog folder; create one with onevisit init."))
    }
    return path
  }

  /// Appends a waiver for each finding that can be waived, and reports how many.
  static func record(_ result: Validation, of catalog: Catalog, in path: String) throws {
    guard !result.isUnreadable else { return }
    // The table that was read; `datapackage.json` may give its file another name.
    let read = catalog.sources.first { $0.csv != nil && $0.columns[.waivers] != nil }
    let table = read?.file ?? path + "/" + TableKind.waivers.fileName
    // Findings about waivers and reading problems are to be fixed, not waived. Findings that depend on the day are
    // temporary.
    let recorded = result.findings.filter { finding in
      guard !finding.isWaived, let rule = RuleBook.rule(finding.rule) else { return false }
      return rule.group != .waivers && rule.group != .reading && !rule.dependsOnDay
    }
    let waivers = recorded.map { (rule: $0.rule, subject: $0.subject) }
    let count = try WaiverTable.append(waivers, toTableAt: table, in: path)
    let errors = recorded.count { $0.severity == .error }
    if errors > 0 {
      Console.note(
        LocalizedText(
          zh: "注意：其中 \(errors) 处是错误。错误应当改正，最好不要豁免。",
          en: "note: \(errors) of the findings \(errors == 1 ? "is an error" : "are errors"). "
            + "Fix errors instead of waiving them where you can."))
    }
    Console.note(
      LocalizedText(
        zh: count == 0 ? "\(table) 已有这些豁免，没有追加。" : "已在 \(table) 追加 \(count) 行，请逐行填写理由（reason）。",
        en: count == 0
          ? "\(table) has these waivers already; nothing was added."
          : "added \(counted(count, "row")) to \(table); enter a reason in each row."))
  }
}
