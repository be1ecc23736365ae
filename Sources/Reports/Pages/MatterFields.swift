import Catalog
import Deadlines
import Localization

extension MatterContent {
  /// What a page says of a matter: names with their values.
  var fields: [(name: String, text: String)] { rowFields + referenceFields }

  /// What the matter's own row holds.
  private var rowFields: [(name: String, text: String)] {
    var fields: [(name: String, text: String)] = []
    if let list = catalog.list(of: matter) {
      let number = matter.number.map { localized("第 \($0) 项", "number \($0)") } ?? ""
      fields.append((localized("清单", "List"), "\(list.title) (\(list.id)) \(number)"))
    }
    if let audience = catalog.audience(of: matter) {
      fields.append((localized("类型", "Audience"), localized(audience.name, audience.id)))
    }
    fields.append((localized("牵头部门", "Lead"), departments(matter.lead)))
    let deadline = catalog.text(matter.deadline)
    let meaning = catalog.deadline(matter).meaning[language]
    fields.append(
      (
        localized("完成时限", "Deadline"),
        deadline.isEmpty ? meaning : "\(deadline) \(localized("—", "-")) \(meaning)"
      ))
    if let withdrawal { fields.append((localized("状态", "Status"), withdrawal)) }
    if let window { fields.append((localized("报送期", "Report"), window.meaning[language])) }
    let remark = catalog.text(matter.remark)
    if !remark.isEmpty { fields.append((localized("备注", "Remark"), remark)) }
    return fields
  }

  /// What other tables hold of the matter, and where its row is.
  private var referenceFields: [(name: String, text: String)] {
    var fields: [(name: String, text: String)] = []
    let includes = catalog.text(matter.includesID)
    if let included {
      fields.append((localized("包含", "Includes"), title(included)))
    } else if !includes.isEmpty {
      fields.append((localized("包含", "Includes"), includes + localized("（没有这个事项）", " (no such matter)")))
    }
    for progress in self.progress {
      fields.append((localized("完成情况", "Progress"), done(progress)))
    }
    if let position = self.position(catalog.position(matter)) {
      fields.append((localized("位置", "Position"), position))
    }
    return fields
  }
}
