import AtomicFiles
import Testing
import XMLFormat

/// The schema of the exchange format as it stands in `schemas/`, and the example beside it.
@Suite struct ServiceCatalogSchemaTests {
  private static let folder =
    "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
      separator: "/") + "/schemas"

  /// Reads only; the names do not matter here.
  private final class Silent: XMLHandler {
    func start(_ element: borrowing XMLElement) throws(XMLStop) {}
    func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {}
  }

  private static let schema = Result { try XMLSchema(Bytes.read("\(folder)/service-catalog.xsd")) }

  private func read(_ text: String) throws -> XMLReadingReport {
    let format = XMLVocabulary(
      namespace: "urn:onevisit:service-catalog:1", root: "serviceCatalog", versions: ["1.1", "1.0"],
      names: ["version", "id", "ref", "due", "choice", "kind", "number", "audience", "reportWindow", "count"])
    return XMLReader(format: format, schema: try Self.schema.get()).read(Bytes(text.utf8), into: Silent())
  }

  private func example() throws -> String {
    let bytes = try Bytes.read("\(Self.folder)/example.xml")
    return bytes.text(0..<bytes.count)
  }

  @Test func theExampleIsValid() throws {
    #expect(try read(example()).isValid)
  }

  @Test func everySectionButMattersMayBeLeftOut() throws {
    let root = "<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.0\">"
    #expect(try read("\(root)<matters/></serviceCatalog>").isValid)
    #expect(
      try read(
        "\(root)<notices/><lists/><departments/><approvals/><matters/><targets/><progress/><waivers/></serviceCatalog>"
      ).isValid)
    #expect(try read("\(root)</serviceCatalog>").problems.first?.kind == .schema(.missingElement))
  }

  @Test func theRestOfTheFolderHasItsPlace() throws {
    let report = try read(
      """
      <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0"><matters>
      <matter id="A1-0001" list="first" number="1"><name> 三、四/五 &lt;“odd”&gt;</name>
      <lead choice="all" printed="甲、乙/丙"><department>甲</department><department>乙/丙</department></lead>
      <remark>x</remark><placeholder choice="any"><department ref="tax">税务部门</department></placeholder>
      <item number="2" sharedFrom="2-037"><name>/</name></item></matter>
      </matters>
      <targets><target id="t" notice="n" list="second" audience="individual" count="50+1" after="2022-12-31">
      <deadline>2022年底前</deadline><text>x</text></target></targets>
      <progress><record matter="2-001" plan="2022-10-01" singleSubmission="2022-11-01"/></progress>
      <waivers><waiver rule="duplicate-matter-name" subject="2-001"/><waiver rule="x" subject="y">因 印发如此</waiver></waivers>
      </serviceCatalog>
      """)
    #expect(report.isValid)
  }

  /// One edit of the example each, and the diagnostic that it causes.
  @Test(arguments: [
    ("id=\"2-042\"", "id=\"2-42\"", XMLProblem.Mismatch.value, "清单前缀"),
    ("id=\"2-042\"", "", .missingAttribute, "id"),
    ("due=\"2022-12-31\"", "due=\"2022-13-31\"", .value, "日期"),
    ("due=\"2022-12-31\"", "due=\"2022-12-31Z\"", .value, "日期"),
    ("audience=\"enterprise\"", "audience=\"企业\"", .value, "服务对象"),
    ("choice=\"any\"", "choice=\"either\"", .value, "共同负责"),
    ("reportWindow=\"P1M\"", "reportWindow=\"1 month\"", .value, "期间"),
    ("kind=\"licence\"", "kind=\"Licence\"", .value, "类别代码"),
    ("number=\"42\"", "number=\"042\"", .value, "正整数"),
    ("number=\"42\"", "number=\"42\" colour=\"red\"", .unknownAttribute, "colour"),
    ("<name>我要开办熟食店</name>", "", .unexpectedElement, "<name>"),
    ("<name>我要开办熟食店</name>", "<name/>", .value, "不得为空"),
    ("<short>市行政审批局</short>", "<nick>x</nick>", .unexpectedElement, "<short>"),
    ("ref=\"2-037\"", "ref=\"2-037\" xml:id=\"x\"", .unknownAttribute, "xml:id"),
  ])
  func anEditIsToldInWords(_ old: String, _ new: String, _ mismatch: XMLProblem.Mismatch, _ words: String) throws {
    let text = try example()
    let subject = try #require(text.firstRange(of: old))
    let report = try read(text.replacingCharacters(in: subject, with: new))
    let problem = try #require(report.problems.first)
    #expect(problem.kind == .schema(mismatch))
    #expect(problem.explanation.zh.contains(words))
    #expect(report.ending == .complete)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
