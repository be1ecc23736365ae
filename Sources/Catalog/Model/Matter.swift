/// A matter (一件事). Texts are `TextID`s: `Catalog.text(_:)` gives them back.
package struct Matter: Sendable {
  package var id: TextID
  /// Its index in `Catalog.lists`; nil if the list is not known.
  package var list: Int? { listIndex < 0 ? nil : Int(listIndex) }
  /// Its number in the list; nil if the cell holds none.
  package var number: Int? { numberValue < 0 ? nil : Int(numberValue) }
  /// Its index in `Catalog.audiences`; nil if the cell names none.
  package var audience: Int? { audienceIndex < 0 ? nil : Int(audienceIndex) }
  var audienceIndex: Int32
  package var name: TextID
  package var lead: TextID
  package var deadline: TextID
  package var remark: TextID
  /// The id, as written, of the matter whose shared items it includes.
  package var includesID: TextID
  /// That matter's index in `Catalog.matters`.
  package var includes: Int? { includesIndex < 0 ? nil : Int(includesIndex) }
  /// What is printed beside "/" in place of an item, if it is not "/" again (2-081).
  package var placeholder: TextID
  /// The indices of its own items in `Catalog.items`.
  package var items: Range<Int> { Int(firstItem)..<Int(firstItem) + Int(itemCount) }
  /// Its index in `Catalog.matters`.
  package var index: Int { Int(ownIndex) }

  var listIndex: Int32
  var numberValue: Int32
  var includesIndex: Int32
  var firstItem: Int32
  var itemCount: Int32
  var ownIndex: Int32
  /// Cells that are there but could not be read, or are not there: bit by `MatterColumn`.
  var unknown: UInt16
  /// Which source it was read from, and where its row begins there.
  var source: UInt8
  /// It has been withdrawn (`Catalog.withdrawal(of:)`): it has no duties, and its row stays.
  package internal(set) var isWithdrawn = false
  var row: Int

  /// Whether the cell could not be read: what depends on it alone is not judged.
  package func isUnknown(_ column: MatterColumn) -> Bool { unknown & (1 << column.rawValue) != 0 }
}
