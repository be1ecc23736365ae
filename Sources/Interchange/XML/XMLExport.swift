import AtomicFiles
import Catalog
import Deadlines

/// Writes a catalog as an XML document of the exchange format (`schemas/service-catalog.xsd`): UTF-8, indented, the same
/// bytes for the same catalog.
///
/// A selection brings along what it refers to: the matters that it includes, the departments, approvals, lists and notices
/// that it names, and what is recorded and waived for its matters. A list of which matters are missing is marked
/// `partial="true"`. Targets count whole lists, so they are in a whole export only.
///
/// ```swift
/// let writer = ByteWriter.standardOutput()
/// try XMLExport.write(catalog, selection: Selection(list: 1), expands: true, to: writer)
/// try writer.flush()
/// ```
package enum XMLExport {
  /// - Parameter expands: writes the items that a matter shares from another into the matter itself, with `sharedFrom`;
  ///   `includes` stays, so that the document can still be read back as the catalog that it was.
  /// - Throws: `UnwritableCatalog`, before anything is written, if the format cannot hold the catalog; what the writer throws.
  package static func write(
    _ catalog: Catalog, selection: Selection = .everything, expands: Bool = false, to writer: ByteWriter
  ) throws {
    let selected = selection.applied(to: catalog)
    try ExportCheck.check(selected)
    try DocumentWriter(selected, expands: expands, writer: writer).write()
  }

  /// Whether the format can hold the catalog, or this part of it.
  /// - Throws: `UnwritableCatalog` with what it cannot hold.
  package static func check(_ catalog: Catalog, selection: Selection = .everything) throws(UnwritableCatalog) {
    try ExportCheck.check(selection.applied(to: catalog))
  }
}

/// One document on its way out. Bytes are put together in a buffer and handed to the writer in pieces.
private final class DocumentWriter {
  private let selected: Selected
  private let catalog: Catalog
  private let expands: Bool
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

  init(_ selected: Selected, expands: Bool, writer: ByteWriter) {
    self.selected = selected
    self.expands = expands
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
    out.append(CatalogFormat.namespace)
    out.append("\" version=\"")
    out.append(CatalogFormat.version)
    out.append("\">\n")
    // The registers are written even if they are empty: a document that leaves them out is read with the built-in ones.
    try section("notices", selected.notices.map { catalog.notices[$0] }, always: true, notice)
    try section("lists", selected.lists, always: true, list)
    try section("departments", selected.departments.map { catalog.departments[$0] }, always: true, department)
    try section("approvals", selected.approvals.map { catalog.approvals[$0] }, always: true, approval)
    try matters()
    try section("targets", selected.isWhole ? catalog.targets : [], target)
    let inside = SelectedSubjects(selected)
    try section("progress", catalog.progress.filter(inside.holds), record)
    try section("waivers", catalog.waivers.filter(inside.holds), waiver)
    out.append("</serviceCatalog>\n")
    try writer.append(out.buffer)
    out.clear()
  }

  @inline(__always)
  private func handOver() throws {
    guard out.count >= DocumentWriter.piece else { return }
    try writer.append(out.buffer)
    out.clear()
  }

  // MARK: Pieces

  private func section<Row>(
    _ name: StaticString, _ rows: [Row], always: Bool = false, _ body: (Row) -> Void
  ) throws {
    guard !rows.isEmpty else {
      if always {
        out.append("  <")
        out.append(name)
        out.append("/>\n")
      }
      return
    }
    out.append("  <")
    out.append(name)
    out.append(">\n")
    for row in rows {
      body(row)
      try handOver()
    }
    out.append("  </")
    out.append(name)
    out.append(">\n")
  }

  private func attribute(_ name: StaticString, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    out.append(byte: 0x20)
    out.append(name)
    out.append("=\"")
    XMLText.append(value, to: out, isAttribute: true)
    out.append(byte: 0x22)
  }

  private func attribute(_ name: StaticString, _ day: Day?) { attribute(name, day.map { "\($0)" }) }

