import Tables
import Wording

/// Something that could not be read, found while a catalog was read. The rules of the group "reading" turn these into
/// findings; the catalog itself goes on without the cell.
public struct ReadingIssue: Sendable {
  public enum Kind: Sendable {
    // The input as a whole: nothing was read.
    case unreadable(Bilingual)
    case refusedDoctype
    case missingHeader(expected: [String])
    case malformedXML(Bilingual, detail: String)

    // A table.
    case missingTable(String)
    /// The header has no such column, but perhaps one that is a misspelling of it.
    case missingColumn(String, written: String? = nil)
    case repeatedColumn(String)
    case unknownColumn(String, nearest: String?)
    case syntax(SyntaxComplaint.Kind)
    case encoding
    case rowLength(found: Int, expected: Int)

    // XML against the schema.
    case schema(Bilingual, detail: String)
    /// A reference says something else than the text beside it.
    case contradiction(Bilingual)

    // A cell.
    case missingValue
    case malformedValue(Expectation)
    case unknownList
    case unknownNotice
    case unknownMatter
    case unknownDepartment

    // A list in the official layout that cannot be read for certain.
    case unclear(Bilingual)
  }

  /// What a cell should have held.
  public enum Expectation: Sendable, Hashable {
    case number, date, audience, identifier, matterID, truth, count, period
  }

  public var kind: Kind
  public var place: Place
  /// The matter or row that it is about, where that is known: an id as written.
  public var subject: String?
  /// The matter's place in `Catalog.matters`.
  public var matter: Int?
  /// What the cell holds, where the issue is about a cell that holds something.
  public var text: String?

  public init(_ kind: Kind, at place: Place, subject: String? = nil, matter: Int? = nil, text: String? = nil) {
    self.kind = kind
    self.place = place
    self.subject = subject
    self.matter = matter
    self.text = text
  }

  /// The input cannot be read as a catalog at all: exit status 2.
  public var isFatal: Bool {
    switch kind {
    case .unreadable, .refusedDoctype, .missingHeader, .malformedXML: true
    default: false
    }
  }
}

extension Catalog {
  /// The catalog with what was found only once it was put together.
  public func adding(_ issues: [ReadingIssue]) -> Catalog {
    guard !issues.isEmpty else { return self }
    var catalog = self
    catalog.issues += issues
    return catalog
  }
}
