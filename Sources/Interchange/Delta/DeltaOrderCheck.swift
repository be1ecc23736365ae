import Localization

/// Checks the entries of a table in a delta, one after the other: that each names a row of the old edition, that their
/// numbers in the new edition rise, and that the rows which the delta holds follow in the same order.
struct DeltaOrderCheck {
  /// What names the rows of the old edition.
  let base: [String]
  /// What names the rows that the delta holds.
  let own: [String]
  /// How many rows the new edition has.
  let rows: Int

  /// What is wrong, with the index of the entry; nil if there is no entry for it.
  private(set) var problems: [(LocalizedText, Int?)] = []
  /// The rows of the old edition that entries have named.
  private var named: Set<Int> = []
  /// The last number in the new edition.
  private var last = 0
  /// How many of the rows that the delta holds have had their entry.
  private var held = 0

  init(base: [String], own: [String], rows: Int) {
    self.base = base
    self.own = own
    self.rows = rows
  }

  mutating func check(_ entry: CatalogDelta.Entry, _ index: Int) {
    if let was = entry.was { checkOldRow(was, of: entry, index) }
    guard entry.change != .removed else { return }
    let at = entry.at ?? 0
    if at <= last || at > rows {
      report(
        zh: "“\(entry.id)”的位置 at=\(at) 次序不对、重复或超出新版的行数。请按 at 从小到大排列",
        en: "“\(entry.id)” has the position at=\(at), which is out of order, given twice or beyond the last row. "
          + "List the entries by rising at", index)
    }
    last = max(last, at)
    if entry.isWritten { checkOwnRow(of: entry, index) }
  }

  /// Checks what is left when all entries have been checked.
  mutating func checkEnd() {
    guard own.count > held else { return }
    report(
      zh: "“\(own[held])”的内容没有写在 changes 中。请补上 added 或 changed",
      en: "changes has no entry for the row of “\(own[held])”. Add one, added or changed", nil)
  }

  private mutating func checkOldRow(_ was: Int, of entry: CatalogDelta.Entry, _ index: Int) {
    if was < 1 || was > base.count || base[was - 1] != entry.id {
      report(
        zh: "旧版第 \(was) 行不是“\(entry.id)”。请重新生成增量，不要手工修改",
        en: "row \(was) of the old edition is not “\(entry.id)”. Make the delta again instead of editing it", index)
    } else if !named.insert(was).inserted {
      report(
        zh: "旧版第 \(was) 行“\(entry.id)”写了两次。请只留一处",
        en: "row \(was) of the old edition, “\(entry.id)”, is given twice. Keep one of them", index)
    }
  }

  private mutating func checkOwnRow(of entry: CatalogDelta.Entry, _ index: Int) {
    if held >= own.count || own[held] != entry.id {
      let other = held < own.count ? own[held] : ""
      report(
        zh: "changes 中的“\(entry.id)”后面应有它的内容，而那里是“\(other)”。请按 changes 的次序给出各行",
        en: "the row of “\(entry.id)” should follow, but there is “\(other)”. Give the rows in the order of changes",
        index)
    }
    held += 1
  }

  private mutating func report(zh: String, en: String, _ index: Int?) {
    problems.append((LocalizedText(zh: zh, en: en), index))
  }
}
