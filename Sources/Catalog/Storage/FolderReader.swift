import AtomicFiles
import BuiltIn
import Localization
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

  /// As `read(named:files:)`, with the large tables in pieces of `pieceSize` bytes; nil if a row is in doubt. Large files on
  /// the disk are read in this way.
  package static func readInPieces(named name: String, files: [String: [UInt8]], pieceSize: Int) -> Catalog? {
    let reading = FolderReading(
      origin: .folder(name), display: name, schema: .standard, progress: nil,
      streaming: FolderReading.Streaming(
        open: { (file) throws(FileFailure) in files[file].map { StreamedFile(memory: Bytes($0)) } },
        pieceSize: pieceSize)
    ) { (file) throws(FileFailure) in files[file].map { Bytes($0) } }
    return reading.currentCatalog()
  }

  /// Reads the folder at `path`. If it is not a catalog, the result is unreadable and its issues hold the reason.
  ///
  /// The tables are opened in one folder, so that all are of the same catalog; if another program replaces the folder
  /// while they are read, they are read again.
  ///
  /// - Parameters:
  ///   - changed: bytes to read instead of a file, by its path in messages.
  ///   - holdsTables: whether the catalog holds the text of its large tables, as it must if they are to be rewritten. Else
  ///     they are read in pieces, and once more when a position in them is asked for.
  package static func read(
    _ path: String, replacing changed: [String: [UInt8]] = [:], holdsTables: Bool = true, progress: WorkProgress? = nil
  ) -> Catalog {
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let display = folder == "." ? "" : folder
    var holdsTables = holdsTables || !changed.isEmpty
    for _ in 0..<attempts {
      let files = FolderFiles(folder, replacing: changed)
      let reading = FolderReading(
        origin: .folder(path), display: display, schema: .standard, progress: progress, isCurrent: files.isCurrent,
        streaming: holdsTables ? nil : FolderReading.Streaming(open: files.large)
      ) { (name) throws(FileFailure) in
        if !changed.isEmpty, let bytes = changed[files.shown(name, in: display)] { return Bytes(bytes) }
        return try files.read(name)
      }
      if let catalog = reading.currentCatalog() { return files.isMissing ? missingFolder(path) : catalog }
      if reading.isInDoubt { holdsTables = true }
    }
    let reading = FolderReading(origin: .folder(path), display: display, schema: .standard, progress: nil) {
      (_) throws(FileFailure) in throw FileFailure(.read, path, code: FileFailure.replaced)
    }
    return reading.catalog()
  }

  /// An unreadable catalog, for a folder that does not exist.
  private static func missingFolder(_ path: String) -> Catalog {
    let builder = CatalogBuilder()
    let source = builder.add(Source(file: path))
    let failure = FileFailure(.read, path, code: .noSuchFileOrDirectory)
    builder.issues.append(
      ReadingIssue(
        .unreadable(
          failure.problem,
          fix: LocalizedText(
            zh: "请核对路径；需要一份新目录时运行 `onevisit init 文件夹`。",
            en: "Check the path; run `onevisit init DIR` for a new catalog.")),
        at: .file(source: source, table: .notices)))
    return builder.finish(origin: .folder(path))
  }

  /// How often a folder is read that other programs keep replacing. Replacing takes longer than reading, so that the
  /// second attempt nearly always succeeds.
  private static let attempts = 100
}

/// The files of a folder that is opened once.
private struct FolderFiles {
  private let path: String
  private let folder: Result<OpenFile, Errno>
  /// Bytes to read instead of a file, by its path in messages.
  private let changed: [String: [UInt8]]

  init(_ path: String, replacing changed: [String: [UInt8]]) {
    self.path = path
    self.changed = changed
    do throws(Errno) {
      folder = .success(try OpenFile.openFolder(in: nil, FilePath(text: path)))
    } catch {
      folder = .failure(error)
    }
  }

  /// There is no such folder.
  var isMissing: Bool {
    if case .failure(.noSuchFileOrDirectory) = folder { changed.isEmpty } else { false }
  }

  /// What messages call a file.
  func shown(_ name: String, in display: String) -> String {
    display.isEmpty ? name : display == "/" ? "/" + name : display + "/" + name
  }

  /// A file's bytes by its name; nil if there is no such file.
  func read(_ name: String) throws(FileFailure) -> Bytes? {
    let shown = path == "/" ? "/" + name : path + "/" + name
    if !changed.isEmpty, let bytes = changed[path == "." ? name : shown] { return Bytes(bytes) }
    switch folder {
    case .failure(.noSuchFileOrDirectory): return nil
    case .failure(let error): throw FileFailure(.read, path, code: error)
    case .success(let folder):
      do throws(FileFailure) {
        return try Bytes.readRegular(FilePath(text: name), in: folder, shown: shown)
      } catch {
        if error.isMissing { return nil }
        throw error
      }
    }
  }

  /// A large file by its name; nil if it is small or missing.
  func large(_ name: String) throws(FileFailure) -> StreamedFile? {
    guard case .success(let folder) = folder else { return nil }
    do throws(FileFailure) {
      return try StreamedFile(
        FilePath(text: name), in: folder, shown: path == "/" ? "/" + name : path + "/" + name,
        minimum: FolderReading.Streaming.minimum)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  /// Whether the path still leads to the folder that was opened.
  func isCurrent() -> Bool {
    guard case .success(let folder) = folder else { return true }
    do throws(Errno) {
      let now = try OpenFile.openFolder(in: nil, FilePath(text: path)).status()
      return now.isSame(as: try folder.status())
    } catch {
      return false
    }
  }
}