  /// An element in a row of a register.
  private func element(_ name: StaticString, _ text: String) {
    guard !text.isEmpty else { return }
    out.append("      <")
    out.append(name)
    out.append(byte: 0x3E)
    XMLText.append(text, to: out)
    out.append("</")
    out.append(name)
    out.append(">\n")
  }

  /// A row's elements between its tags; a row without any is one empty element.
  private func content(of name: StaticString, _ body: () -> Void) {
    out.append(">\n")
    let start = out.count
    body()
    if out.count == start {
      out.removeLast(2)
      out.append("/>\n")
      return
    }
    out.append("    </")
    out.append(name)
    out.append(">\n")
  }

  // MARK: Registers

  private func notice(_ notice: Notice) {
    out.append("    <notice")
    attribute("id", notice.id)
    attribute("issued", notice.issued)
    content(of: "notice") {
      element("number", notice.number)
      element("title", notice.title)
      element("issuer", notice.issuer)
    }
  }

  private func list(_ index: Int) {
    let list = catalog.lists[index]
    out.append("    <list")
    attribute("id", list.id)
    attribute("prefix", list.prefix)
    attribute("notice", list.noticeIndex.map { catalog.notices[$0].id } ?? list.notice)
    attribute("annex", list.annex)
    attribute("matters", list.announced.map(String.init))
    attribute("reportWindow", list.reportMonths.map { "P\($0)M" })
    attribute("reportBy", list.reportBy)
    if selected.partialLists.contains(index) { attribute("partial", "true") }
    content(of: "list") {
      element("title", list.title)
      for audience in list.audiences { element("audience", audience.rawValue) }
      element("deadlineHeading", list.deadlineHeading)
      element("remarkHeading", list.remarkHeading)
    }
  }

  private func department(_ department: Department) {
    out.append("    <department")
    attribute("id", department.id)
    attribute("kind", department.kind)
    content(of: "department") {
      element("short", department.short)
      element("full", department.full)
      element("general", department.general)
      for alias in department.aliases { element("alias", alias) }
    }
  }

  private func approval(_ approval: Approval) {
    out.append("    <approval")
    attribute("id", approval.id)
    attribute("kind", approval.kind)
    attribute("competent", approval.competentIndex.map { departmentIDs[$0] } ?? approval.competent)
    content(of: "approval") {
      element("name", approval.name)
      for alias in approval.aliases { element("alias", alias) }
    }
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
    out.append("\">\n      <name>")
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
    if expands, let other = matter.includes {
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
    out.append("\">\n")
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
    attribute("due", due)
    out.append(byte: 0x3E)
    XMLText.append(text, to: out)
    out.append("</deadline>\n")
  }

  // MARK: Targets, progress, waivers

  private func target(_ target: Target) {
    out.append("    <target")
    attribute("id", target.id)
    attribute("notice", target.noticeIndex.map { catalog.notices[$0].id } ?? target.notice)
    attribute("list", target.list)
    attribute("audience", target.audience?.rawValue)
    attribute("count", ExportCheck.count(target.countText))
    attribute("after", target.afterText)
    content(of: "target") {
      deadline(target.deadlineText, target.deadline.due)
      element("text", target.text)
    }
  }

  private static let deliverables: [StaticString] = [
    "plan", "guide", "form", "materials", "singleSubmission", "portal", "app",
  ]

  private func record(_ progress: Progress) {
    out.append("    <record")
    attribute("matter", progress.matter)
    for (name, day) in zip(DocumentWriter.deliverables, progress.dates) { attribute(name, day) }
    out.append("/>\n")
  }

  private func waiver(_ waiver: Waiver) {
    out.append("    <waiver")
    attribute("rule", waiver.rule)
    attribute("subject", waiver.subject)
    guard !waiver.reason.isEmpty else { return out.append("/>\n") }
    out.append(byte: 0x3E)
    XMLText.append(waiver.reason, to: out)
    out.append("</waiver>\n")
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
