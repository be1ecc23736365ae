import CSVFormat
import Localization

/// Something that could not be read, found while a catalog was read. The rules of the group "reading" turn these into
/// findings; the catalog itself goes on without the cell.
package struct ReadingIssue: Sendable {
  package enum Kind: Sendable {
    // The input as a whole: nothing was read.
    case unreadable(LocalizedText)
    case refusedDoctype
    case missingHeader(expected: [String])
    case malformedXML(LocalizedText, detail: String)

    // A table.
    case missingTable(String)
    /// The header has no such column, but perhaps one that is a misspelling of it.
    case missingColumn(String, written: String? = nil)
    case repeatedColumn(String)
    case unknownColumn(String, nearest: String?)
    case syntax(CSVProblem.Kind)
    case encoding
    case rowLength(found: Int, expected: Int)

    // XML against the schema.
    case schema(LocalizedText, detail: String)
    /// A reference says something else than the text beside it.
    case contradiction(LocalizedText)

    // A cell.
    case missingValue
    /// The cell holds something that is not a valid value of its column's kind.
    case malformedValue(ValueKind)
    case unknownList
    case unknownNotice
    case unknownMatter
    case unknownDepartment

    // A list in the official layout that cannot be read for certain.
    case unclear(LocalizedText)
  }

  package var kind: Kind
  package var position: SourcePosition
  /// The matter or row that it is about, where that is known: an id as written.
  package var subject: String?
  /// The matter's position in `Catalog.matters`.
  package var matter: Int?
  /// What the cell holds, where the issue is about a cell that holds something.
  package var text: String?

  package init(
    _ kind: Kind, at position: SourcePosition, subject: String? = nil, matter: Int? = nil, text: String? = nil
  ) {
    self.kind = kind
    self.position = position
    self.subject = subject
    self.matter = matter
    self.text = text
  }

  /// The input cannot be read as a catalog at all: exit status 2.
  package var isFatal: Bool {
    switch kind {
    case .unreadable, .refusedDoctype, .missingHeader, .malformedXML: true
    default: false
    }
  }
}

extension Catalog {
  /// The catalog with what was found only once it was put together.
  package func adding(_ issues: [ReadingIssue]) -> Catalog {
    guard !issues.isEmpty else { return self }
    var catalog = self
    catalog.issues += issues
    return catalog
  }
}
