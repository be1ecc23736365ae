import Catalog
import Localization

/// Resolves the types (类型) of a list, whose cells are merged over many matters.
struct OfficialTypes {
  let context: ListContext
  let texts: OfficialTexts

  /// Sets the audience of each matter. A spreadsheet keeps the text of a merged cell in its first row, so that a blank cell
  /// has the type above it. A printed list has it in the middle; then only a matter between two equal types has a certain
  /// type.
  func resolve(_ content: inout OfficialContent) {
    var start = 0
    while start < content.drafts.count {
      var end = start
      while end < content.drafts.count, content.drafts[end].list == content.drafts[start].list { end += 1 }
      resolve(&content, start..<end)
      start = end
    }
  }

  /// Fills the blank cells of columns that are merged over many matters, such as the stage, with the text above: a
  /// spreadsheet keeps the text of a merged cell in its first row. A new text ends the merged cells of the columns to its
  /// right. Before the first text of a list they stay blank.
  ///
  /// - Parameter columns: the indices of the columns among the further ones, from left to right.
  static func fillMerged(_ content: inout OfficialContent, _ columns: [Int]) {
    if columns.isEmpty { return }
    var list: Int?
    var above: [Int: OfficialCell] = [:]
    for draft in content.drafts {
      if draft.list != list { above = [:] }
      list = draft.list
      for (place, column) in columns.enumerated() where column < draft.further.count {
        let index = draft.further.lowerBound + column
        guard let own = content.further[index].own else { continue }
        if own == .empty {
          content.further[index].merged = above[column] ?? .empty
        } else if above.updateValue(own, forKey: column) != own {
          for inner in columns[(place + 1)...] { above[inner] = nil }
        }
      }
    }
  }

  private func resolve(_ content: inout OfficialContent, _ range: Range<Int>) {
    let isTop = content.drafts[range.lowerBound].type != .empty
    var last: OfficialCell?
    var open = range.lowerBound
    for index in range {
      let type = content.drafts[index].type
      guard type != .empty else {
        if isTop { content.drafts[index].audience = last }
        continue
      }
      content.drafts[index].audience = type
      if !isTop {
        // The blank cells since the last type.
        if let last, isSame(last, type) {
          for blank in open..<index { content.drafts[blank].audience = type }
        } else if open < index {
          report(content, open..<index, last, type)
        }
      }
      last = type
      open = index + 1
    }
    if !isTop, open < range.upperBound {
      if let last {
        for blank in open..<range.upperBound { content.drafts[blank].audience = last }
      } else {
        report(content, open..<range.upperBound, nil, nil)
      }
    }
  }

  private func isSame(_ a: OfficialCell, _ b: OfficialCell) -> Bool {
    a == b || context.audiences.id(of: texts.text(a)) == context.audiences.id(of: texts.text(b))
  }

  private func report(
    _ content: OfficialContent, _ range: Range<Int>, _ above: OfficialCell?, _ below: OfficialCell?
  ) {
    let drafts = content.drafts
    func id(_ index: Int) -> String { context.matterID(of: drafts[index], texts) }
    // Matters whose audience the base has are not reported.
    let open = range.filter { index in
      let draft = drafts[index]
      // The first row has been reported already.
      if let first = draft.rows.first, content.rows[first].isUnclear { return false }
      return context.counterpart(id: id(index), name: texts.text(draft.name))?.audience == nil
    }
    guard let first = open.first, let last = open.last else { return }
    let one = id(first)
    let run = first == last ? one : "\(one)–\(id(last))"
    let zh: String
    let en: String
    if let above, let below {
      let (above, below) = (texts.text(above), texts.text(below))
      zh = "\(run) 的类型是空的，上面是“\(above)”，下面是“\(below)”，无法判断是哪一种；请填写类型"
      en = "the type of \(run) is blank between “\(above)” above and “\(below)” below; enter the type"
    } else {
      zh = "\(run) 的类型是空的，上面的行也没有类型；请填写类型"
      en = "the type of \(run) is blank, and the rows above have no type either; enter the type"
    }
    context.unclear(drafts[first].source, drafts[first].start, subject: one, LocalizedText(zh: zh, en: en))
  }
}
