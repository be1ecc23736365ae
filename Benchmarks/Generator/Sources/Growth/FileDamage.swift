#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Plants defects in the files of a folder that has been written: those of whole files, and those of rows of which only
/// the finished table shows that they fit.
struct FileDamage {
  private let folder: String
  private let grower: Grower
  private var limit: Int { grower.options.defects }

  init(folder: String, _ grower: Grower) {
    self.folder = folder
    self.grower = grower
  }

  func plant() throws {
    for kind in DefectKind.allCases where grower.plants(kind) {
      let subjects = try plantRows(kind) ?? plantFile(kind)
      grower.record(kind, subjects)
    }
  }

  // MARK: Rows

  /// A table as it was written.
  private struct Table {
    var columns: [String]
    var rows: [[String]]

    /// Adds empty columns, unless they are there.
    mutating func add(_ names: [String]) {
      for name in names where !columns.contains(name) {
        columns.append(name)
        for row in rows.indices { rows[row].append("") }
      }
    }

    subscript(row: Int, column: String) -> String {
      get { columns.firstIndex(of: column).map { rows[row][$0] } ?? "" }
      set { if let index = columns.firstIndex(of: column) { rows[row][index] = newValue } }
    }
  }

  private func path(_ table: String) -> String { folder + "/" + table + ".csv" }

  private func table(_ name: String) throws -> Table {
    let source = try SourceTable(path(name))
    return Table(columns: source.columns, rows: source.rows)
  }

  private func write(_ table: Table, as name: String) throws {
    let output = try Output(path(name))
    for row in [table.columns] + table.rows {
      for (index, cell) in row.enumerated() {
        if index > 0 { output.append(0x2C) }
        output.append(cell: Text(cell.utf8))
      }
      output.append(0x0A)
      try output.flushIfFull()
    }
    try output.close()
  }

  /// Changes a table.
  private func edit(_ name: String, _ change: (inout Table) throws -> [String]) throws -> [String] {
    var table = try table(name)
    let subjects = try change(&table)
    try write(table, as: name)
    return subjects
  }

  private static let codeColumns = ["code", "task_code", "local_code", "state", "effective", "ends"]

  /// Codes, states and days of approvals that have none, and that items name.
  private func plantCodes(_ kind: DefectKind) throws -> [String] {
    let items = try table("items")
    let named = Set(items.rows.indices.map { items[$0, "name"] })
    return try edit("approvals") { table in
      table.add(FileDamage.codeColumns)
      // From the middle, away from the entries that other kinds change.
      let free = table.rows.indices.dropFirst(table.rows.count / 4).filter { row in
        FileDamage.codeColumns.allSatisfy { table[row, $0].isEmpty } && named.contains(table[row, "name"])
      }
      var subjects: [String] = []
      for (index, row) in free.enumerated() where subjects.count < limit {
        let digits = String(100_000 + index)
        switch kind {
        case .wrongCheckDigit: table[row, "task_code"] = "11000000MB1234567P3000001" + digits
        case .codeMismatch:
          table[row, "code"] = "000002" + digits
          table[row, "task_code"] = "11000000MB1234567Q3000003" + digits
        case .roundedCode: table[row, "code"] = "1.0\(index % 9 + 1)E+11"
        case .endBeforeEffective:
          table[row, "effective"] = "2030-01-02"
          table[row, "ends"] = "2030-01-01"
        case .approvalNotInForce: table[row, "state"] = index.isMultiple(of: 2) ? "withdrawn" : "suspended"
        default:
          // Every second row has the code of the one before.
          table[row, "local_code"] = "L-\(index / 2)"
          if index.isMultiple(of: 2) { continue }
        }
        subjects.append(table[row, "id"])
      }
      return subjects
    }
  }

