import AtomicFiles
import Catalog
import JSONFormat
import Localization

/// The JSON Schema of what `JSONDocumentWriter` writes, made from the declarations of the columns:
/// `schemas/catalog.schema.json` (JSON Schema 2020-12).
package struct CatalogJSONSchema {
  private let schema: CatalogSchema
  private let json: JSONWriter

  /// The tables of a document, in its order. The rows of items are inside their matters.
  private static let sections: [TableKind] = [
    .notices, .regions, .audiences, .lists, .departments, .approvals, .matters,
  ]

  /// Writes the JSON Schema for catalogs of `schema`.
  package static func write(_ schema: CatalogSchema, to writer: ByteWriter) throws {
    let json = JSONWriter(to: writer)
    try CatalogJSONSchema(schema: schema, json: json).document()
    try json.end()
  }

  private func document() throws {
    try json.object {
      try json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      try json.member("$id", "urn:onevisit:catalog:1")
      try json.member("title", "“一件事一次办”事项目录 / One-visit catalog")
      try json.member("description", "`onevisit export json` 的输出。Output of `onevisit export json`.")
      try json.member("type", "object")
      try json.member("additionalProperties", false)
      try json.member("required", ["format", "version"] + Self.sections.map(\.xmlNames.section))
      try json.object("properties") {
        try json.object("format") {
          try json.member("const", "onevisit-catalog")
          try describe(LocalizedText(zh: "格式名称。", en: "Name of the format."))
        }
        try json.object("version") {
          try json.member("type", "string")
          try json.member("pattern", "^1\\.[0-9]+$")
          try describe(
            LocalizedText(
              zh: "格式版本；次版本号变动时只增加内容。", en: "Version of the format; a new minor version only adds."))
        }
        for kind in Self.sections {
          try json.key(named: kind.xmlNames.section)
          try json.object { try array(of: kind.xmlNames.row, schema.about(kind)) }
        }
      }
      try json.object("$defs") {
        try sharedDefinitions()
        for kind in Self.sections + [.items] {
          try json.key(named: kind.xmlNames.row)
          try row(
            schema.about(kind), properties(of: kind), optional: kind == .matters ? [Self.hash] : [], isExtensible: true)
        }
      }
    }
  }

  private func sharedDefinitions() throws {
    try json.object("date") {
      try json.member("type", ["string", "null"])
      try json.member("format", "date")
      try json.member("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
      try describe(LocalizedText(zh: "日期（年-月-日），没有则为 null。", en: "A day, or null."))
    }
    try json.object("audienceId") {
      try json.member("type", "string")
      try json.member("pattern", "^[a-z0-9]+(-[a-z0-9]+)*$")
      try describe(
        LocalizedText(
          zh: "服务对象：individual（个人）、enterprise（企业）、legal-person（法人），或 audiences 中的标识。",
          en: "Whom it serves: individual (个人), enterprise (企业), legal-person (法人), or an id of audiences."))
    }
    try json.object("level") {
      try json.member("enum", Region.Level.allCases.map(\.name))
      try describe(LocalizedText(zh: "地区的级别。", en: "How far up a region is."))
    }
    try json.object("state") {
      try json.member("enum", Approval.State.allCases.map(\.name))
      try describe(LocalizedText(zh: "单项事项的状态。", en: "Whether an approval can be applied for."))
    }
    try json.key("parties")
    try row(
      LocalizedText(zh: "一格中的部门。", en: "The departments of one cell."),
      [
        Property("printed", .text, LocalizedText(zh: "原文。", en: "As printed.")),
        Property(
          "choice", .choice,
          LocalizedText(zh: "all：共同办理（“、”）；any：任一办理（“/”）。", en: "all: jointly; any: one or the other.")),
        Property("departments", .rows(of: "party"), LocalizedText(zh: "各个部门。", en: "The departments.")),
      ])
    try json.key("party")
    try row(
      LocalizedText(zh: "其中一个部门。", en: "One of the departments."),
      [
        Property(
          "id", .optionalText,
          LocalizedText(zh: "部门标识；没有登记则为 null。", en: "Id of the department; null if it is not registered.")),
        Property("name", .text, LocalizedText(zh: "原文中的名称。", en: "The name as printed.")),
      ])
  }

  // MARK: Properties of rows

  /// The form of a value in JSON.
  private enum Form {
    case text, optionalText, texts, number, flag, date, period
    case optionalAudience, audiences, optionalLevel, optionalState, parties, optionalParties, choice
    case rows(of: String)
    case code(ValueKind)
  }

  private struct Property {
    let name: String
    let form: Form
    let about: LocalizedText

    init(_ name: String, _ form: Form, _ about: LocalizedText) {
      self.name = name
      self.form = form
      self.about = about
    }

    /// A column as `JSONDocumentWriter.member` writes it.
    init(_ column: Column, _ form: Form? = nil) {
      self.init(column.documentName, form ?? Property.form(of: column), column.about)
    }

    private static func form(of column: Column) -> Form {
      switch column.kind {
      case .names, .deliverables: .texts
      case .audiences: .audiences
      case .flag: .flag
      case .number: .number
      case .day: .date
      case .period: .period
      case .level: .optionalLevel
      case .state: .optionalState
      case .creditCode, .catalogCode, .taskCode: .code(column.kind)
      case .audience: .optionalAudience
      case .reference where !column.requiresValue: .optionalText
      case .text, .sentence, .subject, .identifier, .prefix, .code, .matterID, .count, .deadline, .departments,
        .approvals, .reference:
        .text
      }
    }
  }

  private func properties(of kind: TableKind) -> [Property] {
    switch kind {
    case .matters:
      MatterColumn.allCases.flatMap(properties) + schema.extraMatterColumns.map { Property($0) }
        + [Property("items", .rows(of: TableKind.items.xmlNames.row), ItemColumn.about)]
    case .items:
      ItemColumn.allCases.flatMap(properties) + schema.extraItemColumns.map { Property($0) }
    case .notices, .regions, .audiences, .lists, .departments, .approvals, .targets, .progress, .waivers:
      schema.documentColumns(kind).map { Property($0) }
    }
  }

  private func properties(_ column: MatterColumn) -> [Property] {
    let declaration = column.declaration
    switch column {
    case .list: return [Property(declaration, .optionalText)]
    case .lead: return [Property(declaration, .parties)]
    case .placeholder: return [Property(declaration, .optionalParties)]
    case .deadline:
      let due = LocalizedText(zh: "时限所指的日期。", en: "The day that the deadline means.")
      return [Property(declaration), Property("due", .date, due)]
    case .id, .number, .audience, .name, .remark, .includes: return [Property(declaration)]
    }
  }

  private func properties(_ column: ItemColumn) -> [Property] {
    let declaration = column.declaration
    switch column {
    case .matter: return []
    case .responsible: return [Property(declaration, .parties)]
    case .name:
      let approvals = LocalizedText(
        zh: "单项事项的标识；多于一个为任选。", en: "Ids of the approvals; more than one: a choice.")
      return [Property(declaration), Property("approvals", .texts, approvals)]
    case .number, .shared: return [Property(declaration)]
    }
  }

  /// What `--hashes` adds.
  private static let hash = Property(
    "hash", .text,
    LocalizedText(
      zh: "内容的哈希值（export --hashes）：SHA-256，64 位十六进制数字。",
      en: "The content hash (export --hashes): SHA-256, 64 hexadecimal digits."))

  // MARK: Writing

  /// - Parameters:
  ///   - optional: what the row need not have.
  ///   - isExtensible: the row may have values of columns that `datapackage.json` adds.
  private func row(
    _ about: LocalizedText, _ properties: [Property], optional: [Property] = [], isExtensible: Bool = false
  ) throws {
    try json.object {
      try json.member("type", "object")
      try describe(about)
      try json.member("additionalProperties", false)
      try json.member("required", properties.map(\.name))
      try json.object("properties") {
        for property in properties + optional {
          try json.key(named: property.name)
          try json.object(.line) { try write(property) }
        }
        guard isExtensible else { return }
        try json.key("extra")
        try json.object(.line) {
          try json.member("type", "object")
          try json.object("additionalProperties") { try json.member("type", "string") }
          try describe(
            LocalizedText(
              zh: "datapackage.json 另外写明的列的值。", en: "The values of the columns that datapackage.json adds."))
        }
      }
    }
  }

  private func write(_ property: Property) throws {
    switch property.form {
    case .rows(let row): return try array(of: row, property.about)
    case .text: try json.member("type", "string")
    case .optionalText: try json.member("type", ["string", "null"])
    case .texts:
      try json.member("type", "array")
      try json.object("items") { try json.member("type", "string") }
    case .number:
      // A printed list may give a matter the number 0, which is reported and exported all the same.
      try json.member("type", ["integer", "null"])
      try json.member("minimum", 0)
    case .flag: try json.member("type", "boolean")
    case .period:
      try json.member("type", ["string", "null"])
      try json.member("pattern", "^P[0-9]+M$")
    case .audiences:
      try json.member("type", "array")
      try json.object("items") { try reference("audienceId") }
    case .date: try reference("date")
    case .parties: try reference("parties")
    case .optionalAudience: try referenceOrNull("audienceId")
    case .optionalLevel: try referenceOrNull("level")
    case .optionalState: try referenceOrNull("state")
    case .code(let kind):
      try json.member("type", "string")
      // Empty, or a code.
      if let pattern = kind.pattern { try json.member("pattern", "^(\(pattern))?$") }
    case .optionalParties: try referenceOrNull("parties")
    case .choice: try json.member("enum", ["all", "any"])
    }
    try describe(property.about)
  }

  private func array(of row: String, _ about: LocalizedText) throws {
    try json.member("type", "array")
    try describe(about)
    try json.object("items") { try reference(row) }
  }

  private func reference(_ name: String) throws { try json.member("$ref", "#/$defs/\(name)") }

  private func referenceOrNull(_ name: String) throws {
    try json.array("anyOf") {
      try json.object { try reference(name) }
      try json.object { try json.member("type", "null") }
    }
  }

  private func describe(_ about: LocalizedText) throws { try json.member("description", about.zh + about.en) }
}
