import AtomicFiles
import Catalog
import Localization
import Platform

/// Sets a repository up so that git merges and shows the tables of a catalog with this program: a line in `.gitattributes`,
/// which is committed, and the drivers in the configuration of this clone. What stands there stays; a second run changes
/// nothing.
package struct GitSetup {
  /// What is done, or has been found done.
  package enum Step: Sendable, Hashable {
    /// A line at the end of the `.gitattributes` at the top of the repository.
    case attributes(line: String)
    /// An attribute that something else sets, which stays.
    case foreignAttribute(name: String, value: String)
    /// A value of the configuration, and the one that it replaces.
    case configuration(key: String, value: String, old: String?)
  }

  /// What is wrong with the folder.
  package struct Failure: LocalizedFailure {
    package let explanation: LocalizedText

    package init(explanation: LocalizedText) { self.explanation = explanation }
  }

  /// The name of the drivers, and of their attribute.
  package static let driver = "onevisit"
  /// What there is to do, in order; empty if all is done.
  package private(set) var steps: [Step] = []
  private let folder: String
  private let top: String

  /// Finds out what there is to do; changes nothing.
  ///
  /// - Parameters:
  ///   - folder: the catalog folder.
  ///   - program: how a shell calls this program.
  ///   - isProgram: whether a shell calls this program by another word as well, which then stays in the configuration.
  /// - Throws: `Failure` if the folder is not in the work tree of a repository, or git cannot be run.
  package init(folder: String, program: String, isProgram: (String) -> Bool = { _ in false }) throws {
    self.folder = folder
    guard let top = try GitSetup.text(folder, ["rev-parse", "--show-toplevel"]),
      let prefix = try GitSetup.text(folder, ["rev-parse", "--show-prefix"]), !top.isEmpty
    else {
      throw Failure(
        explanation: LocalizedText(
          zh: "\(folder) 不在 git 仓库中。请先在目录所在的文件夹运行 git init。",
          en: "\(folder) is not in a git repository. Run `git init` in the folder above it first."))
    }
    self.top = top
    try findAttributes(prefix)
    try findConfiguration(program, isProgram)
  }

  private mutating func findAttributes(_ prefix: String) throws {
    var missing: [String] = []
    var foreign: [Step] = []
    for name in ["diff", "merge"] {
      let output = try GitSetup.output(folder, ["check-attr", "-z", name, "--", TableKind.matters.fileName])
      let value = output.split(separator: 0).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
      if value == "unspecified" {
        missing.append("\(name)=\(GitSetup.driver)")
      } else if value != GitSetup.driver {
        foreign.append(.foreignAttribute(name: name, value: value))
      }
    }
    if !missing.isEmpty {
      let line = ([GitSetup.pattern(prefix)] + missing).joined(separator: " ")
      steps.append(.attributes(line: line))
    }
    steps += foreign
  }

  /// The tables of a folder as a pattern of `.gitattributes`.
  private static func pattern(_ prefix: String) -> String {
    var pattern = "/"
    for character in prefix.unicodeScalars {
      if "*?[\\".unicodeScalars.contains(character) { pattern += "\\" }
      pattern.unicodeScalars.append(character)
    }
    pattern += "*.csv"
    guard pattern.contains(where: { $0 == " " || $0 == "\"" || $0 == "\t" }) else { return pattern }
    return "\"" + pattern.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private mutating func findConfiguration(_ program: String, _ isProgram: (String) -> Bool) throws {
    let merge = " merge %O %A %B %P"
    let driver = "merge.\(GitSetup.driver).driver"
    let textconv = "diff.\(GitSetup.driver).textconv"
    let values = [
      ("merge.\(GitSetup.driver).name", "OneVisit tables, by matter, item and field"),
      (driver, program.replacing("%", with: "%%") + merge), (textconv, program + " textconv"),
      // Headings stand at the start of a line.
      ("diff.\(GitSetup.driver).xfuncname", "^[^ ].*"),
    ]
    for (key, value) in values {
      let old = try GitSetup.text(folder, ["config", "--local", "--get", key])
      // The same program by another word.
      if let old, key == driver, old.hasSuffix(merge),
        isProgram(String(old.dropLast(merge.count)).replacing("%%", with: "%"))
      {
        continue
      }
      if let old, key == textconv, old.hasSuffix(" textconv"), isProgram(String(old.dropLast(9))) { continue }
      if old != value { steps.append(.configuration(key: key, value: value, old: old)) }
    }
  }

  // MARK: Applying

  /// Whether there is anything to change.
  package var isDone: Bool {
    steps.allSatisfy { if case .foreignAttribute = $0 { true } else { false } }
  }

  /// - Throws: `FileFailure`, `Failure`.
  package func apply() throws {
    for step in steps {
      switch step {
      case .attributes(let line): try GitSetup.append(line, to: top + "/.gitattributes")
      case .foreignAttribute: break
      case .configuration(let key, let value, _):
        guard try GitSetup.text(folder, ["config", "--local", key, value]) != nil else {
          throw Failure(
            explanation: LocalizedText(
              zh: "git 没有写入 \(key)。请检查 .git/config 能否写入。",
              en: "git did not set \(key). Check that .git/config can be written."))
        }
      }
    }
  }

  private static func append(_ line: String, to file: String) throws {
    var bytes: [UInt8] = []
    do throws(FileFailure) {
      bytes = try Bytes.read(file).array
    } catch {
      guard error.isMissing else { throw error }
    }
    let end: [UInt8] = bytes.contains(0x0D) ? [0x0D, 0x0A] : [0x0A]
    if let last = bytes.last, last != 0x0A { bytes += end }
    bytes += Array(line.utf8) + end
    try FileReplacement.write(to: file) { try $0.append(bytes) }
  }

  // MARK: Git

  /// What git writes, without the line end; nil if it ends with an error.
  private static func text(_ folder: String, _ arguments: [String]) throws -> String? {
    let child = try start(folder, arguments)
    let bytes = try Bytes.read(descriptor: child.output.number, path: "git")
    guard child.wait() == 0 else { return nil }
    let text = PathText.text(UnsafeRawBufferPointer(bytes.buffer))
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private static func output(_ folder: String, _ arguments: [String]) throws -> [UInt8] {
    let child = try start(folder, arguments)
    let bytes = try Bytes.read(descriptor: child.output.number, path: "git")
    _ = child.wait()
    return bytes.array
  }

  private static func start(_ folder: String, _ arguments: [String]) throws -> ChildProcess {
    do throws(Errno) {
      return try ChildProcess("git", ["-C", folder] + arguments)
    } catch {
      throw Failure(
        explanation: LocalizedText(zh: "无法运行 git（\(error)）。", en: "git cannot be run (\(error))."))
    }
  }
}
