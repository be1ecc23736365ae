import ArgumentParser
import Catalog
import Interchange
import Localization
import Validator

/// `validate --write-waivers`: what stands is recorded, and the reason left to a person.
enum WaiverWriting {
  /// The folder whose table waivers are entered in.
  /// - Throws: a usage error if the catalog is no folder.
  static func folder(of catalog: Catalog) throws -> String {
    guard case .folder(let path) = catalog.origin else {
      throw ValidationError(
        localized(
          "--write-waivers 只能用于目录文件夹；先用 onevisit init 建立一份。",
          "--write-waivers needs a catalog folder; make one with onevisit init."))
    }
    return path
  }

  static func record(_ result: Validation, of catalog: Catalog, in path: String) throws {
    guard !result.isUnreadable else { return }
    // The table that was read, wherever the description puts it.
    let read = catalog.sources.first { $0.csv != nil && $0.columns[.waivers] != nil }
    let table = read?.file ?? path + "/" + TableKind.waivers.fileName
    // Findings about waivers, and about what could not be read, are corrected rather than waived; what a day brings goes with
    // the day.
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
          zh: "注意：其中 \(errors) 处是错误，最好改正，而不是豁免。",
          en: "note: errors among them: \(errors). It is better to mend those than to waive them."))
    }
    Console.note(
      LocalizedText(
        zh: "已在 \(table) 追加 \(count) 行，请逐行填写理由 (reason)。",
        en: "added \(count) rows to \(table): fill in the reason of each."))
  }
}
