import OneVisit

/// Runs the code of the articles in the current folder, which holds a copy of `catalog/`. What a test checks is printed
/// in lines `result NAME VALUE`, among the lines that the code itself prints.
@main
enum LibraryArticle {
  static func main() throws {
    let report = try ArticleCode.readme()
    result("readme", report.summary.errors)

    let catalogs = try ArticleCode.read()
    result("read", catalogs.map { String($0.matters.count) }.joined(separator: " "))
    ArticleCode.unreadable()

    let catalog = catalogs[0]
    let (validated, isAcceptable) = ArticleCode.validate(catalog)
    result("validate", "\(validated.summary.warnings) \(isAcceptable)")
    result("sarif", try ArticleCode.sarif(validated).contains("\"version\": \"2.1.0\""))
    result("look-up", try ArticleCode.lookUp(catalog).map(\.id).joined(separator: " "))
    result("deadlines", try ArticleCode.deadlines(catalog).rows.map(\.matter.id).joined(separator: " "))
    result("export", try ArticleCode.export(catalog).count > 100_000)
    let plan = try ArticleCode.importFile()
    result("import", "\(plan.isPossible) \(plan.isEmpty) \(plan.kept.count)")

    let custom = ArticleCode.customRule(catalog).findings.filter { $0.rule == "joint-lead" }
    result("custom-rule", "\(custom.count) \(custom.first?.position.description ?? "-")")
    var options = ValidationOptions()
    options.customRules = [ArticleCode.catalogRule()]
    options.only = ["busy-department"]
    let busy = catalog.validate(asOf: .today, options: options).findings
    result("catalog-rule", busy.map { "\($0.subject) \($0.position)" }.joined(separator: ", "))
  }

  private static func result(_ name: String, _ value: some CustomStringConvertible) {
    print("result \(name) \(value)")
  }
}
