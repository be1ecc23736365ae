import Catalog
import Localization

/// Finds, before a document is begun, what the exchange format cannot hold, so that no invalid document is ever written.
struct XMLWritability {
  private let selected: Selected
  private let catalog: Catalog
  private var problems: [UnwritableCatalog.Problem] = []
  private var count = 0

  /// How many problems are listed.
  private static let listed = 5

  /// Only characters that XML does not allow are problems, and only those of what a list is written from.
  private let isOfList: Bool

  private init(_ selected: Selected, isOfList: Bool = false) {
    self.selected = selected
    self.isOfList = isOfList
    catalog = selected.catalog
  }

  /// Nil if a list of the selection can be written into a part of a workbook, whose cells have no forms of their own.
  static func problem(ofList selected: Selected) -> UnwritableCatalog? {
    var check = XMLWritability(selected, isOfList: true)
    var tables = SmallTables(catalog: selected.catalog)
    try? selected.catalog.schema.visit(.lists, of: selected.tables, &tables)
    for problem in tables.found { check.report(problem.kind, problem.column) { problem.subject } }
    check.texts()
    return check.count > 0 ? UnwritableCatalog(problems: check.problems, count: check.count) : nil
  }

  /// Nil if the document can be written whole.
  static func problem(of selected: Selected) -> UnwritableCatalog? {
    var check = XMLWritability(selected)
    var tables = SmallTables(catalog: selected.catalog)
    for kind in TableKind.small { try? selected.catalog.schema.visit(kind, of: selected.tables, &tables) }
    for problem in tables.found { check.report(problem.kind, problem.column) { problem.subject } }
    check.rows()
    check.texts()
    return check.count > 0 ? UnwritableCatalog(problems: check.problems, count: check.count) : nil
  }

  private mutating func report(_ kind: UnwritableCatalog.Problem.Kind, _ column: Column, subject: () -> String) {
    if isOfList {
      guard case .character = kind else { return }
    }
    count += 1
    guard problems.count < XMLWritability.listed else { return }
    problems.append(
      UnwritableCatalog.Problem(
        kind: kind, subject: subject(), column: LocalizedText(zh: column.title, en: column.name)))
  }

  fileprivate static func problem(_ text: String, limit: Int) -> UnwritableCatalog.Problem.Kind? {
    DocumentLimits.problem(text, limit: limit).map(UnwritableCatalog.Problem.Kind.init)
  }

  // MARK: Small tables

  /// The values of the small tables, by the kinds of their columns.
  private struct SmallTables: TableVisitor {
    let catalog: Catalog
    var found: [(kind: UnwritableCatalog.Problem.Kind, column: Column, subject: String)] = []

    mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
      let fields = schema.documentFields
      let limits = fields.map(\.column.longestValue)
      for row in rows {
        for index in fields.indices {
          let field = fields[index]
          let value = catalog.canonicalValue(of: field, in: row)
          guard let kind = problem(value, of: field.column, limits[index], isKey: index == 0) else { continue }
          let id = schema.fields.first.map { $0.write(row).cell } ?? ""
          found.append((kind, field.column, id.isEmpty ? schema.kind.name : id))
        }
      }
    }

    private func problem(
      _ value: CellValue, of column: Column, _ limit: Int, isKey: Bool
    ) -> UnwritableCatalog.Problem.Kind? {
      if case .texts(let texts) = value {
        if let kind = texts.lazy.compactMap({ problem($0, column.kind, limit) }).first { return kind }
        return isKey && texts.allSatisfy(\.isEmpty) ? .empty : nil
      }
      let text = value.cell
      // An empty value is left out of the document, which asks only for what names the row.
      if text.isEmpty { return isKey ? .empty : nil }
      return problem(text, column.kind, limit)
    }

    private func problem(_ text: String, _ kind: ValueKind, _ limit: Int) -> UnwritableCatalog.Problem.Kind? {
      if text.isEmpty { return nil }
      return XMLWritability.problem(text, limit: limit) ?? (isValid(text, kind) ? nil : .malformed(text))
    }

