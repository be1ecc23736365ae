import Catalog
import Localization

/// The types of a list, whose cells are merged over many matters.
struct OfficialTypes {
  let context: ListContext

  /// The type is merged over many matters. A spreadsheet keeps a merged cell's text at its top: what is blank is as
  /// above. Print puts it in the middle, and then only what stands between two equal types is certain.
  func resolve(_ drafts: inout [OfficialDraft]) {
    var start = 0
    while start < drafts.count {
      var end = start
      while end < drafts.count, drafts[end].list == drafts[start].list { end += 1 }
      resolve(&drafts, start..<end)
      start = end
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
        // The blanks since the last type.
        if let last, Audience(last) == Audience(type) {
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
    // What the base knows needs no telling.
    let open = range.filter { index in
      let draft = drafts[index]
      // What stands in the wrong column has been told.
      if draft.rows.first?.isUnclear == true { return false }
      return context.counterpart(id: context.builder.matterID(of: draft), name: draft.name)?.audience == nil
    }
    guard let first = open.first, let last = open.last else { return }
    let one = context.builder.matterID(of: drafts[first])
    let run = first == last ? one : "\(one)–\(context.builder.matterID(of: drafts[last]))"
    let zh: String
    let en: String
    if let above, let below {
      zh = "\(run) 的类型是空的，上面是“\(above)”，下面是“\(below)”，看不出属于哪一个；请填写"
      en = "the type of \(run) is blank between “\(above)” above and “\(below)” below; fill it in"
    } else {
      zh = "\(run) 的类型是空的，上面没有可依据的类型；请填写"
      en = "the type of \(run) is blank, with none above to go by; fill it in"
    }
    context.unclear(drafts[first].source, drafts[first].start, subject: one, LocalizedText(zh: zh, en: en))
  }
}
