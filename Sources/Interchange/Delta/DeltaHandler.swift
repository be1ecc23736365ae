import Catalog
import Localization
import XMLFormat

/// Reads what a delta changes and passes its rows on to a `DocumentHandler`, then puts the new edition together.
final class DeltaHandler: XMLHandler {
  private typealias Word = DocumentFormat.Word

  private let builder: CatalogBuilder
  private let inner: DocumentHandler
  private let base: Catalog
  private let found: String
  private(set) var delta = CatalogDelta(from: "", to: "")
  /// By table, the lines of the entries.
  private var lines: [TableKind: [Int]] = [:]
  private var isInChanges = false
  private let source: Int
  /// The small tables of the new edition that matters refer to.
  private var registers = CatalogTables()
  /// The rows of those tables that the delta holds.
  private var ownRegisters = CatalogTables()

  init(_ builder: CatalogBuilder, source: Int, format: DocumentFormat, base: Catalog, found: String) {
    self.builder = builder
    self.source = source
    self.base = base
    self.found = found
    inner = DocumentHandler(builder, source: source, size: 0, format: format)
    inner.completesRegisters = { [unowned self] in self.completeRegisters() }
  }

  var subject: String? { inner.subject }

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    if isInChanges { return entry(element) }
    switch Word(rawValue: element.name) {
    case .catalogDelta:
      delta.from = text(element, .from) ?? ""
      delta.to = text(element, .to) ?? ""
      // The rows of another edition would all be reported as wrong.
      if !element.isFlawed, delta.from != found { throw XMLStop() }
      try inner.start(element)
    case .changes where element.depth == 1:
      isInChanges = true
    default:
      try inner.start(element)
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    guard isInChanges else { return try inner.end(name, text: text, isWhole: isWhole) }
    if name == Word.changes.rawValue { isInChanges = false }
  }

  private func text(_ element: borrowing XMLElement, _ word: DocumentFormat.Word) -> String? {
    element.attributes.value(word.rawValue).map { String(decoding: $0, as: UTF8.self) }
  }

  private func entry(_ element: borrowing XMLElement) {
    let change: CatalogDelta.Change? =
      switch Word(rawValue: element.name) {
      case .added: .added
      case .changed: .changed
      case .withdrawn: .withdrawn
      case .removed: .removed
      case .moved: .moved
      default: nil
      }
    let name = text(element, .table)
    guard let change, !element.isFlawed, let kind = CatalogDelta.tables.first(where: { $0.name == name }) else {
      return
    }
    delta.entries[kind, default: []].append(
      CatalogDelta.Entry(
        change: change, id: text(element, .id) ?? "", was: text(element, .was).flatMap { Int($0) },
        at: text(element, .at).flatMap { Int($0) }))
    lines[kind, default: []].append(element.line)
  }

  /// Call this when the document has ended, also after an error.
  func finish() { inner.finish() }

  // MARK: The small tables

  private func completeRegisters() {
    ownRegisters = builder.tables
    builder.tables.notices = merged(.notices, \.notices)
    builder.tables.regions = merged(.regions, \.regions)
    builder.tables.audiences = merged(.audiences, \.audiences)
    builder.tables.lists = merged(.lists, \.lists)
    builder.tables.departments = merged(.departments, \.departments)
    builder.tables.approvals = merged(.approvals, \.approvals)
    registers = builder.tables
  }

  private func merged<Row: TableRow>(_ kind: TableKind, _ rows: KeyPath<CatalogTables, [Row]>) -> [Row] {
    let old = base.tables[keyPath: rows].map { row in
      var row = row
      row.position = row.position.movedBy(sources: 1)
      return row
    }
    return DeltaOrder(delta.entries[kind] ?? [], count: old.count).joined(old, builder.tables[keyPath: rows])
  }

  // MARK: The new edition

