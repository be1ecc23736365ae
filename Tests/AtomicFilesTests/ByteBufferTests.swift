import AtomicFiles
import Testing

@Suite struct ByteBufferTests {
  @Test func growsAndKeepsWhatItHolds() {
    let buffer = ByteBuffer(capacity: 1)
    var expected: [UInt8] = []
    for number in 0..<2000 {
      buffer.append(byte: UInt8(number & 0xFF))
      buffer.append("<a>")
      buffer.append("部门\(number)" as String)
      expected += [UInt8(number & 0xFF)] + Array("<a>部门\(number)".utf8)
    }
    #expect(buffer.array == expected)
    #expect(buffer.count == expected.count)
    #expect(Array(buffer.slice(1..<4)) == Array("<a>".utf8))
    buffer.removeLast(expected.count - 4)
    #expect(buffer.array == [0] + Array("<a>".utf8))
    buffer.removeLast(10)
    #expect(buffer.isEmpty)
  }

  @Test func aTextLongerThanItsMemory() {
    let buffer = ByteBuffer(capacity: 64)
    let long = [UInt8](repeating: 7, count: 100_000)
    buffer.append(long)
    buffer.append(Array("x".utf8)[...])
    buffer.append(long.lazy.map { $0 + 1 })
    #expect(buffer.array == long + Array("x".utf8) + [UInt8](repeating: 8, count: 100_000))
    buffer.clear()
    buffer.append([UInt8]())
    #expect(buffer.text == "")
  }

  @Test(
    arguments: [
      0, 1, 9, 10, 99, 100, 12345, -1, -10, -12345, Int64.max, Int64.min, 1_000_000_000_000_000_000,
    ] as [Int64])
  func numbers(_ number: Int64) {
    let buffer = ByteBuffer()
    buffer.append(number: number)
    #expect(buffer.text == "\(number)")
  }

  @Test func widestNumbers() {
    let buffer = ByteBuffer()
    buffer.append(number: UInt64.max)
    buffer.append(byte: 0x20)
    buffer.append(number: Int8.min)
    #expect(buffer.text == "18446744073709551615 -128")
  }

  @Test func trimsASCIIBlanksAlone() {
    func trimmed(_ text: String) -> String {
      let bytes = Array(text.utf8)
      return bytes.withUnsafeBufferPointer { String(decoding: $0.trimmed, as: UTF8.self) }
    }
    #expect(trimmed(" \t\r\n12 3\n ") == "12 3")
    #expect(trimmed("\u{1}x\u{B}") == "\u{1}x\u{B}")
    #expect(trimmed("\u{3000}中 ") == "\u{3000}中")
    #expect(trimmed(" \n") == "")
    #expect(trimmed("") == "")
  }
}
