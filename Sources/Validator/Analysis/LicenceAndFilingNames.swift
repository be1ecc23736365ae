/// Names with both 许可 and 备案.
enum LicenceAndFilingNames {
  private static let filing = Array("备案".utf8)
  private static let licence = Array("许可".utf8)

  /// A quick check of the bytes: false if one of the words is missing.
  static func mayBeBoth(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 12 && contains(bytes, filing) && contains(bytes, licence)
  }

  private static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    word.withUnsafeBufferPointer { word in
      var start = 0
      while start + word.count <= bytes.count {
        var length = 0
        while length < word.count, bytes[start + length] == word[length] { length += 1 }
        if length == word.count { return true }
        start += 1
      }
      return false
    }
  }

  /// Whether one part of the name contains both words.
  static func isBoth(_ name: String) -> Bool {
    guard name.contains("备案"), name.contains("许可") else { return false }
    return NameParts.of(name).contains { $0.contains("备案") && $0.contains("许可") }
  }
}
