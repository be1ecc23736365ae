/// The texts of matters and items by the region of their list.
///
/// “公安部门” in a county's list is another department than in the city's, and the same matter may be on the lists of both.
/// A text that lists of several regions have therefore gets a number of its own in each region, so that everything that is
/// done once for each distinct text is done within one region: looking up departments, comparing names and deadlines. In a
/// catalog whose lists are all of one region, or of none, nothing changes.
struct RegionalTexts: Sendable {
  /// The region of all texts, if the lists are of one region; -1 for none.
  private var only: Int32 = -1
  /// By `TextColumn.rawValue`, then by text, its region; empty unless the lists are of several regions.
  private var regions: [[Int32]] = []

  /// The columns whose texts are distinguished by region.
  private static let columns: [TextColumn] = [.matterName, .lead, .deadline, .placeholder, .itemName, .responsible]
  private static let unused = Int32.min

  /// Gives the texts that lists of several regions have in common numbers of their own.
  init(
    _ matters: inout [Matter], _ items: inout [Item], _ lists: [MatterList], _ matterRows: MatterRows,
    _ itemRows: ItemRows
  ) {
    let regionOfList = lists.map { Int32($0.regionIndex ?? -1) }
    guard let first = regionOfList.first(where: { $0 >= 0 }) else { return }
    guard regionOfList.contains(where: { $0 != first }) else {
      only = first
      return
    }
    let interners: [TextColumn: TextInterner] = [
      .matterName: matterRows.names, .lead: matterRows.leads, .deadline: matterRows.deadlines,
      .placeholder: matterRows.placeholders, .itemName: itemRows.names, .responsible: itemRows.responsibles,
    ]
    var columns = [Division?](repeating: nil, count: TextColumn.allCases.count)
    for column in RegionalTexts.columns { columns[Int(column.rawValue)] = interners[column].map(Division.init) }
    func divide(_ text: inout TextID, _ region: Int32) { columns[Int(text.kind.rawValue)]?.divide(&text, region) }
    for index in matters.indices {
      let region = matters[index].listIndex < 0 ? -1 : regionOfList[Int(matters[index].listIndex)]
      divide(&matters[index].name, region)
      divide(&matters[index].lead, region)
      divide(&matters[index].deadline, region)
      divide(&matters[index].placeholder, region)
      for item in matters[index].items {
        divide(&items[item].name, region)
        divide(&items[item].responsible, region)
      }
    }
    regions = columns.map { $0?.regions ?? [] }
  }

  /// The region of the lists that have a text; nil if they are of none.
  func region(ofText index: Int, of column: TextColumn) -> Int? {
    var region = only
    if !regions.isEmpty, regions[Int(column.rawValue)].indices.contains(index) {
      region = regions[Int(column.rawValue)][index]
    }
    return region < 0 ? nil : Int(region)
  }

  /// The texts of one column, each of one region.
  private struct Division {
    let interner: TextInterner
    /// By text; `unused` until it has been met.
    var regions: [Int32]
    /// By text and region, the number of the text there.
    private var copies: [UInt64: TextID] = [:]

    init(_ interner: TextInterner) {
      self.interner = interner
      regions = [Int32](repeating: RegionalTexts.unused, count: interner.count)
    }

    mutating func divide(_ text: inout TextID, _ region: Int32) {
      if text.isEmpty { return }
      let own = regions[text.index]
      if own == region { return }
      if own == RegionalTexts.unused {
        regions[text.index] = region
        return
      }
      let key = UInt64(text.index) << 32 | UInt64(UInt32(bitPattern: region))
      if let known = copies[key] {
        text = known
      } else {
        text = interner.copy(text.index)
        copies[key] = text
        regions.append(region)
      }
    }
  }
}
