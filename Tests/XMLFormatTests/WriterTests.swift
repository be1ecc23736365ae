import AtomicFiles
import Testing
import XMLFormat

@Suite struct WriterTests {
  private func written(_ body: (XMLWriter) throws -> Void) throws -> String {
    let bytes = ByteWriter.memory()
    let writer = XMLWriter(to: bytes)
    try body(writer)
    try writer.finish()
    return bytes.buffer.text
  }

  @Test func indentsAndCloses() throws {
    let text = try written {
      $0.start("sample")
      try $0.attribute("xmlns", "urn:sample")
      $0.start("things")
      $0.end()
      $0.start("thing")
      try $0.element("name", "熟食店")
      $0.start("part")
      try $0.attribute("ref", "2-042")
      $0.end()
    }
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <sample xmlns="urn:sample">
          <things/>
          <thing>
            <name>熟食店</name>
            <part ref="2-042"/>
          </thing>
        </sample>

        """)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let awkward = [
      "a&b<c>d\"e'f", "]]>", "\r\n\t x \r", " ", "&amp;&#38;", "\u{85}\u{2028}\u{A0}\u{3000}",
      "𠮷野家\u{10FFFF}\u{FFFD}\u{E000}",
      "", String(repeating: "一件事\t", count: 20_000), "-- <!-- -->", "é\u{301}",
    ]
    let text = try written {
      $0.start("sample")
      try $0.attribute("xmlns", "urn:sample")
      try $0.attribute("version", "1.0")
      $0.start("things")
      for value in awkward {
        $0.start("thing")
        try $0.attribute("id", "2-042")
        try $0.attribute("note", value.utf8.count < 100_000 ? value : "")
        try $0.element("name", value)
        $0.end()
      }
    }
    let (report, seen) = try Sample.read(text)
    #expect(report.isValid)
    let texts = seen.events.filter { $0.hasPrefix("</name>") }.map { String($0.dropFirst(7)) }
    #expect(texts.map { Array($0.utf8) } == awkward.map { Array($0.utf8) })
    let notes = seen.events.filter { $0.hasPrefix("<thing ") }
    for (note, value) in zip(notes, awkward) where value.utf8.count < 100_000 {
      #expect(Array(note.utf8) == Array("<thing id=2-042 note=\(value)>".utf8))
    }
  }

  @Test func everyCharacterThatXMLAllowsSurvives() throws {
    let all = String(
      String.UnicodeScalarView(
        (0x1...0x10FFFF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }.filter {
          $0.value >= 0x20 ? $0.value & 0xFFFF_FFFE != 0xFFFE : [9, 10, 13].contains($0.value)
        }))
    // In pieces below the limit for one text.
    let scalars = Array(all.unicodeScalars)
    for first in stride(from: 0, to: scalars.count, by: 200_000) {
      let piece = String(String.UnicodeScalarView(scalars[first..<min(first + 200_000, scalars.count)]))
      let text = try written {
        $0.start("sample")
        try $0.attribute("xmlns", "urn:sample")
        try $0.attribute("version", "1.0")
        $0.start("things")
        $0.start("thing")
        try $0.attribute("id", "2-042")
        try $0.element("name", piece)
      }
      let (report, seen) = try Sample.read(text)
      #expect(report.isValid)
      #expect(seen.events.contains { Array($0.utf8) == Array("</name>\(piece)".utf8) })
    }
  }

  @Test(arguments: [0x0, 0x1, 0x8, 0xB, 0xC, 0x1F, 0xFFFE, 0xFFFF] as [UInt32])
  func refusesCharactersThatXMLDoesNotAllow(_ number: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(number))
    let bytes = ByteWriter.memory()
    let writer = XMLWriter(to: bytes)
    writer.start("sample")
    writer.start("thing")
    let text = #expect(throws: XMLWriteFailure.self) { try writer.text("中文\(scalar)x") }
    #expect(text?.path == ["sample", "thing"])
    #expect(text?.offset == 2)
    #expect(text?.character == number)
    #expect(text?.attribute == nil)
    let attribute = #expect(throws: XMLWriteFailure.self) { try writer.attribute("id", "\(scalar)") }
    #expect(attribute?.attribute == "id")
    #expect(attribute?.explanation.en.contains("U+") == true)
    try writer.finish()
    #expect(bytes.buffer.text.hasSuffix("<sample>\n  <thing/>\n</sample>\n"))
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xC3, 0x41], [0xFF],
    ] as [[UInt8]])
  func refusesBytesThatAreNotUTF8(_ bytes: [UInt8]) throws {
    let writer = XMLWriter(to: .memory())
    writer.start("sample")
    let failure = #expect(throws: XMLWriteFailure.self) {
      try ([0x61] + bytes).withUnsafeBufferPointer { try writer.text(bytes: $0) }
    }
    #expect(failure?.character == nil)
    #expect(failure?.offset == 1)
  }

  @Test func whatTheByteWriterThrowsComesThrough() throws {
    // No descriptor has this number.
    let writer = XMLWriter(to: ByteWriter(descriptor: 1 << 20, path: "x"))
    writer.start("sample")
    #expect(throws: FileFailure.self) {
      for _ in 0..<100_000 {
        try writer.element("name", "x")
        try writer.handOver()
      }
    }
  }

  @Test func fragmentsAreWrittenOnceAndRepeated() throws {
    let fragments = XMLFragments(3)
    var made: [Int] = []
    let text = try written { xml in
      xml.start("things")
      for index in [0, 1, 0, 2, 0] {
        xml.start("thing")
        try xml.fragment(index, of: fragments) { () throws(XMLWriteFailure) in
          made.append(index)
          guard index > 0 else { return }
          xml.start("lead")
          for _ in 0..<index { try xml.element("department", "<\(index)>") }
          xml.end()
        }
        xml.end()
      }
      for _ in 0..<2 {
        try xml.fragment(1, of: fragments) { () throws(XMLWriteFailure) in Issue.record("made again") }
      }
    }
    #expect(made == [0, 1, 2])
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <things>
          <thing/>
          <thing>
            <lead>
              <department>&lt;1&gt;</department>
            </lead>
          </thing>
          <thing/>
          <thing>
            <lead>
              <department>&lt;2&gt;</department>
              <department>&lt;2&gt;</department>
            </lead>
          </thing>
          <thing/>
            <lead>
              <department>&lt;1&gt;</department>
            </lead>
            <lead>
              <department>&lt;1&gt;</department>
            </lead>
        </things>

        """)
  }

  @Test func checkedTextAndNumbers() throws {
    let text = try written { xml in
      xml.start("thing")
      xml.attribute("number", number: -42)
      try xml.attribute("ref", nil)
      try xml.attribute("empty", "")
      let value = Array("a\"\n<".utf8)
      value.withUnsafeBufferPointer {
        xml.attribute("note", checked: $0)
        xml.text(checked: $0)
      }
      // Its tag is closed: no attribute can follow.
      try xml.attribute("late", "x")
    }
    #expect(text.hasSuffix("\n<thing number=\"-42\" empty=\"\" note=\"a&quot;&#10;&lt;\">a\"\n&lt;</thing>\n"))
  }
}
