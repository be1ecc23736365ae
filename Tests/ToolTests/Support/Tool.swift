import Foundation
import TestSupport
import Testing

/// A program of other people's, that judges what ours writes. `make tools` installs them all.
struct Tool: Sendable, CustomStringConvertible {
  var name: String
  /// What is called, and what stands before every argument.
  var program: String
  var arguments: [String]
  var isThere: Bool

  var description: String { name }

  static let xmllint = Tool(debian: "xmllint")
  static let xsltproc = Tool(debian: "xsltproc")
  /// Xerces-C.
  static let xerces = Tool(debian: "SAX2Count")
  /// W3C schemas are Xerces-J's work in it.
  static let jing = Tool(debian: "jing")
  static let libreOffice = Tool(debian: "soffice")
  /// Of poppler-utils.
  static let pdftoppm = Tool(debian: "pdftoppm")
  /// The system's Python with the API of LibreOffice.
  static let uno = Tool(systemPackage: "uno")
  static let git = Tool(debian: "git")
  static let frictionless = Tool(python: "frictionless")
  static let preCommit = Tool(python: "pre-commit")
  static let checkJSONSchema = Tool(python: "check-jsonschema")
  static let shellcheck = Tool(python: "shellcheck")
  static let xmlschema = Tool(package: "xmlschema")
  static let jsonschema = Tool(package: "jsonschema")
  static let junitparser = Tool(package: "junitparser")
  static let openpyxl = Tool(package: "openpyxl")
  static let icalendar = Tool(package: "icalendar")
  static let vobject = Tool(package: "vobject")
  static let pythonDocx = Tool(package: "docx")
  static let calamine = Tool(package: "python_calamine")
  static let selenium = Tool(package: "selenium")
  static let html5lib = Tool(package: "html5lib")
  static let axe = Tool(package: "axe_core_python")
  static let chromium = Tool(debian: "chromium")
  static let chromedriver = Tool(debian: "chromedriver")
  /// Python's own reader of CSV.
  static let csv = Tool(package: "csv")

  /// CI sets this: there, a tool that is missing is a failure and no reason to skip a test.
  static let areRequired = ProcessInfo.processInfo.environment["ONEVISIT_REQUIRE_TOOLS"] == "1"

  private static let environment = Program.root.appending(path: ".tools/venv")

  /// A program on the PATH.
  private init(debian name: String) {
    self.name = name
    program = "/usr/bin/env"
    arguments = [name]
    isThere = Program.isInstalled(name)
  }

  /// A program of the Python environment.
  private init(python name: String) {
    self.name = name
    program = Tool.environment.appending(path: "bin/\(name)").path()
    arguments = []
    isThere = FileManager.default.isExecutableFile(atPath: program)
  }

  /// A package of the Python environment; it is run as a script.
  private init(package name: String) {
    self.name = name
    program = Tool.environment.appending(path: "bin/python3").path()
    arguments = []
    isThere =
      FileManager.default.isExecutableFile(atPath: program)
      && (try? Program.run(program, ["-c", "import \(name)"]).status) == 0
  }

  /// A package of the system's own Python; it is run as a script.
  private init(systemPackage name: String) {
    self.name = name
    program = "/usr/bin/python3"
    arguments = []
    isThere = (try? Program.run(program, ["-c", "import \(name)"]).status) == 0
  }

  struct Missing: Error, CustomStringConvertible {
    var tool: String
    var description: String { "\(tool) is not there; make tools installs it" }
  }

  func run(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:], limit: Double = 120
  ) throws -> Outcome {
    guard isThere else { throw Missing(tool: name) }
    return try Program.run(
      program, self.arguments + arguments, in: folder, environment: ["LC_ALL": "C.UTF-8"].merging(environment) { $1 },
      limit: limit)
  }

  func run(_ arguments: String..., in folder: URL? = nil) throws -> Outcome { try run(arguments, in: folder) }

  /// Runs a Python script of `Scripts`.
  func script(_ name: String, _ arguments: String..., in folder: URL? = nil) throws -> Outcome {
    try run([Program.root.appending(path: "Tests/ToolTests/Scripts/\(name)").path()] + arguments, in: folder)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test whose tools are missing, except where they are required.
  static func needs(_ tools: Tool...) -> Self {
    let missing = tools.filter { !$0.isThere }.map(\.name).joined(separator: ", ")
    return .enabled(if: missing.isEmpty || Tool.areRequired, "\(missing): not there; make tools installs it")
  }
}

/// What the command wrote, to be judged by others.
struct Exports: Sendable {
  static let folder = FileManager.default.temporaryDirectory.appending(
    path: "onevisit-exports-\(ProcessInfo.processInfo.processIdentifier)", directoryHint: .isDirectory)

  /// Written once, gone with the process.
  static let shared = Result { try Exports() }

  /// XML, by what was asked for.
  static let xml: [(file: String, options: [String])] = [
    ("full.xml", []), ("expanded.xml", ["--expand"]), ("first.xml", ["--list", "first"]),
    ("second.xml", ["--list", "second"]), ("second-expanded.xml", ["--list", "second", "--expand"]),
    ("department.xml", ["--department", "公安部门"]),
    ("department-expanded.xml", ["--department", "market-regulation", "--expand"]),
    ("enterprise.xml", ["--audience", "enterprise"]),
    ("nothing.xml", ["--list", "first", "--audience", "enterprise"]), ("hashes.xml", ["--hashes"]),
  ]

  /// Tables in UTF-8.
  static let tables: [(file: String, options: [String])] = [
    ("flat.csv", []), ("flat-first.csv", ["--list", "first"]),
    ("official-first.csv", ["--layout", "official", "--list", "first"]),
    ("official-second.csv", ["--layout", "official", "--list", "second"]),
    ("official-department.csv", ["--layout", "official", "--list", "second", "--department", "公安部门"]),
    ("flat-bom.csv", ["--bom"]), ("official-bom.csv", ["--layout", "official", "--list", "second", "--bom"]),
  ]

  /// The same as some of those, in GB18030.
  static let gb18030: [(file: String, counterpart: String, options: [String])] = [
    ("flat-gb.csv", "flat.csv", ["--encoding", "gb18030"]),
    (
      "official-gb.csv", "official-second.csv",
      ["--layout", "official", "--list", "second", "--encoding", "gb18030"]
    ),
  ]

  static let json: [(file: String, options: [String])] = [
    ("full.json", []), ("first.json", ["--list", "first"]), ("department.json", ["--department", "公安部门"]),
    ("nothing.json", ["--list", "first", "--audience", "enterprise"]), ("hashes.json", ["--hashes"]),
  ]

  private init() throws {
    try? FileManager.default.removeItem(at: Exports.folder)
    try FileManager.default.createDirectory(at: Exports.folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Exports.folder) }
    for (file, options) in Exports.xml { try write("xml", options, file) }
    for (file, options) in Exports.tables { try write("csv", options, file) }
    for (file, _, options) in Exports.gb18030 { try write("csv", options, file) }
    for (file, options) in Exports.json { try write("json", options, file) }
  }

  private func write(_ format: String, _ options: [String], _ file: String) throws {
    let outcome = try Program.run(Program.onevisit, ["export", format] + options + ["-o", file], in: Exports.folder)
    try #require(outcome.status == 0, "export \(format) \(options): \(outcome.errors)")
  }

  func path(_ file: String) -> String { Exports.folder.appending(path: file).path() }

  func paths(_ files: [String]) -> [String] { files.map(path) }

  func text(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: Exports.folder.appending(path: file)), as: UTF8.self)
  }
}
