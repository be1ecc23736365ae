import Catalog
import Testing

@testable import Validator

@Suite struct WordingRuleTests {
  static let shipped = FolderReader.builtIn()

  @Test(arguments: [
    ("mixed-brackets", []), ("unbalanced-brackets", []), ("stray-space", []), ("invisible-character", []), ("not-nfc", []),
    ("formula-prefix", []), ("loose-separator", []), ("bracketed-name", ["2-091"]),
    ("joined-names", ["2-010.5", "2-028.1"]), ("licence-and-filing", ["2-122.1"]),
    ("similar-name", ["pension-registration-no-hired-workers"]),
  ])
  func shippedCatalog(_ rule: String, _ subjects: [String]) throws {
    #expect(try Findings.subjects(rule, in: Self.shipped) == subjects)
  }

  @Test func shippedVariants() throws {
    let found = try Findings.of("name-variant", in: Self.shipped)
    for f in found { print(f.subject, f.message.zh) }
  }
}
