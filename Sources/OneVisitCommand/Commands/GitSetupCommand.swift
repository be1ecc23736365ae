import ArgumentParser
import Interchange
import Localization
import Platform

struct GitSetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "git-setup",
    abstract: localized(
      "让 git 按事项和列合并、比较目录中的表。", "Let git merge and compare the tables of a catalog by matter and field."),
    discussion: localized(
      """
      在 .gitattributes 中加一行（随仓库提交），在本仓库的 git 配置中登记合并和比较程序（每个克隆各运行一次）。已有的内容保留，重复运行不再改动。
      """,
      """
      Adds a line to .gitattributes, which is committed, and the programs for merging and comparing to the configuration of \
      this clone, so that each clone runs it once. What stands there stays; a second run changes nothing.
      """))

  @OptionGroup var common: CommonOptions

  @Flag(
    name: .customLong("dry-run"),
    help: ArgumentHelp(localized("只说明会做什么，不改动。", "Say what would be done; change nothing.")))
  var isDryRun = false

  func run() throws {
    let setup = try GitSetup(
      folder: try folder(), program: GitSetupCommand.program, isProgram: GitSetupCommand.isProgram)
    if !isDryRun { try setup.apply() }
    var lines = setup.steps.map(describe)
    if setup.isDone {
      lines.append(LocalizedText(zh: "已经设置好，没有改动。", en: "Set up already; nothing to do."))
    } else {
      lines.append(
        LocalizedText(
          zh: "请提交 .gitattributes。其他人克隆后各运行一次 onevisit git-setup。",
          en: "Commit .gitattributes. Each other clone runs `onevisit git-setup` once."))
    }
    lines.append(
      LocalizedText(
        zh:
          "撤销：git config --remove-section merge.onevisit；git config --remove-section diff.onevisit；再删去 .gitattributes 中的那一行。",
        en: "To undo: git config --remove-section merge.onevisit; git config --remove-section diff.onevisit; "
          + "and delete the line from .gitattributes."))
    try Console.print(lines)
  }

  /// The catalog folder: as named, else `./catalog`, else the working folder.
  private func folder() throws -> String {
    let folder = common.catalogPath ?? (access("catalog", F_OK) == 0 ? "catalog" : ".")
    guard access(folder + "/matters.csv", F_OK) == 0 || access(folder + "/datapackage.json", F_OK) == 0 else {
      let what = LocalizedText(
        zh: "\(folder) 不是目录文件夹（没有 matters.csv，也没有 datapackage.json）；请用 --catalog 指明。",
        en: "\(folder) is no catalog folder (neither matters.csv nor datapackage.json); name it with --catalog.")
      if common.catalogPath != nil { throw GitSetup.Failure(explanation: what) }
      throw UsageError(what, usageOf: CommandPath(["git-setup"]))
    }
    return folder
  }

  private func describe(_ step: GitSetup.Step) -> LocalizedText {
    let will = isDryRun
    switch step {
    case .attributes(let line):
      return LocalizedText(
        zh: ".gitattributes：\(will ? "会加上" : "已加上") \(line)",
        en: ".gitattributes: \(will ? "would add" : "added") \(line)")
    case .foreignAttribute(let name, let value):
      return LocalizedText(
        zh: "保留已有的属性 \(name)（\(value)）；要改用 onevisit，请在 .gitattributes 中删去它，再运行一次。",
        en:
          "kept the attribute \(name) (\(value)) as it is; to use onevisit, remove it from .gitattributes and run again."
      )
    case .configuration(let key, let value, let old):
      let before = old.map { LocalizedText(zh: "（原为 \($0)）", en: " (was \($0))") } ?? LocalizedText(zh: "", en: "")
      return LocalizedText(
        zh: "git 配置：\(will ? "会设置" : "已设置") \(key) = \(value)\(before.zh)",
        en: "git configuration: \(will ? "would set" : "set") \(key) = \(value)\(before.en)")
    }
  }

  /// How a shell calls this program: by its name where the PATH leads to it, else by its path.
  private static var program: String {
    let own = OwnProgram.path ?? "onevisit"
    for folder in (Console.environment("PATH") ?? "").split(separator: ":") {
      let path = String(folder) + "/onevisit"
      guard access(path, X_OK) == 0 else { continue }
      return OwnProgram.isAt(path) ? "onevisit" : quoted(own)
    }
    return quoted(own)
  }

  /// Whether a shell that is given this word calls this program, by its name or by a path.
  private static func isProgram(_ word: String) -> Bool {
    if word.contains("/") { return word == quoted(OwnProgram.path ?? "") || OwnProgram.isAt(word) }
    return (Console.environment("PATH") ?? "").split(separator: ":").contains { folder in
      let path = String(folder) + "/" + word
      return access(path, X_OK) == 0 && OwnProgram.isAt(path)
    }
  }

  /// A word for a shell.
  private static func quoted(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-+".utf8.contains(byte)
    }
    return plain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }
}
