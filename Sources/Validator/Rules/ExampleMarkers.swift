/// The position at which an example expects a finding.
package struct ExpectedPosition: Sendable, Hashable, Comparable {
  /// The file's name; nil in a document or list, which is one file.
  package let file: String?
  /// Counted from 1; nil for a finding about a file as a whole.
  package let line: Int?
  /// In characters, counted from 1; nil where the position is a line, as in an XML document.
  package let column: Int?

  package init(file: String?, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// A file as a whole.
  package static func file(_ name: String) -> ExpectedPosition { ExpectedPosition(file: name) }

  /// A position in a file that the example does not show, or shows in another encoding.
  package static func position(_ name: String, line: Int, column: Int) -> ExpectedPosition {
    ExpectedPosition(file: name, line: line, column: column)
  }

  package static func < (a: ExpectedPosition, b: ExpectedPosition) -> Bool {
    (a.file ?? "", a.line ?? 0, a.column ?? 0) < (b.file ?? "", b.line ?? 0, b.column ?? 0)
  }
}

/// The markers in the examples of the rules: each `↓` marks the position of one finding. In a
/// table that is the first character of a cell, of a row or of the bytes concerned; in an XML document it is the line.
/// The markers are removed before an example is read.
package enum ExampleMarkers {
  package static let marker = "↓"

  static func removed(from content: Example.Content) -> Example.Content {
    switch content {
    case .tables(let files): .tables(files.mapValues { split($0).text })
    case .document(let text): .document(text.replacing(marker, with: ""))
    case .list(let text): .list(text.replacing(marker, with: ""))
    case .word: content
    }
  }

  static func positions(in content: Example.Content) -> [ExpectedPosition] {
    switch content {
    case .tables(let files):
      files.flatMap { name, bytes in
        split(bytes).markers.map {
          // In a description the position is a line.
          ExpectedPosition(file: name, line: $0.line, column: name.hasSuffix(".json") ? nil : $0.column)
        }
      }
    case .document(let text):
      split(Array(text.utf8)).markers.map { ExpectedPosition(file: nil, line: $0.line) }
    case .list(let text):
      split(Array(text.utf8)).markers.map { ExpectedPosition(file: nil, line: $0.line, column: $0.column) }
    case .word: []
    }
  }

  /// The text without its markers, and line and column of each marker in that text.
  private static func split(_ bytes: [UInt8]) -> (text: [UInt8], markers: [(line: Int, column: Int)]) {
    let wanted = Array(marker.utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var markers: [(line: Int, column: Int)] = []
    var line = 1
    var column = 1
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: wanted) {
        markers.append((line, column))
        index += wanted.count
        continue
      }
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        // A character counts by its first byte.
        column += 1
      }
      text.append(byte)
      index += 1
    }
    return (text, markers)
  }
}
