import AtomicFiles
import JSONFormat

extension Listing {
  /// CSV by RFC 4180: CRLF, keys as the header, several texts in a cell joined by `;` as in the registers.
  /// - Parameters:
  ///   - hasByteOrderMark: for spreadsheets that read a file without one in another encoding than UTF-8.
  package func writeCSV(hasByteOrderMark: Bool = false, to writer: ByteWriter) throws {
    if hasByteOrderMark { try writer.append(literal: "\u{FEFF}") }
    for (ordinal, column) in columns.enumerated() {
      if ordinal > 0 { try writer.append(literal: ",") }
      try CSVText.write(column.key, to: writer)
    }
    try writer.append(literal: "\r\n")
    for row in rows {
      for ordinal in columns.indices {
        if ordinal > 0 { try writer.append(literal: ",") }
        guard row.indices.contains(ordinal) else { continue }
        try CSVText.write(row[ordinal].plain, to: writer)
      }
      try writer.append(literal: "\r\n")
    }
  }

  /// JSON: an array of objects, keys in the order of the columns.
  package func writeJSON(isPretty: Bool = true, to writer: ByteWriter) throws {
    let json = JSONWriter(to: writer, isPretty: isPretty)
    try json.array {
      for row in rows {
        try json.object {
          for (ordinal, column) in columns.enumerated() {
            try json.key(named: column.key)
            switch row.indices.contains(ordinal) ? row[ordinal] : .none {
            case .text(let text), .term(let text, _): try json.value(text)
            case .number(let number): try json.value(number)
            case .truth(let truth): try json.value(truth)
            case .texts(let texts), .terms(let texts, _): try json.value(texts)
            case .none: try json.null()
            }
          }
        }
      }
    }
    try json.end()
  }
}

/// Cells of CSV.
enum CSVText {
  /// A cell, in quotes where it needs them.
  static func write(_ text: String, to writer: ByteWriter) throws {
    let needsQuotes = text.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
      default: false
      }
    }
    guard needsQuotes else { return try writer.append(text) }
    try writer.append(byte: UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { try writer.append(byte: byte) }
      try writer.append(byte: byte)
    }
    try writer.append(byte: UInt8(ascii: "\""))
  }
}
