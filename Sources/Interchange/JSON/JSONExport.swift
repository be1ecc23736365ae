import AtomicFiles
import Catalog

/// Writes a catalog as JSON, as `schemas/catalog.schema.json` describes it: a matter on a line, so that two exports can
/// be compared line by line. The same catalog gives the same bytes.
///
/// A selection brings along what it refers to: the matters that it includes stand among the rest, and a list of which
/// matters are missing is marked `"partial": true`.
package enum JSONExport {
  /// - Throws: what the writer throws.
  package static func write(_ catalog: Catalog, selection: Selection = .everything, to writer: ByteWriter) throws {
    let selected = selection.applied(to: catalog)
    let json = JSONOutput(writer)
    try writer.append(literal: "{\n  \"format\": \"onevisit-catalog\",\n  \"version\": \"1.0\"")

    try json.section("notices", selected.notices) { index in
      let notice = catalog.notices[index]
      try json.text("id", notice.id)
      try json.text("number", notice.number)
      try json.text("title", notice.title)
      try json.text("issuer", notice.issuer)
      try json.text("issued", notice.issued.map { "\($0)" })
    }
    try json.section("lists", selected.lists) { index in
      let list = catalog.lists[index]
      try json.text("id", list.id)
      try json.text("prefix", list.prefix)
      try json.text("notice", list.notice)
      try json.text("annex", list.annex)
      try json.text("title", list.title)
      try json.number("matters", list.announced)
      try json.texts("audiences", list.audiences.map(\.rawValue))
      try json.text("deadlineHeading", list.deadlineHeading)
      try json.text("remarkHeading", list.remarkHeading)
      try json.text("reportWindow", list.reportMonths.map { "P\($0)M" })
      try json.text("reportBy", list.reportBy.map { "\($0)" })
      try json.truth("partial", selected.partialLists.contains(index))
    }
    try json.section("departments", selected.departments) { index in
      let department = catalog.departments[index]
      try json.text("id", department.id)
      try json.text("short", department.short)
      try json.text("full", department.full)
      try json.text("general", department.general)
      try json.texts("aliases", department.aliases)
      try json.text("kind", department.kind)
    }
    try json.section("approvals", selected.approvals) { index in
      let approval = catalog.approvals[index]
      try json.text("id", approval.id)
      try json.text("name", approval.name)
      try json.texts("aliases", approval.aliases)
      try json.text("kind", approval.kind)
      let competent = approval.competentIndex.map { catalog.departments[$0].id } ?? approval.competent
      try json.text("competent", competent.isEmpty ? nil : competent)
    }

    // Who a text means is written out once for each text.
    let ids = catalog.departments.map(\.id)
    var written: [TextColumn: [[UInt8]?]] = [:]
    for kind in [TextColumn.lead, .placeholder, .responsible] {
      written[kind] = [[UInt8]?](repeating: nil, count: catalog.distinctCount(kind))
    }
    func parties(_ key: StaticString, _ name: TextID) throws {
      if let known = written[name.kind]?[name.index] { return try json.raw(key, known) }
      let memory = ByteWriter.memory(capacity: 256)
      try JSONOutput(memory).parties(catalog.parties(name), printed: catalog.text(name), ids: ids)
      written[name.kind]?[name.index] = memory.bytes
      try json.raw(key, memory.bytes)
    }
    var approvals = [[UInt8]?](repeating: nil, count: catalog.distinctCount(.itemName))

    try json.section("matters", selected.closure) { index in
      let matter = catalog.matters[index]
      try json.name("id", matter.id, of: catalog)
      try json.text("list", matter.list.map { catalog.lists[$0].id })
      try json.number("number", matter.number)
      try json.text("audience", matter.audience?.rawValue)
      try json.name("name", matter.name, of: catalog)
      try parties("lead", matter.lead)
      try json.name("deadline", matter.deadline, of: catalog)
      try json.text("due", catalog.due(matter).map { "\($0)" })
      try json.name("remark", matter.remark, of: catalog)
      if matter.includesID.isEmpty {
        try json.text("includes", nil)
      } else {
        try json.name("includes", matter.includesID, of: catalog)
      }
      if matter.placeholder.isEmpty {
        try json.text("placeholder", nil)
      } else {
        try parties("placeholder", matter.placeholder)
      }
      try json.key("items")
      try writer.append(byte: UInt8(ascii: "["))
      var isFirst = true
      for item in catalog.items(of: matter) {
        if !isFirst { try writer.append(literal: ", ") }
        isFirst = false
        try json.object {
          try json.number("number", item.number)
          try json.name("name", item.name, of: catalog)
          let known: [UInt8]
          if let bytes = approvals[item.name.index] {
            known = bytes
          } else {
            let memory = ByteWriter.memory(capacity: 128)
            try JSONOutput(memory).array(catalog.choices(item).approvals.map { catalog.approvals[$0].id })
            known = memory.bytes
            approvals[item.name.index] = known
          }
          try json.raw("approvals", known)
          try parties("responsible", item.responsible)
          try json.truth("shared", item.isShared)
        }
      }
      try writer.append(byte: UInt8(ascii: "]"))
    }
    try writer.append(literal: "\n}\n")
  }
}

