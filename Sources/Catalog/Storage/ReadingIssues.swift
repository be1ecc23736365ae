import Localization

/// The problems found while a catalog was read, in the order in which they were found.
///
/// A collection of `ReadingIssue` values. Where every row of a large table has the same mistake there are a million of them, each
/// of some 150 bytes and with texts of its own: what a cell or row has, and nothing else, is stored in 32 bytes, and the
/// texts as bytes one after the other. Only the issues of the kinds that are asked for are made again.
package struct ReadingIssues: Sendable {
  /// An issue without references: its copy is a copy of its bytes.
  private struct Entry: Sendable {
    /// The offset of its position; of an issue that is stored as it is, its index in `others`.
    var offset: Int
    /// Where the subject begins in `bytes`; the text follows it.
    var start: UInt32
    var subjectLength: UInt16
    var textLength: UInt16
    /// -1 for none.
    var matter: Int32
    var source: Int16
    var column: Int16
    var form: Form
    var table: TableKind
    /// The index of its kind in `plainKinds`; `stored` if it is one of `others`.
    var kind: UInt8
    /// The number of its kind's bit in `ReadingIssue.Kinds`.
    var bit: UInt8
  }

  private enum Form: UInt8 { case none, file, row, cell, byte }

  /// A length that no text has: there is no text.
  private static let noText = UInt16.max
  private static let stored = UInt8.max
  /// Of one file few kinds differ by their values, such as the numbers of cells.
  private static let mostKinds = 32

  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private var plainKinds: [ReadingIssue.Kind] = []
  private var others: [ReadingIssue] = []
  /// All kinds that an issue has or had, and a bit for the table of each.
  private var kinds: ReadingIssue.Kinds = []
  private var tables: UInt16 = 0

  package init() {}

  // MARK: Adding

  /// Adds an issue of a cell of a large table.
  ///
  /// - Parameters:
  ///   - kind: one without values of its own, such as `missingValue`; others are accepted.
  ///   - text: the text of the cell; blank if there is none.
  mutating func append(
    _ kind: ReadingIssue.Kind, at position: SourcePosition, subject: UnsafeBufferPointer<UInt8>? = nil,
    matter: Int? = nil, text: UnsafeBufferPointer<UInt8>?
  ) {
    let text = text.flatMap { CellReading.trimmed($0).isEmpty ? nil : $0 }
    guard let number = plainKind(kind), var entry = ReadingIssues.entry(position, matter, kind),
      addBytes(subject, text, to: &entry)
    else {
      return store(
        ReadingIssue(
          kind, at: position, subject: subject.map { String(decoding: $0, as: UTF8.self) }, matter: matter,
          text: text.map { String(decoding: $0, as: UTF8.self) }))
    }
    entry.kind = number
    add(entry)
  }

  package mutating func append(_ issue: ReadingIssue) {
    guard let number = plainKind(issue.kind),
      var entry = ReadingIssues.entry(issue.position, issue.matter, issue.kind)
    else { return store(issue) }
    var (subject, text) = (issue.subject ?? "", issue.text ?? "")
    let fits = subject.withUTF8 { subject in
      text.withUTF8 { text in
        addBytes(issue.subject == nil ? nil : subject, issue.text == nil ? nil : text, to: &entry)
      }
    }
    guard fits else { return store(issue) }
    entry.kind = number
    add(entry)
  }

  /// Adds all issues of another collection, without making them again.
  package mutating func append(contentsOf other: ReadingIssues) {
    if isEmpty, others.isEmpty {
      self = other
      return
    }
    let numbers = other.plainKinds.map { plainKind($0) }
    guard bytes.count + other.bytes.count < Int(UInt32.max), !numbers.contains(nil) else {
      for issue in other { append(issue) }
      return
    }
    let (start, first) = (UInt32(bytes.count), others.count)
    entries.reserveCapacity(entries.count + other.entries.count)
    for var entry in other.entries {
      if entry.kind == ReadingIssues.stored {
        entry.offset += first
      } else {
        entry.start += start
        entry.kind = numbers[Int(entry.kind)] ?? 0
      }
      entries.append(entry)
    }
    bytes += other.bytes
    others += other.others
    kinds.formUnion(other.kinds)
    tables |= other.tables
  }

  private mutating func add(_ entry: Entry) {
    entries.append(entry)
    kinds.formUnion(ReadingIssue.Kinds(bit: entry.bit))
    tables |= 1 << UInt16(entry.table.rawValue)
  }

  private mutating func store(_ issue: ReadingIssue) {
    add(storedEntry(issue))
    others.append(issue)
  }

  /// An entry for an issue that becomes the last one of `others`.
  private func storedEntry(_ issue: ReadingIssue) -> Entry {
    Entry(
      offset: others.count, start: 0, subjectLength: ReadingIssues.noText, textLength: ReadingIssues.noText, matter: -1,
      source: 0, column: 0, form: .none, table: issue.position.table, kind: ReadingIssues.stored,
      bit: issue.kind.bit)
  }

  /// The number of a kind that only cells and rows of tables have, and that few values distinguish; nil for any other.
  private mutating func plainKind(_ kind: ReadingIssue.Kind) -> UInt8? {
    for index in plainKinds.indices where plainKinds[index].isSamePlain(as: kind) { return UInt8(index) }
    guard plainKinds.count < ReadingIssues.mostKinds, kind.isSamePlain(as: kind) else { return nil }
    plainKinds.append(kind)
    return UInt8(plainKinds.count - 1)
  }

  /// An entry without kind and texts; nil if a number does not fit.
  private static func entry(_ position: SourcePosition, _ matter: Int?, _ kind: ReadingIssue.Kind) -> Entry? {
    let form: Form =
      switch position {
      case .none: .none
      case .file: .file
      case .row: .row
      case .cell: .cell
      case .byte: .byte
      }
    guard let source = Int16(exactly: position.source), let column = Int16(exactly: position.column ?? -1),
      let matter = Int32(exactly: matter ?? -1)
    else { return nil }
    return Entry(
      offset: position.offset, start: 0, subjectLength: noText, textLength: noText, matter: matter, source: source,
      column: column, form: form, table: position.table, kind: 0, bit: kind.bit)
  }

  /// - Returns: false, without a change, if the texts are too long.
  private mutating func addBytes(
    _ subject: UnsafeBufferPointer<UInt8>?, _ text: UnsafeBufferPointer<UInt8>?, to entry: inout Entry
  ) -> Bool {
    let length = (subject?.count ?? 0) + (text?.count ?? 0)
    guard length < Int(ReadingIssues.noText), bytes.count + length < Int(UInt32.max) else { return false }
    entry.start = UInt32(bytes.count)
    if let subject {
      entry.subjectLength = UInt16(subject.count)
      bytes.append(contentsOf: subject)
    }
    if let text {
      entry.textLength = UInt16(text.count)
      bytes.append(contentsOf: text)
    }
    return true
  }

  // MARK: Looking up

  /// Calls `body` with the issues of some kinds.
  package func forEach(of wanted: ReadingIssue.Kinds, _ body: (ReadingIssue) -> Void) {
    guard !kinds.isDisjoint(with: wanted) else { return }
    for entry in entries where wanted.contains(ReadingIssue.Kinds(bit: entry.bit)) { body(issue(entry)) }
  }

  /// Whether there is an issue of some kinds in one of some tables.
  package func contains(_ wanted: ReadingIssue.Kinds, in wantedTables: [TableKind] = TableKind.allCases) -> Bool {
    let bits = wantedTables.reduce(into: UInt16(0)) { $0 |= 1 << UInt16($1.rawValue) }
    guard !kinds.isDisjoint(with: wanted), tables & bits != 0 else { return false }
    return entries.contains { entry in
      wanted.contains(ReadingIssue.Kinds(bit: entry.bit)) && bits & 1 << UInt16(entry.table.rawValue) != 0
    }
  }

  private func issue(_ entry: Entry) -> ReadingIssue {
    if entry.kind == ReadingIssues.stored { return others[entry.offset] }
    let (source, offset) = (Int(entry.source), entry.offset)
    let position: SourcePosition =
      switch entry.form {
      case .none: .none
      case .file: .file(source: source, table: entry.table)
      case .row: .row(source: source, table: entry.table, offset: offset)
      case .cell: .cell(source: source, table: entry.table, column: Int(entry.column), row: offset)
      case .byte: .byte(source: source, table: entry.table, offset: offset)
      }
    var start = Int(entry.start)
    func text(_ length: UInt16) -> String? {
      if length == ReadingIssues.noText { return nil }
      defer { start += Int(length) }
      return bytes.withUnsafeBufferPointer { bytes in
        String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<start + Int(length)]), as: UTF8.self)
      }
    }
    let subject = text(entry.subjectLength)
    return ReadingIssue(
      plainKinds[Int(entry.kind)], at: position, subject: subject, matter: entry.matter < 0 ? nil : Int(entry.matter),
      text: text(entry.textLength))
  }
}

