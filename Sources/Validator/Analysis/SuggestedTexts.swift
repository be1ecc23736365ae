extension String {
  /// The text with one of the names in it replaced; nil if it does not hold the name exactly once, or without a
  /// replacement.
  func replacingOnly(_ name: String, by replacement: String?) -> String? {
    guard let replacement, !name.isEmpty else { return nil }
    let places = ranges(of: name)
    guard places.count == 1, let place = places.first else { return nil }
    return replacingCharacters(place, by: replacement)
  }

  private func replacingCharacters(_ range: Range<String.Index>, by replacement: String) -> String {
    String(self[..<range.lowerBound]) + replacement + String(self[range.upperBound...])
  }
}
