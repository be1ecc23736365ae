import AtomicFiles

/// Cells as text of a table in CSV (RFC 4180).
enum TableText {
  /// Appends a cell in quotes where it needs them, or where it begins as a byte order mark or a conflict marker does.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to table: ByteBuffer) {
    let first = text.first ?? 0
    let isQuoted =
      (first >= 0x3C && first <= 0x3E) || first == 0x7C || first == 0xEF
      || text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 || $0 == 0x3B }
    guard isQuoted else { return table.append(text) }
    table.append(byte: 0x22)
    for byte in text {
      if byte == 0x22 { table.append(byte: 0x22) }
      table.append(byte: byte)
    }
    table.append(byte: 0x22)
  }
}
