import Foundation
import Testing

/// The files of this repository, for tests that compare one with another.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The Swift files under a folder, by their paths from the root, sorted.
  static func swiftFiles(under folder: String) throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
    return paths.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
  }
}

/// A folder that is removed with the value that owns it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "onevisit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path() }

  /// Copies the tables of the repository's catalog into the subfolder `catalog`.
  func copyCatalog() throws {
    let source = Repository.root.appending(path: "catalog")
    let target = url.appending(path: "catalog")
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
    for file in try FileManager.default.contentsOfDirectory(atPath: source.path()) where !file.hasSuffix(".md") {
      try FileManager.default.copyItem(at: source.appending(path: file), to: target.appending(path: file))
    }
  }
}
