import Catalog
import Localization

/// The cells of a document. A line may end because the text is too long for its cell, or because another text begins below
/// it. The registers show which.
struct WrappedLines {
  let names: OfficialNames
  /// Reports a reading that is likely, in Chinese and English.
  typealias Report = (String, String) -> Void

  static func mayHoldSeveral(_ text: String) -> Bool { text.utf8.contains(0x0A) }

  static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }

  /// The lines as one text. Between two words in Latin letters there is a blank.
  static func joined(_ lines: [String]) -> String {
    var text = ""
    for line in lines {
      if let last = text.unicodeScalars.last, let first = line.unicodeScalars.first, isLetter(last), isLetter(first) {
        text += " "
      }
      text += line
    }
    return text
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  /// A cell of departments: one name over several lines, or a department in each.
  func departments(_ text: String, _ report: Report) -> String {
    let lines = WrappedLines.lines(text)
    let joined = WrappedLines.joined(lines)
    if lines.count < 2 || names.isDepartments(joined) { return joined }
    guard lines.allSatisfy(names.isDepartments) else { return joined }
    let together = lines.joined(separator: "、")
    report(
      "一格里有 \(lines.count) 行部门，读作共同负责：“\(together)”",
      "the cell has \(lines.count) lines of departments, which are read as jointly responsible: “\(together)”")
    return together
  }

  /// A cell of any other column.
  func text(_ text: String) -> String { WrappedLines.joined(WrappedLines.lines(text)) }

  /// Resolves the rows of a matter. What is left with line breaks holds several items, or is for the reader of items to report.
  /// - Parameters:
  ///   - range: which of the rows are the matter's.
  ///   - known: the names of the items of the same matter in the base.
  ///   - report: also gets whether the reading is about the item or its departments, and the row.
  func resolve(
    _ rows: inout [OfficialDraft.Row], _ range: Range<Int>, known: Set<String>,
    _ report: (ItemColumn, OfficialDraft.Row, String, String) -> Void
  ) {
    let texts = names.texts
    for index in range {
      let row = rows[index]
      let (item, responsible) = (texts.text(row.item), texts.text(row.responsible))
      guard WrappedLines.mayHoldSeveral(item) || WrappedLines.mayHoldSeveral(responsible) else { continue }
      let items = WrappedLines.lines(item)
      let owners = WrappedLines.lines(responsible)
      let joined = WrappedLines.joined(items)
      let isOne = items.count < 2 || known.contains(joined) || names.isApproval(joined)
      let arePairs = items.count > 1 && owners.count == items.count && owners.allSatisfy(names.isDepartments)
      if isOne || (!arePairs && !items.contains(where: names.isApproval)) {
        rows[index].item = texts.insert(joined)
        rows[index].responsible = texts.insert(departments(responsible) { report(.responsible, row, $0, $1) })
        if !isOne {
          report(
            .name, row, "事项名称的 \(items.count) 行接成一项：“\(joined)”",
            "the \(items.count) lines of the item are read as one name: “\(joined)”")
        }
      } else if arePairs {
        if !items.allSatisfy(names.isApproval) {
          report(
            .name, row, "一格里有 \(items.count) 行，责任部门也有 \(items.count) 行，读作 \(items.count) 项",
            "the cell has \(items.count) lines, and that of departments as many: they are read as \(items.count) items")
        }
      } else if items.allSatisfy(names.isApproval) {
        // Several items with the same departments.
        rows[index].responsible = texts.insert(departments(responsible) { report(.responsible, row, $0, $1) })
      }
    }
  }
}
