import Foundation
import Testing

extension Program {
  /// Runs the command with a terminal as its output, and returns what it writes there.
  package static func onTerminal(_ line: String, environment: [String: String] = [:]) throws -> String {
    var (terminal, side): (Int32, Int32) = (-1, -1)
    try #require(openpty(&terminal, &side, nil, nil, nil) == 0)
    // Processes that other tests start at the same time must not keep it open.
    for end in [terminal, side] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(terminal) }

    let process = Process()
    process.executableURL = URL(filePath: onevisit)
    process.arguments = line.split(separator: " ").map(String.init)
    process.environment = Program.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(fileDescriptor: side, closeOnDealloc: false)
    process.standardError = FileHandle(fileDescriptor: side, closeOnDealloc: false)
    try process.run()
    close(side)
    // Reading a terminal that no process has open any more fails.
    var shown: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(terminal, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      shown += piece[..<count]
    }
    process.waitUntilExit()
    return String(decoding: shown, as: UTF8.self)
  }
}
