import Catalog
import Localization

extension Rule {
  static let xmlSchema = Rule(
    id: "xml-schema", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "XML 不符合交换格式",
      en: "XML that does not conform to the schema"),
    reason: LocalizedText(
      zh: "接收系统按 service-catalog.xsd 校验，不符合的文件整份退回。",
      en: "Receiving systems validate against service-catalog.xsd and reject the whole document."),
    source: LocalizedText(
      zh: "交换格式的 schemas/service-catalog.xsd", en: "the exchange format, schemas/service-catalog.xsd"),
    fix: LocalizedText(
      zh: "对照 schemas/service-catalog.xsd 改正该行，或由 `onevisit export xml` 重新导出。",
      en:
        "Correct the line according to schemas/service-catalog.xsd, or export the document again with `onevisit export xml`."
    ),
    triggers: [
      Example(
        document: """
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
            <matters/>↓<departments/>
          </serviceCatalog>
          """),
      Example(
        document: """
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
            <notices/><lists/><departments/><approvals/><matters/>↓<colour/>
          </serviceCatalog>
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
    check: .issue(.schema) { issue, context in
      guard case .schema(let message, _) = issue.kind else { return }
      context.report(context.subject(of: issue), at: issue.position, message)
    })
}
