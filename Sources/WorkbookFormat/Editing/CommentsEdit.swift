import AtomicFiles
import XMLFormat

/// The comments of a sheet (`comments1.xml`, ECMA-376 part 1, 18.7), with those of a check added and those of the check
/// before taken out.
///
/// What a check writes stands between two lines that name the program. A person's comment on the same cell stays in front,
/// and what a person wrote behind the second line stays too.
struct CommentsEdit {
  /// The line before and after the text of a check.
  static let line = "──── OneVisit ────"
  static let author = "OneVisit"

  /// The part as it becomes.
  let content = ByteBuffer()
  /// The cells whose comment is gone, and those that have a new one, in the order of the part.
  private(set) var removed: Set<CellAddress> = []
  private(set) var added: [CellAddress] = []
  /// The cells with a thread of comments (Excel 2019), which shows nothing else.
  private(set) var threaded: [CellAddress] = []
  /// How many comments there are now.
  private(set) var count = 0
  private(set) var isChanged = false
  /// Whether an earlier check had written a comment here.
  private(set) var hadOwn = false

  private var texts: [CellAddress: String]
  private var order: [CellAddress]
  private var prefix = ""
  private var authors: [String] = []
  private var ownAuthor: Int?

  /// - Parameters:
  ///   - old: the part as it is; nil if the sheet has none.
  ///   - namespace: the main namespace, for a new part.
  init(_ old: ByteBuffer?, part: String, namespace: String, marks: [WorkbookEditor.Mark]) throws(WorkbookFailure) {
    texts = CommentsEdit.texts(of: marks)
    order = texts.keys.sorted()
    if let old {
      readAuthors(old)
      try edit(old, part)
    } else if !order.isEmpty {
      content.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" as StaticString)
      content.append(
        "<comments xmlns=\"\(namespace)\"><authors><author>\(CommentsEdit.author)</author></authors><commentList>")
      ownAuthor = 0
      appendNew()
      content.append("</commentList></comments>" as StaticString)
    }
  }

  private mutating func readAuthors(_ old: ByteBuffer) {
    var reader = MarkupReader(old)
    var text: String?
    while let piece = reader.next() {
      if piece.kind == .start, piece.isTag("author") {
        text = ""
      } else if piece.kind == .empty, piece.isTag("author") {
        authors.append("")
      } else if piece.kind == .end, piece.isTag("author") {
        authors.append(text ?? "")
        text = nil
      } else if piece.kind == .text, text != nil {
        text? += String(decoding: piece.bytes, as: UTF8.self)
      } else if piece.isTag("commentList") {
        break
      }
    }
    ownAuthor = authors.firstIndex(of: CommentsEdit.author)
  }

  private mutating func edit(_ old: ByteBuffer, _ part: String) throws(WorkbookFailure) {
    var reader = MarkupReader(old)
    let comment = ByteBuffer()
    var isInComment = false
    var address: CellAddress?
    var author = ""
    while let piece = reader.next() {
      if isInComment {
        comment.append(piece.bytes)
        if piece.kind == .end, piece.isTag("comment") {
          isInComment = false
          finish(comment, at: address, author)
        }
        continue
      }
      switch piece.kind {
      case .start where piece.isTag("comment"):
        isInComment = true
        comment.clear()
        comment.append(piece.bytes)
        prefix = piece.tag.prefix
        let reference = piece.tag.text("ref") ?? ""
        // Of a range its first cell.
        address = CellAddress(reference.prefix { $0 != ":" })
        author = piece.tag.number("authorId").flatMap { authors.indices.contains($0) ? authors[$0] : nil } ?? ""
      case .start where piece.isTag("commentList"), .empty where piece.isTag("commentList"):
        prefix = piece.tag.prefix
        if piece.kind == .empty, !order.isEmpty {
          piece.tag.appendOpened(content)
          appendNew()
          piece.tag.appendEnd(content)
        } else {
          content.append(piece.bytes)
        }
      case .end where piece.isTag("authors"), .empty where piece.isTag("authors"):
        if ownAuthor == nil, !order.isEmpty {
          ownAuthor = authors.count
          isChanged = true
          if piece.kind == .empty { piece.tag.appendOpened(content) }
          content.append("<\(piece.tag.prefix)author>\(CommentsEdit.author)</\(piece.tag.prefix)author>")
          if piece.kind == .empty { piece.tag.appendEnd(content) }
        }
        if piece.kind == .end { content.append(piece.bytes) }
      case .end where piece.isTag("commentList"):
        appendNew()
        content.append(piece.bytes)
      default: content.append(piece.bytes)
      }
    }
    if reader.isBroken || isInComment || ownAuthor == nil && !order.isEmpty { throw WorkbookFailure(.damaged(part)) }
  }

