import AtomicFiles
import Catalog
import Foundation
import Interchange
import TestSupport
import Testing

/// `schemas/` describes every declared column. The XSD is written by hand; the JSON Schema is generated, and
/// `UPDATE_GOLDEN=1` rewrites it.
@Suite struct DocumentSchemaTests {
  /// A catalog in which every declared column has a value: in each table one row, and a second matter for the first to
  /// include.
  private static let catalog = {
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      let columns = kind.columns
      var lines = [columns.map(\.name), columns.map(value)]
      if kind == .matters {
        lines.append(columns.map { $0.name == "id" ? "9-002" : $0.isRequired ? value($0) : "" })
      }
      files[kind.fileName] = Array(lines.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
    }
    return FolderReader.read(named: "folder", files: files)
  }()

  private static func value(_ column: Column) -> String {
    switch column.kind {
    case .text, .departments, .approvals: "x"
    case .sentence: "x。"
    case .identifier: "x-1"
    case .subject, .matterID: "9-001"
    case .prefix: "9"
    case .code: "code"
    case .names: "y;z"
    case .number: "1"
    case .count: "5"
    case .day: "2023-01-31"
    case .period: "P1M"
    case .audience: "individual"
    case .audiences: "individual;enterprise"
    case .level: "county"
    case .state: "in-force"
    case .creditCode: "11000000MB1234567Q"
    case .catalogCode: "000101001000"
    case .taskCode: "11000000MB1234567Q3000101001000"
    case .deliverables: "guide;form"
    case .flag: "yes"
    case .deadline: "2022年12月底"
    case .reference(to: .matters): column.name == "includes" ? "9-002" : "9-001"
    case .reference: "x-1"
    }
  }

  /// An XML export of it fits the XSD and is read back with every value.
  @Test func xsdHasEveryColumn() throws {
    let catalog = Self.catalog
    try #require(catalog.issues.isEmpty, "\(catalog.issues)")
    let document = try bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) }
    let back = XMLCatalogReader.read(named: "export.xml", Bytes(document))
    #expect(back.issues.isEmpty, "add the column to schemas/service-catalog.xsd: \(back.issues)")
    for kind in TableKind.allCases {
      let table = try bytes { try FolderWriter.writeTable(kind, of: catalog, to: $0) }
      #expect(try bytes { try FolderWriter.writeTable(kind, of: back, to: $0) } == table, "\(kind)")
    }
  }

  @Test func jsonSchemaIsUpToDate() throws {
    let schema = try bytes { try CatalogJSONSchema.write(.standard, to: $0) }
    try GoldenFiles("schemas").check(schema, "catalog.schema.json")
  }

  /// The objects of an export have the properties that the JSON Schema requires and allows, in its order.
  @Test func jsonSchemaHasEveryKey() throws {
    let schema = try object(try bytes { try CatalogJSONSchema.write(.standard, to: $0) })
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    let export = try object(try bytes { try ExportRequest(Self.catalog, as: .json).write(to: $0) })
    #expect(Set(export.keys) == Set(try #require(schema["required"] as? [String])))
    func check(_ row: Any?, _ name: String) throws -> [String: Any] {
      let row = try #require(row as? [String: Any], "\(name)")
      let definition = try #require(definitions[name], "\(name)")
      #expect(Set(row.keys) == Set(try #require(definition["required"] as? [String])), "\(name)")
      let properties = Set(try #require(definition["properties"] as? [String: Any]).keys)
      // Only rows with values of columns that a catalog adds have `extra`, and only exports with hashes `hash`.
      #expect(Set(row.keys) == properties.subtracting(["extra", "hash"]), "\(name)")
      return row
    }
    func first(_ object: [String: Any], _ key: String) -> Any? { (object[key] as? [Any])?.first }
    for kind in [TableKind.notices, .lists, .departments, .approvals] {
      _ = try check(first(export, kind.xmlNames.section), kind.xmlNames.row)
    }
    let matter = try check(first(export, "matters"), "matter")
    let lead = try check(matter["lead"], "parties")
    _ = try check(first(lead, "departments"), "party")
    _ = try check(first(matter, "items"), "item")
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }
}
