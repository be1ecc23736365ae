import AtomicFiles
import CSVFormat
import Testing

@testable import Catalog

/// A folder in memory with the built-in registers and the given tables.
private func folder(_ files: [String: String]) -> Catalog {
  var all: [String: [UInt8]] = [:]
  for name in ["notices.csv", "lists.csv", "departments.csv", "approvals.csv"] {
    all[name] = FolderReader.builtInFile(name)
  }
  for (name, text) in files { all[name] = Array(text.utf8) }
  return FolderReader.read(named: "test", files: all)
}

@Suite struct BuiltInCatalogTests {
  let catalog = FolderReader.builtIn()

  @Test func hasBothListsCompletely() {
    #expect(catalog.matters.count == 241)
    #expect(catalog.items.count == 410)
    #expect(catalog.issues.isEmpty)
    #expect(catalog.matters.filter { $0.list == 0 }.count == 11)
    #expect(catalog.matters.filter { $0.list == 1 }.count == 230)
    #expect(catalog.items.filter { $0.matter.map { catalog.matters[$0].list == 0 } ?? false }.count == 41)
    #expect(catalog.matters.filter { $0.items.isEmpty }.count == 82)
  }

  @Test func allNamesAreRegistered() {
    for matter in catalog.matters {
      #expect(catalog.printedDepartments(matter.lead).isResolved, "\(catalog.id(matter)) \(catalog.text(matter.lead))")
      #expect(catalog.due(matter) != nil, "\(catalog.id(matter)) \(catalog.text(matter.deadline))")
    }
    for item in catalog.items {
      #expect(
        catalog.printedDepartments(item.responsible).isResolved, "\(catalog.id(item)) \(catalog.text(item.responsible))"
      )
      #expect(catalog.printedApprovals(item).entries.allSatisfy { $0.approval != nil }, "\(catalog.id(item))")
    }
    #expect(catalog.departmentRegister.conflicts.isEmpty)
    #expect(catalog.approvalRegister.conflicts.isEmpty)
  }

  @Test func scenesShareSixItems() throws {
    let restaurant = try #require(catalog.matter(id: "2-037"))
    #expect(catalog.items(of: restaurant).filter(\.isShared).count == 6)
    let cookedFood = try #require(catalog.matter(id: "2-042"))
    #expect(catalog.sharedItems(of: cookedFood).map { catalog.id($0) } == (1...6).map { "2-037.\($0)" })
    #expect(catalog.effectiveItems(of: cookedFood).count == 7)
    let choice = try #require(catalog.items(of: cookedFood).first)
    #expect(
      catalog.printedApprovals(choice).approvals.map { catalog.approvals[$0].id } == [
        "food-business-licence", "small-food-business-registration",
      ])
    let lead = catalog.printedDepartments(cookedFood.lead)
    #expect(lead.choice == .any)
    #expect(lead.departments.map { catalog.departments[$0].id } == ["market-regulation", "administrative-approval"])
    for number in 131...136 {
      let matter = try #require(catalog.matter(id: "2-\(number)"))
      #expect(matter.includes == nil)
    }
  }

  @Test func placeholderOf081IsKept() throws {
    let matter = try #require(catalog.matter(id: "2-081"))
    #expect(catalog.text(matter.placeholder) == "市场监管部门")
    #expect(matter.items.isEmpty)
  }

  @Test func departmentIsFoundByAnyOfItsNames() {
    let owners = ["市公安局", "公安部门", "public-security", " 市公安局 "].map {
      catalog.departmentRegister.owner(of: $0)?.index
    }
    #expect(Set(owners).count == 1 && owners[0] != nil)
    #expect(catalog.departmentRegister.owner(of: "市某某局") == nil)
  }

  @Test func positionsLocateTheCell() throws {
    let locator = Locator(catalog)
    let matter = try #require(catalog.matter(id: "2-218"))
    let location = try #require(locator.locate(catalog.position(matter, .name)))
    #expect(location.file == "built-in/matters.csv")
    #expect(location.line == 230)
    #expect(location.column == 29)
    #expect(location.length == 8)
    #expect(location.excerpt?.hasPrefix("2-218,second,218,enterprise,我要开食品小作坊,") == true)
  }

  /// The `datapackage.json` of the built-in catalog is not read at start-up, so it must equal the standard.
  @Test func builtInDescriptorEqualsTheStandard() throws {
    let json = Bytes(try #require(FolderReader.builtInFile("datapackage.json")))
    let description = try Descriptor(json: json)
    #expect(description.settings == Settings())
    for kind in TableKind.allCases {
      #expect(description.files[kind] ?? kind.fileName == kind.fileName)
      let own = Set(kind.columns.flatMap { [$0.name, $0.title] })
      #expect(description.columns[kind, default: []].isSubset(of: own), "\(kind)")
    }
  }

  /// A table may have the titles of `datapackage.json` as its header.
  @Test func titlesAreThoseOfTheDescriptor() throws {
    let json = try #require(FolderReader.builtInFile("datapackage.json"))
    let text = String(decoding: json, as: UTF8.self)
    for kind in TableKind.allCases {
      for column in kind.columns where !column.isOmittedWhenEmpty {
        let title = column.title.replacing("\"", with: "\\\"")
        #expect(text.contains("\"title\": \"\(title)\""), "\(kind.name).\(column.name) \(column.title)")
      }
    }
  }
}

