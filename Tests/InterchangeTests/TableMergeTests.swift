import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Testing

/// Three-way merges of single tables in memory.
@Suite("Merging tables") struct TableMergeTests {
  static let header = "id,list,number,audience,name,lead,deadline,remark"
  static let base = """
    id,list,number,audience,name,lead,deadline,remark
    2-001,second,1,individual,灵活就业,市人社局,2022年12月底,
    2-002,second,2,individual,失业,市人社局,2022年12月底,"甲,乙"
    2-003,second,3,individual,退休,市人社局,2022年12月底,

    """
  static let items = """
    matter,number,name,responsible,shared
    2-001,1,就业登记,人社部门,
    2-001,2,社会保险登记,人社部门,
    2-001,3,公积金缴存登记,公积金中心,
    2-002,1,失业登记,人社部门,

    """

  private func merge(
    _ base: String, _ ours: String, _ theirs: String, name: String? = nil
  ) throws(TableMerge.Declined) -> (text: String, conflicts: [TableMerge.Conflict]) {
    let merge = try TableMerge(
      base: Bytes(Array(base.utf8)), ours: Bytes(Array(ours.utf8)), theirs: Bytes(Array(theirs.utf8)), name: name)
    return (String(decoding: merge.bytes, as: UTF8.self), merge.conflicts)
  }

  /// Merges in both directions, which must agree and have no conflict.
  private func clean(
    _ base: String, _ ours: String, _ theirs: String, is expected: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    for (one, other) in [(ours, theirs), (theirs, ours)] {
      let result = try merge(base, one, other)
      #expect(result.text == expected, sourceLocation: location)
      #expect(result.conflicts.isEmpty, sourceLocation: location)
    }
  }

  private func edit(_ text: String, _ edits: (String, String)...) throws -> String {
    var text = text
    for (old, new) in edits {
      try #require(text.contains(old), "no “\(old)”")
      text = text.replacing(old, with: new, maxReplacements: 1)
    }
    return text
  }

  @Test func unchangedSidesStay() throws {
    let edited = try edit(Self.base, ("失业", "失业人员"))
    try clean(Self.base, Self.base, Self.base, is: Self.base)
    try clean(Self.base, edited, Self.base, is: edited)
    try clean(Self.base, edited, edited, is: edited)
  }

  @Test("Different rows, and different fields of one row")
  func fieldsMerge() throws {
    let ours = try edit(Self.base, ("失业,市人社局", "失业,人社部门"), ("退休", "企业退休"))
    let theirs = try edit(Self.base, ("失业,市人社局,2022年12月底", "失业,市人社局,2023年6月底"), ("灵活就业", "灵活用工"))
    let both = try edit(
      Self.base, ("失业,市人社局,2022年12月底", "失业,人社部门,2023年6月底"), ("退休", "企业退休"), ("灵活就业", "灵活用工"))
    try clean(Self.base, ours, theirs, is: both)
  }

