import Catalog
import Deadlines

/// A notice as the text of a document has it: number, date, title and issuer, as far as they are in lines of their own.
struct NoticeText: Equatable {
  /// 发文字号: 九府办字〔2022〕128号.
  var number: String
  var issued: Day?
  var title = ""
  var issuer = ""

  /// - Parameter lines: the lines of the document, from the top down; a long paragraph is an empty one.
  /// - Returns: nil if no line has the number of the notice itself. Those of other notices are within sentences.
  init?(_ lines: ArraySlice<String>) {
    guard
      let (index, number, rest) = lines.indices.lazy.compactMap({ index in
        NoticeText.number(lines[index]).map { (index, $0.number, $0.rest) }
      }).first
    else { return nil }
    self.number = number
    issued = NoticeText.day(rest)
    // The day is below the text, the last one before the annex; on web pages beside the number.
    if issued == nil { issued = lines[index...].lazy.compactMap(NoticeText.day).last }
    readTitle(lines, around: index)
  }

  // MARK: Number

  private static let openings: Set<Unicode.Scalar> = ["〔", "［", "[", "【", "（", "(", "﹝"]
  private static let closings: Set<Unicode.Scalar> = ["〕", "］", "]", "】", "）", ")", "﹞"]

  /// The number that a line begins with, in the usual brackets, and what follows; nil if it has none or says more.
  private static func number(_ line: String) -> (number: String, rest: String)? {
    let scalars = ListHeading.compact(line).unicodeScalars.map(narrow)
    guard let open = scalars.firstIndex(where: { openings.contains($0) }), open > 0, open <= 15,
      scalars[..<open].allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }), open + 5 < scalars.count,
      scalars[(open + 1)...(open + 4)].allSatisfy(isDigit), closings.contains(scalars[open + 5])
    else { return nil }
    var end = open + 6
    if end < scalars.count, scalars[end] == "第" { end += 1 }
    let start = end
    while end < scalars.count, end - start < 5, isDigit(scalars[end]) { end += 1 }
    guard end > start, end < scalars.count, scalars[end] == "号" else { return nil }
    let rest = text(scalars[(end + 1)...])
    guard rest.isEmpty || day(rest) != nil || rest.hasPrefix("签发人") else { return nil }
    let year = text(scalars[(open + 1)...(open + 4)])
    return ("\(text(scalars[..<open]))〔\(year)〕\(text(scalars[start..<end]))号", rest)
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Full-width digits as ASCII.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (0xFF10...0xFF19).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
  }

  // MARK: Day

  private static let digits: [Unicode.Scalar: Character] = [
    "〇": "0", "○": "0", "零": "0", "Ｏ": "0", "O": "0", "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6",
    "七": "7", "八": "8", "九": "9",
  ]

  /// The day that a line consists of: 2022年12月30日, 二〇二二年十二月三十日.
  private static func day(_ line: String) -> Day? {
    let compact = text(ListHeading.compact(line).unicodeScalars.map(narrow))
    guard compact.hasSuffix("日"), let year = compact.firstIndex(of: "年"), let month = compact.firstIndex(of: "月"),
      year < month
    else { return nil }
    let written = compact[..<year]
    let digits = String(written.unicodeScalars.map { NoticeText.digits[$0] ?? Character($0) })
    guard digits.count == 4, let yearNumber = Int(digits),
      let monthNumber = ListNumber.read(String(compact[compact.index(after: year)..<month])),
      let dayNumber = ListNumber.read(String(compact[compact.index(after: month)...].dropLast()))
    else { return nil }
    return Day(year: yearNumber, month: monthNumber, day: dayNumber)
  }

  // MARK: Title

  private static let kinds = ["通知", "意见", "决定", "公告", "通告", "批复", "方案", "函", "通报"]
  private static let issuers = ["政府", "办公室", "办公厅", "局", "委员会", "委", "厅", "部", "中心", "领导小组"]
  private static let titleLines = 5
  private static let titleDistance = 12

  /// The title is above the number on a web page, and below it in the printed form (GB/T 9704).
  private mutating func readTitle(_ lines: ArraySlice<String>, around index: Int) {
    let near =
      max(
        lines.startIndex, index - NoticeText.titleDistance)..<min(
        lines.endIndex, index + NoticeText.titleDistance)
    let candidates = near.compactMap { end -> (distance: Int, title: String)? in
      let last = ListHeading.compact(lines[end])
      guard end != index, NoticeText.kinds.contains(where: { last.hasSuffix($0) }) else { return nil }
      var title = ""
      for start in stride(from: end, through: max(near.lowerBound, end - NoticeText.titleLines + 1), by: -1) {
        let line = ListHeading.compact(lines[start])
        if start == index || line.isEmpty || line.hasSuffix("。") { break }
        title = lines[start].trimmingBlanks + title
        guard let about = line.firstRange(of: "关于") else { continue }
        if about.lowerBound == line.startIndex, start > near.lowerBound {
          let above = lines[start - 1].trimmingBlanks
          if NoticeText.issuers.contains(where: { above.hasSuffix($0) }) { title = above + title }
        }
        return (abs(end - index), title)
      }
      return nil
    }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return }
    title = best.title
    if let about = title.firstRange(of: "关于") {
      let body = String(title[..<about.lowerBound]).trimmingBlanks
      if NoticeText.issuers.contains(where: { body.hasSuffix($0) }) { issuer = body }
    }
  }
}
