import AtomicFiles
import Catalog
import Deadlines
import XMLFormat

/// Writes a catalog as an XML document of the exchange format (`schemas/service-catalog.xsd`): UTF-8, indented, the same
/// bytes for the same catalog.
///
/// A selection is written with the rows that it refers to: included matters, departments, approvals, lists and notices, and
/// the progress and waivers of its matters. A list that is not complete is marked `partial="true"`. Targets count whole
/// lists, so only a complete export has them.
///
/// `XMLWritability` has checked that the format can hold all values.
final class XMLDocumentWriter {
  private let selected: Selected
  private let catalog: Catalog
  private let isExpanded: Bool
  private let xml: XMLWriter

  private let departmentIDs: [String]
  private let approvalIDs: [String]
  // The elements of a text, made once for each distinct text.
  private let leads: XMLFragments
  private let deadlines: XMLFragments
  private let itemNames: XMLFragments
  private let responsibles: XMLFragments

  /// Whether each matter gets its content hash.
  private let hasHashes: Bool
  /// For a delta, what it changes; the tables and matters are those that it adds or changes.
  private var delta: CatalogDelta?

  /// - Parameter isExpanded: whether to copy the shared items of an included matter into the including matter, with
  ///   `sharedFrom`. `includes` is written as well, so that the document can be read back as the same catalog.
  convenience init(_ request: ExportRequest, isExpanded: Bool, hasHashes: Bool, writer: ByteWriter) {
    self.init(request.selected, isExpanded: isExpanded, hasHashes: hasHashes, writer: writer)
  }

  /// A writer for a delta.
  convenience init(_ delta: CatalogDelta, of selected: Selected, writer: ByteWriter) {
    self.init(selected, isExpanded: false, hasHashes: false, writer: writer)
    self.delta = delta
  }

  private init(_ selected: Selected, isExpanded: Bool, hasHashes: Bool, writer: ByteWriter) {
    self.selected = selected
    self.isExpanded = isExpanded
    self.hasHashes = hasHashes
    xml = XMLWriter(to: writer)
    catalog = selected.catalog
    departmentIDs = catalog.departments.map(\.id)
    approvalIDs = catalog.approvals.map(\.id)
    leads = XMLFragments(catalog.distinctCount(.lead))
    deadlines = XMLFragments(catalog.distinctCount(.deadline))
    itemNames = XMLFragments(catalog.distinctCount(.itemName))
    responsibles = XMLFragments(catalog.distinctCount(.responsible))
  }

  func write() throws {
    if let delta { return try write(delta) }
    xml.start("serviceCatalog")
    xml.attribute("xmlns", checked: DocumentFormat.namespace)
    xml.attribute("version", checked: DocumentFormat.version)
    // The registers are written even if they are empty: a document that leaves them out is read with the built-in ones.
    let tables = selected.tables
    let schema = catalog.schema
    furtherColumns(schema)
    try section(tables.notices, schema.notices, always: true)
    try section(tables.regions, schema.regions)
    try section(tables.audiences, schema.audiences)
    try section(tables.lists, schema.lists, always: true)
    try section(tables.departments, schema.departments, always: true)
    try section(tables.approvals, schema.approvals, always: true)
    xml.start("matters")
    for index in selected.closure {
      matter(catalog.matters[index])
      try xml.handOver()
    }
    xml.end()
    // By these an import with `--replace` recognises that the document is complete.
    let isComplete = selected.isWhole && selected.partialLists.isEmpty
    try section(tables.targets, schema.targets, always: isComplete)
    try section(tables.progress, schema.progress, always: isComplete)
    try section(tables.waivers, schema.waivers, always: isComplete)
    try xml.finish()
  }

