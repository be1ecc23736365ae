import ArgumentParser
import Catalog
import Localization
import Reports

struct DepartmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "departments",
    abstract: say("部门登记表，及各部门涉及多少件事。", "The register of departments, with how many matters each serves."))

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: ListFormatOption

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    let use = catalog.departmentUse()
    try output.write(
      Listing(
        columns: [
          ListingColumn("id", LocalizedText(zh: "标识", en: "id")),
          ListingColumn("short", LocalizedText(zh: "简称", en: "short")),
          ListingColumn("full", LocalizedText(zh: "全称", en: "full")),
          ListingColumn("general", LocalizedText(zh: "通称", en: "general")),
          ListingColumn("aliases", LocalizedText(zh: "别名", en: "aliases"), isForPrograms: true),
          ListingColumn("kind", LocalizedText(zh: "类别", en: "kind")),
          ListingColumn("lead", LocalizedText(zh: "牵头", en: "lead"), isNumber: true),
          ListingColumn("responsible", LocalizedText(zh: "负责", en: "responsible"), isNumber: true),
          ListingColumn("shared", LocalizedText(zh: "共享项负责", en: "shared"), isNumber: true),
          ListingColumn("matters", LocalizedText(zh: "件事", en: "matters"), isNumber: true),
        ],
        rows: zip(catalog.departments, use).map { department, use in
          [
            .text(department.id), .text(department.short), .text(department.full), .text(department.general),
            .texts(department.aliases), .text(department.kind), .number(use.lead), .number(use.own),
            .number(use.shared), .number(use.matters),
          ]
        }))
  }
}

struct ApprovalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approvals",
    abstract: say("单项事项登记表，及各事项出现在多少件事中。", "The register of approvals, with how many matters each serves."))

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: ListFormatOption

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    let use = catalog.approvalUse()
    try output.write(
      Listing(
        columns: [
          ListingColumn("id", LocalizedText(zh: "标识", en: "id")),
          ListingColumn("name", LocalizedText(zh: "名称", en: "name")),
          ListingColumn("aliases", LocalizedText(zh: "别名", en: "aliases"), isForPrograms: true),
          ListingColumn("kind", LocalizedText(zh: "类别", en: "kind")),
          ListingColumn("competent", LocalizedText(zh: "主管部门", en: "competent")),
          ListingColumn("own", LocalizedText(zh: "自有", en: "own"), isNumber: true),
          ListingColumn("shared", LocalizedText(zh: "共享", en: "shared"), isNumber: true),
          ListingColumn("matters", LocalizedText(zh: "件事", en: "matters"), isNumber: true),
        ],
        rows: zip(catalog.approvals, use).map { approval, use -> [ListingCell] in
          [
            .text(approval.id), .text(approval.name), .texts(approval.aliases), .text(approval.kind),
            approval.competentIndex.map { .text(catalog.departments[$0].short) }
              ?? .text(approval.competent.isEmpty ? nil : approval.competent),
            .number(use.own), .number(use.shared), .number(use.matters),
          ]
        }))
  }
}
