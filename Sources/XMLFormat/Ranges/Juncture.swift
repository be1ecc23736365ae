import AtomicFiles
import CLibXML2

/// A position in a document between two of its repeated elements, and all that a reading has to know to begin there: the
/// two elements that are open, the root and its child that holds the repeated ones.
struct Juncture: Sendable {
  struct Outer: Sendable, Equatable {
    var name: String
    var line: Int
    /// Its type and the state of its content in the schema's automaton.
    var type: Int32
    var state: Int32
    /// How many problems there were at its start tag.
    var problems: Int

    /// Whether what follows is judged in the same way.
    func isAlike(_ other: Outer) -> Bool { type == other.type && state == other.state }
  }

  var outer: [Outer]
  /// The namespaces that the root declares.
  var namespaces: [(prefix: String, name: String)]
  var line: Int
  /// As libxml2 counts it, from 1.
  var column: Int

  func isAlike(_ other: Juncture) -> Bool {
    outer.count == other.outer.count && zip(outer, other.outer).allSatisfy { $0.isAlike($1) }
  }

  /// Start tags that open the outer elements once more, in one line.
  var opening: [UInt8] {
    var text = ""
    for (index, element) in outer.enumerated() {
      text += "<\(element.name)"
      if index == 0 {
        for (prefix, name) in namespaces { text += " xmlns\(prefix.isEmpty ? "" : ":\(prefix)")=\"\(name)\"" }
      }
      text += ">"
    }
    return Array(text.utf8)
  }
}

/// The part of a document that a reading reads.
struct Span {
  /// Where it begins; nil at the beginning of the document.
  var juncture: Juncture?
  /// After so many bytes the tag ends that closes the element with the repeated ones, which was put there to end the
  /// range; nil if the span goes on to the end of the document.
  var end: Int?
  /// How long that tag is.
  var closingTag = 0
  /// How many problems there were before.
  var total = 0

  /// A range may have so many names that the format and the schema do not have. The limit for a document counts
  /// those of all ranges, which no range knows.
  static let mostNewNames: Int32 = 100
}

extension Reading {
  /// An outer element is opened once more: the handler and the problems know it already.
  mutating func reopen(
    _ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, _ namespaceCount: Int32,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard let juncture = span.juncture, let automaton, depth < juncture.outer.count else { return }
    let outer = juncture.outer[depth]
    (open + depth).initialize(
      to: Open(
        name: lookup(localName).number, line: outer.line, localName: localName,
        problems: min(outer.problems, span.total), type: outer.type, state: outer.state,
        librarysState: automaton.types[Int(outer.type)].state))
    depth += 1
    noteScope(namespaceCount, namespaces)
    guard let input = context.pointee.input else { return }
    guard depth == juncture.outer.count else {
      input.pointee.line = Int32(truncatingIfNeeded: juncture.outer[depth].line)
      return
    }
    isOpened = true
    input.pointee.line = Int32(truncatingIfNeeded: juncture.line)
    // The `>` of the tag is still to come.
    input.pointee.col = Int32(truncatingIfNeeded: juncture.column - 1)
    lastLine = juncture.line
    namesBefore = xmlDictSize(context.pointee.dict)
  }

  /// The range ends here, if it is one: what it consists of is whole elements and what may stand between them, so that the
  /// next range goes on as if it were read by the same parser.
  mutating func join() {
    isOver = true
    guard errors.first == nil, fatal == nil, entrusted == 0, encoderName == nil, text.buffer.isBlank,
      let input = context.pointee.input?.pointee, innermostScope <= 1,
      xmlDictSize(context.pointee.dict) - namesBefore <= Span.mostNewNames
    else { return }
    var namespaces: [(prefix: String, name: String)] = []
    let declared = scopes.first?.declared ?? []
    for index in stride(from: 0, to: declared.count - 1, by: 2) {
      let uri = name(declared[index + 1])
      guard !uri.utf8.contains(where: { [0x26, 0x3C, 0x22, 0x09, 0x0A, 0x0D].contains($0) }) else { return }
      namespaces.append((name(declared[index]), uri))
    }
    var outer: [Juncture.Outer] = []
    for element in UnsafeBufferPointer(start: open, count: depth) {
      guard !element.isLost, !element.isTextShared, element.type >= 0, element.state >= 0 else { return }
      outer.append(
        Juncture.Outer(
          name: name(element.localName), line: element.line, type: element.type, state: element.state,
          problems: element.problems))
    }
    juncture = Juncture(
      outer: outer, namespaces: namespaces, line: Int(input.line), column: Int(input.col) - span.closingTag)
  }
}
