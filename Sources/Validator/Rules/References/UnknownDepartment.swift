import Catalog
import Localization

extension Rule {
  /// A catalog without a register of departments is not checked.
  static let unknownDepartment = Rule(
    id: "unknown-department", group: .references, severity: .error,
    title: LocalizedText(
      zh: "没有这个部门",
      en: "a department that is not in the register"),
    reason: LocalizedText(
      zh: "查不到的部门不会出现在任何部门的任务清单里，没有人知道这件事归自己办。",
      en: "It appears in no department's list of tasks, and nobody knows that the matter is theirs."),
    source: LocalizedText(
      zh: "§三（二）：“办理单位作为牵头部门”，“责任部门要密切协作”；catalog/README.md 部门登记",
      en: "§三(二): lead and responsible departments; the departments register in catalog/README.md"),
    fix: LocalizedText(
      zh: "写错的改正；原文的另一种写法，在 departments.csv 中登记为别名；新部门登记一行。",
      en: "Correct the name; add another spelling to `aliases` in departments.csv, and a new department as a row."),
    triggers: [
      Example(matters: ["2-001,second,1,individual,灵活就业,↓市人设局,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,↓人社部门、税收部门"]),
      Example(tables: [.approvals: ["job-registration,就业登记,,registration,↓humanresources"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门、税务部门", "2-001,2,/,/"],
        tables: [.approvals: ["job-registration,就业登记,,registration,人社部门"]])
    ],
    correction: .suggested,
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.departments.isEmpty else { return }
      context.reportUnknownDepartments()
      let index = NearestName(catalog.departmentRegister)
      for reference in context.unresolvedReferences(to: .departments) {
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: reference.text))
          let name = Phrase.quoted(reference.text)
          return LocalizedText(
            zh: "\(reference.owner(in: catalog).zh)没有“\(name)”这个部门\(hint.zh)",
            en: "\(reference.owner(in: catalog).en)no department called “\(name)”\(hint.en)")
        }
        context.report(
          reference.subject, at: reference.position, name: reference.text, message(),
          corrected: reference.isWholeCell ? index.onlyNearest(to: reference.text) : nil)
      }
    })
}

extension RuleContext {
  /// Reports each department in a cell of the two large tables that is not in the register.
  ///
  /// The distinct texts are checked first; the rows are only read if one of these has an unknown department.
  fileprivate func reportUnknownDepartments() {
    let index = NearestName(catalog.departmentRegister)
    func unknown(_ kind: TextColumn) -> [Bool] {
      catalog.names(kind).map { catalog.printedDepartments($0).entries.contains { $0.department == nil } }
    }
    let leads = unknown(.lead)
    let placeholders = unknown(.placeholder)
    let responsibles = unknown(.responsible)
    let columns: [(MatterColumn, (Matter) -> TextID)] = [(.lead, { $0.lead }), (.placeholder, { $0.placeholder })]
    for (column, name) in columns {
      // A placeholder may come from the table of items, and is then a text of that table.
      guard
        leads.contains(true) && column == .lead
          || column == .placeholder && (placeholders.contains(true) || responsibles.contains(true))
      else { continue }
      for matter in catalog.matters {
        let name = name(matter)
        let isUnknown =
          switch name.kind {
          case .lead: leads[name.index]
          case .placeholder: placeholders[name.index]
          default: responsibles[name.index]
          }
        guard isUnknown else { continue }
        let position = column == .placeholder ? catalog.placeholderPosition(matter) : catalog.position(matter, column)
        for entry in unknownNames(in: name) {
          report(
            .matter(matter.index), at: position, name: entry,
            unknownDepartment(
              entry, of: catalog.id(matter), in: Phrase.column(position, in: catalog), index),
            corrected: catalog.text(name).replacingOnly(entry, by: index.onlyNearest(to: entry)))
        }
      }
    }
    guard responsibles.contains(true) else { return }
    // Most items have the text of the item before.
    var last: (text: TextID, names: [String])?
    for item in catalog.items where responsibles[item.responsible.index] {
      let position = catalog.position(item, .responsible)
      let names = last?.text == item.responsible ? last?.names ?? [] : unknownNames(in: item.responsible)
      last = (item.responsible, names)
      for entry in names {
        report(
          .item(item.index), at: position, name: entry,
          unknownDepartment(
            entry, of: catalog.id(item), in: Phrase.column(position, in: catalog), index),
          corrected: catalog.text(item.responsible).replacingOnly(entry, by: index.onlyNearest(to: entry)))
      }
    }
  }

  /// The names that no department has. The slash of `#N/A` separates nothing.
  private func unknownNames(in name: TextID) -> [String] {
    if catalog.withBytes(name, { $0.first == UInt8(ascii: "#") && TextDamage($0) != nil }) {
      return [catalog.text(name)]
    }
    return catalog.printedDepartments(name).entries.lazy
      .filter { $0.department == nil && !self.isUndecoded($0.name) }.map(\.name)
  }

  private func unknownDepartment(_ name: String, of id: String, in column: LocalizedText, _ index: NearestName)
    -> LocalizedText
  {
    let hint = Phrase.nearest(index.nearest(to: name))
    let quoted = Phrase.quoted(name)
    return LocalizedText(
      zh: "\(id) 的\(column.zh)：没有“\(quoted)”这个部门\(hint.zh)",
      en: "\(id), \(column.en): no department called “\(quoted)”\(hint.en)")
  }
}
