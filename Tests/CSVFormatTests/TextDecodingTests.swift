import AtomicFiles
import CSVFormat
import Testing

@Suite struct TextDecodingTests {
  static let sample = "序号,名称\n37,我要开饭店(火锅、烧烤店等)\n"

  private func text(_ decoded: DecodedText) -> String {
    decoded.bytes.text(decoded.start..<decoded.bytes.count)
  }

  @Test func utf8WithAndWithoutByteOrderMark() {
    let plain = TextDecoding.decode(Bytes(Array(Self.sample.utf8)))
    #expect(text(plain) == Self.sample && plain.encoding == .utf8 && !plain.hasByteOrderMark)
    let marked = TextDecoding.decode(Bytes([0xEF, 0xBB, 0xBF] + Array(Self.sample.utf8)))
    #expect(text(marked) == Self.sample && marked.encoding == .utf8 && marked.hasByteOrderMark)
    #expect(plain.unreadable.isEmpty && marked.unreadable.isEmpty)
  }

  @Test func gb18030IsKnownByItsBytes() throws {
    let stored = try #require(TextDecoding.encode(Array(Self.sample.utf8), as: .gb18030))
    #expect(stored != Array(Self.sample.utf8))
    let decoded = TextDecoding.decode(Bytes(stored))
    #expect(text(decoded) == Self.sample && decoded.encoding == .gb18030 && decoded.unreadable.isEmpty)
  }

  /// GB 18030 holds all of Unicode, four-byte characters included.
  @Test func everyCharacterSurvivesGB18030() throws {
    let text = "𠮷野家 ①〇㐂é😀 ‘’“”—…·"
    let stored = try #require(TextDecoding.encode(Array(text.utf8), as: .gb18030))
    #expect(self.text(TextDecoding.decode(Bytes(stored), as: .gb18030)) == text)
  }

  @Test func utf16WithItsMark() throws {
    let units = Array(Self.sample.utf16)
    let low = units.map { UInt8($0 & 0xFF) }
    let high = units.map { UInt8($0 >> 8) }
    let little: [UInt8] = [0xFF, 0xFE] + zip(low, high).flatMap { [$0, $1] as [UInt8] }
    let big: [UInt8] = [0xFE, 0xFF] + zip(low, high).flatMap { [$1, $0] as [UInt8] }
    for stored in [little, big] {
      let decoded = TextDecoding.decode(Bytes(stored))
      #expect(text(decoded) == Self.sample && decoded.encoding == .utf16)
    }
  }

  /// A UTF-8 table with one wrong byte is a UTF-8 table with a fault in it, not a text in another encoding.
  @Test func oneWrongByteInUTF8IsTold() {
    var stored = Array((Self.sample + Self.sample).utf8)
    stored.insert(0xFF, at: 20)
    let decoded = TextDecoding.decode(Bytes(stored))
    #expect(decoded.encoding == .utf8)
    #expect(decoded.unreadable.count == 1)
    #expect(text(decoded).contains("\u{FFFD}"))
    #expect(text(decoded).replacing("\u{FFFD}", with: "") == Self.sample + Self.sample)
  }

  @Test func oneWrongByteInGB18030IsTold() throws {
    var stored = try #require(TextDecoding.encode(Array((Self.sample + Self.sample + "结束").utf8), as: .gb18030))
    stored.insert(contentsOf: [0xFF, 0x2C], at: 0)
    let decoded = TextDecoding.decode(Bytes(stored))
    #expect(decoded.encoding == .gb18030)
    #expect(decoded.unreadable.count == 1)
    #expect(text(decoded).hasSuffix("结束"))
  }

  @Test func truncatedEndsAreTold() throws {
    let utf8 = TextDecoding.decode(Bytes(Array(Self.sample.utf8) + [0xE6, 0x88]))
    #expect(utf8.unreadable.count == 1)
    let stored = try #require(TextDecoding.encode(Array(Self.sample.utf8), as: .gb18030))
    let gb = TextDecoding.decode(Bytes(stored + [0xCE]))
    #expect(gb.unreadable.count == 1)
  }

  @Test func emptyIsEmpty() {
    let decoded = TextDecoding.decode(Bytes([]))
    #expect(decoded.bytes.count == 0 && decoded.unreadable.isEmpty)
  }

