import Foundation
import TestSupport
import Testing

/// The HTML pages as their readers meet them: in Chromium, with and without scripts, wide and narrow, on paper, and judged by
/// axe-core. One browser sees all of them (`Scripts/pages.py`).
@Suite struct PageTests {
  /// Texts that would do harm if they were not text.
  private static let hostile = [
    "<script>hacked=1</script>", "\"><img src=x onerror=hacked=1>", "]]></style><style>*{display:none}",
    "</title><script>hacked=1</script>", "𠮷𩸽😀", "\u{202E}倒写\u{2066}", "&lt;b&gt; &amp; '引号'", "שלום עולם",
    String(repeating: "很长的名称没有一个空格", count: 30), String(repeating: "W", count: 300),
  ]

  /// The shipped catalog up to 2-050: smaller pages are judged sooner.
  private func smallCatalog(named name: String = "catalog", in folder: URL? = nil) throws -> CatalogFolder {
    let catalog = try CatalogFolder(named: name, in: folder)
    try catalog.edit("matters.csv") { $0 = Array($0.prefix(62)) }
    try catalog.edit("items.csv") { rows in rows = rows.filter { $0 < "2-051" || $0.hasPrefix("matter") } }
    return catalog
  }

  /// The same with such texts in names, departments and files.
  private func hostileCatalog(_ catalog: CatalogFolder) throws -> CatalogFolder {
    let name = "坏<b>'目录&"
    let spoilt = try smallCatalog(named: name, in: catalog.folder)
    func quoted(_ text: String) -> String { "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
    try spoilt.edit("matters.csv") { rows in
      for (index, text) in PageTests.hostile.enumerated() {
        var cells = CatalogFolder.cells(rows[48 + index])
        cells[4] = quoted(text + cells[4])
        rows[48 + index] = cells.joined(separator: ",")
      }
    }
    try spoilt.edit("items.csv") { rows in
      for (index, text) in PageTests.hostile.enumerated() {
        var cells = CatalogFolder.cells(rows[195 + index])
        cells[2] = quoted(text + cells[2])
        if index < 4 { cells[3] = quoted(text) }
        rows[195 + index] = cells.joined(separator: ",")
      }
    }
    try spoilt.replace("市公安局", with: "市公安局<script>hacked=1</script>", in: "departments.csv")
    return spoilt
  }

  private func writePages(_ language: String, of catalog: CatalogFolder, and spoilt: CatalogFolder, to folder: URL)
    throws
  {
    func page(_ name: String, status: Int = 0, _ arguments: [String]) throws {
      let file = folder.appending(path: "\(name).\(language).html")
      let outcome = try Program.run(
        Program.onevisit, arguments + ["--format", "html", "-o", file.path(), "--language", language],
        in: catalog.folder)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    }
    let day = ["--as-of", CatalogFolder.day]
    try page("findings", status: 1, ["validate", "catalog", "--no-waivers", "--max-findings", "6"] + day)
    try page("none", ["validate", "catalog", "--only", "csv-syntax"] + day)
    try page("unreadable", status: 2, ["validate", "missing"] + day)
    try page(
      "hostile", status: 1,
      ["validate", spoilt.name, "--max-findings", "3", "--show-waived", "--show-consequences"] + day)
    let here = ["--catalog", "catalog"], there = ["--catalog", spoilt.name]
    try page("matter", ["show", "2-042"] + here)
    try page("matter-hostile", ["show", "2-037"] + there)
    try page("diff", status: 1, ["diff", "catalog", spoilt.name])
    try page("diff-none", ["diff", "catalog", "catalog"])
    let until = ["--due-by", "2023-06-30"]
    try page("deadlines", ["deadlines"] + until + here + day)
    try page("leads", ["deadlines", "--by", "lead", "--due-by", "2022-12-30"] + there + day)
    try page("leads-all", ["deadlines", "--by", "lead"] + there + day)
    try page("days", ["deadlines", "--by", "day"] + until + there + day)
    try page("worklist", ["deadlines", "--department", "public-security"] + until + there + day)
  }

  @Test(.needs(.selenium, .html5lib, .axe, .chromium, .chromedriver))
  func pagesInABrowser() throws {
    let catalog = try smallCatalog()
    let spoilt = try hostileCatalog(catalog)
    let folder = catalog.folder.appending(path: "pages")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for language in ["zh", "en"] { try writePages(language, of: catalog, and: spoilt, to: folder) }
    let outcome = try Tool.selenium.script("pages.py", folder.path())
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
