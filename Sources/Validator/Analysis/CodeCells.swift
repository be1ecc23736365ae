import Catalog
import Localization

/// A cell of a register with a code that portals know the entry by. Empty cells are unknown and are none.
struct CodeCell {
  var subject: Subject
  /// The entry in a message: `部门 taxation `, `the department taxation`.
  var entry: LocalizedText
  var column: Column
  var text: String
  var position: SourcePosition

  /// The credit code in it: the whole of that of a department, the first 18 characters of a task code; nil if there is none of
  /// the right form.
  var creditCode: String? {
    switch column.kind {
    case .creditCode: ServiceCode.isCreditCode(text) ? text : nil
    case .taskCode: ServiceCode.creditCode(ofTask: text)
    default: nil
    }
  }
}

extension Catalog {
  /// The cells with codes, by rows.
  var codeCells: [CodeCell] {
    var cells: [CodeCell] = []
    let creditCode = schema.departments.columns[path: \Department.creditCode]
    for (index, department) in departments.enumerated() where !department.creditCode.isEmpty {
      guard let creditCode else { break }
      cells.append(
        CodeCell(
          subject: .department(index), entry: entry(department), column: creditCode, text: department.creditCode,
          position: department.position(of: \.creditCode)))
    }
    let columns = schema.approvals.columns
    let code = Approval.schema.index(of: \.code)
    let taskCode = Approval.schema.index(of: \.taskCode)
    let localCode = Approval.schema.index(of: \.localCode)
    for (index, approval) in approvals.enumerated() {
      func add(_ text: String, _ column: Int?) {
        guard !text.isEmpty, let column, columns.indices.contains(column) else { return }
        cells.append(
          CodeCell(
            subject: .approval(index), entry: entry(approval), column: columns[column], text: text,
            position: approval.position.cell(column)))
      }
      add(approval.code, code)
      add(approval.taskCode, taskCode)
      add(approval.localCode, localCode)
    }
    return cells
  }

  func entry(_ department: Department) -> LocalizedText {
    LocalizedText(
      zh: "部门 \(department.id)“\(department.short)”的", en: "the department \(department.id) “\(department.short)”: ")
  }

  func entry(_ approval: Approval) -> LocalizedText {
    LocalizedText(zh: "单项事项 \(approval.id)“\(approval.name)”的", en: "the approval \(approval.id) “\(approval.name)”: ")
  }

  /// Whether a cell is in a table of texts, and not in a document, whose schema judges its form.
  func isInTable(_ position: SourcePosition) -> Bool {
    sources.indices.contains(position.source) && sources[position.source].csv != nil
  }
}

extension [Column] {
  /// The declared column of a property of a row.
  fileprivate subscript<Row: TableRow>(path path: PartialKeyPath<Row>) -> Column? {
    Row.schema.index(of: path).flatMap { indices.contains($0) ? self[$0] : nil }
  }
}
