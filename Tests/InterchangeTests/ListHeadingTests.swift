import Catalog
import Testing

@testable import Interchange

/// The headings that other notices print, and what they mean.
@Suite struct ListHeadingTests {
  private func heading(_ titles: String) throws -> ListHeading {
    try #require(ListHeading(titles: titles.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
  }

  /// 一件事名称 holds the name whatever stands before it; 主题 is then the theme, and else the name.
  @Test(arguments: [
    ("序号,主题,一件事名称,涉及事项", 2, 3, 1), ("序号,一件事名称,主题,涉及事项", 1, 3, 2), ("序号,主题名称,涉及事项", 1, 2, -1),
    ("序号,主题,事项名称,涉及事项", 2, 3, 1), ("序号,主题,事项名称,责任部门", 1, 2, -1), ("序号,一件事主题,一件事名称,涉及事项", 2, 3, 1),
    ("序号,一件事,“高效办成一件事”名称,涉及事项", 2, 3, -1), ("序号,场景,一件事名称,涉及事项", 2, 3, -1),
    ("序号,一件事类型,一件事名称,一件事涉及事项", 2, 3, -1),
  ]) func nameAndTheme(_ titles: String, _ name: Int, _ item: Int, _ theme: Int) throws {
    let heading = try heading(titles)
    #expect(heading[.name] == name && heading[.item] == item)
    #expect(heading.further["theme"] ?? -1 == theme)
  }

  @Test(arguments: ["生命周期阶段", "全生命周期", "所处阶段", "阶段"]) func stage(_ title: String) throws {
    #expect(try heading("序号,\(title),一件事名称,涉及事项").further["stage"] == 1)
  }

  /// How long an application may take is not when the work on the matter is to be complete.
  @Test(arguments: [
    ("完成时限", true), ("推进完成时限", true), ("优化提升完成时限", true), ("时限", true), ("上线时间节点", true), ("完成期限", true),
    ("法定办结时限", false), ("承诺时限", false), ("承诺办结时限", false), ("办理时限", false), ("法定时限", false), ("有效期限", false),
    ("审批时限", false),
  ]) func deadline(_ title: String, _ isDeadline: Bool) throws {
    let heading = try heading("序号,一件事名称,涉及事项,\(title)")
    #expect((heading[.deadline] == 3) == isDeadline)
    #expect(heading.unrecognised == (isDeadline ? [] : [3]))
  }

  /// The deadline that a list has is found beside the times of its procedures.
  @Test func deadlineBesideOtherTimes() throws {
    #expect(try heading("序号,一件事名称,涉及事项,法定办结时限,承诺时限,完成时限")[.deadline] == 5)
  }

  @Test func aListNeedsNoDeadline() throws {
    #expect(try heading("序号,一件事名称,涉及事项,牵头部门,责任部门").missing.isEmpty)
  }

  /// Columns that the catalog has besides the declared ones are found by name or title.
  @Test func furtherColumns() throws {
    let columns = CatalogSchema.standard.extraMatterColumns + [.further("phone", zh: "联系电话")]
    let heading = try #require(ListHeading(titles: ["序号", "一件事名称", "涉及事项", "联系 电话"], further: columns))
    #expect(heading.further == ["phone": 3])
  }
}
