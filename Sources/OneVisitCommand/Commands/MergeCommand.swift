import ArgumentParser
import Interchange
import Localization

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: localized(
      "git 的合并驱动：按事项、关联事项和列合并目录中的表。", "Merge driver of git: merges tables by matter, item and field."),
    discussion: localized(
      """
      由 git 调用，先用 onevisit git-setup 设置。不同的行、同一行的不同列各自的改动会合在一起，结果写入“我方”文件；两边把同一列改成不同的内容，\
      或都新增了同一编号，留作冲突，由 onevisit validate 逐处报告。不是目录中的表的文件按行合并。
      退出码：0 没有冲突；1 有冲突；2 有文件读不了、写不了，“我方”文件不变。
      """,
      """
      Called by git after `onevisit git-setup`. Edits to different rows, or to different fields of one row, are both kept; \
      the result is written to OURS. Where both sides changed one field differently, or added one id, a conflict is left, \
      which `onevisit validate` reports with both values. Files that are no tables of a catalog are merged line by line.
      Exit status: 0 no conflicts; 1 conflicts; 2 a file that cannot be read or written: OURS is then as it was.
      """))

  @Argument(
    help: ArgumentHelp(localized("共同的旧版本（%O）。", "The common edition (%O)."), valueName: localized("旧版", "base")))
  var base: String

  @Argument(
    help: ArgumentHelp(
      localized("我方版本（%A），结果写入其中。", "Our edition (%A), which gets the result."), valueName: localized("我方", "ours")))
  var ours: String

  @Argument(help: ArgumentHelp(localized("对方版本（%B）。", "The other edition (%B)."), valueName: localized("对方", "theirs")))
  var theirs: String

  @Argument(
    help: ArgumentHelp(
      localized("文件在仓库中的路径（%P）。", "The file's path in the repository (%P)."), valueName: localized("路径", "path")))
  var path: String?

  @OptionGroup var languageOption: LanguageOption

  /// How many conflicts are named; `validate` reports all.
  private static let limit = 20

  func run() throws {
    let name = path ?? ours
    switch try FileMerge(base: base, ours: ours, theirs: theirs, path: path).way {
    case .table(_, let conflicts):
      for conflict in conflicts.prefix(MergeCommand.limit) { Console.note(MergeCommand.text(conflict, name)) }
      let rest = conflicts.count - MergeCommand.limit
      if rest > 0 {
        Console.note(
          LocalizedText(zh: "\(name)：另有 \(rest) 处冲突。", en: "\(name): and \(counted(rest, "more conflict"))."))
      }
      if !conflicts.isEmpty { throw ExitStatus.findings }
    case .text(let reason, let conflicts):
      if conflicts > 0 {
        Console.note(
          LocalizedText(
            zh: "\(name)：\(reason.zh)，已按行合并，有 \(conflicts) 处冲突。",
            en: "\(name): \(reason.en); merged line by line, with \(counted(conflicts, "conflict"))."))
        throw ExitStatus.findings
      }
    case .refused(let reason):
      Console.note(
        LocalizedText(
          zh: "\(name)：\(reason.zh)，git 也不能按行合并；保留我方版本。",
          en: "\(name): \(reason.en), and git cannot merge it line by line; our edition stays."))
      throw ExitStatus.findings
    }
  }

  private static func text(_ conflict: TableMerge.Conflict, _ name: String) -> LocalizedText {
    let zh: String
    let en: String
    switch (conflict.columns.first, conflict.ours, conflict.theirs) {
    case (_, nil, _): (zh, en) = ("我方删去了这一行，对方改动了它", "removed by us, changed by them")
    case (_, _, nil): (zh, en) = ("我方改动了这一行，对方删去了它", "changed by us, removed by them")
    case (let column?, let ours?, let theirs?):
      let more = conflict.columns.count - 1
      zh = "\(column)：我方“\(ours)”，对方“\(theirs)”" + (more > 0 ? "，另有 \(more) 列" : "")
      en = "\(column): “\(ours)” here, “\(theirs)” there" + (more > 0 ? ", and \(counted(more, "more column"))" : "")
    default: (zh, en) = ("两边的改动不能合并", "the two sides cannot be merged")
    }
    return LocalizedText(zh: "\(name)：\(conflict.row) 冲突：\(zh)。", en: "\(name): conflict in \(conflict.row): \(en).")
  }
}
