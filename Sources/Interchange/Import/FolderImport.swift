import AtomicFiles
import Catalog
import Localization
import Platform

/// The plan of an import has obstacles, so nothing was written.
package struct ImportRefused: LocalizedFailure, Hashable {
  package var obstacles: [ImportPlan.Obstacle]

  package init(obstacles: [ImportPlan.Obstacle]) { self.obstacles = obstacles }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: obstacles.map(\.explanation.zh).joined(separator: "\n"),
      en: obstacles.map(\.explanation.en).joined(separator: "\n"))
  }
}

/// An import into a catalog folder: locks and reads the folder, makes a plan for a file, and writes the plan as a whole or
/// not at all.
///
/// ```swift
/// let folderImport = try FolderImport(into: "catalog")
/// let file = CSVListReader.read("清单.csv", base: folderImport.folder, options: CSVListOptions(isImport: true))
/// let plan = folderImport.plan(file)
/// let validation = Validation(plan.result, options: ValidationOptions(day: day))
/// if plan.isPossible { try folderImport.write(plan) }
/// ```
package final class FolderImport {
  package let path: String
  /// The folder does not exist or is empty.
  package let isNew: Bool
  /// The catalog in the folder; for a new one, the built-in registers without matters.
  package let folder: Catalog

  private let replacement: FolderReplacement?

  /// Locks and reads the folder.
  /// - Parameter isDry: nothing will be written, so that no lock is taken and read access is sufficient.
  /// - Throws: `FileFailure`, or `FolderBusy` if another program is writing the folder.
  package init(into path: String, isDry: Bool = false) throws {
    self.path = path
    replacement = isDry ? nil : try FolderReplacement(at: path)
    isNew = try FolderImport.isMissingOrEmpty(path)
    folder = isNew ? FolderImport.registers(for: path) : FolderReader.read(path)
  }

  /// The plan for importing a catalog that was read from a list in CSV or an XML document.
  package func plan(_ file: Catalog, options: ImportOptions = ImportOptions()) -> ImportPlan {
    var plan = ImportMerge(folder: folder, file: file, isNew: isNew, options: options).plan()
    plan.proposals = file.proposals
    return plan
  }

  /// Writes a plan, if it changes anything.
  /// - Throws: `ImportRefused`, `FolderChanged`, `FileFailure`, `TableNotRewritable`, `TableIsLink`; the folder is then
  ///   unchanged.
  package func write(_ plan: ImportPlan) throws {
    guard plan.isPossible else { throw ImportRefused(obstacles: plan.obstacles) }
    guard !plan.isEmpty else { return }
    let target = try replacement ?? FolderReplacement(at: path)
    try FolderWriter.write(plan, into: target)
    try target.commit()
  }

  /// The built-in catalog's registers and settings.
  private static func registers(for path: String) -> Catalog {
    let builder = CatalogBuilder()
    let builtIn = FolderReader.builtIn()
    builder.addRegisters(of: builtIn)
    builder.settings = builtIn.settings
    return builder.finish(origin: .folder(path))
  }

  /// Whether there is no folder at the path, or an empty one.
  /// - Throws: `FileFailure` if the folder cannot be listed.
  package static func isMissingOrEmpty(_ path: String) throws(FileFailure) -> Bool {
    guard let folder = FilePath(text: path).withPlatformString(opendir) else {
      let code = Errno.last
      if code == .noSuchFileOrDirectory { return true }
      throw FileFailure(code == .notDirectory && FilePath(text: path).exists ? .useFolder : .read, path, code: code)
    }
    defer { closedir(folder) }
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw FileFailure(.read, path) }
        return true
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { return false }
    }
  }
}
