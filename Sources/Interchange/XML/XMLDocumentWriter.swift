import AtomicFiles
import Catalog
import Deadlines

/// Writes a catalog as an XML document of the exchange format (`schemas/service-catalog.xsd`): UTF-8, indented, the same
/// bytes for the same catalog.
///
/// A selection brings along what it refers to: the matters that it includes, the departments, approvals, lists and notices
/// that it names, and what is recorded and waived for its matters. A list of which matters are missing is marked
/// `partial="true"`. Targets count whole lists, so they are in a whole export only.
final class XMLDocumentWriter {
  private let selected: Selected
  private let catalog: Catalog
  private let isExpanded: Bool
  private let writer: ByteWriter
  private let out = ByteBuffer(capacity: 256 * 1024)

  private let departmentIDs: [String]
  private let approvalIDs: [String]
  /// What stands for a distinct text, made once: an element or several, indentation and all.
  private let leads: Fragments
  private let deadlines: Fragments
  private let itemNames: Fragments
  private let responsibles: Fragments

  private static let piece = 192 * 1024

  /// - Parameter isExpanded: writes the items that a matter shares from another into the matter itself, with `sharedFrom`;
  ///   `includes` stays, so that the document can still be read back as the catalog that it was.
  init(_ request: ExportRequest, isExpanded: Bool, writer: ByteWriter) {
    selected = request.selected
    self.isExpanded = isExpanded
    self.writer = writer
    catalog = selected.catalog
    departmentIDs = catalog.departments.map(\.id)
    approvalIDs = catalog.approvals.map(\.id)
    leads = Fragments(catalog.distinctCount(.lead))
    deadlines = Fragments(catalog.distinctCount(.deadline))
    itemNames = Fragments(catalog.distinctCount(.itemName))
    responsibles = Fragments(catalog.distinctCount(.responsible))
  }

