import AtomicFiles
import Localization

/// An opened table: its bytes, its name in messages, and its header.
package final class CSVTable: Sendable {
  /// The name of the file in messages: the path as it was given.
  package let file: String
  package let text: DecodedText
  /// The text, or as much of it as is held in memory: the header and at least the rows of half a megabyte.
  package let head: Bytes
  package let separator: UInt8
  /// The header's cells, unescaped and trimmed (`Blanks.title`).
  package let header: [String]
  /// The header's cells as ranges, for positions.
  package let headerCells: [Cell]
  /// Where the header begins, and the first row after it.
  package let headerStart: Int
  package let bodyStart: Int
  /// The marker of an unresolved merge conflict before the header.
  package let conflictStart: Int?
  /// Syntax problems of the header.
  package let headerProblems: [CSVProblem]

  /// Decodes `bytes` and reads the first row that is not empty.
  ///
  /// - Parameter separator: the byte between cells; detected from the first line if not given.
  package convenience init(file: String, bytes: Bytes, encoding: TextEncoding? = nil, separator: UInt8? = nil) {
    self.init(file: file, text: TextDecoding.decode(bytes, as: encoding), separator: separator)
  }

  /// Reads the first row of a text that is not empty.
  package convenience init(file: String, text: DecodedText, separator: UInt8? = nil) {
    self.init(file: file, text: text, head: text.bytes, separator: separator)
  }

  /// Opens a table in UTF-8 without reading more than its head; nil if the header does not end there, or if the head is
  /// not plain UTF-8. Whether the rest is, the caller finds out (see `PlainRows`).
  package convenience init?(file: String, streamed: StreamedFile) {
    guard let head = streamed.head(CSVTable.headSize), head.count == min(streamed.size, CSVTable.headSize) else {
      return nil
    }
    let buffer = head.buffer
    let isMarked = buffer.starts(with: [0xEF, 0xBB, 0xBF])
    // The last line of the head is not whole.
    let body = UnsafeBufferPointer(rebasing: buffer[..<(buffer.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)])
    guard UTF8Check.firstInvalid(body, from: isMarked ? 3 : 0) == nil, CombiningMarks.firstPile(in: body) == nil else {
      return nil
    }
    self.init(file: file, text: DecodedText(streamed: streamed, hasByteOrderMark: isMarked), head: head)
    guard bodyStart <= body.count, conflictStart == nil, headerProblems.isEmpty, !headerCells.isEmpty else {
      return nil
    }
  }

  private static let headSize = 512 * 1024

  /// - Parameter head: the text up to the end of the header, or further.
  private init(file: String, text: DecodedText, head: Bytes, separator: UInt8? = nil) {
    self.file = file
    self.text = text
    self.head = head
    self.separator = separator ?? TableReader.separator(of: head, start: text.start)
    var reader = TableReader(head, start: text.start, separator: self.separator)
    var found = reader.next()
    var conflict: Int?
    while found {
      if CSVTable.conflictMarker(at: reader.rowStart, in: head) != nil {
        conflict = conflict ?? reader.rowStart
      } else if !reader.cells.allSatisfy(\.isEmpty) {
        break
      }
      found = reader.next()
    }
    conflictStart = conflict
    headerCells = found ? reader.cells : []
    headerStart = found ? reader.rowStart : text.start
    bodyStart = reader.offset
    headerProblems = reader.problems
    header = headerCells.map { CSVTable.string(head, $0).trimmed(.title) }
  }

  package var bytes: Bytes { text.bytes }

  /// The character of which seven begin a line that a version control system leaves at an unresolved merge conflict:
  /// `<<<<<<< ours`, `||||||| base`, `=======`, `>>>>>>> theirs`. Nil if the row at `offset` is no such line.
  package static func conflictMarker(at offset: Int, in bytes: Bytes) -> UInt8? {
    guard offset + 7 <= bytes.count else { return nil }
    let first = bytes.base[offset]
    switch first {
    case UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "|"): break
    default: return nil
    }
    for index in offset..<offset + 7 where bytes.base[index] != first { return nil }
    guard offset + 7 < bytes.count else { return first }
    switch bytes.base[offset + 7] {
    case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, 0x0A, 0x0D: return first
    default: return nil
    }
  }

  /// A reader at the first row after the header.
  package func rows() -> TableReader {
    TableReader(bytes, start: bodyStart, separator: separator)
  }

  /// The cells of the row that begins at `offset`.
  package func cells(ofRowAt offset: Int) -> [Cell] {
    var reader = TableReader(bytes, start: offset, separator: separator)
    return reader.next() ? reader.cells : []
  }

  /// A cell's content as text, doubled quotes made single.
  package func string(_ cell: Cell) -> String { CSVTable.string(bytes, cell) }

  static func string(_ bytes: Bytes, _ cell: Cell) -> String {
    guard cell.isEscaped else { return bytes.text(cell.start..<cell.end) }
    return String(decoding: unescaped(bytes, cell), as: UTF8.self)
  }

  /// A cell's content as bytes, doubled quotes made single.
  package static func unescaped(_ bytes: Bytes, _ cell: Cell) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(cell.end - cell.start)
    var i = cell.start
    while i < cell.end {
      out.append(bytes.base[i])
      i += bytes.base[i] == UInt8(ascii: "\"") ? 2 : 1
    }
    return out
  }
}
