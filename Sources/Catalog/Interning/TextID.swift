/// A text of the catalog, stored once however often it occurs: its column and its number there. Two ids of one column are
/// equal exactly if their texts and the meanings of these are; `Catalog.text(_:)` returns the text. In a catalog with lists of
/// several regions the same text is another one in each region (see `RegionalTexts`), and so is the name of an item whose row
/// names the approval.
///
/// Public for the reason given at `ByteBuffer`.
public struct TextID: Hashable, Sendable, Comparable {
  /// The column in the top four bits, the number in the rest.
  public let raw: UInt32

  /// - Parameter raw: the number of another id.
  @inlinable @inline(__always)
  public init(raw: UInt32) { self.raw = raw }

  init(column: TextColumn, index: UInt32) { raw = UInt32(column.rawValue) << 28 | index }

  /// The column that the text belongs to.
  package var kind: TextColumn { TextColumn(rawValue: UInt8(raw >> 28)) ?? .remark }
  /// The `rawValue` of its column.
  @inlinable @inline(__always)
  public var kindIndex: Int { Int(raw >> 28) }
  /// Its number among the distinct texts of that column; 0 is the empty text.
  @inlinable @inline(__always)
  public var index: Int { Int(raw & 0x0FFF_FFFF) }
  @inlinable @inline(__always)
  public var isEmpty: Bool { raw & 0x0FFF_FFFF == 0 }

  /// In the order of first appearance.
  @inlinable @inline(__always)
  public static func < (a: TextID, b: TextID) -> Bool { a.raw < b.raw }
}
