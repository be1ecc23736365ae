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
      let findsSlips = used.count <= largest
      var known = KnownForms(capacity: used.count)
      var form: [UInt8] = []
      for name in used {
        catalog.withBytes(name) { MatterNameForm.write($0, to: &form) }
        guard form.count >= 6 else { continue }
        guard let other = known.insert(form, name, catalog) ?? (findsSlips ? known.slip(form, catalog) : nil) else {
          continue
        }
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
}

/// The names that have been seen, by their forms.
private struct KnownForms {
  private var names: [UInt64: TextID] = [:]
  private static let shortest = 6
  private static let negations = ["不", "非", "无", "免", "未"].map { Array($0.utf8) }

  init(capacity: Int) { names.reserveCapacity(capacity) }

  /// A polynomial in the bytes, so that the hash of a form without a character follows from those of its beginnings.
  private static let base: UInt64 = 0x0000_0100_0000_01B3

  private static func hash(_ form: some Sequence<UInt8>) -> UInt64 {
    form.reduce(0) { $0 &* base &+ UInt64($1) &+ 1 }
  }

  private func name(of bytes: some Sequence<UInt8>, _ catalog: Catalog) -> TextID? {
    let form = Array(bytes)
    guard let name = names[KnownForms.hash(form)] else { return nil }
    var other: [UInt8] = []
    catalog.withBytes(name) { MatterNameForm.write($0, to: &other) }
    return other == form ? name : nil
  }

  /// - Returns: the earlier name of this form; nil if there is none, and the name is added.
  mutating func insert(_ form: [UInt8], _ name: TextID, _ catalog: Catalog) -> TextID? {
    let hash = KnownForms.hash(form)
    guard names[hash] != nil else {
      names[hash] = name
      return nil
    }
    return self.name(of: form, catalog)
  }

  /// An earlier name that has a character less, or two characters in the other order. A text is made only for a hash that an
  /// earlier name has.
  func slip(_ form: [UInt8], _ catalog: Catalog) -> TextID? {
    let starts = form.indices.filter { form[$0] & 0xC0 != 0x80 } + [form.count]
    let count = starts.count - 1
    guard count >= KnownForms.shortest else { return nil }
    // By the number of bytes: the hash of the form's beginning, and the power of the base.
    var beginnings: [UInt64] = [0]
    var powers: [UInt64] = [1]
    beginnings.reserveCapacity(form.count + 1)
    powers.reserveCapacity(form.count + 1)
    for (index, byte) in form.enumerated() {
      beginnings.append(beginnings[index] &* KnownForms.base &+ UInt64(byte) &+ 1)
      powers.append(powers[index] &* KnownForms.base)
    }
    func hash(_ range: Range<Int>) -> UInt64 {
      beginnings[range.upperBound] &- beginnings[range.lowerBound] &* powers[range.count]
    }
    for index in 0..<count {
      let (start, end) = (starts[index], starts[index + 1])
      if index + 1 < count {
        let next = starts[index + 2]
        let exchanged =
          ((beginnings[start] &* powers[next - end] &+ hash(end..<next)) &* powers[end - start] &+ hash(start..<end))
          &* powers[form.count - next] &+ hash(next..<form.count)
        if names[exchanged] != nil, form[start..<end] != form[end..<next],
          let name = name(of: form[..<start] + form[end..<next] + form[start..<end] + form[next...], catalog)
        {
          return name
        }
      }
      let shorter = beginnings[start] &* powers[form.count - end] &+ hash(end..<form.count)
      // 不动产 is not a misspelt 动产.
      if count > KnownForms.shortest, names[shorter] != nil, !KnownForms.negations.contains(Array(form[start..<end])),
        let name = name(of: form[..<start] + form[end...], catalog)
      {
        return name
      }
    }
    return nil
  }
}

/// A matter's name without what spelling adds: punctuation, blanks, full-width forms and endings that mean nothing.
private enum MatterNameForm {
  private static let endings = ["一件事", "事项", "服务", "办理", "申请"].map { Array($0.utf8) }

  static func write(_ name: UnsafeBufferPointer<UInt8>, to form: inout [UInt8]) {
    form.removeAll(keepingCapacity: true)
    var index = 0
    while index < name.count {
      let byte = name[index]
      if byte < 0x80 {
        if isWord(byte) { form.append(byte) }
        index += 1
        continue
      }
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let end = min(index + length, name.count)
      if length == 3, end == index + 3 {
        let code = UInt32(byte & 0x0F) << 12 | UInt32(name[index + 1] & 0x3F) << 6 | UInt32(name[index + 2] & 0x3F)
        switch code {
        case 0x2000...0x206F, 0x3000...0x3020: break
        case 0xFF01...0xFF5E:
          let plain = UInt8(code - 0xFEE0)
          if isWord(plain) { form.append(plain) }
        default: form.append(contentsOf: name[index..<end])
        }
      } else if length != 2 || byte != 0xC2 {
        form.append(contentsOf: name[index..<end])
      }
      index = end
    }
    for ending in endings where form.count >= ending.count + 6 && form.suffix(ending.count).elementsEqual(ending) {
      form.removeLast(ending.count)
      break
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
  }
}
