import AtomicFiles
import Localization
import Platform

/// The character encodings of tables.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// GB 18030, what a Chinese Excel saves; GBK and GB 2312 are parts of it.
  case gb18030
  /// UTF-16 with a byte order mark, what Excel calls "Unicode text".
  case utf16 = "utf-16"

  /// The encoding that a person names: `utf8`, `UTF-8`, `gbk`, `GB2312`, `gb18030`, `utf-16`.
  package init?(named name: String) {
    switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
    case "utf8": self = .utf8
    case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
    case "utf16", "utf16le", "utf16be": self = .utf16
    default: return nil
    }
  }

  /// Its name for `iconv_open`.
  var iconvName: String {
    switch self {
    case .utf8: "UTF-8"
    case .gb18030: "GB18030"
    case .utf16: "UTF-16"
    }
  }
}

/// A text as UTF-8, however it was stored.
package struct DecodedText: Sendable {
  private enum Content: Sendable {
    case held(Bytes)
    case streamed(StreamedFile)
  }

  private let content: Content
  /// Where the text begins: past a byte order mark.
  package let start: Int
  package let encoding: TextEncoding
  package let hasByteOrderMark: Bool
  /// UTF-16 with the high byte first.
  package var isBigEndian = false
  /// Offsets in `bytes` of what could not be read, at most `TextDecoding.problemLimit`.
  package let unreadable: [Int]
  /// Those of them at which a character has too many combining marks; see `CombiningMarks`.
  package var piles: Set<Int> = []

  init(
    bytes: Bytes, start: Int, encoding: TextEncoding, hasByteOrderMark: Bool, isBigEndian: Bool = false,
    unreadable: [Int], piles: Set<Int> = []
  ) {
    content = .held(bytes)
    self.start = start
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.isBigEndian = isBigEndian
    self.unreadable = unreadable
    self.piles = piles
  }

  /// A file that is UTF-8 throughout.
  init(streamed file: StreamedFile, hasByteOrderMark: Bool) {
    content = .streamed(file)
    start = hasByteOrderMark ? 3 : 0
    encoding = .utf8
    self.hasByteOrderMark = hasByteOrderMark
    unreadable = []
  }

  /// UTF-8; undecodable bytes are U+FFFD. Of a streamed file they are read anew on the first call.
  package var bytes: Bytes {
    switch content {
    case .held(let bytes): bytes
    case .streamed(let file): file.bytes
    }
  }

  /// How many bytes there are.
  package var count: Int {
    switch content {
    case .held(let bytes): bytes.count
    case .streamed(let file): file.size
    }
  }

  /// Whether `bytes` is the text that was read, which of a streamed file is known only once it has been read again.
  package var isAtHand: Bool {
    _ = bytes
    return !hasChanged
  }

  /// Whether another program has written to the file since it was read, so that `bytes` is no longer its text. Only of a
  /// streamed file, since any other is held.
  package var hasChanged: Bool {
    if case .streamed(let file) = content { file.hasChanged } else { false }
  }
}

