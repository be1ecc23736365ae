import BuiltIn
import Catalog
import XMLFormat

/// The exchange format for catalogs of one schema: its numbered names, and the XSD that documents are validated against.
package struct DocumentFormat: Sendable {
  package static let namespace = "urn:onevisit:service-catalog:1"
  /// The version of the documents that are written. A column that is added is an optional element or attribute of the next
  /// version, so that documents of the earlier ones stay valid.
  package static let version = "1.1"
  /// The versions that are read, the current one first.
  package static let versions = [version, "1.0"]

  /// The names that `DocumentHandler` handles by name. The raw value is the number that the XML reader delivers; the names of
  /// further columns have the numbers that follow.
  enum Word: Int, CaseIterable {
    // The root, its sections, and their rows.
    case serviceCatalog, notices, regions, audiences, lists, departments, approvals, matters, targets, progress, waivers
    case notice, region, list, department, approval, matter, target, record, waiver, item
    // The columns that a catalog has besides those of the format, and their values.
    case columns, column, table, extra
    // Within matters and items.
    case number, audience, name, lead, deadline, remark, includes, placeholder, responsible, shared, sharedFrom
    // Attributes of several elements.
    case version, id, ref, choice, printed, due, status
    // A delta: its root, what it changes, and where.
    case catalogDelta, changes, added, changed, withdrawn, removed, moved, from, to, was, at

    /// The names of all cases, written out: looking one up in the runtime takes 60,000 instructions.
    static let names: [String] = [
      "serviceCatalog", "notices", "regions", "audiences", "lists", "departments", "approvals", "matters", "targets",
      "progress", "waivers", "notice", "region", "list", "department", "approval", "matter", "target", "record",
      "waiver", "item", "columns", "column", "table", "extra", "number", "audience", "name", "lead", "deadline",
      "remark", "includes", "placeholder", "responsible", "shared", "sharedFrom", "version", "id", "ref", "choice",
      "printed", "due", "status", "catalogDelta", "changes", "added", "changed", "withdrawn", "removed", "moved",
      "from", "to", "was", "at",
    ]
  }

  /// The sections of a document. An export of a whole catalog has them all, even those without rows.
  static let sections: Set<Word> = [
    .notices, .lists, .departments, .approvals, .matters, .targets, .progress, .waivers,
  ]

  let schema: CatalogSchema
  let vocabulary: XMLVocabulary
  let xsd: XMLSchema
  /// For each small table, the index of the column that an element or attribute fills, by the number of its name. Columns
  /// that only documents have follow those of the table.
  private let columns: [TableKind: [Int: Int]]
  /// What attributes fill.
  let attributeCells: ExtraCells
  /// What child elements fill. An item may have an attribute and an element of one name.
  let elementCells: ExtraCells

  /// The format of the standard schema with the built-in XSD, which is compiled once. An XSD that a document names is never
  /// read.
  static let standard: Result<DocumentFormat, XMLSchemaFailure> = {
    do throws(XMLSchemaFailure) {
      return .success(try DocumentFormat(schema: .standard, xsd: BuiltInFiles.schema))
    } catch {
      return .failure(error)
    }
  }()

  /// - Parameter xsd: the XSD that describes documents of the schema; it has to be valid.
  package init(schema: CatalogSchema, xsd: [UInt8]) throws(XMLSchemaFailure) {
    self.schema = schema
    self.xsd = try XMLSchema(deferring: xsd, listing: ExchangeAutomaton.listing)
    var names = Word.names
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
    func cells(_ kind: TableKind, after declared: Int, where isWanted: (Column) -> Bool) -> [Int: Int] {
      var cells: [Int: Int] = [:]
      for (index, column) in schema.columns(kind).enumerated().dropFirst(declared) where isWanted(column) {
        if let name = column.xmlName { cells[number(name)] = index }
      }
      return cells
    }
    func extraCells(where isWanted: (Column) -> Bool) -> (matters: [Int: Int], items: [Int: Int]) {
      (
        cells(.matters, after: MatterColumn.allCases.count, where: isWanted),
        cells(.items, after: ItemColumn.allCases.count, where: isWanted)
      )
    }
    let attributes = extraCells { $0.xml == .attribute }
    let elements = extraCells { $0.xml != .attribute }
    self.columns = columns
    // The names are complete only now.
    attributeCells = ExtraCells(matters: attributes.matters, items: attributes.items, names: names.count)
    elementCells = ExtraCells(matters: elements.matters, items: elements.items, names: names.count)
    vocabulary = XMLVocabulary(
      namespace: DocumentFormat.namespace, root: "serviceCatalog", versions: DocumentFormat.versions, names: names,
      repeated: (parent: "matters", element: "matter"))
  }

  /// The name of a delta's root element.
  static let deltaRoot = "catalogDelta"

  /// The vocabulary of deltas, which are there since version 1.1.
  var deltaVocabulary: XMLVocabulary {
    var delta = vocabulary
    delta.root = DocumentFormat.deltaRoot
    delta.versions = [DocumentFormat.version]
    return delta
  }

  /// The column of a small table that an element or attribute fills.
  func column(of name: Int, in table: TableKind) -> Int? { columns[table]?[name] }

  /// The cells of the large tables that elements or attributes of extra columns fill.
  struct ExtraCells: Sendable {
    private let matters: [Int]
    private let items: [Int]
    /// Whether matters, and whether items, have such cells. Tested for every element of a matter.
    let hasMatters: Bool
    let hasItems: Bool

    init(matters: [Int: Int], items: [Int: Int], names: Int) {
      self.matters = (0..<names).map { matters[$0] ?? -1 }
      self.items = (0..<names).map { items[$0] ?? -1 }
      hasMatters = !matters.isEmpty
      hasItems = !items.isEmpty
    }

    /// The cell that the element or attribute fills; nil for one that is no extra column's.
    func cell(of name: Int, in table: TableKind) -> Int? {
      let cells = table == .items ? items : matters
      return cells.indices.contains(name) && cells[name] >= 0 ? cells[name] : nil
    }
  }
}
