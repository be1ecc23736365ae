import AtomicFiles
import CSVFormat
import Localization
import Platform

/// A text of the cells of a list; `OfficialTexts` has its bytes. Equal cells have equal texts; the reverse holds for all
/// columns but those whose texts are single (see `OfficialTexts.areEqual`).
struct OfficialCell: Equatable {
  /// The number of a distinct text; of a single one the complement of its index.
  fileprivate let number: Int32

  /// The empty text.
  static var empty: OfficialCell { OfficialCell(number: 0) }
}

/// The distinct texts of the cells of a list. What follows from a text is computed once, however often the text occurs: a
/// list of a hundred thousand matters has a few hundred different departments and items.
///
/// Hardly any number or name of a matter occurs twice. They are not entered among the distinct texts, whose table then fits
/// in the processor's cache.
final class OfficialTexts {
  /// What is asked of a text for every cell that has it.
  enum Question: UInt8 {
    /// Whether it consists of common Chinese characters, letters, digits and ASCII marks other than separators and quotation
    /// marks: then many of the other questions are answered.
    case isOrdinary
    /// Whether it is blank.
    case isBlank
    /// Whether it has a blank or a line break, and so may hold several names: a cheap test before splitting.
    case mayHoldSeveral
    /// Whether it is a heading of the table.
    case isHeading
    /// Whether it is a deadline, not only a text beside one.
    case isDeadline
    /// Whether it lists registered departments and is no approval.
    case isDepartments
    /// Whether it is a registered approval and no department.
    case isApproval
    /// Whether it names a registered audience.
    case isAudience
    /// Whether it is a slash alone.
    case isSlash
    /// Whether it names a total (合计).
    case isTotal
    /// Whether it reads as registered departments, as registered approvals.
    case readsAsDepartments, readsAsApprovals
  }

  /// One bit for each question.
  private struct Answers {
    var known: UInt16 = 0
    var yes: UInt16 = 0

    @inline(__always)
    func isYes(_ question: Question) -> Bool { yes >> question.rawValue & 1 == 1 }

    @inline(__always)
    func isKnown(_ question: Question) -> Bool { known >> question.rawValue & 1 == 1 }

    @inline(__always)
    mutating func set(_ question: Question, _ answer: Bool) {
      known |= 1 << question.rawValue
      if answer { yes |= 1 << question.rawValue } else { yes &= ~(1 << question.rawValue) }
    }
  }

