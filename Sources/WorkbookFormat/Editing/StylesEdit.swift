import AtomicFiles
import XMLFormat

/// The formats of a workbook (`styles.xml`, ECMA-376 part 1, 18.8), to which the fills of marked cells are added.
///
/// A marked cell has the format that it had, with another fill. Which fill it had follows from the colour: the lowest three
/// bits of red, green and blue, which nobody sees, are a number in a list of fills that the findings sheet keeps. Colours
/// survive a spreadsheet program that saves the file anew with other numbers of formats, and inserted, moved and sorted
/// rows; so a cell gets its own fill back whatever was done to the workbook in between.
final class StylesEdit {
  /// What the findings sheet looks like.
  enum FindingsFormat { case title, heading, text, link, level(WorkbookEditor.Level) }

  /// The children of one element, each in the main namespace without a prefix.
  private struct Section {
    var entries: [String] = []
    var written = 0

    /// The number of an entry, which is added if there is none.
    mutating func number(of entry: String) -> Int {
      if let found = entries.firstIndex(of: entry) { return found }
      entries.append(entry)
      return entries.count - 1
    }
  }

  private struct Format {
    var attributes: [(name: String, value: String)]
    var children: String

    var fill: Int { attributes.first { $0.name == "fillId" }.flatMap { Int($0.value) } ?? 0 }

    /// What it is but for its fill.
    var key: String {
      attributes.filter { $0.name != "fillId" && $0.name != "applyFill" }.map { $0.name + "=" + $0.value }.sorted()
        .joined(separator: " ") + children
    }

    func with(fill: Int) -> Format {
      var copy = self
      copy.attributes.removeAll { $0.name == "fillId" || $0.name == "applyFill" }
      copy.attributes += [("fillId", String(fill)), ("applyFill", "1")]
      return copy
    }

    var xml: String {
      let words = attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
      return children.isEmpty ? "<xf\(words)/>" : "<xf\(words)>\(children)</xf>"
    }
  }

  private struct FormatKey: Hashable {
    var key: String
    var fill: Int
  }

  /// The fills of the cells that are marked, by the number in their colour. None is number 0.
  private(set) var originalFills = [StylesEdit.noFill]
  /// The list of the check before; nil if marks have no meaning here.
  private let knownFills: [String]?

  private let content: ByteBuffer
  private var prefix = ""
  private var fonts = Section()
  private var fills = Section()
  private var formats: [Format] = []
  private var writtenFormats = 0
  private var formatNumbers: [FormatKey: Int] = [:]
  private var marked: [[Int]: Int] = [:]
  private var restoredFormats: [Int: Int?] = [:]

  static let noFill = "<fill><patternFill patternType=\"none\"/></fill>"
  /// As many fills as a colour has numbers.
  static let fillLimit = 512

