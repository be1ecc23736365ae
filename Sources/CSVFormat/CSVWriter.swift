import AtomicFiles
import Localization

/// Writes rows of CSV (RFC 4180): a cell is quoted where it must be and nowhere else. The program's only CSV writer.
///
/// ```swift
/// let csv = try CSVWriter(to: writer)
/// try csv.row(["rule", "subject"])
/// try csv.cell(rule)
/// try csv.cell(subject)
/// try csv.endRow()
/// try csv.finish()
/// ```
///
/// Rows in another encoding than UTF-8 are converted in pieces; `finish()` after the last row converts the rest.
package final class CSVWriter {
  /// How the bytes of a table are written.
  package struct Options: Sendable, Hashable {
    /// A byte order mark at the start, by which Excel recognises UTF-8.
    package var byteOrderMark: Bool
    package var encoding: TextEncoding

    package init(byteOrderMark: Bool = false, encoding: TextEncoding = .utf8) {
      self.byteOrderMark = byteOrderMark
      self.encoding = encoding
    }
  }

  package enum LineEnd: Sendable, Hashable {
    /// What RFC 4180 asks for.
    case crlf
    /// What version control compares best.
    case lf
  }

  package static let comma = UInt8(ascii: ",")

  private let target: ByteWriter
  private let encoding: TextEncoding
  private let separator: UInt8
  private let lineEnd: LineEnd
  /// What rows are written to: the target itself in UTF-8, else a piece that is still to be converted. For cells that
  /// the caller has quoted and separated itself; a row written so ends with `endRow()` too.
  package private(set) var writer: ByteWriter
  private var isFirstPiece = true
  /// Nothing of the row has been written yet.
  private var isRowStart = true

  private static let pieceLength = 64 * 1024

  /// - Parameter separator: comma, semicolon or tab.
  /// - Throws: `CSVWriteFailure.markOutsideUTF8`; what `target` throws.
  package init(
    to target: ByteWriter, options: Options = Options(), separator: UInt8 = CSVWriter.comma, lineEnd: LineEnd = .crlf
  ) throws {
    if options.byteOrderMark, options.encoding == .gb18030 { throw CSVWriteFailure.markOutsideUTF8 }
    self.target = target
    self.encoding = options.encoding
    self.separator = separator
    self.lineEnd = lineEnd
    writer = options.encoding == .utf8 ? target : ByteWriter.memory(capacity: CSVWriter.pieceLength * 2)
    // The conversion to UTF-16 writes a mark by itself.
    if options.byteOrderMark, options.encoding == .utf8 { try target.append([0xEF, 0xBB, 0xBF] as [UInt8]) }
  }

  // MARK: - Cells and rows

  /// Goes to the next cell of the row, for a caller that writes the cell to `writer` itself; without content it is
  /// empty.
  @inline(__always)
  package func nextCell() throws {
    if isRowStart {
      isRowStart = false
    } else {
      try writer.append(byte: separator)
    }
  }

  package func cell(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try nextCell()
    try CSVWriter.append(bytes, to: writer, separator: separator)
  }

  package func cell(_ text: String) throws {
    var text = text
    try text.withUTF8 { try cell($0) }
  }

  /// A cell that holds a number; an empty one for nil.
  package func cell(number: Int?) throws {
    try nextCell()
    if let number { try writer.append(number: number) }
  }

  /// A row of texts.
  package func row(_ texts: some Sequence<String>) throws {
    for text in texts { try cell(text) }
    try endRow()
  }

  package func endRow() throws {
    isRowStart = true
    switch lineEnd {
    case .crlf: try writer.append(literal: "\r\n")
    case .lf: try writer.append(byte: 0x0A)
    }
    if encoding != .utf8, writer.count >= CSVWriter.pieceLength { try convertPiece() }
  }

  /// Converts what is left; to be called after the last row.
  package func finish() throws {
    if encoding != .utf8 { try convertPiece() }
  }

  private func convertPiece() throws {
    let text = writer.bytes
    guard !text.isEmpty else { return }
    guard let encoded = TextDecoding.encode(text, as: encoding) else { throw CSVWriteFailure.unencodable(encoding) }
    // The conversion to UTF-16 puts a mark before every piece; only the first keeps it.
    try target.append(encoding == .utf16 && !isFirstPiece ? encoded[2...] : encoded[...])
    isFirstPiece = false
    writer.buffer.clear()
  }

  // MARK: - Single cells

  /// Appends a cell's content, in quotes if it holds a separator, a quote or a line break.
  package static func append(
    _ bytes: UnsafeBufferPointer<UInt8>, to writer: ByteWriter, separator: UInt8 = CSVWriter.comma
  ) throws {
    guard needsQuotes(bytes, separator: separator) else { return try writer.append(bytes) }
    let quote = UInt8(ascii: "\"")
    try writer.append(byte: quote)
    var start = 0
    for index in bytes.indices where bytes[index] == quote {
      try writer.append(UnsafeBufferPointer(rebasing: bytes[start...index]))
      start = index
    }
    try writer.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    try writer.append(byte: quote)
  }

  package static func append(_ text: String, to writer: ByteWriter, separator: UInt8 = CSVWriter.comma) throws {
    var text = text
    try text.withUTF8 { try append($0, to: writer, separator: separator) }
  }

  /// A cell as it is written, in quotes where it needs them.
  package static func quoted(
    _ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = CSVWriter.comma
  ) -> [UInt8] {
    let writer = ByteWriter.memory(capacity: bytes.count + 16)
    // A writer to memory never throws.
    try? append(bytes, to: writer, separator: separator)
    return writer.bytes
  }

  /// Whether a cell with this content is written in quotes.
  package static func needsQuotes(
    _ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = CSVWriter.comma
  ) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    // Every byte that needs quotes is below 0x2D (the semicolon: below 0x3C), so eight bytes are passed over at once
    // when none of them is.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let bound: UInt64 = separator == UInt8(ascii: ";") ? 0x3C : 0x2D
    let count = bytes.count
    var index = 0
    @inline(__always)
    func isSpecial(_ byte: UInt8) -> Bool {
      byte == separator || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    while index + 8 <= count {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      if (word &- ones &* bound) & ~word & (ones &* 0x80) != 0 {
        for next in index..<index + 8 where isSpecial(base[next]) { return true }
      }
      index += 8
    }
    while index < count {
      if isSpecial(base[index]) { return true }
      index += 1
    }
    return false
  }
}

/// A table that cannot be written as it was asked for.
package enum CSVWriteFailure: LocalizedFailure, Hashable {
  /// A byte order mark with an encoding that has none: spreadsheets would show it as text.
  case markOutsideUTF8
  /// A character that the encoding does not have.
  case unencodable(TextEncoding)

  package var explanation: LocalizedText {
    switch self {
    case .markOutsideUTF8:
      LocalizedText(
        zh: "--bom 只用于 UTF-8；GB18030 不需要标记，Excel 可直接打开。请去掉其中一个选项。",
        en: "--bom is for UTF-8 only; a Chinese Excel opens GB18030 without a mark. Leave out one of the two options.")
    case .unencodable(let encoding):
      LocalizedText(
        zh: "有字符无法用 \(encoding.rawValue) 表示。请改用 UTF-8。",
        en: "a character cannot be written in \(encoding.rawValue). Use UTF-8.")
    }
  }
}
