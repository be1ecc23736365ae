import BuiltIn
import Catalog
import XMLFormat

/// The exchange format for catalogs of one schema: its names, numbered, and the XSD that documents are checked against.
package struct DocumentFormat: Sendable {
  package static let namespace = "urn:onevisit:service-catalog:1"
  package static let version = "1.0"

  /// The names that the reader treats in code of their own. Names of columns follow them in the vocabulary; the raw value is
  /// the number by which the XML reader hands a name over.
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
  /// For each small table, the index of the column that an element or attribute fills, by the number of its name. Values
  /// that only documents have follow the columns.
  private let columns: [TableKind: [Int: Int]]
  /// For each large table, the index of the extra column's cell, by the number of its name.
  private let extraCells: [TableKind: [Int: Int]]

  /// The format of the standard schema, with the XSD that is built in. It is compiled once; no XSD that a document names is
  /// ever read.
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

  /// No table has columns beside those declared: the common case, asked for every unknown name.
  var hasExtraCells: Bool { !extraCells.isEmpty }
}
