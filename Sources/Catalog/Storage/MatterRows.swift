import AtomicFiles
import CSVFormat

/// Collects the rows of the matters table, in the order in which a reader delivers them.
package final class MatterRows: @unchecked Sendable {
  // Unchecked: the check for overlapping access at every row is a thirtieth of the instructions of a run, and nothing
  // here calls back while it changes these.
  @exclusivity(unchecked) package internal(set) var rows: [Matter] = []
  package var issues = ReadingIssues()

  let ids = TextInterner(.matterID)
  let names = TextInterner(.matterName)
  let leads = TextInterner(.lead)
  let deadlines = TextInterner(.deadline)
  let remarks = TextInterner(.remark)
  let includes = TextInterner(.includes)
  let placeholders = TextInterner(.placeholder)
  let listNames = TextInterner(.list)
  let audienceNames = TextInterner(.audience)
  /// By text of `listNames`, the index of the list; -1 if there is none.
  @exclusivity(unchecked) private var listOfName: [Int32] = [-1]
  /// The index of the first list with an id, title or annex.
  private var listOfText: [String: Int32] = [:]
  /// By text of `audienceNames`, the index of the audience; -1 if there is none.
  @exclusivity(unchecked) private var audienceOfName: [Int32] = [-1]
  package private(set) var audiences = AudienceRegister()
  /// Whether to register audiences that the catalog does not know (`import --add-unknown`).
  package var registersAudiences = false
  /// The audiences that were registered while reading.
  package private(set) var newAudiences: [Audience] = []
  /// By text of `audienceNames`, the normal form of a word in another form.
  @exclusivity(unchecked) private var normalAudienceOfName: [Int: String] = [:]
  /// The rows without a deadline, which is right in a list that has none (see `reportMissingDeadlines`).
  @exclusivity(unchecked) private var blankDeadlines: [(matter: Int, source: Int, row: Int)] = []
  /// The columns that `Matter` has no field for.
  @exclusivity(unchecked) private(set) var extras: ExtraTexts

  /// The names that wait for `takeNames`, in bytes that are valid until then, and the rows that they belong to.
  @exclusivity(unchecked) private var pendingNames: [UnsafeBufferPointer<UInt8>] = []
  @exclusivity(unchecked) private var pendingRows: [Int] = []
  /// Whether names wait for `takeNames`, which numbers many at once: nearly all of them are distinct, and one at a time most
  /// of the time is spent waiting for memory.
  @exclusivity(unchecked) package var defersNames = false

  init(extraColumns: [Column] = []) { extras = ExtraTexts(extraColumns) }

  /// Call it before the first row is added.
  func setExtraColumns(_ columns: [Column]) { extras = ExtraTexts(columns) }

  func setAudiences(_ rows: [Audience]) { audiences = AudienceRegister(rows) }

  func setLists(_ lists: [MatterList]) {
    for (index, list) in lists.enumerated() {
      for text in [list.id, list.title, list.annex] where listOfText[text] == nil { listOfText[text] = Int32(index) }
    }
  }

  /// Keeps `bytes` alive as long as the catalog, so that texts can point into it.
  package func own(_ bytes: Bytes) {
    for interner in [ids, names, leads, deadlines, remarks, includes, placeholders] { interner.own(bytes) }
  }

  package func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// The cells of the extra columns that need a report; see `ExtraTexts.check`.
  func checkExtras() -> [(column: Int, row: Int, issue: ReadingIssue.Kind, text: String?)] { extras.check() }

  /// Reports the matters without a deadline, except those of lists that have no deadlines at all: neither a heading for
  /// them nor a matter with one. Call it before `takeRows`.
  func reportMissingDeadlines(_ lists: [MatterList]) {
    if blankDeadlines.isEmpty { return }
    var hasDeadlines = lists.map { !$0.deadlineHeading.isEmpty }
    for row in rows
    where row.listIndex >= 0 && !row.deadline.isEmpty && hasDeadlines.indices.contains(Int(row.listIndex)) {
      hasDeadlines[Int(row.listIndex)] = true
    }
    for (index, source, row) in blankDeadlines {
      if let list = rows[index].list, hasDeadlines.indices.contains(list), !hasDeadlines[list] { continue }
      rows[index].unknown |= 1 << MatterColumn.deadline.rawValue
      issues.append(
        ReadingIssue(
          .missingValue,
          at: .cell(source: source, table: .matters, column: MatterColumn.deadline.rawValue, row: row), matter: index))
    }
  }

  /// Returns the rows without a copy and leaves none behind.
  func takeRows() -> [Matter] {
    defer { rows = [] }
    return rows
  }

  /// A row while its cells are read. It is passed on and not captured, which would allocate memory for every matter.
  private struct Reading {
    let cells: UnsafePointer<RawCell>
    /// The cells point into bytes that `own` keeps, so that texts need not be copied.
    let stable: Bool
    /// It is a row of a table, not of a document or a printed list.
    let isOfTable: Bool
    let source: Int
    let row: Int
    let index: Int
    /// The columns that the row does not have, or whose cell could not be read: one bit each.
    var unknown: UInt16 = 0

    subscript(_ column: MatterColumn) -> RawCell { cells[column.rawValue] }
    mutating func setUnknown(_ column: MatterColumn) { unknown |= 1 << column.rawValue }
  }

  /// Adds a matter.
  ///
  /// - Parameters:
  ///   - cells: one for each `MatterColumn`, then one for each extra column; nil if the row does not have it.
  ///   - stable: the cells point into bytes that `own` keeps, so that texts need not be copied.
  ///   - isOfTable: it is a row of a table, not of a document or a printed list, in which other forms of values are usual;
  ///     nil if so is every stable row.
  package func add(
    _ cells: UnsafePointer<RawCell>, stable: Bool, isOfTable: Bool? = nil, source: Int, row: Int
  ) {
    var reading = Reading(
      cells: cells, stable: stable, isOfTable: isOfTable ?? stable, source: source, row: row, index: rows.count)
    let id = text(.id, ids, trim: true, filled: true, &reading)
    if !id.isEmpty, !CellReading.isMatterID(ids.bytes(id.index)) {
      report(.malformedValue(.matterID), .id, reading, ids.bytes(id.index))
    }
    let name = defersNames ? deferredName(&reading) : text(.name, names, trim: false, filled: true, &reading)
    let lead = text(.lead, leads, trim: false, filled: true, &reading)
    let deadline = text(.deadline, deadlines, trim: false, filled: false, &reading)
    if deadline.isEmpty, reading[.deadline] != nil { blankDeadlines.append((reading.index, source, row)) }
    let remark = text(.remark, remarks, trim: false, filled: false, &reading)
    let included = text(.includes, includes, trim: true, filled: false, &reading)
    let placeholder = text(.placeholder, placeholders, trim: true, filled: false, &reading)
    let list = list(&reading)
    let number = number(&reading)
    let audience = audience(&reading)
    if !extras.isEmpty { extras.append(cells + MatterColumn.allCases.count) }
    rows.append(
      Matter(
        id: id, audienceIndex: audience, name: name, lead: lead, deadline: deadline, remark: remark,
        includesID: included, placeholder: placeholder, listIndex: list, numberValue: number,
        includesIndex: -1, firstItem: 0, itemCount: 0, ownIndex: Int32(reading.index), unknown: reading.unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  /// The id of a missing name; of any other the empty one, until `takeNames`.
  @inline(__always)
  private func deferredName(_ reading: inout Reading) -> TextID {
    if let bytes = reading[.name], !bytes.isEmpty {
      pendingNames.append(bytes)
      pendingRows.append(reading.index)
      return TextID(column: names.kind, index: 0)
    }
    return text(.name, names, trim: false, filled: true, &reading)
  }

  /// Numbers the names that wait. Call it while their bytes are valid, and before the rows are joined.
  package func takeNames() {
    names.internCopying(pendingNames) { index, name in rows[pendingRows[index]].name = name }
    pendingNames.removeAll(keepingCapacity: true)
    pendingRows.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private func text(
    _ column: MatterColumn, _ interner: TextInterner, trim: Bool, filled: Bool, _ reading: inout Reading
  ) -> TextID {
    guard var bytes = reading[column] else {
      reading.setUnknown(column)
      return TextID(column: interner.kind, index: 0)
    }
    if trim { bytes = CellReading.trimmed(bytes) }
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      if filled {
        reading.setUnknown(column)
        report(.missingValue, column, reading)
      }
      return TextID(column: interner.kind, index: 0)
    }
    return reading.stable ? interner.intern(base, bytes.count) : interner.internCopying(bytes)
  }

  /// The index of the matter's list; -1 if there is none.
  @inline(__always)
  private func list(_ reading: inout Reading) -> Int32 {
    guard let bytes = reading[.list], !CellReading.trimmed(bytes).isEmpty else {
      return listOfName[text(.list, listNames, trim: true, filled: true, &reading).index]
    }
    let name = listNames.internCopying(CellReading.trimmed(bytes))
    while listOfName.count < listNames.count {
      listOfName.append(listOfText[listNames.text(listOfName.count)] ?? -1)
    }
    if listOfName[name.index] < 0 {
      reading.setUnknown(.list)
      report(.unknownList, .list, reading, bytes)
    }
    return listOfName[name.index]
  }

  /// The matter's number; -1 if it is none.
  @inline(__always)
  private func number(_ reading: inout Reading) -> Int32 {
    guard let bytes = reading[.number] else {
      reading.setUnknown(.number)
      return -1
    }
    if let value = CellReading.number(bytes), value > 0 { return value }
    if let (value, normal) = CellReading.looseNumber(bytes) {
      report(.looseForm(.number(from: 1), normal: normal), .number, reading, bytes)
      return value
    }
    reading.setUnknown(.number)
    let isEmpty = CellReading.trimmed(bytes).isEmpty
    report(isEmpty ? .missingValue : .malformedValue(.number(from: 1)), .number, reading, bytes)
    return -1
  }

  /// The index of the matter's audience; -1 if there is none.
  @inline(__always)
  private func audience(_ reading: inout Reading) -> Int32 {
    guard let bytes = reading[.audience] else {
      reading.setUnknown(.audience)
      return -1
    }
    let word = audienceNames.internCopying(CellReading.trimmed(bytes))
    while audienceOfName.count < audienceNames.count {
      let text = audienceNames.text(audienceOfName.count)
      let index = audienceIndex(text)
      if let normal = ValueKind.audience.normalForm(of: text, isAccepted: true), audienceIndex(normal) == index {
        normalAudienceOfName[audienceOfName.count] = normal
      }
      audienceOfName.append(index)
    }
    let audience = audienceOfName[word.index]
    if audience < 0 {
      reading.setUnknown(.audience)
      report(word.isEmpty ? .missingValue : .unknownAudience, .audience, reading, bytes)
    } else if !normalAudienceOfName.isEmpty, reading.isOfTable, let normal = normalAudienceOfName[word.index] {
      // In a printed list blanks within the word are typesetting.
      report(.looseForm(.audience, normal: normal), .audience, reading, bytes)
    }
    return audience
  }

  private func audienceIndex(_ text: String) -> Int32 {
    if let known = audiences.index(of: text) { return Int32(truncatingIfNeeded: known) }
    guard registersAudiences, !text.trimmingBlanks.isEmpty else { return -1 }
    let index = audiences.register(text)
    newAudiences.append(audiences.entries[index])
    return Int32(truncatingIfNeeded: index)
  }

  private func report(
    _ kind: ReadingIssue.Kind, _ column: MatterColumn, _ reading: Reading, _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      kind, at: .cell(source: reading.source, table: .matters, column: column.rawValue, row: reading.row),
      matter: reading.index, text: bytes)
  }
}
