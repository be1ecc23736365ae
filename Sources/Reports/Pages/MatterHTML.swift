import AtomicFiles
import Catalog
import Localization

extension MatterPage {
  /// As one HTML page: the row, the chain of items with who handles each, and the items.
  package static func writeHTML(
    _ matter: Matter, in catalog: Catalog, language: Language, to writer: ByteWriter
  ) throws {
    let content = MatterContent(matter, in: catalog, language: language)
    let frame = PageFrame(to: writer, language: language)
    let list = catalog.list(of: matter).map { $0.title.isEmpty ? $0.id : $0.title } ?? ""
    try frame.write(title: content.title(matter), subtitle: list) {
      try frame.section(frame.localized("基本情况", "The matter"), id: "facts") {
        try frame.html.block("dl", ["class": "facts"]) {
          for field in content.fields {
            try frame.html.block("dt", field.name)
            try frame.html.row("dd") { try frame.html.data(field.text) }
          }
        }
      }
      try HTMLItems(content: content, frame: frame).write()
    }
  }

  /// The items of a matter, those that it shares first.
  private struct HTMLItems {
    let content: MatterContent
    let frame: PageFrame

    private var catalog: Catalog { content.catalog }
    private func localized(_ zh: String, _ en: String) -> String { frame.localized(zh, en) }

    func write() throws {
      let shared = catalog.sharedItems(of: content.matter)
      let items = shared + catalog.items(of: content.matter)
      try frame.section(localized("关联事项", "Items"), id: "items") {
        if items.isEmpty {
          let placeholder = catalog.text(content.matter.placeholder)
          try frame.html.block("p", localized("没有关联事项。", "There are no items."))
          guard !placeholder.isEmpty else { return }
          return try frame.html.row("p") {
            try frame.html.text(localized("原文责任部门栏为：", "Printed as responsible department: "))
            try frame.html.data(placeholder)
          }
        }
        let chain = ItemChain(items, in: catalog)
        if !chain.isEmpty { try chain.write(frame) }
        try writeTable(items, sharedCount: shared.count)
      }
    }

    private func writeTable(_ items: [Item], sharedCount: Int) throws {
      let number = PageFrame.Heading(text: localized("序号", "No."), isNumber: true)
      let name = PageFrame.Heading(text: localized("关联事项", "Item"))
      let responsible = PageFrame.Heading(text: localized("责任部门", "Responsible"))
      let approval = PageFrame.Heading(text: localized("单项事项", "Approval"))
      let position = PageFrame.Heading(text: localized("编号和位置", "Id and position"))
      let caption =
        sharedCount == 0
        ? localized("共 \(items.count) 个", FindingsSummary.counted(items.count, "item"))
        : localized(
          "共 \(items.count) 个，前 \(sharedCount) 个共享自 \(content.included.map(content.title) ?? "")",
          "\(FindingsSummary.counted(items.count, "item")), the first \(sharedCount) shared from "
            + (content.included.map(content.title) ?? ""))
      try frame.table(caption: caption, [number, name, responsible, approval, position]) {
        for (index, item) in items.enumerated() {
          try frame.html.row("tr") {
            try frame.cell(number, String(index + 1))
            try frame.cell(name) {
              try frame.html.data(catalog.text(item.name))
              if item.isShared {
                try frame.html.text(" ")
                try frame.html.inline("span", ["class": "tag note"], localized("共享", "shared"))
              }
            }
            try frame.cell(responsible) { try frame.html.data(content.departments(item.responsible)) }
            let approvals = content.approvals(item)
            try frame.cell(approval, isEmpty: approvals.isEmpty) {
              try frame.html.data(approvals.joined(separator: localized(" 或 ", " or ")))
            }
            try frame.cell(position) {
              try frame.html.text(catalog.id(item))
              guard let position = content.position(catalog.position(item, .name)) else { return }
              try frame.html.text(" ")
              try frame.html.inline("span", ["class": "soft"], position)
            }
          }
        }
      }
    }
  }
}
