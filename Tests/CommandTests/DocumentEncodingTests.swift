import Foundation
import TestSupport
import Testing

/// Documents in the encodings that other systems write, through the commands that read them.
@Suite struct DocumentEncodingTests {
  enum Encoding: String, CaseIterable {
    case gb18030 = "GB18030"
    case gbk = "GBK"
    case little = "UTF-16LE"
    case big = "UTF-16BE"
    case marked = "UTF-8"
  }

  /// A document in UTF-8 in another encoding, its declaration with it.
  private static func encode(_ text: String, _ encoding: Encoding, declared: String? = nil) throws -> [UInt8] {
    let name = declared ?? (encoding == .little || encoding == .big ? "UTF-16" : encoding.rawValue)
    let text = text.replacingFirst("encoding=\"UTF-8\"", with: "encoding=\"\(name)\"")
    let units = Array(text.utf16)
    return switch encoding {
    case .gb18030, .gbk: try TestSupport.gb18030(text)
    case .little: [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .big: [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .marked: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    }
  }

  /// Findings with their positions and the lines that are shown, the file's own name left out.
  private func reported(_ catalog: CatalogFolder, _ file: String, status: Int) throws -> String {
    let outcome = try catalog.run(
      "validate", file, "--as-of", CatalogFolder.day, "--language", "zh", "--max-findings", "0", "--no-waivers")
    #expect(outcome.status == status, "\(file): \(outcome.errors)")
    return outcome.output.replacingOccurrences(of: file, with: "FILE")
  }

  @Test(arguments: Encoding.allCases)
  func catalogIsTheSameInEveryEncoding(_ encoding: Encoding) throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    let plain = try catalog.run("export", "xml").output
    try Data(plain.utf8).write(to: catalog.folder.appending(path: "plain.xml"))
    try Data(Self.encode(plain, encoding)).write(to: catalog.folder.appending(path: "other.xml"))
    #expect(try reported(catalog, "other.xml", status: 0) == reported(catalog, "plain.xml", status: 0))
    #expect(try catalog.run("export", "xml", "--catalog", "other.xml").output == plain)
    let same = try catalog.run("import", "other.xml", "--into", "catalog", "--replace")
    #expect(same.status == 0 && same.errors.contains("catalog: nothing changed."), "\(same.errors)")
    #expect(try catalog.snapshot() == old)
    #expect(try catalog.run("import", "other.xml", "--into", "new").status == 0)
    for file in ExchangeCommandTests.carried {
      #expect([UInt8](try Data(contentsOf: catalog.folder.appending(path: "new/" + file))) == old[file], "\(file)")
    }
  }

  /// The C library knows many more encodings than the documentation names.
  @Test(arguments: ["UTF-7", "Big5", "Shift_JIS", "EUC-KR", "ISO-8859-1", "UCS-4"])
  func otherEncodingsAreRefused(_ name: String) throws {
    let catalog = try CatalogFolder()
    let plain = try catalog.run("export", "xml").output
    let text = plain.replacingFirst("encoding=\"UTF-8\"", with: "encoding=\"\(name)\"")
    try Data(text.utf8).write(to: catalog.folder.appending(path: "plain.xml"))
    // In UTF-7 ASCII may be left as it is, markup included.
    let convert = name == "UTF-7" ? "cat" : "iconv -f UTF-8 -t '\(name)' -c"
    let outcome = try Program.shell(
      "\(convert) <plain.xml >other.xml; \"$onevisit\" validate other.xml --language en", in: catalog.folder)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("UTF-8"), "\(outcome.output)")
  }

  /// Lines beyond 65,535, where a C `unsigned short` has long run over, are those of the document as it is stored, and
  /// are shown.
  @Test(arguments: Encoding.allCases)
  func lineNumbersFarDown(_ encoding: Encoding) throws {
    let catalog = try CatalogFolder()
    let blank = String(repeating: "\n", count: 70_000)
    let plain = try catalog.run("export", "xml").output
      .replacingFirst("<matters>", with: "<matters>" + blank).replacingFirst("number=\"42\"", with: "number=\"四十二\"")
      .replacingFirst("due=\"2023-06-30\"", with: "due=\"2023-06-29\"")
    let lines = plain.components(separatedBy: "\n")
    try Data(plain.utf8).write(to: catalog.folder.appending(path: "plain.xml"))
    try Data(Self.encode(plain, encoding)).write(to: catalog.folder.appending(path: "other.xml"))
    let reported = try reported(catalog, "other.xml", status: 1)
    #expect(try reported == self.reported(catalog, "plain.xml", status: 1))
    for (rule, word) in [("xml-schema", "四十二"), ("contradictory-reference", "2023-06-29")] {
      let line = try #require(lines.firstIndex { $0.contains(word) }) + 1
      #expect(line > 70_000)
      #expect(reported.contains("\n  \(line)") && reported.contains("[\(rule)]"), "\(rule) \(line)")
      #expect(reported.contains("| " + (lines[line - 1].prefix(30))), "the line itself is shown")
    }
    // Nothing of it is brought in.
    let old = try catalog.snapshot()
    #expect(try catalog.run("import", "other.xml", "--into", "catalog").status == 1)
    #expect(try catalog.snapshot() == old)
  }

  /// The document says one encoding and is in another: that is reported, with the first line where it shows.
  @Test(arguments: [
    (Encoding.gb18030, "UTF-8", 5), (.marked, "GB18030", 5), (.marked, "UTF-16", 1), (.little, "GB18030", 2),
    (.marked, "KLINGON-8", 1),
  ])
  func wrongEncodingDeclaration(_ encoding: Encoding, _ declared: String, _ line: Int) throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    let plain = try catalog.run("export", "xml").output
    var bytes = try Self.encode(plain, encoding, declared: declared)
    if encoding == .marked { bytes.removeFirst(3) }
    try Data(bytes).write(to: catalog.folder.appending(path: "wrong.xml"))
    let report = try Report(catalog.run("validate", "wrong.xml", "--format", "json", "--as-of", CatalogFolder.day))
    #expect(report.outcome.status == 2)
    let reported = report.findings
    #expect(
      reported.map(\.rule) == ["xml-syntax"] && reported.first?.line == line, "\(reported.first?.description ?? "")")
    #expect(reported.first?.message.contains("encoding") == true, "\(reported.first?.message ?? "")")
    let outcome = try catalog.run("import", "wrong.xml", "--into", "catalog", "--add-unknown")
    #expect(outcome.status == 2 && outcome.errors.contains("encoding"), "\(outcome.errors)")
    #expect(try catalog.snapshot() == old)
  }
}
