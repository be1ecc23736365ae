import Catalog
import Localization

extension Rule {
  /// Names that are equal but for their spelling, and, up to a size, names of one list that differ by an inserted
  /// character or by two characters in the other order. Takes time linear in the names.
  static let similarMatterName = Rule(
    id: "similar-matter-name", group: .identity, severity: .note,
    title: LocalizedText(
      zh: "两个“一件事”的名称只差标点、后缀或一个字", en: "two matters whose names differ in punctuation, an ending or a character only"),
    reason: LocalizedText(
      zh: "“失业登记”与“失业登记事项”多半是同一件事录了两次，或者其中一个多了、少了、颠倒了字。",
      en: "失业登记 and 失业登记事项 are probably one matter entered twice, or one of them has a character too many or too few."),
    source: LocalizedText(
      zh: "§二（二）：“形成‘一件事’一个办事指南”", en: "§二(二): one guide for each matter (“一件事”一个办事指南)"),
    fix: LocalizedText(
      zh: "对照文件：同一件事的删去其一，写错的改正；确是两件事的登记豁免并说明理由。",
      en:
        "Compare with the notice: delete one if they are the same, correct the one that is misspelt, or add a waiver with a reason if they differ."
    ),
    triggers: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,↓我要开食品小作坊。,市场监管部门/行政审批部门,2022年12月底",
      ]),
      Example(matters: [
        "2-001,second,1,individual,失业登记,市人社局,2022年12月底",
        "2-002,second,2,individual,↓失业登记事项,市人社局,2022年12月底",
      ]),
      Example(matters: [
        "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,↓我要开食品品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-041,second,41,enterprise,↓我要开品食小作坊,市场监管部门/行政审批部门,2022年12月底",
      ]),
    ],
    passes: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开药店,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,我要开书店,市场监管部门/行政审批部门,2022年12月底",
        "2-041,second,41,enterprise,不动产抵押登记,自然资源部门,2022年12月底",
        "2-042,second,42,enterprise,动产抵押登记,自然资源部门,2022年12月底",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let names = catalog.names(.matterName)
      var firstOf = [Int32](repeating: -1, count: catalog.distinctCount(.matterName))
      for matter in catalog.matters where !matter.isWithdrawn && !matter.name.isEmpty {
        if firstOf[matter.name.index] < 0 { firstOf[matter.name.index] = Int32(matter.index) }
      }
      let used = names.filter { firstOf[$0.index] >= 0 }.sorted { firstOf[$0.index] < firstOf[$1.index] }
      var nameOfForm: [[Unicode.Scalar]: TextID] = [:]
      nameOfForm.reserveCapacity(used.count)
      let findsSlips = used.count <= largest
      for name in used {
        let form = MatterNameForm.form(catalog.text(name))
        guard form.count >= 2 else { continue }
        let other = nameOfForm[form] ?? (findsSlips ? slip(form, nameOfForm) : nil)
        if nameOfForm[form] == nil { nameOfForm[form] = name }
        guard let other else { continue }
        let matter = catalog.matters[Int(firstOf[name.index])]
        let earlier = catalog.matters[Int(firstOf[other.index])]
        guard matter.list == earlier.list else { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .name),
          related: [(.matter(earlier.index), catalog.position(earlier, .name))],
          LocalizedText(
            zh:
              "\(catalog.id(matter))“\(catalog.text(name))”与 \(catalog.id(earlier))“\(catalog.text(other))”只差一点，可能是同一件事",
            en:
              "\(catalog.id(matter)) “\(catalog.text(name))” and \(catalog.id(earlier)) “\(catalog.text(other))” hardly differ; "
              + "they may be one matter"))
      }
    })

  /// Up to this number of names, inserted and exchanged characters are looked for.
  private static let largest = 20_000
  private static let shortest = 6

  /// An earlier name that differs by a character too many or too few, or by two in the other order.
  private static func slip(_ form: [Unicode.Scalar], _ names: [[Unicode.Scalar]: TextID]) -> TextID? {
    guard form.count >= shortest else { return nil }
    for index in form.indices {
      var other = form
      if index + 1 < form.count, form[index] != form[index + 1] {
        other.swapAt(index, index + 1)
        if let name = names[other] { return name }
        other.swapAt(index, index + 1)
      }
      // 不动产 is not a misspelt 动产.
      if form.count > shortest, !negations.contains(form[index]) {
        other.remove(at: index)
        if let name = names[other] { return name }
      }
    }
    return nil
  }

  private static let negations: [Unicode.Scalar] = ["不", "非", "无", "免", "未"]
}

/// A matter's name without what spelling adds: punctuation, blanks, full-width forms and endings that mean nothing.
private enum MatterNameForm {
  private static let endings = ["一件事", "事项", "服务", "办理", "申请"].map { Array($0.unicodeScalars) }

  static func form(_ name: String) -> [Unicode.Scalar] {
    var form: [Unicode.Scalar] = []
    form.reserveCapacity(16)
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: form.append(scalar)
      case 0...0x7F, 0xA0, 0xB7, 0x2000...0x206F, 0x3000...0x3020: break
      case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
        form.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0xFF01...0xFF65: break
      default: form.append(scalar)
      }
    }
    for ending in endings where form.count >= ending.count + 2 && form.suffix(ending.count).elementsEqual(ending) {
      form.removeLast(ending.count)
      break
    }
    return form
  }
}
