import Catalog
import Deadlines

/// Cells that the end of a page has cut in two, with one half in the row below the other.
struct SplitCells {
  let context: ListContext
  let names: OfficialNames

  /// The whole text of two halves; nil unless it is one that the registers or the base know, and the halves are not.
  func whole(_ column: ListHeading.Column, _ above: String, _ below: String, of draft: OfficialDraft) -> String? {
    let (above, below) = (above.trimmingBlanks, below.trimmingBlanks)
    guard !above.isEmpty, !below.isEmpty, above != below else { return nil }
    let whole = WrappedLines.joined([above, below])
    switch column {
    case .item:
      guard names.isApproval(whole), !names.isApproval(above) || !names.isApproval(below) else { return nil }
      return whole
    case .lead, .responsible:
      let goesOn = above.last.map { "、,，/／".contains($0) } ?? false
      guard names.isDepartments(whole), goesOn || !names.isDepartments(above) || !names.isDepartments(below) else {
        return nil
      }
      return whole
    case .name, .type, .deadline, .remark:
      if column == .type {
        return context.audiences.index(of: whole) != nil && context.audiences.index(of: above) == nil ? whole : nil
      }
      if let known = known(column, of: draft), ListHeading.compact(known) == ListHeading.compact(whole) { return whole }
      let areDeadlines = isDeadline(above) && isDeadline(below)
      return column == .deadline && !areDeadlines && isDeadline(whole) ? whole : nil
    case .number: return nil
    }
  }

  private func known(_ column: ListHeading.Column, of draft: OfficialDraft) -> String? {
    let base = context.base
    guard let matter = base.matter(id: context.builder.matterID(of: draft)) else { return nil }
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
