import Foundation
import TestSupport
import Testing

/// The examples of `docs/pipelines.md`, at work.
@Suite struct PipelineTests {
  private static let examples = Program.root.appending(path: "docs/examples")

  /// A repository that holds the shipped catalog, committed.
  private struct Repository {
    let catalog: CatalogFolder
    let environment: [String: String]

    init(named name: String = "catalog") throws {
      catalog = try CatalogFolder(named: name)
      let folder = (Program.onevisit as NSString).deletingLastPathComponent
      environment = [
        "PATH": folder + ":" + (Program.environment["PATH"] ?? ""), "HOME": catalog.folder.path(),
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "clerk", "GIT_AUTHOR_EMAIL": "clerk@example.org",
        "GIT_COMMITTER_NAME": "clerk", "GIT_COMMITTER_EMAIL": "clerk@example.org", "LC_ALL": "C.UTF-8",
      ]
      try git("init", "--quiet", "--initial-branch", "main").expectStatus(0)
      try git("add", name).expectStatus(0)
      try git("commit", "--quiet", "--message", "The catalog").expectStatus(0)
    }

    @discardableResult
    func git(_ arguments: String..., without program: Bool = false) throws -> Outcome {
      try Tool.git.run(
        arguments, in: catalog.folder,
        environment: program ? environment.merging(["PATH": "/usr/bin:/bin"]) { $1 } : environment)
    }

    func commits() throws -> Int { try git("log", "--oneline").lines.count }

    func installHook() throws {
      let hook = catalog.folder.appending(path: ".git/hooks/pre-commit")
      try? FileManager.default.removeItem(at: hook)
      try FileManager.default.copyItem(at: PipelineTests.examples.appending(path: "pre-commit"), to: hook)
    }
  }

  @Test(.needs(.git)) func hookRejectsABadEditAndAcceptsAGoodOne() throws {
    let repository = try Repository()
    try repository.installHook()
    try repository.catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let bad = try repository.git("commit", "--quiet", "--all", "--message", "bad")
    #expect(bad.status == 1)
    #expect((bad.output + bad.errors).contains("duplicate-id"))
    #expect(try repository.commits() == 1)

    try repository.catalog.replace("2-041,second,42", with: "2-042,second,42", in: "matters.csv")
    try repository.catalog.replace("我要开办熟食店", with: "我要开办熟食小店", in: "matters.csv", row: "2-042")
    let good = try repository.git("commit", "--quiet", "--all", "--message", "good")
    good.expectStatus(0)
    #expect(try repository.commits() == 2)
    // Nothing is left behind, staged or not.
    #expect(try repository.git("status", "--short").output == "")
  }

  /// What is staged counts, not what lies in the folder.
  @Test(.needs(.git)) func hookChecksTheStagedFiles() throws {
    let repository = try Repository()
    try repository.installHook()
    let good = try repository.catalog.text("matters.csv")
    try repository.catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    try repository.git("add", "--all").expectStatus(0)
    try repository.catalog.write(good, to: "matters.csv")
    #expect(try repository.git("commit", "--quiet", "--message", "bad").status == 1)

    try repository.catalog.replace("我要开办熟食店", with: "我要开办熟食小店", in: "matters.csv", row: "2-042")
    try repository.git("add", "--all").expectStatus(0)
    try repository.catalog.replace("2-043", with: "2-041", in: "matters.csv", row: "2-043")
    try repository.git("commit", "--quiet", "--message", "good").expectStatus(0)
    #expect(try repository.commits() == 2)
  }

  /// Another folder, in a name with blanks; a commit that leaves the catalog alone; a first commit.
  @Test(.needs(.git)) func hookFindsItsFolder() throws {
    let repository = try Repository(named: "事项 目录")
    try repository.installHook()
    try repository.git("config", "onevisit.catalog", "事项 目录").expectStatus(0)
    try Data("x\n".utf8).write(to: repository.catalog.folder.appending(path: "notes.txt"))
    try repository.git("add", "notes.txt").expectStatus(0)
    try repository.git("commit", "--quiet", "--message", "no catalog", without: true).expectStatus(0)
    try repository.catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    #expect(try repository.git("commit", "--quiet", "--all", "--message", "bad").status == 1)
    try FileManager.default.removeItem(at: repository.catalog.folder.appending(path: ".git"))
    try repository.git("init", "--quiet", "--initial-branch", "main").expectStatus(0)
    try repository.installHook()
    try repository.git("config", "onevisit.catalog", "事项 目录").expectStatus(0)
    try repository.git("add", "--all").expectStatus(0)
    #expect(try repository.git("commit", "--quiet", "--message", "first and bad").status == 1)
  }

