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
    abstract: localized(
      "把 XML、CSV、Excel 工作簿、Word 文档或增量导入目录文件夹。",
      "Import XML, a list in CSV, a workbook, a Word document or a delta into a catalog folder."),
    discussion: localized(
      """
      文件夹要么整体替换，要么保持原样；导入失败时不留下任何改动。文件夹不存在时会新建，并带有内置的登记表。
      读不准的内容、没有登记的名称、对不上的行（所属事项不存在的关联事项，编号与清单、序号不一致或重复的事项，标识重复的行）一律不导入：
      逐处列出，退出码 1；--dry-run 也一样。
      文件中没有的内容（登记表、完成情况、豁免）保留。文件中没有的事项也保留并列出；加 --replace 才删除。
      文件是整份目录的 XML 导出时，--replace 使文件夹与该目录相同：登记表、完成情况、豁免中文件没有的也删除。
      增量（onevisit diff --format xml）只能应用到它的起始版本，文件夹随后就是新版本。
      Word 文档（.docx）按表头找到清单的表；拿不准的读法连同表、行、列列出，请核对。
      """,
      """
      The folder is replaced as a whole or not changed at all; an import that fails leaves nothing behind. A folder that \
      does not exist is created with the built-in registers.
      A file is refused (status 1, also with --dry-run) if it has what cannot be read for certain, names that are not \
      registered, or rows that cannot be matched: items whose matter does not exist, matters whose id does not agree with \
      list and number or occurs twice, other rows with the id of another row. Each is listed.
      Tables that the file does not have (registers, progress, \
      waivers) are kept. Matters that the file does not have are kept and listed; --replace removes them. If the file is the XML export of a whole \
      catalog, --replace makes the folder the same as that catalog: it also removes rows of the registers, progress and \
      waivers that the file does not have. A delta (onevisit diff --format xml) applies only to the edition that it starts \
      from, and the folder then is the new edition.
      In a Word document (.docx) the table of the list is found by its headings; readings that are not certain are listed \
      with table, row and column.
      """))

  @OptionGroup var languageOption: LanguageOption

  /// Declared so that its refusal says what to do: the catalog of an import is named by `--into`.
  @Option(name: .customLong("catalog"), help: .hidden)
  var catalogPath: String?

  @Argument(
    help: ArgumentHelp(
      localized(
        "XML、CSV、xlsx、docx 或增量文件。",
        "The XML document, the list in CSV, the workbook, the Word document or the delta."),
      valueName: "file"),
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(localized("导入到这个目录文件夹。", "The catalog folder to import into."), valueName: "folder"),
    completion: .directory)
  var into: String

  @Flag(help: ArgumentHelp(localized("只列出将有的改动，不写入。", "List the changes without writing them.")))
  var dryRun = false

  @Flag(
    help: ArgumentHelp(
      localized(
        "把未登记的部门和单项事项登记为新行，留待补全。", "Add unknown departments and approvals to the registers, as rows to be completed."))
  )
  var addUnknown = false

  @Flag(
    name: .customLong("replace"),
    help: ArgumentHelp(
      localized(
        "删除文件所属清单中文件里没有的事项；整份导出则与它完全一致。",
        "Remove matters that the file does not have from its lists; of a whole export, everything that it does not have."
      )))
  var replaces = false

  @Option(help: ArgumentHelp(localized("文件中的清单是哪一份。", "The list that the file contains."), valueName: "id"))
  var list: String?

  @OptionGroup var tableOption: TableOption

  @Option(
    help: ArgumentHelp(
      localized("CSV 的编码（默认由内容判断）。", "The CSV's encoding (default: recognised by its bytes)."), valueName: "encoding"))
  var encoding: EncodingArgument?

  func run() throws {
    if catalogPath != nil {
      throw UsageError(
        LocalizedText(
          zh: "import 的目录由 --into 指明，不能再用 --catalog。请去掉 --catalog。",
          en: "the catalog of an import is named by --into; --catalog is not for it. Leave it out."),
        usageOf: CommandPath(["import"]))
    }
    let folderImport = try FolderImport(into: into, isDry: dryRun)
    if !folderImport.isNew { CatalogLoading.announce(folderImport.folder) }
    if folderImport.folder.isUnreadable {
      CatalogLoading.reportFatal(folderImport.folder)
      throw ExitStatus.unreadable
    }
    if let list { try CatalogLoading.requireList(list, in: folderImport.folder, addsUnknown: addUnknown) }
    let reading = CSVListOptions(
      list: list, table: tableOption.table, encoding: encoding?.encoding, isImport: true, registersAudiences: addUnknown
    )
    let read = CatalogReader.readForImport(
      file, base: folderImport.folder, options: reading, progress: ProgressMeter.progress)
    switch read {
    case .catalog(let catalog):
      try CatalogLoading.require(reading, fits: [catalog])
      try importCatalog(catalog, folderImport)
    case .delta(let reading): try apply(reading, folderImport)
    }
  }

  /// Applies a delta to the edition that it starts from.
  private func apply(_ reading: DeltaReading, _ folderImport: FolderImport) throws {
    if replaces || addUnknown || list != nil || tableOption.table != nil || encoding != nil {
      throw UsageError(
        zh: "\(file) 是增量，不能同时用 --replace、--add-unknown、--list、--table 或 --encoding。请去掉这些选项。",
        en:
          "\(file) is a delta, for which there is no --replace, --add-unknown, --list, --table or --encoding. Leave them out."
      )
    }
    if reading.document.isUnreadable {
      CatalogLoading.reportFatal(reading.document)
      throw ExitStatus.unreadable
    }
    if reading.isApplied, !folderImport.isNew {
      Console.note(
        LocalizedText(
          zh: "\(into) 已是增量得到的版本 \(reading.found)，没有变化。",
          en: "\(into) is the edition \(reading.found) that the delta gives already: nothing changed."))
      return
    }
    let plan = folderImport.plan(reading)
    if !reading.isForOtherEdition, reading.result == nil { try reportFindings(of: reading.document) }
    guard plan.isPossible else {
      for obstacle in plan.obstacles { Console.error(obstacle.explanation) }
      throw ExitStatus.findings
    }
    try finish(plan, folderImport)
  }

  private func importCatalog(_ catalog: Catalog, _ folderImport: FolderImport) throws {
    CatalogLoading.announce(catalog)
    if catalog.isUnreadable {
      CatalogLoading.reportFatal(catalog)
      throw ExitStatus.unreadable
    }
    if replaces, let list = catalog.lists.first(where: \.isPartial) {
      throw ValidationError(
        localized(
          "\(file) 只含清单 \(list.id) 的一部分，用 --replace 会删去其余事项。请去掉 --replace。",
          "\(file) has only a part of the list \(list.id), and --replace would remove its other matters. Omit --replace."
        ))
    }
    let plan = folderImport.plan(catalog, options: ImportOptions(replacing: replaces, addsUnknown: addUnknown))
    try reportFindings(of: catalog, plan)
    try finish(plan, folderImport) { reportMissingSharing(plan) }
  }

  /// Prints a plan and writes it, unless it has obstacles or `--dry-run` was given.
  private func finish(_ plan: ImportPlan, _ folderImport: FolderImport, notes: () -> Void = {}) throws {
    // Without pairs of rows there are no changes to list.
    if plan.unmatched == nil {
      try Console.print(plan.lines)
      notes()
    }
    guard plan.isPossible else {
      for obstacle in plan.obstacles { Console.error(obstacle.explanation) }
      throw ExitStatus.findings
    }
    if dryRun { return }
    try folderImport.write(plan)
    reportResult(plan)
  }

  /// Reports the reading problems of the file and its unregistered names, before the plan. A name is registered if the folder
  /// has it after the import, whatever the registers of the file are.
  private func reportFindings(of catalog: Catalog, _ plan: ImportPlan? = nil) throws {
    var options = ValidationOptions(day: .today)
    options.appliesWaivers = false
    options.cap = 20
    let names: Set = ["unknown-department", "unknown-approval"]
    // A deadline that cannot be read is imported as it is, and reported: whoever imports a notice has the notice at hand.
    options.only = Set(RuleBook.reading.map(\.id)).union(["unknown-list", "unknown-audience", "unreadable-deadline"])
      .union(plan == nil ? names : [])
    var result = Validation(catalog, options: options)
    if let plan, !plan.unknownNames.isEmpty {
      options.only = names
      // A new folder, and one that is replaced, has the registers of the file.
      let found =
        plan.isNew || replaces
        ? Validation(catalog, options: options).findings
        : Validation(plan.result, options: options).shown(withConsequences: true)
          .filter { $0.location?.file == catalog.origin.name }
      result.findings += found
      result.summary.errors += found.count
    }
    if let unmatched = plan?.unmatched {
      result.findings += unmatched.findings
      result.counts += unmatched.counts
      result.summary.errors += unmatched.count
    }
    guard !result.findings.isEmpty else { return }
    let writer = ByteWriter(descriptor: 2, path: "/dev/stderr")
    try FindingsText.write(
      result, language: Console.language, style: TextStyle(hasColor: Console.takesColour(2), width: Console.width),
      lastLine: summary(result), to: writer)
    try writer.flush()
  }

  /// An import looks only for what it would misread, lose or not match: `validate` may find more.
  private func summary(_ result: Validation) -> LocalizedText {
    let (errors, warnings) = (result.summary.errors, result.summary.warnings)
    return LocalizedText(
      zh: "\(result.catalog) 的导入检查：\(errors) 个错误，\(warnings) 个警告。这里只检查会读错、丢失或对不上的内容；全部检查用 "
        + "onevisit validate \(result.catalog)。",
      en:
        "Checked \(result.catalog) for the import: \(counted(errors, "error")), \(counted(warnings, "warning")). This is "
        + "only what would be misread, lost or not matched; `onevisit validate \(result.catalog)` checks everything.")
  }

  /// Notes matters whose remark mentions shared items, while no item is marked as shared: the layout of a notice does not
  /// contain which items are shared and which matters include them.
  private func reportMissingSharing(_ plan: ImportPlan) {
    let catalog = plan.result
    let ids = catalog.matters.lazy.filter { matter in
      !matter.remark.isEmpty && catalog.text(matter.remark).contains("包含此事项")
        && !catalog.items(of: matter).contains(where: \.isShared)
    }.prefix(10).map { catalog.id($0) }
    guard !ids.isEmpty else { return }
    Console.note(
      LocalizedText(
        zh:
          "注意：\(ids.joined(separator: "、")) 的备注写明其他事项包含它，但文件没有写明共享哪几项、由哪些事项包含。请在 items.csv 的 shared 和 matters.csv 的 includes 中补上，或改从 XML、平铺 CSV 导入。",
        en:
          "note: according to \(ids.count == 1 ? "its remark" : "their remarks"), \(ids.joined(separator: ", ")) \(ids.count == 1 ? "is" : "are") included by other matters, but the file does not contain which items are shared and which matters include them. Enter this in the columns `shared` of items.csv and `includes` of matters.csv, or import XML or flat CSV instead."
      ))
  }

  private func reportResult(_ plan: ImportPlan) {
    if plan.isEmpty {
      Console.note(LocalizedText(zh: "\(into) 没有变化。", en: "\(into): nothing changed."))
      return
    }
    // The folder is read again, so that the rows written by the import are checked as well.
    let summary = Validation(FolderReader.read(into), options: ValidationOptions(day: .today)).summary
    Console.note(
      LocalizedText(
        zh: "已写入 \(into)。检查结果：\(summary.errors) 个错误、\(summary.warnings) 个警告；详见 onevisit validate \(into)。",
        en:
          "\(into) was written. Validation finds \(counted(summary.errors, "error")) and \(counted(summary.warnings, "warning")); `onevisit validate \(into)` lists them."
      ))
  }
}
