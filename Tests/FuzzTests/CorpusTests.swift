import Foundation
import FuzzBodies
import Testing

/// Every input of the corpus through the body that the fuzzer runs: what was once found stays corrected.
@Suite("The fuzzer's corpus")
struct CorpusTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/fuzz")

  @Test(arguments: FuzzBody.allCases)
  func corpus(_ body: FuzzBody) throws {
    let folder = CorpusTests.root.appending(path: body.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count > 5)
    for name in names {
      let input = try Data(contentsOf: folder.appending(path: name))
      #expect(throws: Never.self, "\(body.rawValue)/\(name)") { try body.run(Array(input)) }
    }
  }
}
