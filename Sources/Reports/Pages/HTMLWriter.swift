import AtomicFiles
import Localization

/// Writes HTML. Names of elements and attributes are literals of the program; whatever else is written is escaped here, and
/// characters that are not seen are written out (`VisibleText`): a text of a catalog cannot become markup.
///
/// Serialized by the HTML Living Standard §13.1.2: void elements have no end tag, attribute values are quoted.
package struct HTMLWriter {
  /// Names with their values. Nil leaves the attribute out, the empty text stands for an attribute without a value.
  package typealias Attributes = KeyValuePairs<StaticString, String?>

  let writer: ByteWriter
  let language: Language

  package init(to writer: ByteWriter, language: Language) {
    self.writer = writer
    self.language = language
  }

  /// One of two texts, by the language of the page.
  func localized(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

  // MARK: Elements

  /// An element on lines of its own.
  package func block(_ name: StaticString, _ attributes: Attributes = [:], _ content: () throws -> Void) throws {
    try open(name, attributes)
    try line()
    try content()
    try close(name)
    try line()
  }

  /// An element on a line of its own, with a text.
  package func block(_ name: StaticString, _ attributes: Attributes, _ text: String) throws {
    try inline(name, attributes, text)
    try line()
  }

  package func block(_ name: StaticString, _ text: String) throws { try block(name, [:], text) }

  /// An element on a line of its own, whose content is written without line breaks.
  package func row(_ name: StaticString, _ attributes: Attributes = [:], _ content: () throws -> Void) throws {
    try inline(name, attributes, content)
    try line()
  }

  /// An element within a line.
  package func inline(_ name: StaticString, _ attributes: Attributes = [:], _ content: () throws -> Void) throws {
    try open(name, attributes)
    try content()
    try close(name)
  }

  /// An element within a line, with a text.
  package func inline(_ name: StaticString, _ attributes: Attributes, _ text: String) throws {
    try inline(name, attributes) { try self.text(text) }
  }

  package func inline(_ name: StaticString, _ text: String) throws { try inline(name, [:], text) }

  /// An element that has no content and no end tag.
  package func void(_ name: StaticString, _ attributes: Attributes = [:]) throws { try open(name, attributes) }

  // MARK: Text

  /// Words of the program, and ids.
  package func text(_ text: String) throws { try escape(text) }

  /// Words of the program with ids in them, such as `duplicate-id`, `2-037` or `--fix`: a line does not break within one.
  package func words(_ text: String) throws {
    func isPart(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "-" || scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let other = rest.prefix { !isPart($0) }
      if !other.isEmpty { try self.text(String(other)) }
      rest = rest[other.endIndex...]
      let word = rest.prefix(while: isPart)
      rest = rest[word.endIndex...]
      if word.contains("-"), word.count <= HTMLWriter.longestID {
        try inline("span", ["class": "id"], String(word))
      } else if !word.isEmpty {
        try self.text(String(word))
      }
    }
  }

  /// What is longer would not fit on the line of a phone.
  private static let longestID = 36

  /// A text of the catalog: its writing direction does not affect what stands around it (`bdi`, §4.5.24), and a reader that
  /// speaks knows its language.
  package func data(_ text: String) throws {
    try inline("bdi", ["lang": language == .chinese ? nil : "zh"], text)
  }

  /// A line break, which browsers show as a blank.
  package func line() throws { try writer.append(byte: UInt8(ascii: "\n")) }

  // MARK: Writing

  private func open(_ name: StaticString, _ attributes: Attributes) throws {
    try writer.append(byte: UInt8(ascii: "<"))
    try writer.append(literal: name)
    for (attribute, value) in attributes {
      guard let value else { continue }
      try writer.append(byte: UInt8(ascii: " "))
      try writer.append(literal: attribute)
      if value.isEmpty { continue }
      try writer.append(literal: "=\"")
      try escape(value)
      try writer.append(byte: UInt8(ascii: "\""))
    }
    try writer.append(byte: UInt8(ascii: ">"))
  }

  private func close(_ name: StaticString) throws {
    try writer.append(literal: "</")
    try writer.append(literal: name)
    try writer.append(byte: UInt8(ascii: ">"))
  }

  private func escape(_ text: String) throws {
    var visible = VisibleText.line(text)
    try visible.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() {
        let reference: StaticString
        switch byte {
        case UInt8(ascii: "&"): reference = "&amp;"
        case UInt8(ascii: "<"): reference = "&lt;"
        case UInt8(ascii: ">"): reference = "&gt;"
        case UInt8(ascii: "\""): reference = "&quot;"
        case UInt8(ascii: "'"): reference = "&#39;"
        default: continue
        }
        try writer.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        try writer.append(literal: reference)
        start = index + 1
      }
      try writer.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }
}
