import AtomicFiles
import CSVFormat
import JSONFormat

extension Listing {
  /// CSV by RFC 4180: CRLF, keys as the header, several texts in a cell joined by `;` as in the registers.
  /// - Parameters:
  ///   - hasByteOrderMark: for spreadsheets that read a file without one in another encoding than UTF-8.
  package func writeCSV(hasByteOrderMark: Bool = false, to writer: ByteWriter) throws {
    let csv = try CSVWriter(to: writer, options: .init(byteOrderMark: hasByteOrderMark))
    try csv.row(columns.map(\.key))
    for row in rows {
      try csv.row(columns.indices.map { row.indices.contains($0) ? row[$0].plain : "" })
    }
    try csv.finish()
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
            case .number(let number), .count(let number, _): try json.value(number)
            case .truth(let truth): try json.value(truth)
            case .texts(let texts), .terms(let texts, _): try json.value(texts)
            case .unknown, .none: try json.null()
            }
          }
        }
      }
    }
    try json.end()
  }
}