  /// A workbook without formats of its own.
  static var minimal: ByteBuffer {
    let text = ByteBuffer()
    text.append(
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>
      """ as StaticString)
    return text
  }

  /// - Parameter knownFills: the list that the findings sheet of an earlier check has; nil if nothing was checked.
  /// - Throws: `WorkbookFailure` if it has not the parts that every program writes.
  init(_ content: ByteBuffer, part: String, knownFills: [String]?) throws(WorkbookFailure) {
    self.content = content
    self.knownFills = knownFills
    try read(part)
  }

  // MARK: Reading

  private func read(_ part: String) throws(WorkbookFailure) {
    var reader = MarkupReader(content)
    var section = ""
    var depth = 0
    let entry = ByteBuffer()
    var attributes: [(name: String, value: String)] = []
    func finish() {
      let text = entry.text
      switch section {
      case "fonts": fonts.entries.append(text)
      case "fills": fills.entries.append(text)
      default:
        let children = text.hasSuffix("</xf>") ? text.dropLast(5).drop { $0 != ">" }.dropFirst() : ""
        formats.append(Format(attributes: attributes, children: String(children)))
      }
      entry.clear()
    }
    while let piece = reader.next() {
      switch piece.kind {
      case .text, .other: if depth > 2 { entry.append(piece.bytes) }
      case .start, .empty:
        if depth == 0 { prefix = piece.tag.prefix }
        if depth == 1, piece.kind == .start {
          section = ["fonts", "fills", "cellXfs"].first { piece.tag.prefix == prefix && piece.isNamed($0) } ?? ""
        }
        if depth >= 2, !section.isEmpty {
          if depth == 2 { attributes = piece.tag.attributes }
          append(piece, to: entry)
          if depth == 2, piece.kind == .empty { finish() }
        }
        if piece.kind == .start { depth += 1 }
      case .end:
        depth -= 1
        if depth >= 2, !section.isEmpty { append(piece, to: entry) }
        if depth == 2, !section.isEmpty { finish() }
        if depth == 1 { section = "" }
      }
    }
    guard !reader.isBroken, !fills.entries.isEmpty, !formats.isEmpty, !fonts.entries.isEmpty else {
      throw WorkbookFailure(.damaged(part))
    }
    fills.written = fills.entries.count
    fonts.written = fonts.entries.count
    writtenFormats = formats.count
    for (number, format) in formats.enumerated() {
      let key = FormatKey(key: format.key, fill: format.fill)
      if formatNumbers[key] == nil { formatNumbers[key] = number }
    }
  }

  /// Appends a tag without the prefix of the main namespace.
  private func append(_ piece: MarkupReader.Piece, to entry: ByteBuffer) {
    let length = prefix.utf8.count
    guard length > 0, piece.tag.prefix == prefix else { return entry.append(piece.bytes) }
    let name = piece.kind == .end ? 2 : 1
    entry.append(UnsafeBufferPointer(rebasing: piece.bytes[..<name]))
    entry.append(UnsafeBufferPointer(rebasing: piece.bytes[(name + length)...]))
  }

  // MARK: Marks

  /// The format of a cell when a mark is put on it.
  /// - Parameter format: the number of the cell's format, which may be marked already.
  func marked(_ format: Int, _ level: WorkbookEditor.Level) -> Int {
    let base = restored(format) ?? (formats.indices.contains(format) ? format : 0)
    if let known = marked[[base, level.rawValue]] { return known }
    let fill = formats[base].fill
    let number = fill == 0 || !fills.entries.indices.contains(fill) ? 0 : self.number(ofOriginal: fills.entries[fill])
    var result = base
    if let number {
      result = self.number(of: formats[base].with(fill: fills.number(of: MarkColor(level, number).fill)))
    }
    marked[[base, level.rawValue]] = result
    return result
  }

  private func number(ofOriginal fill: String) -> Int? {
    if let known = originalFills.firstIndex(of: fill) { return known }
    guard originalFills.count < StylesEdit.fillLimit else { return nil }
    originalFills.append(fill)
    return originalFills.count - 1
  }

  /// Whether any format is that of a marked cell.
  var hasMarks: Bool { formats.indices.contains { restored($0) != nil } }

  /// The format that a marked cell had; nil if this is not the format of a marked cell.
  func restored(_ format: Int) -> Int? {
    guard let knownFills, formats.indices.contains(format) else { return nil }
    if let known = restoredFormats[format] { return known }
    var result: Int?
    if fills.entries.indices.contains(formats[format].fill),
      let number = MarkColor.number(in: fills.entries[formats[format].fill]), number < max(1, knownFills.count)
    {
      let fill = number == 0 ? 0 : fills.number(of: knownFills[number])
      result = self.number(of: formats[format].with(fill: fill))
    }
    restoredFormats[format] = .some(result)
    return result
  }

  private func number(of format: Format) -> Int {
    let key = FormatKey(key: format.key, fill: format.fill)
    if let known = formatNumbers[key] { return known }
    formats.append(format)
    formatNumbers[key] = formats.count - 1
    return formats.count - 1
  }

  /// The number of a format of the findings sheet.
  func number(of format: FindingsFormat) -> Int {
    var font = 0
    var fill = 0
    switch format {
    case .title, .heading: font = fonts.number(of: "<font><b/><sz val=\"11\"/><name val=\"宋体\"/></font>")
    case .link: font = fonts.number(of: "<font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"宋体\"/></font>")
    case .text, .level: font = fonts.number(of: "<font><sz val=\"11\"/><name val=\"宋体\"/></font>")
    }
    if case .level(let level) = format { fill = fills.number(of: MarkColor.fill(level.color)) }
    if case .heading = format { fill = fills.number(of: MarkColor.fill("FFDDEBF7")) }
    let wraps = if case .title = format { "" } else { " wrapText=\"1\"" }
    return number(
      of: Format(
        attributes: [
          ("numFmtId", "49"), ("fontId", String(font)), ("fillId", String(fill)), ("borderId", "0"), ("xfId", "0"),
          ("applyNumberFormat", "1"), ("applyFont", "1"), ("applyFill", "1"), ("applyAlignment", "1"),
        ], children: "<alignment vertical=\"top\"\(wraps)/>"))
  }

  // MARK: Writing

  /// Appends the part with what was added.
  func write(to out: ByteBuffer) {
    var reader = MarkupReader(content)
    var depth = 0
    while let piece = reader.next() {
      if piece.kind == .end { depth -= 1 }
      let added = depth == 1 && piece.kind != .text && piece.kind != .other ? additions(piece) : nil
      switch (piece.kind, added) {
      case (.start, .some(let added)): piece.tag.append(setting: "count", to: String(added.count), out)
      case (.end, .some(let added)):
        for entry in added.entries { append(entry, to: out) }
        out.append(piece.bytes)
      default: out.append(piece.bytes)
      }
      if piece.kind == .start { depth += 1 }
    }
  }

  /// What is added to a section, and how many children it then has; nil if this is the tag of none.
  private func additions(_ piece: MarkupReader.Piece) -> (entries: ArraySlice<String>, count: Int)? {
    guard piece.tag.prefix == prefix else { return nil }
    if piece.isNamed("fonts") { return (fonts.entries[fonts.written...], fonts.entries.count) }
    if piece.isNamed("fills") { return (fills.entries[fills.written...], fills.entries.count) }
    if piece.isNamed("cellXfs") { return (formats[writtenFormats...].map(\.xml)[...], formats.count) }
    return nil
  }

  /// Appends an entry with the prefix of the document.
  private func append(_ entry: String, to out: ByteBuffer) {
    guard !prefix.isEmpty else { return out.append(entry) }
    let text = ByteBuffer()
    text.append(entry)
    var reader = MarkupReader(text)
    while let piece = reader.next() {
      guard piece.kind != .text, piece.kind != .other, piece.tag.prefix.isEmpty else {
        out.append(piece.bytes)
        continue
      }
      let name = piece.kind == .end ? 2 : 1
      out.append(UnsafeBufferPointer(rebasing: piece.bytes[..<name]))
      out.append(prefix)
      out.append(UnsafeBufferPointer(rebasing: piece.bytes[name...]))
    }
  }
}

/// The colour of a mark: its level, and in the lowest three bits of red, green and blue a number below 512.
struct MarkColor {
  let fill: String

  /// The colours with the number 0. Their lowest bits are no round numbers, so that a colour that a person chose is
  /// hardly one of them.
  private static let bases: [[Int]] = [[0xFD, 0xBB, 0xC6], [0xFD, 0xEB, 0x96], [0xCD, 0xDB, 0xF6]]

  init(_ level: WorkbookEditor.Level, _ number: Int) {
    let bits = [number >> 6 & 7, number >> 3 & 7, number & 7]
    let parts = zip(MarkColor.bases[level.rawValue], bits).map { base, bits in
      let part = String(base ^ bits, radix: 16, uppercase: true)
      return part.utf8.count < 2 ? "0" + part : part
    }
    fill = MarkColor.fill("FF" + parts.joined())
  }

  static func fill(_ color: String) -> String {
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(color)\"/><bgColor indexed=\"64\"/></patternFill></fill>"
  }

  /// The number in the colour of a fill; nil if it is not the fill of a mark.
  static func number(in fill: String) -> Int? {
    guard fill.contains("\"solid\""), let start = fill.firstRange(of: "fgColor") else { return nil }
    guard let mark = fill[start.upperBound...].firstRange(of: "rgb=\"") else { return nil }
    let color = fill[mark.upperBound...].prefix { $0 != "\"" }.suffix(6)
    guard color.count == 6, let value = Int(color, radix: 16) else { return nil }
    let parts = [value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF]
    guard let base = bases.first(where: { base in zip(base, parts).allSatisfy { $0 & ~7 == $1 & ~7 } }) else {
      return nil
    }
    return zip(base, parts).reduce(0) { $0 << 3 | (($1.0 ^ $1.1) & 7) }
  }
}

extension MarkupReader.Piece {
  fileprivate func isNamed(_ name: String) -> Bool {
    switch name {
    case "fonts": isTag("fonts")
    case "fills": isTag("fills")
    case "cellXfs": isTag("cellXfs")
    default: false
    }
  }
}
