import AtomicFiles

/// The texts of a sheet as a table in CSV (RFC 4180, UTF-8, LF): record n is row n of the sheet, and cell m its column m, so
/// that a position in the one is a position in the other. Rows without content are empty lines.
package struct SheetContent: Sendable {
  package var table: Bytes
  /// Cells whose content is no text that can be read, in the order of the sheet.
  package var unreadable: [UnreadableCell]
  /// Rows that are hidden and have content.
  package var hiddenRows: Int
  /// The ranges that are merged, in the order of the sheet.
  package var mergedRanges: [Range]

  /// The sheet is the list of findings that a check has added.
  package var isListOfFindings: Bool { FindingsSheet.fills(in: self) != nil }

  /// Cells by their rows and columns, which count from 0.
  package struct Range: Sendable, Hashable {
    package var rows: ClosedRange<Int>
    package var columns: ClosedRange<Int>
  }

  /// A cell without a text of its own.
  package struct UnreadableCell: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
      /// A formula whose value was not saved.
      case formula
      /// A formula that ended in an error, `#REF!`.
      case error(String)
      /// A picture in the cell (`DISPIMG` of WPS).
      case picture
    }

    /// Both count from 0.
    package var row: Int
    package var column: Int
    package var reason: Reason
  }
}
