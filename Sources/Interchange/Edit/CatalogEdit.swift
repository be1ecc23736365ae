import Catalog
import Deadlines
import Localization

/// An edit of a catalog folder that touches several cells, often in several tables. `EditPlan` finds the cells.
package enum CatalogEdit: Sendable, Hashable {
  /// A matter is withdrawn: its row gets the day and the basis.
  case withdraw(matter: String, on: Day, basis: String)
  /// Entries of a register become one: their names become aliases of the one that stays, their rows go.
  case merge(Entries, [String], into: String)
  /// A department gets a new name; the old one becomes an alias.
  case renameDepartment(String, to: String)
  /// An item goes to another matter and is the last one there; the items after it move up.
  case moveItem(String, to: String)

  /// The registers whose entries can be merged.
  package enum Entries: Sendable, Hashable {
    case departments, approvals
  }
}

/// Why an edit is not made; nothing has been written.
package struct EditRefusal: LocalizedFailure, Hashable {
  package var explanation: LocalizedText
  /// The request is at fault (exit status 64), not what the catalog holds (1).
  package var isUsage: Bool

  private init(_ explanation: LocalizedText, isUsage: Bool) {
    self.explanation = explanation
    self.isUsage = isUsage
  }

  static func usage(zh: String, en: String) -> EditRefusal {
    EditRefusal(LocalizedText(zh: zh, en: en), isUsage: true)
  }

  static func content(zh: String, en: String) -> EditRefusal {
    EditRefusal(LocalizedText(zh: zh, en: en), isUsage: false)
  }
}
