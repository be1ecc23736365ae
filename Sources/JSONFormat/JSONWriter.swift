import AtomicFiles

/// Writes JSON (RFC 8259) to a `ByteWriter`. It keeps nothing but the nesting; the caller gives an object members and an
/// array values.
///
/// ```swift
/// let json = JSONWriter(to: writer)
/// try json.object {
///   try json.member("id", "2-037")
///   try json.array("items") { for item in items { try json.object(.line) { … } } }
/// }
/// try json.end()
/// ```
///
/// Besides the characters that JSON requires to be escaped, it escapes those that a terminal interprets or that change the
/// direction of text: DEL, C1 controls, bidi controls, U+2028, U+2029 and U+FEFF.
///
/// Errors: those of the `ByteWriter`.
package final class JSONWriter {
  /// How the members of an object or the elements of an array are separated.
  package enum Layout: Sendable {
    /// One on each line, indented by two blanks a level.
    case lines
    /// All on one line, and everything inside as well.
    case line
  }

  @usableFromInline let writer: ByteWriter
  @usableFromInline var isOnOneLine: Bool
  @usableFromInline var depth = 0
  /// Nothing has been written yet in the object or array that is open.
  @usableFromInline var isFirst = true
  @usableFromInline var followsKey = false

  /// - Parameter isPretty: one member a line; otherwise the whole document on one line.
  package init(to writer: ByteWriter, isPretty: Bool = true) {
    self.writer = writer
    isOnOneLine = !isPretty
  }

  // MARK: Containers

  /// An object; `body` writes its members.
  @inlinable
  package func object(_ layout: Layout = .lines, _ body: () throws -> Void) throws {
    try nest("{", "}", layout, body)
  }

  /// An array; `body` writes its elements.
  @inlinable
  package func array(_ layout: Layout = .lines, _ body: () throws -> Void) throws { try nest("[", "]", layout, body) }

  /// A member that is an object.
  @inlinable
  package func object(_ name: StaticString, _ layout: Layout = .lines, _ body: () throws -> Void) throws {
    try key(name)
    try object(layout, body)
  }

  /// A member that is an array.
  @inlinable
  package func array(_ name: StaticString, _ layout: Layout = .lines, _ body: () throws -> Void) throws {
    try key(name)
    try array(layout, body)
  }

  /// Ends the document with a line break.
  package func end() throws { try writer.append(literal: "\n") }

  // MARK: Keys

  /// A member's name, written without escaping; its value is what is written next.
  @inlinable
  package func key(_ name: StaticString) throws {
    try separate()
    try writer.append(literal: "\"")
    try writer.append(literal: name)
    try writer.append(literal: "\": ")
    followsKey = true
  }

  /// A member's name that is known only when the program runs.
  package func key(named name: String) throws {
    try separate()
    try string(name)
    try writer.append(literal: ": ")
    followsKey = true
  }

  // MARK: Values

  /// A string.
  package func value(_ text: String) throws {
    try separate()
    try string(text)
  }

  /// A string from bytes in UTF-8.
  package func value(utf8 bytes: UnsafeBufferPointer<UInt8>) throws {
    try separate()
    try string(bytes)
  }

  /// A whole number.
  package func value(_ number: Int) throws {
    try separate()
    try writer.append(number: number)
  }

  /// `true` or `false`.
  package func value(_ truth: Bool) throws {
    try separate()
    try writer.append(literal: truth ? "true" : "false")
  }

  /// An array of strings on one line.
  package func value(_ texts: some Sequence<String>) throws {
    try separate()
    try writer.append(literal: "[")
    var isFirst = true
    for text in texts {
      if !isFirst { try writer.append(literal: ", ") }
      isFirst = false
      try string(text)
    }
    try writer.append(literal: "]")
  }

  /// `null`.
  package func null() throws {
    try separate()
    try writer.append(literal: "null")
  }

  /// A value that is JSON already, such as one that was written to memory before and kept.
  package func value(fragment bytes: [UInt8]) throws {
    try separate()
    try writer.append(bytes)
  }

  // MARK: Members

  /// A member that is a string, or `null`.
  package func member(_ name: StaticString, _ text: String?) throws {
    try key(name)
    if let text { try value(text) } else { try null() }
  }

  /// A member that is a string, from bytes in UTF-8.
  package func member(_ name: StaticString, utf8 bytes: UnsafeBufferPointer<UInt8>) throws {
    try key(name)
    try value(utf8: bytes)
  }

  /// A member that is a number, or `null`.
  package func member(_ name: StaticString, _ number: Int?) throws {
    try key(name)
    if let number { try value(number) } else { try null() }
  }

  /// A member that is `true` or `false`.
  package func member(_ name: StaticString, _ truth: Bool) throws {
    try key(name)
    try value(truth)
  }

  /// A member that is an array of strings on one line.
  package func member(_ name: StaticString, _ texts: [String]) throws {
    try key(name)
    try value(texts)
  }

  /// A member whose value is JSON already.
  package func member(_ name: StaticString, fragment bytes: [UInt8]) throws {
    try key(name)
    try value(fragment: bytes)
  }

  // MARK: Nesting

  @inlinable
  func nest(_ open: StaticString, _ close: StaticString, _ layout: Layout, _ body: () throws -> Void) throws {
    try separate()
    try writer.append(literal: open)
    let wasOnOneLine = isOnOneLine
    if layout == .line { isOnOneLine = true }
    depth += 1
    isFirst = true
    try body()
    depth -= 1
    if !isFirst, !isOnOneLine { try breakLine() }
    try writer.append(literal: close)
    isOnOneLine = wasOnOneLine
    isFirst = false
  }

  /// Writes what separates the last key or value from the next.
  @inlinable
  func separate() throws {
    if followsKey {
      followsKey = false
      return
    }
    if depth > 0 {
      if isOnOneLine {
        if !isFirst { try writer.append(literal: ", ") }
      } else {
        if !isFirst { try writer.append(byte: UInt8(ascii: ",")) }
        try breakLine()
      }
    }
    isFirst = false
  }

  @usableFromInline
  func breakLine() throws {
    try writer.append(literal: "\n")
    for _ in 0..<depth { try writer.append(literal: "  ") }
  }
}
