import Foundation
import TestSupport
import Testing

/// A repository that holds a copy of the shipped catalog, set up by `onevisit git-setup`.
final class GitRepository {
  let catalog: CatalogFolder
  var url: URL { catalog.folder }

  /// Branch `main` with one commit.
  init(setUp: Bool = true) throws {
    catalog = try CatalogFolder()
    try git("init", "--quiet")
    if setUp { try catalog.run("git-setup").expectStatus(0) }
    try commit("The catalog")
  }

  static let environment = [
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "clerk", "GIT_AUTHOR_EMAIL": "clerk@example.org",
    "GIT_COMMITTER_NAME": "clerk", "GIT_COMMITTER_EMAIL": "clerk@example.org", "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "init.defaultBranch", "GIT_CONFIG_VALUE_0": "main", "GIT_EDITOR": "true",
  ]

  @discardableResult
  func git(_ arguments: String..., status: Int = 0, at location: SourceLocation = #_sourceLocation) throws -> Outcome {
    let outcome = try Program.run(
      "/usr/bin/env", ["git"] + arguments, in: catalog.folder, environment: GitRepository.environment)
    #expect(
      outcome.status == status, "git \(arguments): \(outcome.output)\(outcome.errors)", sourceLocation: location)
    return outcome
  }

  func commit(_ message: String) throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--message", message)
  }

  /// A branch from the current commit with one commit of its own; then the old branch again.
  func branch(_ name: String, from start: String = "main", _ edit: (CatalogFolder) throws -> Void) throws {
    try git("checkout", "--quiet", "-b", name, start)
    try edit(catalog)
    try commit(name)
    try git("checkout", "--quiet", "main")
  }
}
