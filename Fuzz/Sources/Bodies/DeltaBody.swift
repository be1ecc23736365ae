import AtomicFiles
import Catalog
import Interchange
import Localization

enum DeltaBody {
  /// A delta for the small catalog. `@from` stands for the hash of that edition and `@to` for that of the one that the delta
  /// gives, so that an input is applied however it has been changed.
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    let small = SmallCatalog.catalog
    let document = replaced("@from", by: DeltaBody.start, in: Array(choices.rest))
    let reading = read(replaced("@to", by: String(repeating: "0", count: 64), in: document))
    guard let result = reading.result else {
      try CatalogChecks.checkReports(reading.document, day: FolderBody.usualDay, choices)
      try expect(
        !reading.document.issues.isEmpty || reading.isForOtherEdition || reading.isApplied,
        "a delta that is refused without words")
      return
    }
    try CatalogChecks.checkReports(result, day: FolderBody.usualDay, choices)
    let hash = ContentHash.edition(result)
    // What leads to the same edition gives the same document again.
    if let request = try? DeltaRequest(from: small, to: result) {
      let again = read(try CatalogChecks.bytes { try request.write(to: $0) })
      guard let other = again.result else {
        throw Violation(description: "a delta of its own is refused: \(again.document.issues.map(\.kind))")
      }
      try expect(ContentHash.edition(other) == hash, "another edition")
      try expect(try xml(other) == xml(result), "another document")
    }
    if choices.turn >> 7 & 7 == 0 { try checkFolder(replaced("@to", by: hash, in: document), hash) }
  }

  /// The delta applied to a folder on disk gives the edition that it names, or leaves the folder as it was.
  private static func checkFolder(_ document: [UInt8], _ hash: String) throws {
    let path = ScratchFolder.path + "/catalog"
    ScratchFolder.remove(path)
    try ScratchFolder.create(path)
    for (name, bytes) in SmallCatalog.tables { try ScratchFolder.write(bytes, to: path + "/" + name) }
    let work = try FolderImport(into: path)
    let plan = work.plan(read(document, for: work.folder))
    for language in Language.allCases { try expect(!plan.text(in: language).isEmpty, "a plan without text") }
    guard plan.isPossible else {
      for obstacle in plan.obstacles { try expect(!obstacle.explanation.zh.isEmpty, "an obstacle without text") }
      try expect((try? work.write(plan)) == nil, "written despite \(plan.obstacles)")
      return
    }
    try work.write(plan)
    try expect(ContentHash.edition(FolderReader.read(path)) == hash, "the folder is another edition")
  }

  private static let start = ContentHash.edition(SmallCatalog.catalog)

  private static func read(_ document: [UInt8], for base: Catalog = SmallCatalog.catalog) -> DeltaReading {
    DeltaReader.read(named: "delta.xml", Bytes(document), for: base)
  }

  private static func xml(_ catalog: Catalog) throws -> [UInt8] {
    try CatalogChecks.bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) }
  }

  private static func replaced(_ mark: String, by text: String, in bytes: [UInt8]) -> [UInt8] {
    let mark = Array(mark.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: mark) {
        out += Array(text.utf8)
        index += mark.count
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }
}