  @Test("Both changing one field is one conflict, with the other changes in both rows")
  func fieldConflict() throws {
    let ours = try edit(Self.base, ("失业,市人社局,2022年12月底", "失业,市人社局,2023年1月底"))
    let theirs = try edit(Self.base, ("失业,市人社局,2022年12月底", "失业人员,市人社局,2023年6月底"))
    let result = try merge(Self.base, ours, theirs)
    #expect(
      result.text == """
        \(Self.header)
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底,
        <<<<<<< ours
        2-002,second,2,individual,失业人员,市人社局,2023年1月底,"甲,乙"
        =======
        2-002,second,2,individual,失业人员,市人社局,2023年6月底,"甲,乙"
        >>>>>>> theirs
        2-003,second,3,individual,退休,市人社局,2022年12月底,

        """)
    #expect(
      result.conflicts
        == [TableMerge.Conflict(row: "2-002", columns: ["deadline"], ours: "2023年1月底", theirs: "2023年6月底")])
  }

  @Test("Both adding one id is one conflict; different ids are sorted in")
  func additions() throws {
    let row = "2-005,second,5,individual,新事项,市人社局,2023年6月底,\n"
    let other = "2-005,second,5,enterprise,另一事项,市人社局,2023年6月底,\n"
    let clash = try merge(Self.base, Self.base + row, Self.base + other)
    #expect(clash.text == Self.base + "<<<<<<< ours\n" + row + "=======\n" + other + ">>>>>>> theirs\n")
    #expect(clash.conflicts.map(\.row) == ["2-005"] && clash.conflicts.first?.columns == ["audience", "name"])
    try clean(Self.base, Self.base + row, Self.base + row, is: Self.base + row)
    let before = "2-004,second,4,individual,再一事项,市人社局,2023年6月底,\n"
    try clean(Self.base, Self.base + row, Self.base + before, is: Self.base + before + row)
  }

  @Test func removals() throws {
    let row = "2-002,second,2,individual,失业,市人社局,2022年12月底,\"甲,乙\"\n"
    let without = try edit(Self.base, (row, ""))
    try clean(Self.base, without, Self.base, is: without)
    try clean(Self.base, without, without, is: without)
    let changed = try edit(Self.base, ("失业", "失业人员"))
    let result = try merge(Self.base, without, changed)
    let new = row.replacing("失业", with: "失业人员")
    #expect(result.text.contains("<<<<<<< ours\n=======\n\(new)>>>>>>> theirs\n2-003"))
    #expect(result.conflicts == [TableMerge.Conflict(row: "2-002", columns: [], ours: nil, theirs: "")])
  }

  @Test("Inserted items renumber those behind; a change of one of these goes along")
  func itemsByIdentity() throws {
    let ours = try edit(
      Self.items, ("2-001,2,社会", "2-001,2,档案接收,人社部门,\n2-001,3,社会"), ("2-001,3,公积金", "2-001,4,公积金"))
    let theirs = try edit(Self.items, ("2-001,3,公积金缴存登记,公积金中心,", "2-001,3,公积金缴存登记,公积金管理部门,yes"))
    let both = try edit(ours, ("公积金缴存登记,公积金中心,", "公积金缴存登记,公积金管理部门,yes"))
    try clean(Self.items, ours, theirs, is: both)
    // One side removes the first, the other adds at the end.
    let shorter = try edit(
      Self.items, ("2-001,1,就业登记,人社部门,\n", ""), ("2-001,2,", "2-001,1,"), ("2-001,3,", "2-001,2,"))
    let longer = try edit(Self.items, ("公积金中心,\n", "公积金中心,\n2-001,4,办结通知,人社部门,\n"))
    try clean(
      Self.items, shorter, longer, is: try edit(shorter, ("公积金中心,\n", "公积金中心,\n2-001,3,办结通知,人社部门,\n")))
  }

  @Test("The items of a matter that both have added are not mixed")
  func itemsOfNewMatters() throws {
    let ours = Self.items + "2-003,1,甲,人社部门,\n2-003,2,乙,人社部门,\n"
    let theirs = Self.items + "2-003,1,丙,人社部门,\n"
    let result = try merge(Self.items, ours, theirs)
    #expect(
      result.text == Self.items
        + "<<<<<<< ours\n2-003,1,甲,人社部门,\n2-003,2,乙,人社部门,\n=======\n2-003,1,丙,人社部门,\n>>>>>>> theirs\n")
    #expect(result.conflicts.count == 1)
    try clean(Self.items, ours, ours, is: ours)
  }

  @Test func movedRows() throws {
    let moved = try edit(
      Self.items, ("2-001,1,就业登记,人社部门,\n2-001,2,社会保险登记,人社部门,\n", "2-001,1,社会保险登记,人社部门,\n2-001,2,就业登记,人社部门,\n"))
    let changed = try edit(Self.items, ("就业登记,人社部门", "就业登记,就业部门"), ("2-002,1,失业登记", "2-002,1,失业人员登记"))
    try clean(
      Self.items, moved, changed,
      is: try edit(moved, ("就业登记,人社部门", "就业登记,就业部门"), ("2-002,1,失业登记", "2-002,1,失业人员登记")))
    try clean(Self.items, moved, moved, is: moved)
    // Moved to different places.
    let last = try edit(
      Self.items, ("2-001,1,就业登记,人社部门,\n", ""), ("2-001,2,", "2-001,1,"),
      ("2-001,3,公积金缴存登记,公积金中心,\n", "2-001,2,公积金缴存登记,公积金中心,\n2-001,3,就业登记,人社部门,\n"))
    let result = try merge(Self.items, moved, last)
    #expect(result.conflicts.count <= 1)
    #expect(result.text.contains("就业登记") && result.text.contains("社会保险登记"))
  }

  @Test("Line ends, byte order mark, encoding and quotes stay as one side changed them")
  func bytes() throws {
    let crlf = "\u{FEFF}" + Self.base.replacing("\n", with: "\r\n")
    let edited = try edit(Self.base, ("失业", "失业人员"))
    try clean(Self.base, crlf, edited, is: "\u{FEFF}" + edited.replacing("\n", with: "\r\n"))
    let quoted = try edit(Self.base, ("退休", "\"退休\""), ("2-003,", "\n2-003,"))
    try clean(Self.base, quoted, edited, is: try edit(quoted, ("失业", "失业人员")))
    // A last row without a line end.
    let open = String(Self.base.dropLast())
    let longer = Self.base + "2-004,second,4,individual,新,市人社局,2023年6月底,\n"
    try clean(open, open, longer, is: longer)
    let changed = try edit(open, ("灵活就业", "灵活用工"))
    try clean(open, changed, try edit(open, ("失业", "失业人员")), is: try edit(changed, ("失业", "失业人员")))
  }

  @Test("Encodings: that of the side that changed it; a character that it lacks is no loss")
  func encodings() throws {
    let edited = try edit(Self.base, ("失业", "失业人员"))
    let other = try edit(Self.base, ("退休", "企业退休"))
    let both = try edit(edited, ("退休", "企业退休"))
    func merged(_ editions: [(String, TextEncoding)]) throws -> [UInt8] {
      let bytes = try editions.map { Bytes(try #require(TextDecoding.encode(Array($0.0.utf8), as: $0.1))) }
      let merge = try TableMerge(base: bytes[0], ours: bytes[1], theirs: bytes[2])
      #expect(merge.conflicts.isEmpty)
      return merge.bytes
    }
    for encoding in TextEncoding.allCases {
      let expected = try #require(TextDecoding.encode(Array(both.utf8), as: encoding))
      #expect(try merged([(Self.base, encoding), (edited, encoding), (other, encoding)]) == expected)
      #expect(try merged([(Self.base, .utf8), (edited, encoding), (other, .utf8)]) == expected)
      #expect(try merged([(Self.base, .utf8), (edited, .utf8), (other, encoding)]) == expected)
    }
  }

  @Test("Rows with too many cells are copied, or contested whole")
  func irregularRows() throws {
    let ragged = try edit(Self.base, ("2-003,second,3,individual,退休,市人社局,2022年12月底,", "2-003,second,3"))
    let edited = try edit(Self.base, ("失业", "失业人员"))
    try clean(Self.base, ragged, edited, is: try edit(ragged, ("失业", "失业人员")))
    let result = try merge(Self.base, ragged, try edit(Self.base, ("退休", "企业退休")))
    #expect(result.conflicts.map(\.row) == ["2-003"] && result.conflicts.first?.columns == [])
    let wide = Self.base.split(separator: "\n").map { $0 + ",主题\n" }.joined()
    #expect(throws: TableMerge.Declined.self) { try merge(Self.base, ragged, wide) }
  }

  @Test("A column that one side adds")
  func addedColumn() throws {
    func wide(_ text: String) -> String {
      text.split(separator: "\n").enumerated().map { String($1) + ($0 == 0 ? ",theme" : ",主题") + "\n" }.joined()
    }
    let edited = try edit(Self.base, ("失业", "失业人员")) + "2-004,second,4,individual,新,市人社局,2023年6月底,\n"
    let expected = wide(try edit(Self.base, ("失业", "失业人员"))) + "2-004,second,4,individual,新,市人社局,2023年6月底,,\n"
    try clean(Self.base, wide(Self.base), edited, is: expected)
    // One side removes a column in which the other changed a cell.
    let narrow = Self.items.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",") + "\n"
    }.joined()
    let shared = try edit(Self.items, ("2-002,1,失业登记,人社部门,", "2-002,1,失业登记,人社部门,yes"))
    #expect(throws: TableMerge.Declined.self) { try merge(Self.items, narrow, shared) }
    try clean(Self.items, narrow, Self.items, is: narrow)
  }

  @Test("Chinese headers, any name of the file; the base may be empty")
  func recognition() throws {
    let chinese = "标识,名称,别名\nindividual,个人,\nenterprise,企业,\n"
    try clean(
      chinese, chinese.replacing("个人,", with: "个人,自然人"), chinese.replacing("企业,", with: "企业,公司"),
      is: chinese.replacing("个人,", with: "个人,自然人").replacing("企业,", with: "企业,公司"))
    let rows = "rule,subject,reason\noverdue,2-001,甲\n"
    let more = rows + "overdue,2-002,乙\n"
    try clean("", rows, more, is: more)
    for (kind, header) in TableKind.allCases.map({ ($0, $0.columns) }) {
      #expect(TableKind(header: header.map(\.name)) == kind)
      #expect(TableKind(header: header.map(\.title)) == kind)
    }
    #expect(
      TableKind(header: [
        "matter", "list", "number", "audience", "name", "lead", "item", "item_name", "responsible", "deadline", "due",
        "shared_from", "remark",
      ]) == nil)
  }

  @Test("What is no table, or a damaged one, is not merged by row")
  func declined() throws {
    for other in ["{\"name\": 1}", "<serviceCatalog/>", "", Self.items, "a,b\n1,2\n"] {
      #expect(throws: TableMerge.Declined.self) { try merge(Self.base, Self.base, other) }
      #expect(throws: TableMerge.Declined.self) { try merge(Self.base, other, Self.base) }
    }
    for damage in ["2-004,\"open\n", "<<<<<<< HEAD\n2-004\n=======\n2-005\n>>>>>>> x\n"] {
      #expect(throws: TableMerge.Declined.self) { try merge(Self.base, Self.base + damage, Self.base) }
    }
    // A base that git has merged itself.
    let base = try edit(
      Self.base, ("2-002,", "<<<<<<< a\n2-002,"), ("2-003,", "=======\n2-002,second,2,,,,,\n>>>>>>> b\n2-003,"))
    #expect(try merge(base, Self.base, Self.base).text == Self.base)
    let changed = try edit(Self.base, ("失业", "失业人员"))
    #expect(try merge(base, Self.base, changed).conflicts.map(\.row) == ["2-002"])
  }

  /// Whatever the bytes are, the merge ends and gives a table or declines.
  @Test(arguments: 0..<600) func damagedInputs(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    func damaged(_ text: String) -> Bytes {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        guard !bytes.isEmpty else { break }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0xFF, 0x3C].randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: bytes[..<index], at: index)
        default: bytes = Array(bytes[..<max(1, index)])
        }
      }
      return Bytes(bytes)
    }
    let text = seed.isMultiple(of: 2) ? Self.base : Self.items
    let files = (damaged(text), damaged(text), damaged(text))
    // What one side alone has changed is the result, byte for byte.
    for (ours, theirs, changed) in [
      (files.0, files.0, files.0), (files.1, files.0, files.1), (files.0, files.1, files.1),
    ] {
      guard let merge = try? TableMerge(base: files.0, ours: ours, theirs: theirs) else { continue }
      #expect(merge.conflicts.isEmpty)
      #expect(merge.bytes == changed.array, "\(String(decoding: changed.array, as: UTF8.self))")
    }
    if let merge = try? TableMerge(base: files.0, ours: files.1, theirs: files.2) {
      #expect(merge.conflicts.isEmpty == !String(decoding: merge.bytes, as: UTF8.self).contains("<<<<<<< ours"))
    }
  }
}
