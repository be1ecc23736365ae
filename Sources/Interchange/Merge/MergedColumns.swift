import Catalog
import Localization

/// The columns of a merged table: those of our side, or of the other where only that side changed them; where both have
/// added some, all of them.
struct MergedColumns {
  let columns: [String]
  /// The edition that gives each title.
  let titles: [MergeTables.Edition]
  /// Columns that one side has removed.
  let removed: Set<String>

  init(_ tables: MergeTables) throws(MergeDeclined) {
    let (ours, theirs) = (tables.ours.columns, tables.theirs.columns)
    let base = tables.base?.columns ?? ours
    if theirs == base || ours == theirs {
      columns = ours
    } else if ours == base {
      columns = theirs
    } else {
      columns = try MergedColumns.both(base, ours, theirs)
    }
    removed = Set(base).subtracting(columns)
    for table in [tables.ours, tables.theirs] where table.columns != columns {
      guard table.rows.allSatisfy(table.isRegular) else {
        throw MergeDeclined(
          reason: LocalizedText(
            zh: "一边改动了列，另一边有的行多了或少了单元格", en: "one side changed its columns, and rows have too few or too many cells"))
      }
    }
    var titles: [MergeTables.Edition] = []
    for column in columns {
      let common = tables.base.flatMap { MergedColumns.title($0, column) }
      switch (MergedColumns.title(tables.ours, column), MergedColumns.title(tables.theirs, column)) {
      case (let mine?, let other?):
        if mine != other, common != mine, common != other {
          throw MergeDeclined(reason: LocalizedText(zh: "两边把一列改成了不同的标题", en: "both sides renamed a column"))
        }
        titles.append(mine == common ? .theirs : .ours)
      case (nil, _?): titles.append(.theirs)
      default: titles.append(.ours)
      }
    }
    self.titles = titles
  }

  private static func title(_ table: MergeTable, _ column: String) -> String? {
    table.index(of: column).map { table.csv.header[$0] }
  }

  /// Columns that both sides have added, each after the one that it follows. Nothing else may have changed on both sides.
  private static func both(
    _ base: [String], _ ours: [String], _ theirs: [String]
  ) throws(MergeDeclined) -> [String] {
    guard ours.filter(base.contains) == base, theirs.filter(base.contains) == base else {
      throw MergeDeclined(reason: LocalizedText(zh: "两边都改动了列", en: "both sides changed its columns"))
    }
    var columns = ours
    var previous: String?
    for column in theirs {
      if !columns.contains(column) {
        let index = previous.flatMap { columns.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        columns.insert(column, at: index)
      }
      previous = column
    }
    return columns
  }
}
