import Catalog
import Localization

extension Rule {
  static let textEncoding = Rule(
    id: "text-encoding", group: .reading, severity: .error,
    title: LocalizedText(zh: "既不是 UTF-8 也不是 GB18030 的字节", en: "bytes that are neither UTF-8 nor GB18030"),
    reason: LocalizedText(
      zh: "这些字节不代表任何字符，原来的字已经丢失，各程序会显示成不同的乱码。",
      en: "These bytes are not characters: the original text is lost, and every program shows something else."),
    source: LocalizedText(zh: "RFC 3629；国家标准 GB 18030", en: "RFC 3629; the national standard GB 18030"),
    fix: LocalizedText(
      zh: "对照原文补上该处的字，并以 UTF-8 保存。",
      en: "Enter the characters again from the notice, and save the file as UTF-8."),
    triggers: [
      Example(bytes: [
        "matters.csv": Array("id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,灵活↓".utf8)
          + [0xE5, 0xB0] + Array("业,市人社局,2022年12月底\n".utf8)
      ]),
      // GB18030 with an invalid byte.
      Example(
        bytes: [
          "matters.csv": Array("id,list,number,audience,name,lead,deadline\n2-002,second,2,individual,".utf8)
            + [0xC1, 0xE9, 0xBB, 0xEE, 0xBE, 0xCD, 0xD2, 0xB5, 0xFF] + Array(",lead,2022\n".utf8)
        ],
        at: [.position("matters.csv", line: 2, column: 31)]),
    ],
    passes: [
      Example(bytes: [
        "matters.csv": Array("id,list,number,audience,name,lead,deadline\n2-002,second,2,individual,".utf8)
          + [0xC1, 0xE9, 0xBB, 0xEE, 0xBE, 0xCD, 0xD2, 0xB5] + Array(",lead,2022\n".utf8)
      ]),
      Example(bytes: [
        "matters.csv": [0xEF, 0xBB, 0xBF]
          + Array("id,list,number,audience,name,lead,deadline\n2-002,second,2,individual,失业,市人社局,2022年12月底\n".utf8)
      ]),
    ],
    check: .issue(.encoding) { issue, context in
      guard case .encoding = issue.kind else { return }
      func message() -> LocalizedText {
        let owner = context.owner(of: issue)
        if context.hasTooManyMarks(issue.position) {
          return LocalizedText(
            zh: "\(owner.zh)单元格在这里一个字上叠加了超过 \(CombiningMarks.limit) 个组合符号，内容不予读取",
            en:
              "\(owner.en)a character here has more than \(CombiningMarks.limit) combining marks, and the cell is not read"
          )
        }
        return LocalizedText(
          zh: "\(owner.zh)单元格在这里有既不是 UTF-8 也不是 GB18030 的字节，内容无法读取",
          en: "\(owner.en)the bytes here are neither UTF-8 nor GB18030, and the cell cannot be read")
      }
      context.report(context.subject(of: issue), at: issue.position, message())
    })
}

extension RuleContext {
  /// Whether the character at a position could not be read because of its many combining marks.
  fileprivate func hasTooManyMarks(_ position: SourcePosition) -> Bool {
    guard catalog.sources.indices.contains(position.source) else { return false }
    return catalog.sources[position.source].csv?.text.piles.contains(position.offset) == true
  }
}
