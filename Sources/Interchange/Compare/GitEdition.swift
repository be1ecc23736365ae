import AtomicFiles
import Catalog
import Localization
import Platform

/// A catalog as a git repository holds it: `git:REV` or `git:REV:PATH`, read through the `git` command of the working
/// folder. PATH is a catalog folder or a file; left out, it is `catalog` if that holds a `datapackage.json`, else the top of
/// the repository. Nothing is checked out.
package enum GitEdition {
  package static let prefix = "git:"

  /// What is wrong with such an argument.
  package struct Failure: LocalizedFailure {
    package let explanation: LocalizedText
  }

  /// - Parameters:
  ///   - current: the path of a catalog in the working folder, which is meant where the argument names none.
  ///   - options: how a file with a list is read.
  /// - Throws: `Failure` if git, the revision or the path is not there.
  package static func read(
    _ argument: String, besides current: String? = nil, options: CSVListOptions = CSVListOptions()
  ) throws -> Catalog {
    let parts = argument.dropFirst(prefix.count).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let revision = parts.first.map(String.init) ?? ""
    // A revision that begins with a hyphen would be an option of git.
    guard !revision.isEmpty, !revision.hasPrefix("-") else {
      throw Failure(
        explanation: LocalizedText(
          zh: "“\(argument)”没有写明版本。写法：git:版本 或 git:版本:路径，如 git:HEAD~1:catalog。",
          en: "“\(argument)” names no revision. Write git:REV or git:REV:PATH, such as git:HEAD~1:catalog."))
    }
    guard try output(["rev-parse", "--verify", "--quiet", revision + "^{commit}"]) != nil else {
      throw Failure(
        explanation: LocalizedText(
          zh: "当前文件夹的 git 仓库中没有版本“\(revision)”。用 git log 查看已有的版本。",
          en: "the git repository of this folder has no revision “\(revision)”. `git log` lists the revisions."))
    }
    let path = try parts.count > 1 ? String(parts[1]) : pathBeside(current) ?? defaultPath(revision)
    let object = revision + ":" + path
    switch try kind(of: object) {
    case "tree": return try folder(object, named: argument)
    case "blob": return try file(object, named: argument, options)
    default:
      throw Failure(
        explanation: LocalizedText(
          zh: "版本“\(revision)”中没有“\(path)”。用 git ls-tree \(revision) 查看其中的文件。",
          en: "the revision “\(revision)” has no “\(path)”. `git ls-tree \(revision)` lists its files."))
    }
  }

  /// A path from the working folder as git writes it in `REV:PATH`.
  private static func pathBeside(_ folder: String?) -> String? {
    guard var folder, !folder.hasPrefix("/") else { return nil }
    while folder.hasSuffix("/") { folder.removeLast() }
    return folder == "." ? "./" : "./" + folder
  }

  private static func defaultPath(_ revision: String) throws -> String {
    try kind(of: revision + ":catalog/datapackage.json") == "blob" ? "catalog" : ""
  }

  private static func kind(of object: String) throws -> String? {
    try output(["cat-file", "-t", object]).map { String(decoding: $0.buffer, as: UTF8.self).trimmingBlanks }
  }

  /// The tables of a folder, with its description.
  private static func folder(_ object: String, named name: String) throws -> Catalog {
    guard let listing = try output(["ls-tree", "-r", "-z", "--name-only", object]) else {
      return FolderReader.read(named: name, files: [:])
    }
    var files: [String: [UInt8]] = [:]
    for entry in listing.buffer.split(separator: 0) {
      let file = String(decoding: entry, as: UTF8.self)
      guard file.hasSuffix(".csv") || file == Descriptor.fileName else { continue }
      let prefix = object.hasSuffix(":") || object.hasSuffix("/") ? object : object + "/"
      if let bytes = try output(["cat-file", "blob", prefix + file]) { files[file] = Array(bytes.buffer) }
    }
    return FolderReader.read(named: name, files: files)
  }

  private static func file(_ object: String, named name: String, _ options: CSVListOptions) throws -> Catalog {
    let child = try start(["cat-file", "blob", object])
    let catalog = CatalogReader.read("/dev/fd/\(child.output.number)", named: name, options: options)
    _ = child.wait()
    return catalog
  }

  /// What git writes; nil if it ends with an error.
  private static func output(_ arguments: [String]) throws -> Bytes? {
    let child = try start(arguments)
    let bytes = try Bytes.read(descriptor: child.output.number, path: "git")
    return child.wait() == 0 ? bytes : nil
  }

  private static func start(_ arguments: [String]) throws -> ChildProcess {
    do throws(Errno) {
      return try ChildProcess("git", arguments)
    } catch {
      throw Failure(
        explanation: LocalizedText(
          zh: "无法运行 git（\(error)）。比较 git 版本需要安装 git。",
          en: "git cannot be run (\(error)). Install git to compare revisions."))
    }
  }
}
