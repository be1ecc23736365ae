import Catalog
import Localization

extension Catalog {
  /// A matter in a message: `2-020“生育保险报销”`.
  func label(_ matter: Matter) -> LocalizedText { label(id(matter), text(matter.name)) }

  /// An item in a message: `2-037.8“营业执照”`.
  func label(_ item: Item) -> LocalizedText { label(id(item), text(item.name)) }

  private func label(_ id: String, _ name: String) -> LocalizedText {
    LocalizedText(zh: "\(id)“\(name)”", en: "\(id) “\(name)”")
  }

  /// A department in a message: its general name, or its short name if it has no general one.
  func departmentName(_ department: Int) -> String {
    let department = departments[department]
    return department.general.isEmpty ? department.short : department.general
  }

  func departmentNames(_ departments: [Int], choice: PrintedDepartments.Choice = .all) -> String {
    PrintedDepartments.printed(departments.map(departmentName), choice: choice)
  }
}
