import Catalog
import Localization

/// The titles of the parts of a list, in a row of their own: 第一部分 个人事项, 一、企业开办, （二）变更.
enum SectionTitle {
  private static let ordinals = Set("〇零一二三四五六七八九十百".unicodeScalars)
  private static let parts = ["部分", "大类", "板块", "阶段", "章", "节", "篇", "编", "类", "批"]

  /// Whether a text begins as the title of a part does.
  static func isTitle(_ text: String) -> Bool {
    var rest = Array(ListHeading.compact(text).unicodeScalars)[...]
    let opening = rest.first
    if opening == "第" || opening == "（" || opening == "(" { rest.removeFirst() }
    let number = rest.prefix { ordinals.contains($0) || (opening == "第" && ("0"..."9").contains($0)) }
    guard !number.isEmpty else { return false }
    rest = rest.dropFirst(number.count)
    guard let after = rest.first else { return false }
    switch opening {
    case "第":
      var tail = String.UnicodeScalarView()
      tail.append(contentsOf: rest)
      let text = String(tail)
      return parts.contains { text.hasPrefix($0) }
    case "（", "(": return (after == "）" || after == ")") && rest.count > 1
    // A number alone is that of a matter.
    default: return (after == "、" || after == "．" || after == ".") && rest.count > 1
    }
  }

  /// Lists a row with such a title, which is no matter.
  static func pass(_ text: String, at position: SourcePosition, _ context: ListContext) {
    context.doubt(
      position, "“\(text)”是分节标题，这一行没有读作事项", "“\(text)” is the title of a section; the row was not read as a matter")
  }
}

/// A row that counts the matters above it: 合计 230 件, 小计 12.
struct OfficialTotal {
  /// As printed: 合计.
  var word: String
  /// The numbers in the row.
  var numbers: [Int]
  var position: SourcePosition
  /// Which drafts it may count: those of the list, or of its section.
  var drafts: [Range<Int>]

  private static let subtotals = ["本页小计", "本页合计", "小计"]
  private static let totals = ["总合计", "合计", "总计", "共计", "总数", "累计"]
  private static let units = ["个关联事项", "关联事项", "个事项", "件事", "事项", "件", "项", "个"]

  /// Whether a text names a total; the rest of it may be a number.
  static func isTotal(_ text: String) -> Bool { read(text) != nil }

  /// Whether a total counts only what follows the last one.
  static func isSubtotal(_ text: String) -> Bool {
    let compact = ListHeading.compact(text)
    return subtotals.contains { compact.hasPrefix($0) }
  }

  /// The numbers in the cell that names a total; nil if it says anything else.
  static func read(_ text: String) -> [Int]? {
    let compact = ListHeading.compact(text)
    guard let word = (subtotals + totals).first(where: { compact.hasPrefix($0) }) else { return nil }
    return counts(String(compact.dropFirst(word.count)))
  }

  /// The numbers in a text that consists of them and their units, 230件事、1024项; nil if it says anything else.
  static func counts(_ text: String) -> [Int]? {
    let separators: Set<Character> = [
      "，", ",", "、", "；", ";", "：", ":", "（", "）", "(", ")", "共", "计", "和", "/", "／", "—", "-",
    ]
    var numbers: [Int] = []
    for piece in ListHeading.compact(text).split(whereSeparator: { separators.contains($0) }) {
      let unit = units.first { piece.hasSuffix($0) } ?? ""
      let digits = String(piece.dropLast(unit.count))
      if digits.isEmpty { continue }
      guard let number = ListNumber.read(digits) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Compares the numbers with the matters above and their items. A row that agrees is listed; another one is reported.
  /// - Parameter itemCounts: by draft, how many items there are before it.
  func check(_ itemCounts: [Int], _ context: ListContext) {
    let found = drafts.map { (matters: $0.count, items: itemCounts[$0.upperBound] - itemCounts[$0.lowerBound]) }
    let agrees = found.contains { found in numbers.allSatisfy { $0 == found.matters || $0 == found.items } }
    guard let (matters, items) = found.first else { return }
    if agrees {
      let isSilent = numbers.isEmpty
      return context.doubt(
        position, "“\(word)”一行\(isSilent ? "" : "与上面各行相符，")没有读作事项",
        "the row “\(word)” \(isSilent ? "was" : "agrees with the rows above and was") not read as a matter")
    }
    let printed = numbers.map(String.init)
    context.unclear(
      position, subject: nil,
      LocalizedText(
        zh: "“\(word)”一行写的是 \(printed.joined(separator: "、"))，而上面有 \(matters) 件事、\(items) 个关联事项；请核对是否缺行或重复，或改正这个数",
        en:
          "the row “\(word)” says \(printed.joined(separator: ", ")), but the rows above have \(OfficialTotal.counted(matters, "matter")) with \(OfficialTotal.counted(items, "item")); check whether rows are missing or repeated, or correct the number"
      ))
  }

  private static func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
