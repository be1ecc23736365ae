import Localization

/// What a table of items may say besides the printed columns of the notice: an id that stays when other items are inserted,
/// the approval that is meant whatever the printed name is, and whether the item is the core step.
package enum ItemMarks {
  package static let idColumn = Column(
    "id", zh: "标识", .identifier, unique: true, xml: .attribute,
    about: LocalizedText(
      zh: "关联事项的固定标识，插入、调整次序后不变；可不填。",
      en: "An id of the item that stays when others are inserted or moved; optional."))
  package static let approvalColumn = Column(
    "approval", zh: "单项事项", .reference(to: .approvals), xml: .attribute,
    about: LocalizedText(
      zh: "所指的单项事项；两个单项事项名称相同时填写，不填的按名称认定。",
      en: "The approval that is meant, where two have the same name; without it, the name decides."))
  /// §三(二): 明确“一件事一次办”事项核心环节或第一个环节的办理单位作为牵头部门.
  package static let coreColumn = Column(
    "core", zh: "核心环节", .flag, xml: .attribute,
    about: LocalizedText(
      zh: "是否为核心环节；其办理单位为牵头部门。", en: "Whether it is the core step, whose department leads."))

  package static let columns = [idColumn, approvalColumn, coreColumn]
}

extension Catalog {
  /// The item's own id; empty if it has none.
  package func stableID(_ item: Item) -> String { mark(ItemMarks.idColumn, item) }

  /// The approval that the item's row names; empty if its name decides.
  package func declaredApproval(_ item: Item) -> String { mark(ItemMarks.approvalColumn, item) }

  /// Whether any item has a text in the column.
  package func hasMarks(_ column: Column) -> Bool { itemExtras.hasTexts(in: column) }

  /// The items that are marked as core steps, by index.
  package func coreItems() -> Set<Int> {
    Set(
      itemExtras.filledRows(of: ItemMarks.coreColumn).filter {
        ValueForm.flag(mark(ItemMarks.coreColumn, items[$0])) ?? false
      })
  }

  /// The items with a text in the column, by index.
  package func items(with column: Column) -> [Item] { itemExtras.filledRows(of: column).map { items[$0] } }

  /// Where an item's cell of the column is, or would be.
  package func position(_ item: Item, _ column: Column) -> SourcePosition {
    guard let index = schema.extraItemColumns.firstIndex(where: { $0.name == column.name }) else {
      return position(item, .name)
    }
    return position(item, .matter).cell(ItemColumn.allCases.count + index)
  }

  private func mark(_ column: Column, _ item: Item) -> String {
    schema.extraItemColumns.firstIndex { $0.name == column.name }.map { extra(item, $0) } ?? ""
  }
}