@Suite struct FolderReaderTests {
  static let matters = "id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,灵活就业,市人社局,2022年12月底\n"
  static let items = "matter,number,name,responsible\n2-001,1,就业登记,人社部门\n"

  @Test func columnsAreFoundByName() throws {
    let catalog = folder([
      "matters.csv": "完成时限,name,id,number,list,牵头部门,类型\n2022年12月底,灵活就业,2-001,1,second,市人社局,个人\n",
      "items.csv": Self.items,
    ])
    #expect(catalog.issues.isEmpty, "\(catalog.issues)")
    let matter = try #require(catalog.matter(id: "2-001"))
    #expect(
      catalog.text(matter.name) == "灵活就业" && catalog.audience(of: matter)?.id == "individual" && matter.number == 1)
    #expect(catalog.items(of: matter).count == 1)
  }

  @Test func itemsInAnyOrderAreAssignedToTheirMatters() throws {
    let catalog = folder([
      "matters.csv": Self.matters + "2-002,second,2,individual,失业,市人社局,2022年12月底\n",
      "items.csv":
        "matter,number,name,responsible\n2-002,1,失业登记,人社部门\n2-009,1,无主,人社部门\n2-001,1,就业登记,人社部门\n2-002,2,求职登记,人社部门\n",
    ])
    let second = try #require(catalog.matter(id: "2-002"))
    #expect(catalog.items(of: second).map { catalog.text($0.name) } == ["失业登记", "求职登记"])
    let first = try #require(catalog.matter(id: "2-001"))
    #expect(catalog.items(of: first).map { catalog.text($0.name) } == ["就业登记"])
    #expect(catalog.items.last?.matter == nil)
    #expect(catalog.items.indices.allSatisfy { catalog.items[$0].index == $0 })
  }

  @Test func invalidCellIsUnknownAlone() throws {
    let catalog = folder([
      "matters.csv": "id,list,number,audience,name,lead,deadline\n2-001,second,一,个体,灵活就业,市人社局,2022年12月底\n",
      "items.csv": Self.items,
    ])
    let matter = try #require(catalog.matter(id: "2-001"))
    #expect(matter.isUnknown(.number) && matter.isUnknown(.audience) && !matter.isUnknown(.name))
    #expect(catalog.text(matter.name) == "灵活就业")
    #expect(catalog.issues.count == 2)
  }

  @Test func shortRowKeepsItsCells() throws {
    let catalog = folder([
      "matters.csv": "id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,灵活就业\n",
      "items.csv": Self.items,
    ])
    let matter = try #require(catalog.matter(id: "2-001"))
    #expect(matter.isUnknown(.lead) && matter.isUnknown(.deadline))
    guard case .rowLength(found: 5, expected: 7) = catalog.issues.first?.kind, catalog.issues.count == 1 else {
      Issue.record("\(catalog.issues)")
      return
    }
  }

  @Test(arguments: ["\u{FEFF}", ""], ["\n", "\r\n", "\r"])
  func byteOrderMarksAndLineEndsAreIgnored(_ mark: String, _ lineEnd: String) throws {
    let catalog = folder([
      "matters.csv": mark + Self.matters.replacing("\n", with: lineEnd),
      "items.csv": mark + Self.items.replacing("\n", with: lineEnd),
    ])
    #expect(catalog.issues.isEmpty)
    #expect(catalog.matters.count == 1 && catalog.items.count == 1)
    let matter = try #require(catalog.matters.first)
    let location = try #require(Locator(catalog).locate(catalog.position(matter, .name)))
    #expect(location.line == 2 && location.column == 27)
  }

  @Test func gb18030TablesAreRead() throws {
    var files: [String: [UInt8]] = [
      "matters.csv": try #require(TextDecoding.encode(Array(Self.matters.utf8), as: .gb18030)),
      "items.csv": try #require(TextDecoding.encode(Array(Self.items.utf8), as: .gb18030)),
    ]
    for name in ["notices.csv", "lists.csv", "departments.csv", "approvals.csv"] {
      files[name] = FolderReader.builtInFile(name)
    }
    let catalog = FolderReader.read(named: "gb", files: files)
    let matter = try #require(catalog.matters.first)
    #expect(catalog.text(matter.name) == "灵活就业")
    #expect(Locator(catalog).locate(catalog.position(matter, .name))?.column == 27)
  }

  @Test func otherFoldersAreUnreadable() {
    #expect(FolderReader.read("/nonexistent/目录").isUnreadable)
    #expect(folder(["datapackage.json": "{"]).isUnreadable)
    #expect(folder(["matters.csv": "", "items.csv": ""]).isUnreadable)
    #expect(folder(["matters.csv": "一,二,三\n1,2,3\n", "items.csv": Self.items]).isUnreadable)
    #expect(!folder(["matters.csv": Self.matters]).isUnreadable)
  }

  @Test func emptyCellsOfSpreadsheetsAreAccepted() {
    let catalog = folder([
      "matters.csv":
        "id,list,number,audience,name,lead,deadline,,\n2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,\n,,,,,,,,\n",
      "items.csv": Self.items + ",,,\n\n",
    ])
    #expect(catalog.issues.isEmpty, "\(catalog.issues)")
    #expect(catalog.matters.count == 1 && catalog.items.count == 1)
  }

  @Test func slashRowsArePlaceholders() throws {
    let catalog = folder([
      "matters.csv": Self.matters + "2-081,second,81,enterprise,我要开办粮食收购站,市人社局,2022年12月底\n",
      "items.csv": Self.items + "2-081,1,/,市场监管部门\n2-001,2,/,/\n",
    ])
    #expect(catalog.items.count == 1)
    let matter = try #require(catalog.matter(id: "2-081"))
    #expect(catalog.text(matter.placeholder) == "市场监管部门")
  }

  @Test func descriptorNamesFilesAndFurtherColumns() {
    let json = """
      {"resources": [
        {"name": "matters", "path": "事项.csv", "schema": {"fields": [{"name": "note", "title": "说明"}]}},
        {"name": "items", "path": "items.csv"}],
       "onevisit": {"rules": {"general-lead": "off", "overdue": {"severity": "warning", "days": 3}}}}
      """
    let catalog = folder([
      "datapackage.json": json,
      "事项.csv": "id,list,number,audience,name,lead,deadline,说明\n2-001,second,1,个人,灵活就业,市人社局,2022年12月底,x\n",
      "items.csv": Self.items,
    ])
    #expect(catalog.issues.isEmpty, "\(catalog.issues)")
    #expect(catalog.matters.count == 1)
    #expect(catalog.settings.rules["general-lead"]?.isOff == true)
    #expect(catalog.settings.rules["overdue"]?.severity == "warning")
    #expect(catalog.settings.rules["overdue"]?.values == ["days": 3])
  }
}

