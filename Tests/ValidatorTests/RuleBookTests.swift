import Catalog
import Deadlines
import Testing
import Validator

/// Tests over the rule book itself: every rule is complete, and does what its examples say.
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
  func saysEverythingInBothLanguages(_ id: String) throws {
    let rule = try #require(RuleBook.rule(id))
    for (field, text) in [
      ("title", rule.title), ("reason", rule.reason), ("source", rule.source), ("remedy", rule.fix),
    ] {
      #expect(!text.zh.isEmpty && !text.en.isEmpty, "\(id).\(field)")
      #expect(text.zh.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(id).\(field).zh has no Chinese")
      #expect(text.en.contains { $0.isASCII && $0.isLetter }, "\(id).\(field).en has no English")
    }
    #expect(!rule.triggers.isEmpty, "\(id) has no example that triggers")
    #expect(!rule.passes.isEmpty, "\(id) has no example that passes")
  }

  /// Nil for an example that only a layer above this one can read.
  private func findings(_ rule: Rule, _ example: Example) throws -> Validation? {
    guard let catalog = ExampleReader.catalog(example) else {
      if case .tables = example.content { Issue.record("\(rule.id): the tables of an example cannot be read") }
      return nil
    }
    let day = try #require(Day(iso: example.asOf))
    return Validation(catalog, options: ValidationOptions(day: day))
  }

  @Test(arguments: RuleBook.rules.map(\.id))
  func triggersOnItsExamples(_ id: String) throws {
    let rule = try #require(RuleBook.rule(id))
    for (number, example) in rule.triggers.enumerated() {
      guard let result = try findings(rule, example) else { continue }
      #expect(
        result.findings.contains { $0.rule == id && !$0.isWaived },
        "\(id), example \(number + 1), finds only \(Set(result.findings.map(\.rule)).sorted())")
      for finding in result.findings where finding.rule == id {
        #expect(!finding.message.zh.isEmpty && !finding.message.en.isEmpty)
      }
    }
  }

  @Test(arguments: RuleBook.rules.map(\.id))
  func passesItsOtherExamples(_ id: String) throws {
    let rule = try #require(RuleBook.rule(id))
    for (number, example) in rule.passes.enumerated() {
      guard let result = try findings(rule, example) else { continue }
      let own = result.findings.filter { $0.rule == id }
      #expect(own.isEmpty, "\(id), passing example \(number + 1): \(own.map(\.message.en))")
    }
  }
}

/// Reads an example, whichever form it has.
enum ExampleReader {
  static func catalog(_ example: Example) -> Catalog? { example.catalog }
}
