/// The id of a matter by the prefix of its list and its number, `2-037`, as bytes. One value writes many ids, one after the
/// other, without memory of its own for each.
package struct MatterIDBytes {
  private var bytes: [UInt8] = []

  package init() {}

  /// - Parameter number: at least 0.
  package mutating func write(_ prefix: [UInt8], _ number: Int) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: prefix)
    bytes.append(UInt8(ascii: "-"))
    var width = 3
    var rest = number / 1000
    while rest > 0 {
      width += 1
      rest /= 10
    }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
    rest = number
    var index = bytes.count - 1
    while rest > 0 {
      bytes[index] += UInt8(rest % 10)
      rest /= 10
      index -= 1
    }
  }

  func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R { bytes.withUnsafeBufferPointer(body) }
}

extension TextInterner {
  /// The id of the text `bytes`, if it has been interned: of a matter's id that probably stands as far from the text `own`, in
  /// the order of the rows, as their numbers differ. Then nothing is searched.
  func lookUp(_ bytes: UnsafeBufferPointer<UInt8>, near own: Int) -> TextID? {
    guard let base = bytes.baseAddress else { return nil }
    let near = own + TextInterner.number(atEndOf: bytes) - TextInterner.number(atEndOf: self.bytes(own))
    if near > 0, holds(near, base, bytes.count) { return TextID(column: kind, index: UInt32(near)) }
    return lookUp(base, bytes.count)
  }

  /// The number of the digits at the end, of which the last nine count; 0 if there is none.
  private static func number(atEndOf bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var (value, power) = (0, 1)
    for byte in bytes.reversed() {
      guard byte >= 0x30, byte <= 0x39, power < 1_000_000_000 else { break }
      value += Int(byte - 0x30) * power
      power *= 10
    }
    return value
  }
}

extension Catalog {
  /// The first matter with the id `bytes`, which has the same prefix as another matter's id, `own`.
  package func matter(id bytes: MatterIDBytes, near own: TextID) -> Matter? {
    bytes.withBytes { interners[Int(TextColumn.matterID.rawValue)].lookUp($0, near: own.index) }
      .flatMap { firstMatter(withID: $0) }
  }
}
