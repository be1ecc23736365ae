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

  /// By `Column.rawValue`, the cell that holds the column; -1 if there is none.
  private(set) var cells: [Int]
  /// The number of cells up to the last one with a heading.
  private(set) var width: Int
  // As printed, without blanks.
  private(set) var deadlineTitle = ""
  private(set) var remarkTitle = ""
  /// The cells with unrecognised headings.
  private(set) var unrecognised: [Int] = []
  /// The cells with repeated headings.
  private(set) var repeated: [Int] = []

  subscript(column: Column) -> Int { cells[column.rawValue] }

  /// The required columns that the header lacks.
  var missing: [Column] { [.number, .lead, .responsible, .deadline].filter { self[$0] < 0 } }

  /// - Parameter titles: the cells of a row.
  /// - Returns: nil if the row is not a header: a header has at least the matters' names, their items, and one of lead,
  ///   responsible and number.
  init?(titles: [String]) {
    cells = [Int](repeating: -1, count: Column.allCases.count)
    width = 0
    var hasSpecificName = false
    var ambiguous: [Int] = []
    let compact = titles.map(ListHeading.compact)
    for (index, title) in compact.enumerated() where !title.isEmpty {
      width = index + 1
      guard title.unicodeScalars.count <= 24 else { continue }
      if ListHeading.ambiguousNames.contains(title) {
        ambiguous.append(index)
        continue
      }
      guard let column = ListHeading.column(title) else {
        unrecognised.append(index)
        continue
      }
      let other = cells[column.rawValue]
      if other >= 0, compact[other] == title {
        repeated.append(index)
      } else if other >= 0, column == .responsible, title.contains("责任"), !compact[other].contains("责任") {
        // An earlier column lists assisting departments (配合部门), not the responsible ones.
        unrecognised.append(other)
        cells[column.rawValue] = index
      } else if other >= 0 {
        unrecognised.append(index)
      } else {
        cells[column.rawValue] = index
        if column == .name { hasSpecificName = true }
      }
    }
    // 事项名称 is the matter's name, unless another heading is specific (一件事名称); then it is the item's.
    for index in ambiguous {
      if !hasSpecificName, self[.name] < 0 {
        cells[Column.name.rawValue] = index
      } else if self[.item] < 0 {
        cells[Column.item.rawValue] = index
      } else {
        unrecognised.append(index)
      }
    }
    guard self[.name] >= 0, self[.item] >= 0, self[.lead] >= 0 || self[.responsible] >= 0 || self[.number] >= 0 else {
      return nil
    }
    if self[.deadline] >= 0 { deadlineTitle = compact[self[.deadline]] }
    if self[.remark] >= 0 { remarkTitle = compact[self[.remark]] }
  }

  private static let ambiguousNames: Set<String> = ["事项名称", "名称", "事项", "项目名称", "服务事项名称"]

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

  /// A heading without blanks and quotation marks, for comparison.
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
