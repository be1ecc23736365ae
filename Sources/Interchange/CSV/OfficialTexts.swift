import AtomicFiles
import CSVFormat

/// A distinct text of the cells of a list; `OfficialTexts` has its bytes.
struct OfficialCell: Hashable {
  fileprivate let number: Int32

  /// The empty text.
  static let empty = OfficialCell(number: 0)
}

/// The distinct texts of the cells of a list, each stored once. What follows from a text is computed once, however often
/// the text occurs: a list of a hundred thousand matters has a few hundred different departments and items.
final class OfficialTexts {
  /// What is asked of a text for every cell that has it.
  enum Question: UInt8 {
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

    mutating func set(_ question: Question, _ answer: Bool) {
      known |= 1 << question.rawValue
      if answer { yes |= 1 << question.rawValue } else { yes &= ~(1 << question.rawValue) }
    }
  }

  private let interner = ByteInterner()
  // Unchecked: it is read for every cell, and nothing here calls back while it changes this.
  @exclusivity(unchecked) private var answers: [Answers] = []

  init() { _ = insert("") }

  // MARK: Entering

  /// The text of a cell of a table.
  func cell(_ cell: Cell, of csv: CSVTable, at base: UnsafePointer<UInt8>) -> OfficialCell {
    if cell.isEmpty { return .empty }
    if cell.isEscaped { return CSVTable.unescaped(csv.bytes, cell).withUnsafeBufferPointer(insert) }
    return insert(UnsafeBufferPointer(start: base + cell.start, count: cell.end - cell.start))
  }

  func insert(_ text: String) -> OfficialCell {
    var text = text
    return text.withUTF8(insert)
  }

  private func insert(_ bytes: UnsafeBufferPointer<UInt8>) -> OfficialCell {
    if bytes.isEmpty, !answers.isEmpty { return .empty }
    let (number, isNew) = interner.insert(copying: bytes)
    let cell = OfficialCell(number: Int32(truncatingIfNeeded: number))
    if isNew {
      answers.append(Answers())
      examine(cell)
    }
    return cell
  }

  /// Answers what the bytes alone show.
  private func examine(_ cell: OfficialCell) {
    let bytes = bytes(cell)
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
    answers[Int(cell.number)].set(.mayHoldSeveral, hasBlank)
    answers[Int(cell.number)].set(.isBlank, mayBeBlank && text(cell).trimmingBlanks.isEmpty)
  }

  // MARK: Asking

  /// The bytes of a text, valid as long as this object.
  func bytes(_ cell: OfficialCell) -> UnsafeBufferPointer<UInt8> { interner.bytes(of: Int(cell.number)) }

  func text(_ cell: OfficialCell) -> String { interner.text(Int(cell.number)) }

  /// The text without blanks around it.
  func word(_ cell: OfficialCell) -> String { text(cell).trimmingBlanks }

  func isBlank(_ cell: OfficialCell) -> Bool { isYes(.isBlank, cell) }

  func mayHoldSeveral(_ cell: OfficialCell) -> Bool { isYes(.mayHoldSeveral, cell) }

  private func isYes(_ question: Question, _ cell: OfficialCell) -> Bool {
    answers[Int(cell.number)].yes >> question.rawValue & 1 == 1
  }

  /// The answer to a question about a text, which `compute` gives the first time.
  func answer(_ question: Question, _ cell: OfficialCell, _ compute: () -> Bool) -> Bool {
    let known = answers[Int(cell.number)]
    if known.known >> question.rawValue & 1 == 1 { return known.yes >> question.rawValue & 1 == 1 }
    let answer = compute()
    answers[Int(cell.number)].set(question, answer)
    return answer
  }

  /// Answers a question about a text with yes.
  func set(_ question: Question, _ cell: OfficialCell) { answers[Int(cell.number)].set(question, true) }

  /// Forgets the answers to a question, because what they depend on has changed.
  func forget(_ question: Question) {
    for index in answers.indices { answers[index].known &= ~(1 << question.rawValue) }
  }
}
