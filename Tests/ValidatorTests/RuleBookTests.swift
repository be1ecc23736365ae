import Catalog
import Deadlines
import Testing
import Validator

/// Every rule is complete, and its examples hold.
@Suite struct RuleBookTests {
  @Test func idsAreUniqueAndInKebabCase() {
    let ids = RuleBook.rules.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(id) is not in kebab case")
    }
  }

  /// "allow <id>" reads as a sentence: an id names the thing found, so it begins with no verb and no "no-".
  @Test(arguments: RuleBook.rules.map(\.id))
  func idReadsAsAllow(_ id: String) {
    let verbs: Set<Substring> = [
      "check", "find", "must", "should", "is", "are", "has", "have", "avoid", "require", "disallow", "forbid",
      "validate",
      "ensure", "allow",
    ]
    let first = id.split(separator: "-").first ?? ""
    #expect(!verbs.contains(first), "allow \(id)")
  }

  @Test(arguments: RuleBook.rules.map(\.id))
  func hasAllTextsInBothLanguages(_ id: String) throws {
    let rule = try #require(RuleBook.rule(id))
    for (field, text) in [
      ("title", rule.title), ("reason", rule.reason), ("source", rule.source), ("fix", rule.fix),
    ] {
      #expect(!text.zh.isEmpty && !text.en.isEmpty, "\(id).\(field)")
      #expect(text.zh.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(id).\(field).zh has no Chinese")
      #expect(text.en.contains { $0.isASCII && $0.isLetter }, "\(id).\(field).en has no English")
    }
    #expect(!rule.triggers.isEmpty, "\(id) has no example that triggers")
    #expect(!rule.passes.isEmpty, "\(id) has no example that passes")
  }

  /// A name in `datapackage.json` is enough to know a setting of a rule.
  @Test(arguments: RuleBook.rules.filter { !$0.settings.isEmpty }.map(\.id))
  func settingsAreWellDeclared(_ id: String) throws {
    let settings = try #require(RuleBook.rule(id)).settings
    #expect(Set(settings.map(\.name)).count == settings.count)
    for setting in settings { #expect(setting.range.contains(setting.defaultValue), "\(id).\(setting.name)") }
  }

  /// Nil for a document or a list: `InterchangeTests` reads those.
  private func findings(_ rule: Rule, _ example: Example) throws -> [Finding]? {
    guard let catalog = example.catalog else {
      if case .tables = example.content { Issue.record("\(rule.id): the tables of an example cannot be read") }
      return nil
    }
    let day = try #require(Day(iso: example.asOf))
    return Validation(catalog, options: ValidationOptions(day: day)).findings.filter { $0.rule == rule.id }
  }

  /// There are as many findings as markers, each at the position of its marker.
  @Test(arguments: RuleBook.rules.map(\.id))
  func reportsWhereItsExamplesMark(_ id: String) throws {
    let rule = try #require(RuleBook.rule(id))
    for (number, example) in rule.triggers.enumerated() {
      #expect(!example.expectedPositions.isEmpty, "\(id), example \(number + 1), marks no position")
      guard let own = try findings(rule, example) else { continue }
      let found = own.map { finding in
        ExpectedPosition(
          file: finding.location.map { String($0.file.split(separator: "/").last ?? "") },
          line: finding.location?.line, column: finding.location?.column)
      }
      #expect(found.sorted() == example.expectedPositions, "\(id), example \(number + 1)")
      for finding in own {
        #expect(!finding.isWaived)
        #expect(!finding.message.zh.isEmpty && !finding.message.en.isEmpty)
      }
    }
  }

  @Test(arguments: RuleBook.rules.map(\.id))
  func passesItsOtherExamples(_ id: String) throws {
    let rule = try #require(RuleBook.rule(id))
    for (number, example) in rule.passes.enumerated() {
      #expect(example.expectedPositions.isEmpty, "\(id), passing example \(number + 1), has a marker")
      guard let own = try findings(rule, example) else { continue }
      #expect(own.isEmpty, "\(id), passing example \(number + 1): \(own.map(\.message.en))")
    }
  }
}
