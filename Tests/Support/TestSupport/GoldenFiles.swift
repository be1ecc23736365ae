import Foundation
import Testing

/// Expected output that is kept in a folder of files; `UPDATE_GOLDEN=1` rewrites the files.
package struct GoldenFiles: Sendable {
  private let folder: URL

  package static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// - Parameter path: the folder, from the root of the repository.
  package init(_ path: String) { folder = Program.root.appending(path: path) }

  /// Compares output with the file of that name, and reports the first line that differs.
  package func check(
    _ output: [UInt8], _ name: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if GoldenFiles.isUpdating {
      // At once and only if it differs: other tests read the same folder at the same time.
      if (try? Data(contentsOf: file)) != Data(output) { try Data(output).write(to: file, options: .atomic) }
      return
    }
    let expected = [UInt8](try Data(contentsOf: file))
    guard output != expected else { return }
    let new = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let old = String(decoding: expected, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(new.count, old.count)
    Issue.record(
      """
      \(name) differs from line \(line + 1) (UPDATE_GOLDEN=1 swift test rewrites it)
      expected: \(old.indices.contains(line) ? old[line] : "(end)")
      actual:   \(new.indices.contains(line) ? new[line] : "(end)")
      """, sourceLocation: location)
  }
}
