import Catalog

/// The title of a list, in the lines of a document above its table.
enum ListTitle {
  /// `附件`, `附件2`, `附件 2：`, `附表一`.
  static func isAnnex(_ line: String) -> Bool {
    let compact = ListHeading.compact(line)
    guard compact.hasPrefix("附件") || compact.hasPrefix("附表"), compact.count <= 8 else { return false }
    var rest = compact.dropFirst(2)
    while let last = rest.last, ":：.、".contains(last) { rest.removeLast() }
    return rest.isEmpty || ListNumber.read(String(rest)) != nil
  }

  private static let limit = 4

  /// The lines directly above a table that are its title: from 附件 on, if it is near.
  /// - Parameter lines: the lines of the document above the table; a long paragraph is an empty one.
  static func lines(above lines: ArraySlice<String>) -> [String] {
    var titles: [String] = []
    for line in lines.reversed() {
      let compact = ListHeading.compact(line)
      if compact.isEmpty || compact.hasSuffix("。") || titles.count == limit { break }
      if ["单位:", "单位：", "填报", "联系人", "注:", "注：", "日期"].contains(where: { compact.hasPrefix($0) }) {
        if titles.isEmpty { continue }
        break
      }
      if compact.contains("公开)") || compact.contains("公开）") { break }
      titles.append(line.trimmingBlanks)
      if isAnnex(line) { break }
    }
    // Without 附件 in sight, only the nearest line is certainly about the table.
    if titles.count > 1, let last = titles.last, !isAnnex(last) { titles.removeLast(titles.count - 1) }
    return titles.reversed()
  }
}
