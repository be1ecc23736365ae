import Catalog
import Localization

/// Resolves the types (类型) of a list, whose cells are merged over many matters.
struct OfficialTypes {
  let context: ListContext

  /// Sets the audience of each matter. A spreadsheet keeps the text of a merged cell in its first row, so that a blank cell
  /// has the type above it. A printed list has it in the middle; then only a matter between two equal types has a certain
  /// type.
  func resolve(_ drafts: inout [OfficialDraft]) {
    var start = 0
    while start < drafts.count {
      var end = start
      while end < drafts.count, drafts[end].list == drafts[start].list { end += 1 }
      resolve(&drafts, start..<end)
      start = end
    }
  }

  /// Fills the blank cells of columns that are merged over many matters, such as the stage, with the text above: a
  /// spreadsheet keeps the text of a merged cell in its first row. A new text ends the merged cells of the columns to its
  /// right. Before the first text of a list they stay blank.
  ///
  /// - Parameter columns: indices in `OfficialDraft.further`, from left to right.
  static func fillMerged(_ drafts: inout [OfficialDraft], _ columns: [Int]) {
    var list: Int?
    var above: [Int: String] = [:]
    for index in drafts.indices {
      if drafts[index].list != list { above = [:] }
      list = drafts[index].list
      for (place, column) in columns.enumerated() where drafts[index].further.indices.contains(column) {
        guard let own = drafts[index].further[column] else { continue }
        if own.isEmpty {
          drafts[index].merged[column] = above[column] ?? ""
        } else if above.updateValue(own, forKey: column) != own {
          for inner in columns[(place + 1)...] { above[inner] = nil }
        }
      }
    }
  }

  private func resolve(_ drafts: inout [OfficialDraft], _ range: Range<Int>) {
    let isTop = !drafts[range.lowerBound].type.isEmpty
    var last: String?
    var open = range.lowerBound
    for index in range {
      let type = drafts[index].type
      guard !type.isEmpty else {
        if isTop { drafts[index].audience = last }
        continue
      }
      drafts[index].audience = type
      if !isTop {
        // The blank cells since the last type.
        if let last, context.audiences.id(of: last) == context.audiences.id(of: type) {
          for blank in open..<index { drafts[blank].audience = type }
        } else if open < index {
          report(drafts, open..<index, last, type)
        }
      }
      last = type
      open = index + 1
    }
    if !isTop, open < range.upperBound {
      if let last {
        for blank in open..<range.upperBound { drafts[blank].audience = last }
      } else {
        report(drafts, open..<range.upperBound, nil, nil)
      }
    }
  }

  private func report(_ drafts: [OfficialDraft], _ range: Range<Int>, _ above: String?, _ below: String?) {
    // Matters whose audience the base has are not reported.
    let open = range.filter { index in
      let draft = drafts[index]
      // The first row has been reported already.
      if draft.rows.first?.isUnclear == true { return false }
      return context.counterpart(id: context.builder.matterID(of: draft), name: draft.name)?.audience == nil
    }
    guard let first = open.first, let last = open.last else { return }
    let one = context.builder.matterID(of: drafts[first])
    let run = first == last ? one : "\(one)–\(context.builder.matterID(of: drafts[last]))"
    let zh: String
    let en: String
    if let above, let below {
      zh = "\(run) 的类型是空的，上面是“\(above)”，下面是“\(below)”，无法判断是哪一种；请填写类型"
      en = "the type of \(run) is blank between “\(above)” above and “\(below)” below; enter the type"
    } else {
      zh = "\(run) 的类型是空的，上面的行也没有类型；请填写类型"
      en = "the type of \(run) is blank, and the rows above have no type either; enter the type"
    }
    context.unclear(drafts[first].source, drafts[first].start, subject: one, LocalizedText(zh: zh, en: en))
  }
}
