import Catalog
import Localization

extension Rule {
  static let unacceptedChanges = Rule(
    id: "unaccepted-changes", group: .reading, severity: .warning,
    title: LocalizedText(zh: "Word 文档有尚未接受的修订", en: "a Word document with changes that have not been accepted"),
    reason: LocalizedText(
      zh: "修订状态下的文档同时含有新旧两种文字：插入的算，删除的不算；可还没有人决定接受哪些，正式文本可能不是这样。",
      en:
        "A document with tracked changes has both the old and the new text: what is inserted counts, what is deleted does not. Nobody has decided yet which changes stand, so the final text may differ."
    ),
    source: LocalizedText(
      zh: "ECMA-376 第1部分 17.13.5：修订（w:ins、w:del、w:moveFrom、w:moveTo 等）",
      en: "ECMA-376 part 1, 17.13.5: revisions (w:ins, w:del, w:moveFrom, w:moveTo and others)"),
    fix: LocalizedText(
      zh: "请在 Word 或 WPS 的“审阅”中接受或拒绝全部修订，保存后重新读取。",
      en: "Accept or reject all changes under Review in Word or WPS, save the document and read it again."),
    triggers: [
      Example(
        word: """
          <w:tbl>
            <w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>“一件事一次办”名称</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>关联事项</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p><w:r><w:t>231</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:ins><w:r><w:t>我要开面馆</w:t></w:r></w:ins></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>营业执照</w:t></w:r></w:p></w:tc></w:tr>
          </w:tbl>
          """, at: [ExpectedPosition(file: nil)])
    ],
    passes: [
      Example(
        word: """
          <w:tbl>
            <w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>“一件事一次办”名称</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>关联事项</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p><w:r><w:t>231</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>我要开面馆</w:t></w:r></w:p></w:tc>
              <w:tc><w:p><w:r><w:t>营业执照</w:t></w:r></w:p></w:tc></w:tr>
          </w:tbl>
          """)
    ],
    check: .issue(.unacceptedChanges) { issue, context in
      guard case .unacceptedChanges(let count, let first) = issue.kind else { return }
      context.report(
        .id("catalog"), at: issue.position,
        LocalizedText(
          zh: "文档有 \(count) 处修订尚未接受" + (first.map { "，表中的第一处在\($0.zh)" } ?? "") + "；插入的文字算数，删除的不算",
          en: "the document has unaccepted changes: \(count)"
            + (first.map { ", the first of a table in \($0.en)" } ?? "")
            + "; inserted text counts, deleted text does not"))
    })
}
