import AtomicFiles
import Localization
import XMLFormat

/// Adds findings to a workbook and leaves everything else as it is: each part of the package that is not concerned is
/// copied compressed as it was, and of the others every byte that is not concerned stays.
///
/// Changed are the formats of the cells concerned, which get another fill; the comments of their sheets with the drawing
/// that shows them; and the list of sheets, which gets one more. What an earlier check added is replaced.
///
/// ```swift
/// let editor = try WorkbookEditor(bytes)
/// let checked = try editor.checked(["事项": [mark]], findings: findings)
/// ```
package final class WorkbookEditor {
  package enum Level: Int, Sendable, CaseIterable {
    case error, warning, note

    /// Its colour in the list of findings.
    var color: String {
      switch self {
      case .error: "FFFFC7CE"
      case .warning: "FFFFEB9C"
      case .note: "FFD9E1F2"
      }
    }
  }

  /// A cell with findings, by its row and column from 0.
  package struct Mark: Sendable {
    package var row: Int
    package var column: Int
    package var level: Level
    package var comment: String

    package init(row: Int, column: Int, level: Level, comment: String) {
      self.row = row
      self.column = column
      self.level = level
      self.comment = comment
    }
  }

  /// The list of findings: its title in row 1, its headings in row 2, then a row for each.
  package struct Findings: Sendable {
    package enum Cell: Sendable {
      case text(String)
      case level(String, Level)
      case link(sheet: String, cell: String)
    }

    package var title: String
    package var headings: [String]
    /// The widths of the columns in characters.
    package var widths: [Int]
    package var rows: [[Cell]]

    package init(title: String, headings: [String], widths: [Int], rows: [[Cell]]) {
      self.title = title
      self.headings = headings
      self.widths = widths
      self.rows = rows
    }
  }

  /// The name of the sheet with the list.
  package static let findingsName = FindingsSheet.name

  /// What could not be kept or added, to be shown before the result is written.
  package private(set) var losses: [LocalizedText] = []
  /// Whether an earlier check has written into the workbook.
  package var isChecked: Bool { knownFills != nil }

  private let workbook: WorkbookReader
  private let archive: ZipArchive
  private let namespaces: Namespaces
  private var findingsSheet: WorkbookReader.Sheet?
  private var knownFills: [String]?

  private var contentTypes: ContentTypesEdit
  /// The parts that are replaced or new, and those that are left out, by name in lower case.
  private var parts: [String: ByteBuffer] = [:]
  private var newParts: [String] = []
  private var removedParts: Set<String> = []
  private var sheetEdits: [String: SheetEdit] = [:]
  private var comments: [String: CommentsEdit] = [:]

  /// The namespaces and types of relationships: transitional, or strict as the workbook is.
  private struct Namespaces {
    var main = WorkbookNamespaces.main[0]
    var relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    init(start: String) {
      if start.contains(WorkbookNamespaces.main[1]) { main = WorkbookNamespaces.main[1] }
      let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
      if start.contains(strict) { relationships = strict }
    }
  }

  /// Opens a workbook.
  /// - Throws: `WorkbookFailure` if it cannot be read.
  package init(_ bytes: Bytes) throws(WorkbookFailure) {
    workbook = try WorkbookReader(bytes)
    archive = workbook.archive
    contentTypes = ContentTypesEdit(try WorkbookEditor.text("[Content_Types].xml", in: archive) ?? ByteBuffer())
    let start = try archive.beginning(of: workbook.main, count: 4096) ?? []
    namespaces = Namespaces(start: String(decoding: start, as: UTF8.self))
    for sheet in workbook.sheets where sheet.name.hasPrefix(FindingsSheet.name) {
      guard let fills = FindingsSheet.fills(in: try workbook.read(sheet)) else { continue }
      (findingsSheet, knownFills) = (sheet, fills)
      break
    }
    // The list may have been deleted or renamed.
    if knownFills == nil, let list = try WorkbookEditor.text(workbook.main, in: archive) {
      knownFills = FillNames.fills(in: list)
    }
    if archive.hasFolder("_xmlsignatures/") {
      losses.append(
        LocalizedText(
          zh: "工作簿的数字签名在写入检查结果后不再有效",
          en: "the digital signature of the workbook is no longer valid once the result is in it"))
    }
  }

  /// The workbook with findings.
  /// - Parameter marks: the cells concerned by the name of their sheet.
  /// - Throws: `WorkbookFailure` if a part that has to change is not as programs write it.
  package func checked(_ marks: [String: [Mark]], findings: Findings) throws(WorkbookFailure) -> Bytes {
    guard findings.rows.count + 2 <= WorkbookFailure.rowLimit else {
      throw WorkbookFailure(.longSheet(FindingsSheet.name))
    }
    let sheets = workbook.sheets.filter { $0 != findingsSheet }
    for sheet in sheets { try prepareComments(of: sheet, marks[sheet.name] ?? []) }
    // Without its list an earlier check is known by its comments alone; its cells then get no fill.
    if knownFills == nil, comments.values.contains(where: \.hadOwn) { knownFills = [] }
    let styles = try StylesEdit(
      text(workbook.stylesPart) ?? StylesEdit.minimal, part: workbook.stylesPart, knownFills: knownFills)
    for sheet in sheets { try prepare(sheet, marks[sheet.name] ?? [], styles) }
    let target = try prepareFindingsSheet()
    if !archive.contains(workbook.stylesPart) { try addStyles() }
    parts["[content_types].xml"] = contentTypes.content
    return try write(styles, findings, to: target)
  }

  // MARK: Parts

  private static func text(_ part: String, in archive: ZipArchive) throws(WorkbookFailure) -> ByteBuffer? {
    guard let content = try archive.bytes(part) else { return nil }
    try requireUTF8(content.buffer, part)
    return content
  }

  private func text(_ part: String) throws(WorkbookFailure) -> ByteBuffer? {
    if let changed = parts[part.lowercased()] { return changed }
    return try WorkbookEditor.text(part, in: archive)
  }

  /// - Throws: `WorkbookFailure` if a part declares or begins as another encoding, in which nothing can be added.
  private static func requireUTF8(_ bytes: UnsafeBufferPointer<UInt8>, _ part: String) throws(WorkbookFailure) {
    let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    let declared = start.firstRange(of: "encoding=").map { start[$0.upperBound...].dropFirst().prefix(12) } ?? "utf-8"
    guard start.unicodeScalars.first?.value != 0xFFFD, !start.unicodeScalars.contains("\0"),
      declared.hasPrefix("utf-8") || declared.hasPrefix("us-ascii")
    else {
      throw WorkbookFailure(.part(part, LocalizedText(zh: "不是 UTF-8 编码。", en: "it is not UTF-8.")))
    }
  }

  private func set(_ part: String, _ content: ByteBuffer) {
    if !archive.contains(part), parts[part.lowercased()] == nil { newParts.append(part) }
    parts[part.lowercased()] = content
  }

  private func remove(_ part: String) {
    removedParts.insert(part.lowercased())
    contentTypes.remove(part)
  }

  /// A name that no part has: `name` with the first number that is free.
  private func unusedPart(_ name: (Int) -> String) -> String {
    var number = 1
    while archive.contains(name(number)) || parts[name(number).lowercased()] != nil { number += 1 }
    return name(number)
  }

  private static func relationshipsPart(of part: String) -> String {
    let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
    return part[..<slash] + "_rels/" + part[slash...] + ".rels"
  }

  private static func folder(of part: String) -> String { part.lastIndex(of: "/").map { String(part[..<$0]) } ?? "" }

  private func relationships(of part: String) throws(WorkbookFailure) -> RelationshipsEdit {
    RelationshipsEdit(try text(WorkbookEditor.relationshipsPart(of: part)))
  }

  // MARK: Sheets

  private func prepareComments(of sheet: WorkbookReader.Sheet, _ marks: [Mark]) throws(WorkbookFailure) {
    let relation = try relationships(of: sheet.part).relationships.first { $0.type.hasSuffix("/comments") }
    let part = relation.map { RelationshipsPart.path($0.target, in: WorkbookEditor.folder(of: sheet.part)) }
    let old: ByteBuffer? = if let part { try text(part) } else { nil }
    let edit = try CommentsEdit(old, part: part ?? "", namespace: namespaces.main, marks: marks)
    comments[sheet.part] = edit
    if !edit.threaded.isEmpty {
      let cells = edit.threaded.map(\.text).joined(separator: "、")
      losses.append(
        LocalizedText(
          zh: "\(sheet.name)!\(cells) 已有会话式批注，不能再加批注；问题见工作表“\(FindingsSheet.name)”",
          en: "\(sheet.name)!\(cells) has threaded comments, to which no comment can be added; the findings are in the "
            + "sheet “\(FindingsSheet.name)”"))
    }
  }

  private func prepare(_ sheet: WorkbookReader.Sheet, _ marks: [Mark], _ styles: StylesEdit) throws(WorkbookFailure) {
    guard let edit = comments[sheet.part] else { return }
    guard edit.isChanged || !marks.isEmpty || styles.hasMarks else { return }
    let start = try archive.beginning(of: sheet.part, count: 200) ?? []
    try start.withUnsafeBufferPointer { (bytes) throws(WorkbookFailure) in
      try WorkbookEditor.requireUTF8(bytes, sheet.part)
    }
    var relations = try relationships(of: sheet.part)
    let hasDrawing = relations.relationships.contains { $0.type.hasSuffix("/vmlDrawing") }
    guard
      let outline = try archive.read(sheet.part, { SheetOutline(MarkupReader($0), isWhole: hasDrawing) })
    else { throw WorkbookFailure(.damaged(sheet.part)) }
    var drawing = SheetEdit.Drawing.keep
    if edit.isChanged { drawing = try addComments(edit, of: sheet, marks, outline, &relations) }
    sheetEdits[sheet.part.lowercased()] = SheetEdit(
      part: sheet.part, outline: outline, styles: styles, drawing: drawing, namespace: namespaces.relationships,
      marks: marks)
  }

  /// Adds the comments of a sheet and their drawing to the package.
  private func addComments(
    _ edit: CommentsEdit, of sheet: WorkbookReader.Sheet, _ marks: [Mark], _ outline: SheetOutline,
    _ relations: inout RelationshipsEdit
  ) throws(WorkbookFailure) -> SheetEdit.Drawing {
    let folder = WorkbookEditor.folder(of: sheet.part)
    func path(_ relation: RelationshipsPart.Relationship) -> String {
      RelationshipsPart.path(relation.target, in: folder)
    }
    let oldComments = relations.relationships.first { $0.type.hasSuffix("/comments") }
    let oldDrawing = outline.legacyDrawing.flatMap { id in relations.relationships.first { $0.id == id } }
    let texts = CommentsEdit.texts(of: marks)
    let drawing = try DrawingEdit(
      oldDrawing.map(path).flatMap { (part) throws(WorkbookFailure) in try text(part) },
      part: oldDrawing.map(path) ?? "",
      removed: edit.removed, added: edit.added.map { ($0, WorkbookEditor.lines(texts[$0] ?? "")) }, outline: outline)

    if let oldComments, edit.count == 0 {
      relations.remove(oldComments.id)
      remove(path(oldComments))
    } else if let oldComments {
      set(path(oldComments), edit.content)
    } else {
      let part = unusedPart { "xl/comments\($0).xml" }
      _ = relations.add(namespaces.relationships + "/comments", to: "/" + part)
      contentTypes.add(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
      set(part, edit.content)
    }
    var result = SheetEdit.Drawing.keep
    if let oldDrawing, !drawing.hasShapes {
      relations.remove(oldDrawing.id)
      remove(path(oldDrawing))
      result = .remove
    } else if let oldDrawing {
      set(path(oldDrawing), drawing.content)
    } else if drawing.hasShapes {
      let part = unusedPart { "xl/drawings/vmlDrawing\($0).vml" }
      contentTypes.add(part, "application/vnd.openxmlformats-officedocument.vmlDrawing")
      set(part, drawing.content)
      result = .add(relations.add(namespaces.relationships + "/vmlDrawing", to: "/" + part))
    }
    let relationsPart = WorkbookEditor.relationshipsPart(of: sheet.part)
    if relations.isEmpty {
      if archive.contains(relationsPart) { remove(relationsPart) }
    } else if relations.isChanged {
      set(relationsPart, relations.content)
    }
    return result
  }

  /// How many lines a comment takes in a box of 26 Chinese characters.
  private static func lines(_ text: String) -> Int {
    let count = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(3) { $0 + 1 + $1.utf8.count / 70 }
    return min(count, 30)
  }

  // MARK: The workbook

  /// Finds or adds the sheet for the list of findings.
  /// - Returns: its part, and whether it is the one that is shown first.
  private func prepareFindingsSheet() throws(WorkbookFailure) -> (part: String, isSelected: Bool) {
    guard var list = try text(workbook.main) else { throw WorkbookFailure(.damaged(workbook.main)) }
    if let sheet = findingsSheet {
      let outline = try archive.read(sheet.part) { SheetOutline(MarkupReader($0), isWhole: false) }
      remove(WorkbookEditor.relationshipsPart(of: sheet.part))
      if let index = workbook.names.firstIndex(of: sheet.name),
        let changed = SheetListEdit.withoutFilterName(ofSheet: index, list)
      {
        list = changed
        set(workbook.main, list)
      }
      return (sheet.part, outline?.isSelected ?? false)
    }
    var name = FindingsSheet.name
    var number = 2
    while workbook.names.contains(name) {
      name = "\(FindingsSheet.name)-\(number)"
      number += 1
    }
    let part = unusedPart { "xl/worksheets/sheet\($0).xml" }
    contentTypes.add(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
    set(part, ByteBuffer())
    var relations = try relationships(of: workbook.main)
    let id = relations.add(namespaces.relationships + "/worksheet", to: "/" + part)
    set(WorkbookEditor.relationshipsPart(of: workbook.main), relations.content)
    set(
      workbook.main,
      SheetListEdit.adding(name, relationship: id, namespace: namespaces.relationships, to: list))
    return (part, false)
  }

  private func addStyles() throws(WorkbookFailure) {
    var relations = try relationships(of: workbook.main)
    _ = relations.add(namespaces.relationships + "/styles", to: "/" + workbook.stylesPart)
    set(WorkbookEditor.relationshipsPart(of: workbook.main), relations.content)
    contentTypes.add(
      workbook.stylesPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
    set(workbook.stylesPart, ByteBuffer())
  }

  /// Writes the package: the parts in the order that they had, the sheets before the formats that they use.
  private func write(
    _ styles: StylesEdit, _ findings: Findings, to target: (part: String, isSelected: Bool)
  ) throws(WorkbookFailure) -> Bytes {
    let writer = try ZipWriter()
    let late = [workbook.stylesPart.lowercased(), target.part.lowercased(), workbook.main.lowercased()]
    for name in archive.names + newParts where !late.contains(name.lowercased()) {
      let key = name.lowercased()
      if removedParts.contains(key) { continue }
      if let content = parts[key] {
        try writer.addEntry(name) { $0.buffer.append(content.buffer) }
      } else if let edit = sheetEdits[key] {
        try writer.addEntry(name, isFast: archive.size(of: name) > 64 << 20) { (out) throws(WorkbookFailure) in
          try copy(edit, to: out)
        }
      } else {
        try archive.copy(name, to: writer)
      }
    }
    let list = FindingsSheet.content(
      findings, styles: styles, namespace: namespaces.main, isSelected: target.isSelected)
    try writer.addEntry(target.part) { $0.buffer.append(list.buffer) }
    guard let main = try text(workbook.main) else { throw WorkbookFailure(.damaged(workbook.main)) }
    let named = FillNames.adding(styles.originalFills, to: main)
    try writer.addEntry(workbook.main) { $0.buffer.append(named.buffer) }
    try writer.addEntry(workbook.stylesPart) { styles.write(to: $0.buffer) }
    return try writer.finish()
  }

  private func copy(_ edit: SheetEdit, to out: PartWriter) throws(WorkbookFailure) {
    var edit = edit
    var failure: WorkbookFailure?
    _ = try archive.read(edit.part) { fill in
      do throws(WorkbookFailure) { try edit.copy(MarkupReader(fill), to: out) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
