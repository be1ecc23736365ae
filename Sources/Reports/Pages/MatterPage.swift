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
      let fields = content.fields
      let width = (fields.map { DisplayWidth.of($0.name) }.max() ?? 0) + 2
      for field in fields {
        try printer.line("  " + .dim(DisplayWidth.padded(field.name, to: width)) + StyledText(field.text))
      }
      try printer.line()
      try writeOwnItems()
      try writeSharedItems()
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