@Suite struct PrintedDepartmentsTests {
  let register = FolderReader.builtIn().departmentRegister

  @Test(
    arguments: [
      ("市公安局", PrintedDepartments.Choice.all, ["市公安局"]),
      ("市人社局、市医保局", .all, ["市人社局", "市医保局"]),
      ("市人社局,市医保局，市民政局", .all, ["市人社局", "市医保局", "市民政局"]),
      ("市场监管部门/行政审批部门", .any, ["市场监管部门", "行政审批部门"]),
      ("市场监管部门 / 行政审批部门", .any, ["市场监管部门", "行政审批部门"]),
      ("林业部门 农业农村部门", .all, ["林业部门", "农业农村部门"]),
      ("市公安局牵头负责", .all, ["市公安局"]),
      ("市公安局、市民政局等部门按职责分工负责", .all, ["市公安局", "市民政局"]),
      ("某局(甲、乙)、市民政局", .all, ["某局(甲、乙)", "市民政局"]),
      ("卫健部门、医院", .all, ["卫健部门", "医院"]),
      ("没有的局", .all, ["没有的局"]),
      ("没有的局负责", .all, ["没有的局"]),
      ("没有的局\r\n市公安局", .all, ["没有的局", "市公安局"]),
      ("市公安局 没有的局", .all, ["市公安局 没有的局"]),
    ] as [(String, PrintedDepartments.Choice, [String])])
  func readsCellsOfDepartments(_ text: String, _ choice: PrintedDepartments.Choice, _ names: [String]) {
    let printed = PrintedDepartments(printed: text, in: register)
    #expect(printed.entries.map(\.name) == names)
    #expect(printed.choice == choice)
  }

