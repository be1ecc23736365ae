import Catalog
import Localization

extension Rule {
  static let contradictoryReference = Rule(
    id: "contradictory-reference", group: .references, severity: .error,
    title: LocalizedText(
      zh: "引用与文字不一致",
      en: "a reference that contradicts its text"),
    reason: LocalizedText(
      zh: "平台按 ref、due 办事，人按印发的文字办事；两者不一致，事项就会转错部门或误期。",
      en:
        "Portals use ref and due, people the printed text: if they differ, a matter goes to the wrong department or misses its date."
    ),
    source: LocalizedText(
      zh: "schemas/service-catalog.xsd:ref、approval、due、sharedFrom 由文字得出",
      en: "schemas/service-catalog.xsd: ref, approval, due and sharedFrom are derived from the text"),
    fix: LocalizedText(
      zh: "对照印发的文字改正引用，或改正文字；登记有误的改登记。由 `onevisit export xml` 重新导出即可自动得出。",
      en:
        "Correct the reference according to the printed text, or correct the text or the register; `onevisit export xml` derives references again."
    ),
    triggers: [
      Example(
        document: matter(
          """
          <lead choice="all">↓<department ref="health">市公安局</department></lead><deadline>2022年12月底</deadline>
          """)),
      Example(
        document: matter(
          """
          <lead choice="any">↓<department ref="no-such-department">市公安局</department></lead><deadline>2022年12月底</deadline>
          """)),
      Example(
        document: matter(
          """
          <lead choice="all"><department ref="public-security">市公安局</department></lead>↓<deadline due="2022-12-01">2022年12月底</deadline>
          """)),
      Example(
        document: matter(
          """
          <lead choice="all"><department>市公安局</department></lead><deadline>2022年12月底</deadline>
          <item number="1"><name>营业执照</name>↓<approval ref="birth-registration"/></item>
          """)),
      Example(
        document: matter(
          """
          <lead choice="all"><department>市公安局</department></lead><deadline>2022年12月底</deadline>
          ↓<item number="1" sharedFrom="2-037"><name>营业执照</name></item>
          """)),
      // What the flat layout derives: due, shared_from and the texts of shared items.
      Example(list: flatList("↓2022-12-30", "↓2-036", "↓公章备案")),
    ],
    passes: [
      Example(
        document: matter(
          """
          <lead choice="all"><department ref="public-security">市公安局</department></lead>
          <deadline due="2022-12-31">2022年12月底</deadline>
          <item number="1"><name>营业执照</name><approval ref="business-licence"/></item>
          """)),
      Example(list: flatList("2022-12-31", "2-037", "公章刻制备案")),
      Example(list: flatList("", "2-037", "公章刻制备案")),
      // References are optional.
      Example(
        document: matter(
          """
          <lead choice="all"><department>市公安局</department></lead><deadline>2022年12月底</deadline>
          <item number="1"><name>营业执照</name></item>
          """)),
    ],
    check: .issue(.contradiction) { issue, context in
      guard case .contradiction(let message) = issue.kind else { return }
      context.report(context.subject(of: issue), at: issue.position, message)
    })

  private static func flatList(_ due: String, _ origin: String, _ name: String) -> String {
    """
    matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark
    2-037,second,37,enterprise,我要开饭店,市场监管部门,2-037.1,营业执照,市场监管部门,2022年12月底,\(due),,
    2-037,second,37,enterprise,我要开饭店,市场监管部门,2-037.2,公章刻制备案,公安部门,2022年12月底,2022-12-31,,
    2-050,second,50,enterprise,我要开商场超市,市场监管部门,2-037.1,营业执照,市场监管部门,2022年12月底,2022-12-31,\(origin),
    2-050,second,50,enterprise,我要开商场超市,市场监管部门,2-037.2,\(name),公安部门,2022年12月底,2022-12-31,2-037,
    """
  }

  private static func matter(_ content: String) -> String {
    """
    <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
      <matters>
        <matter id="2-001" list="second" number="1" audience="individual"><name>灵活就业</name>
        \(content)
        </matter>
      </matters>
    </serviceCatalog>
    """
  }
}
