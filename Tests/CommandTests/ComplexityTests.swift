import Foundation
import TestSupport
import Testing

/// What must not grow faster than its input: each is tried with n and with 4n of something in the same run, and compared
/// by the processor time that the command itself took. Four times as much may take four times as long; what is
/// quadratic takes sixteen times.
@Suite(.serialized) struct ComplexityTests {
  struct Hostile: CustomTestStringConvertible, Sendable {
    var name: String
    var count: Int
    /// Edits the shipped catalog, and names what is then read: `catalog`, or a file beside it.
    var make: @Sendable (CatalogFolder, Int) throws -> Void
    var command: [String] = ["validate", "catalog", "--as-of", CatalogFolder.day, "--format", "json"]

    var testDescription: String { name }

    func seconds(_ count: Int) throws -> Double {
      let catalog = try CatalogFolder()
      try make(catalog, count)
      let words = command.map { "'\($0)'" }.joined(separator: " ")
      // The shell's own clock of its children, in milliseconds.
      let outcome = try Program.run(
        "/bin/bash", ["-c", "TIMEFORMAT=%3U; time \"$onevisit\" \(words) >out 2>err; echo $? >status"],
        in: catalog.folder, environment: ["onevisit": Program.onevisit], limit: 600)
      let status = try String(contentsOf: catalog.folder.appending(path: "status"), encoding: .utf8)
      #expect(["0\n", "1\n", "2\n"].contains(status), "\(name): \(status)")
      return try #require(Double(outcome.errors.trimmingCharacters(in: .whitespacesAndNewlines)), "\(outcome.errors)")
    }
  }

  private static func rows(_ count: Int, _ row: (Int) -> String) -> String {
    (0..<count).map { row($0) + "\n" }.joined()
  }

  private static func append(_ text: String, to file: String, of catalog: CatalogFolder) throws {
    try catalog.write(try catalog.text(file) + text, to: file)
  }

  private static func departments(_ count: Int, _ catalog: CatalogFolder) throws {
    try append(rows(count) { "d\($0),第\($0)局,第\($0)号局,,," }, to: "departments.csv", of: catalog)
  }

  static let marks = "\u{301}\u{323}"

  static let all = [
    Hostile(name: "waivers of what is not there", count: 700) { catalog, count in
      try append(rows(count) { "duplicate-matter-name,第\($0)个对象,原文如此" }, to: "waivers.csv", of: catalog)
    },
    Hostile(name: "waivers of items", count: 15_000) { catalog, count in
      try append(rows(count) { "duplicate-matter-name,2-037.\($0 + 100),原文如此" }, to: "waivers.csv", of: catalog)
      try append(rows(count) { "2-037,\($0 + 100),某\($0)登记,人社部门," }, to: "items.csv", of: catalog)
    },
    Hostile(name: "waivers of runs", count: 10_000) { catalog, count in
      try append(
        rows(count) { "duplicate-matter-name,2-\(1000 + $0)..2-\(1003 + $0),原文如此" }, to: "waivers.csv", of: catalog)
      try append(
        rows(count) { "2-\($0 + 1000),second,\($0 + 1000),individual,放风筝,市人社局,2022年12月底,,," }, to: "matters.csv",
        of: catalog)
    },
    Hostile(name: "combining marks in a name", count: 20_000) { catalog, count in
      try catalog.replace("公民婚育", with: "公民" + String(repeating: marks, count: count / 2), in: "matters.csv")
    },
    Hostile(name: "combining marks in a register", count: 20_000) { catalog, count in
      try catalog.replace("市人社局", with: "市人社局" + String(repeating: marks, count: count / 2), in: "departments.csv")
    },
    Hostile(name: "combining marks in a waiver", count: 4_000) { catalog, count in
      let pile = String(repeating: marks, count: count / 2)
      try append("甲\(pile),乙\(pile),原文如此\n", to: "waivers.csv", of: catalog)
    },
    Hostile(
      name: "combining marks in a document", count: 10_000,
      make: { catalog, count in
        let outcome = try catalog.run("export", "xml", "--catalog", "catalog")
        let text = outcome.output.replacingOccurrences(
          of: "公民婚育", with: "公民" + String(repeating: marks, count: count / 2))
        try Data(text.utf8).write(to: catalog.folder.appending(path: "catalog.xml"))
      }, command: ["validate", "catalog.xml", "--as-of", CatalogFolder.day]),
    Hostile(name: "stray quotes in one row", count: 25_000) { catalog, count in
      try catalog.replace("公民婚育", with: "公民婚育" + String(repeating: ",a\"b", count: count), in: "matters.csv")
    },
    Hostile(
      name: "every stray quote reported", count: 3_000,
      make: { catalog, count in
        try catalog.replace("公民婚育", with: "公民婚育" + String(repeating: ",a\"b", count: count), in: "matters.csv")
      },
      command: ["validate", "catalog", "--as-of", CatalogFolder.day, "--format", "json", "--max-findings", "0"]),
    Hostile(name: "departments in one cell", count: 10_000) { catalog, count in
      try departments(count, catalog)
      try catalog.replace(
        "人社部门", with: (0..<count).map { "第\($0)局" }.joined(separator: "、"), in: "items.csv", row: "2-001,")
    },
    Hostile(name: "departments of one approval", count: 1_500) { catalog, count in
      try departments(count, catalog)
      try append(
        rows(count) { "2-\(String(format: "%03d", $0 % 230 + 1)),\($0 + 100),就业登记,第\($0)局," }, to: "items.csv",
        of: catalog)
    },
    Hostile(name: "lists", count: 10_000) { catalog, count in
      try append(
        rows(count) { "l\($0),\($0 + 5),jiujiang-128-2022,附件\($0 + 3),清单\($0),,,,,P1M," }, to: "lists.csv", of: catalog)
      try append(
        rows(count) { "\($0 + 5)-002,l\($0),1,individual,事\($0),市人社局,2022年12月底,,," }, to: "matters.csv", of: catalog)
    },
    Hostile(
      name: "headers in one table", count: 250,
      make: { catalog, count in
        let text = rows(count) {
          """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,第\($0)完成时限,备注
          1,个人,事情\($0)号,就业登记,市人社局,人社部门,2022年12月底,
          """
        }
        try Data(text.utf8).write(to: catalog.folder.appending(path: "list.csv"))
      }, command: ["validate", "list.csv", "--as-of", CatalogFolder.day]),
    Hostile(
      name: "items of one matter that all change", count: 4_000,
      make: { catalog, count in
        try append(rows(count) { "2-037,\($0 + 100),某\($0)登记,人社部门," }, to: "items.csv", of: catalog)
        let outcome = try catalog.run("export", "csv", "--catalog", "catalog")
        let text = outcome.output.replacingOccurrences(of: "登记,人社部门", with: "登录,人社部门")
        try Data(text.utf8).write(to: catalog.folder.appending(path: "list.csv"))
      }, command: ["import", "list.csv", "--into", "catalog", "--dry-run"]),
  ]

  @Test(arguments: all) func isLinear(_ hostile: Hostile) throws {
    // Other programs on the machine only ever make a try longer, by half and more where cores share what they compute
    // with: the least of up to six tries is what the command takes.
    var (small, large) = (Double.infinity, Double.infinity)
    for turn in 1...6 {
      small = min(small, try hostile.seconds(hostile.count))
      large = min(large, try hostile.seconds(4 * hostile.count))
      if turn > 1, large < 8 * small { return }
    }
    Issue.record("\(hostile.name): \(hostile.count) took \(small) s, four times as many \(large) s")
  }
}
