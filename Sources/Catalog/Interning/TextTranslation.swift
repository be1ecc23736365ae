/// For each text of one catalog, the id of the same text in another. Two texts of the two catalogs are then compared as
/// numbers, however often they occur.
package struct TextTranslation: Sendable {
  /// By `TextColumn.rawValue`, then by index: the index in the other catalog; -1 if it does not have the text.
  private let indices: [[Int32]]

  package init(from old: Catalog, to new: Catalog) {
    indices = TextColumn.allCases.map { column in
      let target = new.interners[Int(column.rawValue)]
      return old.names(column).map { name in
        old.withBytes(name) { bytes in
          guard let start = bytes.baseAddress else { return 0 }
          return target.lookUp(start, bytes.count).map { Int32($0.index) } ?? -1
        }
      }
    }
  }

  /// The same text in the other catalog; nil if that does not have it.
  package subscript(_ name: TextID) -> TextID? {
    let index = indices[name.kindIndex][name.index]
    return index < 0 ? nil : TextID(column: name.kind, index: UInt32(index))
  }

  /// Whether a text of the old catalog and one of the new catalog, of the same column, are the same.
  @inline(__always)
  package func isSame(_ old: TextID, _ new: TextID) -> Bool {
    Int(indices[old.kindIndex][old.index]) == new.index
  }
}
