import AtomicFiles
import Catalog
import Interchange
import Localization
import Reports
import Validator

/// `validate --fix`, `--unsafe-fixes` and `--diff`: cells whose right text is certain, or suggested.
struct Fixing {
  let catalog: Catalog
  let options: ValidationOptions
  /// Suggestions are followed too.
  let isUnsafe: Bool

  /// What is fixed: a folder in place, a document into a new file.
  private enum Target {
    case folder(String)
    case document
  }

  /// - Throws: a usage error if the catalog is neither a folder nor a document.
  private func target(_ option: String) throws(UsageError) -> Target {
    switch catalog.origin {
    case .folder(let path): return .folder(path)
    case .xml: return .document
    default:
      throw UsageError(
        LocalizedText(
          zh: "\(option) 只能用于目录文件夹或 XML 文件；请先用 onevisit init 或 onevisit import 建立一份目录。",
          en:
            "\(option) needs a catalog folder or an XML document; create a folder with onevisit init or onevisit import."
        ),
        usageOf: CommandPath(["validate"]))
    }
  }

  /// Fixes a folder as a whole or not at all, or writes a fixed document to a new file, and reports on standard error how
  /// many cells changed.
  /// - Returns: the fixed catalog, and whether `output` holds it.
  func fix(to output: String?) throws -> (catalog: Catalog, isWritten: Bool) {
    let option = isUnsafe ? "--unsafe-fixes" : "--fix"
    switch try target(option) {
    case .folder(let path):
      // The lock comes first, so that what is read is what is replaced.
      let folder = try FolderReplacement(at: path)
      let fixes = try CatalogFixes(of: path, options: options, isUnsafe: isUnsafe)
      if !fixes.changes.isEmpty {
        try fixes.write(into: folder)
        try folder.commit()
      }
      report(fixes.changes)
      return (FolderReader.read(path), false)
    case .document:
      guard let output, output != "-" else {
        throw UsageError(
          LocalizedText(
            zh: "XML 文件改正后写入新文件，不改动原文件：请加 -o 新文件.xml。",
            en: "a fixed XML document is written to a new file, the old one stays: add -o NEW.xml."),
          usageOf: CommandPath(["validate"]))
      }
      let fixes = try DocumentFixes(of: catalog, options: options, isUnsafe: isUnsafe)
      try Console.output(to: output, mayReplaceInput: true) { try fixes.write(to: $0) }
      report(fixes.changes)
      return (CatalogReader.read(output), true)
    }
  }

  private func report(_ changes: [CatalogFixes.Change]) {
    let count = changes.count
    Console.note(
      LocalizedText(
        zh: count == 0 ? "没有可以自动改正的单元格。" : "已改正 \(count) 个单元格。",
        en: count == 0 ? "No cell can be fixed automatically." : "Fixed \(counted(count, "cell"))."))
  }

  /// What `--fix` would change, a line for each cell; writes nothing.
  func diff(to output: String?) throws {
    let changes: [CatalogFixes.Change]
    var document: String?
    switch try target("--diff") {
    case .folder(let path): changes = try CatalogFixes(of: path, options: options, isUnsafe: isUnsafe).changes
    case .document:
      changes = try DocumentFixes(of: catalog, options: options, isUnsafe: isUnsafe).changes
      document = catalog.origin.name
    }
    try Console.output(to: output) { writer in
      for change in changes {
        let position =
          document.map { "\($0) \(change.subject) \(change.column)" } ?? "\(change.file) \(change.cell)"
        let before = VisibleText.line(change.before)
        let after = VisibleText.line(change.after)
        let mark = change.isSafe ? "" : localized("（建议）", " (unsafe)")
        try writer.append(
          "\(VisibleText.line(position)): “\(before)” → “\(after)”  [\(change.rules.joined(separator: ", "))]\(mark)\n")
      }
    }
    let count = changes.count
    let option = isUnsafe ? "--unsafe-fixes" : "--fix"
    Console.note(
      LocalizedText(
        zh: "\(option) 会改正 \(count) 个单元格。", en: "\(option) would change \(counted(count, "cell"))."))
  }
}
