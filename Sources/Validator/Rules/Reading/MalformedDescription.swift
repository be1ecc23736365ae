import Catalog
import Localization

extension Rule {
  /// The value is ignored, and the catalog is read without it.
  static let malformedDescription = Rule(
    id: "malformed-description", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "datapackage.json 中的值类型不对", en: "a value of the wrong kind in datapackage.json"),
    reason: LocalizedText(
      zh: "该是列表的地方写了文字，该是文字的地方写了数字：这一处不起作用，目录按没有它来读取，其他工具也会拒绝这个文件。",
      en:
        "A text where a list should be, a number where a text should be: the value has no effect, the catalog is read without it, and other tools refuse the file."
    ),
    source: LocalizedText(
      zh: "Data Package 规范：resources、schema、fields 的类型；README 编辑目录一节",
      en: "the Data Package specification: the types of resources, schema and fields; README, editing a catalog"),
    fix: LocalizedText(
      zh: "改成提示的类型；可对照 `onevisit init` 写出的 datapackage.json。",
      en: "Write what the message asks for; the datapackage.json that `onevisit init` writes is a model."),
    triggers: [
      Example(files: [
        "datapackage.json": """
        {"name": "example",
        ↓ "resources": "matters.csv"}

        """,
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
      ]),
      Example(files: [
        "datapackage.json": """
        {"onevisit": {"rules": {
        ↓ "general-lead": 3,
        ↓ "isolated-deadline": {"run": "ten"}}}}

        """,
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
      ]),
    ],
    passes: [
      Example(files: [
        "datapackage.json": #"{"onevisit": {"rules": {"general-lead": "off"}}, "resources": []}"#,
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
      ])
    ],
    check: .issue(.malformedDescription) { issue, context in
      guard case .malformedDescription(let location, let expected) = issue.kind else { return }
      context.report(
        .id(location), at: issue.position,
        LocalizedText(
          zh: "datapackage.json 中 \(location) 应为\(expected.zh)；暂不理会这个值",
          en: "\(location) in datapackage.json should be \(expected.en); the value is ignored"))
    })
}
