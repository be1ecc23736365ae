import AtomicFiles
import Catalog
import Interchange
import Localization
import Reports
import Validator

/// `validate --fix` and `--diff`: the cells whose right text is certain.
enum Fixing {
  /// The folder whose tables are fixed.
  /// - Throws: a usage error if the catalog is not a folder.
  static func folder(of catalog: Catalog, option: String) throws(UsageError) -> String {
    guard case .folder(let path) = catalog.origin else {
      throw UsageError(
        LocalizedText(
          zh: "\(option) 只能用于目录文件夹；请先用 onevisit init 或 onevisit import 建立一份。",
          en: "\(option) needs a catalog folder; create one with onevisit init or onevisit import."),
        usageOf: CommandPath(["validate"]))
    }
    return path
  }

  /// Fixes a folder as a whole or not at all, and reports on standard error how many cells changed.
  static func fix(_ path: String, _ options: ValidationOptions) throws {
    // The lock comes first, so that what is read is what is replaced.
    let folder = try FolderReplacement(at: path)
    let fixes = try SafeFixes(of: path, options: options)
    if !fixes.changes.isEmpty {
      try fixes.write(into: folder)
      try folder.commit()
    }
    let count = fixes.changes.count
    Console.note(
      LocalizedText(
        zh: count == 0 ? "没有可以自动改正的单元格。" : "已改正 \(count) 个单元格。",
        en: count == 0 ? "No cell can be fixed automatically." : "Fixed \(counted(count, "cell"))."))
  }

  /// What `--fix` would change, a line for each cell; writes nothing.
  static func diff(_ path: String, _ options: ValidationOptions, to output: String?) throws {
    let changes = try SafeFixes(of: path, options: options).changes
    try Console.output(to: output) { writer in
      for change in changes {
        let before = VisibleText.line(change.before)
        let after = VisibleText.line(change.after)
        try writer.append(
          "\(VisibleText.line(change.file)) \(change.cell): “\(before)” → “\(after)”  [\(change.rules.joined(separator: ", "))]\n"
        )
      }
    }
    let count = changes.count
    Console.note(
      LocalizedText(
        zh: "--fix 会改正 \(count) 个单元格。", en: "--fix would change \(counted(count, "cell"))."))
  }
}
