import Localization
import Testing

@Suite struct BlanksTests {
  @Test func eachSetTrimsItsOwn() {
    let all = "\u{FEFF}\u{A0}\n\r\u{3000}\t "
    #expect(("\u{A0}\n\r\u{3000}\t 市 公安局 \t\u{3000}\r\n\u{A0}").trimmed() == "市 公安局")
    #expect((all + "x").trimmed() == all + "x")
    #expect((all + "x" + all).trimmed(.title) == "x")
    #expect(("\u{3000}\t x\n \u{3000}")[...].trimmed(.line) == "x\n")
    #expect("\u{A0}x".trimmed(.line) == "\u{A0}x")
    #expect("\u{1}x ".trimmed() == "\u{1}x")
  }

  @Test func nothingLeft() {
    #expect("".trimmed() == "")
    #expect(" \u{3000}".trimmed() == "")
    #expect(" "[...].trimmed(.line).isEmpty)
  }
}
