import Catalog
import Deadlines

/// Cells that the end of a page has cut in two, with one half in the row below the other.
final class SplitCells {
  private let context: ListContext
  private let names: OfficialNames
  private let texts: OfficialTexts

  init(context: ListContext, names: OfficialNames) {
    self.context = context
    self.names = names
    texts = names.texts
  }

  /// The whole text of two halves; nil unless it is one that the registers or the base know, and the halves are not.
  func whole(
    _ column: ListHeading.Column, _ above: OfficialCell, _ below: OfficialCell, of draft: OfficialDraft
  ) -> OfficialCell? {
    if above == below || texts.isBlank(above) || texts.isBlank(below) || column == .number { return nil }
    // Most halves are whole names: then nothing needs to be joined.
    if column == .item, names.readsAsApprovals(above), names.readsAsApprovals(below) { return nil }
    return whole(column, texts.word(above), texts.word(below), above, below, of: draft).map(texts.insert)
  }

  private func whole(
    _ column: ListHeading.Column, _ above: String, _ below: String, _ aboveCell: OfficialCell,
    _ belowCell: OfficialCell, of draft: OfficialDraft
  ) -> String? {
    guard above != below else { return nil }
    let whole = WrappedLines.joined([above, below])
    switch column {
    case .item: return names.isApproval(whole) ? whole : nil
    case .lead, .responsible:
      let goesOn = above.last.map { "、,，/／".contains($0) } ?? false
      guard goesOn || !names.readsAsDepartments(aboveCell) || !names.readsAsDepartments(belowCell),
        names.isDepartments(whole)
      else { return nil }
      return whole
    case .type: return context.audiences.index(of: whole) != nil && !names.isAudience(aboveCell) ? whole : nil
    case .name, .deadline, .remark:
      if let known = known(column, of: draft), ListHeading.compact(known) == ListHeading.compact(whole) { return whole }
      let areDeadlines = isDeadline(above) && isDeadline(below)
      return column == .deadline && !areDeadlines && isDeadline(whole) ? whole : nil
    case .number: return nil
    }
  }

  private func known(_ column: ListHeading.Column, of draft: OfficialDraft) -> String? {
    let base = context.base
    guard let matter = base.matter(id: context.matterID(of: draft, texts)) else { return nil }
    switch column {
    case .name: return base.text(matter.name)
    case .deadline: return base.text(matter.deadline)
    case .remark: return base.text(matter.remark)
    default: return nil
    }
  }

  private func isDeadline(_ text: String) -> Bool {
    switch Deadline(printed: text).kind {
    case .empty, .unreadable, .open: false
    default: true
    }
  }
}
