import Catalog

/// What differs between two editions of a catalog: values for reports, without references into either.
///
/// Matters are paired by id, then by list and name (a renumbered matter); items within a matter by what they stand for,
/// never by position, so that one insertion is one change; rows of the small tables by their key.
package struct CatalogComparison: Sendable {
  package enum Change: String, Sendable {
    case added, changed, withdrawn, removed
  }

  /// A field whose text differs.
  package struct FieldChange: Sendable, Hashable {
    package enum Kind: String, Sendable {
      case changed
      /// The same meaning in other words: 市公安局 and 公安部门, or another width of brackets.
      case respelt
      /// An item at another position among those that both editions have.
      case moved
      /// A matter under another id.
      case renumbered
    }

    package var column: Column
    package var kind: Kind
    package var before: String
    package var after: String
    /// The cells, in the sources of either edition.
    package var old: SourcePosition
    package var new: SourcePosition
  }

  package struct ItemChange: Sendable {
    /// In the new edition; of a removed item, in the old one.
    package var id: String
    package var change: Change
    package var name: String
    package var fields: [FieldChange] = []
    package var old: SourcePosition?
    package var new: SourcePosition?
  }

  package struct MatterChange: Sendable {
    /// In the new edition; of a removed matter, in the old one.
    package var id: String
    package var change: Change
    package var name: String
    package var fields: [FieldChange] = []
    package var items: [ItemChange] = []
    package var old: SourcePosition?
    package var new: SourcePosition?
  }

  /// A row of a small table.
  package struct RowChange: Sendable {
    /// The values of the columns that name the row, joined by blanks.
    package var id: String
    package var change: Change
    package var fields: [FieldChange] = []
    package var old: SourcePosition?
    package var new: SourcePosition?
  }

  /// How many rows of a table differ, and how many do not.
  package struct Counts: Sendable, Hashable {
    package var added = 0
    package var changed = 0
    package var withdrawn = 0
    package var removed = 0
    package var unchanged = 0

    package init() {}

    package var differing: Int { added + changed + withdrawn + removed }

    mutating func count(_ change: Change) {
      switch change {
      case .added: added += 1
      case .changed: changed += 1
      case .withdrawn: withdrawn += 1
      case .removed: removed += 1
      }
    }
  }

  /// In the order of the new edition, removed ones where the old edition had them last. At most `limit`.
  package internal(set) var matters: [MatterChange] = []
  /// By table, those of the small tables that differ. At most `limit` rows each.
  package internal(set) var rows: [TableKind: [RowChange]] = [:]
  /// True counts, whatever the limit.
  package internal(set) var counts: [TableKind: Counts] = [:]
  /// How many of the changed matters are changed in spelling alone.
  package internal(set) var respeltMatters = 0
  /// How many items are added, changed and removed in the matters that both editions have.
  package internal(set) var itemCounts = Counts()

  /// The names of the two editions for messages.
  package let oldName: String
  package let newName: String

  init(oldName: String, newName: String) {
    self.oldName = oldName
    self.newName = newName
  }

  /// Both editions say the same in the same words.
  package var isEmpty: Bool { counts.values.allSatisfy { $0.differing == 0 } }

  package func counts(_ kind: TableKind) -> Counts { counts[kind] ?? Counts() }

  /// More than half of the ids of either edition are not in the other: hardly two editions of one catalog.
  package var areUnrelated: Bool {
    let counts = counts(.matters)
    let paired = counts.changed + counts.withdrawn + counts.unchanged
    return paired * 2 < paired + max(counts.added, counts.removed)
  }
}
