import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Testing
import Validator

/// A row of a register of which nothing can be read. It is no entry of the catalog, so that nothing is written for it in
/// another folder; in its own folder it stays byte for byte, whatever is written around it.
@Suite("Rows of which nothing can be read") struct UnreadableRowsTests {
  /// Rows of `departments.csv`: too few cells, too many, blanks alone.
  static let rows = [" ", ",,,,,,,,,x", " ,\t, ,,,,", "\" \",\"\""]

  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    let folder = try FolderReplacement(at: temporary("catalog"))
    try FolderWriter.writeBuiltIn(into: folder)
    try folder.commit()
  }

  private var path: String { temporary("catalog") }

  /// The lines of the register of departments with their ends.
  private func departments() throws -> [String] {
    String(decoding: try temporary.bytes("catalog/departments.csv"), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }.dropLast()
  }

  private func write(_ lines: [String]) throws {
    try temporary.put("catalog/departments.csv", Array(lines.joined().utf8))
  }

  /// Puts the row after the fifth department.
  /// - Returns: the lines of the table.
  private func damage(_ row: String) throws -> [String] {
    var lines = try departments()
    lines.insert(row + "\n", at: 6)
    try write(lines)
    return lines
  }

  @Test("The tables of another folder do not have it, nor does an export of an export", arguments: rows)
  func writtenAnew(_ row: String) throws {
    _ = try damage(row)
    let catalog = FolderReader.read(path)
    #expect(catalog.departments.count == shippedCatalog.departments.count && !catalog.issues.isEmpty)
    let folder = try FolderReplacement(at: temporary("new"))
    try FolderWriter.writeNew(catalog, into: folder)
    try folder.commit()
    let first = try temporary.files("new")
    for kind in TableKind.allCases {
      #expect(first[kind.fileName] == FolderReader.builtInFile(kind.fileName), "\(kind)")
    }
    let second = try FolderReplacement(at: temporary("second"))
    try FolderWriter.writeNew(FolderReader.read(temporary("new")), into: second)
    try second.commit()
    #expect(try temporary.files("second") == first)
  }

  @Test("An import that adds a department keeps it", arguments: rows)
  func imported(_ row: String) throws {
    let before = try damage(row)
    let work = try FolderImport(into: path)
    let head = "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注\n"
    let file = read(head + "231,企业,开店,税务登记,市某某局,税务部门,2024年底,\n", base: work.folder, isImport: true)
    let plan = work.plan(file, options: ImportOptions(addsUnknown: true))
    #expect(plan.isPossible, "\(plan.obstacles)")
    try work.write(plan)
    let after = try departments()
    #expect(after.dropLast() == before[...])
    #expect(after.last?.contains("市某某局") == true)
  }

  @Test("An import of the whole catalog in place of the folder's keeps it", arguments: rows)
  func replaced(_ row: String) throws {
    let before = try damage(row)
    let document = try bytes { try ExportRequest(shippedCatalog, as: .xml(isExpanded: false)).write(to: $0) }
    let work = try FolderImport(into: path)
    let plan = work.plan(
      XMLCatalogReader.read(named: "all.xml", Bytes(document)), options: ImportOptions(replacing: true))
    #expect(plan.isPossible && plan.isEmpty, "\(plan.text(in: .english))")
    try work.write(plan)
    #expect(try departments() == before)
  }

  @Test("A department that is renamed or merged keeps it", arguments: rows)
  func edited(_ row: String) throws {
    let before = try damage(row)
    let work = try FolderEdit(in: path)
    try work.write(EditPlan(.renameDepartment("市公安局", to: "市公安厅"), of: work.folder))
    var after = try departments()
    let changed = try #require(before.firstIndex { $0.hasPrefix("public-security,") })
    #expect(after[changed] != before[changed])
    after[changed] = before[changed]
    #expect(after == before)
  }

  @Test("Fixes of other rows keep it", arguments: rows)
  func fixed(_ row: String) throws {
    var lines = try damage(row)
    let expected = lines
    lines[3] = lines[3].replacing("市公安局", with: "市公安局 ")
    #expect(lines != expected)
    try write(lines)
    let options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    let fixes = try CatalogFixes(of: path, options: options)
    #expect(fixes.changes.map(\.cell) == ["B4"])
    let folder = try FolderReplacement(at: path)
    try fixes.write(into: folder)
    try folder.commit()
    #expect(try departments() == expected)
  }

  @Test("Only the row itself is reported", arguments: rows)
  func findings(_ row: String) throws {
    _ = try damage(row)
    let options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    let before = Validation(shippedCatalog, options: options).findings.map { "\($0.rule) \($0.subject)" }
    var after = Validation(FolderReader.read(path), options: options).findings
    after.removeAll { before.contains("\($0.rule) \($0.subject)") }
    #expect(after.allSatisfy { ["row-length", "missing-value"].contains($0.rule) }, "\(after.map(\.rule))")
    #expect(!after.isEmpty && after.allSatisfy { $0.location?.line == 7 })
  }
}