extension ReadingIssues: RandomAccessCollection, MutableCollection, RangeReplaceableCollection,
  ExpressibleByArrayLiteral
{
  package init(arrayLiteral issues: ReadingIssue...) { self.init(issues) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count }

  package subscript(index: Int) -> ReadingIssue {
    get { issue(entries[index]) }
    set {
      let entry = storedEntry(newValue)
      add(entry)
      entries.removeLast()
      entries[index] = entry
      others.append(newValue)
    }
  }

  package mutating func replaceSubrange(_ range: Range<Int>, with new: some Collection<ReadingIssue>) {
    let tail = self[range.upperBound...].map { $0 }
    entries.removeSubrange(range.lowerBound...)
    for issue in new { append(issue) }
    for issue in tail { append(issue) }
  }

  package mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }
}

extension ReadingIssue {
  /// Some kinds of issues, without their values.
  package struct Kinds: OptionSet, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    fileprivate init(bit: UInt8) { rawValue = 1 << UInt64(bit) }

    package static let unreadable = Kinds(bit: 0)
    package static let refusedDoctype = Kinds(bit: 1)
    package static let missingHeader = Kinds(bit: 2)
    package static let malformedXML = Kinds(bit: 3)
    package static let malformedDescription = Kinds(bit: 4)
    package static let missingTable = Kinds(bit: 5)
    package static let missingSheet = Kinds(bit: 6)
    package static let exchangedTable = Kinds(bit: 7)
    package static let emptyTable = Kinds(bit: 8)
    package static let mergeConflict = Kinds(bit: 9)
    package static let missingColumn = Kinds(bit: 10)
    package static let repeatedColumn = Kinds(bit: 11)
    package static let unknownColumn = Kinds(bit: 12)
    package static let syntax = Kinds(bit: 13)
    package static let encoding = Kinds(bit: 14)
    package static let rowLength = Kinds(bit: 15)
    package static let schema = Kinds(bit: 16)
    package static let contradiction = Kinds(bit: 17)
    package static let missingValue = Kinds(bit: 18)
    package static let unreadableCell = Kinds(bit: 19)
    package static let malformedValue = Kinds(bit: 20)
    package static let looseForm = Kinds(bit: 21)
    package static let unknownList = Kinds(bit: 22)
    package static let unknownAudience = Kinds(bit: 23)
    package static let unknownNotice = Kinds(bit: 24)
    package static let unknownMatter = Kinds(bit: 25)
    package static let unknownDepartment = Kinds(bit: 26)
    package static let cellWithoutHeading = Kinds(bit: 27)
    package static let unclear = Kinds(bit: 28)
    package static let unacceptedChanges = Kinds(bit: 29)
    package static let mergedCells = Kinds(bit: 30)

