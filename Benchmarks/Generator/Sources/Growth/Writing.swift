extension Growth {
  static let flatHeader: StaticString =
    "matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark\r\n"
}

/// Generates a catalog and writes it.
public struct Growth {
  private let grower: Grower
  private let options: GrowthOptions

  public init(_ options: GrowthOptions) throws {
    self.options = options
    grower = try Grower(options)
  }

  /// Writes the catalog to `path`: a folder, which is created if it is missing, or a file (`-` for standard output).
  public func write(to path: String) throws -> Plan {
    var plan = Plan(seed: options.seed, format: options.format.rawValue)
    // First a pass to find the entries in use: the registers hold no others.
    try grower.walk { draft in
      plan.matters += draft.isRepeated ? 2 : 1
      plan.items += draft.items.count + (draft.orphan == nil ? 0 : 1)
      use(draft)
    }
    for approval in grower.registers.approvals where approval.isUsed {
      grower.registers.use(department: approval.competent)
    }
    switch options.format {
    case .folder: plan.bytes = try writeFolder(path)
    case .csv: plan.bytes = try writeFlat(path)
    case .xml: plan.bytes = try writeXML(path)
    }
    plan.lists = grower.lists.count
    plan.departments = grower.registers.departments.count { $0.isUsed }
    plan.approvals = grower.registers.approvals.count { $0.isUsed }
    plan.planted = grower.plantedInOrder
    return plan
  }

  private func use(_ draft: MatterDraft) {
    grower.registers.use(draft.lead)
    for item in draft.items {
      grower.registers.use(item.responsible)
      if let approval = item.approval { grower.registers.use(approval: approval) }
    }
    if let item = draft.orphan?.item {
      grower.registers.use(item.responsible)
      if let approval = item.approval { grower.registers.use(approval: approval) }
    }
  }

  // MARK: Folder

  private func writeFolder(_ path: String) throws -> Int {
    try makeFolder(path)
    let package = try Output(path + "/datapackage.json")
    package.append(grower.source.package)
    try package.close()
    var bytes = package.count
    func table(_ name: String, _ header: StaticString, _ rows: (Output) throws -> Void) throws {
      let output = try Output(path + "/" + name + ".csv")
      output.append(header)
      output.append(0x0A)
      try rows(output)
      try output.close()
      bytes += output.count
    }
    func row(_ output: Output, _ cells: [Text]) throws {
      for (place, cell) in cells.enumerated() {
        if place > 0 { output.append(0x2C) }
        output.append(cell: cell)
      }
      output.append(0x0A)
      try output.flushIfFull()
    }
    let registers = grower.registers
    try table("notices", "id,number,title,issuer,issued") { output in
      for list in grower.lists {
        let issuer = list.county + Text("人民政府办公室".utf8)
        try row(output, [list.notice, list.noticeNumber, list.noticeTitle, issuer, Text("2022-01-10".utf8)])
      }
    }
    try table("regions", "id,name,level,parent") { output in
      try row(output, [Text("jiujiang".utf8), Text("九江市".utf8), Text("city".utf8), []])
    }
    try table("audiences", "id,name,aliases") { _ in }
    let listHeader: StaticString = """
      id,prefix,notice,annex,title,matters,audiences,deadline_heading,remark_heading,report_window,report_by,\
      deliverables,note,reading,region
      """
    try table("lists", listHeader) { output in
      for list in grower.lists {
        try row(
          output,
          [
            list.id, Text("\(list.prefix)".utf8), list.notice, Text("附件".utf8), list.title,
            Text("\(list.announced)".utf8),
            Text("individual;enterprise".utf8), Text("推进完成时限".utf8), Text("备注".utf8), Text("P1M".utf8), [],
            [], [], [], Text("jiujiang".utf8),
          ])
      }
    }
    try table("departments", "id,short,full,general,aliases,kind,region") { output in
      for d in registers.departments where d.isUsed {
        try row(output, [d.id, d.short, d.full, d.general, d.aliases, d.kind, []])
      }
    }
    try table("approvals", "id,name,aliases,kind,competent") { output in
      for a in registers.approvals where a.isUsed {
        try row(output, [a.id, a.name, a.aliases, a.kind, registers.departments[a.competent].id])
      }
    }
    try table("targets", "id,notice,list,audience,count,after,deadline,text") { _ in }
    let progressHeader: StaticString = """
      matter,plan,guide,form,materials,single_submission,portal,app,summary,improvement,procedure,counter,\
      notice_board,county_rollout,cases
      """
    try table("progress", progressHeader) { _ in }
    try table("waivers", "rule,subject,reason") { output in
      for waiver in grower.waivers {
        try row(output, [Text(waiver.rule.utf8), Text(waiver.subject.utf8), Text("为测试而登记".utf8)])
      }
    }
    let items = try Output(path + "/items.csv")
    items.append("matter,number,name,responsible,shared,id,approval,core\n")
    func write(_ item: ItemDraft, of matter: Text) {
      items.append(matter)
      items.append(0x2C)
      items.append(number: item.number)
      items.append(0x2C)
      items.append(cell: item.name)
      items.append(0x2C)
      items.append(cell: item.responsible.printed)
      items.append(0x2C)
      if item.isShared { items.append("yes") }
      items.append(",,,\n")
    }
    let matterHeader: StaticString =
      "id,list,number,audience,name,lead,deadline,remark,includes,placeholder,withdrawn,withdrawal_basis,stage,theme"
    try table("matters", matterHeader) { output in
      try grower.walk { draft in
        for _ in 0..<(draft.isRepeated ? 2 : 1) { writeRow(draft, to: output) }
        for item in draft.items { write(item, of: draft.id) }
        if let orphan = draft.orphan { write(orphan.item, of: orphan.matter) }
        try output.flushIfFull()
        try items.flushIfFull()
      }
    }
    try items.close()
    try FileDamage(folder: path, grower).plant()
    return bytes + items.count
  }

