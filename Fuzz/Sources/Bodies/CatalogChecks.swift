import AtomicFiles
import Catalog
import Deadlines
import FoundationEssentials
import Interchange
import Localization
import Reports
import Validator
import XMLFormat

/// What holds for every catalog, however it was read.
enum CatalogChecks {
  /// Runs every rule over the catalog, and checks findings, positions and one of the reports.
  static func checkReports(_ catalog: Catalog, day: Day, _ choices: Choices) throws {
    try check(catalog)
    var options = ValidationOptions(day: day)
    options.appliesWaivers = !choices.bit(4)
    options.cap = choices.bit(5) ? 3 : 1000
    let validation = Validation(catalog, options: options)
    try expect(validation.isUnreadable == catalog.isUnreadable, "isUnreadable")
    for count in validation.counts {
      try expect(count.open + count.waived >= count.kept, "\(count.rule): \(count.open) open, \(count.kept) kept")
    }
    for finding in validation.findings {
      for language in Language.allCases {
        try expect(!finding.message[language].isEmpty, "\(finding.rule) has no message")
        try expect(!finding.fix[language].isEmpty, "\(finding.rule) has no fix")
      }
      if let location = finding.location { try check(location, finding.rule) }
      for related in finding.related { if let location = related.location { try check(location, finding.rule) } }
    }
    try positions(catalog)
    try reports(validation, turn: choices.turn)
  }

  private static func check(_ location: Location, _ rule: String) throws {
    try expect(location.line.map { $0 >= 1 } ?? true, "\(rule): line \(location.line ?? 0)")
    try expect(location.column.map { $0 >= 1 } ?? true, "\(rule): column \(location.column ?? 0)")
    try expect(location.length.map { $0 >= 0 } ?? true, "\(rule): length \(location.length ?? 0)")
  }

  /// The arrays fit together.
  private static func check(_ catalog: Catalog) throws {
    for (index, matter) in catalog.matters.enumerated() {
      try expect(matter.index == index, "matter \(index) has the index \(matter.index)")
      try expect(
        matter.items.lowerBound >= 0 && matter.items.upperBound <= catalog.items.count, "items of matter \(index)")
      try expect(matter.list.map { catalog.lists.indices.contains($0) } ?? true, "list of matter \(index)")
      try expect(matter.includes.map { catalog.matters.indices.contains($0) } ?? true, "includes of matter \(index)")
      for item in catalog.items(of: matter) { try expect(item.matter == index, "an item of matter \(index)") }
      _ = catalog.effectiveItems(of: matter)
    }
    for (index, item) in catalog.items.enumerated() {
      try expect(item.index == index, "item \(index) has the index \(item.index)")
      try expect(item.matter.map { catalog.matters[$0].items.contains(index) } ?? true, "matter of item \(index)")
    }
    for issue in catalog.issues {
      try expect(issue.matter.map { catalog.matters.indices.contains($0) } ?? true, "matter of an issue")
    }
  }

  private static func positions(_ catalog: Catalog) throws {
    let locator = Locator(catalog)
    for issue in catalog.issues.prefix(200) {
      if let found = locator.locate(issue.position) { try check(found, "issue") }
    }
    for matter in catalog.matters.prefix(20) {
      if let found = locator.locate(catalog.position(matter)) { try check(found, "matter") }
      for column in MatterColumn.allCases {
        if let found = locator.locate(catalog.position(matter, column)) { try check(found, "matter \(column)") }
      }
    }
    for item in catalog.items.prefix(20) {
      for column in ItemColumn.allCases {
        if let found = locator.locate(catalog.position(item, column)) { try check(found, "item \(column)") }
      }
    }
    for offset in [-1, 0, 1, 1000, Int.max] {
      for source in [-1, 0, catalog.sources.count] {
        var candidates = [
          SourcePosition.byte(source: source, table: .matters, offset: offset),
          .file(source: source, table: .matters),
        ]
        if offset == 0 || offset == 1 {
          candidates.append(.row(source: source, table: .matters, offset: offset))
          for column in [0, 3, Int(Int16.max)] {
            candidates.append(.cell(source: source, table: .matters, column: column, row: offset))
          }
        }
        for candidate in candidates { _ = locator.locate(candidate) }
      }
    }
  }

  // MARK: Reports

  static func bytes(_ body: (ByteWriter) throws -> Void) throws -> [UInt8] {
    let writer = ByteWriter.memory()
    try body(writer)
    return writer.bytes
  }

