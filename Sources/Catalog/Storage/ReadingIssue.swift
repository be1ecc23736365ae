import CSVFormat
import Localization

/// A problem found while a catalog was read. The rules of the group `reading` report these as findings; in the catalog the
/// cell concerned is unknown.
package struct ReadingIssue: Sendable {
  package enum Kind: Sendable {
    // The input as a whole could not be read.
    // `fix` is nil where what to do is the usual: to check the path.
    case unreadable(LocalizedText, fix: LocalizedText? = nil)
    case refusedDoctype
    case missingHeader(expected: [String])
    case malformedXML(LocalizedText, detail: String)

    /// A value of `datapackage.json` that is not of the right kind and is ignored.
    case malformedDescription(String, expected: LocalizedText)

    // A table.
    case missingTable(String)
    /// A workbook lacks the sheet of a table; `others` are its sheets that are no tables.
    case missingSheet(String, others: [String])
    /// The file holds another table.
    case exchangedTable(TableKind)
    /// The table has a header and no rows, though other tables refer to it.
    case emptyTable
    /// Lines that a version control system has left where two editions contradict each other.
    case mergeConflict(MergeConflict)
    /// The header lacks a required column; `written` is a column that may be a misspelling of it.
    case missingColumn(String, written: String? = nil)
    case repeatedColumn(String)
    case unknownColumn(String, nearest: String?)
    case syntax(CSVProblem.Kind)
    case encoding
    case rowLength(found: Int, expected: Int)

    // XML against the schema.
    case schema(LocalizedText, detail: String)
    /// A reference and the text beside it contradict each other.
    case contradiction(LocalizedText)

    // A cell.
    case missingValue
    /// Required cells are empty because they are merged with another one; with the range, `F53:F55`.
    case mergedCells(String)
    /// The cell of a workbook has content, but no text.
    case unreadableCell(UnreadableCell)
    /// The cell is not empty and not a valid value of its column's kind.
    case malformedValue(ValueKind)
    /// The cell holds a valid value, but not in its written form; the value is known.
    case looseForm(ValueKind, normal: String)
    case unknownList
    case unknownAudience
    case unknownNotice
    case unknownMatter
    case unknownDepartment

    /// A cell of a list in the layout of a notice that is to the right of all headings, with its text.
    case cellWithoutHeading(String)

    // A list in CSV with a row that can be read in more than one way.
    case unclear(LocalizedText)

    /// A Word document has changes that have not been accepted: how many, and where the first one in a table is.
    case unacceptedChanges(Int, first: LocalizedText?)
  }

  /// Why a cell of a workbook has no text.
  package enum UnreadableCell: Sendable, Hashable {
    /// A formula whose value was not saved.
    case formula
    /// A formula that ended in an error, `#REF!`.
    case error(String)
    /// A picture in the cell.
    case picture
  }

  package var kind: Kind
  package var position: SourcePosition
  /// The id, as written, of the matter or row concerned; nil if it is unknown.
  package var subject: String?
  /// The matter's index in `Catalog.matters`.
  package var matter: Int?
  /// The text of the cell; nil if the cell is empty or the issue does not concern one cell.
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

  /// The cell is read all the same: nothing is unknown.
  package var isHarmless: Bool {
    switch kind {
    case .looseForm, .unacceptedChanges: true
    default: false
    }
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
  /// The catalog with further issues, which are found only after it has been assembled.
  package func adding(_ issues: [ReadingIssue]) -> Catalog {
    guard !issues.isEmpty else { return self }
    var catalog = self
    catalog.issues += issues
    return catalog
  }
}
