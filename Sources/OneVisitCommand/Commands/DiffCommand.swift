import ArgumentParser
import Catalog
import Interchange
import Localization
import Reports

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: localized("比较目录的两个版本。", "Compare two editions of a catalog."),
    discussion: localized(
      """
      事项按编号配对，关联事项按所指的单项事项和名称配对，与位置无关；同一部门、同一单项事项、同一日期的不同写法单独标明。
      相同的改动合并成一行。两个版本可以是目录文件夹、XML 文件、Excel 工作簿、\
      CSV 清单、Word 文档，或 git:版本[:路径]。
      --format xml 写出增量：旧版的目录用 onevisit import 应用它，就成为新版；平台只需装载其中的变化。
      退出码：0 相同；1 有差别；2 有一方无法读取。

      示例：
        onevisit diff catalog-2022 catalog
        onevisit diff git:HEAD~1 catalog --format markdown
        onevisit diff catalog-2022 catalog --format xml -o delta.xml
      """,
      """
      Matters are paired by id, items by the approval and the name that they stand for, never by position; other spellings \
      of one department, approval or date are marked as such. Equal changes are folded into one line. Either edition is a \
      catalog folder, an XML document, a workbook, a list in CSV, a Word document, or git:REV[:PATH].
      --format xml writes a delta: onevisit import applies it to the old edition, which becomes the new one, and a portal \
      loads only what changed.
      Exit status: 0 no differences; 1 differences; 2 an edition that cannot be read.

      Examples:
        onevisit diff catalog-2022 catalog
        onevisit diff git:HEAD~1 catalog --format markdown
        onevisit diff catalog-2022 catalog --format xml -o delta.xml
      """))

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, xml, markdown, html }

  @Argument(
    help: ArgumentHelp(localized("旧版本。", "The old edition."), valueName: localized("旧版", "old")), completion: .file())
  var old: String

  @Argument(
    help: ArgumentHelp(localized("新版本。", "The new edition."), valueName: localized("新版", "new")), completion: .file())
  var new: String

  @Option(help: ArgumentHelp(localized("输出格式。", "The output format."), valueName: "text|json|xml|markdown|html"))
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      localized("每张表最多列出多少处（0 为全部）。", "How many changes of a table are listed (0: all)."),
      valueName: "count"))
  var maxChanges = 1000

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(localized("写入文件（默认标准输出）。", "Write to a file (default: standard output)."), valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var listFile: ListFileOptions
  @OptionGroup var languageOption: LanguageOption

  func validate() throws {
    if maxChanges < 0 {
      throw ValidationError(localized("--max-changes 要为 0 或正整数。", "--max-changes must be 0 or a positive number."))
    }
  }

  func run() throws {
    let reading = listFile.reading
    if let list = reading.list { try CatalogLoading.requireList(list, in: FolderReader.builtIn()) }
    let before = try CatalogLoading.edition(old, reading: reading)
    let after = try CatalogLoading.edition(new, reading: reading)
    try CatalogLoading.require(reading, fits: [before, after])
    for edition in [before, after] {
      if let conflicts = UnresolvedConflicts(in: edition) { throw conflicts }
    }
    if format == .xml {
      let request = try DeltaRequest(from: before, to: after)
      try Console.output(to: output) { try request.write(to: $0) }
      if !request.delta.isEmpty { throw ExitStatus.findings }
      return
    }
    let comparison = CatalogComparison(from: before, to: after, limit: maxChanges == 0 ? .max : maxChanges)
    try Console.output(to: output) { writer in
      switch format {
      case .text:
        let style = output == nil ? Console.style : TextStyle()
        try ComparisonText.write(comparison, language: Console.language, style: style, to: writer)
      case .markdown: try ComparisonMarkdown.write(comparison, language: Console.language, to: writer)
      case .html: try ComparisonPage.write(comparison, language: Console.language, to: writer)
      case .xml: break
      case .json:
        let hashes = (ContentHash.edition(before), ContentHash.edition(after))
        try ComparisonJSON.write(comparison, old: before, new: after, hashes: hashes, to: writer)
      }
    }
    if !comparison.isEmpty { throw ExitStatus.findings }
  }
}
