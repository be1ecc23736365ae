import Catalog
import Deadlines
import Testing
import Validator

/// The shipped catalog as it is printed, nothing waived.
enum Shipped {
  static let catalog = FolderReader.builtIn()

  /// The subjects of a rule's findings in it, in order.
  static func subjects(_ rule: String) throws -> [String] {
    let day = try #require(Day(iso: Example.usualDay))
    var options = ValidationOptions(day: day)
    options.appliesWaivers = false
    return Validation(catalog, options: options).findings.filter { $0.rule == rule }.map(\.subject)
  }
}
