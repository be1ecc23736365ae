import Catalog

/// The names of matters that have been seen, by what they mean: without punctuation, blanks and endings. Finds the earlier name
/// of the same form, or one that has a character less or two characters in the other order. The hashes of these follow from
/// those of the form's beginnings, so that a name takes time linear in its length.
///
/// For catalogs of up to `mostNames` names; `RepeatedNameForms` finds names of the same form in any.
struct MatterNameForms {
  static let mostNames = 20_000

  private var names: NumbersByHash
  /// Its first `length` bytes are the form; it only grows.
  private var form: [UInt8] = []
  private var length = 0
  /// Where the form's characters begin, and its end.
  private var starts: [Int] = []
  /// By the number of bytes: the hash of the form's beginning, and the power of the base.
  private var beginnings: [UInt64] = [0]
  private var powers: [UInt64] = [1]

  /// A shorter form, in bytes or, for a slip, in characters, is too short to compare.
  private static let (fewestBytes, fewestCharacters) = (MatterNameForm.fewestBytes, 6)
  private static let base: UInt64 = 0x0000_0100_0000_01B3

  /// - Parameter count: how many names will be inserted at most.
  init(count: Int) { names = NumbersByHash(count: count) }

  /// - Returns: the earlier name that hardly differs from this one, or nil.
  mutating func insert(_ name: TextID, _ catalog: Catalog) -> TextID? {
    length = catalog.withBytes(name) { MatterNameForm.write($0, to: &form) }
    guard length >= MatterNameForms.fewestBytes else { return nil }
    let hash = hashBeginnings()
    if names.number(of: hash) != nil { return self.name(hash, of: form[..<length], catalog) }
    let slip = slip(catalog)
    names.insert(hash, name.raw)
    return slip
  }

  private mutating func hashBeginnings() -> UInt64 {
    while beginnings.count <= length {
      beginnings.append(0)
      powers.append(powers[powers.count - 1] &* MatterNameForms.base)
    }
    starts.removeAll(keepingCapacity: true)
    let hash = form.withUnsafeBufferPointer { form in
      beginnings.withUnsafeMutableBufferPointer { beginnings in
        var hash: UInt64 = 0
        for index in 0..<length {
          let byte = form[index]
          if byte & 0xC0 != 0x80 { starts.append(index) }
          hash = hash &* MatterNameForms.base &+ UInt64(byte) &+ 1
          beginnings[index + 1] = hash
        }
        return hash
      }
    }
    starts.append(length)
    return hash
  }

  /// The hash of a part of the form.
  private func hash(_ start: Int, _ end: Int) -> UInt64 {
    beginnings[end] &- beginnings[start] &* powers[end - start]
  }

  private func slip(_ catalog: Catalog) -> TextID? {
    let count = starts.count - 1
    guard count >= MatterNameForms.fewestCharacters else { return nil }
    for index in 0..<count {
      let (start, end) = (starts[index], starts[index + 1])
      let rest = hash(end, length)
      // 不动产 is not a misspelt 动产.
      let shorter = beginnings[start] &* powers[length - end] &+ rest
      if count > MatterNameForms.fewestCharacters, names.number(of: shorter) != nil, !isNegation(start, end),
        let name = name(shorter, of: form[..<start] + form[end..<length], catalog)
      {
        return name
      }
      guard index + 1 < count else { break }
      let next = starts[index + 2]
      let exchanged =
        ((beginnings[start] &* powers[next - end] &+ hash(end, next)) &* powers[end - start] &+ hash(start, end))
        &* powers[length - next] &+ hash(next, length)
      if names.number(of: exchanged) != nil, form[start..<end] != form[end..<next],
        let name = name(
          exchanged, of: form[..<start] + form[end..<next] + form[start..<end] + form[next..<length], catalog)
      {
        return name
      }
    }
    return nil
  }

  private func isNegation(_ start: Int, _ end: Int) -> Bool {
    ["不", "非", "无", "免", "未"].contains { $0.utf8.elementsEqual(form[start..<end]) }
  }

  /// The name of this hash, if its form is `bytes`.
  private func name(_ hash: UInt64, of bytes: some Sequence<UInt8>, _ catalog: Catalog) -> TextID? {
    guard let raw = names.number(of: hash) else { return nil }
    let name = TextID(raw: raw)
    var other: [UInt8] = []
    let length = catalog.withBytes(name) { MatterNameForm.write($0, to: &other) }
    return other[..<length].elementsEqual(bytes) ? name : nil
  }
}

/// Numbers by 64-bit hashes, in one block of memory: half the instructions of a dictionary, which hashes the hash again.
private struct NumbersByHash {
  private var hashes: [UInt64]
  private var numbers: [UInt32]
  private let mask: Int

  /// - Parameter count: how many will be inserted at most.
  init(count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    (hashes, numbers, mask) = (.init(repeating: 0, count: size), .init(repeating: 0, count: size), size - 1)
  }

  /// The place of a hash, or the free one where it would stand. A free place holds 0.
  @inline(__always)
  private func place(_ hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: (hash ^ hash &>> 32) &* 0x9E37_79B9_7F4A_7C15 &>> 24) & mask
    while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & mask }
    return place
  }

  @inline(__always)
  func number(of hash: UInt64) -> UInt32? {
    let place = place(hash | 1)
    return hashes[place] == 0 ? nil : numbers[place]
  }

  mutating func insert(_ hash: UInt64, _ number: UInt32) {
    let place = place(hash | 1)
    (hashes[place], numbers[place]) = (hash | 1, number)
  }
}
