import Catalog
import Localization

extension Rule {
  static let invisibleCharacter = Rule(
    id: "invisible-character", group: .wording, severity: .warning,
    title: LocalizedText(zh: "看不见的字符、控制字符或私用区字符", en: "zero-width, control, private-use or replacement characters"),
    reason: LocalizedText(
      zh: "零宽字符、控制字符看不见，却让两个一样的名称不相等；私用区字符在别处显示成空白或别的字；U+FFFD 说明原来的字已经丢失。",
      en:
        "Zero-width and control characters are invisible, but make equal-looking names differ; a private-use character is displayed differently elsewhere; U+FFFD means that a character was lost."
    ),
    source: LocalizedText(
      zh: "§二（五）：“开展政务类数据统一规范梳理和结构化处理”；Unicode 标准 23章（特殊区域和格式字符）",
      en:
        "§二(五): data are uniform and structured; the Unicode Standard, chapter 23 (special areas and format characters)"
    ),
    fix: LocalizedText(
      zh: "删去该字符；U+FFFD 和私用区字符处对照原文补上本字。",
      en: "Delete the character; replace U+FFFD and private-use characters by those in the notice."),
    triggers: [
      Example(matters: ["2-055,second,55,enterprise,↓我要开\u{200B}书店,市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-055,second,55,enterprise,我要开书店,↓市场监管部门\u{FEFF},2022年12月底"],
        items: ["2-055,1,↓营业执\u{E000},市场监管部门"]),
      Example(matters: ["2-055,second,55,enterprise,↓我要开书\u{FFFD}店,市场监管部门,2022年12月底"]),
    ],
    passes: [
      Example(matters: ["2-055,second,55,enterprise,我要开𠮷野家书店,市场监管部门,2022年12月底"])
    ],
    correction: .text(InvisibleCharacters.removed),
    check: .text(.unusual) { text in
      var first: (scalar: Unicode.Scalar, position: Int)?
      var count = 0
      for (number, scalar) in text.unicodeScalars.enumerated() where InvisibleCharacters.isInvisible(scalar) {
        if first == nil { first = (scalar, number + 1) }
        count += 1
      }
      guard let first else { return nil }
      let kind = InvisibleCharacters.name(first.scalar)
      let more = count - 1
      return {
        LocalizedText(
          zh: "“\(text.quoted)”第 \(first.position) 个字符是\(kind.zh) \(codePoint(first.scalar))"
            + (more > 0 ? "（另有 \(more) 个）" : ""),
          en: "“\(text.quoted)”: character \(first.position) is \(codePoint(first.scalar)), \(kind.en)"
            + (more > 0 ? " (and \(more) more)" : ""))
      }
    })
}
