import AtomicFiles
import CSVFormat

/// Numbers the distinct texts of cells, so that texts are compared as numbers, however often they occur. Texts that are equal
/// as Swift strings, in whatever Unicode form, have the same number.
final class FlatTexts {
  private let interner = ByteInterner()
  // Unchecked: it is used for every cell, and nothing here calls back while it changes this.
  /// By number of the bytes, the number of the first text that is equal.
  @exclusivity(unchecked) private var first: [Int] = []
  /// The texts with characters beyond ASCII, the only ones of which two may be equal.
  private var numbers: [String: Int] = [:]
  private let table: FlatTable

  init(_ table: FlatTable) { self.table = table }

  /// The number of the text of a cell; of a missing one that of the empty text.
  func number(of cell: Cell?) -> Int {
    guard let cell, !cell.isEmpty else { return number(of: "") }
    if cell.isEscaped { return number(of: table.csv.string(cell)) }
    // The table outlives this object.
    return number(interner.intern(table.base + cell.start, cell.end - cell.start))
  }

  func number(of text: String) -> Int { number(interner.intern(copying: text)) }

  /// The number of the bytes of a text if a text with the same bytes has one.
  func known(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    bytes.baseAddress.flatMap { interner.number(of: $0, bytes.count) }.map { first[$0] }
  }

  func text(_ number: Int) -> String { interner.text(number) }

  @inline(__always)
  private func number(_ index: Int) -> Int {
    if index == first.count { enter(index) }
    return first[index]
  }

  private func enter(_ index: Int) {
    guard interner.bytes(of: index).contains(where: { $0 >= 0x80 }) else { return first.append(index) }
    let text = interner.text(index)
    let number = numbers[text] ?? index
    numbers[text] = number
    first.append(number)
  }
}
