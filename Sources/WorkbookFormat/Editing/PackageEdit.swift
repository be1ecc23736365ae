import AtomicFiles
import XMLFormat

/// The relationships of a part (ECMA-376 part 2, 6.5), to which some are added.
struct RelationshipsEdit {
  private(set) var relationships: [RelationshipsPart.Relationship] = []
  private(set) var isChanged = false
  private let old: ByteBuffer?
  private var added: [RelationshipsPart.Relationship] = []
  private var removed: Set<String> = []

  /// - Parameter old: the part as it is; nil if there is none.
  init(_ old: ByteBuffer?) {
    self.old = old
    guard let old else { return }
    var reader = MarkupReader(old)
    while let piece = reader.next() {
      guard piece.kind == .start || piece.kind == .empty, piece.isTag("Relationship") else { continue }
      relationships.append(
        RelationshipsPart.Relationship(
          id: piece.tag.text("Id") ?? "", type: piece.tag.text("Type") ?? "", target: piece.tag.text("Target") ?? ""))
    }
  }

  /// Adds a relationship, and returns its id.
  mutating func add(_ type: String, to target: String) -> String {
    let used = Set((relationships + added).map(\.id))
    var number = used.count + 1
    while used.contains("rId\(number)") { number += 1 }
    added.append(RelationshipsPart.Relationship(id: "rId\(number)", type: type, target: target))
    isChanged = true
    return "rId\(number)"
  }

  mutating func remove(_ id: String) {
    removed.insert(id)
    isChanged = true
  }

  /// Whether nothing is left.
  var isEmpty: Bool { added.isEmpty && relationships.allSatisfy { removed.contains($0.id) } }

  var content: ByteBuffer {
    let out = ByteBuffer()
    var elements = added.map { relation in
      "<Relationship Id=\"\(relation.id)\" Type=\"\(relation.type)\" Target=\"\(CellText.escaped(relation.target, isAttribute: true))\"/>"
    }
    guard let old else {
      out.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" as StaticString)
      out.append(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(elements.joined())</Relationships>"
      )
      return out
    }
    Markup.copy(old, to: out, before: "Relationships") { prefix in
      elements = elements.map { prefix.isEmpty ? $0 : "<" + prefix + $0.dropFirst() }
      return elements.joined()
    } leavingOut: { piece in
      piece.isTag("Relationship") && piece.tag.text("Id").map { removed.contains($0) } ?? false
    }
    return out
  }
}

/// `[Content_Types].xml`, to which parts are added (ECMA-376 part 2, 7.2.3).
struct ContentTypesEdit {
  private let old: ByteBuffer
  private var added: [(part: String, type: String)] = []
  private var removed: Set<String> = []

  init(_ old: ByteBuffer) { self.old = old }

  mutating func add(_ part: String, _ type: String) { added.append((part, type)) }
  mutating func remove(_ part: String) { removed.insert("/" + part.lowercased()) }

  var content: ByteBuffer {
    let out = ByteBuffer()
    Markup.copy(old, to: out, before: "Types") { prefix in
      added.map { part, type in
        "<\(prefix)Override PartName=\"/\(CellText.escaped(part, isAttribute: true))\" ContentType=\"\(type)\"/>"
      }.joined()
    } leavingOut: { piece in
      piece.isTag("Override") && piece.tag.text("PartName").map { removed.contains($0.lowercased()) } ?? false
    }
    return out
  }
}

/// Copies of documents with elements added at the end of the root and empty elements left out.
enum Markup {
  /// Where an element is added: after the end of another one, or, if it is not new, before that end.
  struct Insertion {
    var name: StaticString
    var isNew: Bool
  }

  /// A copy with elements added at one point, once.
  static func copy(
    _ old: ByteBuffer, to out: ByteBuffer, after insertion: Insertion, adding: (_ prefix: String) -> String,
    leavingOut isLeftOut: (MarkupReader.Piece) -> Bool
  ) {
    guard insertion.isNew else {
      return copy(old, to: out, before: insertion.name, adding: adding, leavingOut: isLeftOut)
    }
    var reader = MarkupReader(old)
    var isAdded = false
    while let piece = reader.next() {
      out.append(piece.bytes)
      if !isAdded, piece.kind == .end || piece.kind == .empty, piece.isTag(insertion.name) {
        isAdded = true
        out.append(adding(piece.tag.prefix))
      }
    }
  }

  static func copy(
    _ old: ByteBuffer, to out: ByteBuffer, before end: StaticString, adding: (_ prefix: String) -> String,
    leavingOut isLeftOut: (MarkupReader.Piece) -> Bool
  ) {
    var reader = MarkupReader(old)
    var isLeaving = false
    while let piece = reader.next() {
      if isLeaving {
        if piece.kind == .end { isLeaving = false }
        continue
      }
      if piece.kind == .start || piece.kind == .empty, isLeftOut(piece) {
        isLeaving = piece.kind == .start
        continue
      }
      if piece.kind == .end, piece.isTag(end) { out.append(adding(piece.tag.prefix)) }
      if piece.kind == .empty, piece.isTag(end) {
        piece.tag.appendOpened(out)
        out.append(adding(piece.tag.prefix))
        piece.tag.appendEnd(out)
        continue
      }
      out.append(piece.bytes)
    }
  }
}

/// `workbook.xml`, to which a sheet is added.
enum SheetListEdit {
  /// The list with another sheet at its end.
  /// - Parameter namespace: that of relationships.
  static func adding(
    _ name: String, relationship: String, namespace: String, to old: ByteBuffer
  ) -> ByteBuffer {
    var reader = MarkupReader(old)
    var highest = 0
    while let piece = reader.next() {
      if piece.kind == .start || piece.kind == .empty, piece.isTag("sheet") {
        highest = max(highest, min(65_533, piece.tag.number("sheetId") ?? 0))
      }
    }
    let out = ByteBuffer()
    Markup.copy(old, to: out, before: "sheets") { prefix in
      "<\(prefix)sheet xmlns:r=\"\(namespace)\" name=\"\(CellText.escaped(name, isAttribute: true))\" "
        + "sheetId=\"\(highest + 1)\" r:id=\"\(relationship)\"/>"
    } leavingOut: { _ in
      false
    }
    return out
  }

  /// The list without the hidden name that a filter of a sheet has; nil if there is none.
  /// - Parameter index: the sheet's index in the list.
  static func withoutFilterName(ofSheet index: Int, _ old: ByteBuffer) -> ByteBuffer? {
    let out = ByteBuffer()
    var isFound = false
    Markup.copy(old, to: out, before: "") { _ in
      ""
    } leavingOut: { piece in
      let isName =
        piece.isTag("definedName") && piece.tag.text("name") == "_xlnm._FilterDatabase"
        && piece.tag.number("localSheetId") == index
      isFound = isFound || isName
      return isName
    }
    return isFound ? out : nil
  }
}
