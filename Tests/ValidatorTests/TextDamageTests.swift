import AtomicFiles
import CSVFormat
import Testing

@testable import Validator

@Suite struct TextDamageTests {
  /// The table of `CharacterSets.readAsGBK` derived from its definition: the two-byte sequences of Chinese text in UTF-8,
  /// without those of level 1 of GB 2312, read as GBK by the converter of the C library.
  @Test func charactersReadAsGBK() {
    func leads(_ byte: UInt8) -> Bool { (0xE4...0xE9).contains(byte) }
    func continues(_ byte: UInt8) -> Bool { (0x80...0xBF).contains(byte) }
    var pairs: [UInt8] = []
    for first in 0x81...0xE9 as ClosedRange<UInt8> {
      for second in 0x80...0xE9 as ClosedRange<UInt8> {
        let isUTF8 = continues(second) && (leads(first) || continues(first)) || leads(second) && continues(first)
        let isCommon = (0xB0...0xD7).contains(first) && second >= 0xA1
        if isUTF8, !isCommon { pairs += [first, second] }
      }
    }
    let text = TextDecoding.decode(Bytes(pairs), as: .gb18030)
    var words = [UInt64](repeating: 0, count: CharacterSets.wordsOfReadAsGBK.count)
    for scalar in String(decoding: text.bytes.buffer, as: UTF8.self).unicodeScalars
    where (0x4E00..<0xA000).contains(scalar.value) {
      words[Int(scalar.value - 0x4E00) >> 6] |= 1 << UInt64(scalar.value & 63)
    }
    #expect(words == CharacterSets.wordsOfReadAsGBK)
    #expect(words.reduce(0) { $0 + $1.nonzeroBitCount } > 1000)
  }
}