  /// A delta: what changes, then the rows that are added or changed.
  private func write(_ delta: CatalogDelta) throws {
    xml.start("catalogDelta")
    xml.attribute("xmlns", checked: DocumentFormat.namespace)
    xml.attribute("version", checked: DocumentFormat.version)
    xml.attribute("from", checked: delta.from)
    xml.attribute("to", checked: delta.to)
    xml.start("changes")
    for kind in CatalogDelta.tables {
      for entry in delta.entries[kind] ?? [] {
        xml.start(named: entry.change.rawValue)
        xml.attribute("table", checked: kind.name)
        xml.attribute("id", checked: entry.id)
        if let was = entry.was { xml.attribute("was", number: was) }
        if let at = entry.at { xml.attribute("at", number: at) }
        if let hash = entry.hash { xml.attribute("hash", checked: hash) }
        xml.end()
        try xml.handOver()
      }
    }
    xml.end()
    let schema = catalog.schema
    furtherColumns(schema)
    let tables = delta.rows(of: catalog)
    try section(tables.notices, schema.notices)
    try section(tables.regions, schema.regions)
    try section(tables.audiences, schema.audiences)
    try section(tables.lists, schema.lists)
    try section(tables.departments, schema.departments)
    try section(tables.approvals, schema.approvals)
    let matters = delta.written(.matters)
    if !matters.isEmpty {
      xml.start("matters")
      for index in matters {
        matter(catalog.matters[index])
        try xml.handOver()
      }
      xml.end()
    }
    try section(tables.targets, schema.targets)
    try section(tables.progress, schema.progress)
    try section(tables.waivers, schema.waivers)
    try xml.finish()
  }

  /// The columns that the format has not, before the rows that have values of them.
  private func furtherColumns(_ schema: CatalogSchema) {
    let further = TableKind.allCases.flatMap { kind in
      schema.columns(kind).filter { $0.xml == .further }.map { (kind, $0) }
    }
    if further.isEmpty { return }
    xml.start("columns")
    for (kind, column) in further {
      xml.start("column")
      xml.attribute("table", checked: kind.name)
      xml.attribute("name", checked: column.name)
      text(column.title)
      xml.end()
    }
    xml.end()
  }

  /// The value of a further column, unless it is empty.
  private func extra(_ column: Column, _ value: String) {
    guard !value.isEmpty else { return }
    xml.start("extra")
    xml.attribute("column", checked: column.name)
    text(value)
    xml.end()
  }

  // MARK: Small tables

