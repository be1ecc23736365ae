import Catalog
import Localization

/// A column of a table of the catalog, where `Column` is one of a list.
typealias DeclaredColumn = Column

/// The header of a list in the layout of a notice. Columns are recognised by the meaning of their headings, which differ
/// between notices.
struct ListHeading: Equatable {
  enum Column: Int, CaseIterable {
    case number, type, name, item, lead, responsible, deadline, remark
  }

  /// The default heading of the deadline column.
  static let deadline = "完成时限"

  /// The headings of this layout, by `Column.rawValue`, for messages.
  static let expected = ["序号", "类型", "“一件事一次办”名称", "关联事项", "牵头部门", "责任部门", "完成时限", "备注"]

  /// Which cell of a row holds which column; -1 if none does. It has no memory of its own: it is passed on for every row.
  struct Cells: Equatable {
    private var number = -1, type = -1, name = -1, item = -1, lead = -1, responsible = -1, deadline = -1, remark = -1

    subscript(column: Column) -> Int {
      get {
        switch column {
        case .number: number
        case .type: type
        case .name: name
        case .item: item
        case .lead: lead
        case .responsible: responsible
        case .deadline: deadline
        case .remark: remark
        }
      }
      set {
        switch column {
        case .number: number = newValue
        case .type: type = newValue
        case .name: name = newValue
        case .item: item = newValue
        case .lead: lead = newValue
        case .responsible: responsible = newValue
        case .deadline: deadline = newValue
        case .remark: remark = newValue
        }
      }
    }
  }

  private(set) var cells = Cells()
  /// The number of cells up to the last one with a heading.
  private(set) var width: Int
  // As printed, without blanks.
  private(set) var deadlineTitle = ""
  private(set) var remarkTitle = ""
  private var leadTitle = ""
  /// By the name of a further column of matters, the cell that holds it.
  private(set) var further: [String: Int] = [:]
  /// The cells with unrecognised headings.
  private(set) var unrecognised: [Int] = []
  /// The cells with repeated headings.
  private(set) var repeated: [Int] = []

  subscript(column: Column) -> Int { cells[column] }

  /// The required columns that the header lacks.
  var missing: [Column] { [.number, .lead, .responsible].filter { self[$0] < 0 } }

  /// - Parameters:
  ///   - titles: the cells of a row.
  ///   - further: the columns of the catalog that this layout has not, such as the stage. They are recognised by their name
  ///     or title; stage and theme by their meaning too.
  /// - Returns: nil if the row is not a header: a header has at least the matters' names, their items, and one of lead,
  ///   responsible and number.
  init?(titles: [String], further columns: [DeclaredColumn] = CatalogSchema.standard.extraMatterColumns) {
    width = 0
    let compact = titles.map(ListHeading.compact)
    var ambiguous: [Int] = []
    var names: [(cell: Int, rank: Int)] = []
    for (index, title) in compact.enumerated() where !title.isEmpty {
      width = index + 1
      guard title.unicodeScalars.count <= 24 else { continue }
      if ListHeading.ambiguousNames.contains(title) {
        ambiguous.append(index)
      } else if let name = ListHeading.furtherColumn(title, among: columns) {
        if further[name] == nil { further[name] = index } else { leaveOut(index, like: further[name], compact) }
      } else if let rank = ListHeading.nameRank(title) {
        names.append((index, rank))
      } else if let column = ListHeading.column(title) {
        add(column, index, compact)
      } else {
        unrecognised.append(index)
      }
    }
    addNames(names, ambiguous, compact, hasThemes: columns.contains { $0.name == ListHeading.theme })
    guard self[.name] >= 0, self[.item] >= 0, self[.lead] >= 0 || self[.responsible] >= 0 || self[.number] >= 0 else {
      return nil
    }
    unrecognised.sort()
    if self[.deadline] >= 0 { deadlineTitle = compact[self[.deadline]] }
    if self[.remark] >= 0 { remarkTitle = compact[self[.remark]] }
    if self[.lead] >= 0 { leadTitle = compact[self[.lead]] }
  }

  /// The heading of a column as printed, without blanks; nil where it is not kept.
  func title(of column: Column) -> String? {
    let title =
      switch column {
      case .deadline: deadlineTitle
      case .remark: remarkTitle
      case .lead: leadTitle
      default: ""
      }
    return title.isEmpty ? nil : title
  }

  /// The columns without which a row is no header, of a row that has four other headings of a list; nil of any other row.
  static func lacking(_ titles: [String]) -> (columns: [Column], unrecognised: [String])? {
    var found: Set<Column> = []
    var unrecognised: [String] = []
    for title in titles where !title.trimmingBlanks.isEmpty {
      let compact = ListHeading.compact(title)
      if nameRank(compact) != nil || ambiguousNames.contains(compact) {
        found.insert(.name)
      } else if let column = column(compact) {
        found.insert(column)
      } else {
        unrecognised.append(title.trimmingBlanks)
      }
    }
    let columns = [Column.name, .item].filter { !found.contains($0) }
    return found.count < 4 || columns.isEmpty ? nil : (columns, unrecognised)
  }

  private mutating func add(_ column: Column, _ cell: Int, _ titles: [String]) {
    let other = self[column]
    if other < 0 {
      cells[column] = cell
    } else if column == .responsible, titles[cell].contains("责任"), !titles[other].contains("责任") {
      // An earlier column lists assisting departments (配合部门), not the responsible ones.
      unrecognised.append(other)
      cells[column] = cell
    } else {
      leaveOut(cell, like: other, titles)
    }
  }

  /// A cell whose column another cell holds.
  private mutating func leaveOut(_ cell: Int, like other: Int?, _ titles: [String]) {
    if let other, titles[other] == titles[cell] { repeated.append(cell) } else { unrecognised.append(cell) }
  }

