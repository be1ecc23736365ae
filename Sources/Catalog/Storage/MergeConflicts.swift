import AtomicFiles
import CSVFormat

/// Finds the lines that a version control system leaves in a table where two editions contradict each other, and chooses
/// the rows of the first edition, so that no row is read twice.
struct MergeConflicts {
  private enum Part { case outside, first, common, second }

  private let bytes: Bytes
  private var part = Part.outside
  /// The marker that comes first, and how many places there are.
  private var start: Int?
  private var count = 0

  init(_ csv: CSVTable) {
    bytes = csv.bytes
    if let offset = csv.conflictStart {
      start = offset
      count = 1
      part = .first
    }
  }

  /// Whether the row read last may be a marker or stand between two. Called for every row of a large table.
  @inline(__always)
  func mayConcern(_ reader: TableReader) -> Bool {
    part != .outside || bytes.base[reader.rowStart] &- UInt8(ascii: "<") <= 2
  }

  /// Whether the row read last is a marker, or a row of an edition that is not chosen.
  mutating func skips(_ reader: TableReader) -> Bool {
    let offset = reader.rowStart
    switch CSVTable.conflictMarker(at: offset, in: bytes) {
    case UInt8(ascii: "<"):
      start = start ?? offset
      count += 1
      part = .first
      return true
    case UInt8(ascii: "|") where part != .outside:
      part = .common
      return true
    case UInt8(ascii: "="):
      if start == nil {
        start = offset
        count += 1
      }
      // A marker whose beginning has been deleted ends nothing.
      if part != .outside { part = .second }
      return true
    case UInt8(ascii: ">"):
      if start == nil {
        start = offset
        count += 1
      }
      part = .outside
      return true
    default:
      return part == .common || part == .second
    }
  }

  func report(source: Int, table: TableKind, to issues: inout [ReadingIssue]) {
    guard let start else { return }
    issues.append(ReadingIssue(.mergeConflict(count), at: .row(source: source, table: table, offset: start)))
  }
}
