import AtomicFiles
import Catalog
import Interchange
import Testing
import Validator

@Suite struct XMLExportTests {
  /// Exports of the shipped catalog, whole and in parts.
  enum Part: String, CaseIterable, Sendable {
    case whole, expanded, list, department, expandedDepartment, audience, nothing

    var export: [UInt8] {
      get throws {
        let catalog = XMLCase.shipped
        let market = try #require(catalog.departmentRegister.owner(of: "市场监管部门")?.index)
        return switch self {
        case .whole: try XMLCase.export(catalog)
        case .expanded: try XMLCase.export(catalog, expands: true)
        case .list: try XMLCase.export(catalog, selection: Selection(list: 1))
        case .department: try XMLCase.export(catalog, selection: Selection(department: market))
        case .expandedDepartment:
          try XMLCase.export(catalog, selection: Selection(list: 1, department: market, role: .shared), expands: true)
        case .audience:
          try XMLCase.export(catalog, selection: Selection(audience: XMLCase.audience("enterprise")))
        case .nothing: try XMLCase.export(catalog, selection: Selection(audience: XMLCase.audience("legal-person")))
        }
      }
    }
  }

  @Test(arguments: Part.allCases)
  func exportIsValidForSchemaAndRules(_ part: Part) throws {
    let catalog = try XMLCase.read(part.export)
    #expect(catalog.issues.isEmpty, "\(catalog.issues.map(\.kind))")
    let errors = try XMLCase.findings(catalog).filter { $0.severity == .error && !$0.isWaived }
    #expect(errors.isEmpty, "\(errors.map { "\($0.rule) \($0.message.en)" })")
  }

  @Test(arguments: Tool.allCases, Part.allCases)
  func exportIsValidForOtherTools(_ tool: Tool, _ part: Part) throws {
    guard tool.isExpected else { return }
    let problem = try tool.problem(part.export)
    #expect(problem == nil, "\(problem ?? "")")
  }

  /// The tools detect an invalid document, so that the test above can fail.
  @Test(arguments: Tool.allCases)
  func otherToolsDetectErrors(_ tool: Tool) throws {
    guard tool.isExpected else { return }
    let text = String(decoding: try Part.whole.export, as: UTF8.self)
    let position = try #require(text.firstRange(of: "number=\"1\""))
    let wrong = text[..<position.lowerBound] + "number=\"one\"" + text[position.upperBound...]
    #expect(try tool.problem(Array(wrong.utf8)) != nil)
  }

  @Test func partialExportIsMarked() throws {
    let catalog = try XMLCase.read(Part.department.export)
    #expect(catalog.lists.map(\.isPartial) == catalog.lists.map { _ in true })
    let whole = try XMLCase.read(Part.list.export)
    #expect(whole.lists.map(\.isPartial) == [false])
    #expect(whole.lists.map(\.id) == ["second"])
    #expect(whole.matters.count == 230)
  }

