import AtomicFiles

/// Gathers the text of paragraphs as Word shows it: lines end where a paragraph or a line break does; hidden text, the codes
/// of fields and the placeholders of empty controls are left out.
final class WordText {
  /// Where the text goes: the cells of a table, or `line`.
  private var target: ByteBuffer
  /// A paragraph outside tables.
  let line = ByteBuffer()
  private var start = 0
  /// A line has ended, and the next text begins another one.
  private var hasEnded = false

  /// The run is hidden (`w:vanish`).
  var isHidden = false
  /// Within a control that shows its placeholder.
  var isPlaceholder = false
  /// The next paragraph goes on in the same line, because the mark between them has been deleted.
  var goesOn = false
  private(set) var hiddenTexts = 0

  /// By nesting, whether the field's code is being read, and not its result.
  private var fields: [Bool] = []
  private var codes = 0
  private var outerFields: [Bool] = []

  /// A paragraph outside tables may have more; the rest is not kept.
  private static let lineLimit = 4096
  private static let fieldLimit = 1000

  init() { target = line }

  /// Begins a cell. Its fields do not reach out of it.
  func beginCell(in texts: ByteBuffer) {
    target = texts
    start = texts.count
    (hasEnded, goesOn) = (false, false)
    outerFields = fields
    fields = []
    codes = 0
  }

  /// The text of the cell without the blanks around it, as a range of its buffer.
  func endCell() -> Range<Int> {
    let range = WordText.trimmed(target, start..<target.count)
    target = line
    start = 0
    fields = outerFields
    codes = fields.count { $0 }
    (hasEnded, goesOn) = (false, false)
    return range
  }

  /// Takes the paragraph outside tables that has ended.
  func takeLine() -> String {
    defer {
      line.clear()
      hasEnded = false
    }
    let range = WordText.trimmed(line, 0..<line.count)
    return String(decoding: line.slice(range), as: UTF8.self)
  }

  func endLine() {
    if goesOn { goesOn = false } else { hasEnded = true }
  }

  // MARK: Text

  private func begins() -> Bool {
    if isHidden {
      hiddenTexts += 1
      return false
    }
    if isPlaceholder || codes > 0 || (target === line && line.count > WordText.lineLimit) { return false }
    if hasEnded {
      hasEnded = false
      if target.count > start { target.append(byte: 0x0A) }
    }
    return true
  }

  /// Appends the text of a run. Line breaks in the file are blanks (17.3.3.31); without `xml:space`, those around it are none.
  func append(_ text: UnsafeBufferPointer<UInt8>, keepsBlanks: Bool) {
    var text = text
    if !keepsBlanks {
      while let first = text.first, first <= 0x20 { text = UnsafeBufferPointer(rebasing: text.dropFirst()) }
      while let last = text.last, last <= 0x20 { text = UnsafeBufferPointer(rebasing: text.dropLast()) }
    }
    guard !text.isEmpty, begins() else { return }
    if text.contains(where: { $0 < 0x20 }) {
      for byte in text { target.append(byte: byte < 0x20 ? 0x20 : byte) }
    } else {
      target.append(text)
    }
  }

  func append(_ text: StaticString) {
    if begins() { target.append(text) }
  }

  func append(scalar: Unicode.Scalar) {
    if begins() { target.append(String(scalar).utf8) }
  }

  // MARK: Fields

  /// A field's character (`w:fldChar`, 17.16.18): `begin`, `separate` or `end`.
  func field(_ type: UnsafeBufferPointer<UInt8>?) {
    switch type?.first {
    case UInt8(ascii: "b"):
      guard fields.count < WordText.fieldLimit else { return }
      fields.append(true)
      codes += 1
    case UInt8(ascii: "s"):
      guard let last = fields.indices.last, fields[last] else { return }
      fields[last] = false
      codes -= 1
    case UInt8(ascii: "e"):
      if fields.popLast() == true { codes -= 1 }
    default: break
    }
  }

  /// Without the blanks around it: those of ASCII, U+00A0 and U+3000.
  private static func trimmed(_ buffer: ByteBuffer, _ range: Range<Int>) -> Range<Int> {
    let bytes = buffer.buffer
    var (start, end) = (range.lowerBound, range.upperBound)
    func isWide(_ at: Int) -> Bool { bytes[at] == 0xE3 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x80 }
    func isFixed(_ at: Int) -> Bool { bytes[at] == 0xC2 && bytes[at + 1] == 0xA0 }
    while start < end {
      if bytes[start] <= 0x20 {
        start += 1
      } else if start + 3 <= end, isWide(start) {
        start += 3
      } else if start + 2 <= end, isFixed(start) {
        start += 2
      } else {
        break
      }
    }
    while start < end {
      if bytes[end - 1] <= 0x20 {
        end -= 1
      } else if start + 3 <= end, isWide(end - 3) {
        end -= 3
      } else if start + 2 <= end, isFixed(end - 2) {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }
}
