import ArgumentParser
import AtomicFiles
import CSVFormat
import Localization
import Reports

struct TextconvCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv",
    abstract: localized("git 比较时显示的文字：表中每一格一行。", "What git compares: a line of text for each cell of a table."),
    discussion: localized(
      "由 git 调用，先用 onevisit git-setup 设置；此后 git diff、git log -p、git show 按事项和列显示改动。不是目录中的表的文件原样输出。",
      """
      Called by git after `onevisit git-setup`: `git diff`, `git log -p` and `git show` then show changes by matter and \
      field. A file that is no table of a catalog is written as it is.
      """))

  @Argument(help: ArgumentHelp(localized("一张表。", "A table."), valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var languageOption: LanguageOption

  func run() throws {
    let bytes = try Bytes.read(file)
    try Console.output(to: nil) { try TableText.write(bytes, file: file, language: Console.language, to: $0) }
  }
}