  // MARK: One comment

  private mutating func finish(_ comment: ByteBuffer, at cell: CellAddress?, _ author: String) {
    if author.hasPrefix("tc=") {
      if let cell, texts.removeValue(forKey: cell) != nil { threaded.append(cell) }
      content.append(comment.buffer)
      count += 1
      return
    }
    var text = CommentText(comment)
    hadOwn = hadOwn || text.hasOwn
    let hasNew = cell.map { texts[$0] != nil } ?? false
    if text.hasOwn, text.isBlank {
      isChanged = true
      if let cell { removed.insert(cell) }
      return
    }
    count += 1
    guard text.hasOwn || hasNew else { return content.append(comment.buffer) }
    isChanged = true
    if let cell, let new = texts.removeValue(forKey: cell) {
      text.append(CommentText.run(CommentsEdit.block(new), prefix, isBehind: !text.isBlank))
    }
    content.append(text.xml)
  }

  /// Adds the comments of cells that had none.
  private mutating func appendNew() {
    for cell in order {
      guard let text = texts.removeValue(forKey: cell), let ownAuthor else { continue }
      content.append("<\(prefix)comment ref=\"\(cell.text)\" authorId=\"\(ownAuthor)\"><\(prefix)text>")
      content.append(CommentText.run(CommentsEdit.block(text), prefix, isBehind: false))
      content.append("</\(prefix)text></\(prefix)comment>")
      added.append(cell)
      count += 1
      isChanged = true
    }
    order = []
  }

  /// The text of a check between its lines. A comment holds as many characters as a cell.
  static func block(_ text: String) -> String {
    let shown = text.unicodeScalars.count > 20_000 ? String(text.unicodeScalars.prefix(20_000)) + "…" : text
    return line + "\n" + shown + "\n" + line
  }

  /// The comments of marked cells; several on one cell are one, with an empty line between them.
  static func texts(of marks: [WorkbookEditor.Mark]) -> [CellAddress: String] {
    Dictionary(marks.map { (CellAddress(row: $0.row, column: $0.column), $0.comment) }) { $0 + "\n\n" + $1 }
  }
}

/// A comment as its tags and texts, from which the text of an earlier check is cut.
private struct CommentText {
  private enum Piece {
    case markup(String, isRunStart: Bool, isRunEnd: Bool, isTextEnd: Bool)
    case text(String)
  }

  private var pieces: [Piece] = []
  private(set) var hasOwn = false

  init(_ comment: ByteBuffer) {
    var reader = MarkupReader(comment)
    var isInText = false
    while let piece = reader.next() {
      let bytes = String(decoding: piece.bytes, as: UTF8.self)
      if piece.kind == .text, isInText {
        pieces.append(.text(bytes))
        continue
      }
      if piece.isTag("t") { isInText = piece.kind == .start }
      pieces.append(
        .markup(
          bytes, isRunStart: piece.kind == .start && piece.isTag("r"), isRunEnd: piece.kind == .end && piece.isTag("r"),
          isTextEnd: piece.isTag("text") && piece.kind != .start))
    }
    cut()
  }

  /// Whether no text is left.
  var isBlank: Bool {
    pieces.allSatisfy { piece in
      guard case .text(let text) = piece else { return true }
      return CommentText.plain(text).allSatisfy(\.isWhitespace)
    }
  }

