import Catalog
import Files
import Interchange
import Testing
import Validator

@Suite struct XMLRoundTripTests {
  @Test func theShippedCatalogComesBack() throws {
    let bytes = try XMLCase.export(XMLCase.shipped)
    let again = XMLCase.read(bytes)
    #expect(again.issues.isEmpty, "\(again.issues.map(\.kind))")
    #expect(dump(again) == dump(XMLCase.shipped))
    #expect(try XMLCase.export(again) == bytes)
  }

  @Test func aFlattenedExportComesBackAsTheCatalog() throws {
    let flat = try XMLCase.export(XMLCase.shipped, expands: true)
    let again = XMLCase.read(flat)
    #expect(again.issues.isEmpty, "\(again.issues.map(\.kind))")
    #expect(dump(again) == dump(XMLCase.shipped))
    #expect(try XMLCase.export(again, expands: true) == flat)
    let text = String(decoding: flat, as: UTF8.self)
    #expect(text.contains("<item number=\"1\" sharedFrom=\"2-037\">"))
  }

  /// The same findings, whichever form the catalog is read from.
  @Test func findingsAreThoseOfTheFolder() throws {
    func told(_ catalog: Catalog) throws -> [String] {
      try XMLCase.findings(catalog).map { "\($0.rule) \($0.subject) \($0.message.zh)" }.sorted()
    }
    #expect(try told(XMLCase.read(XMLCase.export(XMLCase.shipped))) == told(XMLCase.shipped))
  }
}