  /// A text that is not looked up, in bytes that are kept.
  private struct Single {
    let start: UnsafePointer<UInt8>
    let length: Int
    var answers: Answers

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: length) }
  }

  private let interner = ByteInterner()
  // Unchecked: they are read for every cell, and nothing here calls back while it changes them.
  @exclusivity(unchecked) private var answers: [Answers] = []
  @exclusivity(unchecked) private var singles: [Single] = []

  /// - Parameter bytes: those of the table; they are kept, and most texts are not copied.
  init(_ bytes: Bytes) {
    interner.keepAlive(bytes)
    _ = insert("")
  }

  // MARK: Entering

  /// The text of a cell of a table.
  @inline(__always)
  func cell(_ cell: Cell, of csv: CSVTable, at base: UnsafePointer<UInt8>) -> OfficialCell {
    if cell.isEscaped { return CSVTable.unescaped(csv.bytes, cell).withUnsafeBufferPointer(insert) }
    let length = cell.end - cell.start
    return length == 0 ? .empty : listed(interner.intern(base + cell.start, length))
  }

  /// The text of a cell in a column in which hardly any text occurs twice.
  /// - Parameter above: the cell above in this column, which may be repeated.
  func singleCell(
    _ cell: Cell, of csv: CSVTable, at base: UnsafePointer<UInt8>, above: OfficialCell
  ) -> OfficialCell {
    let (start, length) = (base + cell.start, cell.end - cell.start)
    if cell.isEscaped || length == 0 { return self.cell(cell, of: csv, at: base) }
    if bytes(above).elementsEqual(UnsafeBufferPointer(start: start, count: length)) { return above }
    if let known = interner.number(of: start, length) { return listed(known) }
    singles.append(Single(start: start, length: length, answers: examined(start, length)))
    return OfficialCell(number: ~Int32(truncatingIfNeeded: singles.count - 1))
  }

  func insert(_ text: String) -> OfficialCell {
    var text = text
    return text.withUTF8(insert)
  }

  private func insert(_ bytes: UnsafeBufferPointer<UInt8>) -> OfficialCell {
    bytes.isEmpty && !answers.isEmpty ? .empty : listed(interner.intern(copying: bytes))
  }

  /// A distinct text, which may be new.
  @inline(__always)
  private func listed(_ number: Int) -> OfficialCell {
    if number == answers.count {
      let bytes = interner.bytes(of: number)
      answers.append(bytes.baseAddress.map { examined($0, bytes.count) } ?? Answers())
    }
    return OfficialCell(number: Int32(truncatingIfNeeded: number))
  }

  /// What the bytes of a text alone show.
  private func examined(_ start: UnsafePointer<UInt8>, _ length: Int) -> Answers {
    var answers = Answers()
    let bytes = UnsafeBufferPointer(start: start, count: length)
    if OfficialTexts.isOrdinary(start, length) {
      answers.set(.isOrdinary, true)
      // If it is a heading, that is known.
      answers.set(.isHeading, false)
      answers.set(.isSlash, false)
      return answers
    }
    var hasBlank = false
    for index in bytes.indices where bytes[index] <= 0x20 || bytes[index] == 0xE3 {
      // U+3000 is the blank of Chinese text.
      hasBlank =
        bytes[index] <= 0x20 || (index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80)
      if hasBlank { break }
    }
    let first = bytes.first ?? 0
    // A text that begins with any other byte has a character that is no blank.
    let mayBeBlank = first <= 0x20 || first == 0xC2 || first == 0xE3
    answers.set(.mayHoldSeveral, hasBlank)
    answers.set(.isBlank, mayBeBlank && String(decoding: bytes, as: UTF8.self).trimmingBlanks.isEmpty)
    return answers
  }

  private static func isOrdinary(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    typealias Block = SIMD16<UInt8>
    var index = 0
    while index + 16 <= length {
      let bytes = UnsafeRawPointer(start).loadUnaligned(fromByteOffset: index, as: Block.self)
      // The first byte of a character other than those from U+4000 to U+9FFF, which begin with E4 to E9.
      let isOther = (bytes .>= Block(repeating: 0xC0)) .& ((bytes &- Block(repeating: 0xE4)) .> Block(repeating: 5))
      let isMark =
        (bytes .<= Block(repeating: 0x20)) .| (bytes .== Block(repeating: UInt8(ascii: "\"")))
        .| (bytes .== Block(repeating: UInt8(ascii: "'"))) .| (bytes .== Block(repeating: UInt8(ascii: ",")))
        .| (bytes .== Block(repeating: UInt8(ascii: "/"))) .| (bytes .== Block(repeating: UInt8(ascii: ";")))
      let found = unsafeBitCast(isOther .| isMark, to: SIMD2<UInt64>.self)
      if found[0] | found[1] != 0 { return false }
      index += 16
    }
    while index < length {
      switch start[index] {
      case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: ";"):
        return false
      case 0xC0...0xE3, 0xEA...0xFF: return false
      default: index += 1
      }
    }
    return length > 0
  }

  // MARK: Asking

  /// The bytes of a text, valid as long as this object.
  @inline(__always)
  func bytes(_ cell: OfficialCell) -> UnsafeBufferPointer<UInt8> {
    cell.number >= 0 ? interner.bytes(of: Int(cell.number)) : singles[Int(~cell.number)].bytes
  }

  func text(_ cell: OfficialCell) -> String { String(decoding: bytes(cell), as: UTF8.self) }

  /// The text without blanks around it.
  func word(_ cell: OfficialCell) -> String { text(cell).trimmingBlanks }

  /// Whether two cells have the same text.
  @inline(__always)
  func areEqual(_ a: OfficialCell, _ b: OfficialCell) -> Bool {
    a == b || ((a.number < 0 || b.number < 0) && bytes(a).elementsEqual(bytes(b)))
  }

  @inline(__always)
  func isBlank(_ cell: OfficialCell) -> Bool { answers(cell).isYes(.isBlank) }

  @inline(__always)
  func mayHoldSeveral(_ cell: OfficialCell) -> Bool { answers(cell).isYes(.mayHoldSeveral) }

  @inline(__always)
  func isOrdinary(_ cell: OfficialCell) -> Bool { answers(cell).isYes(.isOrdinary) }

  @inline(__always)
  private func answers(_ cell: OfficialCell) -> Answers {
    cell.number >= 0 ? answers[Int(cell.number)] : singles[Int(~cell.number)].answers
  }

  /// The answer to a question about a text, which `compute` gives the first time.
  @inline(__always)
  func answer(_ question: Question, _ cell: OfficialCell, _ compute: () -> Bool) -> Bool {
    let known = answers(cell)
    if known.isKnown(question) { return known.isYes(question) }
    let answer = compute()
    set(question, cell, answer)
    return answer
  }

  /// Answers a question about a text.
  func set(_ question: Question, _ cell: OfficialCell, _ answer: Bool = true) {
    if cell.number >= 0 {
      answers[Int(cell.number)].set(question, answer)
    } else {
      singles[Int(~cell.number)].answers.set(question, answer)
    }
  }

  /// Forgets the answers to a question, because what they depend on has changed. Of single texts they are not asked for
  /// again.
  func forget(_ question: Question) {
    for index in answers.indices { answers[index].known &= ~(1 << question.rawValue) }
  }
}