  private func writeRow(_ draft: MatterDraft, to output: Output) {
    output.append(draft.id)
    output.append(0x2C)
    output.append(draft.printedList ?? grower.lists[draft.list].id)
    output.append(0x2C)
    output.append(draft.number)
    output.append(0x2C)
    output.append(draft.audience)
    output.append(0x2C)
    if draft.slip == .unclosedQuote { output.append(0x22) }
    if draft.slip == .badByte { output.append(0xFF) }
    output.append(cell: draft.name)
    output.append(0x2C)
    output.append(cell: draft.lead.printed)
    output.append(0x2C)
    output.append(draft.deadline.printed)
    output.append(0x2C)
    output.append(cell: draft.remark)
    output.append(0x2C)
    output.append(draft.includes)
    output.append(0x2C)
    output.append(draft.placeholder)
    output.append(0x2C)
    output.append(draft.withdrawn)
    // Neither a basis of a withdrawal nor stage and theme.
    output.append(",,,")
    if draft.slip == .extraCell { output.append(",多出的一格") }
    output.append(0x0A)
  }

  // MARK: Flat list

  /// One row an item, shared ones included; a matter without any has one row. The registers are not in it.
  private func writeFlat(_ path: String) throws -> Int {
    let output = try Output(path)
    output.append(Growth.flatHeader)
    try grower.walk { draft in
      func row(_ item: ItemDraft?, sharedFrom: Text) {
        output.append(draft.id)
        output.append(0x2C)
        output.append(grower.lists[draft.list].id)
        output.append(0x2C)
        output.append(draft.number)
        output.append(0x2C)
        output.append(draft.audience)
        output.append(0x2C)
        output.append(cell: draft.name)
        output.append(0x2C)
        output.append(cell: draft.lead.printed)
        output.append(0x2C)
        if let item { output.append(number: item.number) }
        output.append(0x2C)
        output.append(cell: item?.name ?? [])
        output.append(0x2C)
        output.append(cell: item?.responsible.printed ?? [])
        output.append(0x2C)
        output.append(draft.deadline.printed)
        output.append(0x2C)
        output.append(draft.deadline.due)
        output.append(0x2C)
        output.append(sharedFrom)
        output.append(0x2C)
        output.append(cell: draft.remark)
        output.append("\r\n")
      }
      for item in draft.hub?.items ?? [] { row(item, sharedFrom: draft.includes) }
      for item in draft.items { row(item, sharedFrom: []) }
      if draft.items.isEmpty, draft.hub == nil { row(nil, sharedFrom: []) }
      try output.flushIfFull()
    }
    try output.close()
    return output.count
  }

  // MARK: XML

