import AtomicFiles
import MutatedDocuments
import Testing
import XMLFormat

/// The schema's automaton against libxml2's validator: the same reports, whoever checks.
@Suite struct AutomatonTests {
  private static let folder =
    "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
      separator: "/") + "/schemas"
  private static let xsd = Result {
    let bytes = try Bytes.read("\(folder)/service-catalog.xsd")
    return bytes.text(0..<bytes.count)
  }
  private static let schema = Result { try XMLSchema(Array(xsd.get().utf8)) }

  private static let names = Result { try ExchangeDocuments.names(of: xsd.get()) }

  /// Reads a document with the automaton or without.
  private static func reading(
    _ text: String, _ schema: XMLSchema, names: [String], usesAutomaton: Bool, rangeSize: Int? = nil, kept: Int = 100
  ) -> (report: XMLReadingReport, events: Int) {
    let isDelta = text.hasPrefix("<catalogDelta")
    let format = XMLVocabulary(
      namespace: "urn:onevisit:service-catalog:1", root: isDelta ? "catalogDelta" : "serviceCatalog",
      versions: isDelta ? ["1.1"] : ["1.1", "1.0"],
      // As a reader does, without some of the names of the schema.
      names: names.filter { !["from", "issuer", "hash", "alias", "plan"].contains($0) },
      repeated: (parent: "matters", element: "matter"))
    var reader = XMLReader(format: format, schema: schema)
    reader.usesAutomaton = usesAutomaton
    reader.keptProblems = kept
    if let rangeSize {
      reader.isPipelined = true
      reader.rangeSize = rangeSize
    }
    let events = EventHash()
    return (reader.read(Bytes(text.utf8), into: events), events.hasher.finalize())
  }

  /// A hash of all that a reading delivers.
  private final class EventHash: XMLHandler {
    var hasher = Hasher()
    private(set) var subject: String?

    func start(_ element: borrowing XMLElement) throws(XMLStop) {
      hasher.combine(element.name)
      hasher.combine(element.line)
      hasher.combine(element.isFlawed)
      for attribute in element.attributes {
        hasher.combine(attribute.name)
        hasher.combine(bytes: UnsafeRawBufferPointer(attribute.value))
      }
      subject = element.attributes.first.map { String(decoding: $0.value, as: UTF8.self) }
    }

    func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
      hasher.combine(name)
      hasher.combine(bytes: UnsafeRawBufferPointer(text))
      hasher.combine(isWhole)
    }
  }

  private static let root = ExchangeDocuments.root
  private static let trees = Result {
    let names = try Self.names.get()
    return try ExchangeDocuments.valid.map { try #require(MutatedDocument($0, names: names)) }
  }

  // MARK: - The built-in schema

  /// A construct of the XSD that the automaton does not know would make every reading slow.
  @Test func theBuiltInSchemaIsKnownInAllItsParts() throws {
    let schema = try Self.schema.get()
    #expect(schema.hasAutomaton)
    #expect(!schema.hasUnknownValues)
  }

  /// What the XSD gains has to be in the documents that are mutated here.
  @Test func theDocumentsHaveEveryNameOfTheSchema() throws {
    for name in try Self.names.get() {
      #expect(
        ExchangeDocuments.valid.contains { text in
          ["<\(name) ", "<\(name)>", "<\(name)/", " \(name)=", "\n\(name)="].contains { text.contains($0) }
        }, "\(name)")
    }
  }

  @Test(arguments: ExchangeDocuments.valid.indices) func validDocumentsAreAcceptedWithoutLibxml2(_ index: Int) throws {
    let schema = try XMLSchema(deferring: Array(Self.xsd.get().utf8))
    let reading = Self.reading(ExchangeDocuments.valid[index], schema, names: try Self.names.get(), usesAutomaton: true)
    #expect(reading.report.isValid, "\(reading.report.problems)")
    #expect(!schema.isCompiled)
    #expect(
      Self.reading(ExchangeDocuments.valid[index], schema, names: try Self.names.get(), usesAutomaton: false).report
        .isValid)
    #expect(schema.isCompiled)
  }

  // MARK: - Mutations

  private static let shares = 8
  private static let documentsOfShare = 2_500

  /// Tens of thousands of documents with elements, attributes, texts and values changed at random.
  @Test(arguments: 0..<shares) func bothReportTheSameOfMutatedDocuments(_ share: Int) throws {
    let (trees, schema, names) = (try Self.trees.get(), try Self.schema.get(), try Self.names.get())
    var random = SplitMix(state: UInt64(share) &+ 16)
    var valid = 0
    for number in 0..<Self.documentsOfShare {
      let text = trees[number % trees.count].mutated(by: &random).text
      // Some of them in ranges; some with problems that are only counted.
      let rangeSize = number % 8 == 0 ? [1, 200, 1000][number / 8 % 3] : nil
      let kept = [100, 1, 0, 3][number / 3 % 4]
      let fast = Self.reading(
        text, schema, names: names, usesAutomaton: true, rangeSize: rangeSize, kept: kept)
      let slow = Self.reading(text, schema, names: names, usesAutomaton: false, kept: kept)
      if fast.report.isValid { valid += 1 }
      try #require(fast.report == slow.report, "\(text)")
      try #require(fast.events == slow.events, "\(text)")
    }
    // Both outcomes have to be met often.
    #expect(valid > Self.documentsOfShare / 20)
    #expect(valid < Self.documentsOfShare * 19 / 20)
  }

  // MARK: - Patterns

  /// Patterns made at random, and values that nearly match them.
  @Test(arguments: 0..<4) func bothJudgePatternsAlike(_ share: Int) throws {
    var random = SplitMix(state: UInt64(share) &+ 160)
    var known = 0
    for _ in 0..<60 {
      let pattern = Self.pattern(&random, depth: 3)
      let xsd = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:onevisit:service-catalog:1"
        targetNamespace="urn:onevisit:service-catalog:1" elementFormDefault="qualified">
        <xs:element name="serviceCatalog"><xs:complexType><xs:sequence>
        <xs:element name="value" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value="\(pattern)"/></xs:restriction></xs:simpleType></xs:element>
        </xs:sequence><xs:attribute name="version" type="xs:string"/></xs:complexType></xs:element></xs:schema>
        """
      let schema = try XMLSchema(Array(xsd.utf8))
      if !schema.hasUnknownValues { known += 1 }
      var text = Self.root
      for _ in 0..<40 {
        let length = Int.random(in: 0..<7, using: &random)
        let value = (0..<length).map { _ in "ab1-（".randomElement(using: &random).map { String($0) } ?? "" }.joined()
        text += "<value>\(value)</value>"
      }
      text += "</serviceCatalog>"
      let fast = Self.reading(text, schema, names: ["version"], usesAutomaton: true)
      let slow = Self.reading(text, schema, names: ["version"], usesAutomaton: false)
      #expect(fast.report == slow.report, "\(pattern)\n\(text)")
    }
    // The others count what may be empty, such as `(a*){2}`, or let a character belong to two parts.
    #expect(known > 20)
  }

  private static func pattern(_ random: inout SplitMix, depth: Int) -> String {
    let atoms = ["a", "b", "1", "[ab]", "[a-c1\\-]", "[^a]", "[^b1]", "\\-", "（", "[1（]", "[0-9]"]
    func piece() -> String {
      let isGroup = depth > 0 && Int.random(in: 0..<3, using: &random) == 0
      let atom =
        isGroup ? "(\(pattern(&random, depth: depth - 1)))" : atoms.randomElement(using: &random) ?? "a"
      let quantifiers = ["", "", "", "?", "*", "+", "{2}", "{1,2}", "{2,}"]
      return atom + (quantifiers.randomElement(using: &random) ?? "")
    }
    let branch = (0..<Int.random(in: 1..<4, using: &random)).map { _ in piece() }.joined()
    return depth > 0 && Int.random(in: 0..<4, using: &random) == 0
      ? "\(branch)|\(pattern(&random, depth: depth - 1))" : branch
  }

  // MARK: - Other schemas

  /// Content models with choices, counts and nesting.
  @Test(arguments: [
    "<xs:sequence><xs:element name=\"a\" type=\"xs:string\" minOccurs=\"2\" maxOccurs=\"4\"/><xs:element name=\"b\" type=\"xs:string\"/></xs:sequence>",
    "<xs:choice maxOccurs=\"unbounded\"><xs:element name=\"a\" type=\"xs:string\"/><xs:element name=\"b\" type=\"xs:date\"/></xs:choice>",
    "<xs:sequence minOccurs=\"0\" maxOccurs=\"unbounded\"><xs:element name=\"a\" type=\"xs:string\"/><xs:choice minOccurs=\"0\"><xs:element name=\"b\" type=\"xs:string\"/><xs:element name=\"c\" type=\"xs:boolean\"/></xs:choice></xs:sequence>",
    "<xs:sequence><xs:choice minOccurs=\"0\" maxOccurs=\"3\"><xs:element name=\"a\" type=\"xs:string\"/><xs:element name=\"b\" type=\"xs:string\"/></xs:choice><xs:element name=\"c\" type=\"xs:string\" minOccurs=\"0\"/></xs:sequence>",
    "<xs:choice><xs:sequence><xs:element name=\"a\" type=\"xs:string\"/><xs:element name=\"b\" type=\"xs:string\" maxOccurs=\"unbounded\"/></xs:sequence><xs:element name=\"c\" type=\"xs:string\"/></xs:choice>",
  ])
  func bothJudgeContentAlike(_ model: String) throws {
    let schema = try XMLSchema(Array(Self.schema(of: model).utf8))
    #expect(schema.hasAutomaton)
    var random = SplitMix(state: 1600)
    var valid = 0
    for _ in 0..<400 {
      let children = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
        ["<a/>", "<a>x</a>", "<b/>", "<b>2022-01-01</b>", "<c>true</c>", "<d/>", " "].randomElement(using: &random)
          ?? ""
      }
      let text = Self.root + "\n" + children.joined(separator: "\n") + "</serviceCatalog>"
      let fast = Self.reading(text, schema, names: ["version", "a"], usesAutomaton: true)
      let slow = Self.reading(text, schema, names: ["version", "a"], usesAutomaton: false)
      #expect(fast.report == slow.report, "\(text)")
      #expect(fast.events == slow.events, "\(text)")
      if fast.report.isValid { valid += 1 }
    }
    #expect(valid > 1)
  }

  private static func schema(of model: String, more: String = "") -> String {
    """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:onevisit:service-catalog:1"
    targetNamespace="urn:onevisit:service-catalog:1" elementFormDefault="qualified">
    <xs:element name="serviceCatalog"><xs:complexType>\(model)
    <xs:attribute name="version" type="xs:string"/></xs:complexType></xs:element>\(more)</xs:schema>
    """
  }

  /// What the automaton does not know makes the validator check everything; it is never passed over.
  @Test(arguments: [
    ("<xs:all><xs:element name=\"a\" type=\"xs:string\"/></xs:all>", ""),
    ("<xs:sequence><xs:any processContents=\"skip\"/></xs:sequence>", ""),
    ("<xs:sequence><xs:element ref=\"g\"/></xs:sequence>", "<xs:element name=\"g\" type=\"xs:string\"/>"),
    ("<xs:sequence><xs:element name=\"a\" type=\"xs:string\" nillable=\"true\"/></xs:sequence>", ""),
    ("<xs:sequence><xs:element name=\"a\" type=\"xs:string\" fixed=\"x\"/></xs:sequence>", ""),
    ("<xs:sequence><xs:element name=\"a\" type=\"xs:string\" default=\"x\"/></xs:sequence>", ""),
    ("<xs:sequence><xs:element name=\"a\"/></xs:sequence>", ""),
    ("<xs:sequence><xs:element name=\"a\" type=\"xs:string\" form=\"unqualified\"/></xs:sequence>", ""),
    (
      "<xs:sequence><xs:group ref=\"g\"/></xs:sequence>",
      "<xs:group name=\"g\"><xs:sequence><xs:element name=\"a\" type=\"xs:string\"/></xs:sequence></xs:group>"
    ),
    ("<xs:sequence/><xs:attribute name=\"b\" type=\"xs:string\" fixed=\"x\"/>", ""),
    ("<xs:attribute name=\"b\" type=\"xs:string\" default=\"x\"/>", ""),
    ("<xs:attribute name=\"b\" type=\"xs:string\" use=\"prohibited\"/>", ""),
    ("<xs:attribute ref=\"b\"/>", "<xs:attribute name=\"b\" type=\"xs:string\"/>"),
    (
      "<xs:attributeGroup ref=\"g\"/>",
      "<xs:attributeGroup name=\"g\"><xs:attribute name=\"b\" type=\"xs:string\"/></xs:attributeGroup>"
    ),
    (
      "<xs:sequence><xs:element name=\"a\" type=\"t\"/></xs:sequence>",
      "<xs:complexType name=\"t\" mixed=\"true\"><xs:sequence><xs:element name=\"b\" type=\"xs:string\"/></xs:sequence></xs:complexType>"
    ),
    (
      "<xs:sequence><xs:element name=\"a\" type=\"t\"/></xs:sequence>",
      "<xs:complexType name=\"t\" abstract=\"true\"/>"
    ),
    (
      "<xs:sequence><xs:element name=\"a\" type=\"t\"/></xs:sequence>",
      "<xs:complexType name=\"t\"><xs:anyAttribute processContents=\"skip\"/></xs:complexType>"
    ),
    (
      "<xs:sequence><xs:element name=\"a\" type=\"t\"/></xs:sequence>",
      "<xs:complexType name=\"t\"><xs:complexContent><xs:extension base=\"u\"/></xs:complexContent></xs:complexType><xs:complexType name=\"u\"/>"
    ),
    (
      "<xs:sequence><xs:element name=\"a\" type=\"xs:string\"><xs:key name=\"k\"><xs:selector xpath=\".\"/><xs:field xpath=\".\"/></xs:key></xs:element></xs:sequence>",
      ""
    ),
  ])
  func whatIsNotKnownIsLeftToLibxml2(_ model: String, _ more: String) throws {
    #expect(try !XMLSchema(deferring: Array(Self.schema(of: model, more: more).utf8)).hasAutomaton)
  }

  /// Simple types that are not known: their values are put to libxml2 one by one.
  @Test(arguments: [
    "<xs:restriction base=\"xs:token\"/>", "<xs:restriction base=\"xs:decimal\"/>",
    "<xs:restriction base=\"xs:string\"><xs:whiteSpace value=\"collapse\"/></xs:restriction>",
    "<xs:restriction base=\"xs:string\"><xs:pattern value=\"\\d+\"/></xs:restriction>",
    "<xs:restriction base=\"xs:string\"><xs:pattern value=\"[a-z-[b]]\"/></xs:restriction>",
    "<xs:restriction base=\"xs:positiveInteger\"><xs:maxInclusive value=\"9\"/></xs:restriction>",
    "<xs:restriction base=\"xs:date\"><xs:enumeration value=\"2022-01-01\"/></xs:restriction>",
    "<xs:list itemType=\"xs:date\"/>", "<xs:union memberTypes=\"xs:date xs:boolean\"/>",
  ])
  func valuesOfOtherTypesAreLeftToLibxml2(_ type: String) throws {
    let model = "<xs:sequence><xs:element name=\"a\" type=\"t\" minOccurs=\"0\" maxOccurs=\"unbounded\"/></xs:sequence>"
    let schema = try XMLSchema(
      Array(Self.schema(of: model, more: "<xs:simpleType name=\"t\">\(type)</xs:simpleType>").utf8))
    #expect(schema.hasAutomaton)
    #expect(schema.hasUnknownValues)
    for value in MutatedDocument.values {
      let text = "\(Self.root)<a>\(value)</a></serviceCatalog>"
      let fast = Self.reading(text, schema, names: ["version", "a"], usesAutomaton: true)
      let slow = Self.reading(text, schema, names: ["version", "a"], usesAutomaton: false)
      #expect(fast.report == slow.report, "\(text)")
    }
  }

  /// A schema that turns out to be none when it is first needed ends the reading; nothing is accepted.
  @Test func aDeferredSchemaThatIsNoneIsReported() throws {
    let twice = "<xs:attribute name=\"b\" type=\"xs:string\"/><xs:attribute name=\"b\" type=\"xs:string\"/>"
    let schema = try XMLSchema(deferring: Array(Self.schema(of: twice).utf8))
    let report = Self.reading("\(Self.root)<b/></serviceCatalog>", schema, names: ["version"], usesAutomaton: true)
      .report
    #expect(report.ending == .broken)
    #expect(report.problems.map(\.kind) == [.engine])
  }
}
