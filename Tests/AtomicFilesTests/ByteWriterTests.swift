import Platform
import Testing

@testable import AtomicFiles

struct ByteWriterTests {
  @Test func takesEveryKind() throws {
    let writer = ByteWriter.memory(capacity: 1)
    try writer.append(byte: 65)
    try writer.append("一件事")
    try writer.append("一件事一次办".prefix(2))
    try writer.append(literal: "·x")
    try writer.append([10, 13] as [UInt8])
    try writer.append("abc".utf8.reversed())
    try writer.append(2..<5, of: Bytes("0123456789".utf8))
    for number in [0, 7, 10, -1, 99, 100, Int.min, Int.max] {
      try writer.append(number: number)
      try writer.append(byte: 32)
    }
    try writer.append(number: UInt64.max)
    try writer.append(number: Int8.min)
    let expected = "A一件事一件·x\n\rcba234" + "0 7 10 -1 99 100 \(Int.min) \(Int.max) \(UInt64.max)-128"
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    #expect(writer.count == expected.utf8.count)
  }

  @Test(arguments: [64, 65, 1000, 256 * 1024])
  func keepsOrderWhateverTheBuffer(capacity: Int) throws {
    let temporary = try TemporaryFolder()
    let memory = ByteWriter.memory()
    let file = try OpenFile.open(in: nil, FilePath(temporary("f")), O_WRONLY | O_CREAT, mode: 0o644)
    let writer = ByteWriter(descriptor: file.number, path: "f", capacity: capacity)
    for turn in 0..<3000 {
      for each in [writer, memory] {
        try each.append(number: turn)
        try each.append(String(repeating: "字", count: turn % 97))
        if turn % 500 == 0 { try each.append([UInt8](repeating: 1, count: 5000)) }
      }
    }
    try writer.flush()
    #expect(writer.count == memory.count)
    let bytes = try Bytes.read(temporary("f"))
    #expect(withExtendedLifetime(bytes) { Array(bytes.buffer) } == memory.bytes)
  }

  @Test func fullDiskIsAFailureThatStays() throws {
    let file = try OpenFile.open(in: nil, "/dev/full", O_WRONLY)
    let writer = ByteWriter(descriptor: file.number, path: "/dev/full")
    try writer.append("x")
    for _ in 0..<2 {
      #expect(throws: FileFailure(.write, "/dev/full", code: .noSpace)) { try writer.flush() }
    }
  }

  @Test func closedPipeIsItsOwnError() throws {
    ByteWriter.ignoreSIGPIPE()
    var pipe = try Pipe() as Pipe?
    let write = try #require(pipe?.write)
    pipe = nil
    let writer = ByteWriter(descriptor: write.number, path: "pipe")
    // Other tests start programs; for a moment such a program may hold the other end too.
    #expect(throws: ClosedPipe.self) {
      for _ in 0..<1_000_000 { try writer.append("0123456789") }
    }
    #expect(throws: ClosedPipe.self) { try writer.flush() }
  }

  /// A pipe that was made non-blocking by another program, and a slow reader.
  @Test func waitsWhereAWriteWouldBlock() throws {
    let temporary = try TemporaryFolder()
    let pipe = try Pipe()
    _ = fcntl(pipe.write.number, F_SETFL, O_NONBLOCK)
    let reader = try #require(
      Child("/bin/sh", ["-c", "sleep 0.2; exec head -c 3000005 > " + temporary("f")], input: pipe.read.number))
    let writer = ByteWriter(descriptor: pipe.write.number, path: "pipe")
    try writer.append([UInt8](repeating: 7, count: 3_000_000))
    try writer.append([UInt8](repeating: 7, count: 5))
    try writer.flush()
    #expect(reader.wait() == 0)
    let bytes = try Bytes.read(temporary("f"))
    #expect(withExtendedLifetime(bytes) { bytes.buffer.allSatisfy { $0 == 7 } })
    #expect(try temporary.status("f")?.st_size == 3_000_005)
  }
}
