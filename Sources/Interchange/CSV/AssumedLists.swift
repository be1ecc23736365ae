import Catalog
import Localization

extension Catalog {
  /// Notes which lists the matters of a file were taken to belong to, as its headings suggest, where no option names the list.
  mutating func noteLists() {
    let found = Set(matters.compactMap(\.list)).sorted().filter { lists.indices.contains($0) }
    guard !found.isEmpty else { return }
    let zh = found.map { lists[$0].annex.isEmpty ? lists[$0].id : "\(lists[$0].id)（\(lists[$0].annex)）" }
    let en = found.map { lists[$0].annex.isEmpty ? lists[$0].id : "\(lists[$0].id) (\(lists[$0].annex))" }
    readingNotes.append(
      LocalizedText(
        zh: "按表头作为清单 \(zh.joined(separator: "、")) 读取；是另一份清单的，用 --list 指定",
        en: "read as the list \(en.joined(separator: ", ")) by its headings; if it is another, name it with --list"))
  }
}
