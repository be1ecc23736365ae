import AtomicFiles
import Deadlines
import Foundation
import Localization
import Testing
import Validator

@testable import Catalog
@testable import Interchange

/// A column is declared once: columns that only this test declares, one of each kind, travel through every format, through
/// import and validation. Nothing but the declaration and the XSD has them.
@Suite struct SchemaTests {
  /// A kind, a valid value of it and its form in JSON, and an invalid value, where there is one.
  private static let kinds: [(name: String, kind: ValueKind, value: String, json: String, invalid: String?)] = [
    ("x_text", .text, "甲\u{4E59}, \"丙\"", #""甲乙, \"丙\"""#, nil),
    ("x_sentence", .sentence, "一、二。", #""一、二。""#, nil),
    ("x_subject", .subject, "2-001..2-003", #""2-001..2-003""#, nil),
    ("x_identifier", .identifier, "a-1", #""a-1""#, "A 1"),
    ("x_prefix", .prefix, "9Z", #""9Z""#, "甲"),
    ("x_code", .code, "licence", #""licence""#, "许可"),
    ("x_matter_id", .matterID, "2-037", #""2-037""#, "2_037"),
    ("x_names", .names, "甲;乙", #"["甲", "乙"]"#, nil),
    ("x_number", .number(from: 1), "37", "37", "零"),
    ("x_count", .count, "50+1", #""50+1""#, "约50"),
    ("x_day", .day, "2023-01-31", #""2023-01-31""#, "31/1/2023"),
    ("x_period", .period, "P1M", #""P1M""#, "30天"),
    ("x_audience", .audience, "individual", #""individual""#, nil),
    ("x_audiences", .audiences, "individual;enterprise", #"["individual", "enterprise"]"#, nil),
    ("x_level", .level, "county", #""county""#, "village"),
    ("x_state", .state, "suspended", #""suspended""#, "stopped"),
    ("x_credit_code", .creditCode, "11000000MB1234567Q", #""11000000MB1234567Q""#, "11000000MB123456IQ"),
    ("x_catalog_code", .catalogCode, "000101001000", #""000101001000""#, "00010100100"),
    (
      "x_task_code", .taskCode, "11000000MB1234567Q3000101001000", #""11000000MB1234567Q3000101001000""#,
      "11000000MB1234567Q000101001000"
    ),
    ("x_deliverables", .deliverables, "plan;single_submission", #"["plan", "single_submission"]"#, "plans"),
    ("x_flag", .flag, "yes", "true", "maybe"),
    ("x_deadline", .deadline, "2022年12月底", #""2022年12月底""#, nil),
    ("x_departments", .departments, "市公安局、市民政局", #""市公安局、市民政局""#, nil),
    ("x_approvals", .approvals, "营业执照", #""营业执照""#, nil),
    ("x_reference", .reference(to: .departments), "public-security", #""public-security""#, nil),
  ]

  private static func column(_ name: String, _ kind: ValueKind, _ index: Int) -> Column {
    Column(
      name, zh: "列\(index)", kind, xml: placement(kind, index),
      about: LocalizedText(zh: "测试用列。", en: "A column of a test."))
  }

  /// Attributes and elements in turn; several texts are elements.
  private static func placement(_ kind: ValueKind, _ index: Int) -> Column.XMLPlacement {
    switch kind {
    case .names, .audiences, .deliverables: .elements("x\(index)")
    default: index.isMultiple(of: 2) ? .attribute : .element
    }
  }

  private static let schema: CatalogSchema = {
    var schema = CatalogSchema.standard
    for (index, extra) in kinds.enumerated() {
      schema.departments.fields.append(
        .extra(
          extra.name, zh: "列\(index)", extra.kind, xml: placement(extra.kind, index),
          about: LocalizedText(zh: "测试用列。", en: "A column of a test.")))
      var column = column(extra.name, extra.kind, index)
      // Within matters and items several texts are one element.
      if case .elements = column.xml { column.xml = .element }
      schema.extraMatterColumns.append(column)
      schema.extraItemColumns.append(column)
    }
    return schema
  }()

  /// The XSD that is built in, with the columns of the test.
  private static func format() throws -> DocumentFormat {
    var xsd = try String(contentsOfFile: XMLCase.root + "/schemas/service-catalog.xsd", encoding: .utf8)
    func add(_ columns: [Column], elementsAfter element: String, attributesBefore attribute: String) throws {
      var elements = ""
      var attributes = ""
      for column in columns {
        switch column.xml {
        case .attribute: attributes += "<xs:attribute name=\"\(column.documentName)\" type=\"xs:string\"/>"
        case .elements(let name):
          elements += "<xs:element name=\"\(name)\" type=\"xs:string\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>"
        default: elements += "<xs:element name=\"\(column.documentName)\" type=\"xs:string\" minOccurs=\"0\"/>"
        }
      }
      let end = try #require(xsd.range(of: element), "\(element)")
      xsd.replaceSubrange(end, with: element + elements)
      let start = try #require(xsd.range(of: attribute), "\(attribute)")
      xsd.replaceSubrange(start, with: attributes + attribute)
    }
    try add(
      Array(schema.columns(.departments).suffix(kinds.count)),
      elementsAfter: """
        <xs:documentation xml:lang="en">Other names, one element for each.</xs:documentation>
                      </xs:annotation>
                    </xs:element>
        """,
      attributesBefore: "<xs:attribute name=\"kind\" type=\"kind\"/>")
    try add(
      Array(schema.extraMatterColumns.suffix(kinds.count)),
      elementsAfter: """
        <xs:documentation xml:lang="en">The theme as printed.</xs:documentation>
                </xs:annotation>
              </xs:element>
        """,
      attributesBefore: "<xs:attribute name=\"status\">")
    try add(
      Array(schema.extraItemColumns.suffix(kinds.count)),
      elementsAfter: """
        <xs:documentation xml:lang="en">The responsible departments.</xs:documentation>
                </xs:annotation>
              </xs:element>
        """,
      attributesBefore: "<xs:attribute name=\"sharedFrom\" type=\"matterId\">")
    return try DocumentFormat(schema: schema, xsd: Array(xsd.utf8))
  }

  /// A folder whose first department, matter and item have a value in every column of the test.
  private static func files(_ value: (Int) -> String) throws -> [String: [UInt8]] {
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let names = kinds.map(\.name).joined(separator: ",")
    let values = kinds.indices.map { quoted(value($0)) }.joined(separator: ",")
    let none = String(repeating: ",", count: kinds.count - 1)
    var files: [String: [UInt8]] = [
      "matters.csv": Array(
        """
        id,list,number,audience,name,lead,deadline,remark,includes,placeholder,\(names)
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,,,\(values)
        2-002,second,2,individual,企业职工退休,市人社局,2022年12月底,,,,\(none)

        """.utf8),
      "items.csv": Array(
        """
        matter,number,name,responsible,shared,\(names)
        2-001,1,就业登记,人社部门,,\(values)
        2-001,2,社会保险费申报,税务部门,,\(none)

        """.utf8),
    ]
    for kind in [TableKind.notices, .lists, .approvals] {
      files[kind.fileName] = FolderReader.builtInFile(kind.fileName)
    }
    let departments = String(decoding: FolderReader.builtInFile("departments.csv") ?? [], as: UTF8.self)
    var lines = departments.split(separator: "\n").map(String.init)
    for index in lines.indices { lines[index] += "," + (index == 0 ? names : index == 1 ? values : none) }
    files["departments.csv"] = Array((lines.joined(separator: "\n") + "\n").utf8)
    return files
  }

  private static func read(_ files: [String: [UInt8]]) -> Catalog {
    FolderReader.read(named: "folder", files: files, schema: schema)
  }

  /// The texts of the test's columns in the first department, matter and item.
  private static func texts(_ catalog: Catalog) throws -> [[String]] {
    let department = try #require(catalog.departments.first)
    let matter = try #require(catalog.matters.first)
    let item = try #require(catalog.items.first)
    return [
      Array(catalog.schema.departments.cells(of: department).suffix(kinds.count)),
      kinds.indices.map { catalog.extra(matter, matterOffset + $0) },
      kinds.indices.map { catalog.extra(item, itemOffset + $0) },
    ]
  }

  /// The test's columns follow those of the standard schema.
  private static let matterOffset = CatalogSchema.standard.extraMatterColumns.count
  private static let itemOffset = CatalogSchema.standard.extraItemColumns.count

  private static let expected = kinds.map(\.value)

  private func catalog() throws -> Catalog { Self.read(try Self.files { Self.kinds[$0].value }) }

  @Test func namesOfElementsAreThoseOfTheirCases() {
    #expect(DocumentFormat.Word.names == DocumentFormat.Word.allCases.map { "\($0)" })
  }

  @Test func valuesAreReadFromTables() throws {
    let catalog = try catalog()
    #expect(catalog.issues.isEmpty, "\(catalog.issues.map(\.kind))")
    for texts in try Self.texts(catalog) { #expect(texts == Self.expected) }
  }

  @Test func tablesGiveTheSameBytes() throws {
    let catalog = try catalog()
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      files[kind.fileName] = try bytes { try FolderWriter.writeTable(kind, of: catalog, to: $0) }
    }
    let again = Self.read(files)
    for texts in try Self.texts(again) { #expect(texts == Self.expected) }
    for kind in TableKind.allCases {
      #expect(try bytes { try FolderWriter.writeTable(kind, of: again, to: $0) } == files[kind.fileName], "\(kind)")
    }
  }

  @Test func documentsCarryThem() throws {
    let catalog = try catalog()
    let document = try bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) }
    let back = XMLCatalogReader.read(named: "export.xml", Bytes(document), format: try Self.format())
    #expect(back.issues.isEmpty, "\(back.issues)")
    for texts in try Self.texts(back) { #expect(texts == Self.expected) }
    #expect(try bytes { try ExportRequest(back, as: .xml()).write(to: $0) } == document)
  }

  @Test func jsonHasThemAsTheirKindsAreWritten() throws {
    let text = try text { try ExportRequest(try catalog(), as: .json).write(to: $0) }
    for (index, extra) in Self.kinds.enumerated() {
      let key = Self.schema.extraMatterColumns[Self.matterOffset + index].documentName
      let count = text.ranges(of: "\"\(key)\": \(extra.json)").count
      #expect(count == 3, "\(key): a department, a matter and an item have it")
    }
  }

  @Test func flatListsCarryThem() throws {
    let catalog = try catalog()
    let list = try bytes { try ExportRequest(catalog, as: .flatCSV()).write(to: $0) }
    let back = CSVListReader.read(
      file: "list.csv", bytes: Bytes(list), base: catalog, options: CSVListOptions(isImport: true))
    #expect(back.issues.isEmpty, "\(back.issues)")
    for texts in try Self.texts(back) { #expect(texts == Self.expected) }
  }

  @Test func anImportBringsThemIntoAFolder() throws {
    let empty = Self.read(try Self.files { _ in "" })
    let plan = ImportMerge(folder: empty, file: try catalog(), isNew: false, options: ImportOptions()).plan()
    #expect(plan.obstacles.isEmpty)
    for texts in try Self.texts(plan.result) { #expect(texts == Self.expected) }
    let changed = plan.entries.first { $0.status == .changed }?.changes ?? []
    #expect(changed.count == 2 * Self.kinds.count)
    #expect(plan.registers.first?.cells.map(\.column) == Self.kinds.map(\.name))
    // The official layout has none of them: what the folder has stays.
    let official = try bytes { try ExportRequest(try catalog(), Selection(list: 1), as: .officialCSV()).write(to: $0) }
    let folder = try catalog()
    let list = CSVListReader.read(
      file: "list.csv", bytes: Bytes(official), base: folder, options: CSVListOptions(list: "second", isImport: true))
    let again = ImportMerge(folder: folder, file: list, isNew: false, options: ImportOptions()).plan()
    #expect(again.entries.allSatisfy { $0.status == .unchanged })
    for texts in try Self.texts(again.result) { #expect(texts == Self.expected) }
  }

  @Test func invalidValuesAreReportedAtTheirCells() throws {
    let invalid = Self.kinds.indices.filter { Self.kinds[$0].invalid != nil }
    let catalog = Self.read(try Self.files { Self.kinds[$0].invalid ?? "" })
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.only = ["malformed-value"]
    let findings = Validation(catalog, options: options).findings
    for table in ["departments", "matters", "items"] {
      let found = findings.filter { $0.location?.file == "folder/\(table).csv" }
      #expect(found.map { $0.location?.line } == invalid.map { _ in 2 }, "\(table)")
      for (finding, index) in zip(found, invalid) {
        #expect(finding.message.en.contains("`\(Self.kinds[index].name)`"), "\(finding.message.en)")
      }
    }
  }

  /// Values as people write them are read as what they mean, in every table, and leave in their normal form.
  @Test func looseFormsAreReadAndReported() throws {
    let loose = [
      "x_number": "３７", "x_count": "50＋1 项", "x_day": "2023年1月31日", "x_period": "1个月", "x_audience": "自然人",
      "x_audiences": "自然人、企业", "x_deliverables": "plan，一次提交", "x_flag": "TRUE", "x_state": "Suspended",
      "x_credit_code": "11000000mb1234567q", "x_catalog_code": "０００１０１ 001000",
      "x_task_code": "11000000MB1234567Q 3 000101001000",
    ]
    let normal = [
      "x_number": "37", "x_count": "50+1", "x_day": "2023-01-31", "x_period": "P1M", "x_audience": "individual",
      "x_audiences": "individual;enterprise", "x_deliverables": "plan;single_submission", "x_flag": "yes",
      "x_state": "suspended", "x_credit_code": "11000000MB1234567Q", "x_catalog_code": "000101001000",
      "x_task_code": "11000000MB1234567Q3000101001000",
    ]
    let catalog = Self.read(try Self.files { loose[Self.kinds[$0].name] ?? "" })
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.only = ["malformed-value", "loose-form"]
    let findings = Validation(catalog, options: options).findings
    #expect(findings.count == 3 * loose.count && findings.allSatisfy { $0.rule == "loose-form" })
    for finding in findings {
      let name = try #require(normal.keys.first { finding.message.en.contains("`\($0)`") })
      #expect(finding.message.en.contains("“\(normal[name] ?? "")”"), "\(finding.message.en)")
    }
    let matter = try #require(catalog.matters.first)
    let item = try #require(catalog.items.first)
    for kind in Self.kinds where normal[kind.name] != nil {
      let ofMatters = try #require(catalog.schema.extraMatterColumns.firstIndex { $0.name == kind.name })
      let ofItems = try #require(catalog.schema.extraItemColumns.firstIndex { $0.name == kind.name })
      #expect(catalog.extra(matter, ofMatters) == normal[kind.name])
      #expect(catalog.extra(item, ofItems) == normal[kind.name])
      #expect(catalog.departments.first?.extra[kind.name] == normal[kind.name])
    }
  }

  @Test func referencesAndTextsAreJudgedByTheirKinds() throws {
    let reference = Self.kinds.firstIndex { $0.name == "x_reference" }
    let text = Self.kinds.firstIndex { $0.name == "x_text" }
    let catalog = Self.read(try Self.files { $0 == reference ? "nobody" : $0 == text ? "甲 乙" : "" })
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.only = ["unknown-department", "stray-space"]
    let findings = Validation(catalog, options: options).findings.filter {
      $0.location?.file == "folder/departments.csv"
    }
    #expect(findings.map(\.rule).sorted() == ["stray-space", "unknown-department"])
  }

  /// A character that XML cannot hold is reported in them, as the export refuses it.
  @Test func textsThatNoDocumentHoldsAreReported() throws {
    let text = Self.kinds.firstIndex { $0.name == "x_text" }
    let catalog = Self.read(try Self.files { $0 == text ? "甲\u{07}" : "" })
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.only = ["unexportable-text"]
    let findings = Validation(catalog, options: options).findings
    let files = ["matters", "items", "departments"].map { "folder/\($0).csv" }
    #expect(findings.map { $0.location?.file } == files)
    #expect(throws: ExportRefusal.self) { try ExportRequest(catalog, as: .xml()) }
  }
}