  /// The delta's rows with the problems of what it says about them.
  func checked(_ document: Catalog, source: Int) -> Catalog {
    let issuesBefore = builder.issues.count
    for kind in CatalogDelta.tables {
      let base = DeltaHandler.keys(kind, of: self.base)
      var tables = document.tables
      if kind != .targets, kind != .progress, kind != .waivers { tables = ownRegisters }
      let own = kind == .matters ? document.matters.map { document.id($0) } : keys(kind, of: tables)
      for (problem, entry) in DeltaOrder.problems(delta.entries[kind] ?? [], base: base, own: own) {
        let line = entry.flatMap { lines[kind]?[$0] } ?? 1
        builder.issues.append(
          ReadingIssue(
            .contradiction(
              LocalizedText(zh: "\(kind.title.zh)：\(problem.zh)", en: "\(kind.title.en): \(problem.en)")),
            at: .row(source: source, table: .matters, offset: line)))
      }
    }
    return document.with(additional: Array(builder.issues[issuesBefore...]))
  }

  private static func keys(_ kind: TableKind, of catalog: Catalog) -> [String] {
    if kind == .matters { return catalog.matters.map { catalog.id($0) } }
    var collector = KeyCollector()
    try? catalog.schema.visit(kind, of: catalog.tables, &collector)
    return collector.keys
  }

  private func keys(_ kind: TableKind, of tables: CatalogTables) -> [String] {
    var collector = KeyCollector()
    try? builder.schema.visit(kind, of: tables, &collector)
    return collector.keys
  }

  private struct KeyCollector: TableVisitor {
    var keys: [String] = []
    mutating func visit<R: TableRow>(_ rows: [R], _ schema: TableSchema<R>) throws {
      keys = rows.map { DeltaRow.id(schema.key(of: $0)) }
    }
  }

  /// The edition that the delta gives.
  func result(_ document: Catalog) -> Catalog {
    let result = CatalogBuilder(schema: .standard)
    for kind in TableKind.allCases {
      let further = document.schema.columns(kind).filter { $0.xml == .further }
      // In the order of the folder, so that a column that it has besides stays where it is.
      let known = base.schema.columns(kind).filter { $0.xml == .further }
      let names = Set(known.map(\.name))
      let all = known + further.filter { !names.contains($0.name) }
      if !all.isEmpty { result.declare(all, of: kind) }
    }
    result.sources = document.sources
    result.settings = base.settings
    result.tables = registers
    let own = document.tables
    func rest<Row: TableRow>(_ kind: TableKind, _ rows: KeyPath<CatalogTables, [Row]>) -> [Row] {
      let old = base.tables[keyPath: rows].map { row in
        var row = row
        row.position = row.position.movedBy(sources: 1)
        return row
      }
      return DeltaOrder(delta.entries[kind] ?? [], count: old.count).joined(old, own[keyPath: rows])
    }
    result.tables.targets = rest(.targets, \.targets)
    result.tables.progress = rest(.progress, \.progress)
    result.tables.waivers = rest(.waivers, \.waivers)
    result.prepareLists()
    let copier = RowCopier(into: result)
    let order = DeltaOrder(delta.entries[.matters] ?? [], count: base.matters.count)
    for origin in order.origins {
      switch origin {
      case .old(let index): copy(base.matters[index], of: base, shift: 1, copier)
      case .new(let index): copy(document.matters[index], of: document, shift: 0, copier)
      }
    }
    result.isWholeExport = true
    var catalog = result.finish(origin: document.origin)
    catalog.dropIssues()
    return catalog
  }

  private func copy(_ matter: Matter, of catalog: Catalog, shift: Int, _ copier: RowCopier) {
    let position = catalog.position(matter).movedBy(sources: shift)
    copier.add(matter, of: catalog, source: position.source, row: position.offset)
    for item in catalog.items(of: matter) {
      let position = catalog.position(item, .matter).movedBy(sources: shift)
      copier.add(item, of: catalog, source: position.source, row: position.offset)
    }
  }
}
