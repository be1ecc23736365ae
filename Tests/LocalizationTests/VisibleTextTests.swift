import Localization
import Testing

@Suite("Visible text") struct VisibleTextTests {
  @Test(
    "Characters that a terminal interprets or nobody sees are written out",
    arguments: [
      ("\u{0}", "␀"), ("\u{7}", "␇"), ("\u{1B}", "␛"), ("\r", "␍"), ("\t", "␉"), ("\n", "␊"), ("\u{7F}", "␡"),
      ("\u{9B}", "<U+009B>"), ("\u{85}", "<U+0085>"), ("\u{AD}", "<U+00AD>"), ("\u{61C}", "<U+061C>"),
      ("\u{200B}", "<U+200B>"), ("\u{200F}", "<U+200F>"), ("\u{2028}", "<U+2028>"), ("\u{2029}", "<U+2029>"),
      ("\u{202E}", "<U+202E>"), ("\u{2067}", "<U+2067>"), ("\u{E000}", "<U+E000>"), ("\u{FEFF}", "<U+FEFF>"),
      ("\u{FFF9}", "<U+FFF9>"), ("\u{110BD}", "<U+110BD>"), ("\u{1D173}", "<U+1D173>"), ("\u{E0041}", "<U+E0041>"),
      ("\u{F0000}", "<U+F0000>"), ("\u{FFFE}", "<U+FFFE>"),
    ])
  func hiddenCharacters(_ character: String, _ shown: String) {
    for (before, after) in [("", ""), ("我要", "开饭店"), ("a", "b"), ("é", "𠮷")] {
      #expect(VisibleText.line(before + character + after) == before + shown + after)
    }
  }

  @Test(
    "Text with and without hidden characters",
    arguments: [
      ("公安部门(市)", "公安部门(市)"), ("\u{1B}[31mred", "␛[31mred"), ("a\nb\tc\r", "a␊b␉c␍"),
      ("\u{9B}31m", "<U+009B>31m"), ("a\u{202E}b", "a<U+202E>b"), ("é", "é"), ("葛\u{E0100}", "葛\u{E0100}"),
    ])
  func texts(_ text: String, _ expected: String) { #expect(VisibleText.line(text) == expected) }

  @Test("Other text stays as it is")
  func visibleCharacters() {
    for text in ["", "我要开饭店（含小餐饮）“”…—", "naïve café", "é", "\u{301}x", "한국어 ほん 中文", "𠮷😀", "①㈱￥", "a b"] {
      #expect(VisibleText.line(text) == text)
      #expect(VisibleText.block(text) == text)
    }
  }

  @Test("A block keeps its line feeds and nothing else")
  func block() {
    #expect(VisibleText.block("a\nb\r\n\u{1B}c\n") == "a\nb␍\n␛c\n")
    #expect(VisibleText.line("a\nb\r\n") == "a␊b␍␊")
  }

  /// That its time is linear is judged by instruction counts, in `GrowthTests`.
  @Test("A million hidden characters are written out, each of them")
  func manyHiddenCharacters() {
    let text = VisibleText.line(String(repeating: "\u{200B}", count: 1_000_000))
    #expect(text.utf8.count == 8_000_000 && text.hasPrefix("<U+200B><U+200B>"))
  }
}
