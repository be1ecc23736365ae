import Catalog
import Localization

extension Rule {
  static let refusedDoctype = Rule(
    id: "refused-doctype", group: .reading, severity: .error,
    title: LocalizedText(zh: "XML 中有 DOCTYPE 声明", en: "an XML document with a DOCTYPE"),
    reason: LocalizedText(
      zh: "DOCTYPE 可以让读取程序打开本机文件、展开成倍膨胀的实体，或悄悄加上属性的默认值；交换文件用不到它。",
      en:
        "A DOCTYPE can make a reader open local files, expand entities without limit, or add attributes silently; an exchange document does not need one."
    ),
    source: LocalizedText(
      zh: "事项目录交换格式 urn:onevisit:service-catalog:1：不含 DOCTYPE",
      en: "the exchange format urn:onevisit:service-catalog:1, which has no DOCTYPE"),
    fix: LocalizedText(
      zh: "删去 <!DOCTYPE …> 声明，实体引用改为字符本身。",
      en: "Remove the <!DOCTYPE …> declaration, and write characters instead of entities."),
    triggers: [
      Example(
        document: """
          <?xml version="1.0" encoding="UTF-8"?>
          ↓<!DOCTYPE serviceCatalog [<!ENTITY lead "市人社局">]>
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0"/>
          """)
    ],
    passes: [
      Example(
        document: """
          <?xml version="1.0" encoding="UTF-8"?>
          <!-- No <!DOCTYPE here but in this comment. -->
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0"/>
          """)
    ],
    check: .issue(.refusedDoctype) { issue, context in
      guard case .refusedDoctype = issue.kind else { return }
      context.report(
        .id("catalog"), at: issue.position,
        LocalizedText(
          zh: "文件中有 DOCTYPE 声明，为安全起见没有读取", en: "the document has a DOCTYPE declaration and was not read, for safety"))
    })
}
