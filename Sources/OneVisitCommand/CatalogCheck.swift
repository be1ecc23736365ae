import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Localization
import Platform
import Reports
import Validator

/// What `validate` does, by plain values: `ValidateCommand` declares them as options, and its help describes them.
struct CatalogCheck: Equatable {
  enum Format: String, CaseIterable { case text, json, sarif, junit, github, xlsx, html }

  enum Colour: String, CaseIterable { case auto, always, never }

  /// The catalog, named as an argument or by `--catalog`; nil for the usual one (`CatalogLoading.load`).
  var path: String?
  var catalogPath: String?
  /// The list that a file contains, and which of its tables it is; nil if they are to be found.
  var list: String?
  var table: Int?
  /// Nil for today.
  var asOf: Day?
  var format: Format = .text
  var strict = false
  var ignoresWaivers = false
  var only: [String] = []
  var skip: [String] = []
  /// Nil for standard output.
  var output: String?
  /// Nil for the format's usual limit, 0 for none.
  var maxFindings: Int?
  var timings = false
  var writeWaivers = false
  var fix = false
  var unsafeFixes = false
  var diff = false
  var newSince: String?
  var showWaived = false
  var showConsequences = false
  var color: Colour = .auto

  /// - Throws: status 1 for findings that fail the check, 2 for a catalog that cannot be read; usage errors.
  func run() throws {
    var options = try validationOptions()
    if format == .xlsx { try Console.refuseTerminal(output) }
    var catalog = try CatalogLoading.load(path ?? catalogPath, reading: CSVListOptions(list: list, table: table))
    var output = output
    if fix || unsafeFixes || diff, !catalog.isUnreadable {
      let fixing = Fixing(catalog: catalog, options: options, isUnsafe: unsafeFixes)
      if diff { return try fixing.diff(to: output) }
      let fixed = try fixing.fix(to: output)
      catalog = fixed.catalog
      if fixed.isWritten { output = nil }
    }
    if let newSince {
      options.baseline = Baseline(try CatalogLoading.edition(newSince, besides: catalog), options: options)
    }
    // A catalog that cannot be read is reported as such, whatever it was to be used for.
    let waiverFolder = writeWaivers && !catalog.isUnreadable ? try WaiverWriting.folder(of: catalog) : nil
    if waiverFolder != nil { catalog.expectNewTable(.waivers) }
    let result = Validation(catalog, options: options)
    // A table of waivers that cannot be written is reported after the report, which is known and was asked for.
    var failure: (any Error)?
    if let waiverFolder {
      do { try WaiverWriting.record(result, of: catalog, in: waiverFolder) } catch { failure = error }
    }
    if format == .xlsx {
      try writeWorkbook(result, of: catalog, to: output)
    } else {
      try Console.output(to: output) { writer in try write(result, of: catalog, to: writer, isFile: output != nil) }
    }
    if timings { Console.report(timings: result) }
    keepUntilExit((catalog, result))
    if let failure { throw failure }
    if let changed = catalog.changedFile {
      Console.error(
        LocalizedText(
          zh: "\(changed)：检查期间，这个文件被其他程序改动，上面的位置可能缺失。请再检查一次。",
          en:
            "\(changed): another program wrote to this file while it was being checked; positions above may be missing. "
            + "Check again."))
      throw ExitStatus.unreadable
    }
    if result.isUnreadable { throw ExitStatus.unreadable }
    if result.summary.errors > 0 || (strict && result.summary.warnings > 0) { throw ExitStatus.findings }
  }

  /// The system takes back the memory of the process as a whole; freeing a catalog row by row would take longer.
  private func keepUntilExit<Value>(_ value: Value) {
    UnsafeMutablePointer<Value>.allocate(capacity: 1).initialize(to: value)
  }

