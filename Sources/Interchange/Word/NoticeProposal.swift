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
