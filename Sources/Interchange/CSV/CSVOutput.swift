import AtomicFiles
import CSVFormat
import Catalog

/// How a table is written.
package struct CSVOptions: Sendable, Hashable {
  /// A byte order mark at the front, by which Excel knows UTF-8.
  package var byteOrderMark: Bool
  package var encoding: TextEncoding

  package init(byteOrderMark: Bool = false, encoding: TextEncoding = .utf8) {
    self.byteOrderMark = byteOrderMark
    self.encoding = encoding
  }
}

/// Rows of CSV on their way to a writer: RFC 4180, a cell quoted where it must be and nowhere else. In another encoding
/// than UTF-8 the rows go through it in pieces. Call `finish()` after the last row.
final class CSVOutput {
  private let target: ByteWriter
  private let encoding: TextEncoding
  /// What the rows are written to: the target itself in UTF-8, else a piece that is still to be encoded.
  private(set) var writer: ByteWriter
  private let separator: UInt8
  private let lineEnd: [UInt8]
  private var isFirstPiece = true

  private static let pieceLength = 64 * 1024

  init(
    _ target: ByteWriter, options: CSVOptions = CSVOptions(), separator: UInt8 = UInt8(ascii: ","),
    lineEnd: [UInt8] = [0x0D, 0x0A]
  ) throws {
    self.target = target
    self.encoding = options.encoding
    self.separator = separator
    self.lineEnd = lineEnd
    writer = options.encoding == .utf8 ? target : ByteWriter.memory(capacity: CSVOutput.pieceLength * 2)
    // UTF-16 has its mark from the encoder.
    if options.byteOrderMark, options.encoding == .utf8 { try target.append([0xEF, 0xBB, 0xBF] as [UInt8]) }
  }

  /// Between two cells.
  @inline(__always)
  func separate() throws { try writer.append(byte: separator) }

  func endRow() throws {
    try writer.append(lineEnd)
    if encoding != .utf8, writer.count >= CSVOutput.pieceLength { try encodePiece() }
  }

  func finish() throws {
    if encoding != .utf8 { try encodePiece() }
  }

  private func encodePiece() throws {
    let text = writer.bytes
    guard !text.isEmpty else { return }
    guard let encoded = TextDecoding.encode(text, as: encoding) else { throw UnencodableText(encoding: encoding) }
    // The encoder of UTF-16 puts a mark before every piece; only the first may keep it.
    try target.append(encoding == .utf16 && !isFirstPiece ? encoded[2...] : encoded[...])
    isFirstPiece = false
    writer = ByteWriter.memory(capacity: CSVOutput.pieceLength * 2)
  }

  // MARK: Cells

  func cell(_ bytes: UnsafeBufferPointer<UInt8>) throws { try CSVOutput.cell(bytes, to: writer, separator: separator) }

  @inline(__always)
  func cell(_ name: TextID, of catalog: Catalog) throws { try catalog.withBytes(name) { try cell($0) } }

  func cell(_ text: String) throws {
    var text = text
    try text.withUTF8 { try cell($0) }
  }

  func cell(_ bytes: [UInt8]) throws { try bytes.withUnsafeBufferPointer { try cell($0) } }

  /// A row of texts.
  func row(_ texts: [String]) throws {
    for (index, text) in texts.enumerated() {
      if index > 0 { try separate() }
      try cell(text)
    }
    try endRow()
  }

  /// Writes a cell's content, in quotes if it holds a separator, a quote or a line break.
  static func cell(_ bytes: UnsafeBufferPointer<UInt8>, to writer: ByteWriter, separator: UInt8 = UInt8(ascii: ","))
    throws
  {
    guard needsQuotes(bytes, separator: separator) else { return try writer.append(bytes) }
    let quote = UInt8(ascii: "\"")
    try writer.append(byte: quote)
    var start = 0
    for i in bytes.indices where bytes[i] == quote {
      try writer.append(UnsafeBufferPointer(rebasing: bytes[start...i]))
      start = i
    }
    try writer.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    try writer.append(byte: quote)
  }

  @inline(__always)
  static func cell(_ name: TextID, of catalog: Catalog, to writer: ByteWriter) throws {
    try catalog.withBytes(name) { try cell($0, to: writer) }
  }

  static func cell(_ text: String, to writer: ByteWriter, separator: UInt8 = UInt8(ascii: ",")) throws {
    var text = text
    try text.withUTF8 { try cell($0, to: writer, separator: separator) }
  }

  @inline(__always)
  static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    // All that matters is below 0x2D (a semicolon below 0x3C); eight bytes at a time are found not to be.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let bound: UInt64 = separator == UInt8(ascii: ";") ? 0x3C : 0x2D
    let count = bytes.count
    var i = 0
    @inline(__always)
    func matters(_ byte: UInt8) -> Bool {
      byte == separator || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    while i + 8 <= count {
      let word = UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self)
      if (word &- ones &* bound) & ~word & (ones &* 0x80) != 0 {
        for j in i..<i + 8 where matters(base[j]) { return true }
      }
      i += 8
    }
    while i < count {
      if matters(base[i]) { return true }
      i += 1
    }
    return false
  }
}

/// The distinct texts of one column as cells, each looked at and quoted once, at its first use.
final class QuotedCells {
  private let kind: TextColumn
  private let catalog: Catalog
  private let separator: UInt8
  private let starts: UnsafeMutablePointer<UnsafePointer<UInt8>?>
  private let lengths: UnsafeMutablePointer<Int>
  private let count: Int
  /// Cells that needed quotes.
  private var own: [UnsafeMutablePointer<UInt8>] = []
  /// What stands for the empty text.
  private let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

  init(_ kind: TextColumn, of catalog: Catalog, separator: UInt8 = UInt8(ascii: ",")) {
    self.kind = kind
    self.catalog = catalog
    self.separator = separator
    count = max(1, catalog.distinctCount(kind))
    starts = .allocate(capacity: count)
    starts.initialize(repeating: nil, count: count)
    lengths = .allocate(capacity: count)
    lengths.initialize(repeating: 0, count: count)
    nothing.initialize(to: 0)
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    nothing.deallocate()
    for cell in own { cell.deallocate() }
  }

  /// The cell as it is written; it stays where it is as long as this object and the catalog.
  @inline(__always)
  subscript(name: TextID) -> UnsafeBufferPointer<UInt8> {
    precondition(name.kind == kind, "a name of another column")
    let index = name.index
    if let start = starts[index] { return UnsafeBufferPointer(start: start, count: lengths[index]) }
    return make(name)
  }

  @inline(never)
  private func make(_ name: TextID) -> UnsafeBufferPointer<UInt8> {
    let bytes = catalog.withBytes(name) { $0 }
    var cell = bytes
    if bytes.isEmpty {
      cell = UnsafeBufferPointer(start: nothing, count: 0)
    } else if CSVOutput.needsQuotes(bytes, separator: separator) {
      let writer = ByteWriter.memory(capacity: bytes.count + 16)
      // Memory takes everything.
      try? CSVOutput.cell(bytes, to: writer, separator: separator)
      let quoted = writer.bytes
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: quoted.count)
      for (index, byte) in quoted.enumerated() { (copy + index).initialize(to: byte) }
      own.append(copy)
      cell = UnsafeBufferPointer(start: copy, count: quoted.count)
    }
    starts[name.index] = cell.baseAddress
    lengths[name.index] = cell.count
    return cell
  }
}
