/// How a text was spoilt on its way through programs and encodings.
enum TextDamage {
  /// `????`: characters that an encoding did not have.
  case questionMarks
  /// `#NAME?`, `#REF!`: a formula's error that was saved in place of the value.
  case formulaError
  /// Chinese text in GBK that was read as Latin-1.
  case readAsLatin
  /// Chinese text in UTF-8 that was read as GBK.
  case readAsGBK

  /// - Parameter bytes: UTF-8.
  /// - Returns: nil if the text looks sound.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "#"), TextDamage.isFormulaError(bytes) {
      self = .formulaError
      return
    }
    var marks = 0
    var latin = 0
    var mistaken = 0
    var characters = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      characters += 1
      if byte < 0x80 {
        if byte == UInt8(ascii: "?") { marks += 1 }
        index += 1
      } else if byte < 0xE0 {
        if byte == 0xC2 || byte == 0xC3 { latin += 1 }
        index += 2
      } else if byte < 0xF0, index + 2 < bytes.count {
        let scalar = UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        if CharacterSets.readAsGBK.contains(scalar) { mistaken += 1 }
        index += 3
      } else {
        index += 4
      }
    }
    if marks >= 2, marks == characters || marks >= 3 {
      self = .questionMarks
    } else if latin >= 2, latin * 2 > characters {
      self = .readAsLatin
    } else if mistaken >= 2, mistaken * 4 >= characters {
      self = .readAsGBK
    } else {
      return nil
    }
  }

  private static func isFormulaError(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!"].contains {
      bytes.elementsEqual($0.utf8)
    }
  }
}

/// Sets of Chinese characters, U+4E00 to U+9FFF and what stands around them.
struct CharacterSets {
  private let bits: [UInt64]

  init(_ characters: String) {
    var bits = [UInt64](repeating: 0, count: 1024)
    for scalar in characters.unicodeScalars where scalar.value < 0x10000 {
      bits[Int(scalar.value >> 6)] |= 1 << UInt64(scalar.value & 63)
    }
    self.bits = bits
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x10000 && bits[Int(scalar >> 6)] & (1 << UInt64(scalar & 63)) != 0
  }

  /// What the bytes of common Chinese characters in UTF-8 are in GBK: hardly a word is written with these.
  static let readAsGBK = CharacterSets(
    "锛銆鈥涓鍏鐨浜鍔寮璁鎴浼缁瀹杩鍖鍚姘鎵鏄鍙鍦鏈夊彂鐞嗚闂笟鐢鐧鑰鍗澶佷佸鎴戣紑鍙鍏搴簵叕搧嶅伐鍞犲棣炴跺淇姟鍒鎶閿璁ㄥ骇溅撳栧堕鍐炲椋杞攢鍘ㄨ熷昏琛涔佺瓙鎵崠荤悊绉宸枡嬪鏂")

  /// Traditional forms of characters that are common in names of services.
  static let traditional = CharacterSets(
    "開關門業務證醫療員國學會傷運車鐵動產權資訊辦發書買賣繳納稅險養護經營許變設環藥飲飯館場報紙電話機網聯與為時間實際項單據題問應當執進遠連選過還這邊達違農漁獵獸貓雞魚鳥麥麵體標準"
  )

  /// The first character of a text that is in the set.
  func first(in bytes: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
    var index = 0
    while index + 2 < bytes.count {
      let byte = bytes[index]
      guard byte >= 0xE0, byte < 0xF0 else {
        index += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        continue
      }
      let scalar = UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
      if contains(scalar) { return Unicode.Scalar(scalar) }
      index += 3
    }
    return nil
  }
}
