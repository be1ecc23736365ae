import Catalog
import Localization

extension Rule {
  static let repeatedItem = Rule(
    id: "repeated-item", group: .responsibility, severity: .warning,
    title: LocalizedText(zh: "同一“一件事”里重复的单项事项", en: "the same approval twice in one matter"),
    reason: LocalizedText(
      zh: "同一单项事项列了两次，办事人会以为要办两遍，事项数也数多了。共享的关联事项一并计算；换一个名称、放进“甲/乙”任选里也算重复。",
      en:
        "An approval listed twice looks as if it had to be got twice, and counts double. Shared items count, and so do other names of the same approval and a choice that has it."
    ),
    source: LocalizedText(
      zh: "§二（二）：通过归并去重、数据共享等方式进行精简、优化", en: "§二(二): what is double is merged (归并去重)"),
    fix: LocalizedText(
      zh: "删去重复的一行；已由 includes 共享的，不再单列；若是两件事，在 approvals.csv 中分立为两项。",
      en:
        "Drop the second row; do not list again what is shared through includes; register two approvals if they are two things."
    ),
    triggers: [
      Example(
        matters: ["2-031,second,31,enterprise,员工录用,市人社局,2022年12月底"],
        items: ["2-031,1,就业登记,人社部门", "2-031,2,职工参保登记(社会保险),人社部门", "2-031,3,↓就业登记,人社部门"]),
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,,,",
          "2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037,",
        ],
        items: [
          "2-037,1,社会保险单位参保登记,人社部门,yes", "2-037,2,税务登记,税务部门,yes", "2-055,1,↓企业社会保险登记,人社部门,",
        ]),
      Example(
        matters: ["2-042,second,42,enterprise,我要开办熟食店,市场监管部门,2022年12月底"],
        items: ["2-042,1,↓食品经营许可证/食品经营许可,市场监管部门"]),
      Example(
        matters: ["2-042,second,42,enterprise,我要开办熟食店,市场监管部门,2022年12月底"],
        items: ["2-042,1,没有登记的事项,市场监管部门", "2-042,2,↓没有登记的事项,公安部门"]),
    ],
    passes: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,,,",
          "2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037,",
          "2-056,second,56,enterprise,我要开母婴用品店,市场监管部门,2022年12月底,,2-037,",
        ],
        items: [
          "2-037,1,营业执照,市场监管部门,yes", "2-037,2,食品经营许可证,市场监管部门,",
          "2-055,1,食品经营许可证/小餐饮小食杂店食品经营登记,市场监管部门,", "2-056,1,食品经营许可证,市场监管部门,",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let matters = catalog.matters
      let items = catalog.items
      let registered = catalog.approvals.count
      // What a name stands for: an approval by its number; a name that no register knows by a number beyond those; a
      // choice by the constant below.
      let several: Int32 = -1
      var keys: [Int32] = []
      keys.reserveCapacity(catalog.distinctCount(.itemName))
      for name in catalog.names(.itemName) {
        let choices = catalog.choices(name).choices
        if choices.count > 1 {
          keys.append(several)
        } else if let approval = choices.first?.approval {
          keys.append(Int32(truncatingIfNeeded: approval))
        } else {
          keys.append(Int32(truncatingIfNeeded: registered + name.index))
        }
      }
      func choices(_ name: TextID) -> [Int32] {
        catalog.choices(name).choices.map { $0.approval.map(Int32.init(truncatingIfNeeded:)) ?? -2 }
      }
      // Who had a key last: `stamp` is the matter, `sharedStamp` the matter that shares it.
      let count = registered + catalog.distinctCount(.itemName)
      var stamp = [Int32](repeating: -1, count: count)
      var stampedBy = [Int32](repeating: -1, count: count)
      var sharedStamp = [Int32](repeating: -1, count: count)
      var sharedBy = [Int32](repeating: -1, count: count)
      var sharing = SharedItemsCache(catalog)
      var sharer: Int32 = -1

      for matter in matters where !matter.items.isEmpty {
        var includes: Int32 = -2
        if !matter.includesID.isEmpty, let shared = sharing.of(matter), let other = matter.includes {
          includes = Int32(other)
          if includes != sharer {
            sharer = includes
            for item in shared {
              for key in keys[item.name.index] == several ? choices(item.name) : [keys[item.name.index]] where key >= 0
              {
                sharedStamp[Int(key)] = includes
                sharedBy[Int(key)] = Int32(item.index)
              }
            }
          }
        }
        for index in matter.items {
          let item = items[index]
          let name = item.name
          if name.isEmpty { continue }
          let key = keys[name.index]
          var earlier: Int32 = -1
          if key != several {
            let slot = Int(key)
            if stamp[slot] == Int32(matter.index) {
              earlier = stampedBy[slot]
            } else {
              if sharedStamp[slot] == includes { earlier = sharedBy[slot] }
              stamp[slot] = Int32(matter.index)
              stampedBy[slot] = Int32(index)
            }
          } else {
            for key in choices(name) where key >= 0 {
              let slot = Int(key)
              if stamp[slot] == Int32(matter.index) {
                if earlier < 0 { earlier = stampedBy[slot] }
              } else {
                if sharedStamp[slot] == includes, earlier < 0 { earlier = sharedBy[slot] }
                stamp[slot] = Int32(matter.index)
                stampedBy[slot] = Int32(index)
              }
            }
          }
          guard earlier >= 0 else { continue }
          let other = items[Int(earlier)]
          // The same item number twice is a row entered twice.
          if other.index != item.index, other.matter == item.matter, let number = item.number, number == other.number {
            continue
          }
          if other.index == item.index {
            context.report(
              .item(index), at: catalog.position(item, .name),
              LocalizedText(
                zh: "\(catalog.label(item).zh)任选的两项是同一单项事项",
                en: "the choices of \(catalog.label(item).en) are one and the same approval"))
          } else {
            let isShared = other.matter != item.matter
            // The later by number has it, however the rows are sorted.
            let isTurned = !isShared && (other.number ?? 0) > (item.number ?? Int.max)
            let (item, other) = isTurned ? (other, item) : (item, other)
            context.report(
              .item(item.index), at: catalog.position(item, .name),
              related: [(.item(other.index), catalog.position(other, .name))],
              LocalizedText(
                zh: "\(catalog.label(item).zh)与\(isShared ? "共享的" : "") \(catalog.label(other).zh)是同一单项事项",
                en:
                  "\(catalog.label(item).en) is the same approval as\(isShared ? " the shared" : "") \(catalog.label(other).en)"
              ))
          }
        }
      }
    })
}
