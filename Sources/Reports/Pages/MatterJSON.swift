import AtomicFiles
import Catalog
import JSONFormat
import Localization

extension MatterPage {
  /// As one JSON object. Its first keys are those of `list --format json`.
  package static func writeJSON(
    _ matter: Matter, in catalog: Catalog, language: Language, isPretty: Bool = true, to writer: ByteWriter
  ) throws {
    let content = MatterContent(matter, in: catalog, language: language)
    let json = JSONWriter(to: writer, isPretty: isPretty)
    try json.object {
      try writeRow(content, json)
      let included = content.included.map { catalog.id($0) }
      try json.array("items") {
        for item in catalog.items(of: matter) { try write(item, sharedFrom: nil, content, json) }
        for item in catalog.sharedItems(of: matter) { try write(item, sharedFrom: included, content, json) }
      }
      try json.array("progress") {
        for progress in content.progress { try write(progress, json) }
      }
    }
    try json.end()
  }

  private static func writeRow(_ content: MatterContent, _ json: JSONWriter) throws {
    let matter = content.matter
    let catalog = content.catalog
    let deadline = catalog.deadline(matter)
    let lead = catalog.printedDepartments(matter.lead)
    try json.member("id", catalog.id(matter))
    try json.member("list", catalog.list(of: matter)?.id)
    try json.member("number", matter.number)
    try json.member("audience", catalog.audience(of: matter)?.id)
    try json.member("name", catalog.text(matter.name))
    try json.member("lead", catalog.shortNames(matter.lead))
    try json.member("deadline", catalog.text(matter.deadline))
    try json.member("due", deadline.due?.description)
    try json.member("leadChoice", lead.choice.rawValue)
    try json.member("leadPrinted", catalog.text(matter.lead))
    try json.member("leadIds", lead.departments.map { catalog.departments[$0].id })
    try json.member("deadlineKind", deadline.kind.rawValue)
    try json.member("deadlineMeaning", deadline.meaning[content.language])
    try json.key("report")
    if let window = content.window {
      try json.object {
        try json.member("opens", window.opens?.description)
        try json.member("closes", window.closes.description)
      }
    } else {
      try json.null()
    }
    try json.member("remark", catalog.text(matter.remark))
    try json.member("includes", content.included.map { catalog.id($0) })
    try json.member("placeholder", catalog.text(matter.placeholder))
    let withdrawal = catalog.withdrawal(of: matter)
    try json.member("withdrawn", withdrawal?.day?.description)
    try json.member("withdrawalBasis", withdrawal?.basis)
    try writePosition(catalog.position(matter), content, json)
  }

  private static func write(
    _ item: Item, sharedFrom: String?, _ content: MatterContent, _ json: JSONWriter
  ) throws {
    let catalog = content.catalog
    let responsible = catalog.printedDepartments(item.responsible)
    try json.object {
      try json.member("id", catalog.id(item))
      try json.member("number", item.number)
      try json.member("name", catalog.text(item.name))
      try json.member("sharedFrom", sharedFrom)
      try json.member("shared", item.isShared)
      try json.array("approvals") {
        for entry in catalog.printedApprovals(item).entries {
          try json.object {
            try json.member("id", entry.approval.map { catalog.approvals[$0].id })
            try json.member("name", entry.approval.map { catalog.approvals[$0].name } ?? entry.name)
          }
        }
      }
      try json.member("responsible", catalog.shortNames(item.responsible))
      try json.member("responsibleChoice", responsible.choice.rawValue)
      try json.member("responsiblePrinted", catalog.text(item.responsible))
      try json.member("responsibleIds", responsible.departments.map { catalog.departments[$0].id })
      try writePosition(catalog.position(item, .name), content, json)
    }
  }

  private static func write(_ progress: Progress, _ json: JSONWriter) throws {
    let columns = TableKind.progress.columns
    try json.object {
      for deliverable in Progress.Deliverable.allCases where columns.indices.contains(deliverable.column) {
        try json.key(named: columns[deliverable.column].name)
        if let day = progress[deliverable] { try json.value(day.description) } else { try json.null() }
      }
      try json.member("cases", progress.cases)
    }
  }

  private static func writePosition(
    _ position: SourcePosition, _ content: MatterContent, _ json: JSONWriter
  ) throws {
    let location = content.location(position)
    try json.member("file", location?.file)
    try json.member("line", location?.line)
  }
}
