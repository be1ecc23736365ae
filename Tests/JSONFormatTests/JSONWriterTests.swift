import AtomicFiles
import JSONFormat
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
  private func written(isPretty: Bool = true, _ body: (JSONWriter) throws -> Void) throws -> String {
    let memory = ByteWriter.memory()
    try body(JSONWriter(to: memory, isPretty: isPretty))
    return String(decoding: memory.bytes, as: UTF8.self)
  }

  private func writeSample(_ json: JSONWriter) throws {
    try json.object {
      try json.member("text", "a")
      try json.member("unknown", nil as String?)
      try json.member("texts", ["a", "b"])
      try json.array("empty") {}
      try json.object("inner") {
        try json.member("number", -12)
        try json.key(named: "key \"quoted\"")
        try json.value(true)
      }
      try json.array("rows") {
        for number in 1...2 {
          try json.object(.line) {
            try json.member("n", number)
            try json.array("inner") {
              try json.object { try json.member("deep", false) }
              try json.value(number)
            }
          }
        }
      }
      try json.member("cached", fragment: Array("{\"x\": 1}".utf8))
    }
    try json.end()
  }

  @Test("One member a line; objects of the layout line on one line with all that they hold")
  func prettyLayout() throws {
    #expect(
      try written { try writeSample($0) } == """
        {
          "text": "a",
          "unknown": null,
          "texts": ["a", "b"],
          "empty": [],
          "inner": {
            "number": -12,
            "key \\"quoted\\"": true
          },
          "rows": [
            {"n": 1, "inner": [{"deep": false}, 1]},
            {"n": 2, "inner": [{"deep": false}, 2]}
          ],
          "cached": {"x": 1}
        }

        """)
  }

  @Test("A document that is not pretty is one line")
  func lineLayout() throws {
    #expect(
      try written(isPretty: false) { try writeSample($0) } == """
        {"text": "a", "unknown": null, "texts": ["a", "b"], "empty": [], "inner": {"number": -12, \
        "key \\"quoted\\"": true}, "rows": [{"n": 1, "inner": [{"deep": false}, 1]}, \
        {"n": 2, "inner": [{"deep": false}, 2]}], "cached": {"x": 1}}

        """)
  }

  @Test("Escapes what JSON requires, controls and bidi controls, and nothing else")
  func escaping() throws {
    let escaped: [(String, String)] = [
      ("\"\\", "\\\"\\\\"), ("\n\r\t", "\\n\\r\\t"), ("\u{0}\u{1B}\u{7F}", "\\u0000\\u001b\\u007f"),
      ("a\u{9B}b", "a\\u009bb"), ("\u{61C}", "\\u061c"), ("\u{200E}\u{200F}", "\\u200e\\u200f"),
      ("\u{2028}\u{2029}\u{202A}\u{202E}", "\\u2028\\u2029\\u202a\\u202e"), ("\u{2066}x\u{2069}", "\\u2066x\\u2069"),
      ("中\u{FEFF}文", "中\\ufeff文"),
    ]
    for (text, expected) in escaped {
      #expect(try written { try $0.value(text) } == "\"\(expected)\"")
    }
    for text in ["", "我要开办熟食店", "（、）“”…—", "é·²½", "ﬀ￥", "𠮷😀", "د"] {
      #expect(try written { try $0.value(text) } == "\"\(text)\"")
      let bytes = Array(text.utf8)
      #expect(try written { json in try bytes.withUnsafeBufferPointer { try json.value(utf8: $0) } } == "\"\(text)\"")
    }
  }

  @Test("Bytes that end in the middle of a character are written as they are")
  func truncatedBytes() throws {
    for lead: UInt8 in [0xC2, 0xD8, 0xE2, 0xEF] {
      let memory = ByteWriter.memory()
      try [lead].withUnsafeBufferPointer { try JSONWriter(to: memory).value(utf8: $0) }
      #expect(memory.bytes == [0x22, lead, 0x22])
    }
  }
}
