import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Platform
import Testing
import Validator

/// Helpers of the XML tests.
enum XMLCase {
  static let shipped = FolderReader.builtIn()

  static let root = "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
    separator: "/")

  /// The index of an audience in catalogs that register no others.
  static func audience(_ id: String) -> Int? { AudienceRegister().index(of: id) }

  static func export(
    _ catalog: Catalog, selection: Selection = .everything, expands: Bool = false
  ) throws -> [UInt8] {
    let writer = ByteWriter.memory()
    try ExportRequest(catalog, selection, as: .xml(isExpanded: expands)).write(to: writer)
    return writer.bytes
  }

  static func read(_ bytes: [UInt8]) -> Catalog { XMLCatalogReader.read(named: "test.xml", Bytes(bytes)) }
  static func read(_ text: String) -> Catalog { read(Array(text.utf8)) }

  /// A document with these matters and no registers.
  static func document(_ matters: String) -> String {
    "<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.0\">\n<matters>\n\(matters)\n</matters>\n</serviceCatalog>\n"
  }

  static func findings(_ catalog: Catalog, day: String = "2023-01-15") throws -> [Finding] {
    Validation(catalog, options: ValidationOptions(day: try #require(Day(iso: day)))).findings
  }

  /// Calls `body` with a temporary file that holds `bytes`.
  static func withFile<Value>(_ bytes: [UInt8], _ body: (String) throws -> Value) throws -> Value {
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir)/onevisit-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let writer = ByteWriter(descriptor: descriptor, path: path)
    try writer.append(bytes)
    try writer.flush()
    close(descriptor)
    return try body(path)
  }

  /// The catalog of a folder with these rows and the built-in registers.
  static func catalog(matters: [String] = [], items: [String] = [], tables: [TableKind: [String]] = [:]) throws
    -> Catalog
  {
    try #require(Example(matters: matters, items: items, tables: tables).catalog)
  }
}

/// A catalog as lines of text without positions; equal for equal catalogs.
func dump(_ catalog: Catalog) -> [String] {
  var lines: [String] = []
  for x in catalog.notices { lines.append("\([x.id, x.number, x.title, x.issuer]) \(x.issued.map { "\($0)" } ?? "-")") }
  for x in catalog.lists {
    lines.append(
      "\([x.id, x.prefix, x.notice, x.annex, x.title, x.deadlineHeading, x.remarkHeading]) \(x.announced ?? -1) "
        + "\(x.audiences) \(x.reportMonths ?? -1) \(x.reportBy.map { "\($0)" } ?? "-") \(x.isPartial) "
        + "\(x.deliverables) \(x.region)")
  }
  for x in catalog.regions { lines.append("\([x.id, x.name, x.parent]) \(x.level?.name ?? "-")") }
  for x in catalog.tables.audiences { lines.append("\([x.id, x.name]) \(x.aliases)") }
  for x in catalog.departments { lines.append("\([x.id, x.short, x.full, x.general, x.kind]) \(x.aliases)") }
  for x in catalog.approvals { lines.append("\([x.id, x.name, x.kind, x.competent]) \(x.aliases)") }
  for x in catalog.matters {
    lines.append(
      "\([x.id, x.name, x.lead, x.deadline, x.remark, x.includesID, x.placeholder].map(catalog.text)) "
        + "\(x.list ?? -1) \(x.number ?? -1) \(catalog.audience(of: x)?.id ?? "-") \(x.includes ?? -1) \(x.items)")
  }
  for x in catalog.items {
    lines.append(
      "\([x.matterID, x.name, x.responsible].map(catalog.text)) \(x.number ?? -1) \(x.isShared) \(x.matter ?? -1)")
  }
  for x in catalog.targets {
    lines.append(
      "\([x.id, x.notice, x.list, x.countText, x.afterText, x.deadlineText, x.text]) \(x.audience)")
  }
  for x in catalog.progress { lines.append("\(x.matter) \(x.dates.map { $0.map { "\($0)" } ?? "-" })") }
  for x in catalog.waivers { lines.append("\([x.rule, x.subject, x.reason])") }
  return lines
}
