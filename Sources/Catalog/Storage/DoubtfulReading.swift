import Localization

/// A reading of a cell that is likely but not certain. It is no problem of the catalog, and listed for a person to check.
package struct DoubtfulReading: Sendable {
  /// How many of a catalog are kept: more than anyone checks.
  package static let limit = 1_000

  package var position: SourcePosition
  package var message: LocalizedText

  package init(position: SourcePosition, message: LocalizedText) {
    self.position = position
    self.message = message
  }
}
