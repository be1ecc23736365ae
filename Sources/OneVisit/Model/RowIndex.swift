/// The index of a value in the arrays of the catalog that it was read from, by which a rule's finding gets its
/// position. It does not count in comparisons: two values are equal if their contents are.
struct RowIndex: Sendable, Hashable {
  let value: Int

  init(_ value: Int) { self.value = value }

  static func == (first: RowIndex, second: RowIndex) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}