    package static let all = Kinds(rawValue: .max)
    /// Those of `isHarmless`.
    package static let harmless: Kinds = [.looseForm, .unacceptedChanges]
    /// Those of `isFatal`.
    package static let fatal: Kinds = [.unreadable, .refusedDoctype, .missingHeader, .malformedXML]
  }
}

extension ReadingIssue.Kind {
  /// The set that has this kind alone.
  package var asSet: ReadingIssue.Kinds {
    switch self {
    case .unreadable: .unreadable
    case .refusedDoctype: .refusedDoctype
    case .missingHeader: .missingHeader
    case .malformedXML: .malformedXML
    case .malformedDescription: .malformedDescription
    case .missingTable: .missingTable
    case .missingSheet: .missingSheet
    case .exchangedTable: .exchangedTable
    case .emptyTable: .emptyTable
    case .mergeConflict: .mergeConflict
    case .missingColumn: .missingColumn
    case .repeatedColumn: .repeatedColumn
    case .unknownColumn: .unknownColumn
    case .syntax: .syntax
    case .encoding: .encoding
    case .rowLength: .rowLength
    case .schema: .schema
    case .contradiction: .contradiction
    case .missingValue: .missingValue
    case .mergedCells: .mergedCells
    case .unreadableCell: .unreadableCell
    case .malformedValue: .malformedValue
    case .looseForm: .looseForm
    case .unknownList: .unknownList
    case .unknownAudience: .unknownAudience
    case .unknownNotice: .unknownNotice
    case .unknownMatter: .unknownMatter
    case .unknownDepartment: .unknownDepartment
    case .cellWithoutHeading: .cellWithoutHeading
    case .unclear: .unclear
    case .unacceptedChanges: .unacceptedChanges
    }
  }

  fileprivate var bit: UInt8 { UInt8(asSet.rawValue.trailingZeroBitCount) }

  /// Whether both are the same kind of those that many cells or rows have, with the same values.
  fileprivate func isSamePlain(as other: Self) -> Bool {
    switch (self, other) {
    case (.missingValue, .missingValue), (.unknownList, .unknownList), (.unknownAudience, .unknownAudience),
      (.unknownNotice, .unknownNotice), (.unknownMatter, .unknownMatter), (.unknownDepartment, .unknownDepartment):
      true
    case (.malformedValue(let kind), .malformedValue(let otherKind)): kind == otherKind
    case (.rowLength(let found, let expected), .rowLength(let otherFound, let otherExpected)):
      found == otherFound && expected == otherExpected
    default: false
    }
  }
}
