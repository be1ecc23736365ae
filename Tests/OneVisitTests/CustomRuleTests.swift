import OneVisit
import Synchronization
import Testing

@Suite struct CustomRuleTests {
  static let matters = """
    id,list,number,audience,name,lead,deadline
    2-001,second,1,individual,灵活就业,市人社局,2022年12月底
    2-002,second,2,individual,养犬,市公安局,2022年12月底
    """
  static let items = """
    matter,number,name,responsible
    2-001,1,就业登记,人社部门
    2-002,1,核发《养犬登记证》,公安部门
    """
  let day: Day

  init() throws { day = try #require(Day("2023-01-15")) }

  private func catalog(_ tables: [String: String] = [:]) throws -> Catalog {
    let all = ["matters.csv": Self.matters, "items.csv": Self.items].merging(tables) { $1 }
    return try Catalog(tables: all.mapValues { Array($0.utf8) }, name: "memory")
  }

  private func rule(_ check: Rule.Check, id: String = "house-rule") -> Rule {
    Rule(
      id: id, severity: .warning, title: LocalizedText(zh: "本市规则", en: "a rule of this city"),
      reason: LocalizedText(zh: "本市要求。", en: "This city asks for it."),
      fix: LocalizedText(zh: "请修改。", en: "Change it."), check: check)
  }

  private let shortNames = Rule.Check.eachMatter { matter, context in
    guard matter.name.count < 3 else { return }
    context.report(matter, at: .name, LocalizedText(zh: "“\(matter.name)”过短", en: "“\(matter.name)” is short"))
  }

  private func validate(_ catalog: Catalog, _ rule: Rule) -> ValidationReport {
    var options = ValidationOptions()
    options.customRules = [rule]
    return catalog.validate(asOf: day, options: options)
  }

  @Test func matterIsReportedAtItsCell() throws {
    let report = validate(try catalog(), rule(shortNames))
    let finding = try #require(report.findings.first { $0.rule == "house-rule" })
    #expect(finding.position.description == "memory/matters.csv:3:27")
    #expect(finding.position.length == 2)
    #expect(finding.matter == "2-002")
    #expect(finding.severity == .warning)
    #expect(finding.message == LocalizedText(zh: "“养犬”过短", en: "“养犬” is short"))
    #expect(finding.fix == LocalizedText(zh: "请修改。", en: "Change it."))
    #expect(report.unknownRules.isEmpty)
    #expect(try report.formatted(as: .sarif, in: .en).contains("This city asks for it."))
    #expect(try report.formatted(as: .text, in: .zh).contains("“养犬”过短  [house-rule]"))
  }

  @Test func itemIsReportedAtItsCell() throws {
    let check = Rule.Check.eachItem { item, context in
      guard item.name.contains("《") else { return }
      context.report(
        item, at: .responsible, LocalizedText(zh: "书名号", en: "a title in a name"),
        fix: LocalizedText(zh: "去掉书名号。", en: "Take the marks out."))
    }
    let finding = try #require(validate(try catalog(), rule(check)).findings.first { $0.rule == "house-rule" })
    #expect(finding.position.description == "memory/items.csv:3:19")
    #expect(finding.item == "2-002.1")
    #expect(finding.matter == "2-002")
    #expect(finding.fix.en == "Take the marks out.")
  }

  @Test func registersAndTheCatalogAreReported() throws {
    let check = Rule.Check.catalog { context in
      guard let department = context.catalog.department("市公安局"),
        let approval = context.catalog.approval("dog-registration-certificate")
      else { return }
      context.report(department, LocalizedText(zh: "部门", en: "a department"))
      context.report(approval, LocalizedText(zh: "事项", en: "an approval"))
      context.report(LocalizedText(zh: "目录", en: "the catalog on \(context.day)"))
      let matters = Array(context.catalog.matters)
      context.report(matters[0], at: .id, LocalizedText(zh: "两件", en: "two matters"), related: [matters[1]])
    }
    let findings = validate(Catalog.builtIn, rule(check)).findings.filter { $0.rule == "house-rule" }
    let byMessage = Dictionary(findings.map { ($0.message.en, $0) }) { first, _ in first }
    #expect(byMessage["a department"]?.subject == "public-security")
    #expect(byMessage["a department"]?.position.file == "built-in/departments.csv")
    #expect(byMessage["a department"]?.position.line != nil)
    #expect(byMessage["an approval"]?.position.file == "built-in/approvals.csv")
    #expect(byMessage["the catalog on 2023-01-15"]?.position.description == "built-in")
    #expect(byMessage["two matters"]?.related.map(\.matter) == [Array(Catalog.builtIn.matters)[1].id])
    #expect(byMessage["two matters"]?.related.first?.position?.line == 3)
  }

  @Test func valuesOfAnotherCatalogAreFoundByID() throws {
    let other = try #require(Catalog.builtIn.matter("2-230"))
    let own = try #require(Catalog.builtIn.matter("2-002"))
    let check = Rule.Check.catalog { context in
      context.report(other, at: .name, LocalizedText(zh: "不在", en: "not here"))
      context.report(own, at: .name, LocalizedText(zh: "在", en: "here"))
    }
    let findings = validate(try catalog(), rule(check)).findings.filter { $0.rule == "house-rule" }
    let byMessage = Dictionary(findings.map { ($0.message.en, $0) }) { first, _ in first }
    #expect(byMessage["not here"]?.position.description == "memory")
    #expect(byMessage["not here"]?.subject == "2-230")
    #expect(byMessage["here"]?.position.description == "memory/matters.csv:3:27")
  }

  @Test func waiversAndSettingsNameIt() throws {
    let waived = try catalog(["waivers.csv": "rule,subject,reason\nhouse-rule,2-002,原文如此\n"])
    let report = validate(waived, rule(shortNames))
    #expect(report.waivedFindings.filter { $0.rule == "house-rule" }.map(\.waiver) == ["原文如此"])
    #expect(!report.findings.contains { $0.rule == "unknown-waiver" })
    #expect(waived.validate(asOf: day).findings.contains { $0.rule == "unknown-waiver" })

    let package = #"{"name": "c", "resources": [], "onevisit": {"rules": {"house-rule": {"severity": "error"}}}}"#
    let set = try catalog(["datapackage.json": package])
    let findings = validate(set, rule(shortNames)).findings
    #expect(findings.first { $0.rule == "house-rule" }?.severity == .error)
    #expect(!findings.contains { $0.rule == "unknown-setting" })
    #expect(set.validate(asOf: day).findings.contains { $0.rule == "unknown-setting" })
  }

  @Test func ruleOfABuiltInIDReplacesIt() throws {
    let report = validate(try catalog(), rule(shortNames, id: "unrecorded-progress"))
    let findings = report.findings.filter { $0.rule == "unrecorded-progress" }
    #expect(findings.map(\.message.en) == ["“养犬” is short"])
  }

  @Test func everyMatterAndItemIsVisitedOnce() throws {
    let visited = Mutex<[String]>([])
    let matters = rule(.eachMatter { matter, _ in visited.withLock { $0.append(matter.id) } }, id: "matters")
    let items = rule(.eachItem { item, _ in visited.withLock { $0.append(item.id) } }, id: "items")
    var options = ValidationOptions()
    options.customRules = [matters, items]
    options.only = ["matters", "items"]
    _ = try catalog().validate(asOf: day, options: options)
    #expect(visited.withLock { $0.sorted() } == ["2-001", "2-001.1", "2-002", "2-002.1"])
  }
}
