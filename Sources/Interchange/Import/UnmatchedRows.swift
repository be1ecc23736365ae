import Catalog
import Localization
import Validator

/// The rows of a file that an import cannot match with those of the folder for certain: items whose matter the file does not
/// have, matters whose id does not agree with their list and number, and rows that have the id of another row. An import
/// refuses a file with such rows, whatever its format: it would lose them, or take one row for another.
package struct UnmatchedRows: Sendable {
  /// The rules that report such rows.
  package static let rules: Set<String> = ["orphan-item", "misplaced-id", "duplicate-id"]

  /// What the rules report, at most `limit` findings of each.
  package private(set) var findings: [Finding]
  /// How many findings each rule has.
  package private(set) var counts: [Validation.RuleCount]

  package var count: Int { counts.reduce(0) { $0 + $1.open } }

  /// How many findings of one rule are kept.
  private static let limit = 20

  /// Checks a file for such rows.
  ///
  /// What the folder has waived, or the file for itself, is matched as it is: rows of one id correspond in their order. Items
  /// without a matter cannot be waived; they would be lost.
  /// - Parameter settings: the settings that decide which of the rules are run and whether they report errors.
  init(in file: Catalog, into folder: Catalog, settings: Settings) {
    var settings = settings
    settings.rules["orphan-item"] = nil
    var waived: Set<[String]> = []
    let waivers = (file.waivers + folder.waivers).filter {
      $0.rule != "orphan-item" && waived.insert([$0.rule, $0.subject]).inserted
    }
    var options = ValidationOptions(day: .earliest)
    options.only = UnmatchedRows.rules
    options.cap = .max
    let result = Validation(file.with(settings: settings, waivers: waivers), options: options)
    var open = result.findings.filter { $0.severity == .error && !$0.isWaived }
    // The names of items of one number distinguish them: see `ImportMerge.compareItems`.
    open.removeAll { $0.rule == "duplicate-id" && $0.item != nil }
    // A list is read with the registers of the folder, which are not rows of the file.
    if case .csv(let name) = file.origin { open.removeAll { $0.location?.file != name } }
    if open.isEmpty { open = UnmatchedRows.orphans(in: file) }
    var kept: [String: Int] = [:]
    findings = open.filter { finding in
      kept[finding.rule, default: 0] += 1
      return kept[finding.rule, default: 0] <= UnmatchedRows.limit
    }
    counts = RuleBook.rules.lazy.filter { UnmatchedRows.rules.contains($0.id) }.compactMap { rule in
      guard let count = kept[rule.id] else { return nil }
      return Validation.RuleCount(
        rule: rule.id, severity: .error, open: count, waived: 0, kept: min(count, UnmatchedRows.limit))
    }
  }

  /// The items of matters that do not exist, where no rule reports them: the matter is there under a wrong id which is waived.
  private static func orphans(in file: Catalog) -> [Finding] {
    let locator = Locator(file)
    return file.items.reversed().prefix { $0.matter == nil }.filter { !$0.matterID.isEmpty }.map { item in
      let id = file.text(item.matterID)
      return Finding(
        rule: "orphan-item", severity: .error, subject: file.id(item), matter: id, item: file.id(item),
        location: locator.locate(file.position(item, .matter)),
        message: LocalizedText(
          zh: "关联事项“\(file.text(item.name))”所属的事项 \(id) 不存在",
          en: "the item “\(file.text(item.name))” belongs to the matter \(id), which does not exist"),
        fix: LocalizedText(
          zh: "改正事项标识，或补上这件事。", en: "Correct the matter's id, or add the matter."))
    }
  }
}
