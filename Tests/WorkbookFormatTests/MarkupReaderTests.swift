import AtomicFiles
import Testing

@testable import WorkbookFormat

/// Documents are cut into tags and texts without a byte lost, wherever the pieces that are read end.
@Suite struct MarkupReaderTests {
  private static let document = """
    <?xml version="1.0"?><!-- a > b --><x:a xmlns:x='u' n="1>2"><c r="B3" s='7'/>t&amp;<![CDATA[<q>]]><d>é\
    </d  ></x:a>
    """

  private func pieces(_ text: String, step: Int) -> (pieces: [String], bytes: [UInt8], isBroken: Bool) {
    let bytes = Array(text.utf8)
    var offset = 0
    var reader = MarkupReader { buffer in
      let count = min(step, buffer.count, bytes.count - offset)
      buffer.copyBytes(from: bytes[offset..<(offset + count)])
      offset += count
      return count
    }
    var pieces: [String] = []
    var joined: [UInt8] = []
    while let piece = reader.next() {
      pieces.append("\(piece.kind) " + String(decoding: piece.bytes, as: UTF8.self))
      joined += piece.bytes
    }
    return (pieces, joined, reader.isBroken)
  }

  @Test func piecesAreTheDocument() {
    let whole = pieces(Self.document, step: 10_000).pieces
    #expect(
      whole == [
        "other <?xml version=\"1.0\"?>", "other <!-- a > b -->", "start <x:a xmlns:x='u' n=\"1>2\">",
        "empty <c r=\"B3\" s='7'/>", "text t&amp;", "other <![CDATA[<q>]]>", "start <d>", "text é", "end </d  >",
        "end </x:a>",
      ])
    for step in 1...40 {
      let (found, joined, isBroken) = pieces(Self.document, step: step)
      #expect(joined == Array(Self.document.utf8) && !isBroken, "step \(step)")
      #expect(found.filter { !$0.hasPrefix("text") } == whole.filter { !$0.hasPrefix("text") }, "step \(step)")
    }
  }

  @Test(arguments: ["<a", "<a n=\"", "<!-- ", "<![CDATA[ ]]", "<?xml", "x<"]) func cutTagsAreBroken(text: String) {
    #expect(pieces(text, step: 3).isBroken)
  }

  @Test func attributesAreSetInPlace() {
    func set(_ tag: String, isOpened: Bool = false) -> String {
      let out = ByteBuffer()
      var text = tag
      text.withUTF8 { MarkupTag($0).append(setting: "s", to: "9", isOpened: isOpened, out) }
      return out.text
    }
    #expect(set("<c r='B3' s='7'/>") == "<c r='B3' s='9'/>")
    #expect(set("<x:c>") == "<x:c s=\"9\">")
    #expect(set("<c sx=\"1\"/>", isOpened: true) == "<c s=\"9\" sx=\"1\">")
    #expect(set("<c  r = \"B3\"  s = \"\" />", isOpened: true) == "<c  r = \"B3\"  s = \"9\" >")
  }

  @Test func aColourHoldsItsNumber() {
    for level in WorkbookEditor.Level.allCases {
      for number in 0..<512 { #expect(MarkColor.number(in: MarkColor(level, number).fill) == number) }
    }
    for color in ["FFFFC7CE", "FFFFEB9C", "FFD9E1F2", "FFFF0000", "FFFFFF00", "FFE2EFDA"] {
      #expect(MarkColor.number(in: MarkColor.fill(color)) == nil)
    }
  }
}

/// What an edit makes of the parts of a package.
@Suite struct CommentsEditTests {
  private func edit(_ old: String?, _ marks: [(Int, Int, String)]) throws -> (String, CommentsEdit) {
    let buffer = old.map { text in
      let buffer = ByteBuffer()
      buffer.append(text)
      return buffer
    }
    let edit = try CommentsEdit(
      buffer, part: "c", namespace: WorkbookNamespaces.main[0],
      marks: marks.map { WorkbookEditor.Mark(row: $0.0, column: $0.1, level: .error, comment: $0.2) })
    return (edit.content.text, edit)
  }

  /// Whatever texts people have written, a check and its removal leave them as they were.
  @Test func textsOfPeopleStay() throws {
    let head = "<comments xmlns=\"m\"><authors><author>王</author></authors><commentList>"
    let bodies = [
      "<r><t>甲</t></r>", "<r><rPr><b/></rPr><t xml:space=\"preserve\">甲 \n</t></r><r><t>乙&lt;</t></r>",
      "<r><t/></r><r><t>丙</t></r>",
      "<r><t>────</t></r>",
    ]
    for body in bodies {
      let old = head + "<comment ref=\"B2\" authorId=\"0\"><text>\(body)</text></comment></commentList></comments>"
      let (marked, _) = try edit(old, [(1, 1, "错 & 误"), (4, 0, "另一处")])
      #expect(marked.contains(body) && marked.contains("错 &amp; 误") && marked.contains("ref=\"A5\""))
      let (again, _) = try edit(marked, [(1, 1, "错 & 误"), (4, 0, "另一处")])
      #expect(again == marked)
      let (cleared, result) = try edit(marked, [])
      #expect(cleared == old.replacing("</authors>", with: "<author>OneVisit</author></authors>"))
      #expect(result.removed == [CellAddress(row: 4, column: 0)] && result.count == 1)
    }
  }

  @Test func aPlainTextBecomesARun() throws {
    let old = """
      <x:comments xmlns:x="m"><x:authors><x:author/></x:authors><x:commentList><x:comment ref="A1" authorId="0">\
      <x:text><x:t>甲</x:t></x:text></x:comment></x:commentList></x:comments>
      """
    let (marked, _) = try edit(old, [(0, 0, "错")])
    #expect(marked.contains("<x:text><x:r><x:t>甲</x:t></x:r><x:r><x:rPr>"))
    #expect(try edit(marked, []).0.contains("<x:text><x:r><x:t>甲</x:t></x:r></x:text>"))
  }

  /// What a person wrote below the text of a check stays, also where a program has joined the runs.
  @Test func answersStay() throws {
    let (marked, _) = try edit(nil, [(0, 0, "错")])
    let answered = marked.replacing("────</t>", with: "────\n已改正</t>")
    let (cleared, result) = try edit(answered, [])
    #expect(cleared.contains("<t xml:space=\"preserve\">\n已改正</t>") && result.count == 1)
    #expect(!cleared.contains("错"))
  }
}
