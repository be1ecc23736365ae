/// An item (关联事项) of a matter.
package struct Item: Sendable {
  /// The index of its matter in `Catalog.matters`; nil if there is no such matter.
  package var matter: Int? { matterIndex < 0 ? nil : Int(matterIndex) }
  /// The matter's id as written.
  package var matterID: TextID
  package var number: Int? { numberValue < 0 ? nil : Int(numberValue) }
  package var name: TextID
  package var responsible: TextID
  /// Later scenes share it (以下场景均包含此事项).
  package var isShared: Bool
  /// Its index in `Catalog.items`.
  package var index: Int { Int(ownIndex) }

  var matterIndex: Int32
  var numberValue: Int32
  var ownIndex: Int32
  var unknown: UInt16
  var source: UInt8
  var row: Int

  package func isUnknown(_ column: ItemColumn) -> Bool { unknown & (1 << column.rawValue) != 0 }
}