  private func section<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>, always: Bool = false) throws {
    if rows.isEmpty, !always { return }
    let names = schema.kind.xmlNames
    xml.start(named: names.section)
    for row in rows {
      xml.start(named: names.row)
      for field in schema.documentFields where field.column.xml == .attribute {
        attribute(field.column, value(field, row))
      }
      for field in schema.documentFields { content(field, row) }
      xml.end()
      try xml.handOver()
    }
    xml.end()
  }

  /// The elements, or the text, of one field of a row.
  private func content<Row: TableRow>(_ field: Field<Row>, _ row: Row) {
    let column = field.column
    switch column.xml {
    case .attribute, .custom: break
    case .further: extra(column, value(field, row).cell)
    case .content: text(value(field, row).cell)
    case .element: element(column.documentName, value(field, row).cell)
    case .elements(let name):
      guard case .texts(let texts) = value(field, row) else { return }
      for text in texts { element(name, text) }
    case .deadline:
      let text = value(field, row).cell
      deadline(text, Deadline(printed: text).due)
    }
  }

  /// The value of a field; for a reference, the id of the row that it names.
  private func value<Row: TableRow>(_ field: Field<Row>, _ row: Row) -> CellValue {
    catalog.documentValue(of: field, in: row)
  }

  // MARK: Values

  private func attribute(_ column: Column, _ value: CellValue) {
    if let text = value.attribute { xml.attribute(named: column.documentName, checked: text) }
  }

  /// Writes an element with a text, unless the text is empty.
  private func element(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    xml.start(named: name)
    text(value)
    xml.end()
  }

  private func text(_ text: String) {
    var text = text
    text.withUTF8 { xml.text(checked: $0) }
  }

  @inline(__always)
  private func text(_ text: TextID) { catalog.withBytes(text) { xml.text(checked: $0) } }

  private func element(_ name: StaticString, _ text: TextID) {
    xml.start(name)
    self.text(text)
    xml.end()
  }

  // MARK: Matters

  private func matter(_ matter: Matter) {
    xml.start("matter")
    catalog.withBytes(matter.id) { xml.attribute("id", checked: $0) }
    if let list = matter.list { xml.attribute("list", checked: catalog.lists[list].id) }
    xml.attribute("number", number: matter.number ?? 0)
    if let audience = catalog.audience(of: matter) { xml.attribute("audience", checked: audience.id) }
    if matter.isWithdrawn { xml.attribute("status", checked: "withdrawn") }
    if hasHashes { xml.attribute("hash", checked: ContentHash.matter(matter, of: catalog)) }
    let extra = catalog.hasBlankExtras(matter) ? [] : catalog.schema.extraMatterColumns
    for (index, column) in extra.enumerated() where column.xml == .attribute {
      attribute(column, column.kind.value(of: catalog.extra(matter, index)))
    }
    element("name", matter.name)
    xml.fragment(matter.lead.index, of: leads) { departments(matter.lead, "lead") }
    xml.fragment(matter.deadline.index, of: deadlines) {
      deadline(catalog.text(matter.deadline), catalog.due(matter))
    }
    if !matter.remark.isEmpty { element("remark", matter.remark) }
    if !matter.includesID.isEmpty {
      xml.start("includes")
      catalog.withBytes(matter.includesID) { xml.attribute("ref", checked: $0) }
      xml.end()
    }
    if !matter.placeholder.isEmpty { departments(matter.placeholder, "placeholder") }
    for (index, column) in extra.enumerated() where column.xml != .attribute {
      let value = column.kind.value(of: catalog.extra(matter, index)).attribute ?? ""
      if column.xml == .further { self.extra(column, value) } else { element(column.documentName, value) }
    }
    if isExpanded, let other = matter.includes {
      for item in catalog.sharedItems(of: matter) { self.item(item, from: catalog.matters[other].id) }
    }
    for item in catalog.items(of: matter) { self.item(item, from: nil) }
    xml.end()
  }

  private func item(_ item: Item, from origin: TextID?) {
    xml.start("item")
    xml.attribute("number", number: item.number ?? 0)
    if let origin {
      catalog.withBytes(origin) { xml.attribute("sharedFrom", checked: $0) }
    } else if item.isShared {
      xml.attribute("shared", checked: "true")
    }
    let extra = catalog.hasBlankExtras(item) ? [] : catalog.schema.extraItemColumns
    for (index, column) in extra.enumerated() where column.xml == .attribute {
      attribute(column, column.kind.value(of: catalog.extra(item, index)))
    }
    xml.fragment(item.name.index, of: itemNames) { nameAndApprovals(item) }
    xml.fragment(item.responsible.index, of: responsibles) { departments(item.responsible, "responsible") }
    for (index, column) in extra.enumerated() where column.xml != .attribute {
      let value = column.kind.value(of: catalog.extra(item, index)).attribute ?? ""
      if column.xml == .further { self.extra(column, value) } else { element(column.documentName, value) }
    }
    xml.end()
  }

  private func nameAndApprovals(_ item: Item) {
    element("name", item.name)
    var seen: [Int] = []
    for approval in catalog.printedApprovals(item).approvals where !seen.contains(approval) {
      seen.append(approval)
      xml.start("approval")
      xml.attribute("ref", checked: approvalIDs[approval])
      xml.end()
    }
  }

  /// Writes departments by their printed names. The attribute `printed` holds the text if joining the names does not give
  /// it.
  private func departments(_ cell: TextID, _ name: StaticString) {
    guard !cell.isEmpty else { return }
    let text = catalog.text(cell)
    let printed = catalog.printedDepartments(cell)
    var named = printed.entries.map { ($0.name, $0.department) }
    // "/" alone or separators alone: the text is kept as the name of an unknown department.
    if named.isEmpty { named = [(text, nil)] }
    xml.start(name)
    xml.attribute("choice", checked: printed.choice.rawValue)
    if PrintedDepartments.printed(named.map(\.0), choice: printed.choice) != text {
      xml.attribute("printed", checked: text)
    }
    for (name, department) in named {
      xml.start("department")
      if let department { xml.attribute("ref", checked: departmentIDs[department]) }
      self.text(name)
      xml.end()
    }
    xml.end()
  }

  private func deadline(_ text: String, _ due: Day?) {
    guard !text.isEmpty else { return }
    xml.start("deadline")
    if let due { xml.attribute("due", checked: "\(due)") }
    self.text(text)
    xml.end()
  }
}
