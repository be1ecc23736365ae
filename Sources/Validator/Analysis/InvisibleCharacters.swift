import Localization

/// Characters that are invisible, or display differently elsewhere.
enum InvisibleCharacters {
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // `stray-space` reports tabs and line breaks, `csv-syntax` a NUL, and `unexportable-text` the other characters that
    // XML does not allow.
    case ..<0x20, 0xFFFE, 0xFFFF: false
    case 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xE000...0xF8FF, 0xFDD0...0xFDEF, 0xFE00...0xFE0F, 0xFEFF,
      0xFFA0, 0xFFF0...0xFFFF, 0x1D173...0x1D17A, 0xE0000...0xE0FFF, 0xF0000...0x10FFFF:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// The text without its invisible characters; nil if one of them stands for something: a character that was lost, one of
  /// a private use, a variant, or a line break.
  static func removed(from text: String) -> String? {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isInvisible(scalar) else {
        kept.append(scalar)
        continue
      }
      switch scalar.value {
      case 0x85, 0x2028, 0x2029, 0xE000...0xF8FF, 0xFE00...0xFE0F, 0xFFF0...0xFFFD, 0xE0100...0xE01EF, 0xF0000...:
        return nil
      default: continue
      }
    }
    return String(kept)
  }

  /// The kind of an invisible character.
  static func name(_ scalar: Unicode.Scalar) -> LocalizedText {
    switch scalar.value {
    case ..<0xA0: LocalizedText(zh: "控制字符", en: "a control character")
    case 0xAD: LocalizedText(zh: "软连字符", en: "a soft hyphen")
    case 0xFEFF: LocalizedText(zh: "字节顺序标记", en: "a byte order mark")
    case 0xFFFD: LocalizedText(zh: "替换字符（原字已丢失）", en: "the replacement character (the original is lost)")
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x61C:
      LocalizedText(zh: "文字方向控制符", en: "a control for the writing direction")
    case 0x2028, 0x2029: LocalizedText(zh: "行段分隔符", en: "a line or paragraph separator")
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180D, 0x180F:
      LocalizedText(zh: "异体字选择符", en: "a variation selector")
    case 0xE0000...0xE007F: LocalizedText(zh: "标签字符", en: "a tag character")
    case 0xFDD0...0xFDEF: LocalizedText(zh: "非字符", en: "a noncharacter")
    case _ where scalar.value & 0xFFFE == 0xFFFE: LocalizedText(zh: "非字符", en: "a noncharacter")
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: LocalizedText(zh: "私用区字符", en: "a private-use character")
    default: LocalizedText(zh: "看不见的字符", en: "an invisible character")
    }
  }
}
