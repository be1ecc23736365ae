import Catalog

/// The columns of a list in the layout of a notice, known by what their headings mean and not by how they read.
struct ListHeading: Equatable {
  enum Column: Int, CaseIterable {
    case number, type, name, item, lead, responsible, deadline, remark
  }

  /// The heading of a deadline column that no list has named.
  static let deadline = "完成时限"

  /// What stands in a header of this layout, for a message.
  static let expected = ["序号", "类型", "“一件事一次办”名称", "关联事项", "牵头部门", "责任部门", "完成时限", "备注"]

  /// For each `Column` the cell that holds it; -1 if there is none.
  private(set) var cells: [Int]
  /// Past the last cell that has a heading.
  private(set) var width: Int
  /// As printed, without blanks.
  private(set) var deadlineTitle = ""
  private(set) var remarkTitle = ""
  /// Headings that nobody reads, and those that are there twice.
  private(set) var unread: [Int] = []
  private(set) var repeated: [Int] = []

  subscript(column: Column) -> Int { cells[column.rawValue] }

  /// The columns that a list cannot be read without, of which this one has none.
  var missing: [Column] { [.number, .lead, .responsible, .deadline].filter { self[$0] < 0 } }

  /// - Parameter titles: the cells of a row.
  /// - Returns: nil if the row is no header: one has at least the matters' names and their items.
  init?(titles: [String]) {
    cells = [Int](repeating: -1, count: Column.allCases.count)
    width = 0
    var strongName = false
    var plainNames: [Int] = []
    let compact = titles.map(ListHeading.compact)
    for (index, title) in compact.enumerated() where !title.isEmpty {
      width = index + 1
      guard title.unicodeScalars.count <= 24 else { continue }
      if ListHeading.plainNames.contains(title) {
        plainNames.append(index)
        continue
      }
      guard let column = ListHeading.column(title) else {
        unread.append(index)
        continue
      }
      let other = cells[column.rawValue]
      if other >= 0, compact[other] == title {
        repeated.append(index)
      } else if other >= 0, column == .responsible, title.contains("责任"), !compact[other].contains("责任") {
        // Those who assist stand beside those who are responsible.
        unread.append(other)
        cells[column.rawValue] = index
      } else if other >= 0 {
        unread.append(index)
      } else {
        cells[column.rawValue] = index
        if column == .name { strongName = true }
      }
    }
    // "事项名称" is the matter's where nothing says more plainly what is, and the item's beside "一件事名称".
    for index in plainNames {
      if !strongName, self[.name] < 0 {
        cells[Column.name.rawValue] = index
      } else if self[.item] < 0 {
        cells[Column.item.rawValue] = index
      } else {
        unread.append(index)
      }
    }
    guard self[.name] >= 0, self[.item] >= 0, self[.lead] >= 0 || self[.responsible] >= 0 || self[.number] >= 0 else {
      return nil
    }
    if self[.deadline] >= 0 { deadlineTitle = compact[self[.deadline]] }
    if self[.remark] >= 0 { remarkTitle = compact[self[.remark]] }
  }

  private static let plainNames: Set<String> = ["事项名称", "名称", "事项", "项目名称", "服务事项名称"]

  private static func column(_ title: String) -> Column? {
    switch title {
    case "序号", "编号", "序", "号", "项次": return .number
    case "类型", "类别", "服务对象", "事项类型", "事项类别", "对象", "对象类型", "主体类型": return .type
    case "备注", "说明", "备注说明", "其他说明": return .remark
    default: break
    }
    func has(_ word: String) -> Bool { title.contains(word) }
    if has("牵头") { return has("事项") ? nil : .lead }
    if has("时限") || has("期限") || has("完成时间") || has("时间节点") || has("完成日期") { return .deadline }
    if has("部门") || has("单位") {
      for word in ["责任", "配合", "办理", "联办", "协同", "参与", "实施", "审批"] where has(word) { return .responsible }
      return title == "部门" || title == "单位" ? .responsible : nil
    }
    for word in ["关联", "涉及", "办理事项", "单项", "联办事项", "子事项", "包含", "具体事项", "集成事项", "整合事项"]
    where has(word) {
      return .item
    }
    if has("一件事") || has("一次办") || has("主题") || has("场景") { return .name }
    return nil
  }

  /// A heading without blanks and quotation marks, in which typists differ.
  static func compact(_ title: String) -> String {
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
}

/// The number of a matter as lists print it: `1`, `1.`, `（1）`, `第1项`, `１`, `①`, `一`, `十二、`.
enum ListNumber {
  static func read(_ text: String) -> Int? {
    let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{3000}", "\u{A0}"]
    var scalars = Array(text.unicodeScalars).filter { !blanks.contains($0) }[...]
    let openings: Set<Unicode.Scalar> = ["(", "（", "〔", "[", "【", "第"]
    let closings: Set<Unicode.Scalar> = [
      ")", "）", "〕", "]", "】", ".", "．", "、", "。", ",", "，", ":", "：", "项", "号", "件",
    ]
    while let first = scalars.first, openings.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, closings.contains(last) { scalars.removeLast() }
    guard !scalars.isEmpty, scalars.count <= 9 else { return nil }
    if scalars.count == 1, let only = scalars.first, (0x2460...0x2473).contains(only.value) {
      return Int(only.value) - 0x2460 + 1
    }
    var value = 0
    var isArabic = true
    for scalar in scalars {
      switch scalar.value {
      case 0x30...0x39: value = value * 10 + Int(scalar.value - 0x30)
      case 0xFF10...0xFF19: value = value * 10 + Int(scalar.value - 0xFF10)
      default: isArabic = false
      }
    }
    if isArabic { return value }
    return chinese(scalars)
  }

  /// 一 to 九千九百九十九.
  private static func chinese(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    let digits: [Unicode.Scalar: Int] = [
      "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    var sum = 0
    var digit: Int?
    var lastUnit = 10000
    for scalar in scalars {
      if let value = digits[scalar] {
        if let digit, digit != 0 { return nil }
        digit = value
        continue
      }
      let unit: Int
      switch scalar {
      case "十": unit = 10
      case "百": unit = 100
      case "千": unit = 1000
      default: return nil
      }
      guard unit < lastUnit else { return nil }
      if digit == nil, !(unit == 10 && sum == 0) { return nil }
      sum += (digit ?? 1) * unit
      lastUnit = unit
      digit = nil
    }
    sum += digit ?? 0
    return sum > 0 ? sum : nil
  }
}
