import Platform
import Testing
import XMLFormat

/// Documents made to harm or to confuse: each ends in one clear problem, soon, and opens nothing.
@Suite struct HostileTests {
  /// Reads a document that breaks the reading; gives the problem that ended it.
  private func ending(_ bytes: [UInt8]) throws -> XMLProblem {
    let before = openDescriptors()
    // Processor time, in microseconds: other programs may hold this one up.
    let start = clock()
    let report = try Sample.read(bytes).report
    #expect(clock() - start < 20_000_000)
    if before != nil { #expect(report.ending == .broken) }
    let last = try #require(report.problems.last)
    #expect(last.isFatal)
    #expect(!last.explanation.zh.isEmpty && !last.explanation.en.isEmpty)
    return last
  }

  private func ending(_ text: String) throws -> XMLProblem { try ending(Array(text.utf8)) }

  @Test(arguments: [
    "\n\n<!DOCTYPE sample>\n<sample xmlns='urn:sample' version='1.0'><things/></sample>",
    "\n\n<!DOCTYPE\n sample\n SYSTEM 'file:///etc/passwd'><sample xmlns='urn:sample' version='1.0'><things/></sample>",
    "\n\n<!DOCTYPE sample PUBLIC '-//X//Y'\n 'http://127.0.0.1:9/x.dtd'><sample/>",
    "\n\n<!DOCTYPE sample [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><sample xmlns='urn:sample'>&x;</sample>",
    "\n\n<!DOCTYPE sample [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><sample/>",
    "\n\n<!DOCTYPE sample [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]><sample>&c;</sample>",
    "\n\n<!DOCTYPE sample [<!ATTLIST thing id CDATA '2-042'>]><sample xmlns='urn:sample' version='1.0'><things/></sample>",
  ])
  func refusesEveryDoctype(_ text: String) throws {
    let problem = try ending(text)
    #expect(problem.kind == .doctype)
    #expect(problem.line == 3)
  }

  @Test func refusesADoctypeAfterAnEndlessName() throws {
    #expect(try ending("<!DOCTYPE " + String(repeating: "a", count: 400_000)).isFatal)
  }

  @Test func limitsDepth() throws {
    let deep = Sample.document(String(repeating: "<thing>", count: 100_000))
    #expect(try ending(deep).kind == .limit(.depth))
    let odd = Sample.document(String(repeating: "<odd>", count: 300))
    #expect(try ending(odd).kind == .limit(.depth))
  }

  @Test func limitsText() throws {
    let text = Sample.document(
      "<thing id=\"2-042\">\n<name>" + String(repeating: "x", count: 12_000_000) + "</name></thing>")
    let problem = try ending(text)
    #expect(problem.kind == .limit(.text))
    #expect(problem.element == "name")
    #expect(problem.line == 3)
    #expect(problem.subject == "2-042")
  }

  @Test func limitsCombiningMarks() throws {
    func marks(_ count: Int) -> String { String(repeating: "\u{323}", count: count) }
    let text = Sample.document("<thing id=\"2-042\">\n<name>x" + marks(129) + "</name></thing>")
    let problem = try ending(text)
    #expect(problem.kind == .limit(.marks))
    #expect(problem.element == "name" && problem.line == 3)
    #expect(try ending(Sample.document("<thing id=\"x\(marks(129))\"/>")).kind == .limit(.marks))
  }

  @Test func limitsNames() throws {
    func names(_ count: Int) -> String { (0..<count).map { "<e\($0)/>" }.joined() }
    let problem = try ending(Sample.document(names(120_000)))
    #expect(problem.kind == .limit(.names) && problem.line != nil)
    #expect(try Sample.read(Sample.document(names(20_000))).report.ending == .complete)
  }

  @Test func limitsAttributes() throws {
    func tag(_ count: Int, _ form: (Int) -> String) -> String {
      "<thing \((0..<count).map(form).joined(separator: " "))/>"
    }
    #expect(try ending(Sample.document(tag(20_000) { "a\($0)=''" })).kind == .limit(.attributes))
    #expect(try ending(Sample.document(tag(14_000) { "xmlns:a\($0)='u'" })).kind == .limit(.attributes))
    #expect(try Sample.read(Sample.document(tag(2_000) { "a\($0)=''" })).report.ending == .complete)
  }

  /// A NUL is named as such, and is no end of the document.
  @Test func namesANUL() throws {
    for text in ["<thing id=\"a\"><name>x\0y</name></thing>", "<thing id=\"a\0b\"/>", "<thi\0ng/>"] {
      let problem = try ending(Sample.document(text))
      #expect(problem.explanation.en.contains("does not allow, such as NUL"), "\(problem.explanation.en)")
    }
    #expect(!(try ending("<catalog")).explanation.en.contains("NUL"))
  }

  /// XML allows any text as the name of a namespace.
  @Test func acceptsANamespaceInChinese() throws {
    let text = Sample.document("<thing id=\"2-042\"/>").replacing(
      "<thing id", with: "<thing xmlns:x=\"http://例子.cn/目录\" id")
    #expect(try Sample.read(text).report.ending == .complete)
  }

  @Test func limitsMarkup() throws {
    let long = String(repeating: "x", count: 12_000_000)
    #expect(try ending(Sample.document("<thing id=\"\(long)\"/>")).kind == .limit(.markup))
    #expect(try ending(Sample.document("<!-- \(long) -->")).kind == .limit(.markup))
    #expect(try ending(Sample.document("<?pi \(long)?>")).kind == .limit(.markup))
    #expect(try ending(Sample.document("<thing id='2-042'><name><![CDATA[\(long)]]></name></thing>")).isFatal)
    #expect(try ending(Sample.document("<\(long)>")).isFatal)
    #expect(try ending(String(repeating: " ", count: 12_000_000)).isFatal)
  }

  @Test func survivesATagOfManyAttributes() throws {
    let many = (0..<200_000).map { " a\($0)=''" }.joined()
    #expect(try ending(Sample.document("<thing\(many)/>")).kind == .limit(.attributes))
  }

  @Test func tellsOfEncodings() throws {
    let head = "<sample xmlns='urn:sample' version='1.0'><things><thing id=\"2-042\">\n<name>"
    let latin = Array(head.utf8) + [0xD6, 0xD0, 0xCE, 0xC4] + Array("</name></thing></things></sample>".utf8)
    let wrong = try ending(latin)
    #expect(wrong.kind == .encoding)
    #expect(wrong.line == 2)
    let unknown = try ending("<?xml version='1.0' encoding='KLINGON-8'?><sample xmlns='urn:sample' version='1.0'/>")
    #expect(unknown.kind == .encoding)
    #expect(unknown.value == "KLINGON-8")
    #expect(unknown.explanation.en.contains("KLINGON-8"))
    let claims = Array("<?xml version='1.0' encoding='GB18030'?><sample xmlns='urn:sample' version='1.0'><things>".utf8)
    let conversion = try ending(claims + [0x0A, 0xFF, 0xFF, 0xFF] + Array("</things></sample>".utf8))
    #expect(conversion.kind == .encoding)
    #expect(conversion.line == 2)
    #expect(try ending([0xFF, 0xFE, 0x3C, 0x00, 0x73]).isFatal)
  }

  @Test func tellsOfNULsAndControlCharacters() throws {
    let text = try ending(Sample.document("<thing id=\"2-042\"><name>a\u{0}b</name></thing>"))
    #expect(text.kind == .syntax)
    let attribute = try ending(Sample.document("<thing id=\"2-042\" note=\"a\u{1}\"/>"))
    #expect(attribute.kind == .syntax)
    #expect(try ending([0, 0, 0, 0]).isFatal)
    #expect(try ending(Sample.document("<thing id=\"2-042\"><name>&#0;</name></thing>")).isFatal)
    #expect(try ending(Array(Sample.document("").utf8) + [0]).isFatal)
    #expect(try ending(Sample.document("") + "\u{0}<sample/>").explanation.en.contains("follows the end"))
  }

  @Test func tellsOfWhatIsCutShortJoinedOrEmpty() throws {
    let cut = try ending("<sample xmlns='urn:sample' version='1.0'>\n<things>\n<thing id=\"2-042\"><name>x")
    #expect(cut.kind == .syntax)
    #expect(cut.explanation.en.contains("<name>"))
    #expect(cut.subject == "2-042")
    let document = Sample.document("")
    let joined = try ending(document + document)
    #expect(joined.kind == .syntax)
    #expect(joined.line == 3)
    let twice = try ending("<sample xmlns='urn:sample' version='1.0'><things/></sample><sample/>")
    #expect(twice.explanation.en.contains("follows the end"))
    let empty = try ending("")
    #expect(empty.explanation.en == "the file is empty. Check that it is the right file.")
    #expect(empty.line == nil)
    #expect(try ending("id,name\r\n2-042,x\r\n").explanation.en.contains("no XML"))
    #expect(try ending("{\"a\": 1}").isFatal)
  }

  @Test func everyBeginningOfADocumentEndsClearly() throws {
    let bytes = Array(
      Sample.document("<thing id=\"2-042\" note=\"é&amp;\"><!-- c --><name>中<![CDATA[x]]></name></thing>").utf8)
    for count in 0..<bytes.count - 1 { _ = try ending(Array(bytes[..<count])) }
  }

  @Test func tellsOfAnotherFormatAndVersion() throws {
    let namespace = try ending("\n<sample xmlns='urn:other' version='1.0'><things/></sample>")
    #expect(namespace.kind == .otherFormat)
    #expect(namespace.line == 2)
    #expect(namespace.value == "<sample xmlns=\"urn:other\">")
    #expect(try ending("<sample version='1.0'><things/></sample>").kind == .otherFormat)
    #expect(try ending("<html/>").kind == .otherFormat)
    let version = try ending("<sample xmlns='urn:sample' version='2.0'><things/></sample>")
    #expect(version.kind == .otherVersion)
    #expect(version.value == "2.0")
    #expect(try ending("<sample xmlns='urn:sample'><things/></sample>").kind == .otherVersion)
  }

  @Test func tellsWhichTagsDoNotMatch() throws {
    let problem = try ending(Sample.document("<thing id=\"2-042\">\n<name>x</nam></thing>"))
    #expect(problem.kind == .syntax)
    #expect(problem.line == 3)
    #expect(problem.column != nil)
    #expect(problem.explanation.en.contains("</nam>"))
    #expect(problem.explanation.en.contains("<name>"))
  }

  @Test(arguments: [
    "<thing id=\"2-042\"><name>a & b</name></thing>", "<thing id=\"2-042\"><name>&nbsp;</name></thing>",
    "<thing id=\"2-042\"><name>a < b</name></thing>", "<thing id=2-042/>", "<thing id=\"2-042\" id=\"2-043\"/>",
    "<thing id=\"2-042><name>x</name></thing>", "<x:thing id=\"2-042\"/>", "<thing id/>", "<1/>", "]]>",
  ])
  func brokenSyntaxIsExplained(_ things: String) throws {
    let problem = try ending(Sample.document(things))
    #expect(problem.kind == .syntax)
    #expect(problem.line == 2)
    #expect(!problem.explanation.en.hasPrefix("this is not well-formed XML:") || things == "]]>")
  }
}
