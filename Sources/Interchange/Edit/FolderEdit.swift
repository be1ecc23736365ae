import AtomicFiles
import Catalog
import Localization

/// An edit of a catalog folder: locks and reads the folder, finds the cells that change, and writes them as a whole or not at
/// all. Every other byte of the folder stays.
///
/// ```swift
/// let edit = try FolderEdit(in: "catalog")
/// let plan = try EditPlan(.moveItem("2-037.8", to: "2-038"), of: edit.folder)
/// try edit.write(plan)
/// ```
package final class FolderEdit {
  package let path: String
  /// The catalog in the folder; unreadable if there is none.
  package let folder: Catalog

  private let replacement: FolderReplacement?

  /// Locks and reads the folder.
  /// - Parameter isDry: nothing will be written, so that no lock is taken and read access is sufficient.
  /// - Throws: `FileFailure`, or `FolderBusy` if another program is writing the folder.
  package init(in path: String, isDry: Bool = false) throws {
    self.path = path
    let isNew = try FolderImport.isMissingOrEmpty(path)
    replacement = isDry || isNew ? nil : try FolderReplacement(at: path)
    folder = FolderReader.read(path)
  }

  /// Writes a plan.
  /// - Throws: `FolderChanged`, `FileFailure`, `TableNotRewritable`, `TableIsLink`; the folder is then unchanged.
  package func write(_ plan: EditPlan) throws {
    guard let replacement else { throw FileFailure(.write, path, code: .permissionDenied) }
    try FolderWriter.write(plan.changes, of: plan.folder, result: plan.folder, into: replacement)
    try replacement.commit()
  }
}
