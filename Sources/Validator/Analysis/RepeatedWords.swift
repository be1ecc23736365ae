/// Finds words that occur twice in a name without punctuation between.
enum RepeatedWords {
  /// A quick check of the bytes: whether two Chinese characters occur twice, at least four characters apart, with only
  /// Chinese characters between.
  static func mayRepeat(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 24 else { return false }
    var run = 0
    var i = 0
    while i < bytes.count {
      guard bytes[i] >= 0xE4, bytes[i] <= 0xE9, i + 3 <= bytes.count else {
        i += 1
        run = i
        continue
      }
      // Compares the pair that ends here with the earlier ones of the run.
      if i - run >= 12 {
        let (a, b, c) = (bytes[i - 1], bytes[i + 1], bytes[i + 2])
        var before = run + 3
        while before <= i - 12 {
          if bytes[before + 2] == c, bytes[before + 1] == b, bytes[before - 1] == a, bytes[before] == bytes[i],
            bytes[before - 2] == bytes[i - 2], bytes[before - 3] == bytes[i - 3]
          {
            return true
          }
          before += 3
        }
      }
      i += 3
    }
    return false
  }

  /// A word that suggests two names run together: four characters that occur twice in one part of the name, or its last
  /// two characters if they occur before with at least two characters on either side.
  static func repeatedWord(_ name: String) -> String? {
    for part in NameParts.of(name) where part.utf8.count >= 24 {
      let scalars = Array(part.unicodeScalars)
      // Longer parts are prose.
      guard scalars.count >= 8, scalars.count <= 200 else { continue }
      let end = Array(scalars.suffix(2))
      if !isCommonEnding(end) {
        for start in 2...(scalars.count - 6) where scalars[start] == end[0] && scalars[start + 1] == end[1] {
          return String(String.UnicodeScalarView(end))
        }
      }
      for start in 0...(scalars.count - 8) {
        for other in (start + 4)...(scalars.count - 4)
        where scalars[start] == scalars[other] && scalars[start..<start + 4] == scalars[other..<other + 4] {
          return String(String.UnicodeScalarView(scalars[start..<start + 4]))
        }
      }
    }
    return nil
  }

  /// Words that also repeat within one name: 登记变更登记 is one service.
  private static func isCommonEnding(_ word: [Unicode.Scalar]) -> Bool {
    ["登记", "许可", "申请", "证明", "单位", "企业", "机构", "人员", "项目", "服务"].contains(String(String.UnicodeScalarView(word)))
  }
}
