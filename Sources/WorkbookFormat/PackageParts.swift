import XMLFormat

/// `workbook.xml`: the sheets in their order.
final class WorkbookPart: XMLHandler {
  static let names = ["sheet", "name", "state", "workbookPr", "date1904"] + relationshipIDs
  /// The attribute that names a sheet's relationship, under the prefixes that programs use.
  private static let relationshipIDs = ["r:id", "ns1:id", "ns0:id", "rel:id", "d3p1:id", "relationships:id"]

  struct Sheet {
    var name: String
    var relationship: String?
    var isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var is1904 = false

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    switch element.name {
    case 0:
      var sheet = Sheet(name: "", relationship: nil, isHidden: false)
      for attribute in element.attributes {
        let value = String(decoding: attribute.value, as: UTF8.self)
        switch attribute.name {
        case 1: sheet.name = value
        case 2: sheet.isHidden = value != "visible"
        case 5...: sheet.relationship = value
        default: break
        }
      }
      sheets.append(sheet)
    case 3:
      if let value = element.attributes.value(4) {
        let text = String(decoding: value, as: UTF8.self)
        is1904 = text == "1" || text == "true"
      }
    default: break
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {}
}

/// A `.rels` part: what a part refers to.
final class RelationshipsPart: XMLHandler {
  static let names = ["Relationship", "Id", "Type", "Target"]

  struct Relationship {
    var id = ""
    var type = ""
    var target = ""
  }

  private(set) var relationships: [Relationship] = []
  /// As many as an archive may have entries.
  private static let limit = 20_000

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    guard element.name == 0 else { return }
    guard relationships.count < RelationshipsPart.limit else { throw XMLStop() }
    var relationship = Relationship()
    for attribute in element.attributes {
      let value = String(decoding: attribute.value, as: UTF8.self)
      switch attribute.name {
      case 1: relationship.id = value
      case 2: relationship.type = value
      case 3: relationship.target = value
      default: break
      }
    }
    relationships.append(relationship)
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {}

  /// The name of a part that is named relative to a folder.
  static func path(_ target: String, in folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = folder.split(separator: "/").map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}

/// `styles.xml`: which styles of cells show their number as a day.
final class StylesPart: XMLHandler {
  static let names = ["numFmt", "cellXfs", "xf", "numFmtId", "formatCode"]

  /// By the number of a cell's style.
  private(set) var forms: [CellForm] = []
  private var custom: [Int: CellForm] = [:]
  private var isInCells = false

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    let id = element.attributes.value(3).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    switch element.name {
    case 0:
      if let id, let code = element.attributes.value(4) {
        custom[id] = CellForm(code: String(decoding: code, as: UTF8.self))
      }
    case 1: isInCells = true
    case 2:
      if isInCells { forms.append(id.map { custom[$0] ?? CellForm(builtIn: $0) } ?? .number) }
    default: break
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    if name == 1 { isInCells = false }
  }
}
