import AtomicFiles
import Catalog
import Interchange
import Testing

/// The merge of two random edits equals editing one after the other, wherever they do not touch the same field.
@Suite("Merges of random edits") struct MergePropertyTests {
  /// A row by its key, which is never written: items get their number from their place.
  private struct Row: Hashable {
    var key: String
    var group: String
    var cells: [String]
  }

  private enum Edit {
    case set(key: String, column: Int, text: String)
    case remove(key: String)
    case insert(after: String, Row)
  }

  /// A table to edit: of matters, or of items.
  private struct Sheet {
    var rows: [Row]
    let isItems: Bool
    let form: Int

    func applying(_ edits: [Edit]) -> Sheet {
      var sheet = self
      for edit in edits {
        switch edit {
        case .set(let key, let column, let text):
          if let index = sheet.rows.firstIndex(where: { $0.key == key }) { sheet.rows[index].cells[column] = text }
        case .remove(let key): sheet.rows.removeAll { $0.key == key }
        case .insert(let after, let row):
          if let index = sheet.rows.firstIndex(where: { $0.key == after }) { sheet.rows.insert(row, at: index + 1) }
        }
      }
      return sheet
    }

    var text: String {
      let end = form % 2 == 0 ? "\n" : "\r\n"
      func cell(_ text: String) -> String {
        text.contains { ",\"\n".contains($0) } || form % 3 == 1
          ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
      }
      var lines = [
        isItems ? "matter,number,name,responsible,shared" : "id,list,number,audience,name,lead,deadline,remark"
      ]
      var numbers: [String: Int] = [:]
      for row in rows {
        var cells = row.cells
        if isItems {
          numbers[row.group, default: 0] += 1
          cells = [row.group, String(numbers[row.group] ?? 0)] + cells
        }
        lines.append(cells.map(cell).joined(separator: ","))
      }
      return (form % 5 == 2 ? "\u{FEFF}" : "") + lines.map { $0 + end }.joined()
    }
  }

  private struct Generator {
    var random: SeededGenerator
    private var serial = 0

    init(seed: Int) { random = SeededGenerator(seed: UInt64(seed)) }

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func text() -> String {
      serial += 1
      let piece = ["部门", "登记", "许可", "a,b", "\"引\"", "一\n二", "2023年6月底", ""].randomElement(using: &random) ?? ""
      return "\(piece)\(serial)"
    }

    mutating func sheet(isItems: Bool) -> Sheet {
      var rows: [Row] = []
      for matter in 1...number(3..<9) {
        let group = "2-00\(matter)"
        for item in 0..<(isItems ? number(1..<6) : 1) {
          rows.append(row(group, isItems ? "\(group)/\(item)" : group, isItems: isItems))
        }
      }
      return Sheet(rows: rows, isItems: isItems, form: number(0..<30))
    }

    mutating func row(_ group: String, _ key: String, isItems: Bool) -> Row {
      // The names of items differ, so that each is found again.
      let name = (0..<5).map { _ in String(Unicode.Scalar(UInt32(number(0x4E00..<0x9000))) ?? "名") }.joined()
      return Row(
        key: key, group: group,
        cells: isItems ? [name, text(), ""] : [group, "second", text(), "individual", text(), text(), text(), text()])
    }

    /// Edits that touch nothing of what others have.
    mutating func edits(_ sheet: Sheet, side: Int, touched: inout Set<String>) -> [Edit] {
      var edits: [Edit] = []
      var own: Set<String> = []
      for turn in 0..<number(0..<7) {
        guard let row = sheet.rows.randomElement(using: &random) else { break }
        let column = sheet.isItems ? number(1..<3) : number(2..<8)
        switch number(0..<5) {
        case 0 where !touched.contains(row.key) && !own.contains(row.key):
          edits.append(.remove(key: row.key))
          own.formUnion([row.key, "\(row.key) removed"])
        case 1
        where !touched.contains("\(row.key) removed") && !touched.contains("\(row.key) after")
          && !own.contains("\(row.key) removed"):
          let group = sheet.isItems ? row.group : "9-\(side)\(turn)"
          let new = self.row(group, "new \(side) \(turn)", isItems: sheet.isItems)
          edits.append(.insert(after: row.key, new))
          own.formUnion(["\(row.key) after", row.key])
        default:
          let field = "\(row.key) \(column)"
          guard !touched.contains(field), !touched.contains("\(row.key) removed"), !own.contains("\(row.key) removed")
          else { continue }
          edits.append(.set(key: row.key, column: column, text: text()))
          own.formUnion([field, row.key])
        }
      }
      touched.formUnion(own)
      return edits
    }
  }

