import ArgumentParser
import Catalog
import Interchange
import Localization
import Validator

struct EditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: localized(
      "成批修改目录文件夹：撤回、合并、改名、移动。", "Edit a catalog folder: withdraw, merge, rename, move."),
    discussion: localized(
      """
      一次修改往往涉及几张表。各格一起改，文件夹要么整体替换，要么保持原样；其余内容逐字节不变。
      旧名称成为别名，照样能找到；豁免中的标识随之更改。加 --dry-run 先看会改哪些格。
      """,
      """
      One edit often concerns several tables. Its cells are changed together: the folder is replaced as a whole or not \
      changed at all, and everything else stays as it is, byte for byte. Old names become aliases and are still found; ids \
      in waivers follow. --dry-run lists the cells first.
      """),
    subcommands: [Withdraw.self, Merge.self, Rename.self, Move.self])

  @OptionGroup var languageOption: LanguageOption

  /// The options of all edits.
  struct Options: ParsableArguments {
    @Option(
      name: .customLong("in"),
      help: ArgumentHelp(localized("目录文件夹。", "The catalog folder."), valueName: "folder"), completion: .directory)
    var folder = "catalog"

    @Flag(help: ArgumentHelp(localized("只列出将改的格，不写入。", "List the cells that change without writing them.")))
    var dryRun = false

    @OptionGroup var languageOption: LanguageOption

    /// Plans an edit, prints its cells, and writes them.
    func run(_ edit: CatalogEdit) throws {
      let work = try FolderEdit(in: folder, isDry: dryRun)
      if work.folder.isUnreadable {
        CatalogLoading.reportFatal(work.folder)
        throw ExitStatus.unreadable
      }
      CatalogLoading.announce(work.folder)
      let plan: EditPlan
      do throws(EditRefusal) {
        plan = try EditPlan(edit, of: work.folder)
      } catch {
        if error.isUsage { throw UsageError(error.explanation) }
        Console.error(error.explanation)
        throw ExitStatus.findings
      }
      try Console.print(plan.lines)
      if dryRun { return }
      try work.write(plan)
      reportResult()
    }

    /// The folder is read again, so that the rows written are checked as well.
    private func reportResult() {
      let summary = Validation(FolderReader.read(folder), options: ValidationOptions(day: .today)).summary
      Console.note(
        LocalizedText(
          zh: "已写入 \(folder)。检查结果：\(summary.errors) 个错误、\(summary.warnings) 个警告；详见 onevisit validate \(folder)。",
          en:
            "\(folder) was written. Validation finds \(counted(summary.errors, "error")) and \(counted(summary.warnings, "warning")); `onevisit validate \(folder)` lists them."
        ))
    }
  }
}

// MARK: - Withdraw

extension EditCommand {
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: localized(
        "撤回一件事：保留原行、标识和序号，不再有任务。", "Withdraw a matter: it keeps its row, id and number, and has no duties any more."))

    @Argument(help: ArgumentHelp(localized("编号，如 2-037。", "The matter's id, such as 2-037."), valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp(localized("撤回的日期。", "The day of the withdrawal."), valueName: "YYYY-MM-DD"))
    var on: DayArgument

    @Option(
      help: ArgumentHelp(
        localized("撤回的依据，如文号。", "What it is based on, such as the number of a notice."), valueName: "text"))
    var basis: String

    @OptionGroup var options: Options

    func run() throws { try options.run(.withdraw(matter: id, on: on.day, basis: basis)) }
  }
}

// MARK: - Merge

extension EditCommand {
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge",
      abstract: localized(
        "合并登记表中的几行：原名称成为保留者的别名。", "Merge register entries: their names become aliases of the one that stays."),
      subcommands: [Department.self, Approval.self])

    @OptionGroup var languageOption: LanguageOption

    struct Department: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "department", abstract: localized("合并部门。", "Merge departments."))

      @Argument(
        help: ArgumentHelp(
          localized("并入的部门，可用任一名称。", "The departments that go, by any of their names."), valueName: "name"))
      var names: [String]

      @Option(help: ArgumentHelp(localized("保留的部门。", "The department that stays."), valueName: "name"))
      var into: String

      @OptionGroup var options: Options

      func run() throws { try options.run(.merge(.departments, names, into: into)) }
    }

    struct Approval: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "approval", abstract: localized("合并单项事项。", "Merge approvals."))

      @Argument(
        help: ArgumentHelp(
          localized("并入的单项事项，可用任一名称。", "The approvals that go, by any of their names."), valueName: "name"))
      var names: [String]

      @Option(help: ArgumentHelp(localized("保留的单项事项。", "The approval that stays."), valueName: "name"))
      var into: String

      @OptionGroup var options: Options

      func run() throws { try options.run(.merge(.approvals, names, into: into)) }
    }
  }
}

// MARK: - Rename

extension EditCommand {
  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: localized("改名：旧名称成为别名。", "Rename: the old name becomes an alias."),
      subcommands: [Department.self])

    @OptionGroup var languageOption: LanguageOption

    struct Department: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "department",
        abstract: localized(
          "部门改名：写全称或通称，改的就是它；写其他名称，改简称。",
          "Rename a department: its full or general name if OLD is that, its short name otherwise."))

      @Argument(help: ArgumentHelp(localized("现在的名称。", "Its present name."), valueName: "old"))
      var old: String

      @Argument(help: ArgumentHelp(localized("新名称。", "Its new name."), valueName: "new"))
      var new: String

      @OptionGroup var options: Options

      func run() throws { try options.run(.renameDepartment(old, to: new)) }
    }
  }
}

// MARK: - Move

extension EditCommand {
  struct Move: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "move", abstract: localized("移动。", "Move."), subcommands: [Item.self])

    @OptionGroup var languageOption: LanguageOption

    struct Item: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "item",
        abstract: localized(
          "把一个关联事项移到另一件事，排在最后；原处后面的依次前移。",
          "Move an item to another matter, where it is the last; the items after it move up."))

      @Argument(
        help: ArgumentHelp(localized("关联事项的编号，如 2-037.8。", "The item's id, such as 2-037.8."), valueName: "id"))
      var id: String

      @Option(help: ArgumentHelp(localized("移到哪件事。", "The matter that it goes to."), valueName: "id"))
      var to: String

      @OptionGroup var options: Options

      func run() throws { try options.run(.moveItem(id, to: to)) }
    }
  }
}
