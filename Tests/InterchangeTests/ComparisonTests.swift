import Catalog
import Interchange
import Testing

@Suite struct ComparisonTests {
  /// The built-in catalog with edits to its tables, each a text that must be there and its replacement.
  private func edited(_ edits: [(file: String, old: String, new: String)]) throws -> Catalog {
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
    for edit in edits {
      let text = String(decoding: try #require(files[edit.file]), as: UTF8.self)
      try #require(text.contains(edit.old), "no “\(edit.old)” in \(edit.file)")
      files[edit.file] = Array(text.replacing(edit.old, with: edit.new, maxReplacements: 1).utf8)
    }
    return FolderReader.read(named: "edited", files: files)
  }

  private func compare(_ edits: (file: String, old: String, new: String)...) throws -> CatalogComparison {
    CatalogComparison(from: shippedCatalog, to: try edited(edits))
  }

  @Test func sameIsEmpty() throws {
    let comparison = try compare()
    #expect(comparison.isEmpty)
    #expect(comparison.counts(.matters).unchanged == 241)
  }

  @Test func changedFieldHasBothPositions() throws {
    let comparison = try compare(("matters.csv", "我要开办熟食店", "我要开熟食店"))
    let matter = try #require(comparison.matters.first)
    #expect(comparison.matters.count == 1)
    #expect(matter.id == "2-042" && matter.change == .changed && matter.items.isEmpty)
    let field = try #require(matter.fields.first)
    #expect(matter.fields.count == 1)
    #expect(field.column.name == "name" && field.kind == .changed)
    #expect(field.before == "我要开办熟食店" && field.after == "我要开熟食店")
    #expect(field.old.column == MatterColumn.name.rawValue && field.new.column == MatterColumn.name.rawValue)
    #expect(comparison.counts(.matters) == counts(changed: 1, unchanged: 240))
  }

  private func counts(added: Int = 0, changed: Int = 0, removed: Int = 0, unchanged: Int) -> CatalogComparison.Counts {
    var counts = CatalogComparison.Counts()
    (counts.added, counts.changed, counts.removed, counts.unchanged) = (added, changed, removed, unchanged)
    return counts
  }

  /// Another name of a department, another wording of a date, another width of brackets: the meaning is the same.
  @Test(arguments: [
    ("养犬,市农业农村局、市公安局", "养犬,市农业农村局、公安部门", "lead"),
    ("灵活就业,市人社局,2022年12月底", "灵活就业,市人社局,2022年12月", "deadline"),
    ("灵活就业,市人社局,2022年12月底", "灵活就业,市人社局,2022年12月底前", "deadline"),
    ("我要开饭店(火锅、烧烤店等)", "我要开饭店（火锅、烧烤店等）", "name"),
  ])
  func respelt(_ old: String, _ new: String, _ column: String) throws {
    let comparison = try compare(("matters.csv", old, new))
    #expect(comparison.matters.map { $0.fields.map(\.kind) } == [[.respelt]])
    #expect(comparison.matters.first?.fields.first?.column.name == column)
    #expect(comparison.respeltMatters == 1)
  }

  @Test(arguments: [
    ("养犬,市农业农村局、市公安局", "养犬,市农业农村局/市公安局"), ("养犬,市农业农村局、市公安局", "养犬,市公安局、市农业农村局"),
    ("灵活就业,市人社局,2022年12月底", "灵活就业,市人社局,2023年12月底"),
  ])
  func notRespelt(_ old: String, _ new: String) throws {
    let comparison = try compare(("matters.csv", old, new))
    #expect(comparison.matters.map { $0.fields.map(\.kind) } == [[.changed]])
  }

  /// An inserted item is one change, though it renumbers those behind it.
  @Test func insertedItem() throws {
    let all = String(decoding: try #require(FolderReader.builtInFile("items.csv")), as: UTF8.self)
    let rows = all.split(separator: "\n").filter { $0.hasPrefix("2-012,") }
    try #require(rows.count >= 3)
    var renumbered = ["2-012,1,新增事项,公安部门,"]
    for (index, row) in rows.enumerated() {
      renumbered.append("2-012,\(index + 2)," + row.split(separator: ",", maxSplits: 2)[2])
    }
    let comparison = try compare(
      ("items.csv", rows.joined(separator: "\n"), renumbered.joined(separator: "\n")))
    let items = try #require(comparison.matters.first).items
    #expect(items.map(\.change) == [.added] && items.map(\.id) == ["2-012.1"])
    #expect(comparison.itemCounts.added == 1 && comparison.itemCounts.differing == 1)

    // Two rows exchanged: one of them moved.
    var exchanged = rows.map { String($0.split(separator: ",", maxSplits: 2)[2]) }
    exchanged.swapAt(0, 1)
    let moved = try compare(
      (
        "items.csv", rows.joined(separator: "\n"),
        exchanged.enumerated().map { "2-012,\($0 + 1),\($1)" }.joined(separator: "\n")
      ))
    let changes = try #require(moved.matters.first).items
    #expect(changes.count == 1 && changes.first?.fields.map(\.kind) == [.moved])
  }

  @Test func renumberedMatter() throws {
    let comparison = try compare(
      ("matters.csv", "2-230,second,230,", "2-231,second,231,"), ("items.csv", "2-230,1,", "2-231,1,"))
    let matter = try #require(comparison.matters.first)
    #expect(comparison.matters.count == 1)
    #expect(matter.id == "2-231")
    #expect(matter.fields.map(\.kind) == [.renumbered, .renumbered])
    #expect(comparison.counts(.matters) == counts(changed: 1, unchanged: 240))
  }

  @Test func registersByKey() throws {
    let comparison = try compare(("departments.csv", "市公安局", "市公安总局"))
    let rows = try #require(comparison.rows[.departments])
    #expect(rows.map(\.id) == ["public-security"] && rows.first?.change == .changed)
  }

  @Test func unrelatedCatalogs() throws {
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases where !kind.isRequired {
      files[kind.fileName] = FolderReader.builtInFile(kind.fileName)
    }
    files["matters.csv"] = Array(
      "id,list,number,audience,name,lead,deadline\n2-501,second,501,individual,另一件事,市公安局,2022年12月底\n".utf8)
    files["items.csv"] = Array("matter,number,name,responsible\n".utf8)
    let other = FolderReader.read(named: "other", files: files)
    #expect(CatalogComparison(from: shippedCatalog, to: other).areUnrelated)
    #expect(try !compare(("matters.csv", "我要开办熟食店", "我要开熟食店")).areUnrelated)
  }

  /// Random edits: what changed is reported, nothing else is, and the other way round it is the mirror image.
  @Test(arguments: 0..<60) func randomEdits(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let source = String(decoding: try #require(FolderReader.builtInFile("matters.csv")), as: UTF8.self)
    var rows = source.split(separator: "\n").map(String.init)
    var changed: Set<String> = []
    var removed: Set<String> = []
    var added: Set<String> = []
    for turn in 0..<Int.random(in: 1...12, using: &random) {
      let index = Int.random(in: 1..<rows.count, using: &random)
      let id = String(rows[index].prefix { $0 != "," })
      switch Int.random(in: 0..<3, using: &random) {
      case 0 where !added.contains(id):
        rows[index] = rows[index].replacing(",20", with: ",改于20", maxReplacements: 1)
        changed.insert(id)
      case 1 where !added.contains(id):
        rows.remove(at: index)
        removed.insert(id)
      default:
        let number = 600 + turn
        rows.insert("2-\(number),second,\(number),individual,新事项\(turn),市公安局,2023年12月底,,,", at: index)
        added.insert("2-\(number)")
      }
    }
    changed.subtract(removed)
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
    files["matters.csv"] = Array((rows.joined(separator: "\n") + "\n").utf8)
    let edited = FolderReader.read(named: "edited", files: files)

    let there = CatalogComparison(from: shippedCatalog, to: edited)
    func ids(_ comparison: CatalogComparison, _ change: CatalogComparison.Change) -> Set<String> {
      Set(comparison.matters.filter { $0.change == change }.map(\.id))
    }
    #expect(ids(there, .changed) == changed)
    #expect(ids(there, .added) == added)
    #expect(ids(there, .removed) == removed)
    #expect(there.counts(.matters).unchanged == 241 - changed.count - removed.count)
    let back = CatalogComparison(from: edited, to: shippedCatalog)
    #expect(ids(back, .changed) == changed && ids(back, .added) == removed && ids(back, .removed) == added)
    #expect(there.isEmpty == (ContentHash.edition(shippedCatalog) == ContentHash.edition(edited)))
  }
}
