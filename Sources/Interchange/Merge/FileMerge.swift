import AtomicFiles
import Catalog
import Localization
import Platform

/// Merges three files as a merge driver of git does: the result replaces our side's file, as a whole or not at all. Tables
/// of a catalog are merged by row and field (`TableMerge`), anything else line by line, as `git merge-file` does.
package struct FileMerge {
  package enum Way: Sendable, Hashable {
    /// With the rows that both sides have changed.
    case table(TableKind, [TableMerge.Conflict])
    /// Why it was not merged as a table, and how many conflicts are left.
    case text(LocalizedText, conflicts: Int)
    /// Git cannot merge it at all; our side's file is as it was.
    case refused(LocalizedText)
  }

  package let way: Way

  /// What is wrong with the inputs.
  package struct Failure: LocalizedFailure {
    package let explanation: LocalizedText
  }

  /// - Parameters:
  ///   - base: the path of the common edition; `ours`, which gets the result, and `theirs` those of the two sides.
  ///   - path: where the file is in the repository.
  /// - Throws: `FileFailure`, `Failure`: our side's file is then as it was.
  package init(base: String, ours: String, theirs: String, path: String? = nil) throws {
    let files = (base: try Bytes.read(base), ours: try Bytes.read(ours), theirs: try Bytes.read(theirs))
    let name = path.flatMap { $0.split(separator: "/").last.map(String.init) }
    let merge: TableMerge
    do throws(TableMerge.Declined) {
      merge = try TableMerge(base: files.base, ours: files.ours, theirs: files.theirs, name: name)
    } catch {
      way = try FileMerge.text(base, ours, theirs, error.reason)
      return
    }
    if files.ours.array != merge.bytes { try FileMerge.write(merge.bytes, to: ours) }
    way = .table(merge.kind, merge.conflicts)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    try FileReplacement.write(to: path) { try $0.append(bytes) }
  }

  /// `git merge-file`: it ends with the number of conflicts, or with 255 if it cannot merge.
  private static func text(_ base: String, _ ours: String, _ theirs: String, _ reason: LocalizedText) throws -> Way {
    // A path that begins with a hyphen would be an option.
    let paths = [ours, base, theirs].map { $0.hasPrefix("-") ? "./" + $0 : $0 }
    let child: ChildProcess
    do throws(Errno) {
      child = try ChildProcess("git", ["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs"] + paths)
    } catch {
      throw Failure(
        explanation: LocalizedText(
          zh: "无法运行 git（\(error)）。逐行合并需要安装 git。", en: "git cannot be run (\(error)). Install git to merge line by line."
        ))
    }
    let bytes = try Bytes.read(descriptor: child.output.number, path: "git")
    let status = child.wait()
    guard status < 128 else { return .refused(reason) }
    try write(bytes.array, to: ours)
    return .text(reason, conflicts: Int(status))
  }
}
