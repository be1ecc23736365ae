import AtomicFiles
import Testing
import XMLFormat

/// A handler on a thread of its own gets what it would get on the thread that reads.
@Suite struct PipelineTests {
  private func read(_ text: String, isPipelined: Bool, stopAt: String? = nil) throws -> (XMLReadingReport, Recorder) {
    let recorder = Recorder()
    recorder.stopAt = stopAt
    var reader = try Sample.reader()
    reader.isPipelined = isPipelined
    reader.keptProblems = 1000
    return (reader.read(Bytes(text.utf8), into: recorder), recorder)
  }

  private func expectTheSame(_ text: String) throws {
    let (there, theirs) = try read(text, isPipelined: true)
    let (here, ours) = try read(text, isPipelined: false)
    #expect(there == here)
    #expect(theirs.events == ours.events)
    #expect(theirs.lines == ours.lines)
  }

  @Test func manyElementsWithAndWithoutProblems() throws {
    var things = ""
    for number in 0..<20_000 {
      let id = number % 97 == 0 ? "wrong \(number)" : "2-\(100 + number % 900)"
      things += "<thing id=\"\(id)\" note=\"a &amp; b\"><name>名称 \(number)</name>\n<part ref=\"2-001\"/></thing>"
    }
    try expectTheSame(Sample.document(things))
  }

  @Test func elementsLongerThanAChunk() throws {
    let long = String(repeating: "长", count: 400_000)
    try expectTheSame(
      Sample.document(
        "<thing id=\"2-001\" note=\"\(long)\"><name>\(long)</name></thing><thing id=\"2-002\"><name/></thing>"))
  }

  @Test func brokenAndEmptyDocuments() throws {
    try expectTheSame("")
    try expectTheSame(String(Sample.document("<thing id=\"2-001\"><name>x</name></thing>").dropLast(20)))
    try expectTheSame(Sample.document("<thing id=\"2-001\"><name>x</nome></thing>"))
  }

  @Test func aHandlerThatStopsGetsNothingMore() throws {
    let things = String(repeating: "<thing id=\"2-001\"><name>x</name><part ref=\"2-001\"/></thing>", count: 5_000)
    let (report, recorder) = try read(Sample.document(things), isPipelined: true, stopAt: "part")
    #expect(report.ending == .stopped)
    #expect(recorder.events.count == 6)
  }
}
