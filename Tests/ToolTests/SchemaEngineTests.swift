import AtomicFiles
import Foundation
import MutatedDocuments
import TestSupport
import Testing
import XMLFormat

/// Mutated documents of the exchange format, judged by this program's reading and by two other engines for schemas.
@Suite struct SchemaEngineTests {
  private static let count = 400

  /// What libxml2, and this program with it, takes otherwise than the other engines: whole numbers of more than 24 digits,
  /// and blanks between tags that are written as CDATA.
  private static let excluded = [
    "1234567890123456789012345", "000000000000000000000000000001", "ocation=\"", "<![CDATA[ ]]>", "<![CDATA[]]>",
  ]

  private final class Silent: XMLHandler {
    func start(_ element: borrowing XMLElement) throws(XMLStop) {}
    func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {}
  }

  /// Mutated documents in files of their own, each with whether this program accepts it.
  private func documents(in folder: TemporaryFolder) throws -> [(file: String, isValid: Bool)] {
    let xsd = try Data(contentsOf: URL(filePath: XMLTests.schema))
    let schema = try XMLSchema(Array(xsd))
    let names = ExchangeDocuments.names(of: String(decoding: xsd, as: UTF8.self))
    let trees = try ExchangeDocuments.valid.map { try #require(MutatedDocument($0, names: names)) }
    var random = SplitMix(state: 4)
    var documents: [(file: String, isValid: Bool)] = []
    while documents.count < Self.count {
      let tree = trees[documents.count % trees.count]
      let text = tree.mutated(by: &random).text
      let tag = text.prefix { $0 != ">" }
      // The root stays as it is, since the address of the schema is written there for Xerces.
      guard tree.text.hasPrefix(tag + ">"), !Self.excluded.contains(where: { text.contains($0) }) else { continue }
      let isDelta = tag.hasPrefix("<catalogDelta")
      let format = XMLVocabulary(
        namespace: "urn:onevisit:service-catalog:1", root: isDelta ? "catalogDelta" : "serviceCatalog",
        versions: ["1.1"], names: ["version"])
      let report = XMLReader(format: format, schema: schema).read(Bytes(text.utf8), into: Silent())
      let hint =
        " xmlns:q=\"http://www.w3.org/2001/XMLSchema-instance\""
        + " q:schemaLocation=\"urn:onevisit:service-catalog:1 \(XMLTests.schema)\""
      let file = folder.url.appending(path: "\(documents.count).xml").path()
      try Data((tag + hint + text.dropFirst(tag.count)).utf8).write(to: URL(filePath: file))
      documents.append((file, report.isValid))
    }
    return documents
  }

  @Test(.needs(.xmlschema)) func xmlschemaJudgesMutatedDocumentsAlike() throws {
    let folder = try TemporaryFolder()
    let documents = try documents(in: folder)
    let outcome = try Tool.xmlschema.run(
      [Program.root.appending(path: "Tests/ToolTests/Scripts/xsd.py").path(), XMLTests.schema] + documents.map(\.file))
    let rejected = Set(outcome.output.split(separator: "\n").compactMap { $0.split(separator: " ").first })
    for (file, isValid) in documents {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(isValid != rejected.contains(file[...]), "\(text)")
    }
    let valid = documents.count { $0.isValid }
    #expect(valid > Self.count / 20 && valid < Self.count * 19 / 20)
  }

  @Test(.needs(.xerces)) func xercesJudgesMutatedDocumentsAlike() throws {
    let folder = try TemporaryFolder()
    let documents = try documents(in: folder)
    let list = folder.url.appending(path: "list")
    try Data(documents.map { $0.file + "\n" }.joined().utf8).write(to: list)
    let outcome = try Tool.xerces.run("-v=always", "-f", "-l", list.path())
    let words = (outcome.output + outcome.errors).split(separator: "\n")
    for (file, isValid) in documents {
      let isRejected = words.contains { $0.contains("rror at file \(file),") }
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(isValid != isRejected, "\(text)")
    }
  }
}
