import Catalog
import Localization

extension Rule {
  static let unexportableText = Rule(
    id: "unexportable-text", group: .wording, severity: .error,
    title: LocalizedText(zh: "XML 文件不能容纳的文字", en: "a text that no XML document can hold"),
    reason: LocalizedText(
      zh: "XML 不允许这个字符，或读取方不接受这么长的文字：这份目录无法导出给平台。",
      en:
        "XML does not allow the character, or readers do not take a text of that length: the catalog cannot be exported."
    ),
    source: LocalizedText(
      zh: "XML 1.0 第五版，2.2 字符；libxml2 对文字和标签长度的限制",
      en: "XML 1.0, fifth edition, 2.2 Characters; the limits of libxml2 on the length of texts and tags"),
    fix: LocalizedText(
      zh: "删去该字符；过长的单元格恢复为原文的一格。", en: "Delete the character; restore an overlong cell to the one cell of the original."
    ),
    triggers: [
      Example(matters: ["2-055,second,55,enterprise,↓我要开\u{07}书店,市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底"],
        items: ["2-055,1,营业执照,↓市场监管部门\u{FFFE}"]),
      Example(tables: [.departments: ["market-regulation,市市场监管局,↓市市场\u{01}监督管理局"], .approvals: []]),
    ],
    passes: [Example(matters: ["2-055,second,55,enterprise,我要开\u{200B}书店,市场监管部门,2022年12月底"])],
    check: .catalog { context in
      reportLargeTables(context)
      let catalog = context.catalog
      for kind in TableKind.small.sorted() {
        if let table = context.smallTable(kind) { reportSmallTable(table, context) }
      }
      catalog.forEachExtraCell(
        in: { _ in true }, where: { DocumentLimits.problem($1, limit: $0.longestValue) != nil }
      ) { cell in
        guard let problem = DocumentLimits.problem(cell.text, limit: cell.column.longestValue) else { return }
        let subject = Subject(row: cell.row, of: cell.table)
        context.report(subject, at: cell.position, message(problem, of: subject.id(in: catalog), cell.column))
      }
    })

  private static func reportLargeTables(_ context: RuleContext) {
    let catalog = context.catalog
    var problems: [TextID: DocumentLimits.Problem] = [:]
    for (kind, column) in [
      (TextColumn.matterName, MatterColumn.name.declaration), (.lead, MatterColumn.lead.declaration),
      (.deadline, MatterColumn.deadline.declaration), (.remark, MatterColumn.remark.declaration),
      (.placeholder, MatterColumn.placeholder.declaration), (.itemName, ItemColumn.name.declaration),
      (.responsible, ItemColumn.responsible.declaration),
    ] {
      // Only these have a character that XML does not allow, or are long.
      context.texts.forEach(in: kind, having: [.unusual, .garbled, .long]) { name in
        problems[name] = catalog.withBytes(name) { DocumentLimits.problem($0, limit: column.longestValue) }
      }
    }
    if problems.isEmpty { return }
    for matter in catalog.matters {
      for (column, text) in [
        (MatterColumn.name, matter.name), (.lead, matter.lead), (.deadline, matter.deadline), (.remark, matter.remark),
        (.placeholder, matter.placeholder),
      ] {
        guard let problem = problems[text] else { continue }
        // What is printed beside "/" may be a cell of the table of items.
        let position = column == .placeholder ? catalog.placeholderPosition(matter) : catalog.position(matter, column)
        context.report(
          .matter(matter.index), at: position, message(problem, of: catalog.id(matter), column.declaration))
      }
    }
    for item in catalog.items {
      for (column, text) in [(ItemColumn.name, item.name), (.responsible, item.responsible)] {
        guard let problem = problems[text] else { continue }
        context.report(
          .item(item.index), at: catalog.position(item, column),
          message(problem, of: catalog.id(item), column.declaration))
      }
    }
  }

  private static func reportSmallTable(_ table: SmallTable, _ context: RuleContext) {
    for (index, column) in table.columns.enumerated() {
      switch column.kind {
      case .number, .flag: continue
      default: break
      }
      let limit = column.longestValue
      for (row, value) in table.values(ofColumn: index).enumerated() {
        let problem: DocumentLimits.Problem?
        switch value {
        case .texts(let several): problem = several.lazy.compactMap { DocumentLimits.problem($0, limit: limit) }.first
        case .text(let text): problem = DocumentLimits.problem(text, limit: limit)
        case .empty, .number, .flag: continue
        }
        guard let problem else { continue }
        let subject = Subject(row: row, of: table.kind)
        context.report(
          subject, at: table.position(row: row, column: index),
          message(problem, of: subject.id(in: context.catalog), column))
      }
    }
  }

  private static func message(_ problem: DocumentLimits.Problem, of id: String, _ column: Column) -> LocalizedText {
    let name = Phrase.column(column)
    switch problem {
    case .character(let value):
      let digits = String(value, radix: 16, uppercase: true)
      let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      return LocalizedText(
        zh: "\(id) 的\(name.zh)含有 XML 不允许的字符 \(code)",
        en: "\(id), \(name.en): the character \(code) is not allowed in XML")
    case .tooLong(let limit):
      return LocalizedText(
        zh: "\(id) 的\(name.zh)超过 \(limit) 字节", en: "\(id), \(name.en): more than \(limit) bytes")
    }
  }
}
