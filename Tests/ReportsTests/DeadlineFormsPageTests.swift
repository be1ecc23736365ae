import Localization
import Reports
import TestSupport
import Testing

@Suite struct DeadlineFormsPageTests {
  @Test(
    "The pages in docs are those that the program writes (UPDATE_GOLDEN=1 rewrites them)",
    arguments: [(Language.english, "deadlines.md"), (.chinese, "deadlines.zh-CN.md")])
  func docs(language: Language, name: String) throws {
    let page = try Golden.bytes { try DeadlineFormsPage.write(language, to: $0) }
    try GoldenFiles("docs").check(page, name)
  }
}
