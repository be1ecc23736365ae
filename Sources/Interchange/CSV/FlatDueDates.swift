import AtomicFiles
import CSVFormat
import Deadlines
import Localization

/// Compares the column `due` of a list in the flat layout with the deadlines that it follows from.
final class FlatDueDates {
  private let table: FlatTable
  private let deadlines: FlatTexts
  private let days: FlatTexts
  /// By number of the deadline, what it means; and the last due date that agreed with it, as a number, or -1.
  @exclusivity(unchecked) private var meanings: [Deadline] = []
  @exclusivity(unchecked) private var agreed: [Int] = []

  init(_ table: FlatTable) {
    self.table = table
    deadlines = FlatTexts(table)
    days = FlatTexts(table)
  }

  /// Reports a due date that is not that of the deadline, unless the deadline cannot be read.
  /// - Parameters:
  ///   - start: the offset of the row.
  ///   - id: the matter's.
  func check(_ cells: [Cell], _ start: Int, of id: String) {
    guard let cell = table.cell(cells, .due), !table.isBlank(cell) else { return }
    let number = deadlines.number(of: table.cell(cells, .deadline))
    while meanings.count <= number {
      meanings.append(Deadline(printed: deadlines.text(meanings.count)))
      agreed.append(-1)
    }
    let day = days.number(of: cell)
    if agreed[number] == day { return }
    let deadline = meanings[number]
    let due = table.csv.string(cell).trimmingBlanks
    if deadline.kind == .unreadable || deadline.due?.description == due {
      agreed[number] = day
      return
    }
    let printed = table.text(cells, .deadline)
    table.contradiction(
      start, .due, of: id,
      LocalizedText(
        zh: "\(id)：时限“\(printed)”\(deadline.due.map { "的截止日是 \($0)" } ?? "没有截止日")，而 due 写的是“\(due)”",
        en: "\(id): the deadline “\(printed)” \(deadline.due.map { "is due on \($0)" } ?? "has no due date"), "
          + "but due is “\(due)”"))
  }
}
