import Localization
import Testing

@Suite("Line wrapping") struct LineWrappingTests {
  @Test("Words are broken at blanks")
  func words() {
    #expect(LineWrapping.lines("one two three", width: 8) == ["one two", "three"])
    #expect(LineWrapping.lines("one two three", width: 13) == ["one two three"])
    #expect(LineWrapping.lines("one two three", width: 10, indent: 2) == ["one two", "  three"])
    #expect(LineWrapping.lines("", width: 8) == [""])
    #expect(LineWrapping.lines("unbreakable-word x", width: 5) == ["unbreakable-word", "x"])
  }

  @Test("Leading blanks stay")
  func indentation() {
    #expect(LineWrapping.lines("  a bb ccc", width: 6, indent: 2) == ["  a bb", "  ccc"])
  }

  @Test("Chinese text is broken between characters, two columns each")
  func chinese() {
    #expect(LineWrapping.lines("检查目录是否一致", width: 8) == ["检查目录", "是否一致"])
    #expect(LineWrapping.lines("检查目录是否一致", width: 9) == ["检查目录", "是否一致"])
    #expect(LineWrapping.lines("用 XML 导入", width: 6) == ["用 XML", "导入"])
  }

  @Test("No line begins with closing punctuation or ends with an opening one")
  func punctuation() {
    #expect(LineWrapping.lines("检查目录，是否一致", width: 8) == ["检查目", "录，是否", "一致"])
    #expect(LineWrapping.lines("检查目（录是否）", width: 8) == ["检查目", "（录是", "否）"])
  }

  @Test("Every line fits and nothing is lost", arguments: [20, 33, 40, 80])
  func widths(_ width: Int) {
    let text = "--role 区分（中英文均可）：lead 牵头；responsible 负责本事项的关联事项；shared 共享，即负责从其他“一件事”共享来的事项；any 任一（默认）。"
    let lines = LineWrapping.lines(text, width: width)
    for line in lines { #expect(DisplayWidth.of(line) <= width) }
    let blanks: (String) -> String = { $0.filter { $0 != " " } }
    #expect(blanks(lines.joined()) == blanks(text))
  }
}
