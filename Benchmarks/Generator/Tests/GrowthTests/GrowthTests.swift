import Testing

@testable import Growth

@Test func namesOfPlacesAreThreeCharactersApart() {
  let places = PlaceNames(seed: 7)
  func apart(_ a: [UInt8], _ b: [UInt8]) -> Int {
    zip(String(decoding: a, as: UTF8.self), String(decoding: b, as: UTF8.self)).count { $0 != $1 }
  }
  let villages = (0..<400).map { places.village($0 * 4999) }
  let counties = (0..<211).map { places.county($0) }
  for names in [villages, counties] {
    for (index, name) in names.enumerated() {
      #expect(names[..<index].allSatisfy { apart($0, name) >= 3 })
    }
  }
}

@Test func everyListHasItsMatters() throws {
  for count in [1, 20, 22, 999, 10_001, 25_000] {
    var options = GrowthOptions(matters: count)
    options.source = catalog
    let grower = try Grower(options)
    var found = [Int](repeating: 0, count: grower.lists.count)
    var ids: Set<[UInt8]> = []
    var names: Set<[UInt8]> = []
    try grower.walk { draft in
      found[draft.list] += 1
      #expect(ids.insert(draft.id).inserted)
      #expect(names.insert(draft.name).inserted)
    }
    #expect(found == grower.lists.map(\.announced))
    #expect(found.allSatisfy { $0 <= 10_000 })
  }
}

@Test func aMatterHasTwoItemsOnAverage() throws {
  var options = GrowthOptions(matters: 20_000)
  options.source = catalog
  var items = 0
  try Grower(options).walk { items += $0.items.count }
  #expect((38_000...42_000).contains(items))
}

@Test func everyKindIsPlantedAsOftenAsAsked() throws {
  var options = GrowthOptions(matters: 20_000)
  options.source = catalog
  options.defects = 4
  // One list: only the city's departments have a general name.
  options.listSize = 20_000
  let grower = try Grower(options)
  try grower.walk { _ in }
  let planted = Dictionary(uniqueKeysWithValues: grower.plantedInOrder.map { ($0.kind, $0.subjects.count) })
  // Those in files are planted when they are written.
  for kind in DefectKind.allCases where !kind.isInFiles {
    // The last of those about deadlines may find no place in a run before the list ends.
    let least = kind == .wrongCount ? 1 : kind == .conflictingDeadlines || kind == .isolatedDeadline ? 3 : 4
    #expect((least...4).contains(planted[kind] ?? 0), "\(kind)")
  }
}

@Test func theSameSeedGivesTheSameCatalog() throws {
  func names(_ seed: UInt64) throws -> [[UInt8]] {
    var options = GrowthOptions(matters: 300)
    options.source = catalog
    options.seed = seed
    var names: [[UInt8]] = []
    try Grower(options).walk { names.append($0.name) }
    return names
  }
  #expect(try names(5) == names(5))
  #expect(try names(5) != names(6))
}

private let catalog =
  String(#filePath.dropLast("Benchmarks/Generator/Tests/GrowthTests/GrowthTests.swift".count)) + "catalog"
