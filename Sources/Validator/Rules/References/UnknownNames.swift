import Catalog
import Wording

extension Inspection {
  /// Tells every cell of matters and items that names what no register answers to.
  ///
  /// Only the distinct texts are looked at; rows are gone through where one of them is in question.
  func tellUnknownParties() {
    let index = NearestName(catalog.departmentRegister)
    let columns: [(NameKind, MatterColumn, (Matter) -> Name)] = [
      (.lead, .lead, { $0.lead }), (.placeholder, .placeholder, { $0.placeholder }),
    ]
    for (kind, column, name) in columns {
      let unknown = catalog.names(kind).map { catalog.parties($0).parties.contains { $0.department == nil } }
      guard unknown.contains(true) else { continue }
      for matter in catalog.matters where unknown[name(matter).index] {
        // "/" beside "/" is no department; and a placeholder may stand in the table of items.
        for party in catalog.parties(name(matter)).parties where party.department == nil {
          report(.matter(matter.index), at: catalog.place(matter, column), unknownParty(
            party.name, of: catalog.id(matter), in: Words.column(catalog.place(matter, column)), index))
        }
      }
    }
    let unknown = catalog.names(.responsible).map { catalog.parties($0).parties.contains { $0.department == nil } }
    guard unknown.contains(true) else { return }
    for item in catalog.items where unknown[item.responsible.index] {
      let place = catalog.place(item, .responsible)
      for party in catalog.parties(item.responsible).parties where party.department == nil {
        report(.item(item.index), at: place, unknownParty(
          party.name, of: catalog.id(item), in: Words.column(place), index))
      }
    }
  }

  private func unknownParty(_ name: String, of id: String, in column: Bilingual, _ index: NearestName) -> Bilingual {
    let hint = Words.nearest(index.nearest(to: name))
    let quoted = Words.quoted(name)
    return Bilingual(
      zh: "\(id) 的\(column.zh)中的“\(quoted)”不在部门登记中\(hint.zh)",
      en: "\(id): “\(quoted)” in \(column.en) is in no entry of the departments register\(hint.en)")
  }
}
