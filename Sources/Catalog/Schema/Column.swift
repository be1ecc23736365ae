import Localization

/// A column of a table, declared once: every reader, writer, check and description goes by it.
package struct Column: Sendable, Hashable {
  /// The header in English, the name that programs use: `deadline_heading`.
  package let name: String
  /// The header in Chinese, which a table may have instead.
  package var title: String
  /// The name in XML and JSON: `deadlineHeading` for the column `deadline_heading`.
  package let documentName: String
  package var kind: ValueKind
  /// What it holds, one sentence in each language, for the descriptions that are generated.
  package var about: LocalizedText
  /// The table cannot be read without the column.
  package var isRequired: Bool
  /// No cell of it may be empty.
  package var requiresValue: Bool
  /// No two rows may have the same value.
  package var isUnique: Bool
  package var xml: XMLPlacement
  /// A table in which no row has a value of it is written without the column; a table that has the column keeps it.
  package var isOmittedWhenEmpty = false

  /// Where a value is written in the element of its row.
  package enum XMLPlacement: Sendable, Hashable {
    case attribute
    /// A child element of the column's name.
    case element
    /// A child element for each text, under this name.
    case elements(String)
    /// A child element with the deadline as its text and its due date as an attribute.
    case deadline
    /// The row element's own text.
    case content
    /// Written by the code of the large tables, in an element or attribute of its own form.
    case custom
    /// A column that `datapackage.json` adds: a child element `extra`, which names the column.
    case further
  }

  package init(
    _ name: String, zh title: String, _ kind: ValueKind, required: Bool = false, requiresValue: Bool? = nil,
    unique: Bool = false, xml: XMLPlacement = .element, about: LocalizedText
  ) {
    self.name = name
    documentName = Column.documentName(name)
    self.title = title
    self.kind = kind
    self.about = about
    isRequired = required
    self.requiresValue = requiresValue ?? required
    isUnique = unique
    self.xml = xml
  }

  /// A column that a catalog has besides the declared ones (see `CatalogSchema.add`): any text.
  package static func further(_ name: String, zh title: String? = nil) -> Column {
    let title = title.flatMap { $0.isEmpty ? nil : $0 } ?? name
    return Column(name, zh: title, .text, xml: .further, about: LocalizedText(zh: "", en: ""))
  }

  private static func documentName(_ name: String) -> String {
    if !name.utf8.contains(UInt8(ascii: "_")) { return name }
    var result = ""
    var beginsWord = false
    for character in name {
      if character == "_" {
        beginsWord = !result.isEmpty
      } else {
        result += beginsWord ? character.uppercased() : String(character)
        beginsWord = false
      }
    }
    return result
  }

  /// The name of the element or attribute that holds the value in XML; nil for the row's own text.
  package var xmlName: String? {
    switch xml {
    case .attribute, .element, .deadline, .custom: documentName
    case .elements(let name): name
    case .content, .further: nil
    }
  }

  /// The table that it refers to.
  package var target: TableKind? {
    switch kind {
    case .reference(let table): table
    case .audience, .audiences: .audiences
    default: nil
    }
  }
}

/// A set of columns of one table, by index.
package struct ColumnSet: Sendable, Hashable, ExpressibleByArrayLiteral {
  private var bits: UInt64 = 0

  package init() {}

  package init(arrayLiteral columns: Int...) {
    for column in columns { insert(column) }
  }

  package var isEmpty: Bool { bits == 0 }

  package mutating func insert(_ column: Int) { bits |= 1 << UInt64(column & 63) }

  package func contains(_ column: Int) -> Bool { bits & (1 << UInt64(column & 63)) != 0 }

  /// The indices in rising order.
  package var indices: [Int] { (0..<64).filter(contains) }
}
