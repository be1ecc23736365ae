import AtomicFiles
import Catalog
import Deadlines
import Localization

/// One matter in full: what its row holds, what that means, its items and those that it shares from another.
package enum MatterPage {
  /// As text for people.
  package static func writeText(
    _ matter: Matter, in catalog: Catalog, language: Language, style: TextStyle = TextStyle(), to writer: ByteWriter
  ) throws {
    let content = MatterContent(matter, in: catalog, language: language)
    let page = TextPage(content: content, printer: TextPrinter(to: writer, language: language, style: style))
    try page.write()
  }

  private struct TextPage {
    let content: MatterContent
    let printer: TextPrinter

    private var matter: Matter { content.matter }
    private var catalog: Catalog { content.catalog }
    private func localized(_ zh: String, _ en: String) -> String { printer.localized(zh, en) }

    func write() throws {
      try printer.line(.bold("\(catalog.id(matter))  \(catalog.text(matter.name))"))
      let fields = rowFields + referenceFields
      let width = (fields.map { DisplayWidth.of($0.name) }.max() ?? 0) + 2
      for field in fields {
        try printer.line("  " + .dim(DisplayWidth.padded(field.name, to: width)) + StyledText(field.text))
      }
      try printer.line()
      try writeOwnItems()
      try writeSharedItems()
    }

    // MARK: The row

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
      fields.append((localized("牵头部门", "Lead"), content.departments(matter.lead)))
      let deadline = catalog.text(matter.deadline)
      let meaning = catalog.deadline(matter).meaning[printer.language]
      fields.append(
        (
          localized("完成时限", "Deadline"),
          deadline.isEmpty ? meaning : "\(deadline) \(localized("—", "-")) \(meaning)"
        ))
      if let withdrawal = content.withdrawal { fields.append((localized("状态", "Status"), withdrawal)) }
      if let window = content.window { fields.append((localized("报送期", "Report"), window.meaning[printer.language])) }
      let remark = catalog.text(matter.remark)
      if !remark.isEmpty { fields.append((localized("备注", "Remark"), remark)) }
      return fields
    }

    /// What other tables hold of the matter, and where its row is.
    private var referenceFields: [(name: String, text: String)] {
      var fields: [(name: String, text: String)] = []
      let includes = catalog.text(matter.includesID)
      if let included = content.included {
        fields.append((localized("包含", "Includes"), content.title(included)))
      } else if !includes.isEmpty {
        fields.append((localized("包含", "Includes"), includes + localized("（没有这个事项）", " (no such matter)")))
      }
      for progress in content.progress {
        fields.append((localized("完成情况", "Progress"), content.done(progress)))
      }
      if let position = content.position(catalog.position(matter)) {
        fields.append((localized("位置", "Position"), position))
      }
      return fields
    }

    // MARK: Items

    private func writeOwnItems() throws {
      let items = Array(catalog.items(of: matter))
      guard items.isEmpty else {
        try printer.line(
          .bold(localized("关联事项 \(items.count) 个：", "\(FindingsSummary.counted(items.count, "item")):")))
        return try write(items)
      }
      let placeholder = catalog.text(matter.placeholder)
      var text = localized("没有自己的关联事项。", "No item of its own.")
      if !placeholder.isEmpty {
        text += localized("原文责任部门栏为：", " Printed as responsible department: ") + placeholder
      }
      try printer.line(text)
    }

    private func writeSharedItems() throws {
      let items = catalog.sharedItems(of: matter)
      guard let included = content.included, !items.isEmpty else { return }
      let source = content.title(included)
      try printer.line()
      try printer.line(
        .bold(
          localized(
            "共享自 \(source) 的关联事项 \(items.count) 个：",
            "\(FindingsSummary.counted(items.count, "item")) shared from \(source):")))
      try write(items)
    }

    private func write(_ items: [Item]) throws {
      let numbers = items.map { $0.number.map(String.init) ?? "?" }
      let width = numbers.map(\.utf8.count).max() ?? 1
      let indent = String(repeating: " ", count: width + 4)
      for (item, number) in zip(items, numbers) {
        var head = StyledText("  " + DisplayWidth.paddedBefore(number, to: width) + "  " + catalog.text(item.name))
        if item.isShared { head += .dim(localized("  [共享]", "  [shared by other matters]")) }
        try printer.line(head)
        try printer.line(indent + localized("责任部门：", "responsible: ") + content.departments(item.responsible))
        let approvals = content.approvals(item)
        if !approvals.isEmpty {
          let label =
            approvals.count > 1 ? localized("单项事项（择一）：", "approval, one of: ") : localized("单项事项：", "approval: ")
          try printer.line(indent + label + approvals.joined(separator: localized(" 或 ", " or ")))
        }
        if let position = content.position(catalog.position(item, .name)) {
          try printer.line(StyledText(indent) + .dim(position))
        }
      }
    }
  }
}
