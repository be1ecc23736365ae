// Counting problems: when enough are kept, most of the others need no words, and are counted by the automaton alone. That
// is done only where it is certain how many libxml2 would report; elsewhere it is asked as before. A document in which
// every matter is wrong would be read at a third of the speed otherwise.
extension Reading {
  /// How many problems the validator would report of a start tag that the automaton does not accept.
  /// - Returns: nil if that is not certain.
  func countProblems(
    _ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int, of type: Int32
  ) -> Int? {
    guard let automaton, type >= 0, entrusted == 0 else { return nil }
    var missing = automaton.types[Int(type)].required
    var found = 0
    for index in 0..<count {
      guard let attribute = raw.map({ $0 + index * 5 }), attribute[2] == nil, let start = attribute[3],
        let end = attribute[4]
      else { return nil }
      let cell = automaton.attribute(lookup(attribute[0]).symbol, of: type)
      guard cell.bit >= 0 else {
        // An attribute that the type does not have.
        found += 1
        continue
      }
      missing &= ~(1 << UInt64(cell.bit))
      let value = UnsafeBufferPointer(start: start, count: end - start)
      // An ampersand is not decoded here.
      if value.contains(0x26) { return nil }
      if automaton.accepts(value, Int(cell.check)) { continue }
      guard automaton.isOneProblem(value, Int(cell.check)) else { return nil }
      found += 1
    }
    return found + missing.nonzeroBitCount
  }

  /// Whether it is certain that the validator would report one problem at the end of the innermost element, which the
  /// automaton does not accept.
  func hasProblemAtEnd() -> Bool {
    let element = open[depth - 1]
    guard let automaton, entrusted == 0, !element.isLost, !element.isTextShared, element.type >= 0 else { return false }
    let row = automaton.types[Int(element.type)]
    switch row.content {
    case .text: return isLeaf && automaton.isOneProblem(text.buffer, Int(row.check))
    case .elements: return !automaton.isFinal[Int(element.state)] && text.buffer.isBlank
    case .empty: return false
    }
  }
}