  /// The check agrees with the standard library on random bytes, valid and broken.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func agreesWithTheStandardLibrary(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    var bytes = Array(
      String(
        (0..<20).map { _ in
          Character(Unicode.Scalar(UInt32.random(in: 0x20...0xD7FF, using: &random)) ?? "a")
        }
      ).utf8)
    if seed % 3 != 0 {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
    }
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    let first = bytes.withUnsafeBufferPointer { UTF8Check.firstInvalid($0, from: 0) }
    #expect((first == nil) == isValid, "seed \(seed)")
    if let first { #expect(String(validating: bytes[..<first], as: UTF8.self) != nil) }
  }

  /// Long texts, which are looked at in blocks: of common characters, with rare ones among them, cut and damaged anywhere.
  @Test(arguments: 0..<400 as Range<UInt64>)
  func agreesWithTheStandardLibraryInBlocks(_ seed: UInt64) {
    var random = SplitMix(state: seed &+ 10_000)
    let common: [Unicode.Scalar] = ["a", ",", "é", "中", "、", "（", "\u{7FF}", "\u{800}", "\u{FFFF}"]
    let rare: [Unicode.Scalar] = ["\u{0801}", "\u{D7FF}", "\u{D000}", "😀", "\u{10FFFF}", "\u{10000}"]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 20...120, using: &random) {
      let isRare = seed % 2 == 0 && Int.random(in: 0..<20, using: &random) == 0
      text.append((isRare ? rare : common).randomElement(using: &random) ?? "a")
    }
    var bytes = Array(String(text).utf8)
    for _ in 0..<Int(seed % 3) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0x80...255, using: &random)
      case 1: bytes.remove(at: place)
      default: bytes.removeSubrange(place...)
      }
      if bytes.isEmpty { return }
    }
    for start in [0, Int.random(in: 0..<bytes.count, using: &random)] {
      let first = bytes.withUnsafeBufferPointer { UTF8Check.firstInvalid($0, from: start) }
      // What the standard library thinks of ever longer beginnings.
      var expected: Int?
      var next = start
      while next < bytes.count {
        guard
          let length = (1...4).first(where: { length in
            next + length <= bytes.count && String(validating: bytes[next..<next + length], as: UTF8.self) != nil
          })
        else {
          expected = next
          break
        }
        next += length
      }
      #expect(first == expected, "seed \(seed) from \(start)")
    }
  }

  @Test func namesOfEncodings() {
    #expect(TextEncoding(named: "GBK") == .gb18030 && TextEncoding(named: "gb2312") == .gb18030)
    #expect(TextEncoding(named: "UTF-8") == .utf8 && TextEncoding(named: "utf8") == .utf8)
    #expect(TextEncoding(named: "latin1") == nil)
  }
}

@Suite struct LineIndexTests {
  @Test func linesAndColumnsCountFromOneInCharacters() {
    let text = "甲,乙\r\n丙\"\n\r丁,戊"
    let bytes = Bytes(Array(text.utf8))
    let index = LineIndex(bytes)
    func at(_ character: Character) -> (Int, Int) {
      let offset = text.utf8.distance(from: text.startIndex, to: text.firstIndex(of: character) ?? text.startIndex)
      return (index.line(offset), index.column(offset))
    }
    #expect(at("甲") == (1, 1))
    #expect(at("乙") == (1, 3))
    #expect(at("丙") == (2, 1))
    // LF, then a CR of its own: an empty line between.
    #expect(at("丁") == (4, 1))
    #expect(at("戊") == (4, 3))
    #expect(index.text(ofLine: 2) == "丙\"")
    #expect(index.text(ofLine: 4) == "丁,戊")
    #expect(index.text(ofLine: 5) == nil)
  }

  /// Against counting from the start, over many lines and every kind of break.
  @Test func agreesWithCountingFromTheStart() {
    var random = SplitMix(state: 7)
    let parts = ["\n", "\r\n", "\r", "abc", "字字字", ","]
    let text = (0..<6000).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    let raw = Array(text.utf8)
    let index = LineIndex(Bytes(raw))
    var line = 1
    for offset in raw.indices {
      if offset % 97 == 0 || offset > raw.count - 20 { #expect(index.line(offset) == line, "at \(offset)") }
      if raw[offset] == 0x0A || (raw[offset] == 0x0D && (offset + 1 == raw.count || raw[offset + 1] != 0x0A)) {
        line += 1
      }
    }
  }
}