  /// A selection contains the matters whose shared items it needs.
  @Test func selectionContainsIncludedMatters() throws {
    let catalog = XMLCase.shipped
    let part = try XMLCase.read(Part.expandedDepartment.export)
    #expect(!part.matters.isEmpty)
    for matter in part.matters where !matter.includesID.isEmpty {
      #expect(matter.includes != nil)
      let original = try #require(catalog.matter(id: part.id(matter)))
      #expect(
        part.effectiveItems(of: matter).map { part.text($0.name) }
          == catalog.effectiveItems(of: original).map { catalog.text($0.name) })
    }
  }

  @Test func schemaExampleIsRead() throws {
    let catalog = XMLCatalogReader.read("\(XMLCase.root)/schemas/example.xml")
    #expect(catalog.issues.isEmpty, "\(catalog.issues.map(\.kind))")
    // An export writes the same bytes.
    let again = try XMLCase.export(catalog)
    let example = try Bytes.read("\(XMLCase.root)/schemas/example.xml")
    #expect(String(decoding: again, as: UTF8.self) == example.text(0..<example.count))
  }

  @Test func attributesAndTextAreEscaped() throws {
    let catalog = try XMLCase.catalog(
      matters: ["2-001,second,1,individual,\"a<b>&\"\"c\"\" ]]>\r\nd\te\",\"市公安局 & <x>、\"\"y\"\"\",2022年12月底,\" \""],
      items: ["2-001,1,\"&amp; & &#10;\",公安部门,"])
    let bytes = try XMLCase.export(catalog)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("a&lt;b&gt;&amp;\"c\" ]]&gt;&#13;\nd\te</name>"))
    #expect(text.contains("&amp;amp; &amp; &amp;#10;</name>"))
    #expect(dump(XMLCase.read(bytes)) == dump(catalog))
  }

  /// Values that the schema does not allow are reported before anything is written.
  @Test(arguments: [
    ("2-001,second,1,individual,,市公安局,2022年12月底", "", "2-001 的““一件事一次办”名称”为空"),
    ("2-1,second,1,individual,甲,市公安局,2022年12月底", "", "2-1"),
    ("2-001,second,x,individual,甲,市公安局,2022年12月底", "", "2-001"),
    ("2-001,nolist,1,individual,甲,市公安局,2022年12月底", "", "2-001 的“清单”"),
    ("2-001,second,1,people,甲,市公安局,2022年12月底", "", "2-001 的“类型”"),
    ("2-001,second,1,individual,甲\u{1},市公安局,2022年12月底", "", "U+0001"),
    ("2-001,second,1,individual,甲\u{FFFE},市公安局,2022年12月底", "", "U+FFFE"),
    ("2-001,second,1,individual,甲\u{FFFF},市公安局,2022年12月底", "", "U+FFFF"),
    ("2-001,second,1,individual,甲,市公安局,2022年12月底", "2-001,1,,市公安局,", "2-001.1 的“关联事项”为空"),
    ("2-001,second,1,individual,甲,市公安局,2022年12月底", "2-001,1,\u{B}乙,市公安局,", "2-001.1"),
    ("2-001,second,1,individual,甲,市公安局,2022年12月底", "2-002,1,乙,市公安局,", "“2-002”"),
    ("2-001,second,1,individual,甲,市公安局,2022年12月底,,2_001", "", "2_001"),
  ])
  func unwritableValuesAreRefused(_ matter: String, _ item: String, _ words: String) throws {
    let catalog = try XMLCase.catalog(matters: [matter], items: item.isEmpty ? [] : [item])
    let writer = ByteWriter.memory()
    let failure = #expect(throws: ExportRefusal.self) { try ExportRequest(catalog, as: .xml()).write(to: writer) }
    #expect(writer.count == 0)
    #expect(failure?.explanation.zh.contains(words) == true, "\(failure?.explanation.zh ?? "")")
  }

  /// A problem outside a selection does not concern the selection.
  @Test func selectionIgnoresProblemsOutside() throws {
    let catalog = try XMLCase.catalog(matters: [
      "2-001,second,1,individual,甲,市公安局,2022年12月底", "2-002,second,2,enterprise,\u{1},市公安局,2022年12月底",
    ])
    #expect(throws: ExportRefusal.self) { try ExportRequest(catalog, as: .xml()) }
    #expect(throws: Never.self) {
      try ExportRequest(catalog, Selection(audience: XMLCase.audience("individual")), as: .xml())
    }
    #expect(throws: ExportRefusal.self) {
      try ExportRequest(catalog, Selection(audience: XMLCase.audience("enterprise")), as: .xml())
    }
  }

  @Test func selectionContainsProgressAndWaivers() throws {
    let catalog = try XMLCase.catalog(
      matters: [
        "2-001,second,1,individual,甲,市公安局,2022年12月底", "2-002,second,2,enterprise,乙,市公安局,2022年12月底",
      ],
      tables: [
        .progress: ["2-001,2022-10-01,,,,2022-11-01,,,,", "2-002,,,,,,,2022-12-01,,2022-12-02"],
        .waivers: ["duplicate-matter-name,2-001,印发如此", "number-gap,2-002..2-009,", "number-gap,2-001.3,x"],
        .targets: ["t,jiujiang-128-2022,second,individual,50 + 1,2022年底前,2023年底前,原文"],
      ])
    let whole = XMLCase.read(try XMLCase.export(catalog))
    #expect(whole.progress.map(\.dates) == catalog.progress.map(\.dates))
    #expect(whole.waivers.map(\.subject) == catalog.waivers.map(\.subject))
    #expect(whole.targets.map(\.count) == [51])
    let part = XMLCase.read(try XMLCase.export(catalog, selection: Selection(audience: XMLCase.audience("enterprise"))))
    #expect(part.progress.map(\.matter) == ["2-002"])
    #expect(part.waivers.map(\.subject) == ["2-002..2-009"])
    #expect(part.targets.isEmpty)
  }
}
