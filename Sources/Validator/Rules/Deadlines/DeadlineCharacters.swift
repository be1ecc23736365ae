import Catalog
import Deadlines
import Localization

extension Rule {
  /// The wording is `deadline-style`'s, blanks are `stray-space`'s.
  static let deadlineCharacters = Rule(
    id: "deadline-characters", group: .deadlines, severity: .warning,
    title: LocalizedText(
      zh: "完成时限含全角数字或多了句末标点", en: "a deadline in full-width characters or with an added full stop"),
    reason: LocalizedText(
      zh: "“２０２２年12月底”“2022年12月底。”与“2022年12月底”是同一个时限，但筛选、排序和按文字核对时会当成另一个。",
      en:
        "２０２２年12月底, 2022年12月底。 and 2022年12月底 are one deadline, but filters, sorting and comparing take them for several."
    ),
    source: LocalizedText(
      zh: "附件1、附件2的完成时限一栏：数字都是半角，句末没有标点，如“2022年12月底”",
      en: "the deadline columns of both annexes: half-width digits and no full stop, such as 2022年12月底"),
    fix: LocalizedText(
      zh: "改成半角数字，去掉句末标点。", en: "Write half-width digits, and leave out the full stop."),
    triggers: [
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,↓２０２２年12月底"]),
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,↓2022年12月底。"]),
    ],
    passes: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "2-002,second,2,individual,失业,市人社局,2022年十二月底",
      ])
    ],
    correction: .reported,
    check: .catalog { context in
      let catalog = context.catalog
      let plain = catalog.names(.deadline).map { DeadlineText.plain(catalog.text($0)) }
      guard plain.contains(where: { $0 != nil }) else { return }
      for matter in catalog.matters {
        guard let plain = plain[matter.deadline.index], !matter.isUnknown(.deadline) else { continue }
        let text = catalog.text(matter.deadline)
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          LocalizedText(
            zh: "\(catalog.label(matter).zh)的完成时限“\(text)”用了全角字符或句末标点，应为“\(plain)”",
            en: "the deadline “\(text)” of \(catalog.label(matter).en) has full-width characters or a full stop; "
              + "it should be “\(plain)”"),
          fix: LocalizedText(zh: "改写为“\(plain)”。", en: "Write “\(plain)”."), corrected: plain)
      }
    })
}

private enum DeadlineText {
  /// The text with half-width digits and without a mark at its end; nil if it has neither, or if that would be another
  /// deadline.
  static func plain(_ text: String) -> String? {
    var scalars = text.unicodeScalars.map { scalar in
      (0xFF10...0xFF19).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
    while let last = scalars.last, "。．.；;，,、".unicodeScalars.contains(last) { scalars.removeLast() }
    var plain = ""
    plain.unicodeScalars.append(contentsOf: scalars)
    if plain.isEmpty || plain.utf8.elementsEqual(text.utf8) { return nil }
    let (read, written) = (Deadline(printed: plain), Deadline(printed: text))
    guard read.kind != .unreadable else { return nil }
    // With the mark it may be in no known form.
    return written.kind == .unreadable || read.due == written.due && read.kind == written.kind ? plain : nil
  }
}