  /// - Returns: what the findings are about; nil if the kind is one of whole files.
  private func plantRows(_ kind: DefectKind) throws -> [String]? {
    switch kind {
    case .shiftedRows:
      return try edit("matters") { table in
        let name = table.columns.firstIndex(of: "name") ?? 0
        let rows = Array(table.rows.prefix(Grower.groupSize / 5))
        for (index, row) in rows.enumerated() {
          table.rows[index] = Array(row[..<name] + rows[(index + 1) % rows.count][name...])
        }
        return [rows[0][0]]
      }
    case .includesWithdrawn:
      return try edit("matters") { table in
        var subjects: [String] = []
        for row in table.rows.indices.dropLast() where subjects.count < limit && !table[row, "remark"].isEmpty {
          guard let scene = (row..<table.rows.count).first(where: { table[$0, "includes"] == table[row, "id"] }) else {
            continue
          }
          table[row, "withdrawn"] = "2022-06-01"
          table[row, "withdrawal_basis"] = "九府办字〔2022〕1号"
          subjects.append(table[scene, "id"])
        }
        return subjects
      }
    case .missingAlternative:
      return try edit("items") { table in
        guard let row = table.rows.indices.first(where: { table[$0, "responsible"].contains("/") }) else { return [] }
        table[row, "responsible"] = String(table[row, "responsible"].prefix { $0 != "/" })
        return [table[row, "matter"] + "." + table[row, "number"]]
      }
    case .competenceMismatch:
      let ids = try edit("approvals") { table in
        // From the end, away from the entries that other kinds change.
        let rows = table.rows.indices.suffix(limit)
        for row in rows {
          table[row, "competent"] = table[row, "competent"] == "health" ? "education" : "health"
        }
        return rows.map { table[$0, "name"] }
      }
      let items = try table("items")
      return ids.compactMap { name in
        items.rows.indices.first { items[$0, "name"] == name }.map { items[$0, "matter"] + "." + items[$0, "number"] }
      }
    case .lostApproval:
      let items = try table("items")
      return try edit("approvals") { table in
        let row = table.rows.indices.first { row in
          items.rows.indices.count { items[$0, "name"] == table[row, "name"] } > 4
        }
        guard let row else { return [] }
        return [table.rows.remove(at: row)[1]]
      }
    case .provisionalEntry:
      return try edit("departments") { table in
        let rows = table.rows.indices.prefix(limit)
        for row in rows { table[row, "kind"] = "" }
        return rows.map { table[$0, "id"] }
      }
    case .misspeltKind:
      return try edit("departments") { table in
        let rows = table.rows.indices.filter { table[$0, "kind"] == "city-department" }.prefix(limit)
        // Each has a letter of its own missing.
        for (index, row) in rows.enumerated() {
          var letters = Array(table[row, "kind"])
          letters.remove(at: [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14][index % 14])
          table[row, "kind"] = String(letters)
        }
        return rows.map { table[$0, "id"] }
      }
    case .wrongCheckDigit, .duplicateCode, .roundedCode, .endBeforeEffective, .codeMismatch, .approvalNotInForce:
      return try plantCodes(kind)
    case .reportTerms:
      return try edit("lists") { table in
        table[0, "note"] = "注:市级牵头部门应于时间节点前2个月内将完成情况报市政务服务管理办公室。"
        return [table[0, "id"]]
      }
    case .unknownNotice:
      return try edit("lists") { table in
        table[0, "notice"] = "notice-999"
        return [table[0, "id"]]
      }
    case .noticeYear:
      return try edit("notices") { table in
        table[0, "number"] = table[0, "number"].replacing("〔2022〕", with: "〔2021〕")
        return [table[0, "id"]]
      }
    case .targetMissed, .unreadableTarget, .targetClause:
      return try edit("targets") { table in
        let isMissed = kind == .targetMissed
        let rows = (1...max(1, limit)).map { number in
          [
            "\(kind.rawValue)-\(number)", "notice-1", "second", "individual", isMissed ? "\(900_000 + number)" : "1",
            "",
            kind == .unreadableTarget ? "年底前" : "2022年底前",
            "上线本市高频\(kind == .targetClause ? "10项" : "")个人“一事通办”服务。",
          ]
        }
        table.rows += rows
        return rows.map { $0[0] }
      }
    case .waiverWithoutReason:
      return try edit("waivers") { table in
        table.rows.append(["unrecorded-progress", "second", ""])
        return ["unrecorded-progress second"]
      }
    case .recordedOutOfOrder, .recordedBeforeNotice, .incompleteDeliverables, .overdue: return try record(kind)
    case .similarMatterName:
      return try edit("matters") { table in
        stride(from: 3, to: table.rows.count, by: 17).prefix(limit).map { row in
          table[row, "name"] = table[row - 1, "name"] + "事项"
          return table[row, "id"]
        }
      }
    case .deadlineSeries:
      return try edit("matters") { table in
        // After two equal deadlines, so that the series begins at its first cell.
        let first = table.rows.indices.dropFirst(2).dropLast(4).first { row in
          (row - 2..<row).allSatisfy { table[$0, "deadline"] == "2022年12月底" }
        }
        guard let first else { return [] }
        for year in 2023...2026 { table[first + year - 2023, "deadline"] = "\(year)年12月底" }
        return [table[first, "id"]]
      }
    case .waiverCount:
      var run = ""
      _ = try edit("matters") { table in
        let deadlines = table.rows.indices.map { table[$0, "deadline"] }
        let row = deadlines.indices.dropFirst(2).first { Set(deadlines[($0 - 2)...$0]).count == 1 } ?? 2
        for other in [row - 1, row] { table[other, "name"] = table[row - 2, "name"] }
        run = table[row - 2, "id"] + ".." + table[row, "id"]
        return []
      }
      return try edit("waivers") { table in
        table.columns.append("count")
        for row in table.rows.indices { table.rows[row].append("") }
        table.rows.append(["duplicate-matter-name", run, "为测试而登记", "1"])
        return ["duplicate-matter-name " + run]
      }
    case .approvalMismatch:
      let approvals = try table("approvals")
      return try edit("items") { table in
        table.rows.indices.suffix(limit).map { row in
          let other = approvals.rows.indices.first { approvals[$0, "name"] != table[row, "name"] } ?? 0
          table[row, "approval"] = approvals[other, "id"]
          return table[row, "matter"] + "." + table[row, "number"]
        }
      }
    case .unknownRegion:
      return try edit("lists") { table in
        table[0, "region"] = "nowhere"
        return [table[0, "id"]]
      }
    case .regionCycle:
      return try edit("regions") { table in
        table.rows += [["east", "某东区", "county", "west"], ["west", "某西区", "county", "east"]]
        return ["east"]
      }
    case .regionLevel:
      return try edit("regions") { table in
        let rows = (1...max(1, limit)).map { ["province-\($0)", "某省\($0)", "province", table[0, "id"]] }
        table.rows += rows
        return rows.map { $0[0] }
      }
    default: return nil
    }
  }

