/// What is taken from the catalog that is extended: names, registers, proportions.
struct Source {
  var departments: [DepartmentDraft]
  /// Approvals with dissimilar names and a known department, without those of the hub. `competent` is an index in
  /// `departments`.
  var approvals: [ApprovalDraft]
  var hub: [ApprovalDraft]
  /// The two departments of which either leads a scene.
  var either: [Int]
  var individualNames: [Text]
  var enterpriseNames: [Text]
  /// Names of scenes that begin 我要, without it.
  var sceneNames: [Text]
  var deadlines: [(text: DeadlineText, weight: Int)]
  /// `datapackage.json`, with ids of more than three digits allowed.
  var package: Text
  var folder: String

  init(_ folder: String) throws {
    self.folder = folder
    let departmentTable = try SourceTable(folder + "/departments.csv")
    func texts(_ table: SourceTable, _ column: String) throws -> [Text] {
      try table.column(column).map { Text($0.utf8) }
    }
    let ids = try texts(departmentTable, "id")
    let (shorts, fulls) = (try texts(departmentTable, "short"), try texts(departmentTable, "full"))
    let (generals, aliases) = (try texts(departmentTable, "general"), try texts(departmentTable, "aliases"))
    let kinds = try texts(departmentTable, "kind")
    departments = ids.indices.map {
      DepartmentDraft(
        id: ids[$0], short: shorts[$0], full: fulls[$0], general: generals[$0], aliases: aliases[$0], kind: kinds[$0])
    }
    let placeOf = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })

    // The hub: the first matter whose items others share.
    let itemTable = try SourceTable(folder + "/items.csv")
    let (itemMatters, itemNames) = (try itemTable.column("matter"), try itemTable.column("name"))
    let shared = try itemTable.column("shared")
    guard let first = shared.firstIndex(of: "yes") else { throw GrowthError("\(folder): no matter shares an item") }
    let hubNames = itemMatters.indices.filter { shared[$0] == "yes" && itemMatters[$0] == itemMatters[first] }.map {
      itemNames[$0]
    }

    let approvalTable = try SourceTable(folder + "/approvals.csv")
    let (approvalIDs, approvalNames) = (try texts(approvalTable, "id"), try approvalTable.column("name"))
    let (approvalAliases, approvalKinds) = (try approvalTable.column("aliases"), try texts(approvalTable, "kind"))
    let competent = try texts(approvalTable, "competent")
    approvals = []
    hub = []
    var kept: [[Unicode.Scalar]] = []
    var taken: Set<String> = []
    for index in approvalIDs.indices {
      guard let department = placeOf[competent[index]] else { continue }
      let name = approvalNames[index]
      let draft = ApprovalDraft(
        id: approvalIDs[index], name: Text(name.utf8), aliases: [], kind: approvalKinds[index], competent: department)
      let core = Source.core(name)
      if hubNames.contains(name) {
        hub.append(draft)
      } else if !name.unicodeScalars.contains("/"), !Source.repeatsItself(name), approvalAliases[index].isEmpty,
        taken.insert(name).inserted,
        kept.allSatisfy({ Source.differ($0, core) })
      {
        approvals.append(draft)
        kept.append(core)
      }
    }
    hub.sort { a, b in
      let (first, second) = (String(decoding: a.name, as: UTF8.self), String(decoding: b.name, as: UTF8.self))
      return hubNames.firstIndex(of: first) ?? 0 < hubNames.firstIndex(of: second) ?? 0
    }
    let eitherPlaces = ["market-regulation", "administrative-approval"].compactMap { placeOf[Text($0.utf8)] }
    guard hub.count == hubNames.count, eitherPlaces.count == 2 else {
      throw GrowthError("\(folder): the registers do not know the hub's items")
    }
    either = eitherPlaces

    let matterTable = try SourceTable(folder + "/matters.csv")
    let (matterNames, audiences) = (try matterTable.column("name"), try matterTable.column("audience"))
    individualNames = []
    enterpriseNames = []
    sceneNames = []
    var seen: Set<String> = []
    for (name, audience) in zip(matterNames, audiences) where seen.insert(name).inserted {
      if name.hasPrefix("我要") {
        sceneNames.append(Text(name.dropFirst(2).utf8))
      } else if audience == "individual" {
        individualNames.append(Text(name.utf8))
      } else {
        enterpriseNames.append(Text(name.utf8))
      }
    }

    let printed = try matterTable.column("deadline")
    let known = [("2022年12月底", "2022-12-31"), ("2023年6月底", "2023-06-30"), ("2023年12月底", "2023-12-31")]
    deadlines = known.map { text, due in (DeadlineText(text, due: due), max(1, printed.count { $0 == text })) }

    package = Source.widened(try contents(of: folder + "/datapackage.json"))
  }

  /// A name without the words that are often left out, so that the rest has to differ.
  private static func core(_ name: String) -> [Unicode.Scalar] {
    var text = name
    for word in ["许可", "核发", "办理", "申领", "证", "(", ")", "、"] {
      while let range = text.firstRange(of: word) { text.removeSubrange(range) }
    }
    return Array(text.unicodeScalars)
  }

  /// Whether four characters occur twice: two names that are printed as one.
  private static func repeatsItself(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    guard scalars.count >= 8 else { return false }
    var seen: Set<[Unicode.Scalar]> = []
    return (0...(scalars.count - 4)).contains { !seen.insert(Array(scalars[$0..<$0 + 4])).inserted }
  }

  /// Whether more than two characters are wrong, missing or added between the two.
  private static func differ(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    if abs(a.count - b.count) > 2 { return true }
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1)))
      }
      previous = current
    }
    return previous[b.count] > 2
  }

  /// Ids of three digits become ids of three and more: `-[0-9]{3}` becomes `-[0-9]{3,}`.
  private static func widened(_ package: Text) -> Text {
    let pattern = Text("-[0-9]{3}".utf8)
    var out: Text = []
    var index = 0
    while index < package.count {
      if package[index...].starts(with: pattern) {
        out += Text("-[0-9]{3,}".utf8)
        index += pattern.count
      } else {
        out.append(package[index])
        index += 1
      }
    }
    return out
  }
}