/// JSON on its way to a writer.
private final class JSONOutput {
  let writer: ByteWriter
  /// Whether a member has been written in the object that is open.
  private var isFirst = true

  init(_ writer: ByteWriter) { self.writer = writer }

  /// An array of objects, one on a line.
  func section(_ name: StaticString, _ indices: [Int], _ body: (Int) throws -> Void) throws {
    try writer.append(literal: ",\n  \"")
    try writer.append(literal: name)
    try writer.append(literal: "\": [")
    var isFirst = true
    for index in indices {
      try writer.append(literal: isFirst ? "\n    " : ",\n    ")
      isFirst = false
      try object { try body(index) }
    }
    try writer.append(literal: isFirst ? "]" : "\n  ]")
  }

  func object(_ body: () throws -> Void) throws {
    let outer = isFirst
    isFirst = true
    try writer.append(byte: UInt8(ascii: "{"))
    try body()
    try writer.append(byte: UInt8(ascii: "}"))
    isFirst = outer
  }

  func key(_ name: StaticString) throws {
    try writer.append(literal: isFirst ? "\"" : ", \"")
    isFirst = false
    try writer.append(literal: name)
    try writer.append(literal: "\": ")
  }

  func raw(_ name: StaticString, _ bytes: [UInt8]) throws {
    try key(name)
    try writer.append(bytes)
  }

  func text(_ name: StaticString, _ text: String?) throws {
    try key(name)
    guard let text else { return try writer.append(literal: "null") }
    try string(text)
  }

  func name(_ key: StaticString, _ name: TextID, of catalog: Catalog) throws {
    try self.key(key)
    try catalog.withBytes(name) { try string($0) }
  }

  func texts(_ name: StaticString, _ texts: [String]) throws {
    try key(name)
    try array(texts)
  }

  func array(_ texts: [String]) throws {
    try writer.append(byte: UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { try writer.append(literal: ", ") }
      try string(text)
    }
    try writer.append(byte: UInt8(ascii: "]"))
  }

  func number(_ name: StaticString, _ number: Int?) throws {
    try key(name)
    if let number { try writer.append(number: number) } else { try writer.append(literal: "null") }
  }

  func truth(_ name: StaticString, _ value: Bool) throws {
    try key(name)
    try writer.append(literal: value ? "true" : "false")
  }

  func parties(_ parties: Parties, printed: String, ids: [String]) throws {
    try object {
      try text("printed", printed)
      try text("choice", parties.choice.rawValue)
      try key("departments")
      try writer.append(byte: UInt8(ascii: "["))
      for (index, party) in parties.parties.enumerated() {
        if index > 0 { try writer.append(literal: ", ") }
        try object {
          try text("id", party.department.map { ids[$0] })
          try text("name", party.name)
        }
      }
      try writer.append(byte: UInt8(ascii: "]"))
    }
  }

  private func string(_ text: String) throws {
    var text = text
    try text.withUTF8 { try string($0) }
  }

  private func string(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try writer.append(byte: UInt8(ascii: "\""))
    var start = 0
    for i in bytes.indices {
      let byte = bytes[i]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      try writer.append(UnsafeBufferPointer(rebasing: bytes[start..<i]))
      start = i + 1
      switch byte {
      case UInt8(ascii: "\""): try writer.append(literal: "\\\"")
      case UInt8(ascii: "\\"): try writer.append(literal: "\\\\")
      case 0x0A: try writer.append(literal: "\\n")
      case 0x0D: try writer.append(literal: "\\r")
      case 0x09: try writer.append(literal: "\\t")
      default:
        try writer.append(literal: "\\u00")
        let digits: StaticString = "0123456789abcdef"
        try writer.append(byte: digits.utf8Start[Int(byte >> 4)])
        try writer.append(byte: digits.utf8Start[Int(byte & 15)])
      }
    }
    try writer.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    try writer.append(byte: UInt8(ascii: "\""))
  }
}
