import Catalog
import Deadlines

/// The style in which more than half of the due dates of a list are written.
struct MajorityStyles {
  /// The style of each distinct deadline, as a number; -1 if it has no due date.
  private let styleOf: [Int32]
  /// For each list the candidate for its style, a deadline in that style, and the counts.
  private var style: [Int32]
  private var example: [TextID?]
  private var matching: [Int]
  private var total: [Int]

  /// - Returns: nil if all due dates have the same style.
  init?(_ catalog: Catalog) {
    var styles: [Deadline.Style: Int32] = [:]
    styleOf = catalog.names(.deadline).map { name in
      let deadline = catalog.deadline(name)
      guard deadline.due != nil, let style = deadline.style else { return -1 }
      if let known = styles[style] { return known }
      styles[style] = Int32(styles.count)
      return Int32(styles.count - 1)
    }
    guard styles.count > 1 else { return nil }
    style = [Int32](repeating: -1, count: catalog.lists.count)
    example = [TextID?](repeating: nil, count: catalog.lists.count)
    matching = [Int](repeating: 0, count: catalog.lists.count)
    total = matching
    findCandidates(catalog.matters)
    countStyles(catalog.matters)
  }

  /// The Boyer-Moore vote, which needs no count for each style.
  private mutating func findCandidates(_ matters: [Matter]) {
    var lead = total
    for matter in matters {
      guard let list = matter.list else { continue }
      let own = styleOf[matter.deadline.index]
      if own < 0 { continue }
      if lead[list] == 0 {
        style[list] = own
        example[list] = matter.deadline
        lead[list] = 1
      } else {
        lead[list] += own == style[list] ? 1 : -1
      }
    }
  }

  private mutating func countStyles(_ matters: [Matter]) {
    for matter in matters {
      guard let list = matter.list else { continue }
      let own = styleOf[matter.deadline.index]
      if own < 0 { continue }
      total[list] += 1
      if own == style[list] { matching[list] += 1 }
    }
  }

  /// A deadline in the style of the matter's list; nil if the matter has that style, or its list has none.
  func otherStyle(of matter: Matter) -> TextID? {
    guard let list = matter.list, matching[list] * 2 > total[list], matching[list] < total[list] else { return nil }
    let own = styleOf[matter.deadline.index]
    return own < 0 || own == style[list] ? nil : example[list]
  }
}
