import Catalog
import Localization

extension RuleContext {
  /// Tells every cell of matters and items that names what no register answers to.
  ///
  /// Only the distinct texts are looked at; rows are gone through where one of them is in question.
  func reportUnknownParties() {
    let index = NearestName(catalog.departmentRegister)
    func unknown(_ kind: TextColumn) -> [Bool] {
      catalog.names(kind).map { catalog.parties($0).parties.contains { $0.department == nil } }
    }
    let leads = unknown(.lead)
    let placeholders = unknown(.placeholder)
    let responsibles = unknown(.responsible)
    let columns: [(MatterColumn, (Matter) -> TextID)] = [(.lead, { $0.lead }), (.placeholder, { $0.placeholder })]
    for (column, name) in columns {
      // A placeholder may stand in the table of items, and is then a text of that table.
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
        for party in catalog.parties(name).parties where party.department == nil {
          report(
            .matter(matter.index), at: position,
            unknownParty(
              party.name, of: catalog.id(matter), in: Phrase.column(position), index))
        }
      }
    }
    guard responsibles.contains(true) else { return }
    for item in catalog.items where responsibles[item.responsible.index] {
      let position = catalog.position(item, .responsible)
      for party in catalog.parties(item.responsible).parties where party.department == nil {
        report(
          .item(item.index), at: position,
          unknownParty(
            party.name, of: catalog.id(item), in: Phrase.column(position), index))
      }
    }
  }

  private func unknownParty(_ name: String, of id: String, in column: LocalizedText, _ index: NearestName)
    -> LocalizedText
  {
    let hint = Phrase.nearest(index.nearest(to: name))
    let quoted = Phrase.quoted(name)
    return LocalizedText(
      zh: "\(id) 的\(column.zh)中的“\(quoted)”不在部门登记中\(hint.zh)",
      en: "\(id): “\(quoted)” in \(column.en) is in no entry of the departments register\(hint.en)")
  }
}
