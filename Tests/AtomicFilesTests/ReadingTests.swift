import Platform
import Testing

@testable import AtomicFiles

/// Large files are read in two halves at once.
@Suite struct ReadingTests {
  @Test(arguments: [(16 << 20) - 1, 16 << 20, (16 << 20) + 1, 20_000_003])
  func largeFilesComeWhole(_ size: Int) throws {
    let temporary = try TemporaryFolder()
    var content = [UInt8](repeating: 0, count: size)
    for place in stride(from: 0, to: size, by: 4093) { content[place] = UInt8(truncatingIfNeeded: place / 4093) | 1 }
    content[size - 1] = 0xAB
    let file = try OpenFile.open(in: nil, FilePath(temporary("large")), O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    let writer = ByteWriter(descriptor: file.number, path: "large")
    try writer.append(content)
    try writer.flush()
    let bytes = try Bytes.read(temporary("large"))
    #expect(bytes.array == content)
    #expect((0..<Bytes.padding).allSatisfy { bytes.base[bytes.count + $0] == 0 })
  }
}
