import AtomicFiles
import Catalog
import Interchange
import Platform
import Testing
import Validator

@Suite struct XMLReaderTests {
  private static func matter(_ id: String, _ rest: String = "") -> String {
    """
    <matter id="\(id)" list="second" number="1" audience="individual"><name>灵活就业</name>
    <lead choice="all"><department>市人社局</department></lead><deadline>2022年12月底</deadline>\(rest)</matter>
    """
  }

  private static func words(_ issue: ReadingIssue) -> Substring {
    switch issue.kind {
    case .schema(let words, _), .malformedXML(let words, _), .contradiction(let words), .unreadable(let words, _):
      words.zh[...]
    default: ""
    }
  }

  @Test func documentWithoutRegistersUsesBuiltInOnes() throws {
    let catalog = XMLCase.read(XMLCase.document(Self.matter("2-001")))
    #expect(catalog.issues.isEmpty)
    #expect(catalog.departments.count == XMLCase.shipped.departments.count)
    let matter = try #require(catalog.matter(id: "2-001"))
    #expect(catalog.list(of: matter)?.id == "second")
    #expect(catalog.printedDepartments(matter.lead).isResolved)
    // An empty section replaces the built-in register.
    let bare = XMLCase.read(
      XMLCase.document(Self.matter("2-001")).replacing("<matters>", with: "<lists/><departments/><matters>"))
    #expect(bare.departments.isEmpty && bare.approvals.isEmpty && bare.lists.isEmpty)
  }

  /// libxml2 stores line numbers above 65535 separately; they must be right in memory and from a file.
  @Test func linesBeyond65535() throws {
    let blank = String(repeating: "\n", count: 70_000)
    let text = XMLCase.document(blank + Self.matter("2-001") + "\n" + Self.matter("2-002", "<colour/>"))
    try XMLCase.withFile(Array(text.utf8)) { path in
      let catalog = XMLCatalogReader.read(path)
      #expect(catalog.matters.map { catalog.position($0).offset } == [70_003, 70_005])
      #expect(catalog.issues.map(\.position.offset) == [70_006])
      let finding = try #require(XMLCase.findings(catalog).first { $0.rule == "xml-schema" })
      #expect(finding.location?.line == 70_006)
      #expect(finding.location?.excerpt?.contains("<colour/>") == true)
    }
  }

  @Test func schemaErrorsHaveMatterAndLine() throws {
    let text = XMLCase.document(
      Self.matter("2-001") + "\n" + Self.matter("2-002").replacing("number=\"1\"", with: "number=\"007\"") + "\n"
        + Self.matter("2-003", "<item number=\"1\"><name/></item>") + "\n" + Self.matter("2-004"))
    let catalog = XMLCase.read(text)
    #expect(catalog.issues.map(\.subject) == ["2-002", "2-003"])
    #expect(catalog.issues.map(\.position.offset) == [5, 8])
    #expect(Self.words(catalog.issues[0]).contains("2-002"))
    // The problem is reported once, and the rest is read.
    #expect(catalog.matters.count == 4)
    #expect(catalog.matters[1].number == 7)
    #expect(catalog.items.count == 1)
    #expect(catalog.items[0].isUnknown(.name))
    #expect(!catalog.isUnreadable)
  }

  /// A cell that violates the schema is reported once.
  @Test func schemaViolationsAreReportedOnce() throws {
    for flaw in [
      ("number=\"1\"", "number=\"x\""), ("number=\"1\"", ""), ("audience=\"individual\"", "audience=\"个人\""),
      ("list=\"second\"", ""), ("<name>灵活就业</name>", "<name></name>"), ("choice=\"all\"", "choice=\"both\""),
      ("<name>灵活就业</name>", ""), ("<department>市人社局</department>", ""),
    ] {
      let catalog = XMLCase.read(XMLCase.document(Self.matter("2-001").replacing(flaw.0, with: flaw.1)))
      #expect(catalog.issues.count == 1, "\(flaw): \(catalog.issues.map(\.kind))")
      guard case .schema = catalog.issues.first?.kind else {
        Issue.record("\(flaw)")
        continue
      }
    }
  }

  /// A missing optional element is read like an empty cell of a table.
  @Test func missingElementsAreEmptyCells() throws {
    let catalog = XMLCase.read(
      XMLCase.document(
        "<matter id=\"2-001\" list=\"second\" number=\"1\"><name>甲</name><item number=\"1\"><name>乙</name></item></matter>"
      ))
    let missing = catalog.issues.filter { if case .missingValue = $0.kind { true } else { false } }
    #expect(missing.compactMap(\.position.column).sorted() == [3, 3, 5, 6])
  }

