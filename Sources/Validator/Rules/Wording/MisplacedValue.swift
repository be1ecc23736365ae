import Catalog
import Deadlines
import Localization

extension Rule {
  /// Columns with a form of their own are checked by `malformed-value`, names of departments and approvals by the rules about
  /// references.
  static let misplacedValue = Rule(
    id: "misplaced-value", group: .wording, severity: .error,
    title: LocalizedText(zh: "填的是别的栏目的值", en: "a cell with the value of another column"),
    reason: LocalizedText(
      zh: "粘贴时错了一列，或把编号、日期、部门填进了名称栏：这一格原来的内容丢了。",
      en:
        "A block was pasted one column off, or an id, a date or a department was entered as a name: what belongs there is lost."
    ),
    source: LocalizedText(zh: "catalog/README.md 表格与列", en: "tables and columns in catalog/README.md"),
    fix: LocalizedText(
      zh: "对照文件重新填写这一格；整行错列的，把各格移回原来的栏目。",
      en: "Write what the notice has for this column; if the row has moved, move its cells back."),
    triggers: [
      Example(matters: ["1-002,first,2,individual,↓12345,市民政局,2022年12月底"]),
      Example(matters: ["1-002,first,2,individual,↓市民政局,市民政局,2022年12月底"]),
      Example(matters: ["2-050,second,50,enterprise,↓市场监管部门/行政审批部门,市场监管部门/行政审批部门,2022年12月底"]),
      Example(matters: ["1-002,first,2,individual,↓2022年12月底,市民政局,2022年12月底"]),
      Example(matters: [
        "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底",
        "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,↓2-037",
      ]),
      Example(tables: [.departments: ["health,市卫健委,↓20221230,卫健部门,,city-department"]]),
      Example(tables: [.waivers: ["short-notice,second,↓second"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,12345热线办理,市民政局,2022年12月底,2022年12月底前完成"],
        tables: [.waivers: ["short-notice,second,文件2022年12月30日印发"]])
    ],
    check: .catalog { context in
      let values = ColumnValues(context.catalog)
      values.reportMatters(to: context)
      for kind in TableKind.small {
        if let table = context.smallTable(kind) { values.reportSmallTable(table, to: context) }
      }
    })
}

/// The values that belong in columns of a form of their own.
private struct ColumnValues {
  private let catalog: Catalog
  private let ids: Set<String>
  private let audiences: Set<String>
  /// An id or an audience begins with a blank, as none does in a sound catalog.
  private let haveBlanks: Bool

  init(_ catalog: Catalog) {
    self.catalog = catalog
    audiences = Set(catalog.audiences.map(\.id))
    ids = Set(
      catalog.departments.map(\.id) + catalog.approvals.map(\.id) + catalog.lists.map(\.id) + catalog.notices.map(\.id))
    haveBlanks = catalog.lists.contains { $0.prefix.hasPrefix(" ") } || audiences.contains { $0.hasPrefix(" ") }
  }

  /// What a text is, if it is no text for people. A sentence may be a date alone.
  func meaning(of text: String, isSentence: Bool = false) -> LocalizedText? {
    guard let first = text.unicodeScalars.first, text.utf8.count <= 80 else { return nil }
    if first.isASCII || ("０"..."９").contains(first) {
      if text.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) || ("０"..."９").contains($0) }) {
        return LocalizedText(zh: "数字", en: "a number")
      }
      if catalog.matter(id: text) != nil { return LocalizedText(zh: "事项的标识", en: "the id of a matter") }
      // No id begins with a blank.
      if first != " ", ids.contains(text) { return LocalizedText(zh: "标识", en: "an id") }
      if !isSentence, ColumnValues.mayBeDate(text), Day(iso: text) != nil || Deadline(printed: text).due != nil {
        return LocalizedText(zh: "日期", en: "a date")
      }
      if audiences.contains(text) { return LocalizedText(zh: "服务对象的类型", en: "an audience") }
    }
    return nil
  }

  /// Whether a text has a digit, as every date has: most of the names that begin with a blank are no dates, and to read them
  /// as deadlines takes much longer.
  private static func mayBeDate(_ text: String) -> Bool {
    text.unicodeScalars.contains { isDigit($0.value) }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0xFF10...0xFF19: true
    // 〇一七三九二五八六十四零, as deadlines have them.
    case 0x3007, 0x4E00, 0x4E03, 0x4E09, 0x4E5D, 0x4E8C, 0x4E94, 0x516B, 0x516D, 0x5341, 0x56DB, 0x96F6: true
    default: false
    }
  }

  /// Whether the name of a matter, in UTF-8, begins with a blank and has no digit: unless something else begins with a blank, it
  /// has no meaning as `meaning(of:)` finds it, and no text is made of a million of these.
  private static func isBlankName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: " ") else { return false }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte >= 0x30, byte <= 0x39 { return false }
        index += 1
      } else if byte < 0xE0 || byte >= 0xF0 || index + 2 >= bytes.count {
        index += byte < 0xE0 ? 2 : 4
      } else {
        let scalar =
          UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        if ColumnValues.isDigit(scalar) { return false }
        index += 3
      }
    }
    return true
  }

  /// Whether a text is one department, or several as a lead prints them.
  private func isDepartments(_ text: String) -> Bool {
    // Scalars, as a long note is split into characters slowly.
    let parts = text.unicodeScalars.split { scalar in
      switch scalar {
      case "、", "/", "／", "，", ",": true
      default: false
      }
    }
    return !parts.isEmpty && parts.allSatisfy { catalog.departmentRegister.owner(of: String($0)) != nil }
  }

  /// Whether a text of a list, notice, region or audience is the name of a department or an approval.
  func registered(_ text: String) -> LocalizedText? {
    if isDepartments(text) { return LocalizedText(zh: "部门", en: "a department") }
    if let owner = catalog.approvalRegister.owner(of: text), owner.match != .loose {
      return LocalizedText(zh: "单项事项的名称", en: "the name of an approval")
    }
    return nil
  }

  func reportMatters(to context: RuleContext) {
    let texts = context.texts
    let department = LocalizedText(zh: "部门", en: "a department")
    var names: [TextID: LocalizedText] = [:]
    texts.forEach(in: .matterName, having: [.beginsPlainly, .maybeDepartments]) { name in
      let traits = texts[name]
      if traits.contains(.beginsPlainly),
        haveBlanks || !catalog.withBytes(name, { ColumnValues.isBlankName($0) }),
        let meaning = meaning(of: catalog.text(name))
      {
        names[name] = meaning
      } else if traits.contains(.maybeDepartments), isDepartments(catalog.text(name)) {
        names[name] = department
      }
    }
    // A remark may be a date, but hardly an id or a department alone.
    var remarks: [TextID: LocalizedText] = [:]
    texts.forEach(in: .remark, having: [.beginsPlainly, .maybeDepartments]) { remark in
      let (traits, text) = (texts[remark], catalog.text(remark))
      if traits.contains(.maybeDepartments), isDepartments(text) {
        remarks[remark] = department
      } else if traits.contains(.beginsPlainly), catalog.matter(id: text) != nil || ids.contains(text) {
        remarks[remark] = meaning(of: text)
      }
    }
    if !names.isEmpty || !remarks.isEmpty {
      for matter in catalog.matters {
        if let meaning = names[matter.name] {
          report(
            .matter(matter.index), catalog.position(matter, .name), catalog.text(matter.name), meaning, to: context)
        }
        if let meaning = remarks[matter.remark] {
          report(
            .matter(matter.index), catalog.position(matter, .remark), catalog.text(matter.remark), meaning, to: context)
        }
      }
    }
    catalog.forEachExtraCell(in: { $0.kind == .text }, where: { meaning(of: $1) != nil }) { cell in
      guard cell.table == .matters, let meaning = meaning(of: cell.text) else { return }
      report(.matter(cell.row), cell.position, cell.text, meaning, to: context)
    }
  }

  func report(
    _ subject: Subject, _ position: SourcePosition, _ text: String, _ meaning: LocalizedText, to context: RuleContext
  ) {
    let column = Phrase.column(position, in: catalog)
    context.report(
      subject, at: position,
      LocalizedText(
        zh: "\(column.zh)一栏填的是\(meaning.zh)“\(Phrase.quoted(text))”",
        en: "\(column.en) has \(meaning.en), “\(Phrase.quoted(text))”"))
  }
}

