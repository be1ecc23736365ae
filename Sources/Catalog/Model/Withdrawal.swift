import Deadlines
import Localization

/// That a matter is no longer offered, and by what decision. Its row, id and number stay, so that whatever names them still
/// finds it; it has no duties any more.
///
/// The notice knows no withdrawal: it announces lists that are worked off (§三(三)). A later decision is its basis.
package struct Withdrawal: Sendable, Hashable {
  /// Nil if the cell is empty or could not be read.
  package var day: Day?
  /// As written: the notice or decision.
  package var basis: String

  static let dayColumn = Column(
    "withdrawn", zh: "撤回日期", .day, xml: .attribute,
    about: LocalizedText(
      zh: "事项撤回的日期；撤回的事项保留原行、标识和序号，不再有完成和报送的任务。",
      en: "The day on which the matter was withdrawn. It keeps its row, id and number, and has no duties any more."))
  static let basisColumn = Column(
    "withdrawal_basis", zh: "撤回依据", .sentence,
    about: LocalizedText(zh: "撤回的依据，如文号。", en: "What the withdrawal is based on, such as the number of a notice."))

  /// The columns of matters that hold it.
  package static let columns = [dayColumn, basisColumn]
}

extension Catalog {
  /// Nil for a matter that is not withdrawn.
  package func withdrawal(of matter: Matter) -> Withdrawal? {
    guard matter.isWithdrawn else { return nil }
    func text(_ column: Column) -> String { extraColumn(column).map { extra(matter, $0) } ?? "" }
    return Withdrawal(day: Day(iso: text(Withdrawal.dayColumn)), basis: text(Withdrawal.basisColumn))
  }

  /// Whether the cell of the day is empty; one that could not be read is not.
  package func hasNoWithdrawalDay(_ matter: Matter) -> Bool {
    extraColumn(Withdrawal.dayColumn).flatMap { matterExtras.text(row: matter.index, column: $0) }?.isEmpty ?? false
  }

  /// Where the day of a matter's withdrawal is, or would be.
  package func positionOfWithdrawalDay(_ matter: Matter) -> SourcePosition { position(matter, Withdrawal.dayColumn) }
  /// Where the basis of a matter's withdrawal is, or would be.
  package func positionOfWithdrawalBasis(_ matter: Matter) -> SourcePosition {
    position(matter, Withdrawal.basisColumn)
  }

  private func position(_ matter: Matter, _ column: Column) -> SourcePosition {
    extraColumn(column).map { position(matter).cell(MatterColumn.allCases.count + $0) } ?? position(matter)
  }

  private func extraColumn(_ column: Column) -> Int? {
    schema.extraMatterColumns.firstIndex { $0.name == column.name }
  }
}