  private func writeXML(_ path: String) throws -> Int {
    let output = try Output(path)
    let registers = grower.registers
    func element(_ name: StaticString, _ text: Text) {
      guard !text.isEmpty else { return }
      output.append(0x3C)
      output.append(name)
      output.append(0x3E)
      output.append(escaped: text)
      output.append("</")
      output.append(name)
      output.append(">\n")
    }
    func attribute(_ name: StaticString, _ value: Text) {
      guard !value.isEmpty else { return }
      output.append(0x20)
      output.append(name)
      output.append("=\"")
      output.append(escaped: value)
      output.append(0x22)
    }
    func parties(_ name: StaticString, _ cell: PartyCell) {
      guard !cell.parties.isEmpty else { return }
      output.append(0x3C)
      output.append(name)
      attribute("choice", Text((cell.isChoice ? "any" : "all").utf8))
      output.append(0x3E)
      for party in cell.parties {
        output.append("<department")
        if let department = party.department { attribute("ref", registers.departments[department].id) }
        output.append(0x3E)
        output.append(escaped: party.name)
        output.append("</department>")
      }
      output.append("</")
      output.append(name)
      output.append(">\n")
    }
    output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    output.append("<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.0\">\n<notices>\n")
    for list in grower.lists {
      output.append("<notice")
      attribute("id", list.notice)
      attribute("issued", Text("2022-01-10".utf8))
      output.append(">\n")
      element("number", list.noticeNumber)
      element("title", list.noticeTitle)
      element("issuer", list.county + Text("人民政府办公室".utf8))
      output.append("</notice>\n")
    }
    output.append("</notices>\n<lists>\n")
    for list in grower.lists {
      output.append("<list")
      attribute("id", list.id)
      attribute("prefix", Text("\(list.prefix)".utf8))
      attribute("notice", list.notice)
      attribute("annex", Text("附件".utf8))
      attribute("matters", Text("\(list.announced)".utf8))
      attribute("reportWindow", Text("P1M".utf8))
      output.append(">\n")
      element("title", list.title)
      element("audience", Text("individual".utf8))
      element("audience", Text("enterprise".utf8))
      element("deadlineHeading", Text("推进完成时限".utf8))
      element("remarkHeading", Text("备注".utf8))
      output.append("</list>\n")
    }
    output.append("</lists>\n<departments>\n")
    for department in registers.departments where department.isUsed {
      output.append("<department")
      attribute("id", department.id)
      attribute("kind", department.kind)
      output.append(">\n")
      element("short", department.short)
      element("full", department.full)
      element("general", department.general)
      for alias in department.aliases.split(separator: 0x3B) { element("alias", Text(alias)) }
      output.append("</department>\n")
    }
    output.append("</departments>\n<approvals>\n")
    for approval in registers.approvals where approval.isUsed {
      output.append("<approval")
      attribute("id", approval.id)
      attribute("kind", approval.kind)
      attribute("competent", registers.departments[approval.competent].id)
      output.append(">\n")
      element("name", approval.name)
      for alias in approval.aliases.split(separator: 0x3B) { element("alias", Text(alias)) }
      output.append("</approval>\n")
    }
    output.append("</approvals>\n<matters>\n")
    func write(_ draft: MatterDraft) {
      output.append("<matter")
      attribute("id", draft.id)
      attribute("list", grower.lists[draft.list].id)
      attribute("number", draft.number)
      attribute("audience", draft.audience)
      output.append(">\n")
      element("name", draft.name)
      parties("lead", draft.lead)
      output.append("<deadline")
      attribute("due", draft.deadline.due)
      output.append(0x3E)
      output.append(escaped: draft.deadline.printed)
      output.append("</deadline>\n")
      element("remark", draft.remark)
      if !draft.includes.isEmpty {
        output.append("<includes")
        attribute("ref", draft.includes)
        output.append("/>\n")
      }
      for item in draft.items {
        output.append("<item number=\"")
        output.append(number: item.number)
        output.append(0x22)
        if item.isShared { output.append(" shared=\"true\"") }
        output.append(">\n")
        element("name", item.name)
        if let approval = item.approval {
          output.append("<approval")
          attribute("ref", registers.approvals[approval].id)
          output.append("/>\n")
        }
        parties("responsible", item.responsible)
        output.append("</item>\n")
      }
      output.append("</matter>\n")
    }
    try grower.walk { draft in
      write(draft)
      if draft.isRepeated {
        var again = draft
        again.items = []
        write(again)
      }
      try output.flushIfFull()
    }
    output.append("</matters>\n</serviceCatalog>\n")
    try output.close()
    return output.count
  }
}