  private static func merge(_ base: Sheet, _ ours: Sheet, _ theirs: Sheet) throws -> TableMerge {
    try TableMerge(
      base: Bytes(Array(base.text.utf8)), ours: Bytes(Array(ours.text.utf8)), theirs: Bytes(Array(theirs.text.utf8)))
  }

  @Test(arguments: 0..<500) func mergeIsOneAfterTheOther(seed: Int) throws {
    var generator = Generator(seed: seed)
    let base = generator.sheet(isItems: seed.isMultiple(of: 2))
    var touched: Set<String> = []
    let first = generator.edits(base, side: 1, touched: &touched)
    let second = generator.edits(base, side: 2, touched: &touched)
    let (ours, theirs) = (base.applying(first), base.applying(second))
    let expected = ours.applying(second).text
    #expect(theirs.applying(first).text == expected)
    for (one, other) in [(ours, theirs), (theirs, ours)] {
      let result = try Self.merge(base, one, other)
      #expect(result.conflicts.isEmpty)
      #expect(String(decoding: result.bytes, as: UTF8.self) == expected, "seed \(seed)")
    }
  }

  /// One field that both change is one conflict, and each side's choice gives that side's edit of it.
  @Test(arguments: 0..<200) func oneFieldIsOneConflict(seed: Int) throws {
    var generator = Generator(seed: seed)
    let base = generator.sheet(isItems: seed.isMultiple(of: 2))
    let row = try #require(base.rows.randomElement(using: &generator.random))
    let column = base.isItems ? 1 : generator.number(3..<8)
    // Neither side removes the row or changes the field otherwise.
    var touched: Set<String> = ["\(row.key) \(column)", row.key]
    let first = generator.edits(base, side: 1, touched: &touched)
    let second = generator.edits(base, side: 2, touched: &touched)
    let (mine, other) = (
      Edit.set(key: row.key, column: column, text: "我方"), Edit.set(key: row.key, column: column, text: "对方")
    )
    let result = try Self.merge(base, base.applying(first + [mine]), base.applying(second + [other]))
    let conflict = try #require(result.conflicts.first)
    #expect(result.conflicts.count == 1 && conflict.columns.count == 1)
    #expect(conflict.ours == "我方" && conflict.theirs == "对方")
    let text = String(decoding: result.bytes, as: UTF8.self)
    let end = base.form.isMultiple(of: 2) ? "\n" : "\r\n"
    func chosen(_ isOurs: Bool) -> String {
      var part = 0
      return text.components(separatedBy: end).filter { line in
        if line == "<<<<<<< ours" {
          part = 1
        } else if line == "=======" {
          part = 2
        } else if line == ">>>>>>> theirs" {
          part = 0
        } else {
          return part == 0 || part == (isOurs ? 1 : 2)
        }
        return false
      }.joined(separator: end)
    }
    #expect(chosen(true) == base.applying(first + second + [mine]).text, "seed \(seed)")
    #expect(chosen(false) == base.applying(first + second + [other]).text, "seed \(seed)")
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = utf8[...]
    while let range = rest.firstRange(of: Array(separator.utf8)) {
      parts.append(String(decoding: rest[..<range.lowerBound], as: UTF8.self))
      rest = rest[range.upperBound...]
    }
    return parts + [String(decoding: rest, as: UTF8.self)]
  }
}
