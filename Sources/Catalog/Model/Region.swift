import Localization

/// A region (地区) whose lists and departments the catalog has: a province, a city, its counties …
package struct Region: TableRow {
  /// How far up a region is, from the nation down.
  package enum Level: Int, Sendable, CaseIterable, Comparable {
    case national, province, city, county, township

    package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  package var id = ""
  package var name = ""
  package var level: Level?
  /// The region that it belongs to, by its id or name as written; empty for the uppermost one.
  package var parent = ""
  package var parentIndex: Int?
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  package static let schema = TableSchema<Region>(
    .regions,
    about: LocalizedText(
      zh: "清单和部门所属的地区，及其上级。", en: "The regions of lists and departments, and what each belongs to."),
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(zh: "固定英文标识。", en: "Stable English id.")),
      Field(
        "name", zh: "名称", .text, \.name, required: true,
        about: LocalizedText(zh: "地区全称，如南昌市。", en: "Full name of the region, such as 南昌市.")),
      Field(
        "level", zh: "级别", .level, \.level, required: true, xml: .attribute,
        about: LocalizedText(
          zh: "national（国家）、province（省）、city（市）、county（县、市、区）或 township（乡镇、街道）。",
          en: "national, province, city, county or township.")),
      Field(
        "parent", zh: "上级", to: .regions, \.parent, resolved: \.parentIndex, xml: .attribute,
        about: LocalizedText(zh: "上级地区：标识或名称；最上一级则空。", en: "The region that it belongs to, by id or name.")),
    ])
}

extension Region.Level {
  /// The word for it in tables and documents.
  package var name: String {
    switch self {
    case .national: "national"
    case .province: "province"
    case .city: "city"
    case .county: "county"
    case .township: "township"
    }
  }

  package var title: LocalizedText {
    switch self {
    case .national: LocalizedText(zh: "国家", en: "national")
    case .province: LocalizedText(zh: "省", en: "province")
    case .city: LocalizedText(zh: "市", en: "city")
    case .county: LocalizedText(zh: "县", en: "county")
    case .township: LocalizedText(zh: "乡镇", en: "township")
    }
  }

  /// From the word or the Chinese name.
  package init?(_ text: String) {
    guard let level = Self.allCases.first(where: { $0.name == text || $0.title.zh == text }) else { return nil }
    self = level
  }
}

/// The regions of a catalog by their parents.
package struct RegionTree: Sendable {
  package let regions: [Region]
  /// How many regions of a line are kept. There are five levels, so that a longer line has a finding of its own (a level that
  /// is not below its parent's); kept whole, a chain of n regions would make n² / 2 of them.
  static let deepest = 32
  /// For each region, itself and the regions above it, the nearest first. A cycle of parents ends where it closes.
  package let lines: [[Int]]
  private let indexOfText: [String: Int]

  package init(_ regions: [Region]) {
    self.regions = regions
    var indexOfText: [String: Int] = [:]
    // An id is looked for before a name.
    for texts in [regions.map(\.id), regions.map(\.name)] {
      for (index, text) in texts.enumerated() where !text.isEmpty && indexOfText[text] == nil {
        indexOfText[text] = index
      }
    }
    let parents = regions.map { $0.parent.isEmpty ? nil : indexOfText[$0.parent] }
    lines = regions.indices.map { start in
      var line = [start]
      while line.count < RegionTree.deepest, let last = line.last, let parent = parents[last], !line.contains(parent) {
        line.append(parent)
      }
      return line
    }
    self.indexOfText = indexOfText
  }

  /// The index of the region with this id or name.
  package func index(of text: String) -> Int? { indexOfText[text] }

  /// The regions from the top down: by level, then in the order of the table.
  var fromTop: [Int] {
    regions.indices.sorted {
      (regions[$0].level?.rawValue ?? Int.max, $0) < (regions[$1].level?.rawValue ?? Int.max, $1)
    }
  }
}
