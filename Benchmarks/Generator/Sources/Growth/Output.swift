#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

public struct GrowthError: Error, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

/// A file that is written front to back; `-` is standard output.
final class Output {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private(set) var count = 0

  init(_ path: String) throws {
    self.path = path
    descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor < 0 { throw GrowthError("\(path): \(String(cString: strerror(errno)))") }
    buffer.reserveCapacity(1 << 20)
  }

  func close() throws {
    try flush()
    if descriptor > 2 { _ = closeDescriptor(descriptor) }
  }

  @inline(__always)
  func append(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

  @inline(__always)
  func append(_ byte: UInt8) { buffer.append(byte) }

  func append(_ text: StaticString) {
    buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func append(text: String) { buffer.append(contentsOf: text.utf8) }

  func append(number: Int) {
    if number >= 10 { append(number: number / 10) }
    buffer.append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }

  /// Writes the buffered output; to be called between rows.
  func flushIfFull() throws {
    if buffer.count > 1 << 19 { try flush() }
  }

  private func flush() throws {
    var done = 0
    try buffer.withUnsafeBytes { bytes in
      while done < bytes.count {
        let written = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if written < 0 {
          if errno == EINTR { continue }
          throw GrowthError("\(path): \(String(cString: strerror(errno)))")
        }
        done += written
      }
    }
    count += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// A cell of CSV (RFC 4180): quoted where it must be.
  func append(cell: [UInt8]) {
    for byte in cell where byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D {
      append(0x22)
      for byte in cell {
        if byte == 0x22 { append(0x22) }
        append(byte)
      }
      append(0x22)
      return
    }
    append(cell)
  }

  /// Text of XML.
  func append(escaped text: [UInt8]) {
    for byte in text where byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 {
      for byte in text {
        switch byte {
        case 0x26: append("&amp;")
        case 0x3C: append("&lt;")
        case 0x3E: append("&gt;")
        case 0x22: append("&quot;")
        default: append(byte)
        }
      }
      return
    }
    append(text)
  }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// The whole of a file.
func contents(of path: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { throw GrowthError("\(path): \(String(cString: strerror(errno)))") }
  defer { close(descriptor) }
  var out: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let got = read(descriptor, &chunk, chunk.count)
    if got < 0 { throw GrowthError("\(path): \(String(cString: strerror(errno)))") }
    if got == 0 { return out }
    out.append(contentsOf: chunk[0..<got])
  }
}

func makeFolder(_ path: String) throws {
  if mkdir(path, 0o755) != 0, errno != EEXIST { throw GrowthError("\(path): \(String(cString: strerror(errno)))") }
}

extension Plan {
  /// Writes it as JSON.
  public func write(to path: String) throws {
    let output = try Output(path)
    output.append(text: json)
    try output.close()
  }
}
