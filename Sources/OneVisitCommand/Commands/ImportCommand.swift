import ArgumentParser
import AtomicFiles
import Catalog
import Interchange
import Localization
import Reports
import Validator

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: localized("把 XML 或 CSV 导入目录文件夹。", "Bring an XML document or a list in CSV into a catalog folder."),
    discussion: localized(
      """
      文件夹作为整体替换，或保持原样；失败的导入不留下任何东西。尚不存在的文件夹会建立，并带有内置的登记表。
      文件没有带来的内容（登记表、完成情况、豁免）保留。文件中没有的事项也保留并列出；加 --replace 才删除。
      """,
      """
      The folder is replaced as a whole or left as it was; an import that fails leaves nothing behind. A folder that is \
      not there yet is made, with the built-in registers. What the file does not carry (registers, progress, waivers) \
      stays. Matters that are not in the file stay as well and are told; --replace removes them.
      """))

  @OptionGroup var common: CommonOptions

  @Argument(
    help: ArgumentHelp(localized("XML 或 CSV 文件。", "The XML document or the list in CSV."), valueName: "file"),
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(localized("导入到这个目录文件夹。", "The catalog folder to bring it into."), valueName: "folder"),
    completion: .directory)
  var into: String

  @Flag(help: ArgumentHelp(localized("只列出会改动什么，不写入。", "Say what would change; write nothing.")))
  var dryRun = false

  @Flag(
    help: ArgumentHelp(
      localized("把未知的部门和单项事项登记为新行，留待补全。", "Enter unknown departments and approvals as new register rows, to complete."))
  )
  var addUnknown = false

  @Flag(
    name: .customLong("replace"),
    help: ArgumentHelp(localized("删除文件所属清单中文件里没有的事项。", "Remove matters of the file's lists that are not in the file.")))
  var replaces = false

  @Option(help: ArgumentHelp(localized("CSV 属于哪份清单。", "Which list the CSV holds."), valueName: "id"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      localized("CSV 的编码（默认由内容判断）。", "The CSV's encoding (default: known by its bytes)."), valueName: "encoding"))
  var encoding: EncodingArgument?

  func run() throws {
    let work = try FolderImport(into: into, isDry: dryRun)
    if !work.isNew { CatalogLoading.announce(work.folder) }
    if work.folder.isUnreadable {
      CatalogLoading.reportFatal(work.folder)
      throw ExitStatus.unreadable
    }
    let catalog = CatalogReader.read(
      file, base: work.folder, options: CSVListOptions(list: list, encoding: encoding?.encoding, isImport: true),
      progress: ProgressMeter.progress)
    CatalogLoading.announce(catalog)
    if catalog.isUnreadable {
      CatalogLoading.reportFatal(catalog)
      throw ExitStatus.unreadable
    }
    if replaces, let list = catalog.lists.first(where: \.isPartial) {
      throw ValidationError(
        localized(
          "\(file) 只含清单 \(list.id) 的一部分，不能用 --replace：会删去其余事项。请去掉 --replace。",
          "\(file) holds only a part of the list \(list.id): --replace would remove the rest. Leave it out."))
    }
    let plan = work.plan(catalog, options: ImportOptions(replacing: replaces, addsUnknown: addUnknown))
    try reportFindings(of: catalog)
    try Console.print(plan.lines)
    reportUnsaid(plan)
    guard plan.isPossible else {
      for obstacle in plan.obstacles { Console.error(obstacle.explanation) }
      throw ExitStatus.findings
    }
    if dryRun { return }
    try work.write(plan)
    reportResult(plan)
  }

  /// What could not be read for certain in the file, and names that no register answers to: told before the plan.
  private func reportFindings(of catalog: Catalog) throws {
    var options = ValidationOptions(day: .today)
    options.appliesWaivers = false
    options.cap = 20
    options.only = Set(RuleBook.reading.map(\.id)).union(["unknown-department", "unknown-approval", "unknown-list"])
    let result = Validation(catalog, options: options)
    guard !result.findings.isEmpty else { return }
    let writer = ByteWriter(descriptor: 2, path: "/dev/stderr")
    try FindingsText.write(
      result, language: Console.language, style: TextStyle(hasColor: Console.takesColour(2), width: Console.width),
      to: writer)
    try writer.flush()
  }

  /// The layout of a notice says that a matter's items are shared, not which of them nor by whom: a folder that had it no
  /// longer, or never did, lacks it then.
  private func reportUnsaid(_ plan: ImportPlan) {
    let catalog = plan.result
    let ids = catalog.matters.lazy.filter { matter in
      !matter.remark.isEmpty && catalog.text(matter.remark).contains("包含此事项")
        && !catalog.items(of: matter).contains(where: \.isShared)
    }.prefix(10).map { catalog.id($0) }
    guard !ids.isEmpty else { return }
    Console.note(
      LocalizedText(
        zh:
          "注意：\(ids.joined(separator: "、")) 的备注说其他事项包含它，但文件没有写明共享哪几项、由哪些事项包含。请在 items.csv 的 shared 和 matters.csv 的 includes 中补上，或改从 XML、平铺 CSV 导入。",
        en:
          "note: by its remark \(ids.joined(separator: ", ")) is included by other matters, but the file does not say which items are shared nor by whom. Enter it under `shared` in items.csv and `includes` in matters.csv, or import XML or flat CSV instead."
      ))
  }

  private func reportResult(_ plan: ImportPlan) {
    if plan.isEmpty {
      Console.note(LocalizedText(zh: "\(into) 没有变化。", en: "\(into): nothing changed."))
      return
    }
    // What was written, as it will be read: a row that the import made is judged like any other.
    let summary = Validation(FolderReader.read(into), options: ValidationOptions(day: .today)).summary
    Console.note(
      LocalizedText(
        zh: "已写入 \(into)。检查结果：\(summary.errors) 个错误、\(summary.warnings) 个警告；详见 onevisit validate \(into)。",
        en:
          "\(into) was written. The check finds \(counted(summary.errors, "error")) and \(counted(summary.warnings, "warning")); `onevisit validate \(into)` lists them."
      ))
  }
}
