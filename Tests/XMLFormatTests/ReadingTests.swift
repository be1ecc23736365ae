import AtomicFiles
import Platform
import Testing
import XMLFormat

@Suite struct ReadingTests {
  @Test func deliversElementsAttributesAndText() throws {
    let (report, seen) = try Sample.read(
      Sample.document(
        "<thing id=\"2-042\" note=\"a&amp;b&lt;&#38;#38;&quot;\"><name>熟食店 &amp; &#x4E2D;<![CDATA[<x>]]></name></thing>"
      ))
    #expect(report.isValid)
    #expect(
      seen.events == [
        "<sample version=1.0>", "<things>", "<thing id=2-042 note=a&b<&#38;\">", "<name>", "</name>熟食店 & 中<x>",
        "</thing>", "</things>", "</sample>",
      ])
  }

  @Test func keepsBlanksOfLeavesAndDropsThoseBetweenTags() throws {
    let (report, seen) = try Sample.read(Sample.document("\n  <thing id=\"2-042\">\n <name> a\n b </name>\n</thing>\n"))
    #expect(report.isValid)
    #expect(seen.events.contains("</name> a\n b "))
    #expect(seen.events.contains("</thing>"))
  }

  @Test func knowsLinesPast65535AndOfTagsOverSeveralLines() throws {
    let (_, seen) = try Sample.read(
      Sample.document(String(repeating: "\n", count: 70_000) + "<thing\n\n id=\"2-042\"\n><name\n>x</name></thing>"))
    // The declaration is line 1, so the document's own first line is 2.
    #expect(seen.lines == [2, 2, 70_002, 70_005])
  }

  @Test func joinsTextThatTheParserSplits() throws {
    let long = String(repeating: "一件事一次办", count: 5_000)
    let (report, seen) = try Sample.read(Sample.document("<thing id=\"2-042\"><name>\(long)</name></thing>"))
    #expect(report.isValid)
    #expect(seen.events.contains("</name>\(long)"))
  }

  @Test func readsAFileAndAPipe() throws {
    let text = Array(Sample.document("<thing id=\"2-042\"><name>x</name></thing>").utf8)
    let recorder = Recorder()
    let report = try withFile(text) { try Sample.reader().read(path: $0, into: recorder) }
    #expect(report.isValid)
    #expect(recorder.events.count == 8)

    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(text.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } == text.count)
    close(ends[1])
    let piped = Recorder()
    #expect(try Sample.reader().read(descriptor: ends[0], path: "-", into: piped).isValid)
    close(ends[0])
    #expect(piped.events == recorder.events)
  }

  @Test func tellsOfFilesThatCannotBeRead() throws {
    #expect(throws: FileFailure.self) { try Sample.reader().read(path: "/nowhere/at/all.xml", into: Recorder()) }
    let folder = #expect(throws: FileFailure.self) { try Sample.reader().read(path: "/", into: Recorder()) }
    #expect(folder?.code == .isDirectory)
  }

  @Test func stopsWhenTheHandlerHasEnough() throws {
    let recorder = Recorder()
    recorder.stopAt = "thing"
    let text = Sample.document(String(repeating: "<thing id=\"2-042\"><name>x</name></thing>", count: 1_000))
    let report = try Sample.reader().read(Bytes(text.utf8), into: recorder)
    #expect(report.ending == .stopped)
    #expect(report.problems.isEmpty)
    #expect(recorder.events.count == 3)
  }

  @Test(arguments: ["GB18030", "GBK", "UTF-16"])
  func readsOtherEncodings(_ encoding: String) throws {
    // 中 as each of them has it.
    let ascii = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><sample xmlns=\"urn:sample\" version=\"1.0\"><things>"
    let parts = ["\(ascii)<thing id=\"2-042\"><name>", "</name></thing></things></sample>"]
    let bytes: [UInt8]
    if encoding == "UTF-16" {
      bytes = [0xFF, 0xFE] + (parts[0] + "中" + parts[1]).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    } else {
      bytes = Array(parts[0].utf8) + [0xD6, 0xD0] + Array(parts[1].utf8)
    }
    let (report, seen) = try Sample.read(bytes)
    #expect(report.isValid)
    #expect(seen.events.contains("</name>中"))
  }

  @Test func readsWithAPrefixAndAByteOrderMark() throws {
    let (report, seen) = try Sample.read(
      "\u{FEFF}<s:sample xmlns:s=\"urn:sample\" version=\"1.0\"><s:things><s:thing id=\"2-042\"><s:name/></s:thing></s:things></s:sample>"
    )
    #expect(report.isValid)
    #expect(seen.events.count == 8)
  }

  @Test func servesManyThreads() async throws {
    let text = Sample.document(
      String(repeating: "<thing id=\"2-042\"><name>x</name></thing><thing id=\"q\"/>", count: 200))
    let bytes = Bytes(text.utf8)
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          (try? Sample.reader().read(bytes, into: Recorder())).map { $0.problems.count + $0.omitted } ?? -1
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 400, count: 16))
  }
}
