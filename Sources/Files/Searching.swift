extension RandomAccessCollection {
  /// The first place at which `isPast` holds, in a collection in which it holds for none and then for all; the end if it
  /// holds for none.
  public func firstSorted(where isPast: (Element) throws -> Bool) rethrows -> Index {
    var low = startIndex
    var count = count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if try isPast(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
