import AtomicFiles
import XMLFormat

/// The fills that marked cells had, as hidden names of the workbook (ECMA-376 part 1, 18.2.5 `definedName`): they stay when
/// the sheet with the list of findings is deleted or gets another name.
enum FillNames {
  private static let prefix = "_onevisit_fill_"
  /// A text within a formula has at most 255 characters, a formula 8192 (Excel specifications and limits).
  private static let pieceLength = 200
  private static let longestFill = 3000

  // MARK: Reading

  /// The fills by their number; nil if the workbook has no such name.
  static func fills(in workbook: ByteBuffer) -> [String]? {
    var reader = MarkupReader(workbook)
    var found: [Int: String] = [:]
    var number: Int?
    var text = ""
    while let piece = reader.next() {
      switch piece.kind {
      case .start where piece.isTag("definedName"):
        number = self.number(of: piece)
        text = ""
      case .text, .other:
        if number != nil { text += String(decoding: piece.bytes, as: UTF8.self) }
      case .end where piece.isTag("definedName"):
        if let number { found[number] = value(of: MarkupTag.resolved(text)) }
        number = nil
      default: break
      }
    }
    guard let last = found.keys.max() else { return nil }
    return (0...last).map { found[$0] ?? StylesEdit.noFill }
  }

  private static func number(of piece: MarkupReader.Piece) -> Int? {
    guard let name = piece.tag.text("name"), name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)),
      (0..<StylesEdit.fillLimit).contains(number)
    else { return nil }
    return number
  }

  /// The text that a formula of texts in quotation marks amounts to.
  private static func value(of formula: String) -> String {
    var value = ""
    var isQuoted = false
    var characters = formula[...]
    while let character = characters.popFirst() {
      if character != "\"" {
        if isQuoted { value.append(character) }
      } else if isQuoted, characters.first == "\"" {
        value.append("\"")
        characters = characters.dropFirst()
      } else {
        isQuoted.toggle()
      }
    }
    return value
  }

  // MARK: Writing

  /// The part with the names of these fills, in the place of those that it has.
  static func adding(_ fills: [String], to workbook: ByteBuffer) -> ByteBuffer {
    let insertion = insertion(in: workbook)
    let out = ByteBuffer(capacity: workbook.count + 1024)
    Markup.copy(workbook, to: out, after: insertion) { prefix in
      let names = fills.enumerated().map { number, fill in
        "<\(prefix)definedName name=\"\(FillNames.prefix)\(number)\" hidden=\"1\">\(CellText.escaped(formula(fill)))"
          + "</\(prefix)definedName>"
      }.joined()
      return insertion.isNew ? "<\(prefix)definedNames>\(names)</\(prefix)definedNames>" : names
    } leavingOut: { piece in
      piece.isTag("definedName") && number(of: piece) != nil
    }
    return out
  }

  private static func formula(_ fill: String) -> String {
    let fill = fill.utf8.count > longestFill ? StylesEdit.noFill : fill
    var pieces: [String] = []
    var rest = fill[...]
    while !rest.isEmpty {
      pieces.append("\"" + rest.prefix(pieceLength).replacing("\"", with: "\"\"") + "\"")
      rest = rest.dropFirst(pieceLength)
    }
    return pieces.joined(separator: "&")
  }

  /// Where the names belong: at the end of `definedNames`, or in a new one after what comes before it (18.2.27 `workbook`).
  private static func insertion(in workbook: ByteBuffer) -> Markup.Insertion {
    var reader = MarkupReader(workbook)
    var depth = 0
    var result = Markup.Insertion(name: "sheets", isNew: true)
    while let piece = reader.next() {
      if piece.kind == .end { depth -= 1 }
      if depth == 1, piece.kind == .end || piece.kind == .empty {
        if piece.isTag("definedNames") { return Markup.Insertion(name: "definedNames", isNew: false) }
        if piece.isTag("functionGroups") { result.name = "functionGroups" }
        if piece.isTag("externalReferences") { result.name = "externalReferences" }
      }
      if piece.kind == .start { depth += 1 }
    }
    return result
  }
}
