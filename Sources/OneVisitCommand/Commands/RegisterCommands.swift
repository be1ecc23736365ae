import ArgumentParser
import Reports

struct DepartmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "departments",
    abstract: localized("部门登记表，及各部门涉及多少件事。", "The register of departments, with how many matters each serves."))

  @OptionGroup var common: CommonOptions
  @OptionGroup var listFile: ListFileOptions
  @OptionGroup var output: ListFormatOption

  func run() throws {
    try output.write(
      RegisterListings.departments(of: try CatalogLoading.loadForUse(common.catalogPath, reading: listFile.reading)))
  }
}

struct ApprovalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approvals",
    abstract: localized("单项事项登记表，及各事项出现在多少件事中。", "The register of approvals, with how many matters each serves."))

  @OptionGroup var common: CommonOptions
  @OptionGroup var listFile: ListFileOptions
  @OptionGroup var output: ListFormatOption

  func run() throws {
    try output.write(
      RegisterListings.approvals(of: try CatalogLoading.loadForUse(common.catalogPath, reading: listFile.reading)))
  }
}