  @Test(.needs(.git)) func hookReportsAMissingProgram() throws {
    let repository = try Repository()
    try repository.installHook()
    try repository.catalog.replace("我要开办熟食店", with: "我要开办熟食小店", in: "matters.csv", row: "2-042")
    let outcome = try repository.git("commit", "--quiet", "--all", "--message", "unchecked", without: true)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "pre-commit: onevisit is not on the PATH\n")
  }

  /// The framework takes our definition, and the hook of it that runs the program on the PATH.
  @Test(.needs(.git, .preCommit)) func preCommitRunsTheHook() throws {
    let manifest = Program.root.appending(path: ".pre-commit-hooks.yaml")
    try Tool.preCommit.run("validate-manifest", manifest.path()).expectStatus(0)

    // A repository of the definition alone: building ours would take minutes.
    let hooks = try TemporaryFolder()
    try FileManager.default.copyItem(at: manifest, to: hooks.url.appending(path: ".pre-commit-hooks.yaml"))
    let repository = try Repository()
    for arguments in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "hooks"]] {
      try Tool.git.run(arguments, in: hooks.url, environment: repository.environment).expectStatus(0)
    }
    func attempt() throws -> Outcome {
      try Tool.preCommit.run(
        ["try-repo", hooks.url.path(), "onevisit", "--all-files", "--color", "never"], in: repository.catalog.folder,
        environment: repository.environment)
    }
    let good = try attempt()
    #expect(good.status == 0 && good.output.contains("Passed"), "\(good.output)\(good.errors)")
    try repository.catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let bad = try attempt()
    #expect(bad.status == 1 && bad.output.contains("duplicate-id"), "\(bad.output)\(bad.errors)")
  }

  @Test(.needs(.checkJSONSchema), arguments: ["catalog-check.yml", "catalog-changes.yml"])
  func workflowFitsItsSchema(_ name: String) throws {
    let outcome = try Tool.checkJSONSchema.run(
      "--builtin-schema", "vendor.github-workflows", Self.examples.appending(path: name).path())
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// The workflow's own steps that check and report, run one after the other as they stand in it.
  @Test func workflowStepsRun() throws {
    let text = try String(contentsOf: Self.examples.appending(path: "catalog-check.yml"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let commands = lines.map { $0.hasPrefix("run: ") ? String($0.dropFirst(5)) : $0 }
      .filter { $0.hasPrefix(".onevisit/bin/onevisit ") }
    #expect(commands.count == 3)
    let catalog = try CatalogFolder()
    let program = catalog.folder.appending(path: ".onevisit/bin/onevisit")
    try FileManager.default.createDirectory(
      at: program.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: program.path(), withDestinationPath: Program.onevisit)
    func run() throws -> [Outcome] {
      try commands.map { try Program.shell($0, in: catalog.folder, environment: ["CATALOG": "catalog"]) }
    }
    #expect(try run().map(\.status) == [0, 0, 0])
    try catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let outcomes = try run()
    #expect(outcomes.map(\.status) == [1, 0, 0])
    #expect(outcomes[0].output.contains("::error file=catalog/matters.csv,line="))
    for file in ["onevisit.sarif", "onevisit-junit.xml"] {
      let report = try String(contentsOf: catalog.folder.appending(path: file), encoding: .utf8)
      #expect(report.contains("duplicate-id"), "\(file)")
    }
  }

  /// The steps of the pull request's job that compare and check, as they stand in it.
  @Test(.needs(.git)) func changesOfAPullRequest() throws {
    let text = try String(contentsOf: Self.examples.appending(path: "catalog-changes.yml"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let commands = lines.map { $0.hasPrefix("run: ") ? String($0.dropFirst(5)) : $0 }
      .filter { $0.hasPrefix(".onevisit/bin/onevisit ") || $0.hasPrefix("cat ") }
    #expect(commands.count == 3)
    let repository = try Repository()
    let folder = repository.catalog.folder
    let program = folder.appending(path: ".onevisit/bin/onevisit")
    try FileManager.default.createDirectory(
      at: program.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: program.path(), withDestinationPath: Program.onevisit)
    func run() throws -> [Outcome] {
      try commands.map { command in
        try Program.shell(
          "set -e\n" + command, in: folder,
          environment: repository.environment.merging([
            "CATALOG": "catalog", "OLD": "git:HEAD", "GITHUB_STEP_SUMMARY": "summary.md",
          ]) { $1 })
      }
    }
    #expect(try run().map(\.status) == [0, 0, 0])
    try repository.catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let outcomes = try run()
    #expect(outcomes.map(\.status) == [0, 0, 1], "\(outcomes.map(\.errors))")
    #expect(outcomes[2].output.contains("::error file=catalog/matters.csv,line="))
    let summary = try String(contentsOf: folder.appending(path: "summary.md"), encoding: .utf8)
    #expect(summary.contains("No differences") && summary.contains("### Matters"))
  }

  @Test func ciScriptRuns() throws {
    let catalog = try CatalogFolder()
    let script = Self.examples.appending(path: "check-catalog.sh").path()
    let folder = (Program.onevisit as NSString).deletingLastPathComponent
    func run(_ options: String = "") throws -> Outcome {
      try Program.run(
        "/bin/sh", [script, "catalog"], in: catalog.folder,
        environment: [
          "PATH": folder + ":" + (Program.environment["PATH"] ?? ""), "ONEVISIT_OPTIONS": options,
        ])
    }
    try run().expectStatus(0)
    try run("--strict --no-waivers").expectStatus(1)
    try catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let bad = try run()
    bad.expectStatus(1)
    #expect(bad.output.contains("duplicate-id"))
    for format in ["junit", "sarif", "json"] {
      let report = try String(contentsOf: catalog.folder.appending(path: "onevisit." + format), encoding: .utf8)
      #expect(report.contains("duplicate-id"), "\(format)")
    }
    try FileManager.default.removeItem(at: catalog.url)
    try run().expectStatus(2)
  }

  @Test(.needs(.shellcheck)) func shellcheckAcceptsTheScripts() throws {
    let scripts = try FileManager.default.contentsOfDirectory(
      at: Program.root.appending(path: "scripts"), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension.isEmpty }.map { $0.path() }
    let outcome = try Tool.shellcheck.run(
      scripts.sorted() + [
        Program.root.appending(path: ".ci/run").path(), Self.examples.appending(path: "pre-commit").path(),
        Self.examples.appending(path: "check-catalog.sh").path(),
      ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
