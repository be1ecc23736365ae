import Catalog
import Localization

extension Rule {
  static let xmlSyntax = Rule(
    id: "xml-syntax", group: .reading, severity: .error,
    title: LocalizedText(zh: "XML 语法错误", en: "XML that is not well-formed"),
    reason: LocalizedText(
      zh: "语法不对的 XML，各个系统都会拒绝，或读到一半停下。",
      en: "Every system rejects such a document, or stops reading in the middle."),
    source: LocalizedText(zh: "XML 1.0 第2.1节", en: "XML 1.0, section 2.1"),
    fix: LocalizedText(
      zh: "按提示的行改正标签、引号或字符；最好由程序重新导出。",
      en: "Correct the tag, quote or character in that line, or better export the document again."),
    triggers: [
      Example(
        document: """
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
            <matters>
          ↓</serviceCatalog>
          """),
      Example(
        document: """
          ↓<serviceCatalog xmlns="urn:onevisit:service-catalog:1" version=1.0/>
          """),
    ],
    passes: [
      Example(
        document: """
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
            <notices/><lists/><departments/><approvals/><matters/>
          </serviceCatalog>
          """)
    ],
    check: .issue(.malformedXML) { issue, context in
      guard case .malformedXML(let message, _) = issue.kind else { return }
      context.report(.id("catalog"), at: issue.position, message)
    })
}
