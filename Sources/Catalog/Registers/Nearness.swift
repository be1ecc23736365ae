/// The edit distance of two names, counted in typing mistakes: a character wrong, missing, added, or two adjacent ones
/// swapped.
package enum Nearness {
  /// The restricted Damerau-Levenshtein distance, or nil if it is more than `limit`; in time that grows with the length of
  /// the names times `limit`.
  package static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int? {
    if abs(a.count - b.count) > limit { return nil }
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    // Cells further than `limit` from the diagonal are beyond it, so that only a band is computed.
    let beyond = limit + 1
    var before = [Int](repeating: beyond, count: b.count + 1)
    var previous = (0...b.count).map { min($0, beyond) }
    var current = [Int](repeating: beyond, count: b.count + 1)
    for i in 1...a.count {
      let first = max(1, i - limit)
      let last = min(b.count, i + limit)
      if first > last { return nil }
      // The cells beside the band, which hold the values of an earlier row.
      current[first - 1] = first == 1 ? min(i, beyond) : beyond
      if last < b.count { current[last + 1] = beyond }
      var least = current[first - 1]
      for j in first...last {
        var cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
        current[j] = cost
        least = min(least, cost)
      }
      if least > limit { return nil }
      (before, previous, current) = (previous, current, before)
    }
    return previous[b.count] <= limit ? previous[b.count] : nil
  }

  /// The candidate with the smallest distance, the first of several; nil if more than a third of the characters differ.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
    // A third of the characters may differ, at least one.
    var limit = max(1, wanted.count / 3)
    var best: String?
    for candidate in candidates {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      guard let distance = distance(wanted, scalars, limit: limit), distance < scalars.count else { continue }
      if best == nil || distance < limit {
        best = candidate
        limit = distance
        if distance == 0 { break }
      }
    }
    return best
  }
}
