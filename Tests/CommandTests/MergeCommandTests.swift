import Foundation
import TestSupport
import Testing

/// `onevisit merge`, `textconv` and `git-setup` as processes.
@Suite struct MergeCommandTests {
  private static let base = "id,name,aliases\nindividual,个人,\nenterprise,企业,\n"

  private func files(_ contents: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in contents { try Data(text.utf8).write(to: folder.url.appending(path: name)) }
    return folder
  }

  private func text(_ name: String, _ folder: TemporaryFolder) throws -> String {
    try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
  }

  @Test func cleanAndConflicting() throws {
    let folder = try files([
      "base": Self.base, "ours": Self.base.replacing("个人,", with: "个人,自然人"),
      "theirs": Self.base.replacing("企业,", with: "企业,公司"),
    ])
    let outcome = try onevisit("merge", "base", "ours", "theirs", in: folder.url)
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    #expect(try text("ours", folder) == "id,name,aliases\nindividual,个人,自然人\nenterprise,企业,公司\n")
    #expect(try text("theirs", folder) == Self.base.replacing("企业,", with: "企业,公司"))

    try Data(Self.base.replacing("企业,", with: "企业,企业单位").utf8).write(to: folder.url.appending(path: "ours"))
    for (language, words) in [
      ("en", "conflict in enterprise: aliases: “企业单位” here, “公司” there."),
      ("zh", "enterprise 冲突：aliases：我方“企业单位”，对方“公司”。"),
    ] {
      let copy = try files([
        "base": Self.base, "ours": try text("ours", folder), "theirs": try text("theirs", folder),
      ])
      let clash = try onevisit(
        "merge", "base", "ours", "theirs", "catalog/audiences.csv", "--language", language, in: copy.url)
      #expect(clash.status == 1 && clash.output.isEmpty)
      #expect(clash.errors.contains(words), "\(clash.errors)")
      #expect(
        try text("ours", copy).contains("<<<<<<< ours\nenterprise,企业,企业单位\n=======\nenterprise,企业,公司\n>>>>>>> theirs\n")
      )
    }
  }

  @Test("Any other file is merged line by line, as git does")
  func otherFiles() throws {
    let lines = (1...9).map { "\"line\": \($0),\n" }.joined()
    let ours = lines.replacing("1,", with: "10,")
    let folder = try files(["base": lines, "ours": ours, "theirs": lines.replacing("9,", with: "90,")])
    #expect(try onevisit("merge", "base", "ours", "theirs", in: folder.url).status == 0)
    #expect(try text("ours", folder) == ours.replacing("9,", with: "90,"))
    let clash = try files(["base": lines, "ours": ours, "theirs": lines.replacing("1,", with: "11,")])
    let outcome = try onevisit("merge", "base", "ours", "theirs", "datapackage.json", in: clash.url)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("datapackage.json: it is no table of a catalog; merged line by line, with 1 conflict."))
    #expect(try text("ours", clash).contains("<<<<<<< ours\n\"line\": 10,"))
    // What git cannot merge at all.
    let binary = try files(["base": "\0\u{1}", "ours": "\0\u{2}", "theirs": "\0\u{3}"])
    #expect(try onevisit("merge", "base", "ours", "theirs", in: binary.url).status == 1)
    #expect(try text("ours", binary) == "\0\u{2}")
  }

  @Test("A file that cannot be read: status 2, and ours stays")
  func trouble() throws {
    let folder = try files(["base": Self.base, "ours": Self.base, "theirs": Self.base])
    for arguments in [
      ["nowhere", "ours", "theirs"], ["base", "ours", "nowhere"], ["base", "nowhere", "theirs"],
      [".", "ours", "theirs"],
    ] {
      let outcome = try Program.run(Program.onevisit, ["merge"] + arguments, in: folder.url)
      #expect(outcome.status == 2 && outcome.output.isEmpty, "\(arguments)")
      #expect(outcome.errors.hasPrefix("error: "))
    }
    #expect(try text("ours", folder) == Self.base)
    #expect(try onevisit("merge", "base", "ours", in: folder.url).status == 64)
    // A folder that cannot be written to: our file stays whole.
    let locked = try files(["base": Self.base, "theirs": Self.base.replacing("企业,", with: "企业,公司")])
    let inner = locked.url.appending(path: "inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
    try Data(Self.base.utf8).write(to: inner.appending(path: "ours"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o444], ofItemAtPath: inner.appending(path: "ours").path())
    if geteuid() != 0 {
      #expect(try onevisit("merge", "base", "inner/ours", "theirs", in: locked.url).status == 2)
      #expect(try text("inner/ours", locked) == Self.base)
    }
  }

  @Test func textOfATable() throws {
    let folder = try files([
      "事项.csv": "id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,灵活就业,市人社局,\n",
      "waivers.csv": "rule,subject,reason\noverdue,2-001,\"甲\n乙\"\n", "other.json": "{\n}\n", "empty.csv": "",
    ])
    let table = try onevisit("textconv", "事项.csv", "--language", "zh", in: folder.url)
    #expect(table.status == 0)
    #expect(
      table.output
        == "2-001  灵活就业\n  2-001 清单：second\n  2-001 序号：1\n  2-001 类型：individual\n  2-001 牵头部门：市人社局\n")
    #expect(
      try onevisit("textconv", "waivers.csv", in: folder.url).output
        == "overdue 2-001\n  overdue 2-001 reason: 甲␊乙\n")
    #expect(try onevisit("textconv", "other.json", in: folder.url).output == "{\n}\n")
    #expect(try onevisit("textconv", "empty.csv", in: folder.url).output.isEmpty)
    #expect(try onevisit("textconv", "nowhere", in: folder.url).status == 2)
  }

  // MARK: git-setup

  @Test("Says what it does; a second run changes nothing; what stands there stays")
  func setUp() throws {
    let repository = try GitRepository(setUp: false)
    let attributes = repository.url.appending(path: ".gitattributes")
    try Data("*.md text".utf8).write(to: attributes)
    try repository.git("config", "merge.other.driver", "true")
    let before = try Data(contentsOf: repository.url.appending(path: ".git/config"))

    let dry = try repository.catalog.run("git-setup", "--dry-run")
    #expect(dry.status == 0)
    #expect(dry.output.contains(".gitattributes: would add /catalog/*.csv diff=onevisit merge=onevisit\n"))
    #expect(try String(contentsOf: attributes, encoding: .utf8) == "*.md text")
    #expect(try Data(contentsOf: repository.url.appending(path: ".git/config")) == before)

    let first = try repository.catalog.run("git-setup")
    #expect(first.status == 0)
    #expect(first.output.contains("git configuration: set merge.onevisit.driver = "))
    #expect(first.output.contains("To undo: git config --remove-section merge.onevisit"))
    #expect(
      try String(contentsOf: attributes, encoding: .utf8)
        == "*.md text\n/catalog/*.csv diff=onevisit merge=onevisit\n")
    #expect(try repository.git("config", "merge.other.driver").output == "true\n")
    let after = try Data(contentsOf: repository.url.appending(path: ".git/config"))

    let second = try repository.catalog.run("git-setup", "--language", "zh")
    #expect(second.output.hasPrefix("已经设置好，没有改动。\n"))
    #expect(try Data(contentsOf: repository.url.appending(path: ".git/config")) == after)

    // As the output says.
    try repository.git("config", "--remove-section", "merge.onevisit")
    try repository.git("config", "--remove-section", "diff.onevisit")
    let left = try repository.git("config", "--get-regexp", "onevisit", status: 1)
    #expect(left.output.isEmpty)
  }

  @Test("A second run by another path changes nothing; a folder that is none is no usage error")
  func otherPaths() throws {
    let repository = try GitRepository(setUp: false)
    let program = Program.onevisit
    let folder = repository.url.path()
    func setUp(_ command: String, _ catalog: String, path: String = "/usr/bin:/bin") throws -> Outcome {
      try Program.run(
        "/usr/bin/env", ["PATH=\(path)", "/bin/sh", "-c", "\(command) git-setup --catalog \(catalog) --language en"],
        in: repository.url)
    }
    let link = repository.url.appending(path: "bin")
    try FileManager.default.createDirectory(at: link, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: link.appending(path: "onevisit").path(), withDestinationPath: program)
    func state() throws -> [Data] {
      try [".gitattributes", ".git/config"].map { try Data(contentsOf: repository.url.appending(path: $0)) }
    }
    for (first, path) in [("bin/onevisit", "/usr/bin:/bin"), ("onevisit", link.path() + ":/usr/bin:/bin")] {
      for section in first == "onevisit" ? ["merge.onevisit", "diff.onevisit"] : [] {
        try repository.git("config", "--remove-section", section)
      }
      #expect(try setUp(first, "catalog", path: path).output.contains("set merge.onevisit.driver"))
      let before = try state()
      for (command, catalog, search) in [
        ("bin/onevisit", "./catalog", path), (link.path() + "/onevisit", folder + "/catalog", path),
        (program, "catalog/", path), ("onevisit", "catalog", link.path() + ":/usr/bin:/bin"),
        ("cd catalog && ../bin/onevisit", ".", path),
      ] {
        // By its name it is found through the PATH alone.
        if first == "onevisit", !search.hasPrefix(link.path()) { continue }
        let outcome = try setUp(command, catalog, path: search)
        #expect(outcome.status == 0 && outcome.output.hasPrefix("Set up already"), "\(command): \(outcome.output)")
        #expect(try state() == before, "\(command) \(catalog)")
      }
    }
    let missing = try setUp("bin/onevisit", "nope")
    #expect(missing.status == 2 && missing.errors.contains("nope is no catalog folder"), "\(missing.errors)")
  }

  @Test("Attributes that something else sets are kept and named")
  func foreignAttributes() throws {
    let repository = try GitRepository(setUp: false)
    let attributes = repository.url.appending(path: ".gitattributes")
    try Data("*.csv merge=union\n".utf8).write(to: attributes)
    let outcome = try repository.catalog.run("git-setup")
    #expect(outcome.output.contains("kept the attribute merge (union) as it is"))
    #expect(
      try String(contentsOf: attributes, encoding: .utf8) == "*.csv merge=union\n/catalog/*.csv diff=onevisit\n")
  }

  @Test func otherFolders() throws {
    let catalog = try CatalogFolder(named: "our [own] catalog")
    #expect(try catalog.run("git-setup", "--catalog", catalog.name).status == 2, "no repository")
    try Program.run("/usr/bin/env", ["git", "init", "-q"], in: catalog.folder).expectStatus(0)
    #expect(try catalog.run("git-setup").status == 64, "no catalog here")
    try catalog.run("git-setup", "--catalog", catalog.name).expectStatus(0)
    let attribute = try Program.run(
      "/usr/bin/env", ["git", "check-attr", "merge", "--", "\(catalog.name)/items.csv"], in: catalog.folder)
    #expect(attribute.output.hasSuffix("merge: onevisit\n"), "\(attribute.output)")
    // At the top of a repository.
    let top = try CatalogFolder()
    try Program.run("/usr/bin/env", ["git", "init", "-q"], in: top.url).expectStatus(0)
    try onevisit("git-setup", in: top.url).expectStatus(0)
    #expect(try top.text(".gitattributes") == "/*.csv diff=onevisit merge=onevisit\n")
  }
}