  /// The matter's name is in the column whose heading says so most clearly: 一件事名称 before 主题, which is its theme then.
  private mutating func addNames(
    _ names: [(cell: Int, rank: Int)], _ ambiguous: [Int], _ titles: [String], hasThemes: Bool
  ) {
    func isTheme(_ cell: Int) -> Bool { hasThemes && further[ListHeading.theme] == nil && titles[cell].contains("主题") }
    let rank = names.map(\.rank).max() ?? 0
    let chosen = names.first { $0.rank == rank }?.cell
    if let chosen { cells[.name] = chosen }
    for name in names where name.cell != chosen {
      if isTheme(name.cell), titles[name.cell] != chosen.map({ titles[$0] }) {
        further[ListHeading.theme] = name.cell
      } else {
        leaveOut(name.cell, like: chosen, titles)
      }
    }
    // 事项名称 is the matter's name unless another heading is; then it is the item's, if no other is.
    for cell in ambiguous {
      if self[.name] < 0 {
        cells[.name] = cell
      } else if self[.item] < 0 {
        cells[.item] = cell
      } else if rank == ListHeading.themeRank, let chosen, self[.name] == chosen, isTheme(chosen) {
        further[ListHeading.theme] = chosen
        cells[.name] = cell
      } else {
        unrecognised.append(cell)
      }
    }
  }

  private static let ambiguousNames: Set<String> = ["事项名称", "名称", "事项", "项目名称", "服务事项名称"]

  // The names of two columns of matters that other notices print.
  private static let stage = "stage"
  private static let theme = "theme"

  private static func furtherColumn(_ title: String, among columns: [DeclaredColumn]) -> String? {
    if let column = columns.first(where: { $0.name != theme && ($0.name == title || compact($0.title) == title) }) {
      return column.name
    }
    let isStage = title.hasSuffix("阶段") || title.contains("生命周期")
    return isStage && columns.contains { $0.name == stage } ? stage : nil
  }

  /// The rank of a heading that says no more than 主题 or 场景.
  private static let themeRank = 1

  /// How clearly a heading says that its column holds the matters' names; nil if it does not say so.
  private static func nameRank(_ title: String) -> Int? {
    func has(_ words: String...) -> Bool { words.contains { title.contains($0) } }
    if isTime(title) || has("牵头", "部门", "单位") || itemWords.contains(where: { title.contains($0) }) { return nil }
    if has("类型", "类别"), !has("主题") { return nil }
    if has("一件事", "一次办") { return has("主题") ? 2 : has("名称") ? 4 : 3 }
    return has("主题", "场景") ? themeRank : nil
  }

  private static func column(_ title: String) -> Column? {
    switch title {
    case "序号", "编号", "序", "号", "项次": return .number
    case "类型", "类别", "服务对象", "事项类型", "事项类别", "对象", "对象类型", "主体类型": return .type
    case "备注", "说明", "备注说明", "其他说明": return .remark
    default: break
    }
    func has(_ word: String) -> Bool { title.contains(word) }
    if has("牵头") { return has("事项") ? nil : .lead }
    if isTime(title) { return isDeadline(title) ? .deadline : nil }
    if has("部门") || has("单位") {
      for word in ["责任", "配合", "办理", "联办", "协同", "参与", "实施", "审批"] where has(word) { return .responsible }
      return title == "部门" || title == "单位" ? .responsible : nil
    }
    if itemWords.contains(where: has) { return .item }
    return has("一件事") && (has("类型") || has("类别")) ? .type : nil
  }

  private static let itemWords = [
    "关联", "涉及", "办理事项", "单项", "联办事项", "子事项", "包含", "具体事项", "集成事项", "整合事项",
  ]

  private static func isTime(_ title: String) -> Bool {
    ["时限", "期限", "完成时间", "时间节点", "完成日期"].contains { title.contains($0) }
  }

  /// Whether a heading about time means the completion of the work on a matter, not how long an application may take
  /// (法定办结时限, 承诺时限).
  private static func isDeadline(_ title: String) -> Bool {
    func has(_ words: String...) -> Bool { words.contains { title.contains($0) } }
    if has("法定", "承诺") { return false }
    return has("完成", "推进", "上线", "落实", "优化") || !has("办结", "办理", "审批", "受理", "审查", "有效")
  }

  /// A heading without blanks and quotation marks, for comparison.
  static func compact(_ title: String) -> String {
    var title = title
    if title.withUTF8({ isCompact($0) }) { return title }
    var out = String.UnicodeScalarView()
    for scalar in title.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0xFEFF, 0x200B: continue
      case 0x22, 0x27, 0x201C, 0x201D, 0x2018, 0x2019, 0x300C, 0x300D, 0x300A, 0x300B, 0xFF02: continue
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Whether a text has none of the characters that `compact` removes, as most have: it is then compact as it is.
  static func isCompact(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case 0x20, 0x09, 0x0A, 0x0D, 0x22, 0x27: return false
      // The blanks and quotation marks beyond ASCII, U+00A0 to U+FF02, begin with these bytes.
      case 0xC2 where index + 1 < text.count && text[index + 1] == 0xA0: return false
      case 0xE2, 0xE3, 0xEF:
        guard index + 2 < text.count else { return false }
        switch (text[index], text[index + 1], text[index + 2]) {
        case (0xE2, 0x80, 0x8B), (0xE2, 0x80, 0x98...0x9D), (0xE3, 0x80, 0x80), (0xE3, 0x80, 0x8A...0x8D),
          (0xEF, 0xBB, 0xBF), (0xEF, 0xBC, 0x82):
          return false
        default: continue
        }
      default: continue
      }
    }
    return true
  }
}
