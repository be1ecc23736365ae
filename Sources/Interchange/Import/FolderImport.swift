import AtomicFiles
import Catalog
import Localization
import Platform

/// A plan that may not be carried out: nothing was written.
package struct ImportRefused: LocalizedFailure, Hashable {
  package var obstacles: [ImportPlan.Obstacle]

  package init(obstacles: [ImportPlan.Obstacle]) { self.obstacles = obstacles }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: obstacles.map(\.explanation.zh).joined(separator: "\n"),
      en: obstacles.map(\.explanation.en).joined(separator: "\n"))
  }
}

/// An import into a catalog folder, step by step: the folder is locked and read, the file is read against it, the plan
/// is made and shown, and written as a whole or not at all.
///
/// ```swift
/// let work = try FolderImport(into: "catalog")
/// let file = CSVListReader.read("清单.csv", base: work.folder, options: CSVListOptions(isImport: true))
/// let plan = work.plan(file)
/// let validation = Validation(plan.result, options: ValidationOptions(day: day))
/// if plan.isPossible { try work.write(plan) }
/// ```
package final class FolderImport {
  package let path: String
  /// The folder is not there yet, or is empty.
  package let isNew: Bool
  /// What the folder holds; for a new one the registers that are built in and no matter.
  package let folder: Catalog

  private let replacement: FolderReplacement?

  /// Locks and reads the folder.
  /// - Parameter isDry: nothing will be written: no lock is taken, and a folder that may only be read will do.
  /// - Throws: `FileFailure`, or `FolderBusy` if another program writes the folder.
  package init(into path: String, isDry: Bool = false) throws {
    self.path = path
    replacement = isDry ? nil : try FolderReplacement(at: path)
    isNew = try FolderImport.isMissingOrEmpty(path)
    folder = isNew ? FolderImport.registers(for: path) : FolderReader.read(path)
  }

  /// What the import of a catalog (a list in CSV, an XML document) would do.
  package func plan(_ file: Catalog, options: ImportOptions = ImportOptions()) -> ImportPlan {
    ImportMerge(folder: folder, file: file, isNew: isNew, options: options).plan()
  }

  /// Carries a plan out. A plan that changes nothing writes nothing.
  /// - Throws: `ImportRefused`, `FolderChanged`, `FileFailure`, `TableNotRewritable`; the folder is then as it was.
  package func write(_ plan: ImportPlan) throws {
    guard plan.isPossible else { throw ImportRefused(obstacles: plan.obstacles) }
    guard !plan.isEmpty else { return }
    let target = try replacement ?? FolderReplacement(at: path)
    try FolderWriter.write(plan, into: target)
    try target.commit()
  }

  /// The catalog that is built in, without its matters and what is recorded of them.
  private static func registers(for path: String) -> Catalog {
    let builder = CatalogBuilder()
    let builtIn = FolderReader.builtIn()
    builder.addRegisters(of: builtIn)
    builder.settings = builtIn.settings
    return builder.finish(origin: .folder(path))
  }

  /// Whether nothing is there yet that a new folder would replace.
  /// - Throws: `FileFailure` if it cannot be told: a folder that cannot be listed is not taken for an empty one.
  package static func isMissingOrEmpty(_ path: String) throws(FileFailure) -> Bool {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return true }
      throw FileFailure(.read, path)
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