  @Test(arguments: [
    ("<lead choice=\"all\"><department ref=\"health\">市公安局</department></lead>", "public-security"),
    ("<lead choice=\"all\"><department ref=\"nowhere\">市公安局</department></lead>", "nowhere"),
    (
      "<lead choice=\"any\" printed=\"市公安局、市民政局\"><department>市公安局</department><department>市民政局</department></lead>",
      "choice"
    ),
    ("<lead choice=\"all\" printed=\"市公安局、市民政局\"><department>市公安局</department></lead>", "2 个部门"),
    ("<deadline due=\"2022-12-30\">2022年12月底</deadline>", "2022-12-31"),
    ("<deadline due=\"2022-12-30\">持续推进</deadline>", "没有截止日"),
    ("<item number=\"1\"><name>营业执照</name><approval ref=\"birth-registration\"/></item>", "business-licence"),
    ("<item number=\"1\"><name>营业执照</name><approval ref=\"nothing\"/></item>", "nothing"),
    ("<includes ref=\"2-037\"/><item number=\"1\" sharedFrom=\"2-038\"><name>营业执照</name></item>", "2-037"),
    ("<item number=\"1\" sharedFrom=\"2-038\"><name>营业执照</name></item>", "没有 includes"),
  ])
  func contradictions(_ content: String, _ words: String) throws {
    let text = XMLCase.document("<matter id=\"2-001\" list=\"second\" number=\"1\"><name>甲</name>\n\(content)</matter>")
    let found = XMLCase.read(text).issues.filter { if case .contradiction = $0.kind { true } else { false } }
    #expect(found.count == 1)
    let issue = try #require(found.first)
    #expect(issue.subject == "2-001")
    #expect(issue.position.offset == 4)
    #expect(Self.words(issue).contains(words), "\(Self.words(issue))")
  }

  /// Every repetition is reported, although it is checked once.
  @Test func contradictionsAreReportedAtEachOccurrence() {
    let lead = "<lead choice=\"all\"><department ref=\"health\">市公安局</department></lead>"
    let matters = (1...3).map {
      "<matter id=\"2-00\($0)\" list=\"second\" number=\"\($0)\"><name>甲</name>\(lead)</matter>"
    }
    let catalog = XMLCase.read(XMLCase.document(matters.joined(separator: "\n")))
    let found = catalog.issues.filter { if case .contradiction = $0.kind { true } else { false } }
    #expect(found.map(\.position.offset) == [3, 4, 5])
  }

  @Test func contradictoryExpandedDocument() throws {
    let flat = String(decoding: try XMLCase.export(XMLCase.shipped, expands: true), as: UTF8.self)
    let item = try #require(flat.firstRange(of: "sharedFrom=\"2-037\">\n        <name>"))
    let changed = String(flat[..<item.upperBound] + "改" + flat[item.upperBound...])
    // Neither its approval nor the item that it is a copy of has the new name.
    let issues = XMLCase.read(changed).issues
    #expect(issues.count == 2)
    #expect(issues.contains { Self.words($0).contains("不一致") })
  }

  // MARK: Broken documents

  @Test(arguments: [
    ("<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.0\"><matters>", "xml-syntax"),
    ("<!DOCTYPE x [<!ENTITY a SYSTEM \"/etc/passwd\">]><x>&a;</x>", "refused-doctype"),
    ("<serviceCatalog version=\"1.0\"><matters/></serviceCatalog>", "unreadable-catalog"),
    (
      "<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"2.0\"><matters/></serviceCatalog>",
      "unreadable-catalog"
    ),
    ("<a/><b/>", "unreadable-catalog"),
    (XMLCase.document("").dropLast() + "<x/>", "xml-syntax"),
    (XMLCase.document("\u{1}"), "xml-syntax"),
    (XMLCase.document("&nothing;"), "xml-syntax"),
  ])
  func brokenDocumentsAreUnreadable(_ text: String, _ rule: String) throws {
    let catalog = XMLCase.read(text)
    #expect(catalog.isUnreadable)
    #expect(try XMLCase.findings(catalog).map(\.rule).contains(rule))
  }

