import Catalog
import Localization

/// Reads the items of a matter from its rows. Cells that hold several items are split, and a merged cell of departments
/// applies to each of its rows.
final class OfficialItems {
  /// An item as its row has it.
  struct Item {
    var name: OfficialCell
    var responsible: OfficialCell
    var row: OfficialDraft.Row
  }

  /// The items of the matter that was read last.
  // Unchecked: it is used for every row, and nothing that is called while it changes reads it.
  @exclusivity(unchecked) private(set) var items: [Item] = []
  /// The departments beside "/" in its rows; empty if there are none.
  @exclusivity(unchecked) private(set) var placeholder = OfficialCell.empty

  private let context: ListContext
  private let names: OfficialNames
  private let texts: OfficialTexts
  init(_ context: ListContext, _ names: OfficialNames) {
    self.context = context
    self.names = names
    texts = names.texts
  }

  /// Whether a cell holds a slash alone: no item, or no department.
  private func isSlash(_ cell: OfficialCell) -> Bool {
    texts.answer(.isSlash, cell) {
      let word = texts.word(cell)
      return word == "/" || word == "／"
    }
  }

  /// Reads the items of a matter into `items`.
  /// - Parameters:
  ///   - rows: the rows of the matter.
  ///   - counterpart: the same matter in the base, if it has it.
  ///   - report: called with a problem in Chinese and in English, and the offset of its row, or nil for the whole matter.
  func read(
    _ rows: ArraySlice<OfficialDraft.Row>, _ counterpart: Matter?, _ report: (String, String, Int?) -> Void
  ) {
    items.removeAll(keepingCapacity: true)
    placeholder = .empty
    var department = OfficialCell.empty
    var hasSlash = false
    for row in rows {
      let hasDepartment = !texts.isBlank(row.responsible)
      if texts.isBlank(row.item) {
        if hasDepartment, !row.isUnclear {
          let beside = texts.word(row.responsible)
          report(
            "有责任部门“\(beside)”而没有关联事项，这一行未读取；请补上关联事项",
            "the row has a responsible department (“\(beside)”) and no item, and is not read; enter the item", row.start
          )
        }
        continue
      }
      if isSlash(row.item) {
        hasSlash = true
        if hasDepartment, !isSlash(row.responsible) { placeholder = row.responsible }
        continue
      }
      let responsible = hasDepartment ? row.responsible : department
      department = responsible
      if row.isUnclear || (!texts.mayHoldSeveral(row.item) && !texts.mayHoldSeveral(responsible)) {
        items.append(Item(name: row.item, responsible: responsible, row: row))
      } else {
        split(row, responsible, counterpart, report)
      }
    }
    if hasSlash, !items.isEmpty {
      report(
        "“/”表示没有关联事项，而其他行又列出事项；暂按有事项读取，请删去“/”或这些事项",
        "“/” means that there is no item, but other rows list items, which are read; delete “/” or the items", nil)
    }
  }

  /// Splits a cell with several items, if it is certain which department belongs to which item.
  private func split(
    _ row: OfficialDraft.Row, _ responsible: OfficialCell, _ counterpart: Matter?,
    _ report: (String, String, Int?) -> Void
  ) {
    let parts = split(texts.text(row.item), texts.text(responsible), row.start, counterpart, report)
    guard let parts else {
      items.append(Item(name: row.item, responsible: responsible, row: row))
      return
    }
    for (name, owner) in parts {
      items.append(Item(name: texts.insert(name), responsible: texts.insert(owner), row: row))
    }
  }

  /// The items with their departments; nil if the cell is one item.
  private func split(
    _ item: String, _ responsible: String, _ start: Int, _ counterpart: Matter?,
    _ report: (String, String, Int?) -> Void
  ) -> [(String, String)]? {
    if let counterpart, hasItem(counterpart, item) { return nil }
    let lines = parts(item) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    let owners = ownerParts(responsible)
    // One name, which may be broken into several lines.
    if names.isApproval(lines.joined()) { return lines.count > 1 ? [(lines.joined(), responsible)] : nil }
    if lines.count > 1 {
      if owners.count == lines.count, owners.allSatisfy(names.isDepartments) || lines.allSatisfy(names.isApproval) {
        return Array(zip(lines, owners))
      }
      if lines.allSatisfy(names.isApproval),
        owners.count == 1 || PrintedDepartments(printed: responsible, in: names.departments).choice == .any
      {
        return lines.map { ($0, responsible) }
      }
      report(
        "一格里有 \(lines.count) 行事项、\(owners.count) 个责任部门，无法判断如何对应；暂把整格读作一项，请把各项分行填写",
        "the cell holds \(lines.count) lines and its row \(owners.count == 1 ? "1 department" : "\(owners.count) departments"); which belongs to which is unclear, and it is read as one item. Write one row for each item",
        start)
      return nil
    }
    let words = parts(item) { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
    // Blanks beside a slash do not separate items.
    guard words.count > 1, !words.contains(where: { $0.hasPrefix("/") || $0.hasSuffix("/") }) else {
      if owners.count > 1, words.count == 1, owners.allSatisfy(names.isDepartments),
        responsible.contains(where: \.isNewline)
      {
        report(
          "一个事项有 \(owners.count) 行责任部门；暂按共同负责读取，请用“、”或“/”隔开",
          "one item has \(owners.count) lines of departments, which are read as jointly responsible; separate them with 、 or /",
          start
        )
      }
      return nil
    }
    if owners.count == words.count, owners.allSatisfy(names.isDepartments) { return Array(zip(words, owners)) }
    if words.allSatisfy(names.isApproval) {
      if owners.count == 1 { return words.map { ($0, responsible) } }
      report(
        "一格里有 \(words.count) 个事项、\(owners.count) 个责任部门，无法判断如何对应；暂把整格读作一项，请把各项分行填写",
        "the cell holds \(words.count) items and its row \(owners.count == 1 ? "1 department" : "\(owners.count) departments"); which belongs to which is unclear, and it is read as one item. Write one row for each item",
        start)
    }
    return nil
  }

  private func hasItem(_ matter: Matter, _ name: String) -> Bool {
    context.base.items(of: matter).contains { context.base.text($0.name) == name }
  }

  /// The parts of a cell of departments that are separated by line breaks or blanks.
  private func ownerParts(_ text: String) -> [String] {
    let lines = parts(text) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    if lines.count > 1 { return lines }
    let words = parts(text) { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
    if words.contains(where: { $0.hasPrefix("/") || $0.hasSuffix("/") }) { return [text] }
    return words.count > 1 ? words : [text]
  }

  private func parts(_ text: String, _ isBreak: (Character) -> Bool) -> [String] {
    text.split(whereSeparator: isBreak).map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }
}