  func write() throws {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<serviceCatalog xmlns=\"")
    out.append(DocumentFormat.namespace)
    out.append("\" version=\"")
    out.append(DocumentFormat.version)
    out.append("\">\n")
    // The registers are written even if they are empty: a document that leaves them out is read with the built-in ones.
    let tables = selected.tables
    let schema = catalog.schema
    try section(tables.notices, schema.notices, always: true)
    try section(tables.lists, schema.lists, always: true)
    try section(tables.departments, schema.departments, always: true)
    try section(tables.approvals, schema.approvals, always: true)
    try matters()
    try section(tables.targets, schema.targets)
    try section(tables.progress, schema.progress)
    try section(tables.waivers, schema.waivers)
    out.append("</serviceCatalog>\n")
    try writer.append(out.buffer)
    out.clear()
  }

  @inline(__always)
  private func handOver() throws {
    guard out.count >= XMLDocumentWriter.piece else { return }
    try writer.append(out.buffer)
    out.clear()
  }

  // MARK: Pieces

  /// The rows of a small table.
  private func section<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>, always: Bool = false) throws {
    let name = schema.kind.xmlNames.section
    if rows.isEmpty {
      if always { out.append("  <\(name)/>\n") }
      return
    }
    out.append("  <\(name)>\n")
    for row in rows {
      self.row(row, schema)
      try handOver()
    }
    out.append("  </\(name)>\n")
  }

  private func row<Row: TableRow>(_ row: Row, _ schema: TableSchema<Row>) {
    let name = schema.kind.xmlNames.row
    out.append("    <")
    out.append(name)
    var content: String?
    var hasElements = false
    for field in schema.documentFields {
      switch field.column.xml {
      case .attribute: attribute(field.column.documentName, value(field, row).attribute)
      case .content: content = value(field, row).cell
      case .element, .elements, .deadline, .custom: hasElements = true
      }
    }
    if let content, !content.isEmpty {
      out.append(byte: 0x3E)
      XMLText.append(content, to: out)
      out.append("</\(name)>\n")
      return
    }
    let start = out.count
    if hasElements {
      out.append(">\n")
      let begin = out.count
      for field in schema.documentFields { elements(field, row) }
      if out.count > begin {
        out.append("    </\(name)>\n")
        return
      }
    }
    out.removeLast(out.count - start)
    out.append("/>\n")
  }

  /// The elements of one field of a row.
  private func elements<Row: TableRow>(_ field: Field<Row>, _ row: Row) {
    switch field.column.xml {
    case .attribute, .content, .custom: break
    case .element: element(field.column.documentName, value(field, row).cell)
    case .deadline:
      let text = value(field, row).cell
      deadline(text, Deadline(printed: text).due)
    case .elements(let name):
      guard case .texts(let texts) = value(field, row) else { return }
      for text in texts { element(name, text) }
    }
  }

  /// The value of a field: of a reference the id of the row that it names.
  private func value<Row: TableRow>(_ field: Field<Row>, _ row: Row) -> CellValue {
    let value = catalog.canonicalValue(of: field, in: row)
    guard case .text(let text) = value, field.column.kind == .count else { return value }
    return .text(PrintedCount(text).compact)
  }

  private func attribute(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    out.append(byte: 0x20)
    out.append(name)
    out.append("=\"")
    XMLText.append(value, to: out, isAttribute: true)
    out.append(byte: 0x22)
  }

  /// An element in a row of a register.
  private func element(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    out.append("      <")
    out.append(name)
    out.append(byte: 0x3E)
    XMLText.append(text, to: out)
    out.append("</")
    out.append(name)
    out.append(">\n")
  }

  // MARK: Matters

  private func matters() throws {
    guard !selected.closure.isEmpty else { return out.append("  <matters/>\n") }
    out.append("  <matters>\n")
    for index in selected.closure {
      matter(catalog.matters[index])
      try handOver()
    }
    out.append("  </matters>\n")
  }

  @inline(__always)
  private func text(_ name: TextID) { catalog.withBytes(name) { XMLText.append($0, to: out) } }

  private func matter(_ matter: Matter) {
    out.append("    <matter id=\"")
    text(matter.id)
    out.append("\" list=\"")
    if let list = matter.list { out.append(catalog.lists[list].id) }
    out.append("\" number=\"")
    out.append(number: matter.number ?? 0)
    if let audience = matter.audience {
      out.append("\" audience=\"")
      out.append(audience.rawValue)
    }
    out.append(byte: 0x22)
    for (column, declared) in catalog.schema.extraMatterColumns.enumerated() where declared.xml == .attribute {
      attribute(declared.documentName, declared.kind.value(of: catalog.extra(matter, column)).attribute)
    }
    out.append(">\n      <name>")
    text(matter.name)
    out.append("</name>\n")
    leads.append(matter.lead.index, to: out) { parties(matter.lead, "lead", "      ") }
    deadlines.append(matter.deadline.index, to: out) {
      deadline(catalog.text(matter.deadline), catalog.due(matter))
    }
    if !matter.remark.isEmpty {
      out.append("      <remark>")
      text(matter.remark)
      out.append("</remark>\n")
    }
    if !matter.includesID.isEmpty {
      out.append("      <includes ref=\"")
      text(matter.includesID)
      out.append("\"/>\n")
    }
    if !matter.placeholder.isEmpty { parties(matter.placeholder, "placeholder", "      ") }
    for (column, declared) in catalog.schema.extraMatterColumns.enumerated() where declared.xml != .attribute {
      element(declared.documentName, declared.kind.value(of: catalog.extra(matter, column)).attribute ?? "")
    }
    if isExpanded, let other = matter.includes {
      for item in catalog.sharedItems(of: matter) { self.item(item, from: catalog.matters[other].id) }
    }
    for item in catalog.items(of: matter) { self.item(item, from: nil) }
    out.append("    </matter>\n")
  }

  private func item(_ item: Item, from origin: TextID?) {
    out.append("      <item number=\"")
    out.append(number: item.number ?? 0)
    if let origin {
      out.append("\" sharedFrom=\"")
      text(origin)
    } else if item.isShared {
      out.append("\" shared=\"true")
    }
    out.append(byte: 0x22)
    for (column, declared) in catalog.schema.extraItemColumns.enumerated() where declared.xml == .attribute {
      attribute(declared.documentName, declared.kind.value(of: catalog.extra(item, column)).attribute)
    }
    out.append(">\n")
    itemNames.append(item.name.index, to: out) {
      out.append("        <name>")
      text(item.name)
      out.append("</name>\n")
      var seen: [Int] = []
      for approval in catalog.choices(item).approvals where !seen.contains(approval) {
        seen.append(approval)
        out.append("        <approval ref=\"")
        XMLText.append(approvalIDs[approval], to: out, isAttribute: true)
        out.append("\"/>\n")
      }
    }
    responsibles.append(item.responsible.index, to: out) { parties(item.responsible, "responsible", "        ") }
    for (column, declared) in catalog.schema.extraItemColumns.enumerated() where declared.xml != .attribute {
      out.append("  ")
      element(declared.documentName, declared.kind.value(of: catalog.extra(item, column)).attribute ?? "")
    }
    out.append("      </item>\n")
  }

  /// Departments by their printed names; `printed` where joining the names would not give the text back.
  private func parties(_ name: TextID, _ element: StaticString, _ indent: StaticString) {
    guard !name.isEmpty else { return }
    let text = catalog.text(name)
    let cell = catalog.parties(name)
    var named = cell.parties.map { ($0.name, $0.department) }
    // "/" alone, or nothing but separators: no department, but a text to keep.
    if named.isEmpty { named = [(text, nil)] }
    out.append(indent)
    out.append(byte: 0x3C)
    out.append(element)
    attribute("choice", cell.choice.rawValue)
    if Parties.printed(named.map(\.0), choice: cell.choice) != text { attribute("printed", text) }
    out.append(">\n")
    for (name, department) in named {
      out.append(indent)
      out.append("  <department")
      attribute("ref", department.map { departmentIDs[$0] })
      out.append(byte: 0x3E)
      XMLText.append(name, to: out)
      out.append("</department>\n")
    }
    out.append(indent)
    out.append("</")
    out.append(element)
    out.append(">\n")
  }

  private func deadline(_ text: String, _ due: Day?) {
    guard !text.isEmpty else { return }
    out.append("      <deadline")
    attribute("due", due.map { "\($0)" })
    out.append(byte: 0x3E)
    XMLText.append(text, to: out)
    out.append("</deadline>\n")
  }
}

/// The elements that stand for a text, kept by the text's number. Beyond a bound they are made anew every time, so that
/// memory does not grow with a catalog of ever new texts.
private final class Fragments {
  private let bytes = ByteBuffer()
  private var starts: [Int]
  private var counts: [Int32]

  private static let limit = 64 << 20

  init(_ count: Int) {
    starts = [Int](repeating: 0, count: count)
    counts = [Int32](repeating: -1, count: count)
  }

  @inline(__always)
  func append(_ index: Int, to out: ByteBuffer, make: () -> Void) {
    let count = Int(counts[index])
    if count >= 0 { return out.append(bytes.slice(starts[index]..<starts[index] + count)) }
    let start = out.count
    make()
    guard bytes.count < Fragments.limit else { return }
    starts[index] = bytes.count
    counts[index] = Int32(out.count - start)
    bytes.append(out.slice(start..<out.count))
  }
}
