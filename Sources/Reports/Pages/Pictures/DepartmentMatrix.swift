import Catalog
import Localization

/// Which departments work together: how many matters each two of them take part in, as leads or as responsible departments.
///
/// It stands on the page by lead, because that is the sheet for coordination (调度): who has to be brought to one table.
struct DepartmentMatrix {
  private struct Pair: Hashable {
    var one: Int
    var other: Int

    init(_ one: Int, _ other: Int) {
      self.one = min(one, other)
      self.other = max(one, other)
    }
  }

  /// The departments with the most partners' matters, by index in `Catalog.departments`.
  private let departments: [Int]
  private let names: [String]
  /// How many matters two departments share; of a department with itself, how many it takes part in.
  private let shared: [Pair: Int]
  private let left: Int

  /// More could not be read on a sheet of paper.
  private static let most = 14

  /// Of the matters with these indices.
  init(_ catalog: Catalog, matters: some Sequence<Int>) {
    var shared: [Pair: Int] = [:]
    var degrees: [Int: Int] = [:]
    for index in matters {
      let matter = catalog.matters[index]
      var members = catalog.printedDepartments(matter.lead).departments
      for item in catalog.effectiveItems(of: matter) {
        for department in catalog.printedDepartments(item.responsible).departments where !members.contains(department) {
          members.append(department)
        }
      }
      // A matter that everybody takes part in says little about pairs, and would take the square of its departments.
      for (position, one) in members.prefix(40).enumerated() {
        shared[Pair(one, one), default: 0] += 1
        degrees[one, default: 0] += members.count - 1
        for other in members.prefix(position) { shared[Pair(one, other), default: 0] += 1 }
      }
    }
    let connected = degrees.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    departments = Array(connected.prefix(DepartmentMatrix.most))
    left = connected.count - departments.count
    names = departments.map { catalog.departments[$0].short }
    self.shared = shared
  }

  var isEmpty: Bool { departments.count < 2 }

  // MARK: Drawing

  private static let size = 36
  private static let head = 26

  func write(_ frame: PageFrame) throws {
    guard !isEmpty else { return }
    let size = DepartmentMatrix.size
    let head = DepartmentMatrix.head
    let labels = names.enumerated().map { "\($0 + 1)  \($1)" }
    let margin = min(240, (labels.map(Picture.width).max() ?? 0) + 16)
    let most = pairs.map(\.count).max() ?? 1
    let picture = Picture(
      id: "matrix", width: margin + names.count * size + 1, height: head + names.count * size + 1,
      title: frame.localized("部门之间共同参与的事项数", "Matters that departments share"), description: description(frame))
    try picture.write(caption: caption(frame), frame) { html in
      for (row, label) in labels.enumerated() {
        let y = head + row * size
        try html.label(String(row + 1), x: margin + row * size + size / 2, y: 17, anchor: "middle", class: "soft")
        try html.label(Picture.fitted(label, to: margin - 10), x: 0, y: y + 23)
        for column in names.indices {
          let count = shared[Pair(departments[row], departments[column])] ?? 0
          let x = margin + column * size
          try html.block("g") {
            if row == column {
              try html.rectangle("self", x: x + 1, y: y + 1, width: size - 2, height: size - 2)
            } else {
              let level = count == 0 ? 0 : 1 + count * 3 / most
              try html.rectangle(
                level >= 3 ? "cell strong" : "cell", x: x + 1, y: y + 1, width: size - 2, height: size - 2,
                opacity: ["0.03", "0.16", "0.34", "0.85", "1"][min(level, 4)])
            }
            if count > 0 {
              try html.label(
                String(count), x: x + size / 2, y: y + 23, anchor: "middle", class: row == column ? "soft" : nil)
            }
          }
        }
      }
    }
  }

  // MARK: Words

  private var pairs: [(one: String, other: String, count: Int)] {
    var pairs: [(one: String, other: String, count: Int)] = []
    for row in departments.indices {
      for column in 0..<row {
        guard let count = shared[Pair(departments[row], departments[column])] else { continue }
        pairs.append((names[column], names[row], count))
      }
    }
    return pairs.sorted { $0.count > $1.count }
  }

  private func description(_ frame: PageFrame) -> String {
    pairs.prefix(20).map { pair in
      frame.localized("\(pair.one)与\(pair.other) \(pair.count) 件", "\(pair.one) and \(pair.other) \(pair.count)")
    }.joined(separator: frame.localized("；", "; "))
  }

  private func caption(_ frame: PageFrame) -> String {
    var text = frame.localized(
      "格中是两个部门共同参与（牵头或负责关联事项）的件数；对角线上是该部门参与的件数。",
      "In a cell: matters that two departments both take part in, as lead or for an item; on the diagonal, all matters of the "
        + "department.")
    if left > 0 {
      text += frame.localized(
        "图中为合作最多的 \(names.count) 个部门，另有 \(left) 个。",
        " These are the \(names.count) departments that share most; there are \(left) more.")
    }
    return text
  }
}
