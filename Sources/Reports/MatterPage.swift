import AtomicFiles
import Catalog
import Deadlines
import JSONFormat
import Localization

/// One matter whole: all that its row says, what that means, its items and those that it shares from another.
package enum MatterPage {
  /// As text for people.
  package static func writeText(
    _ matter: Matter, in catalog: Catalog, language: Language, style: TextStyle = TextStyle(), to writer: ByteWriter
  ) throws {
    let page = Page(catalog: catalog, language: language)
    let word = page.word
    let title = "\(catalog.id(matter))  \(VisibleText.line(catalog.text(matter.name)))"
    try writer.append(style.paint(.bold, title) + "\n")

    var lines: [(name: String, text: String)] = []
    if let list = catalog.list(of: matter) {
      let number = matter.number.map { word("第 \($0) 项", "number \($0)") } ?? ""
      lines.append((word("清单", "List"), "\(VisibleText.line(list.title)) (\(VisibleText.line(list.id))) \(number)"))
    }
    if let audience = matter.audience {
      lines.append((word("类型", "Audience"), word(audience.printed, audience.rawValue)))
    }
    lines.append((word("牵头部门", "Lead"), page.parties(matter.lead)))
    let deadline = VisibleText.line(catalog.text(matter.deadline))
    let meaning = catalog.deadline(matter).meaning[language]
    lines.append(
      (word("完成时限", "Deadline"), deadline.isEmpty ? meaning : "\(deadline) \(word("—", "-")) \(meaning)"))
    if let window = page.window(matter) {
      lines.append((word("报送", "Report"), window.meaning[language]))
    }
    let remark = catalog.text(matter.remark)
    if !remark.isEmpty { lines.append((word("备注", "Remark"), VisibleText.line(remark))) }
    let included = page.included(matter)
    if let included {
      lines.append((word("包含", "Includes"), page.name(included)))
    } else if !catalog.text(matter.includesID).isEmpty {
      let id = VisibleText.line(catalog.text(matter.includesID))
      lines.append((word("包含", "Includes"), id + word("（没有这个事项）", " (no such matter)")))
    }
    for progress in catalog.progress where progress.matterIndex == matter.index {
      lines.append((word("已记录", "On record"), page.record(progress)))
    }
    if let position = page.position(catalog.position(matter)) { lines.append((word("位置", "Stands at"), position)) }
    let width = (lines.map { DisplayWidth.of($0.name) }.max() ?? 0) + 2
    for line in lines {
      try writer.append("  " + style.paint(.dim, DisplayWidth.padded(line.name, to: width)) + line.text + "\n")
    }

    let own = Array(catalog.items(of: matter))
    let shared = catalog.sharedItems(of: matter)
    try writer.append("\n")
    if own.isEmpty {
      let placeholder = catalog.text(matter.placeholder)
      var text = word("没有自己的关联事项。", "No item of its own.")
      if !placeholder.isEmpty {
        text += word("原文责任部门栏印有：", " Printed in place of a department: ") + VisibleText.line(placeholder)
      }
      try writer.append(text + "\n")
    } else {
      let text = word("关联事项 \(own.count) 个：", "\(FindingsSummary.counted(own.count, "item")):")
      try writer.append(style.paint(.bold, text) + "\n")
      try page.write(own, style, writer)
    }
    if let included, !shared.isEmpty {
      let from = page.name(included)
      let text = word(
        "共享自 \(from) 的关联事项 \(shared.count) 个：",
        "\(FindingsSummary.counted(shared.count, "item")) shared from \(from):")
      try writer.append("\n" + style.paint(.bold, text) + "\n")
      try page.write(shared, style, writer)
    }
  }

  /// As one JSON object. Its first keys are those of `list --format json`.
  package static func writeJSON(
    _ matter: Matter, in catalog: Catalog, language: Language, isPretty: Bool = true, to writer: ByteWriter
  ) throws {
    let page = Page(catalog: catalog, language: language)
    let json = JSONWriter(to: writer, isPretty: isPretty)
    let deadline = catalog.deadline(matter)
    try json.object {
      try json.member("id", catalog.id(matter))
      try json.member("list", catalog.list(of: matter)?.id)
      try json.member("number", matter.number)
      try json.member("audience", matter.audience?.rawValue)
      try json.member("name", catalog.text(matter.name))
      try json.member("lead", page.shortNames(matter.lead))
      try json.member("deadline", catalog.text(matter.deadline))
      try json.member("due", deadline.due?.description)
      try json.member("leadChoice", catalog.parties(matter.lead).choice.rawValue)
      try json.member("leadPrinted", catalog.text(matter.lead))
      try json.member("leadIds", catalog.parties(matter.lead).departments.map { catalog.departments[$0].id })
      try json.member("deadlineKind", deadline.kind.rawValue)
      try json.member("deadlineMeaning", deadline.meaning[language])
      let window = page.window(matter)
      try json.key("report")
      if let window {
        try json.object {
          try json.member("opens", window.opens?.description)
          try json.member("closes", window.closes.description)
        }
      } else {
        try json.null()
      }
      try json.member("remark", catalog.text(matter.remark))
      try json.member("includes", page.included(matter).map { catalog.id($0) })
      try json.member("placeholder", catalog.text(matter.placeholder))
      try page.writePosition(catalog.position(matter), json)
      try json.array("items") {
        for item in catalog.items(of: matter) { try page.write(item, sharedFrom: nil, json) }
        let from = page.included(matter).map { catalog.id($0) }
        for item in catalog.sharedItems(of: matter) { try page.write(item, sharedFrom: from, json) }
      }
      try json.array("progress") {
        for progress in catalog.progress where progress.matterIndex == matter.index {
          try json.object {
            let columns = TableKind.progress.columns
            for deliverable in Progress.Deliverable.allCases where columns.indices.contains(deliverable.rawValue + 1) {
              try json.key(named: columns[deliverable.rawValue + 1].name)
              if let day = progress[deliverable] { try json.value(day.description) } else { try json.null() }
            }
          }
        }
      }
    }
    try json.end()
  }

  private struct Page {
    let catalog: Catalog
    let language: Language
    let locator: Locator

    init(catalog: Catalog, language: Language) {
      self.catalog = catalog
      self.language = language
      self.locator = Locator(catalog)
    }

    func word(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    func name(_ matter: Matter) -> String {
      "\(catalog.id(matter)) \(VisibleText.line(catalog.text(matter.name)))"
    }

    func included(_ matter: Matter) -> Matter? {
      guard let other = matter.includes, catalog.matters.indices.contains(other) else { return nil }
      return catalog.matters[other]
    }

    func window(_ matter: Matter) -> ReportWindow? {
      guard let list = catalog.list(of: matter) else { return nil }
      if let day = list.reportBy { return ReportWindow(by: day) }
      guard let months = list.reportMonths, let due = catalog.due(matter) else { return nil }
      return ReportWindow(due: due, monthsBefore: months)
    }

    /// The register's names, or as printed where the register has none.
    func shortNames(_ name: TextID) -> [String] {
      catalog.parties(name).parties.map { party in
        party.department.map { catalog.departments[$0].short } ?? party.name
      }
    }

    /// Who stands in a cell: the register's names, and what is printed where that differs.
    func parties(_ name: TextID) -> String {
      let parties = catalog.parties(name)
      let printed = VisibleText.line(catalog.text(name))
      if parties.parties.isEmpty { return printed }
      let names = parties.parties.map { party in
        guard let department = party.department else {
          return VisibleText.line(party.name) + word("（未登记）", " (not registered)")
        }
        return VisibleText.line(catalog.departments[department].short)
      }
      let joined =
        switch parties.choice {
        case .all: names.joined(separator: word("、", ", "))
        case .any: names.joined(separator: word(" 或 ", " or "))
        }
      // What no register knows is shown as printed already.
      if joined == printed || parties.departments.isEmpty { return joined }
      return joined + word("（印作“\(printed)”）", " (printed as “\(printed)”)")
    }

    func position(_ position: SourcePosition) -> String? {
      locator.locate(position).map { location in
        VisibleText.line(location.file) + (location.line.map { ":\($0)" } ?? "")
      }
    }

    func record(_ progress: Progress) -> String {
      let columns = TableKind.progress.columns
      let done = Progress.Deliverable.allCases.compactMap { deliverable -> String? in
        guard let day = progress[deliverable], columns.indices.contains(deliverable.rawValue + 1) else { return nil }
        let column = columns[deliverable.rawValue + 1]
        return "\(word(column.title, column.name)) \(day)"
      }
      return done.isEmpty ? word("无", "nothing") : done.joined(separator: word("，", ", "))
    }

    func write(_ items: [Item], _ style: TextStyle, _ writer: ByteWriter) throws {
      let numbers = items.map { $0.number.map(String.init) ?? "?" }
      let width = numbers.map(\.utf8.count).max() ?? 1
      let indent = String(repeating: " ", count: width + 4)
      for (item, number) in zip(items, numbers) {
        let name = VisibleText.line(catalog.text(item.name))
        var head = "  " + DisplayWidth.paddedBefore(number, to: width) + "  " + name
        if item.isShared { head += style.paint(.dim, word("  [共享]", "  [shared by later scenes]")) }
        try writer.append(head + "\n")
        try writer.append(indent + word("责任部门：", "responsible: ") + parties(item.responsible) + "\n")
        let choices = catalog.choices(item)
        let approvals = choices.choices.map { choice -> String in
          guard let index = choice.approval else {
            return VisibleText.line(choice.name) + word("（未登记）", " (not registered)")
          }
          let approval = catalog.approvals[index]
          return "\(VisibleText.line(approval.name)) (\(VisibleText.line(approval.id)))"
        }
        if !approvals.isEmpty {
          let label = approvals.count > 1 ? word("单项事项（择一）：", "approval, one of: ") : word("单项事项：", "approval: ")
          try writer.append(indent + label + approvals.joined(separator: word(" 或 ", " or ")) + "\n")
        }
        if let position = position(catalog.position(item, .name)) {
          try writer.append(indent + style.paint(.dim, position) + "\n")
        }
      }
    }

    func writePosition(_ position: SourcePosition, _ json: JSONWriter) throws {
      let location = locator.locate(position)
      try json.member("file", location?.file)
      try json.member("line", location?.line)
    }

    func write(_ item: Item, sharedFrom: String?, _ json: JSONWriter) throws {
      try json.object {
        try json.member("id", catalog.id(item))
        try json.member("number", item.number)
        try json.member("name", catalog.text(item.name))
        try json.member("sharedFrom", sharedFrom)
        try json.member("shared", item.isShared)
        try json.array("approvals") {
          for choice in catalog.choices(item).choices {
            try json.object {
              try json.member("id", choice.approval.map { catalog.approvals[$0].id })
              try json.member("name", choice.approval.map { catalog.approvals[$0].name } ?? choice.name)
            }
          }
        }
        try json.member("responsible", shortNames(item.responsible))
        try json.member("responsibleChoice", catalog.parties(item.responsible).choice.rawValue)
        try json.member("responsiblePrinted", catalog.text(item.responsible))
        try json.member(
          "responsibleIds", catalog.parties(item.responsible).departments.map { catalog.departments[$0].id })
        try writePosition(catalog.position(item, .name), json)
      }
    }
  }
}
