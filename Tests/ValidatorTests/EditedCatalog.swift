import Catalog
import Deadlines
import Testing
import Validator

/// The shipped catalog after someone has edited it.
struct EditedCatalog {
  private(set) var files: [String: [UInt8]] = [:]

  init() {
    for name in TableKind.allCases.map(\.fileName) + ["datapackage.json"] {
      files[name] = FolderReader.builtInFile(name)
    }
    // Waivers are for other tests.
    files["waivers.csv"] = Array("rule,subject,reason\n".utf8)
  }

  subscript(name: String) -> String {
    get { files[name].map { String(decoding: $0, as: UTF8.self) } ?? "" }
    set { files[name] = Array(newValue.utf8) }
  }

  mutating func setBytes(_ name: String, _ bytes: [UInt8]?) { files[name] = bytes }

  /// Replaces what must be there.
  mutating func replace(_ old: String, with new: String, in name: String) throws {
    let text = self[name]
    let range = try #require(text.firstRange(of: old), "\(old) is not in \(name)")
    self[name] = text.replacingCharacters(in: range, with: new)
  }

  /// Changes the lines of a table, the header being the first.
  mutating func lines(of name: String, _ change: (inout [String]) -> Void) {
    var lines = self[name].split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    change(&lines)
    self[name] = lines.joined(separator: "\n") + "\n"
  }

  var catalog: Catalog { FolderReader.read(named: "edited", files: files) }

  func validation(_ change: (inout ValidationOptions) -> Void = { _ in }) throws -> Validation {
    var options = ValidationOptions(day: try #require(Day(iso: Example.usualDay)))
    change(&options)
    return Validation(catalog, options: options)
  }

  private static func lines(_ validation: Validation) -> [String] {
    validation.findings.map { "\($0.rule) \($0.subject)" }
  }

  /// The findings that the shipped catalog does not have, as rule and subject, in order.
  func news() throws -> [String] {
    var before: [String: Int] = [:]
    for finding in EditedCatalog.lines(try EditedCatalog().validation()) { before[finding, default: 0] += 1 }
    return EditedCatalog.lines(try validation()).filter { finding in
      guard let count = before[finding], count > 0 else { return true }
      before[finding] = count - 1
      return false
    }
  }

  func findings(_ rule: String) throws -> [Finding] { try validation().findings.filter { $0.rule == rule } }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