    /// A reference that names no row is written as it is, and has to have the form of an id.
    private func isValid(_ text: String, _ kind: ValueKind) -> Bool {
      switch kind {
      case .reference(to: .matters): ValueForm.isMatterID(text)
      case .reference, .audience, .audiences: ValueForm.isIdentifier(text.utf8)
      default: kind.accepts(text)
      }
    }
  }

  // MARK: Matters and items

  /// What has a form of its own in every row.
  private mutating func rows() {
    for index in selected.closure {
      let matter = catalog.matters[index]
      check(matter)
      for item in catalog.items(of: matter) {
        if !XMLWritability.isNumber(item.number) {
          report(.malformed(catalog.text(item, .number)), .number, of: item)
        }
        if item.name.isEmpty { report(.empty, .name, of: item) }
        checkExtras(of: item)
      }
    }
  }

  private mutating func check(_ matter: Matter) {
    if !catalog.withBytes(matter.id, { ValueForm.isMatterID($0) }) {
      report(matter.id.isEmpty ? .empty : .malformed(catalog.text(matter.id)), .id, of: matter)
    }
    if matter.list == nil { report(.unknown, .list, of: matter) }
    if !XMLWritability.isNumber(matter.number) {
      report(.malformed(catalog.text(matter, .number)), .number, of: matter)
    }
    if matter.name.isEmpty { report(.empty, .name, of: matter) }
    if !matter.includesID.isEmpty, !catalog.withBytes(matter.includesID, { ValueForm.isMatterID($0) }) {
      report(.malformed(catalog.text(matter.includesID)), .includes, of: matter)
    }
    if catalog.hasBlankExtras(matter) { return }
    for (column, declared) in catalog.schema.extraMatterColumns.enumerated() {
      let text = catalog.extra(matter, column)
      if let kind = problem(text, of: declared) { report(kind, declared) { [catalog] in catalog.id(matter) } }
    }
  }

  private mutating func checkExtras(of item: Item) {
    if catalog.hasBlankExtras(item) { return }
    for (column, declared) in catalog.schema.extraItemColumns.enumerated() {
      let text = catalog.extra(item, column)
      if let kind = problem(text, of: declared) { report(kind, declared) { [catalog] in catalog.id(item) } }
    }
  }

  private func problem(_ text: String, of column: Column) -> UnwritableCatalog.Problem.Kind? {
    XMLWritability.problem(text, limit: column.longestValue) ?? (column.kind.accepts(text) ? nil : .malformed(text))
  }

  private mutating func report(_ kind: UnwritableCatalog.Problem.Kind, _ column: MatterColumn, of matter: Matter) {
    report(kind, column.declaration) { [catalog] in
      matter.id.isEmpty ? catalog.text(matter.name) : catalog.id(matter)
    }
  }

  private mutating func report(_ kind: UnwritableCatalog.Problem.Kind, _ column: ItemColumn, of item: Item) {
    report(kind, column.declaration) { [catalog] in catalog.id(item) }
  }

  private static func isNumber(_ number: Int?) -> Bool { number.map { (1...999_999_999).contains($0) } ?? false }

  /// Every distinct text once; the row that has it is looked for only if something is wrong with it.
  private mutating func texts() {
    let columns: [(kind: TextColumn, column: Column)] = [
      (.matterName, MatterColumn.name.declaration), (.lead, MatterColumn.lead.declaration),
      (.deadline, MatterColumn.deadline.declaration), (.remark, MatterColumn.remark.declaration),
      (.placeholder, MatterColumn.placeholder.declaration), (.itemName, ItemColumn.name.declaration),
      (.responsible, ItemColumn.responsible.declaration),
    ]
    for (kind, column) in columns {
      for name in catalog.names(kind) {
        let problem = catalog.withBytes(name) { DocumentLimits.problem($0, limit: column.longestValue) }
        guard let problem, let subject = subject(of: name) else { continue }
        report(UnwritableCatalog.Problem.Kind(problem), column) { subject }
      }
    }
  }

  /// Which row of the selection has this text: the first, if several have.
  private func subject(of name: TextID) -> String? {
    for index in selected.closure {
      let matter = catalog.matters[index]
      for text in [matter.name, matter.lead, matter.deadline, matter.remark, matter.placeholder] where text == name {
        return catalog.id(matter)
      }
      for item in catalog.items(of: matter) where item.name == name || item.responsible == name {
        return catalog.id(item)
      }
    }
    return nil
  }
}

extension UnwritableCatalog.Problem.Kind {
  fileprivate init(_ problem: DocumentLimits.Problem) {
    switch problem {
    case .character(let value): self = .character(value)
    case .tooLong: self = .tooLong
    }
  }
}
