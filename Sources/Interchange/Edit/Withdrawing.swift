import Catalog
import Deadlines
import Localization

extension EditDraft {
  mutating func withdraw(_ id: String, on day: Day, basis: String) throws(EditRefusal) {
    let matter = try matter(id)
    let basis = basis.trimmingBlanks
    if basis.isEmpty {
      throw .usage(
        zh: "--basis 不能为空：请写明撤回的依据，如文号。",
        en: "--basis is empty: state what the withdrawal is based on, such as the number of a notice.")
    }
    try EditDraft.requirePlainText(basis, of: LocalizedText(zh: "--basis", en: "--basis"))
    if let withdrawal = folder.withdrawal(of: matter) {
      throw .content(
        zh: "\(id) 已经撤回\(withdrawal.day.map { "（\($0)）" } ?? "")。要改日期或依据，请直接改 matters.csv。",
        en: "\(id) has been withdrawn already\(withdrawal.day.map { " (\($0))" } ?? ""). Correct its day or basis in "
          + "matters.csv.")
    }
    let row = folder.position(matter)
    let texts = [day.description, basis]
    for (column, text) in zip(Withdrawal.columns, texts) {
      set(.matters, at: row, folder.id(matter), column: column.name, from: "", to: text)
    }
  }
}
