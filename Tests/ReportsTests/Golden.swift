import AtomicFiles
import Foundation
import TestSupport
import Testing

/// The reports that are expected.
enum Golden {
  static let root = Program.root
  private static let files = GoldenFiles("Tests/ReportsTests/Golden")

  /// The text that a report writes.
  static func text(_ write: (ByteWriter) throws -> Void) throws -> String {
    String(decoding: try bytes(write), as: UTF8.self)
  }

  static func bytes(_ write: (ByteWriter) throws -> Void) throws -> [UInt8] {
    let writer = ByteWriter.memory()
    try write(writer)
    return writer.bytes
  }

  /// Compares a report with its golden file, and with itself written once more.
  static func check(_ name: String, _ write: (ByteWriter) throws -> Void) throws {
    let made = try bytes(write)
    #expect(try bytes(write) == made, "\(name) differs from one time to the next")
    try files.check(made, name)
  }
}

/// Programs that judge a report, out of `.tools/venv`; tests that need one that is not there are skipped.
enum Tools {
  static let python = Golden.root.appending(path: ".tools/venv/bin/python3")
  static let sarifSchema = Golden.root.appending(path: ".tools/sarif-schema-2.1.0.json")

  static func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path()) }

  /// Whether the package can be imported; where tools are required (in CI), one that cannot fails the test.
  static func hasPackage(_ name: String) -> Bool {
    ProcessInfo.processInfo.environment["ONEVISIT_REQUIRE_TOOLS"] == "1"
      || isThere(python) && (try? run(["-c", "import \(name)"]))?.status == 0
  }

  /// Runs Python; standard output and standard error come back together.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = python
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// Judges `bytes`, written to a file that is the script's first argument.
  static func judge(_ bytes: [UInt8], script: String, _ arguments: String...) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "report")
    try Data(bytes).write(to: file)
    let (status, output) = try run(["-c", script, file.path()] + arguments)
    #expect(status == 0, "\(output)")
  }

  /// Validates against a JSON Schema of whichever draft it names.
  static let schemaScript = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[2], encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    errors = list(kind(schema).iter_errors(json.load(open(sys.argv[1], encoding="utf-8"))))
    for error in errors[:5]:
        print(error.json_path, error.message[:300])
    sys.exit(1 if errors else 0)
    """
}
