import Foundation
import Testing

/// The public library is the module `OneVisit` alone: few types, each of them documented.
@Suite struct PublicSurfaceTests {
  /// The public type that a line declares, and whether it is nested in another.
  private func type(in line: String) -> (name: String, isNested: Bool)? {
    let pattern = /^( *)public (?:final |indirect )?(?:struct|enum|class|actor|protocol|typealias) (\w+)/
    return line.firstMatch(of: pattern).map { (String($0.2), !$0.1.isEmpty) }
  }

  /// Types whose `@inlinable` members run for every byte or row. The compiler inlines a `public` function in other
  /// modules but no `package` one, which cost a third more instructions. No product offers their modules.
  private static let inlinedElsewhere =
    [
      "ByteBuffer.swift", "ByteInterner.swift", "ByteWriter.swift", "TrimmedBytes.swift",
    ].map { "Sources/AtomicFiles/Bytes/" + $0 } + ["Sources/Catalog/Interning/TextID.swift"]

  @Test func nothingElseIsPublic() throws {
    for file in try Repository.swiftFiles(under: "Sources")
    where !file.hasPrefix("Sources/OneVisit/") && !Self.inlinedElsewhere.contains(file) {
      for (number, line) in try lines(of: file)
      where line.contains(/^ *(@\w+(\(.*\))? )*(public|open (class|func|var))\b/) {
        Issue.record("\(file):\(number): \(line)")
      }
    }
  }

  @Test func typesAreFew() throws {
    var top: [String] = []
    var nested: [String] = []
    for file in try Repository.swiftFiles(under: "Sources/OneVisit") {
      for (_, line) in try lines(of: file) {
        guard let type = type(in: line) else { continue }
        if type.isNested { nested.append(type.name) } else { top.append(type.name) }
      }
    }
    #expect(top.count == 31, "\(top.sorted())")
    #expect(nested.count == 12, "\(nested.sorted())")
    #expect(Set(top).count == top.count)
  }

  @Test func everyDeclarationIsDocumented() throws {
    for file in try Repository.swiftFiles(under: "Sources/OneVisit") {
      var previous = ""
      // The indentation of the public enumeration that the line is in; its cases are indented by two more.
      var enumeration: Int?
      for (number, line) in try lines(of: file) {
        let indentation = line.prefix { $0 == " " }.count
        let text = line.dropFirst(indentation)
        let isCase = text.hasPrefix("case ") && enumeration.map { $0 + 2 == indentation } ?? false
        if text.hasPrefix("public ") || isCase, !previous.hasPrefix("///") {
          Issue.record("\(file):\(number): \(text)")
        }
        if text.hasPrefix("public enum ") { enumeration = indentation }
        if text == "}", indentation == enumeration { enumeration = nil }
        previous = String(text)
      }
    }
  }

  @Test func landingPageNamesEveryType() throws {
    let page = try Repository.text("Sources/OneVisit/OneVisit.docc/OneVisit.md")
    for file in try Repository.swiftFiles(under: "Sources/OneVisit") {
      for (_, line) in try lines(of: file) {
        guard let type = type(in: line), !type.isNested else { continue }
        #expect(page.contains("- ``\(type.name)``"), "\(type.name)")
      }
    }
  }

  private func lines(of file: String) throws -> [(Int, String)] {
    let lines = try Repository.text(file).components(separatedBy: "\n")
    return Array(zip(1..., lines))
  }
}
