import Catalog
import Localization

extension Rule {
  static let misplacedID = Rule(
    id: "misplaced-id", group: .identity, severity: .error,
    title: LocalizedText(
      zh: "标识与清单、序号不一致",
      en: "an id that does not match its list and number"),
    reason: LocalizedText(
      zh: "2-037 应当是第二份清单的第37项；不一致时，按标识和按序号找到的是两件不同的事。",
      en: "2-037 is number 37 of the second list; if they differ, the id and the number refer to different matters."),
    source: LocalizedText(zh: "附件1、附件2的序号", en: "the numbers of annexes 1 and 2"),
    fix: LocalizedText(
      zh: "对照文件改正标识、清单或序号；标识是清单前缀加至少三位的序号。",
      en:
        "Correct the id, the list or the number according to the notice; an id is the list's prefix and the number in at least three digits."
    ),
    triggers: [
      Example(matters: ["↓2-038,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底"]),
      Example(matters: ["↓1-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底"]),
      // One cell of the list is wrong, and not the ids of all its matters.
      Example(
        matters: (1...3).map { "3-00\($0),third,\($0),individual,事项\($0),市人社局,2022年12月底" },
        tables: [.lists: ["third,↓4,jiujiang-128-2022,附件3,清单(3项),3"]]),
      Example(matters: ["↓2-37,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底"]),
    ],
    passes: [
      Example(matters: [
        "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底",
        "2-1037,second,1037,enterprise,我要开饭店,市场监管部门,2022年12月底",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let numbering = context.numbering
      reportPrefixes(numbering, context)
      if numbering.isOrdered { return }
      var repeated: Set<TextID>?
      var bytes = MatterIDBytes()
      for matter in catalog.matters where !matter.id.isEmpty {
        guard let (place, number) = numbering.isMisplaced(matter), !catalog.isMalformedID(matter.id) else { continue }
        // `duplicate-id` reports an id that another row has as well.
        let twice = repeated ?? (context.survey.order.hasRepeatedIDs ? catalog.repeatedMatterIDs() : [])
        repeated = twice
        if twice.contains(matter.id) { continue }
        // As texts in messages alone.
        var expected: String { numbering.id(list: place, number: number) }
        var list: String { catalog.lists[place].id }
        numbering.write(list: place, number: number, to: &bytes)
        if let other = catalog.matter(id: bytes, near: matter.id), other.index != matter.index {
          // Another matter has this number already: the number is wrong, not the id.
          context.report(
            .matter(matter.index), at: catalog.position(matter, .number),
            LocalizedText(
              zh: "\(catalog.id(matter)) 的序号写作 \(number)，而清单 \(list) 的第 \(number) 项是 \(expected)",
              en:
                "\(catalog.id(matter)) has the number \(number), but number \(number) of the list \(list) is \(expected)"
            ),
            fix: LocalizedText(zh: "按标识改正序号。", en: "Correct the number to agree with the id."))
          continue
        }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .id),
          LocalizedText(
            zh: "\(catalog.id(matter)) 在清单 \(list) 中的序号是 \(number)，标识应为 \(expected)",
            en: "\(catalog.id(matter)) is number \(number) of the list \(list): its id should be \(expected)"))
      }
    })

  /// A list whose prefix none of its matters has: the cell of the list is wrong, and not all the ids.
  private static func reportPrefixes(_ numbering: ListNumbering, _ context: RuleContext) {
    let catalog = context.catalog
    for (index, prefix, count) in numbering.otherPrefixes {
      let list = catalog.lists[index]
      // An empty or malformed prefix has been reported already.
      if list.prefix.isEmpty || list.unreadable.contains(list.position(of: \.prefix).column ?? -1) { continue }
      context.report(
        .list(index), at: list.position(of: \.prefix),
        LocalizedText(
          zh: "清单 \(list.id) 的前缀写作“\(list.prefix)”，而它的 \(count) 项标识都以“\(prefix)-”开头",
          en: "the list \(list.id) has the prefix “\(list.prefix)”, but the ids of \(count) of its matters begin with "
            + "“\(prefix)-”"),
        fix: LocalizedText(zh: "改正清单的前缀；确要改前缀的，标识也要一起改。", en: "Correct the prefix; or change the ids with it."))
    }
  }
}

extension Catalog {
  /// Whether the id is malformed, which `malformed-value` reports.
  fileprivate func isMalformedID(_ id: TextID) -> Bool {
    withBytes(id) { bytes in
      var end = bytes.count
      while end > 0, bytes[end - 1] >= 0x30, bytes[end - 1] <= 0x39 { end -= 1 }
      return end == bytes.count || end < 2 || bytes[end - 1] != UInt8(ascii: "-")
    }
  }

  /// The ids of more than one matter.
  fileprivate func repeatedMatterIDs() -> Set<TextID> {
    var ids: Set<TextID> = []
    for matter in matters where !matter.id.isEmpty {
      if firstMatter(withID: matter.id)?.index != matter.index { ids.insert(matter.id) }
    }
    return ids
  }
}
