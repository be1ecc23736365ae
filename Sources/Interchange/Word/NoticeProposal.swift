import Catalog
import Localization

/// What an import proposes about the notice of a list, which no table of a document has.
struct NoticeProposal {
  let lines: [LocalizedText]

  init(_ notice: NoticeText, for catalog: Catalog) {
    let lists = Set(catalog.matters.compactMap(\.list)).sorted().filter { catalog.lists.indices.contains($0) }
    let known = catalog.notices.first { ListHeading.compact($0.number) == ListHeading.compact(notice.number) }
    lines = lists.compactMap { index in
      let list = catalog.lists[index]
      if !list.notice.isEmpty, list.notice == known?.id { return nil }
      return NoticeProposal.line(notice, known, list, catalog)
    }
  }

  /// A list that is registered under another notice than the document: its matters would be written over by those of the
  /// document, or judged by its registers, unless it is meant. Nil if there is none.
  static func otherList(
    _ notice: NoticeText, in catalog: Catalog, isImport: Bool
  ) -> (problem: LocalizedText, fix: LocalizedText)? {
    for index in Set(catalog.matters.compactMap(\.list)).sorted() where catalog.lists.indices.contains(index) {
      let list = catalog.lists[index]
      let own = list.noticeIndex.map { catalog.notices[$0].number } ?? list.notice
      if own.isEmpty || ListHeading.compact(own) == ListHeading.compact(notice.number) { continue }
      let effect =
        isImport
        ? LocalizedText(
          zh: "导入会用文档的事项改写这份清单", en: "importing would write the matters of the document over this list")
        : LocalizedText(
          zh: "文档的事项会被当作这份清单的", en: "the matters of the document would be taken for those of this list")
      return (
        LocalizedText(
          zh: "文档是 \(notice.number)，而清单 \(list.id) 登记的文件是 \(own)：\(effect.zh)。",
          en:
            "the document is \(notice.number), but the list \(list.id) is registered under \(own): \(effect.en)."
        ),
        LocalizedText(
          zh: "请用 --list 指定清单：新的清单用新的标识，例如 --list third；确是这份清单的新版，写 --list \(list.id)。",
          en:
            "Name the list with --list: a new id for a new list, such as --list third; or --list \(list.id) if it is a new edition of this one."
        )
      )
    }
    return nil
  }

  private static func line(
    _ notice: NoticeText, _ known: Notice?, _ list: MatterList, _ catalog: Catalog
  ) -> LocalizedText {
    let own = list.noticeIndex.map { catalog.notices[$0].number } ?? list.notice
    let zh = own.isEmpty ? "清单 \(list.id) 还没有写依据的文件" : "清单 \(list.id) 登记的文件是 \(own)"
    let en = own.isEmpty ? "the list \(list.id) names no notice" : "the list \(list.id) is registered under \(own)"
    if let known {
      return LocalizedText(
        zh: "\(zh)，文档是 \(notice.number)：请在 lists.csv 的 notice 栏写 \(known.id)",
        en: "\(en), and the document is \(notice.number): enter \(known.id) in the column notice of lists.csv")
    }
    let issued = notice.issued.map { "\($0)" } ?? ""
    let row = ["number": notice.number, "title": notice.title, "issuer": notice.issuer, "issued": issued]
    let cells = ["number", "title", "issuer", "issued"].compactMap { name in
      row[name].flatMap { $0.isEmpty ? nil : "\(name) = \($0)" }
    }
    return LocalizedText(
      zh: "\(zh)，文档是 \(notice.number)：请登记到 notices.csv（\(cells.joined(separator: "；"))），并在 lists.csv 的 notice 栏写上它的标识",
      en:
        "\(en), and the document is \(notice.number): register it in notices.csv (\(cells.joined(separator: "; "))) and enter its id in the column notice of lists.csv"
    )
  }
}
