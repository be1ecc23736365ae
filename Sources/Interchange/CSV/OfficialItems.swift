import Catalog
import Localization

/// The items of a matter from its rows: cells with several are taken apart, merged departments put beside each.
struct OfficialItems {
  let base: Catalog
  let names: OfficialNames

  struct Expanded {
    var items: [(name: String, responsible: String, row: OfficialDraft.Row)] = []
    var placeholder: String?
  }

  /// The items of a matter: cells with several are taken apart, merged departments put beside each.
  func expand(
    _ draft: OfficialDraft, _ counterpart: Matter?, _ report: (String, String, Int?) -> Void
  ) -> Expanded {
    var out = Expanded(items: [], placeholder: "")
    var department = ""
    var hasSlash = false
    for row in draft.rows {
      let item = row.item.trimmingBlanks
      let beside = row.responsible.trimmingBlanks
      if item.isEmpty {
        if !beside.isEmpty, !row.isUnclear {
          report(
            "有责任部门“\(beside)”而没有关联事项，未读取",
            "there is a department (“\(beside)”) and no item; the row is not read", row.start)
        }
        continue
      }
      if item == "/" || item == "／" {
        hasSlash = true
        if !beside.isEmpty, beside != "/", beside != "／" { out.placeholder = row.responsible }
        continue
      }
      let responsible = beside.isEmpty ? department : row.responsible
      department = responsible
      for (name, owner) in apart(row, responsible, counterpart, report) { out.items.append((name, owner, row)) }
    }
    if hasSlash, !out.items.isEmpty {
      report(
        "“/”表示没有关联事项，而下面又列出事项；按有事项读取",
        "“/” says that there is no item, yet items are listed; they are read", nil)
    }
    return out
  }

  /// Takes a cell with several items apart.
  private func apart(
    _ row: OfficialDraft.Row, _ responsible: String, _ counterpart: Matter?, _ report: (String, String, Int?) -> Void
  ) -> [(String, String)] {
    let whole = [(row.item, responsible)]
    if row.isUnclear || (!mayHoldSeveral(row.item) && !mayHoldSeveral(responsible)) { return whole }
    if let counterpart, base.items(of: counterpart).contains(where: { base.text($0.name) == row.item }) {
      return whole
    }
    let lines = parts(row.item) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    let owners = ownerParts(responsible)
    // One name, perhaps over several lines.
    if names.isApproval(lines.joined()) { return lines.count > 1 ? [(lines.joined(), responsible)] : whole }
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
        "一格里有 \(lines.count) 行事项、\(owners.count) 个责任部门，看不出如何对应；整格按一项读取",
        "the cell holds \(lines.count) lines and \(owners.count) departments, and nothing says how they go together; it is read as one item",
        row.start)
      return whole
    }
    let words = parts(row.item) { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
    // Blanks beside a slash are typesetting.
    guard words.count > 1, !words.contains(where: { $0.hasPrefix("/") || $0.hasSuffix("/") }) else {
      if owners.count > 1, words.count == 1, owners.allSatisfy(names.isDepartments),
        responsible.contains(where: \.isNewline)
      {
        report(
          "一个事项旁有 \(owners.count) 行责任部门；按共同负责读取",
          "one item stands beside \(owners.count) lines of departments; they are read as jointly responsible", row.start
        )
      }
      return whole
    }
    if owners.count == words.count, owners.allSatisfy(names.isDepartments) { return Array(zip(words, owners)) }
    if words.allSatisfy(names.isApproval) {
      if owners.count == 1 { return words.map { ($0, responsible) } }
      report(
        "一格里有 \(words.count) 个事项、\(owners.count) 个责任部门，看不出如何对应；整格按一项读取",
        "the cell holds \(words.count) items and \(owners.count) departments, and nothing says how they go together; it is read as one",
        row.start)
    }
    return whole
  }

  /// A quick look at the bytes: what has no blank and no line break is not taken apart.
  private func mayHoldSeveral(_ text: String) -> Bool {
    text.utf8.contains { $0 <= 0x20 } || text.unicodeScalars.contains("\u{3000}")
  }

  /// The departments of a cell as far as lines or blanks keep them apart.
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