  @Test func slashAloneIsAPlaceholder() {
    #expect(PrintedDepartments(printed: "/", in: register).isPlaceholder)
    #expect(PrintedDepartments(printed: " ／ ", in: register).isPlaceholder)
    #expect(!PrintedDepartments(printed: "", in: register).isPlaceholder)
  }
}

@Suite struct RegisterTests {
  private func register(_ shorts: [String]) -> Register {
    Register(
      departments: shorts.enumerated().map { index, short in
        var department = Department(position: .row(source: 0, table: .departments, offset: 0))
        department.id = "d\(index)"
        department.short = short
        return department
      })
  }

  /// The name looked up, the names in the register, and the expected entry and match.
  @Test(
    arguments: [
      ("金融办", ["金融办"], 0, .short), ("金融办", ["民政局"], nil, nil), ("d0", ["金融办"], 0, .id), ("D0", ["金融办"], 0, .loose),
      ("金 融办", ["金融办"], 0, .loose), ("金融办", ["金 融办"], 0, .loose), ("金融办Ａ", ["金融办a"], 0, .loose),
      // The first entry with the same normalised name; an exact name takes precedence.
      ("金  融办", ["金 融办", "金融办"], 0, .loose), ("金  融办", ["金融办", "金 融办"], 0, .loose),
      ("金融办", ["金 融办", "金融办"], 1, .short),
      // Capital letters, also U+212A, which is equal to K; `、`.
      ("KTV办", ["ktv办"], 0, .loose), ("KTV办", ["KTV办"], 0, .short), ("ktv办", ["KTV办"], 0, .loose),
      ("KTV办", ["KTW办"], nil, nil),
      ("KTV办", ["\u{212A}TV办"], 0, .short), ("\u{212A}tv办", ["KTV办"], 0, .loose), ("甲、乙办", ["甲、乙办"], 0, .short),
      ("甲、乙办", ["甲、 乙办"], 0, .loose), ("甲、乙办", ["甲乙办"], nil, nil),
      // U+F90A is equal to 金, in the register or in the cell.
      ("金融办", ["\u{F90A}融办"], 0, .short), ("\u{F90A}融办", ["金融办"], 0, .short),
    ] as [(String, [String], Int?, Register.Match?)])
  func findsOwner(_ name: String, _ shorts: [String], _ index: Int?, _ match: Register.Match?) {
    let owner = register(shorts).owner(of: name)
    #expect(owner?.index == index)
    #expect(owner?.match == match)
  }
}

@Suite struct NearnessTests {
  @Test(arguments: [
    ("市公安局", "市公按局", 1), ("市公安局", "市安公局", 1), ("市公安局", "公安局", 1), ("abc", "abc", 0), ("", "ab", 2),
  ])
  func distance(_ a: String, _ b: String, _ expected: Int) {
    #expect(Nearness.distance(Array(a.unicodeScalars), Array(b.unicodeScalars), limit: 3) == expected)
    #expect(Nearness.distance(Array(b.unicodeScalars), Array(a.unicodeScalars), limit: 3) == expected)
  }

  /// Only a band of the table is computed; the whole table gives the same.
  @Test func distanceWithinALimit() {
    var state: UInt64 = 88_172_645_463_325_252
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    func name() -> [Unicode.Scalar] { (0..<next(9)).map { _ in ["a", "b", "c"][next(3)] } }
    for _ in 0..<3_000 {
      let (a, b) = (name(), name())
      let whole = Nearness.distance(a, b, limit: 20)
      for limit in 0...4 {
        #expect(Nearness.distance(a, b, limit: limit) == whole.flatMap { $0 <= limit ? $0 : nil }, "\(a) \(b) \(limit)")
      }
    }
  }

  @Test func noCandidateIsNearEnough() {
    #expect(Nearness.nearest(to: "市公安局", among: ["银行", "医院"]) == nil)
    #expect(Nearness.nearest(to: "nmae", among: ["id", "name", "lead"]) == "name")
  }
}
