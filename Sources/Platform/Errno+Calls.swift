extension Errno {
  /// The error of the call that failed last in this thread (`errno`).
  package static var last: Errno { Errno(rawValue: errno) }

  /// The result of a call that returns a negative number when it fails; repeated as long as signals interrupt it.
  @discardableResult
  package static func check(_ call: () -> Int32) throws(Errno) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let error = Errno.last
      if error != .interrupted { throw error }
    }
  }
}

extension FileDescriptor {
  /// Reads at most `buffer.count` bytes; 0 at the end.
  package func readBytes(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    do {
      return try read(into: buffer)
    } catch {
      // swift-system throws nothing else; its methods have no typed throws yet.
      throw error as? Errno ?? .ioError
    }
  }

  /// Reads at most `count` bytes to `target`; 0 at the end.
  package func readBytes(to target: UnsafeMutableRawPointer, count: Int) throws(Errno) -> Int {
    try readBytes(into: UnsafeMutableRawBufferPointer(start: target, count: count))
  }

  /// Writes at most `buffer.count` bytes.
  /// - Returns: how many.
  package func writeBytes(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Int {
    do {
      return try write(buffer)
    } catch {
      throw error as? Errno ?? .ioError
    }
  }
}
