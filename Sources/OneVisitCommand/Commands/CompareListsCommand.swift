import ArgumentParser
import Catalog
import Interchange
import Localization
import Reports

struct CompareListsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare-lists",
    abstract: localized(
      "对照上下级清单：下级未承接的和自己提出的。", "Compare the lists of two levels: what is not taken up, what is added."),
    discussion: localized(
      """
      每个有清单的地区与其上最近的有清单的地区对照（regions.csv 的上级），事项按名称配对。
      “未承接”是上级清单有、本级清单没有的；“自有”是本级清单自己提出的（九府办字〔2022〕128号§二（一））。
      指明一个地区或清单，只看它；指明两个，先下级后上级。

      示例：
        onevisit compare-lists
        onevisit compare-lists 濂溪区 --all
        onevisit compare-lists second first
      """,
      """
      Each region with lists is compared with the nearest region above it that has lists (`parent` in regions.csv). \
      Matters are paired by name.
      “not taken up” is what the list above has and the own one has not; “its own” is what the own list adds \
      (§二(一) of 九府办字〔2022〕128号).
      With one region or list, only that is compared; with two, the lower comes first.

      Examples:
        onevisit compare-lists
        onevisit compare-lists 濂溪区 --all
        onevisit compare-lists second first
      """))

  @Argument(
    help: ArgumentHelp(
      localized("下级：地区或清单的标识或名称。", "The lower level: a region or a list, by id or name."),
      valueName: localized("下级", "lower")))
  var lower: String?

  @Argument(
    help: ArgumentHelp(
      localized("上级：地区或清单的标识或名称。", "The upper level: a region or a list, by id or name."),
      valueName: localized("上级", "upper")))
  var upper: String?

  @OptionGroup var common: CommonOptions

  @Flag(help: ArgumentHelp(localized("也列出已承接的事项。", "List the matters that are taken up as well.")))
  var all = false

  @OptionGroup var output: ListFormatOption

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    let comparisons = try comparisons(of: catalog)
    let statuses: Set<LevelComparison.Status> = all ? [.takenUp, .notTakenUp, .own] : [.notTakenUp, .own]
    try output.write(LevelListing.rows(comparisons, of: catalog, statuses))
    for comparison in comparisons { Console.note(LevelListing.summary(comparison)) }
  }

  private func comparisons(of catalog: Catalog) throws(UsageError) -> [LevelComparison] {
    guard let lower else {
      let all = LevelComparison.all(of: catalog)
      if all.isEmpty {
        Console.note(
          LocalizedText(
            zh: "没有可对照的上下级清单：请在 regions.csv 登记地区及其上级，在 lists.csv 写明各清单的地区。",
            en: "There are no lists of two levels to compare: enter the regions and their parents in regions.csv, "
              + "and the region of each list in lists.csv."))
      }
      return all
    }
    let side = try Self.side(lower, in: catalog)
    if let upper {
      return [LevelComparison(of: side, with: try Self.side(upper, in: catalog), in: catalog)]
    }
    guard let region = side.lists.first.flatMap({ catalog.lists[$0].regionIndex }),
      let above = LevelComparison.Side(above: region, of: catalog)
    else {
      throw UsageError(
        zh: "“\(lower)”之上没有清单：请写明与哪个地区或清单对照，或在 regions.csv 登记上级。",
        en: "there is no list above “\(lower)”: name the region or list to compare it with, or enter its parent "
          + "in regions.csv.")
    }
    return [LevelComparison(of: side, with: above, in: catalog)]
  }

  private static func unknown(_ name: String, in catalog: Catalog) -> UsageError {
    let lists = catalog.lists.map(\.id)
    let regions = catalog.regions.map(\.name)
    let zh = "没有叫“\(name)”的地区或清单。清单：\(lists.joined(separator: "、"))。"
    let en = "there is no region or list “\(name)”. Lists: \(lists.joined(separator: ", "))."
    if regions.isEmpty { return UsageError(zh: zh + "没有登记地区。", en: en + " No regions are registered.") }
    return UsageError(
      zh: zh + "地区：\(regions.joined(separator: "、"))。", en: en + " Regions: \(regions.joined(separator: ", ")).")
  }

  /// The lists of the region of that id or name, else the list of that id or title.
  private static func side(_ name: String, in catalog: Catalog) throws(UsageError) -> LevelComparison.Side {
    if let list = catalog.list(id: name) { return LevelComparison.Side(name: name, lists: [list]) }
    guard let region = catalog.regionTree.index(of: name) else {
      if let list = catalog.lists.firstIndex(where: { $0.annex == name || $0.title == name }) {
        return LevelComparison.Side(name: catalog.lists[list].id, lists: [list])
      }
      throw unknown(name, in: catalog)
    }
    guard let side = LevelComparison.Side(region: region, of: catalog) else {
      throw UsageError(
        zh: "“\(name)”没有清单：请在 lists.csv 写明各清单的地区。",
        en: "“\(name)” has no list: enter the region of each list in lists.csv.")
    }
    return side
  }
}
