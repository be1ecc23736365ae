import AtomicFiles

/// The drawing that shows the comments of a sheet (VML, ECMA-376 part 4, 19), with shapes added and taken out.
struct DrawingEdit {
  /// The part as it becomes.
  let content = ByteBuffer()
  /// Whether there is any shape left.
  private(set) var hasShapes = false

  private static let shapeType = """
    <v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
    <v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
    """

  /// - Parameters:
  ///   - old: the part as it is; nil if the sheet has none.
  ///   - removed: the cells whose comment is gone.
  ///   - added: the cells with a new comment and the lines of its text.
  init(
    _ old: ByteBuffer?, part: String, removed: Set<CellAddress>, added: [(cell: CellAddress, lines: Int)],
    outline: SheetOutline
  ) throws(WorkbookFailure) {
    guard let old else {
      hasShapes = !added.isEmpty
      let blocks = (1...max(1, (added.count + 1023) / 1024)).map(String.init).joined(separator: ",")
      content.append(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
          + "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">"
          + "<o:idmap v:ext=\"edit\" data=\"\(blocks)\"/></o:shapelayout>\(DrawingEdit.shapeType)")
      appendShapes(added, after: 1024, outline, namespaces: "")
      content.append("</xml>" as StaticString)
      return
    }
    try edit(old, part, removed, added, outline)
  }

  private mutating func edit(
    _ old: ByteBuffer, _ part: String, _ removed: Set<CellAddress>, _ added: [(cell: CellAddress, lines: Int)],
    _ outline: SheetOutline
  ) throws(WorkbookFailure) {
    let highest = DrawingEdit.highestNumber(in: old, without: removed)
    let last = highest + added.count
    var reader = MarkupReader(old)
    let shape = ByteBuffer()
    var isInShape = false
    var hasType = false
    var isComplete = false
    var namespaces = ""
    var isRoot = true
    while let piece = reader.next() {
      if isInShape {
        shape.append(piece.bytes)
        if piece.kind == .end, piece.isTag("shape") {
          isInShape = false
          if let cell = DrawingEdit.cell(ofNote: shape), removed.contains(cell) { continue }
          hasShapes = true
          content.append(shape.buffer)
        }
        continue
      }
      switch piece.kind {
      case .start where piece.isTag("shape"):
        isInShape = true
        shape.clear()
        shape.append(piece.bytes)
      case .start where piece.isTag("shapetype"), .empty where piece.isTag("shapetype"):
        hasType = hasType || piece.tag.text("id") == "_x0000_t202"
        content.append(piece.bytes)
      case .empty where piece.isTag("idmap"), .start where piece.isTag("idmap"):
        appendMap(piece, upTo: last, isExtended: !added.isEmpty)
      case .end where piece.isTag("xml"):
        if !added.isEmpty, !hasType { content.append(DrawingEdit.declaring(namespaces, in: DrawingEdit.shapeType)) }
        appendShapes(added, after: highest, outline, namespaces: namespaces)
        hasShapes = hasShapes || !added.isEmpty
        isComplete = true
        content.append(piece.bytes)
      default:
        if isRoot, piece.kind == .start {
          isRoot = false
          namespaces = DrawingEdit.missingNamespaces(piece.tag)
        } else if piece.kind == .start || piece.kind == .empty, DrawingEdit.isShape(piece) {
          hasShapes = true
        }
        content.append(piece.bytes)
      }
    }
    if !isComplete || reader.isBroken { throw WorkbookFailure(.damaged(part)) }
  }

  private static func isShape(_ piece: MarkupReader.Piece) -> Bool {
    piece.isTag("shape") || piece.isTag("rect") || piece.isTag("oval") || piece.isTag("line") || piece.isTag("group")
      || piece.isTag("roundrect") || piece.isTag("image")
  }

  /// The declarations that the shapes need and the root does not have.
  private static func missingNamespaces(_ root: MarkupTag) -> String {
    let declared = Set(root.attributes.map { $0.name + "=" + $0.value })
    return [
      ("xmlns:v", "urn:schemas-microsoft-com:vml"), ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
      ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
    ].filter { !declared.contains($0.0 + "=" + $0.1) }.map { " \($0.0)=\"\($0.1)\"" }.joined()
  }

