import AtomicFiles
import CLibXML2
import Localization
import Platform

/// What is checked of a tag besides what the schema says: that the document is one of the format, and limits of our own.
extension Reading {
  /// Whether the first element is the format's root, in an encoding that is read; else the reading is over.
  mutating func isRoot(_ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, line: Int) -> Bool {
    if let encoding = encoderName, !Reading.encodings.contains(encoding.uppercased()) {
      giveUp(.encoding, line: line)
      fatal?.value = encoding
      return false
    }
    let found = name(localName)
    if found == format.root && uri == table.namespace { return true }
    giveUp(.otherFormat, line: line)
    let value = Reading.qualified(found, namespace: uri.map { name($0) })
    fatal?.value = value
    fatal?.expected = [Reading.qualified(format.root, namespace: format.namespace)]
    return false
  }

  private static func qualified(_ name: String, namespace: String?) -> String {
    namespace.map { "<\(name) xmlns=\"\($0)\">" } ?? "<\(name)>"
  }

  /// Whether the root, whose attributes have been gathered, has a version of the format; else the reading is over.
  mutating func hasRightVersion(_ line: Int) -> Bool {
    if format.versions.isEmpty { return true }
    let number = format.names.firstIndex(of: "version")
    let found = attribute(number).map { String(decoding: $0, as: UTF8.self) }
    if let found, format.versions.contains(found) { return true }
    giveUp(.otherVersion, line: line)
    fatal?.value = found
    fatal?.expected = format.versions
    return false
  }

  /// Whether an element within another one is to be read: not where the validator has lost the outer one, nor if the outer
  /// one can never contain it.
  /// - Parameter step: what the automaton makes of it.
  @inline(__always)
  mutating func isWithinOpen(
    _ localName: UnsafePointer<UInt8>?, _ number: Int, _ step: SchemaAutomaton.Step, line: Int
  ) -> Bool {
    if text.count > 0 { dropBlanks() }
    if open[depth - 1].isLost {
      skipping = 1
      return false
    }
    guard step.isNone, schema != nil else { return true }
    guard askLibrary() != nil, let outline else { return false }
    if table.allows(number, in: open[depth - 1].name, outline) { return true }
    reject(localName, line: line)
    return false
  }

  /// Reports an element that the open one can never contain, and leaves it out. The validator does not see it.
  private mutating func reject(_ localName: UnsafePointer<UInt8>?, line: Int) {
    let parent = name(open[depth - 1].localName)
    let holdsText = outline?.children[parent]?.isEmpty == true
    var problem = XMLProblem(
      .schema(holdsText ? .elementsNotAllowed : .unexpectedElement), line: line, element: name(localName),
      parent: parent, expected: outline?.children[parent] ?? [])
    if holdsText { problem.element = parent }
    keep(problem)
    isLeaf = false
    skipping = 1
  }

  /// Text before a tag: blanks between tags are dropped; anything else is left to the validator to report.
  private mutating func dropBlanks() {
    if schema != nil, depth > 0, !open[depth - 1].isLost, !text.buffer.isBlank { judgeText() }
    text.clear()
  }

  // MARK: Combining marks

  /// Whether a value of so many bytes could have more combining marks on a character than are allowed: each is of two bytes.
  @inline(__always)
  static func isLong(_ count: Int) -> Bool { count > XMLProblem.Limit.marks.rawValue * 2 }

  /// Whether a value of an attribute has too many combining marks on a character.
  func hasPile() -> Bool {
    UnsafeBufferPointer(start: attributes, count: attributeCount).contains {
      CombiningMarks.firstPile(in: $0.value) != nil
    }
  }

  /// Ends the reading because of such a value.
  mutating func giveUpPile(_ localName: UnsafePointer<UInt8>?, line: Int) {
    giveUp(.limit(.marks), line: line)
    let element = name(localName)
    fatal?.element = element
  }
}