  /// Exports are of version 1.1; documents of 1.0 are read as well, and of an unknown version the message names both.
  @Test func bothVersionsAreRead() throws {
    let current = String(decoding: try XMLCase.export(XMLCase.shipped), as: UTF8.self)
    #expect(current.contains("<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.1\">"))
    let text = XMLCase.document(Self.matter("2-001"))
    for version in ["1.0", "1.1"] {
      let catalog = XMLCase.read(text.replacing("version=\"1.0\"", with: "version=\"\(version)\""))
      #expect(catalog.issues.isEmpty, "\(version): \(catalog.issues)")
      #expect(catalog.matters.count == 1)
    }
    let later = XMLCase.read(text.replacing("version=\"1.0\"", with: "version=\"1.2\""))
    #expect(later.isUnreadable)
    let words = try #require(later.issues.first.map(Self.words))
    #expect(words.contains("“1.2”") && words.contains("“1.1”、“1.0”"), "\(words)")
  }

  @Test func encodings() throws {
    let text = XMLCase.document(Self.matter("2-001"))
    let wide = Array(("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n" + text).utf16)
    func halves(_ unit: UInt16) -> (UInt8, UInt8) {
      (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
    }
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in wide {
      let (low, high) = halves(unit)
      little += [low, high]
      big += [high, low]
    }
    for bytes in [little, big, [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
      try XMLCase.withFile(bytes) { path in
        let catalog = CatalogReader.read(path)
        #expect(catalog.issues.isEmpty, "\(catalog.issues.map(\.kind))")
        #expect(catalog.matters.map { catalog.text($0.name) } == ["灵活就业"])
      }
    }
  }

  // MARK: Recognition of formats

  private func origin(_ bytes: [UInt8]) throws -> String {
    try XMLCase.withFile(bytes) { path in
      let catalog = CatalogReader.read(path)
      return switch catalog.origin {
      case .xml: catalog.isUnreadable ? "unreadable" : "xml"
      case .csv: catalog.isUnreadable ? "unreadable csv" : "csv"
      case .workbook: catalog.isUnreadable ? "unreadable workbook" : "workbook"
      case .folder: "folder"
      case .builtIn: "built-in"
      }
    }
  }

  @Test func formatsAreRecognised() throws {
    let document = Array(XMLCase.document(Self.matter("2-001")).utf8)
    #expect(try origin(document) == "xml")
    #expect(try origin(Array("\n \t\r\n".utf8) + document) == "xml")
    let writer = ByteWriter.memory()
    try ExportRequest(XMLCase.shipped, as: .flatCSV()).write(to: writer)
    #expect(try origin(writer.bytes) == "csv")
    #expect(try origin([]) == "unreadable")
    #expect(try origin(Array("  \n\n".utf8)) == "unreadable")
    #expect(try origin([0x50, 0x4B, 0x03, 0x04, 0, 0]) == "unreadable")
    #expect(try origin([0, 1, 2, 3]) == "unreadable")
    #expect(try origin(Array("only a sentence".utf8)) == "unreadable csv")
    let folder = CatalogReader.read("\(XMLCase.root)/catalog")
    #expect(folder.origin == .folder("\(XMLCase.root)/catalog"))
    #expect(!folder.isUnreadable)
    let nowhere = CatalogReader.read("\(XMLCase.root)/no-such-file")
    #expect(nowhere.isUnreadable)
  }

  /// A pipe can be read only once.
  @Test(arguments: [true, false])
  func pipes(_ isDocument: Bool) throws {
    var bytes = try XMLCase.export(XMLCase.shipped)
    if !isDocument {
      let writer = ByteWriter.memory()
      try ExportRequest(XMLCase.shipped, as: .flatCSV()).write(to: writer)
      bytes = writer.bytes
    }
    try XMLCase.withFile([]) { base in
      let path = base + ".fifo"
      try #require(mkfifo(path, 0o600) == 0)
      defer { unlink(path) }
      let work = PipeWork(path: path, bytes: bytes)
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          let work = Unmanaged<PipeWork>.fromOpaque(context).takeRetainedValue()
          let descriptor = open(work.path, O_WRONLY)
          let writer = ByteWriter(descriptor: descriptor, path: work.path, capacity: 1000)
          try? writer.append(work.bytes)
          try? writer.flush()
          close(descriptor)
          return nil
        }, Unmanaged.passRetained(work).toOpaque())
      let catalog = CatalogReader.read(path)
      pthread_join(thread, nil)
      #expect(!catalog.isUnreadable)
      #expect(catalog.matters.count == XMLCase.shipped.matters.count)
      #expect(catalog.items.count == XMLCase.shipped.items.count)
    }
  }
}

/// The bytes that a thread writes to a pipe.
private final class PipeWork: Sendable {
  let path: String
  let bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
