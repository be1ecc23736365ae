import Catalog
import Localization

extension Rule {
  static let invisibleCharacter = Rule(
    id: "invisible-character", group: .wording, severity: .warning,
    title: LocalizedText(zh: "看不见的字符、控制字符或私用区字符", en: "zero-width, control, private-use or replacement characters"),
    reason: LocalizedText(
      zh: "零宽字符、控制字符看不见，却让两个一样的名称不相等；私用区字符在别处显示成空白或别的字；U+FFFD 说明原来的字已经丢失。",
      en:
        "What cannot be seen makes two names differ that look alike; a private-use character is another sign elsewhere; U+FFFD says that a character was lost."
    ),
    source: LocalizedText(
      zh: "§二（五）：开展政务类数据统一规范梳理和结构化处理；Unicode 标准 23章（特殊区域和格式字符）",
      en:
        "§二(五): data are to be uniform and structured; the Unicode Standard, chapter 23 (special areas and format characters)"
    ),
    fix: LocalizedText(
      zh: "删去该字符；U+FFFD 和私用区字符处对照原文补上本字。",
      en: "Delete it; for U+FFFD or a private-use character put in what the print has."),
    triggers: [
      Example(matters: ["2-055,second,55,enterprise,我要开\u{200B}书店,市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-055,second,55,enterprise,我要开书店,市场监管部门\u{FEFF},2022年12月底"],
        items: ["2-055,1,营业执\u{E000},市场监管部门"]),
      Example(matters: ["2-055,second,55,enterprise,我要开书\u{FFFD}店,市场监管部门,2022年12月底\u{07}"]),
    ],
    passes: [
      Example(matters: ["2-055,second,55,enterprise,我要开𠮷野家书店,市场监管部门,2022年12月底"])
    ],
    check: .text(.unusual) { text in
      var first: (scalar: Unicode.Scalar, position: Int)?
      var count = 0
      for (number, scalar) in text.unicodeScalars.enumerated() where InvisibleCharacter.isInvisible(scalar) {
        if first == nil { first = (scalar, number + 1) }
        count += 1
      }
      guard let first else { return nil }
      let kind = InvisibleCharacter.name(first.scalar)
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

enum InvisibleCharacter {
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // A NUL is a mistake of the file's syntax; tab and line breaks are blanks.
    case 0, 0x09, 0x0A, 0x0D: false
    case ..<0x20, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xE000...0xF8FF, 0xFDD0...0xFDEF, 0xFE00...0xFE0F, 0xFEFF,
      0xFFA0, 0xFFF0...0xFFFF, 0x1D173...0x1D17A, 0xE0000...0xE0FFF, 0xF0000...0x10FFFF:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// What such a character is.
  static func name(_ scalar: Unicode.Scalar) -> LocalizedText {
    switch scalar.value {
    case ..<0xA0: LocalizedText(zh: "控制字符", en: "a control character")
    case 0xAD: LocalizedText(zh: "软连字符", en: "a soft hyphen")
    case 0xFEFF: LocalizedText(zh: "字节顺序标记", en: "a byte order mark")
    case 0xFFFD: LocalizedText(zh: "替换字符（原字已丢失）", en: "the replacement character (what stood there is lost)")
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x61C:
      LocalizedText(zh: "文字方向控制符", en: "a control of writing direction")
    case 0x2028, 0x2029: LocalizedText(zh: "行段分隔符", en: "a line or paragraph separator")
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180D, 0x180F:
      LocalizedText(zh: "异体字选择符", en: "a variation selector")
    case 0xE0000...0xE007F: LocalizedText(zh: "标签字符", en: "a tag character")
    case 0xFDD0...0xFDEF: LocalizedText(zh: "非字符", en: "no character at all")
    case _ where scalar.value & 0xFFFE == 0xFFFE: LocalizedText(zh: "非字符", en: "no character at all")
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: LocalizedText(zh: "私用区字符", en: "a private-use character")
    default: LocalizedText(zh: "看不见的字符", en: "an invisible character")
    }
  }
}
