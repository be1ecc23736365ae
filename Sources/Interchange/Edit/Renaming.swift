import Catalog
import Localization

extension EditDraft {
  /// The name that `name` is changes: the full or the general name if it is that, the short name otherwise.
  mutating func renameDepartment(_ name: String, to newName: String) throws(EditRefusal) {
    let register = folder.departmentRegister
    let what = LocalizedText(zh: "部门", en: "department")
    let index = try department(name, what)
    let row = folder.departments[index]
    let new = newName.trimmingBlanks
    guard ValueForm.names(new) == [new], PrintedDepartments.isOneName(new) else {
      throw .usage(
        zh: "“\(newName)”不能作为部门名称：不能为空，也不能含分隔部门的 、，；/ 或 |（括号内的除外）。",
        en: "“\(newName)” cannot be the name of a department: it must not be empty or contain what separates "
          + "departments: 、 , ; / or |, except within brackets.")
    }
    try EditDraft.requirePlainText(newName, of: LocalizedText(zh: "新名称", en: "the new name"))
    if let owner = register.owner(of: new), owner.index != index {
      let other = folder.departments[owner.index]
      throw .content(
        zh: "“\(new)”已是 \(other.id)“\(other.short)”的名称。两个部门合并的，请用 `onevisit edit merge department`。",
        en: "“\(new)” is a name of \(other.id) “\(other.short)” already. If the two have become one, use "
          + "`onevisit edit merge department`.")
    }
    let (column, old): (String, String) =
      switch name.trimmingBlanks {
      case row.full where !row.full.isEmpty && row.full != row.short: ("full", row.full)
      case row.general where !row.general.isEmpty && row.general != row.short: ("general", row.general)
      default: ("short", row.short)
      }
    if old == new {
      throw .usage(zh: "\(row.id) 的名称已是“\(new)”。", en: "\(row.id) is called “\(new)” already.")
    }
    try EditDraft.requireAlias(old)
    set(.departments, at: row.position, row.id, column: column, from: old, to: new)
    var aliases = row.aliases.filter { $0 != new }
    let names = ["short": row.short, "full": row.full, "general": row.general].filter { $0.key != column }
    EntriesMatchedByName.add([old], to: &aliases, besides: [row.id] + names.values)
    setAliases(.departments, row, folder.schema.departments, from: row.aliases, to: aliases)
  }
}
