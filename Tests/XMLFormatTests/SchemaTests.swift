import Testing
import XMLFormat

@Suite struct SchemaTests {
  private func problem(_ things: String) throws -> XMLProblem {
    try #require(try Sample.problem(Sample.document(things)))
  }

  @Test func aWrongValueNamesTheFormThatTheSchemaDocuments() throws {
    let problem = try problem("\n<thing id=\"42\"><name>x</name></thing>")
    #expect(problem.kind == .schema(.value))
    #expect(problem.line == 3)
    #expect(problem.element == "thing")
    #expect(problem.attribute == "id")
    #expect(problem.value == "42")
    #expect(problem.subject == "42")
    #expect(
      problem.explanation.en
        == "42: the attribute id of <thing>, \"42\", is not of the right form. Expected: a prefix, a hyphen and three digits, "
        + "such as 2-042.")
    #expect(problem.explanation.zh == "42：<thing> 的属性 id“42”不合要求。应为：前缀、连字符和三位数字,如 2-042。")
    #expect(problem.detail.contains("pattern"))
  }

  @Test func aWrongChoiceListsTheRightOnes() throws {
    let problem = try problem("<thing id=\"2-042\" side=\"upper\"><name>x</name></thing>")
    #expect(problem.expected == ["left", "right"])
    #expect(problem.value == "upper")
    #expect(problem.explanation.en.hasSuffix("Expected: left, right."))
  }

  @Test func aWrongTextIsQuoted() throws {
    let problem = try problem("<thing id=\"2-042\"><name>x</name>\n<date>2022-02-30</date></thing>")
    #expect(problem.kind == .schema(.value))
    #expect(problem.element == "date")
    #expect(problem.attribute == nil)
    #expect(problem.value == "2022-02-30")
    #expect(problem.line == 3)
  }

  @Test func missingAndUnknownAttributes() throws {
    #expect(try problem("<thing><name>x</name></thing>").kind == .schema(.missingAttribute))
    #expect(try problem("<thing><name>x</name></thing>").attribute == "id")
    let unknown = try problem("<thing id=\"2-042\" colour=\"red\"><name>x</name></thing>")
    #expect(unknown.kind == .schema(.unknownAttribute))
    #expect(unknown.attribute == "colour")
  }

  @Test func aMissingElementIsNamed() throws {
    let problem = try problem("<thing id=\"2-042\">\n\n</thing>")
    #expect(problem.kind == .schema(.missingElement))
    #expect(problem.expected == ["name"])
    #expect(problem.line == 2)
    #expect(problem.explanation.zh == "2-042：<thing> 不完整，缺少 <name>。请补上。")
  }

  @Test func aStrayElementIsLeftOutAndTheRestIsStillChecked() throws {
    let (report, seen) = try Sample.read(
      Sample.document(
        "<foo><thing id=\"1\"/></foo><thing id=\"bad\"><name>x</name></thing><name>y</name><thing id=\"2-043\"><name>z</name></thing>"
      ))
    #expect(report.ending == .complete)
    #expect(
      report.problems.map(\.kind) == [.schema(.unexpectedElement), .schema(.value), .schema(.unexpectedElement)])
    #expect(report.problems[0].expected == ["thing"])
    #expect(
      seen.events == [
        "<sample version=1.0>", "<things>", "<thing id=bad> flawed", "<name>", "</name>x", "</thing> not whole",
        "<thing id=2-043>", "<name>", "</name>z", "</thing>", "</things> not whole", "</sample> not whole",
      ])
  }

  @Test func anElementOutOfOrderEndsItsParentOnly() throws {
    let (report, seen) = try Sample.read(
      Sample.document(
        "<thing id=\"2-042\"><name>x</name><part ref=\"2-001\"/><date>2022-01-01</date><part ref=\"2-002\"/></thing><thing id=\"bad\"><name>z</name></thing>"
      ))
    #expect(report.problems.map(\.kind) == [.schema(.unexpectedElement), .schema(.value)])
    #expect(report.problems[0].element == "date")
    #expect(report.problems[0].parent == "thing")
    #expect(report.problems[0].expected == ["part"])
    #expect(!seen.events.contains { $0.contains("2-002") || $0.hasPrefix("<date") })
    #expect(seen.events.contains("<thing id=bad> flawed"))
  }

  @Test func textBetweenTagsAndTagsInText() throws {
    #expect(try problem("<thing id=\"2-042\">stray<name>x</name></thing>").kind == .schema(.textNotAllowed))
    #expect(try problem("<thing id=\"2-042\"><name>x</name>stray</thing>").kind == .schema(.textNotAllowed))
    #expect(try problem("<thing id=\"2-042\"><name>x<b>y</b>z</name></thing>").kind == .schema(.elementsNotAllowed))
  }

  @Test func keepsSoManyComplaintsAndCountsTheRest() throws {
    var reader = try Sample.reader()
    reader.keptProblems = 3
    let text = Sample.document(String(repeating: "<thing id=\"q\"><name/></thing>", count: 50))
    let report = Array(text.utf8).withUnsafeBufferPointer { reader.read($0, into: Recorder()) }
    #expect(report.problems.count == 3)
    #expect(report.omitted == 47)
  }

  @Test func aSchemaThatADocumentNamesIsNotRead() throws {
    // /etc/passwd is no schema: a reader that read it would report that.
    let (report, _) = try Sample.read(
      "<sample xmlns=\"urn:sample\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:sample file:///etc/passwd\" version=\"1.0\"><things/></sample>"
    )
    #expect(report.isValid)
  }

  @Test func aSchemaMayNotBringInAnother() {
    let text =
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:sample\"><xs:include schemaLocation=\"/etc/passwd\"/><xs:element name=\"sample\"/></xs:schema>"
    #expect(throws: XMLSchemaFailure.self) { try XMLSchema(Array(text.utf8)) }
    #expect(throws: XMLSchemaFailure.self) { try XMLSchema([]) }
    #expect(throws: XMLSchemaFailure.self) { try XMLSchema(Array("<xs:schema".utf8)) }
    #expect(throws: XMLSchemaFailure.self) {
      try XMLSchema(Array("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element/></xs:schema>".utf8))
    }
  }

  @Test func withoutASchemaSyntaxAndRootAreChecked() throws {
    let recorder = Recorder()
    let reader = XMLReader(format: Sample.format, schema: nil)
    let report = Array("<sample xmlns='urn:sample' version='1.0'><odd><name>x</name></odd></sample>".utf8)
      .withUnsafeBufferPointer { reader.read($0, into: recorder) }
    #expect(report.isValid)
    #expect(recorder.events == ["<sample version=1.0>", "<?>", "<name>", "</name>x", "</?>", "</sample>"])
  }
}
