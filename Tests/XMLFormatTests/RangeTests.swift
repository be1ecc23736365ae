import AtomicFiles
import MutatedDocuments
import Testing
import XMLFormat

/// A document that is read in ranges is reported and delivered as if it were read by one parser.
@Suite struct RangeTests {
  /// The sample's schema without the construct for which there is no automaton.
  private static let schema = Result {
    try XMLSchema(
      Array(
        Sample.schemaText.replacing(
          "<xs:any minOccurs=\"0\" maxOccurs=\"0\"/>",
          with: "<xs:element name=\"name\" type=\"xs:string\" maxOccurs=\"9\"/>"
        ).utf8))
  }

  private func reader(rangeSize: Int, kept: Int = 1000) throws -> XMLReader {
    var reader = XMLReader(format: Sample.format, schema: try Self.schema.get())
    reader.rangeSize = rangeSize
    reader.keptProblems = kept
    return reader
  }

  /// Reads a document both ways.
  /// - Returns: in how many ranges.
  @discardableResult
  private func expectTheSame(_ bytes: [UInt8], rangeSize: Int, kept: Int = 1000) throws -> Int {
    let reader = try reader(rangeSize: rangeSize, kept: kept)
    let (here, there) = (Recorder(), Recorder())
    let whole = reader.read(Bytes(bytes), into: here)
    let ranged = try #require(RangedReading.read(Bytes(bytes), reader, into: there))
    let text = String(decoding: bytes, as: UTF8.self)
    let differing = zip(ranged.report.problems, whole.problems).first { $0 != $1 }
    let isSame = ranged.report == whole
    #expect(
      isSame,
      "\(rangeSize) \(kept) \(ranged.report.omitted) \(whole.omitted) \(String(describing: differing))\n\(text)")
    let areEventsSame = there.events == here.events && there.lines == here.lines
    #expect(areEventsSame, "\(rangeSize) \(there.events.difference(from: here.events))\n\(text)")
    return ranged.ranges
  }

  // MARK: - Documents made at random

  private static let good = [
    "<thing id=\"2-001\"><name>x</name></thing>", "<thing id=\"2-002\"\n\n side=\"left\"><name>名称</name>\n</thing>\n",
    "\n  <thing id=\"2-003\" note=\"a &amp; &lt;thing b\"><name>a &amp; b</name><date>2022-01-01</date></thing>",
    "<thing id=\"2-004\"><name/><part ref=\"2-001\"/><part ref=\"2-002\"/></thing>", "<!-- none -->", "\n\n",
  ]
  private static let odd = [
    "<!-- <thing id=\"2-001\"> -->", "<!-- ", "-->", "<?pi <thing ?>", "<![CDATA[<thing ]]>", "<![CDATA[\n]]>", "text",
    "<thing id=\"wrong\"><name>x</name></thing>", "<thing><name/></thing>",
    "<thing id=\"2-001\" colour=\"red\"><name/></thing>",
    "<thing id=\"2-003\"></thing>", "<thing id=\"2-003\"><part ref=\"2-001\"/><name/></thing>",
    "<thing id=\"2-003\"><name/><date>2022-13-01</date></thing>",
    "<thing id=\"2-003\"><name/><part/><part ref=\"x\"/></thing>",
    "<thing id=\"2-003\"><name/><thing id=\"2-004\"><name/></thing></thing>", "<stray/>", "<name>x</name>",
    "<stray><thing id=\"2-001\"><name/></thing></stray>", "<part ref=\"2-001\"/>",
    "<x:thing xmlns:x=\"urn:sample\" id=\"2-004\"><x:name/></x:thing>", "<s:thing id=\"2-004\"><name/></s:thing>",
    "<thing xmlns=\"\" id=\"2-004\"><name/></thing>", "<thing id=\"2-004\" xmlns:y=\"urn:y\" y:z=\"1\"><name/></thing>",
    "<thing xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"thing\" id=\"2-001\"><name/></thing>",
    "<thing xsi:nil=\"true\" id=\"2-001\"><name/></thing>", "</things><things>", "</things>", "<things>", "</thing>",
    "<thing ",
    "<thing id=\"2-001\"><name>", "</name></thing>", "&amp;", "&nbsp;", "<", "]]>", "\u{0}", "\u{1}",
    "<thing id=\"2-001\" id=\"2-002\"><name/></thing>", "<!DOCTYPE sample>",
    "<thing id=\"2-001\"><name>\t</name>x</thing>",
  ]
  private static let beginnings = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sample xmlns=\"urn:sample\" version=\"1.0\"><things>",
    "<sample xmlns=\"urn:sample\" version=\"1.0\">\n\n<things>\n",
    "\u{FEFF}<sample version=\"1.0\"\n xmlns=\"urn:sample\"\n>\n<!-- <thing -->\n<things\n>\n",
    "<sample xmlns=\"urn:sample\" xmlns:s=\"urn:sample\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"1.0\"><things>",
    "<sample xmlns=\"urn:sample\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:sample x.xsd\" version=\"1.0\"><things>",
    "<sample xmlns=\"urn:sample\" xmlns:q=\"a&amp;b\" version=\"1.0\" colour=\"red\"><things>",
    "<s:sample xmlns:s=\"urn:sample\" xmlns=\"urn:sample\" version=\"1.0\"><s:things>",
    "<sample xmlns=\"urn:sample\" version=\"1.0\"><things colour=\"red\"><stray/>",
    "<sample xmlns=\"urn:sample\" version=\"2.0\"><things>",
    "<sample xmlns=\"urn:sample\" version=\"1.0\">x<things>y",
  ]
  private static let endings = [
    "</things></sample>", "</things>\n</sample>\n<!-- <thing -->\n", "</things><more><name>x</name></more></sample>",
    "</things><more/></sample>", "</things><thing id=\"2-001\"/></sample>", "</things>", "", "</things></sample>x",
    "</things></sample>\u{0}",
    "</things\n></sample", "</thinks></sample>", "<thing id=\"2-001\"><name/></thing></things></sample>",
  ]

  @Test(arguments: 0..<4) func anyDocument(_ share: Int) throws {
    var random = SplitMix(state: UInt64(share) &+ 1600)
    func one(_ texts: [String], oneIn rarity: Int) -> String {
      Int.random(in: 0..<rarity, using: &random) > 0 ? texts[0] : texts.randomElement(using: &random) ?? ""
    }
    var inRanges = 0
    for number in 0..<600 {
      var text = one(Self.beginnings, oneIn: 2)
      let oddity = [0, 3, 12][number % 3]
      for _ in 0..<Int.random(in: 2..<40, using: &random) {
        let isOdd = Int.random(in: 0..<40, using: &random) < oddity
        text += (isOdd ? Self.odd : Self.good).randomElement(using: &random) ?? ""
      }
      text += one(Self.endings, oneIn: 2)
      let size = [1, 90, 250, 700][Int.random(in: 0..<4, using: &random)]
      let kept = [1000, 1000, 4, 1, 0][Int.random(in: 0..<5, using: &random)]
      if try expectTheSame(Array(text.utf8), rangeSize: size, kept: kept) > 2 { inRanges += 1 }
    }
    #expect(inRanges > 80)
  }

  // MARK: - Chosen documents

  @Test func validDocumentsAreReadInRanges() throws {
    for beginning in Self.beginnings.prefix(5) {
      let things = (0..<200).map { "<thing id=\"2-\(100 + $0)\"><name>名称 \($0)</name>\n</thing>" }.joined()
      #expect(try expectTheSame(Array("\(beginning)\(things)</things></sample>".utf8), rangeSize: 500) > 15)
    }
  }

  @Test func documentsWithManyProblemsAreReadInRanges() throws {
    let things = (0..<300).map { "<thing id=\"x\($0)\"><name/>\n<date>2022-1-1</date><part/></thing>" }.joined()
    for kept in [0, 7, 500, 5000] {
      #expect(try expectTheSame(Array(Sample.document(things).utf8), rangeSize: 600, kept: kept) > 15)
    }
  }

  @Test func otherEncodingsAreReadByOneParser() throws {
    let things = String(repeating: "<thing id=\"2-001\"><name>x</name></thing>", count: 100)
    let document = "<sample xmlns=\"urn:sample\" version=\"1.0\"><things>\(things)</things></sample>"
    #expect(
      try expectTheSame(Array("<?xml version=\"1.0\" encoding=\"GB18030\"?>\(document)".utf8), rangeSize: 300) == 0)
    let wide: [UInt8] =
      [0xFF, 0xFE] + document.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try expectTheSame(wide, rangeSize: 300) == 0)
    var broken = Array(document.utf8)
    broken[broken.count / 2] = 0xFF
    #expect(try expectTheSame(broken, rangeSize: 300) > 5)
  }

  /// Names that the schema does not have are remembered by the parser, whose limit counts those of the whole document.
  @Test func manyUnknownNames() throws {
    let things = (0..<400).map { "<thing id=\"2-001\" a\($0)=\"\" b\($0)=\"\"><name/></thing>" }.joined()
    #expect(try expectTheSame(Array(Sample.document(things).utf8), rangeSize: 500) > 5)
    #expect(try expectTheSame(Array(Sample.document(things).utf8), rangeSize: 8000) == 0)
  }

  @Test func elementsLongerThanARange() throws {
    let long = String(repeating: "长 <!-- <thing --> ", count: 4000)
    let things = "<thing id=\"2-001\"><name>\(long)</name></thing>\n<thing id=\"2-002\"><name/></thing>"
    try expectTheSame(Array(Sample.document(things).utf8), rangeSize: 100)
    let comment = "<!-- \(String(repeating: "x", count: XMLProblem.Limit.markup.rawValue + 9000)) -->"
    try expectTheSame(Array(Sample.document(things + comment + things).utf8), rangeSize: 100)
  }

  @Test func noRepeatedElementAnywhere() throws {
    try expectTheSame(Array(Sample.document("").utf8), rangeSize: 10)
    try expectTheSame(Array(Sample.document(String(repeating: " ", count: 9 << 20)).utf8), rangeSize: 1000)
    try expectTheSame([], rangeSize: 10)
  }

  @Test func aHandlerThatStopsGetsNothingMore() throws {
    let things = String(repeating: "<thing id=\"2-001\"><name>x</name></thing>", count: 500)
    let recorder = Recorder()
    recorder.stopAt = "name"
    let reading = try #require(
      RangedReading.read(Bytes(Sample.document(things).utf8), try reader(rangeSize: 200), into: recorder))
    #expect(reading.report.ending == .stopped)
    #expect(recorder.events.count == 4)
  }

  @Test func filesAndPipes() throws {
    let things = (0..<60_000).map { "<thing id=\"\($0 % 9000 == 77 ? "x" : "2-001")\"><name>名称</name>\n</thing>" }
      .joined()
    let bytes = Array(Sample.document(things).utf8)
    let here = Recorder()
    let whole = try reader(rangeSize: 1).read(Bytes(bytes), into: here)
    #expect(whole.problems.count == 7)
    var reader = try reader(rangeSize: 1 << 18)
    reader.isPipelined = true
    let there = Recorder()
    let ranged = try withFile(bytes) { try reader.read(path: $0, into: there) }
    #expect(ranged == whole)
    #expect(there.events == here.events)
    #expect(there.lines == here.lines)
  }
}
