import BuiltIn
import Catalog
import XMLFormat

/// The exchange format for catalogs of one schema: its numbered names, and the XSD that documents are validated against.
package struct DocumentFormat: Sendable {
  package static let namespace = "urn:onevisit:service-catalog:1"
  package static let version = "1.0"

  /// The names that `DocumentHandler` handles by name. The raw value is the number that the XML reader delivers; the names of
  /// further columns have the numbers that follow.
  enum Word: Int, CaseIterable {
    // The root, its sections, and their rows.
    case serviceCatalog, notices, lists, departments, approvals, matters, targets, progress, waivers
    case notice, list, department, approval, matter, target, record, waiver, item
    // Within matters and items.
    case number, audience, name, lead, deadline, remark, includes, placeholder, responsible, shared, sharedFrom
    // Attributes of several elements.
    case version, id, ref, choice, printed, due
  }

  let schema: CatalogSchema
  let vocabulary: XMLVocabulary
  let xsd: XMLSchema
  /// For each small table, the index of the column that an element or attribute fills, by the number of its name. Columns
  /// that only documents have follow those of the table.
  private let columns: [TableKind: [Int: Int]]
  /// For each large table, the index of the extra column's cell, by the number of its name.
  private let extraCells: [TableKind: [Int: Int]]

  /// The format of the standard schema with the built-in XSD, which is compiled once. An XSD that a document names is never
  /// read.
  static let standard: Result<DocumentFormat, XMLSchemaFailure> = {
    do throws(XMLSchemaFailure) {
      return .success(try DocumentFormat(schema: .standard, xsd: BuiltInFiles.schema))
    } catch {
      return .failure(error)
    }
  }()

  /// - Parameter xsd: the XSD that describes documents of the schema.
  package init(schema: CatalogSchema, xsd: [UInt8]) throws(XMLSchemaFailure) {
    self.schema = schema
    self.xsd = try XMLSchema(xsd)
    var names = Word.allCases.map { "\($0)" }
    func number(_ name: String) -> Int {
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
    var columns: [TableKind: [Int: Int]] = [:]
    for kind in TableKind.small {
      for (index, column) in schema.documentColumns(kind).enumerated() {
        if let name = column.xmlName { columns[kind, default: [:]][number(name)] = index }
      }
    }
    var extraCells: [TableKind: [Int: Int]] = [:]
    for (kind, declared) in [(TableKind.matters, MatterColumn.allCases.count), (.items, ItemColumn.allCases.count)] {
      for (index, column) in schema.columns(kind).enumerated().dropFirst(declared) {
        if let name = column.xmlName { extraCells[kind, default: [:]][number(name)] = index }
      }
    }
    self.columns = columns
    self.extraCells = extraCells
    vocabulary = XMLVocabulary(
      namespace: DocumentFormat.namespace, root: "serviceCatalog", version: DocumentFormat.version, names: names)
  }

  /// The column of a small table that an element or attribute fills.
  func column(of name: Int, in table: TableKind) -> Int? { columns[table]?[name] }

  /// The cell of a large table's row that an element or attribute of an extra column fills.
  func extraCell(of name: Int, in table: TableKind) -> Int? { extraCells[table]?[name] }

  /// Whether a large table has extra columns. Tested for every element of a matter, and usually false.
  var hasExtraCells: Bool { !extraCells.isEmpty }
}
