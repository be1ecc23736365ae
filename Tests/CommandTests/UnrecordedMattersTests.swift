import Foundation
import TestSupport
import Testing

/// Matters that are past due and of which nothing is recorded, in a list of which something is.
@Suite struct UnrecordedMattersTests {
  private func messages(_ catalog: CatalogFolder) throws -> [String] {
    try catalog.validate().open.filter { $0.rule == "unrecorded-progress" && $0.subject == "second" }.map(\.message)
  }

  @Test func aListWithoutAReportWindow() throws {
    let catalog = try CatalogFolder()
    try catalog.write("matter,plan\n2-001,2022-12-20\n", to: "progress.csv")
    // With a report window, the report on each matter is late, and that is all.
    #expect(try messages(catalog) == [])
    try catalog.replace(",P1M,", with: ",,", in: "lists.csv", row: "second,")
    let due = try catalog.run(
      "list", "--catalog", "catalog", "--list", "second", "--due-by", "2023-01-19", "--format", "json")
    let ids = try due.json().elements.compactMap { $0["id"]?.text }
    let count = ids.count - 1
    #expect(
      try messages(catalog) == [
        "\(count) matters of the list second (2-002, 2-003, 2-004 …) are past due without recorded progress: whether they are overdue is unknown"
      ])
    #expect(try catalog.validate().open.filter { $0.rule == "report-overdue" } == [])
    // The first list has no record at all, which is said as before.
    let first = try catalog.validate().open.filter { $0.rule == "unrecorded-progress" && $0.subject == "first" }
    #expect(
      first.map(\.message) == ["the list first has no recorded progress: the overdue status of 11 matters is unknown"])
    try catalog.write(
      "matter,plan\n2-001,2022-12-20\n" + ids.dropFirst(2).map { $0 + ",\n" }.joined(), to: "progress.csv")
    #expect(
      try messages(catalog) == [
        "1 matter of the list second (2-002) is past due without recorded progress: whether it is overdue is unknown"
      ])
  }

  /// The table of targets cut down to its header, and what makes the finding go.
  @Test func emptiedTargets() throws {
    let catalog = try CatalogFolder()
    func findings() throws -> [String] {
      try catalog.validate().open.filter { $0.rule == "empty-targets" }.map(\.description)
    }
    try catalog.delete(rows: "jiujiang-99-2022-", in: "targets.csv")
    #expect(try findings() == ["warning empty-targets targets targets.csv:1:1"])
    let strict = try catalog.run("validate", "catalog", "--strict", "--as-of", "2022-12-31", "--only", "empty-targets")
    #expect(strict.status == 1)
    try catalog.delete(row: "jiujiang-99-2022,", in: "notices.csv")
    #expect(try findings() == [])
  }
}
