import Foundation
import Testing

/// The exit status and the output of a program.
package struct Outcome: Sendable {
  /// Its exit status, or 1000 and the signal that ended it.
  package var status: Int
  package var bytes: [UInt8]
  package var errors: String

  package var output: String { String(decoding: bytes, as: UTF8.self) }
  package var lines: [Substring] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast(output.hasSuffix("\n") ? 1 : 0)
  }
  package var errorLines: [Substring] { errors.split(separator: "\n") }

  package func json() throws -> JSON { try JSON(output) }
}

package struct TimedOut: Error, CustomStringConvertible {
  package var command: String
  package var seconds: Double
  package var description: String { "not finished after \(seconds) s: \(command)" }
}

/// Runs the built command, and other programs, as processes.
package enum Program {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The built command, which is beside the bundle of tests.
  package static let onevisit: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    for path in [own] + CommandLine.arguments {
      guard let end = path.lastIndex(of: "/") else { continue }
      let beside = String(path[...end] + "onevisit")
      if FileManager.default.isExecutableFile(atPath: beside) { return URL(filePath: beside).path() }
    }
    return root.appending(path: ".build/debug/onevisit").path()
  }()

  /// An environment without anything that a message could depend on.
  package static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    "HOME": FileManager.default.temporaryDirectory.path(), "LC_ALL": "C", "TZ": "UTC",
  ]

  /// Runs any program to its end.
  /// - Parameters:
  ///   - folder: where it runs; an empty folder of its own if left out.
  ///   - environment: what is set beside `Program.environment`; an empty text removes a variable.
  ///   - limit: seconds after which it is killed.
  package static func run(
    _ program: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    input: String? = nil, limit: Double = 60
  ) throws -> Outcome {
    let temporary = try TemporaryFolder()
    let manager = FileManager.default
    let output = temporary.url.appending(path: "output")
    let errors = temporary.url.appending(path: "errors")
    for file in [output, errors] { try Data().write(to: file) }
    let here = temporary.url.appending(path: "here")
    try manager.createDirectory(at: here, withIntermediateDirectories: false)

    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? here
    process.environment = Program.environment.merging(environment) { $1 }.filter { !$0.value.isEmpty }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    if let input {
      let file = temporary.url.appending(path: "input")
      try Data(input.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + limit) == .timedOut {
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
      throw TimedOut(command: ([program] + arguments).joined(separator: " "), seconds: limit)
    }
    let code = Int(process.terminationStatus)
    return Outcome(
      status: process.terminationReason == .exit ? code : 1000 + code, bytes: [UInt8](try Data(contentsOf: output)),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Runs a line of shell; `$onevisit` is the command.
  package static func shell(
    _ script: String, in folder: URL? = nil, environment: [String: String] = [:], limit: Double = 60
  ) throws -> Outcome {
    try run(
      "/bin/sh", ["-c", script], in: folder, environment: environment.merging(["onevisit": onevisit]) { $1 },
      limit: limit)
  }

  package static func isInstalled(_ name: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/" + name)
    }
  }
}

/// Runs the command.
@discardableResult
package func onevisit(
  _ arguments: String..., in folder: URL? = nil, environment: [String: String] = [:], input: String? = nil,
  limit: Double = 60
) throws -> Outcome {
  try Program.run(Program.onevisit, arguments, in: folder, environment: environment, input: input, limit: limit)
}

/// A folder for one test, removed with this value.
package final class TemporaryFolder {
  package let url: URL

  package init(named name: String = "onevisit-command-\(UUID().uuidString)") throws {
    url = FileManager.default.temporaryDirectory.appending(path: name, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