/// Decodes text whose encoding has to be detected from its bytes, as spreadsheets write it.
package enum TextDecoding {
  package static let problemLimit = 1000

  /// Reads `bytes` as `encoding`, or detects the encoding: by a byte order mark; else UTF-8 if every byte is
  /// UTF-8; else GB 18030 if every byte is; else whichever of the two decodes more, with the positions of what is
  /// unreadable.
  ///
  /// Of a character with more combining marks than `CombiningMarks.limit` the rest of the marks counts as unreadable.
  package static func decode(_ bytes: Bytes, as encoding: TextEncoding? = nil) -> DecodedText {
    withoutPiles(decodePlainly(bytes, as: encoding))
  }

  private static func decodePlainly(_ bytes: Bytes, as encoding: TextEncoding?) -> DecodedText {
    let buffer = bytes.buffer
    if encoding == nil || encoding == .utf16, buffer.count >= 2,
      (buffer[0] == 0xFF && buffer[1] == 0xFE) || (buffer[0] == 0xFE && buffer[1] == 0xFF)
    {
      var text = convert(bytes, from: .utf16)
      text.isBigEndian = buffer[0] == 0xFE
      return text
    }
    let marked = buffer.count >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF
    let start = marked ? 3 : 0
    switch encoding {
    case .gb18030 where !marked: return convert(bytes, from: .gb18030)
    case .utf16: return convert(inHostOrder(bytes), from: .utf16)
    default: break
    }
    guard let firstBad = UTF8Check.firstInvalid(buffer, from: start) else {
      return DecodedText(bytes: bytes, start: start, encoding: .utf8, hasByteOrderMark: marked, unreadable: [])
    }
    if marked || encoding == .utf8 || UTF8Check.looksLikeUTF8(buffer, from: start) {
      return repair(bytes, start: start, firstBad: firstBad, marked: marked)
    }
    let converted = convert(bytes, from: .gb18030)
    return converted
  }

  /// UTF-16 without a mark: of commas, digits and line ends the high byte is 0. `iconv` takes it in this machine's
  /// order.
  private static func inHostOrder(_ bytes: Bytes) -> Bytes {
    let start = bytes.buffer.prefix(4096)
    let zeros = (0...1).map { first in stride(from: first, to: start.count, by: 2).count(where: { start[$0] == 0 }) }
    let isBigEndian = zeros[0] > zeros[1]
    guard isBigEndian == (Int(1).littleEndian == 1), zeros[0] != zeros[1] else { return bytes }
    var swapped = bytes.array
    for index in stride(from: 0, to: swapped.count - 1, by: 2) { swapped.swapAt(index, index + 1) }
    return Bytes(swapped)
  }

  /// A copy of UTF-8 `bytes` in which every maximal wrong sequence is U+FFFD.
  private static func repair(_ bytes: Bytes, start: Int, firstBad: Int, marked: Bool) -> DecodedText {
    let buffer = bytes.buffer
    var out: [UInt8] = []
    out.reserveCapacity(buffer.count + 64)
    var unreadable: [Int] = []
    var position = start
    var bad: Int? = firstBad
    while let here = bad {
      out.append(contentsOf: buffer[position..<here])
      if unreadable.count < problemLimit { unreadable.append(out.count) }
      out.append(contentsOf: [0xEF, 0xBF, 0xBD])
      position = here + 1
      while position < buffer.count, buffer[position] & 0xC0 == 0x80 { position += 1 }
      bad = UTF8Check.firstInvalid(buffer, from: position)
    }
    out.append(contentsOf: buffer[position...])
    return DecodedText(
      bytes: Bytes(out), start: 0, encoding: .utf8, hasByteOrderMark: marked, unreadable: unreadable)
  }

  /// `iconv` to UTF-8; a sequence that it rejects becomes U+FFFD and one unit of it is passed over.
  private static func convert(_ bytes: Bytes, from encoding: TextEncoding) -> DecodedText {
    var unreadable: [Int] = []
    let converted = Conversion.run(bytes, from: encoding, to: .utf8) { out in
      if unreadable.count < problemLimit { unreadable.append(out.count) }
      out.append(contentsOf: [0xEF, 0xBF, 0xBD])
      return true
    }
    guard let out = converted else {
      // This system's iconv does not know the encoding.
      return repair(
        bytes, start: 0, firstBad: UTF8Check.firstInvalid(bytes.buffer, from: 0) ?? bytes.count, marked: false)
    }
    let marked = out.starts(with: [0xEF, 0xBB, 0xBF])
    return DecodedText(
      bytes: Bytes(out), start: marked ? 3 : 0, encoding: encoding, hasByteOrderMark: marked || encoding == .utf16,
      unreadable: unreadable)
  }

  /// A copy in which what is too much of every pile of combining marks is U+FFFD.
  private static func withoutPiles(_ text: DecodedText) -> DecodedText {
    let buffer = text.bytes.buffer
    guard let first = CombiningMarks.firstPile(in: buffer, from: text.start) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(buffer.count)
    var unreadable: [Int] = []
    var piles: Set<Int> = []
    var pending = text.unreadable[...]
    var position = 0
    func keep(to end: Int) {
      while let offset = pending.first, offset < end {
        if unreadable.count < problemLimit { unreadable.append(out.count + offset - position) }
        pending.removeFirst()
      }
      out.append(contentsOf: buffer[position..<end])
      position = end
    }
    var next: Range<Int>? = first
    while let pile = next {
      keep(to: CombiningMarks.endOfAllowed(in: buffer, of: pile))
      if unreadable.count < problemLimit {
        unreadable.append(out.count)
        piles.insert(out.count)
      }
      out.append(contentsOf: [0xEF, 0xBF, 0xBD])
      position = pile.upperBound
      next = CombiningMarks.firstPile(in: buffer, from: position)
    }
    keep(to: buffer.count)
    return DecodedText(
      bytes: Bytes(out), start: text.start, encoding: text.encoding, hasByteOrderMark: text.hasByteOrderMark,
      isBigEndian: text.isBigEndian, unreadable: unreadable, piles: piles)
  }

  /// UTF-8 `text` converted to `encoding`; nil if the encoding lacks a character (GB 18030 has all of Unicode).
  /// - Parameter isBigEndian: UTF-16 with the high byte first.
  package static func encode(_ text: [UInt8], as encoding: TextEncoding, isBigEndian: Bool = false) -> [UInt8]? {
    if encoding == .utf8 { return text }
    let encoded = Conversion.run(Bytes(text), from: .utf8, to: encoding) { _ in false }
    guard encoding == .utf16, var encoded, let first = encoded.first, encoded.count.isMultiple(of: 2) else {
      return encoded
    }
    // The byte order that `iconv` writes is not specified; its byte order mark shows which one it was.
    if (first == 0xFE) != isBigEndian {
      for index in stride(from: 0, to: encoded.count, by: 2) { encoded.swapAt(index, index + 1) }
    }
    return encoded
  }
}

/// `iconv`, from one encoding to another.
private enum Conversion {
  /// - Parameter rejected: called for a sequence that cannot be converted, with what there is so far; false gives up.
  /// - Returns: nil if the system does not know the pair of encodings, or if `rejected` gave up.
  static func run(
    _ bytes: Bytes, from source: TextEncoding, to target: TextEncoding, rejected: (inout [UInt8]) -> Bool
  ) -> [UInt8]? {
    let handle = iconv_open(target.iconvName, source.iconvName)
    guard handle != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(handle) }
    return withExtendedLifetime(bytes) {
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count + bytes.count / 2 + 64)
      var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: bytes.base).assumingMemoryBound(
        to: CChar.self)
      var left = bytes.count
      let size = 65536
      let chunk = UnsafeMutablePointer<CChar>.allocate(capacity: size)
      defer { chunk.deallocate() }
      while left > 0 {
        var output: UnsafeMutablePointer<CChar>? = chunk
        var room = size
        let result = iconv(handle, &input, &left, &output, &room)
        let reason = errno
        chunk.withMemoryRebound(to: UInt8.self, capacity: size) {
          out.append(contentsOf: UnsafeBufferPointer(start: $0, count: size - room))
        }
        let hasFailed = result == Int.max || result == Int(bitPattern: UInt.max)
        if hasFailed, reason != E2BIG {
          guard rejected(&out) else { return nil }
          let step = min(source == .utf16 ? 2 : 1, left)
          input = input.map { $0 + step }
          left -= step
        }
      }
      return out
    }
  }
}
