import Foundation
import TestSupport
import Testing
import XMLFormat

/// The automaton of the XSD that is written in the program is the one that the XSD compiles to: otherwise the program would
/// compile it at each start, or check documents by a schema that is no longer there. `UPDATE_GOLDEN=1` rewrites it.
@Suite struct ExchangeAutomatonTests {
  private static let file = "Sources/Interchange/XML/ExchangeAutomaton.swift"
  private static let quotes = "\"\"\""

  @Test func theListingIsOfThisSchema() throws {
    let xsd = try Data(contentsOf: Program.root.appending(path: "schemas/service-catalog.xsd"))
    let listing = try #require(try XMLSchema.listing(of: Array(xsd)))
    let url = Program.root.appending(path: Self.file)
    let source = try String(contentsOf: url, encoding: .utf8)
    let parts = source.components(separatedBy: Self.quotes)
    try #require(parts.count == 3)
    let written = parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if written != listing, GoldenFiles.isUpdating {
      try "\(parts[0])\(Self.quotes)\n\(Self.wrapped(listing))    \(Self.quotes)\(parts[2])".write(
        to: url, atomically: true, encoding: .utf8)
    } else {
      #expect(written == listing, "UPDATE_GOLDEN=1 swift test --filter ExchangeAutomatonTests rewrites it")
    }
  }

  /// In lines as wide as the code.
  private static func wrapped(_ listing: String) -> String {
    var lines: [String] = []
    for word in listing.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 116 {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { "    \($0)\n" }.joined()
  }
}
