import ArgumentParser
import AtomicFiles
import Interchange
import Localization

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: localized("把内置目录写成可编辑的文件夹。", "Write the built-in catalog as a folder to edit."))

  @OptionGroup var languageOption: LanguageOption

  @Argument(
    help: ArgumentHelp(
      localized("要建立的文件夹；已存在时必须是空的。", "The folder to create; if it exists, it must be empty."), valueName: "folder"),
    completion: .directory)
  var folder: String

  @Flag(
    help: ArgumentHelp(
      localized(
        "只写表头和 datapackage.json，供另一个市从头建立自己的目录。",
        "Write the tables with headers only, for the catalog of another city.")))
  var empty = false

  func run() throws {
    // The folder is locked before it is examined, so that no other writer can add files in between.
    let replacement = try FolderReplacement(at: folder)
    guard try FolderImport.isMissingOrEmpty(folder) else {
      throw FileFailure(.makeFolder, folder, code: FileFailure.occupied)
    }
    if empty {
      try FolderWriter.writeEmpty(into: replacement)
    } else {
      try FolderWriter.writeBuiltIn(into: replacement)
    }
    try replacement.commit()
    Console.note(empty ? emptyFolderWritten : folderWritten)
  }

  private var emptyFolderWritten: LocalizedText {
    LocalizedText(
      zh:
        "已建立 \(folder)：先在 notices.csv、lists.csv 中登记文件和清单，再用 `onevisit import 清单.csv --into \(folder) --list 标识 --add-unknown` 导入。",
      en:
        "Created \(folder). Enter the notice in notices.csv and its list in lists.csv, then run `onevisit import LIST.csv --into \(folder) --list ID --add-unknown`."
    )
  }

  private var folderWritten: LocalizedText {
    LocalizedText(
      zh: "已建立 \(folder)：用电子表格编辑其中的 CSV，再用 `onevisit validate \(folder)` 检查。各列说明见 \(folder)/README.md。",
      en:
        "Created \(folder). Edit its CSV tables in a spreadsheet, then run `onevisit validate \(folder)`. \(folder)/README.md describes the columns."
    )
  }
}