  /// Takes out what stands from the first line of a check to its second one, and the runs that are empty then. A program
  /// may have cut the lines into runs of Chinese and Latin letters.
  private mutating func cut() {
    var all: [UInt8] = []
    var starts: [(piece: Int, start: Int)] = []
    for (index, piece) in pieces.enumerated() {
      guard case .text(let text) = piece else { continue }
      starts.append((index, all.count))
      all += text.utf8
    }
    let removed = CommentText.ownRanges(all)
    guard !removed.isEmpty else { return }
    hasOwn = true
    var emptied: [Int] = []
    for (number, (index, start)) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1].start : all.count
      let kept = (start..<end).filter { byte in !removed.contains { $0.contains(byte) } }.map { all[$0] }
      guard kept.count < end - start else { continue }
      pieces[index] = .text(String(decoding: kept, as: UTF8.self))
      if kept.isEmpty { emptied.append(index) }
    }
    for index in emptied.reversed() { removeRun(around: index) }
  }

  /// Where the texts of checks are, with the line break in front of each.
  private static func ownRanges(_ all: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var rest = all[...]
    while let first = rest.firstRange(of: Array(CommentsEdit.line.utf8)) {
      let second = all[first.upperBound...].firstRange(of: Array(CommentsEdit.line.utf8))
      var start = first.lowerBound
      for end in ["\r\n", "\n", "&#10;", "&#xA;", "&#xa;"] where all[..<start].ends(with: end.utf8) {
        start -= end.utf8.count
        break
      }
      ranges.append(start..<(second?.upperBound ?? all.count))
      rest = all[(second?.upperBound ?? all.count)...]
    }
    return ranges
  }

  private mutating func removeRun(around index: Int) {
    let start = pieces[..<index].lastIndex { piece in
      if case .markup(_, true, _, _) = piece { true } else { false }
    }
    let end = pieces[index...].firstIndex { piece in
      if case .markup(_, _, true, _) = piece { true } else { false }
    }
    guard let start, let end else { return }
    let hasEnd = pieces[start..<index].contains { piece in
      if case .markup(_, _, true, _) = piece { true } else { false }
    }
    if !hasEnd { pieces.removeSubrange(start...end) }
  }

  private static func plain(_ text: String) -> String {
    MarkupTag.resolved(text).replacing("&#10;", with: "\n").replacing("&#xA;", with: "\n")
  }

  /// Appends a run to the text. A text without runs becomes one, since a program shows either.
  mutating func append(_ run: String) {
    guard let end = pieces.lastIndex(where: { if case .markup(_, _, _, true) = $0 { true } else { false } }) else {
      return
    }
    if case .markup(let tag, _, _, _) = pieces[end], tag.hasSuffix("/>") {
      let name = tag.dropFirst().prefix { $0 != " " && $0 != "/" }
      pieces[end] = .markup(
        "<\(name)>" + run + "</\(name)>", isRunStart: false, isRunEnd: false, isTextEnd: true)
      return
    }
    let isPlain = !pieces.contains { if case .markup(_, true, _, _) = $0 { true } else { false } }
    pieces.insert(.markup(run, isRunStart: false, isRunEnd: false, isTextEnd: false), at: end)
    guard isPlain else { return }
    for (index, piece) in pieces.enumerated() where index < end {
      guard case .markup(let tag, _, _, _) = piece else { continue }
      let name = tag.drop { $0 == "<" || $0 == "/" }.prefix { $0 != " " && $0 != ">" && $0 != "/" }
      guard name == "t" || name.hasSuffix(":t") else { continue }
      let prefix = name.dropLast()
      if tag.hasPrefix("</") {
        pieces[index] = .markup(tag + "</\(prefix)r>", isRunStart: false, isRunEnd: true, isTextEnd: false)
      } else if tag.hasSuffix("/>") {
        pieces[index] = .markup("", isRunStart: false, isRunEnd: false, isTextEnd: false)
      } else {
        pieces[index] = .markup("<\(prefix)r>" + tag, isRunStart: true, isRunEnd: false, isTextEnd: false)
      }
    }
  }

  var xml: String {
    pieces.map { piece in
      switch piece {
      case .markup(let tag, _, _, _): tag
      case .text(let text): text
      }
    }.joined()
  }

  /// A run with a text.
  static func run(_ text: String, _ prefix: String, isBehind: Bool) -> String {
    let (r, pr, t) = ("\(prefix)r", "\(prefix)rPr", "\(prefix)t")
    return "<\(r)><\(pr)><\(prefix)sz val=\"9\"/><\(prefix)color indexed=\"81\"/><\(prefix)rFont val=\"宋体\"/>"
      + "<\(prefix)family val=\"3\"/><\(prefix)charset val=\"134\"/></\(pr)><\(t) xml:space=\"preserve\">"
      + (isBehind ? "\n" : "") + CellText.escaped(text) + "</\(t)></\(r)>"
  }
}

/// Texts of cells and comments as they are written in XML.
enum CellText {
  static func escaped(_ text: String, isAttribute: Bool = false) -> String {
    let (cell, xml) = (ByteBuffer(), ByteBuffer())
    var text = text
    text.withUTF8 { EscapedText.escaped($0, into: cell) }
    XMLText.append(cell.buffer, to: xml, isAttribute: isAttribute)
    return xml.text
  }
}

extension Collection where Element == UInt8, Self: BidirectionalCollection {
  fileprivate func ends(with end: some BidirectionalCollection<UInt8>) -> Bool {
    reversed().starts(with: end.reversed())
  }
}