  private static func declaring(_ namespaces: String, in shape: String) -> String {
    shape.replacing("<v:shapetype ", with: "<v:shapetype\(namespaces) ")
  }

  /// The highest number of a shape that stays, `_x0000_s1025`.
  private static func highestNumber(in old: ByteBuffer, without removed: Set<CellAddress>) -> Int {
    var reader = MarkupReader(old)
    let shape = ByteBuffer()
    var highest = 1024
    var last = 0
    while let piece = reader.next() {
      if piece.kind == .start || piece.kind == .empty, let id = piece.tag.text("id"), id.hasPrefix("_x0000_s"),
        let number = Int(id.dropFirst(8)), number < 1 << 30
      {
        last = number
        if !piece.isTag("shape") { highest = max(highest, number) }
      }
      if piece.kind == .start, piece.isTag("shape") { shape.clear() }
      shape.append(piece.bytes)
      guard piece.kind == .end, piece.isTag("shape") else { continue }
      if let cell = cell(ofNote: shape), removed.contains(cell) { continue }
      highest = max(highest, last)
    }
    return highest
  }

  /// Appends the map of the numbers of shapes, in blocks of 1024, with those that the new ones need.
  private func appendMap(_ piece: MarkupReader.Piece, upTo last: Int, isExtended: Bool) {
    let blocks = (piece.tag.text("data") ?? "").split(separator: ",").compactMap { Int($0) }
    let needed = max(blocks.max() ?? 0, last / 1024)
    guard isExtended, let highest = blocks.max(), needed > highest else { return content.append(piece.bytes) }
    piece.tag.append(
      setting: "data", to: (blocks + Array((highest + 1)...needed)).map(String.init).joined(separator: ","), content)
  }

  /// The cell of a comment's shape; nil if it is another shape.
  private static func cell(ofNote shape: ByteBuffer) -> CellAddress? {
    var reader = MarkupReader(shape)
    var isNote = false
    var name = ""
    var (row, column): (Int?, Int?) = (nil, nil)
    while let piece = reader.next() {
      if piece.kind == .text {
        let number = Int(String(decoding: piece.bytes, as: UTF8.self).filter { !$0.isWhitespace })
        if name == "Row" { row = number }
        if name == "Column" { column = number }
        continue
      }
      if piece.isTag("ClientData"), piece.kind == .start { isNote = piece.tag.text("ObjectType") == "Note" }
      name = piece.kind != .start ? "" : piece.isTag("Row") ? "Row" : piece.isTag("Column") ? "Column" : ""
    }
    guard isNote, let row, let column else { return nil }
    return CellAddress(row: row, column: column)
  }

  // MARK: New shapes

  private func appendShapes(
    _ added: [(cell: CellAddress, lines: Int)], after last: Int, _ outline: SheetOutline, namespaces: String
  ) {
    for (index, comment) in added.enumerated() {
      content.append(
        "<v:shape\(namespaces) id=\"_x0000_s\(last + 1 + index)\" type=\"#_x0000_t202\" style='position:absolute;"
          + "width:240pt;height:\(15 * comment.lines)pt;z-index:\(index + 1);visibility:hidden' fillcolor=\"#ffffe1\" "
          + "o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>"
          + "<v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'>"
          + "</div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>"
          + DrawingEdit.anchor(comment.cell, comment.lines, outline)
          + "</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>\(comment.cell.row)</x:Row><x:Column>\(comment.cell.column)"
          + "</x:Column></x:ClientData></v:shape>")
    }
  }

  /// Where a shape of 320 pixels is, right of its cell: column and pixels in it, row and pixels, of both corners.
  private static func anchor(_ cell: CellAddress, _ lines: Int, _ outline: SheetOutline) -> String {
    var column = cell.column + 1
    let top = max(0, cell.row - 1)
    let left = min(15, outline.pixels(ofColumn: column) / 2)
    var rest = left + 320
    let first = column
    while column < first + 60, rest > outline.pixels(ofColumn: column) {
      rest -= outline.pixels(ofColumn: column)
      column += 1
    }
    return "\(first), \(left), \(top), 10, \(column), \(rest), \(top + lines), 10"
  }
}
