import ArgumentParser
import Catalog
import Interchange
import Validator
import Wording

/// `validate --write-waivers`: what stands is recorded, and the reason left to a person.
enum WaiverWriting {
  static func record(_ result: Validation, of catalog: Catalog) throws {
    guard case .folder(let path) = catalog.origin else {
      throw ValidationError(
        say("--write-waivers 只能用于目录文件夹；先用 onevisit init 建立一份。",
          "--write-waivers needs a catalog folder; make one with onevisit init."))
    }
    guard !result.isUnreadable else { return }
    // What is written down is what the print may have of its own. Errors, and findings about waivers, are mended; what a
    // day brings goes with the day.
    let waivers = result.findings.filter { finding in
      guard !finding.isWaived, finding.severity != .error, let rule = RuleBook.rule(finding.rule) else { return false }
      return rule.group != .waivers && rule.group != .reading && !rule.dependsOnDay
    }.map { (rule: $0.rule, subject: $0.subject) }
    let count = try WaiverTable.append(waivers, to: path)
    Console.say(
      Bilingual(
        zh: "已在 \(path)/waivers.csv 追加 \(count) 行，请逐行填写理由 (reason)。",
        en: "added \(count) rows to \(path)/waivers.csv: fill in the reason of each."))
  }
}
