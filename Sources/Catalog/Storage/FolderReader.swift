import AtomicFiles
import BuiltIn
import Platform

/// Reads a catalog folder: CSV tables and, where there is one, the `datapackage.json` that describes them. A problem makes
/// the cell concerned unknown and is listed in `Catalog.issues`.
package enum FolderReader {
  /// The built-in catalog.
  package static func builtIn() -> Catalog {
    let reading = FolderReading(origin: .builtIn, display: "built-in", schema: .standard, progress: nil) {
      (name) throws(FileFailure) in builtInFile(name).map { Bytes($0) }
    }
    return reading.catalog(described: Descriptor())
  }

  /// The bytes of a file of the built-in catalog; nil if there is no such file.
  package static func builtInFile(_ name: String) -> [UInt8]? {
    BuiltInFiles.catalog.first { $0.name == name }?.bytes
  }

  /// Reads a catalog whose files are in memory.
  package static func read(
    named name: String, files: [String: [UInt8]], schema: CatalogSchema = .standard
  ) -> Catalog {
    let reading = FolderReading(origin: .folder(name), display: name, schema: schema, progress: nil) {
      (file) throws(FileFailure) in files[file].map { Bytes($0) }
    }
    return reading.catalog()
  }

  /// Reads the folder at `path`. If it is not a catalog, the result is unreadable and its issues hold the reason.
  package static func read(_ path: String, progress: WorkProgress? = nil) -> Catalog {
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let display = folder == "." ? "" : folder
    func full(_ name: String) -> String { folder == "/" ? "/" + name : folder + "/" + name }
    let reading = FolderReading(origin: .folder(path), display: display, schema: .standard, progress: progress) {
      (name) throws(FileFailure) in
      do throws(FileFailure) {
        return try Bytes.readRegular(full(name))
      } catch {
        if error.isMissing { return nil }
        throw error
      }
    }
    return reading.catalog()
  }
}
