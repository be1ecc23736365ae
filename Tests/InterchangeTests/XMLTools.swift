import AtomicFiles
import Platform
import Testing

/// Third-party tools that validate documents.
enum Tool: String, CaseIterable, Sendable {
  case xmllint
  case xmlschema = "xmlschema-validate"
  case xerces = "SAX2Count"

  /// The path of the tool: in the project's environment, or in PATH.
  var path: String? {
    let folders =
      ["\(XMLCase.root)/.tools/venv/bin"]
      + (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(rawValue)" }.first { access($0, X_OK) == 0 }
  }

  /// With `ONEVISIT_REQUIRE_TOOLS=1` a missing tool fails the test; otherwise the test is skipped.
  static var areRequired: Bool { getenv("ONEVISIT_REQUIRE_TOOLS").map { String(cString: $0) } == "1" }

  var isExpected: Bool { path != nil || Tool.areRequired }

  private static let schema = "\(XMLCase.root)/schemas/service-catalog.xsd"

  /// The tool's error message for a document; nil if the document is valid.
  func problem(_ document: [UInt8]) throws -> String? {
    let path = try #require(path, "\(rawValue) is not installed: `make tools`")
    var document = document
    if self == .xerces {
      // Xerces finds the schema only if the document names it.
      let start = Array("<serviceCatalog ".utf8)
      let position = try #require(document.firstRange(of: start))
      let hint =
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        + "xsi:schemaLocation=\"urn:onevisit:service-catalog:1 \(Tool.schema)\" "
      document.insert(contentsOf: hint.utf8, at: position.upperBound)
    }
    return try XMLCase.withFile(document) { file in
      let arguments =
        switch self {
        case .xmllint: ["--noout", "--nonet", "--schema", Tool.schema, file]
        case .xmlschema: ["--schema", Tool.schema, file]
        // The options `-n` and `-s` would disable namespaces and schemas.
        case .xerces: ["-v=always", "-f", file]
        }
      let (status, output) = try Tool.run(path, arguments)
      let isRight =
        switch self {
        case .xmllint, .xmlschema: status == 0
        // Whether the exit status reports an error depends on the version.
        case .xerces: status == 0 && output.contains(" elems") && !output.contains("rror")
        }
      return isRight ? nil : "\(status): \(output.prefix(2000))"
    }
  }

  /// Runs a program and waits for it.
  static func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    try XMLCase.withFile([]) { log in
      let output = open(log, O_WRONLY | O_TRUNC | O_CLOEXEC)
      defer { close(output) }
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, output, 2)
      var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
      defer { for word in words { free(word) } }
      var child: pid_t = 0
      let failure = posix_spawn(&child, path, &actions, nil, &words, cs_environment())
      try #require(failure == 0, "\(path) cannot be started: \(failure)")
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      let bytes = try Bytes.read(log)
      return (status & 0x7F == 0 ? status >> 8 & 0xFF : -1, bytes.text(0..<bytes.count))
    }
  }
}
