import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Testing
import Validator

@testable import Interchange

/// The examples of the rules that are XML documents, lists in CSV or Word documents; those made of tables are in `ValidatorTests`.
@Suite struct RuleBookExampleTests {
  private static func catalog(_ example: Example) -> Catalog? {
    switch example.content {
    case .tables: nil
    case .document(let text): XMLCase.read(text)
    case .list(let text): CSVListReader.read(file: "list.csv", bytes: Bytes(Array(text.utf8)), base: shippedCatalog)
    case .word(let text):
      WorkbookCatalogReader.read(
        file: "notice.docx", bytes: WordCase.document(text), base: shippedCatalog, options: CSVListOptions(),
        progress: nil)
    }
  }

  private static func findings(_ rule: Rule, _ example: Example) throws -> [Finding]? {
    guard let catalog = catalog(example) else { return nil }
    let day = try #require(Day(iso: example.asOf))
    return Validation(catalog, options: ValidationOptions(day: day)).findings.filter { $0.rule == rule.id }
  }

  /// There are as many findings as markers, each at the position of its marker; in a document, in its line.
  @Test func rulesReportWhereTheirExamplesMark() throws {
    var count = 0
    for rule in RuleBook.rules {
      for (number, example) in rule.triggers.enumerated() {
        guard let own = try Self.findings(rule, example) else { continue }
        count += 1
        let found = own.map {
          ExpectedPosition(file: nil, line: $0.location?.line, column: $0.location?.column)
        }
        #expect(found.sorted() == example.expectedPositions, "\(rule.id), example \(number + 1)")
      }
    }
    #expect(count > 5)
  }

  @Test func rulesPassTheirOtherExamples() throws {
    for rule in RuleBook.rules {
      for (number, example) in rule.passes.enumerated() {
        let own = try Self.findings(rule, example) ?? []
        #expect(own.isEmpty, "\(rule.id), passing example \(number + 1): \(own.map(\.message.en))")
      }
    }
  }
}