  /// Checks one report in one language. The input decides which, so that many inputs are tried in a second.
  private static func reports(_ validation: Validation, turn: Int) throws {
    let language: Language = turn & 1 == 0 ? .chinese : .english
    switch turn >> 1 & 7 {
    case 0, 1:
      let text = try bytes { try FindingsText.write(validation, language: language, showsWaived: true, to: $0) }
      try isPrintable(text, "the text report")
    case 2:
      _ = try bytes {
        try FindingsText.write(validation, language: language, style: TextStyle(hasColor: true, width: 60), to: $0)
      }
    case 3:
      try isJSON(
        try bytes { try FindingsSARIF.write(validation, language: language, version: "1.0", to: $0) }, "SARIF")
    case 4:
      try isPrintable(
        try bytes { try FindingsGitHub.write(validation, language: language, to: $0) }, "the GitHub report")
    case 5:
      try isXML(try bytes { try FindingsJUnit.write(validation, language: language, to: $0) }, "JUnit", "testsuites")
    default:
      try isJSON(try bytes { try FindingsJSON.write(validation, language: language, to: $0) }, "the JSON report")
    }
  }

  static func isPrintable(_ bytes: [UInt8], _ what: String) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Violation(description: "\(what) is not UTF-8")
    }
    if let scalar = text.unicodeScalars.first(where: { $0 != "\n" && VisibleText.isHidden($0) }) {
      throw Violation(description: "\(what) holds U+\(String(scalar.value, radix: 16))")
    }
  }

  private struct Anything: Decodable {}

  static func isJSON(_ bytes: [UInt8], _ what: String) throws {
    try expect(String(validating: bytes, as: UTF8.self) != nil, "\(what) is not UTF-8")
    do {
      _ = try JSONDecoder().decode(Anything.self, from: Data(bytes))
    } catch {
      throw Violation(description: "\(what) is not JSON: \(error)")
    }
  }

  private final class IgnoringHandler: XMLHandler {
    func start(_ element: borrowing XMLElement) throws(XMLStop) {}
    func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {}
  }

  private static func isXML(_ bytes: [UInt8], _ what: String, _ root: String) throws {
    // The reader requires a namespace.
    let text = String(decoding: bytes, as: UTF8.self).replacing(
      "<\(root)", with: "<\(root) xmlns=\"urn:x\"", maxReplacements: 1)
    let reader = XMLReader(format: XMLVocabulary(namespace: "urn:x", root: root, names: []), schema: nil)
    let report = reader.read(Bytes(Array(text.utf8)), into: IgnoringHandler())
    try expect(report.isValid, "\(what) is not well-formed XML: \(report.problems.map(\.explanation.en))")
  }

  // MARK: Written forms

  /// The tables of a catalog in their standard form, by file name.
  static func tables(_ catalog: Catalog) throws -> [String: [UInt8]] {
    var out: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      out[kind.fileName] = try bytes { try FolderWriter.writeTable(kind, of: catalog, to: $0) }
    }
    return out
  }

  /// The table without empty rows: a row of which nothing but its position is known is written as one, and not read
  /// back.
  private static func filled(_ table: [UInt8]?) -> String {
    let lines = String(decoding: table ?? [], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    // A table may lack columns of the schema, and have further ones.
    let emptyRow = String(repeating: ",", count: lines.first?.count { $0 == "," } ?? 0)
    return lines.filter { $0.isEmpty || $0 != emptyRow }.joined(separator: "\n")
  }

  static func same(_ a: [String: [UInt8]], _ b: [String: [UInt8]], _ what: String) throws {
    for kind in TableKind.allCases where filled(a[kind.fileName]) != filled(b[kind.fileName]) {
      let before = String(decoding: a[kind.fileName] ?? [], as: UTF8.self)
      let after = String(decoding: b[kind.fileName] ?? [], as: UTF8.self)
      throw Violation(
        description: "\(what): \(kind.fileName) was\n\(before.debugDescription)\nand is\n\(after.debugDescription)")
    }
  }

  /// Checks that a folder that is read in pieces is that which is read whole: texts, issues and where they are.
  static func sameReading(_ whole: Catalog, _ pieced: Catalog) throws {
    try same(try tables(whole), try tables(pieced), "in pieces")
    func issues(_ catalog: Catalog) -> [String] {
      let locator = Locator(catalog)
      return catalog.issues.map { issue in
        "\(issue.kind) \(issue.subject ?? "") \(locator.locate(issue.position)?.address(in: .english) ?? "")"
      }
    }
    try expect(issues(whole) == issues(pieced), "read in pieces, the folder has other issues")
  }

  /// Checks that what is written is read back the same: tables, XML, JSON, and both layouts of CSV.
  static func checkExports(_ catalog: Catalog, _ choices: Choices) throws {
    guard !catalog.isUnreadable else { return }
    let tables = try tables(catalog)
    // A table with a NUL in it is not read as text.
    if !tables.values.contains(where: { $0.contains(0) }) {
      let again = FolderReader.read(named: "catalog", files: tables, schema: catalog.schema)
      try same(tables, try CatalogChecks.tables(again), "folder")
    }
    switch choices.turn >> 4 & 3 {
    case 0:
      if let request = try? ExportRequest(catalog, as: .json) {
        try isJSON(try bytes { try request.write(to: $0) }, "the JSON export")
      }
    case 1: try flat(catalog, tables)
    case 2:
      for list in catalog.lists.indices.prefix(4) {
        _ = try? bytes { try ExportRequest(catalog, Selection(list: list), as: .officialCSV()).write(to: $0) }
      }
    default: break
    }
    do {
      let expands = choices.turn & 0x40 != 0
      guard let document = try exported(catalog, expands: expands) else { return }
      let back = XMLCatalogReader.read(named: "export.xml", Bytes(document))
      for issue in back.issues {
        switch issue.kind {
        case .schema(let words, _):
          throw Violation(description: "the export is not valid: \(words.en)\n\(shown(document))")
        case .malformedXML(let words, _), .unreadable(let words, _):
          throw Violation(description: "the export is not well-formed XML: \(words.en)\n\(shown(document))")
        case .refusedDoctype: throw Violation(description: "the export has a DOCTYPE")
        default: break
        }
      }
      let second = try exported(back, expands: expands)
      try expect(
        second == document, "the export was\n\(shown(document))\nand is\n\(second.map(shown) ?? "not written")")
      let read = try CatalogChecks.tables(back)
      for kind in namesOwnMatters(catalog) ? [TableKind.matters, .items] : [.matters] {
        try expect(
          filled(read[kind.fileName]) == filled(tables[kind.fileName]),
          "\(kind) were\n\(shown(tables[kind.fileName] ?? []))\nand are\n\(shown(read[kind.fileName] ?? []))")
      }
    }
  }

  /// Whether the items name their matters by the id that these have. An item of a matter with a mistaken id may name the id
  /// that is meant; where it stands within its matter, it gets the mistaken one.
  private static func namesOwnMatters(_ catalog: Catalog) -> Bool {
    catalog.items.allSatisfy { item in
      item.matter.map { catalog.id(catalog.matters[$0]) == catalog.text(item.matterID) } ?? true
    }
  }

  /// Checks that a catalog without reading issues comes back from the flat layout.
  private static func flat(_ catalog: Catalog, _ tables: [String: [UInt8]]) throws {
    let list: [UInt8]
    do {
      list = try bytes { try ExportRequest(catalog, as: .flatCSV()).write(to: $0) }
    } catch let error as ExportRefusal {
      // A row of which nothing is known cannot be written in a list.
      try expect(!error.explanation.zh.isEmpty && !error.explanation.en.isEmpty, "no explanation")
      return
    }
    let back = CSVListReader.read(
      file: "flat.csv", bytes: Bytes(list), base: catalog, options: CSVListOptions(isImport: true))
    guard catalog.issues.isEmpty, Set(catalog.matters.map(\.id)).count == catalog.matters.count,
      catalog.items.allSatisfy({ $0.matter != nil })
    else { return }
    // What cannot be read for certain is an issue.
    guard back.issues.isEmpty else { return }
    let read = try CatalogChecks.tables(back)
    for kind in namesOwnMatters(catalog) ? [TableKind.matters, .items] : [.matters] {
      try expect(
        read[kind.fileName] == tables[kind.fileName],
        "flat: \(kind) were\n\(shown(tables[kind.fileName] ?? []))\nand are\n\(shown(read[kind.fileName] ?? []))")
    }
  }

  private static func exported(_ catalog: Catalog, expands: Bool) throws -> [UInt8]? {
    do {
      return try bytes { try ExportRequest(catalog, as: .xml(isExpanded: expands)).write(to: $0) }
    } catch let error as ExportRefusal {
      try expect(!error.explanation.zh.isEmpty && !error.explanation.en.isEmpty, "no explanation")
      return nil
    }
  }

  private static func shown(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
