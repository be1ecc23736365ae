import Catalog
import Localization

extension Rule {
  static let unknownMatter = Rule(
    id: "unknown-matter", group: .references, severity: .error,
    title: LocalizedText(
      zh: "引用了不存在的事项",
      en: "a reference to a matter that does not exist"),
    reason: LocalizedText(
      zh: "包含的事项不存在，共享的关联事项就全部落空；进展记在不存在的事项上，等于没有记。",
      en: "An include of a matter that does not exist brings no shared items; progress recorded for it is lost."),
    source: LocalizedText(
      zh: "附件2第37、137项备注：“以下场景均包含此事项”；§三（三）：“一份指南、一张表单、一套材料、一次提交等完成情况”按事项报送",
      en: "the remark at 37 and 137 of annex 2, “以下场景均包含此事项”; §三(三): what is done (完成情况) is reported by matter"),
    fix: LocalizedText(
      zh: "改正标识；事项已取消的，删去引用。",
      en: "Correct the id, or remove the reference if the matter was cancelled."),
    triggers: [
      Example(matters: ["2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,↓2-0037"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["↓2-002,2022-11-03"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,",
          "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,2-037",
        ],
        tables: [.progress: ["2-037,2022-11-03"]])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.isMissing(.matters) else { return }
      var mistaken: Set<String>?
      /// Whether the matter exists under a wrong id, which another rule reports.
      func isMistaken(_ id: String) -> Bool {
        let ids = mistaken ?? context.numbering.mistakenIDs()
        mistaken = ids
        return ids.contains(id)
      }
      var last: String?
      var nearest: String?
      func hint(_ id: String) -> LocalizedText {
        if id != last {
          last = id
          nearest = catalog.nearestMatterID(to: id)
        }
        return Phrase.nearest(nearest)
      }
      let hasUnknown = context.survey.departments.hasUnknownIncludes
      for matter in hasUnknown ? catalog.matters : [] where matter.includes == nil && !matter.includesID.isEmpty {
        let id = catalog.text(matter.includesID)
        if isMistaken(id) { continue }
        func message() -> LocalizedText {
          let hint = hint(id)
          return LocalizedText(
            zh: "\(catalog.id(matter)) 包含的事项“\(Phrase.quoted(id))”不存在\(hint.zh)",
            en: "\(catalog.id(matter)) includes “\(Phrase.quoted(id))”, which does not exist\(hint.en)")
        }
        context.report(.matter(matter.index), at: catalog.position(matter, .includes), name: id, message())
      }
      context.forEachUnresolvedReference(to: .matters) { reference in
        if isMistaken(reference.text) { return }
        func message() -> LocalizedText {
          let hint = hint(reference.text)
          let name = Phrase.quoted(reference.text)
          let table = reference.position.table.title
          return LocalizedText(
            zh: "\(table.zh)表：没有“\(name)”这件事\(hint.zh)",
            en: "table of \(table.en.lowercased()): no matter called “\(name)”\(hint.en)")
        }
        context.report(reference.subject, at: reference.position, message())
      }
    })
}