  /// Records every matter as done, and changes the record of some.
  private func record(_ kind: DefectKind) throws -> [String] {
    let matters = try table("matters")
    return try edit("progress") { table in
      if table.rows.isEmpty {
        table.rows = matters.rows.indices.map { row in
          [matters[row, "id"]] + Array(repeating: "2022-06-01", count: 9) + Array(repeating: "", count: 5)
        }
      }
      var subjects: [String] = []
      // One of eleven, and for each kind others.
      let first = [.recordedOutOfOrder: 0, .recordedBeforeNotice: 3, .incompleteDeliverables: 5][kind] ?? 8
      for row in stride(from: first, to: table.rows.count, by: 11) where subjects.count < limit {
        switch kind {
        case .recordedOutOfOrder: table[row, "plan"] = "2023-02-05"
        case .recordedBeforeNotice: table[row, "plan"] = "2021-12-05"
        case .incompleteDeliverables:
          // Of a matter that is due, `overdue` reports it.
          guard matters[row, "deadline"] != "2022年12月底" else { continue }
          table[row, "form"] = ""
        default:
          guard matters[row, "deadline"] == "2022年12月底" else { continue }
          table[row, "app"] = ""
        }
        subjects.append(matters[row, "id"])
      }
      return subjects
    }
  }

  // MARK: Files

  private func plantFile(_ kind: DefectKind) throws -> [String] {
    switch kind {
    case .mergeConflict:
      try editLines("matters") { lines in
        let row = lines[lines.count / 2]
        lines.replaceSubrange(
          lines.count / 2...lines.count / 2, with: ["<<<<<<< HEAD", row, "=======", row, ">>>>>>> county"])
      }
      return ["matters"]
    case .otherEncoding:
      let units = String(decoding: try contents(of: path("departments")), as: UTF8.self).utf16
      try save([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, as: "departments")
      return ["departments"]
    case .missingHeader:
      try editLines("approvals") { $0.removeFirst() }
      return ["approvals"]
    case .missingColumn:
      try editLines("items") { $0[0] = $0[0].replacing("responsible", with: "resp") }
      return ["items"]
    case .repeatedColumn:
      try editLines("departments") { lines in
        lines = lines.enumerated().map { $1.isEmpty ? $1 : $1 + ($0 == 0 ? ",short" : ",") }
      }
      return ["departments"]
    case .unknownColumn:
      try editLines("matters") { $0[0] = $0[0].replacing("remark", with: "remarks") }
      return ["matters"]
    case .missingTable:
      unlink(path("approvals"))
      return ["approvals"]
    case .exchangedTable:
      try save(try contents(of: path("departments")), as: "approvals")
      return ["approvals"]
    case .emptyTable:
      try editLines("approvals") { $0 = [$0[0], ""] }
      return ["approvals"]
    case .truncatedTable:
      try editLines("items") { $0.removeLast($0.count / 5) }
      return ["items"]
    case .unknownSetting:
      let file = folder + "/datapackage.json"
      var text = String(decoding: try contents(of: file), as: UTF8.self)
      text.removeFirst()
      let output = try Output(file)
      output.append(text: "{\n  \"onevisit\": {\"rules\": {\"no-such-rule\": \"off\"}}," + text)
      try output.close()
      return ["no-such-rule"]
    case .malformedDescription:
      let file = folder + "/datapackage.json"
      let text = String(decoding: try contents(of: file), as: UTF8.self)
      guard let fields = text.firstRange(of: "\"fields\": [") else { return [] }
      let output = try Output(file)
      output.append(text: text[..<fields.upperBound] + "5," + text[fields.upperBound...])
      try output.close()
      return ["resources.notices.schema.fields[0]"]
    default: return []
    }
  }

  private func editLines(_ name: String, _ change: (inout [String]) -> Void) throws {
    let text = String(decoding: try contents(of: path(name)), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    change(&lines)
    try save(Array(lines.joined(separator: "\n").utf8), as: name)
  }

  private func save(_ bytes: [UInt8], as name: String) throws {
    let output = try Output(path(name))
    output.append(bytes)
    try output.close()
  }
}