extension ColumnValues {
  /// Columns whose texts may be a number.
  private static let numbered: Set<String> = ["annex", "local_code", "version"]
  /// Tables whose texts are hardly the name of a department or an approval; a department may issue a notice.
  private static let unlike: Set<TableKind> = [.lists, .notices, .regions, .audiences]

  /// Reports the texts of a small table that are values of other columns.
  func reportSmallTable(_ table: SmallTable, to context: RuleContext) {
    for (index, column) in table.columns.enumerated() {
      switch column.kind {
      case .text, .names, .sentence: break
      default: continue
      }
      let mayBeNumber = ColumnValues.numbered.contains(column.name)
      let isUnlike = ColumnValues.unlike.contains(table.kind) && column.kind == .text && column.name != "issuer"
      func check(_ text: String, _ row: Int) {
        let found = mayBeNumber ? nil : meaning(of: text, isSentence: column.kind == .sentence)
        guard let meaning = found ?? (isUnlike ? registered(text) : nil) else { return }
        report(
          Subject(row: row, of: table.kind), table.position(row: row, column: index), text, meaning, to: context)
      }
      for (row, value) in table.values(ofColumn: index).enumerated() {
        switch value {
        case .text(let text): check(text, row)
        case .texts(let several): for text in several { check(text, row) }
        case .empty, .number, .flag: continue
        }
      }
    }
  }
}