  private func validationOptions() throws(UsageError) -> ValidationOptions {
    if let maxFindings, maxFindings < 0 {
      throw UsageError(
        LocalizedText(zh: "--max-findings 不能为负数。", en: "--max-findings must not be negative."),
        usageOf: CommandPath(["validate"]))
    }
    if path != nil, catalogPath != nil {
      throw UsageError(
        LocalizedText(zh: "目录只能指明一次：或写路径，或用 --catalog。", en: "name the catalog once: as the path or by --catalog."),
        usageOf: CommandPath(["validate"]))
    }
    if diff, format != .text {
      throw UsageError(
        LocalizedText(
          zh: "--diff 只以文字列出单元格，不能与 --format \(format.rawValue) 一起使用。请去掉其中一个；"
            + "--format json 的报告中每处问题的 fix 就是可以改正的内容。",
          en:
            "--diff lists cells as text and is not for --format \(format.rawValue). Leave one of them out; in the report "
            + "of --format json, `fix` of each finding is what can be corrected."),
        usageOf: CommandPath(["validate"]))
    }
    var options = ValidationOptions(day: asOf ?? .today)
    options.progress = ProgressMeter.progress
    options.appliesWaivers = !ignoresWaivers
    options.only = try RuleArguments.ids(only)
    options.skip = try RuleArguments.ids(skip)
    let cap = maxFindings ?? (format == .text ? 20 : 1000)
    options.recordsWaivers = writeWaivers
    options.cap = cap == 0 || writeWaivers ? .max : cap
    options.keepsWaived = format != .text || showWaived
    return options
  }

  /// Writes the checked workbook, and before that what it does not have of the workbook that was checked. An earlier check's
  /// result may be checked again in its place.
  private func writeWorkbook(_ result: Validation, of catalog: Catalog, to output: String?) throws {
    let isSame = output.map { InputFiles.isSame($0, catalog.origin.name) } ?? false
    if isSame, catalog.workbook != nil, !CheckedWorkbook.isChecked(catalog) {
      throw UsageError(
        zh: "\(catalog.origin.name) 是还没有检查过的原工作簿，检查结果不写在原处。请用 -o 指定另一个文件；以后的检查可以写回那个文件。",
        en:
          "\(catalog.origin.name) is a workbook that has not been checked yet, and the result does not take its place. "
          + "Name another file with -o; later checks may write to that one again.")
    }
    let workbook = try CheckedWorkbook(result, of: catalog, language: Console.language).result(
      showsConsequences: showConsequences)
    for loss in workbook.losses {
      Console.note(LocalizedText(zh: "注意：\(loss.zh)", en: "note: \(loss.en)"))
    }
    if workbook.isMadeAnew {
      Console.note(
        LocalizedText(
          zh:
            "注意：因此 \(output ?? "输出") 由读到的文字重新生成，不含原工作簿的字体、颜色、列宽、行高、公式、图片、批注、下拉选项、合并单元格、隐藏状态和与目录无关的工作表。\(catalog.origin.name) 不变。",
          en:
            "note: \(output ?? "the output") is therefore made anew from the texts that were read. It does not have the "
            + "fonts, colours, column widths, row heights, formulas, pictures, comments, drop-downs, merged cells and "
            + "hidden states of the workbook, nor the sheets that are no tables of the catalog. \(catalog.origin.name) "
            + "does not change."))
    }
    try Console.output(to: output, mayReplaceInput: isSame && !workbook.isMadeAnew) { writer in
      try writer.append(0..<workbook.bytes.count, of: workbook.bytes)
    }
  }

  private func write(_ result: Validation, of catalog: Catalog, to writer: ByteWriter, isFile: Bool) throws {
    switch format {
    case .text:
      let hasColor =
        switch color {
        case .auto: !isFile && Console.takesColour(1)
        case .always: true
        case .never: false
        }
      try FindingsText.write(
        result, language: Console.language,
        style: TextStyle(hasColor: hasColor, width: isFile ? nil : Console.width),
        showsWaived: showWaived, showsConsequences: showConsequences, to: writer)
    case .json:
      try FindingsJSON.write(
        result, language: Console.language, showsConsequences: showConsequences, to: writer)
    case .xlsx: try writeWorkbook(result, of: catalog, to: output)
    case .html:
      let limit = maxFindings == nil ? FindingsPage.usualLimit : .max
      try FindingsPage(
        result, of: catalog, language: Console.language, failsOnWarnings: strict, showsWaived: showWaived,
        showsConsequences: showConsequences, limit: limit
      ).write(to: writer)
    case .sarif: try FindingsSARIF.write(result, language: Console.language, version: RootCommand.version, to: writer)
    case .junit: try FindingsJUnit.write(result, language: Console.language, to: writer)
    case .github: try FindingsGitHub.write(result, language: Console.language, to: writer)
    }
  }
}
