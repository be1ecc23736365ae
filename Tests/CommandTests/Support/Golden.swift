import Foundation
import Testing

/// What the command should print, kept in `Golden/`; `UPDATE_GOLDEN=1` writes it anew.
enum Golden {
  static let folder = Program.root.appending(path: "Tests/CommandTests/Golden")

  static func check(_ made: [UInt8], _ name: String, at location: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(made).write(to: file)
      return
    }
    let wanted = [UInt8](try Data(contentsOf: file))
    guard made != wanted else { return }
    let new = String(decoding: made, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let old = String(decoding: wanted, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(new.count, old.count)
    Issue.record(
      """
      \(name) differs from line \(line + 1) (UPDATE_GOLDEN=1 swift test rewrites it)
      golden: \(old.indices.contains(line) ? old[line] : "(end)")
      now:    \(new.indices.contains(line) ? new[line] : "(end)")
      """, sourceLocation: location)
  }
}
