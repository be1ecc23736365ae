import Localization
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("onevisit", 8), ("一件事", 6), ("“一件事”", 8), ("(公安)", 6), ("（公安）", 8), ("ＡＢ", 4), ("ｱｲ", 2), ("e\u{301}", 1),
    ("\u{200B}a\u{FEFF}", 1), ("한국", 4), ("\u{1112}\u{1161}", 2), ("か\u{3099}", 2), ("𠀀", 2), ("😀", 2),
    ("…", 1), ("㈠", 2),
    ("　", 2), ("〔2022〕", 8), ("\u{E000}", 1), ("ä", 1), ("Ⅲ", 1), ("→", 1),
  ])
  func widths(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func pads() {
    #expect(DisplayWidth.padded("公安", to: 6) == "公安  ")
    #expect(DisplayWidth.paddedBefore("12", to: 4) == "  12")
    #expect(DisplayWidth.padded("公安部门", to: 6) == "公安部门")
  }

  @Test(arguments: [
    ("公安部门", 8, "公安部门"), ("公安部门", 7, "公安部…"), ("公安部门", 6, "公安…"), ("公安", 1, "…"), ("公安", 0, ""),
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("ae\u{301}bc", 3, "ae\u{301}…"), ("ab\u{301}", 2, "ab\u{301}"),
  ])
  func truncates(_ text: String, _ width: Int, _ expected: String) {
    let cut = DisplayWidth.truncated(text, to: width)
    #expect(cut.unicodeScalars.elementsEqual(expected.unicodeScalars))
    #expect(DisplayWidth.of(cut) <= width)
  }

  @Test func longTextIsCutWithoutBeingRead() {
    let text = String(repeating: "长", count: 3_000_000)
    #expect(DisplayWidth.truncated(text, to: 21) == String(repeating: "长", count: 10) + "…")
  }
}
