import AtomicFiles
import Catalog
import FoundationEssentials
import Interchange
import Testing

@Suite("Export to JSON")
struct JSONTests {
  private struct Export: Decodable {
    struct Parties: Decodable, Equatable {
      struct Party: Decodable, Equatable {
        var id: String?
        var name: String
      }
      var printed: String
      var choice: String
      var departments: [Party]
    }
    struct Item: Decodable {
      var number: Int?
      var name: String
      var approvals: [String]
      var responsible: Parties
      var shared: Bool
    }
    struct Matter: Decodable {
      var id: String
      var list: String?
      var audience: String?
      var name: String
      var lead: Parties
      var due: String?
      var includes: String?
      var placeholder: Parties?
      var items: [Item]
    }
    struct List: Decodable {
      var id: String
      var partial: Bool
    }
    struct Department: Decodable { var id: String }
    var version: String
    var lists: [List]
    var departments: [Department]
    var matters: [Matter]
  }

  private func export(_ catalog: Catalog, _ selection: Selection = .everything) throws -> Export {
    let bytes = try bytes { try ExportRequest(catalog, selection, as: .json).write(to: $0) }
    return try JSONDecoder().decode(Export.self, from: Data(bytes))
  }

  @Test("The whole catalog, one line for each matter")
  func whole() throws {
    let export = try export(shippedCatalog)
    #expect(export.matters.count == 241)
    let shop = try #require(export.matters.first { $0.id == "2-042" })
    #expect(shop.lead.choice == "any")
    #expect(shop.lead.departments.map(\.id) == ["market-regulation", "administrative-approval"])
    #expect(shop.due == "2022-12-31" && shop.includes == "2-037")
    #expect(shop.items.first?.approvals.count == 2)
    #expect(export.matters.first { $0.id == "2-081" }?.placeholder?.printed == "市场监管部门")
    let text = try text { try ExportRequest(shippedCatalog, as: .json).write(to: $0) }
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("    {\"id\": \"2-") }.count == 230)
  }

  @Test("A selection contains the rows that it refers to, and no others")
  func selection() throws {
    let department = try #require(shippedCatalog.departmentRegister.owner(of: "林业部门")?.index)
    let export = try export(shippedCatalog, Selection(department: department, role: .responsible))
    #expect(export.matters.contains { $0.id == "2-037" })
    let isPartial = export.lists.allSatisfy { $0.partial }
    #expect(isPartial)
    let known = Set(export.departments.map(\.id))
    for matter in export.matters {
      for party in matter.lead.departments + matter.items.flatMap(\.responsible.departments) {
        let isKnown = party.id.map { known.contains($0) } ?? false
        #expect(isKnown)
      }
    }
    #expect(known.count < shippedCatalog.departments.count)
  }

  @Test("Special characters are escaped")
  func characters() throws {
    let name = "\"引\\号\"\u{1}\t\n\u{7F}\u{2028}👩‍👩‍👧𠀀"
    let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
    let catalog = FolderReader.read(
      named: "test",
      files: [
        "matters.csv": Array(
          "id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,\(cell),市公安局,2024年底\n".utf8),
        "items.csv": Array("matter,number,name,responsible\n".utf8),
        "lists.csv": FolderReader.builtInFile("lists.csv") ?? [],
      ])
    #expect(try export(catalog).matters.first?.name == name)
  }

  @Test("Roles of a department")
  func roles() throws {
    let tax = try #require(shippedCatalog.departmentRegister.owner(of: "税务部门")?.index)
    let shop = try #require(shippedCatalog.matter(id: "2-042"))
    #expect(shippedCatalog.roleFinder(department: tax).roles(in: shop) == [.shared])
    let market = try #require(shippedCatalog.departmentRegister.owner(of: "市市监局")?.index)
    #expect(shippedCatalog.roleFinder(department: market).roles(in: shop) == [.lead, .responsible, .shared])
  }
}
