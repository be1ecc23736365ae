import Catalog
import Localization

extension Rule {
  static let unknownAudience = Rule(
    id: "unknown-audience", group: .references, severity: .error,
    title: LocalizedText(zh: "没有登记的服务对象", en: "an audience that is not registered"),
    reason: LocalizedText(
      zh: "类型写的是没有登记的词，无法按服务对象筛选和统计，也无法导出；可能是写错，也可能是别的清单另有的类型。",
      en:
        "Matters cannot be selected, counted or exported by an audience that is not known: the word is misspelt, or the list has an audience of its own."
    ),
    source: LocalizedText(
      zh: "附件1、附件2的类型：个人、企业、法人；§一（三）：个人、企业“一件事一次办”事项",
      en: "the types in annexes 1 and 2: 个人, 企业, 法人; §一(三): matters for individuals and enterprises (个人、企业)"),
    fix: LocalizedText(
      zh: "写 individual（个人）、enterprise（企业）、legal-person（法人），或 audiences.csv 中的标识；清单另有的类型，在 audiences.csv 登记一行（标识、名称）。",
      en:
        "Write individual (个人), enterprise (企业), legal-person (法人) or an id of audiences.csv; for an audience of the list's own, add a row (id, name) to audiences.csv."
    ),
    triggers: [
      Example(matters: ["2-001,second,1,↓people,灵活就业,市人社局,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,↓企业群众,灵活就业,市人社局,2022年12月底"],
        tables: [.audiences: ["agent,经办人"], .targets: ["a,jiujiang-99-2022,,↓企业群众,10,,2022年底前"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,企业群众,灵活就业,市人社局,2022年12月底", "2-002,second,2,个 人,失业,市人社局,2022年12月底",
          "2-003,second,3,自然人,城乡居民基本养老保险补缴,市人社局,2022年12月底",
        ],
        tables: [.audiences: ["everyone,企业群众"], .targets: ["a,jiujiang-99-2022,,everyone,10,,2022年底前"]])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let index = NearestName(catalog.audienceRegister.words)
      func message(_ owner: LocalizedText, _ text: String) -> LocalizedText {
        let hint = Phrase.nearest(index.nearest(to: text))
        let word = Phrase.quoted(text)
        return LocalizedText(
          zh: "\(owner.zh)服务对象“\(word)”没有登记\(hint.zh)", en: "\(owner.en)no audience called “\(word)”\(hint.en)")
      }
      catalog.issues.forEach(of: .unknownAudience) { issue in
        context.report(
          context.subject(of: issue), at: issue.position, message(context.owner(of: issue), issue.text ?? ""))
      }
      context.forEachUnresolvedReference(to: .audiences) { reference in
        context.report(reference.subject, at: reference.position, message(reference.owner(in: catalog), reference.text))
      }
    })
}
