import Catalog
import Localization

/// The lines beside the rows of a table: notes (注), which go to the list, and what every page repeats, such as titles and
/// page numbers.
struct OfficialNotes {
  /// The notes below the tables, by the index of their list.
  private var notes: [Int: [String]] = [:]

  private static let marks = ["注:", "注：", "备注:", "备注：", "说明:", "说明：", "注1"]
  private static let otherMarks = ["附件", "附表", "附:", "附：", "填表", "联系人", "单位:", "单位："]
  private static let pageMarks: Set<Unicode.Scalar> = [
    "第", "页", "共", "/", "-", "—", "–", "―", "(", ")", "（", "）", ",", "，", "·",
  ]

  /// Whether the text is a note (注) below a table.
  static func isNote(_ text: String) -> Bool {
    let compact = ListHeading.compact(text)
    return marks.contains { compact.hasPrefix($0) }
  }

  /// Whether the text is a title, a page number, or another line beside the table.
  static func isBesideTable(_ word: String) -> Bool {
    let compact = ListHeading.compact(word)
    for prefix in marks + otherMarks where compact.hasPrefix(prefix) { return true }
    if compact.contains("清单"), compact.contains("一件事") { return true }
    // 第 3 页 共 12 页, — 3 —, -3-
    let rest = compact.unicodeScalars.filter { !("0"..."9").contains($0) }
    guard rest.count < compact.unicodeScalars.count, !rest.isEmpty else { return false }
    return rest.allSatisfy { pageMarks.contains($0) } && ListNumber.read(word) == nil
  }

  /// Keeps a note of a list; one that is repeated on every page is kept once.
  mutating func add(_ note: String, to list: Int) {
    let compact = ListHeading.compact(note)
    if notes[list, default: []].contains(where: { ListHeading.compact($0) == compact }) { return }
    notes[list, default: []].append(note)
  }

  /// Gives the lists their notes. A note that differs from the one the list has in blanks alone is not changed.
  func resolve(in builder: CatalogBuilder) {
    for (list, notes) in notes where builder.lists.indices.contains(list) {
      let note = notes.joined()
      if ListHeading.compact(note) != ListHeading.compact(builder.lists[list].note) { builder.lists[list].note = note }
    }
  }
}
