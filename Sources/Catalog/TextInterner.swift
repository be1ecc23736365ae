import AtomicFiles
import Platform

/// A text of the catalog, kept once however often it is printed. Two names of one column are the same text exactly if they
/// are equal; `Catalog.text(_:)` gives the text back.
package struct TextID: Hashable, Sendable, Comparable {
  /// The column's pool in the top four bits, the target in it in the rest.
  package let raw: UInt32

  @inlinable
  init(pool: TextColumn, index: UInt32) { raw = UInt32(pool.rawValue) << 28 | index }

  /// Which column's text this is.
  @inlinable
  package var kind: TextColumn { TextColumn(rawValue: UInt8(raw >> 28)) ?? .remark }
  /// Its target among the distinct texts of that column; 0 is the empty text.
  @inlinable
  package var index: Int { Int(raw & 0x0FFF_FFFF) }
  @inlinable
  package var isEmpty: Bool { raw & 0x0FFF_FFFF == 0 }

  /// In the order of first appearance.
  @inlinable
  package static func < (a: TextID, b: TextID) -> Bool { a.raw < b.raw }
}

/// The columns whose texts are kept once.
package enum TextColumn: UInt8, Sendable, CaseIterable {
  case matterID, matterName, lead, deadline, remark, includes, placeholder, itemMatter, itemName, responsible, list,
    audience
}

/// The distinct texts of one column. Written by one thread while a catalog is read, never after.
///
/// Ids stand in ascending order in most files. As long as every new text of a column comes after all before it, no index
/// is kept at all: what is not the last text is new, and a text is found by halving. The first that breaks the order makes
/// the index.
final class TextInterner: @unchecked Sendable {
  let kind: TextColumn
  private(set) var count = 0

  private var capacity = 64
  private var starts: UnsafeMutablePointer<UnsafePointer<UInt8>>
  private var lengths: UnsafeMutablePointer<UInt32>
  /// Every text comes after the one before it by `order(of:to:_:)`: there are no slots.
  private var isAscending = true
  /// Open addressing, linear probing; 0 is free, else the hash in the upper half and index + 1 in the lower, so that a
  /// text that is not there costs one look at one target.
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask = 0
  /// What the texts point into.
  private var owners: [Bytes] = []
  private var chunks: [UnsafeMutablePointer<UInt8>] = []
  private var chunkUsed = 0
  private var chunkSize = 0
  private let seed: UInt64
  /// The text asked for last: neighbours in a column are often the same.
  private var last: UInt32 = 0

  init(_ kind: TextColumn) {
    self.kind = kind
    starts = .allocate(capacity: capacity)
    lengths = .allocate(capacity: capacity)
    slots = .allocate(capacity: 1)
    slots.initialize(to: 0)
    // Seeded anew in every process, so that no input can be written to make it slow. The order of names never depends
    // on it.
    var generator = SystemRandomNumberGenerator()
    seed = generator.next()
    let nothing = Bytes([])
    owners.append(nothing)
    starts[0] = nothing.base
    lengths[0] = 0
    count = 1
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    slots.deallocate()
    for chunk in chunks { chunk.deallocate() }
  }

  /// Keeps `bytes` alive as long as the pool, so that texts may point into it.
  func own(_ bytes: Bytes) { owners.append(bytes) }

  /// The name of the text at `start`, which must stay there as long as the pool (see `own`).
  @inline(__always)
  func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> TextID {
    let previous = Int(last)
    if Int(lengths[previous]) == length, memcmp(starts[previous], start, length) == 0 {
      return TextID(pool: kind, index: last)
    }
    return TextID(pool: kind, index: find(start, length, copy: false))
  }

  /// The name of a text that will not stay where it is: it is copied if it is new.
  func internCopying(_ bytes: UnsafeBufferPointer<UInt8>) -> TextID {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return TextID(pool: kind, index: 0) }
    let previous = Int(last)
    if Int(lengths[previous]) == bytes.count, memcmp(starts[previous], start, bytes.count) == 0 {
      return TextID(pool: kind, index: last)
    }
    return TextID(pool: kind, index: find(start, bytes.count, copy: true))
  }

  func internCopying(_ text: String) -> TextID {
    var text = text
    return text.withUTF8 { internCopying($0) }
  }

  /// The name of a text, if it has been seen.
  func lookUp(_ start: UnsafePointer<UInt8>, _ length: Int) -> TextID? {
    if isAscending {
      var low = 0
      var high = count
      while low < high {
        let middle = (low + high) / 2
        if order(of: middle, to: start, length) < 0 { low = middle + 1 } else { high = middle }
      }
      guard low < count, order(of: low, to: start, length) == 0 else { return nil }
      return TextID(pool: kind, index: UInt32(low))
    }
    let hash = self.hash(start, length)
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
      if UInt32(slots[slot] >> 32) == hash, Int(lengths[index]) == length, memcmp(starts[index], start, length) == 0 {
        return TextID(pool: kind, index: UInt32(index))
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Whether the text at `index` is the one at `start`.
  @inline(__always)
  func holds(_ index: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    index < count && Int(lengths[index]) == length && memcmp(starts[index], start, length) == 0
  }

  /// How the text at `index` compares: below 0 if it comes first. The order is that of ids, `9-999` before `9-1000` before
  /// `10-001`: by what stands before the last hyphen, then by what follows it, shorter texts before longer ones.
  private func order(of index: Int, to start: UnsafePointer<UInt8>, _ length: Int) -> Int {
    let other = starts[index]
    let otherLength = Int(lengths[index])
    let prefix = TextInterner.prefix(start, length)
    let otherPrefix = TextInterner.prefix(other, otherLength)
    if otherPrefix != prefix { return otherPrefix - prefix }
    let first = Int(memcmp(other, start, prefix))
    if first != 0 { return first }
    return otherLength != length
      ? otherLength - length : Int(memcmp(other + prefix, start + prefix, length - prefix))
  }

  /// How many bytes stand before the last hyphen; all, if there is none.
  @inline(__always)
  private static func prefix(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var end = length
    while end > 0 {
      end -= 1
      if start[end] == UInt8(ascii: "-") { return end }
    }
    return length
  }

  private func find(_ start: UnsafePointer<UInt8>, _ length: Int, copy: Bool) -> UInt32 {
    if isAscending {
      if order(of: count - 1, to: start, length) < 0 { return append(start, length, copy: copy) }
      if length == 0 {
        last = 0
        return last
      }
      isAscending = false
      index(slots: 128)
    }
    let hash = self.hash(start, length)
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
      if UInt32(slots[slot] >> 32) == hash, Int(lengths[index]) == length, memcmp(starts[index], start, length) == 0 {
        last = UInt32(index)
        return last
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = UInt64(hash) << 32 | UInt64(count + 1)
    let index = append(start, length, copy: copy)
    if count * 2 > mask { widen() }
    return index
  }

  @inline(__always)
  private func append(_ start: UnsafePointer<UInt8>, _ length: Int, copy: Bool) -> UInt32 {
    if count == capacity { grow() }
    starts[count] = copy ? store(start, length) : start
    lengths[count] = UInt32(length)
    last = UInt32(count)
    count += 1
    return last
  }

  private func store(_ start: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<UInt8> {
    if chunkUsed + length > chunkSize || chunks.isEmpty {
      chunkSize = max(64 * 1024, length)
      chunks.append(.allocate(capacity: chunkSize))
      chunkUsed = 0
    }
    guard let chunk = chunks.last else { return start }
    let target = chunk + chunkUsed
    target.update(from: start, count: length)
    chunkUsed += length
    return UnsafePointer(target)
  }

  private func grow() {
    let wider = capacity * 2
    func moved<T>(_ old: UnsafeMutablePointer<T>) -> UnsafeMutablePointer<T> {
      let new = UnsafeMutablePointer<T>.allocate(capacity: wider)
      new.moveInitialize(from: old, count: count)
      old.deallocate()
      return new
    }
    starts = moved(starts)
    lengths = moved(lengths)
    capacity = wider
  }

  /// Makes the index of all texts, with at least `wanted` slots, a power of two.
  private func index(slots wanted: Int) {
    slots.deallocate()
    var size = wanted
    while count * 2 >= size { size *= 4 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    for text in 0..<count {
      let hash = self.hash(starts[text], Int(lengths[text]))
      var slot = Int(hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt64(hash) << 32 | UInt64(text + 1)
    }
  }

  private func widen() {
    let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
    let size = (mask + 1) * 4
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    for entry in old where entry != 0 {
      var slot = Int(entry >> 32) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
    old.deallocate()
  }

  @inline(__always)
  private func hash(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    var h = seed ^ UInt64(truncatingIfNeeded: length)
    var i = 0
    let raw = UnsafeRawPointer(start)
    while i + 8 <= length {
      h = mix(h, raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
      i += 8
    }
    if i < length {
      var tail: UInt64 = 0
      while i < length {
        tail = tail << 8 | UInt64(start[i])
        i += 1
      }
      h = mix(h, tail)
    }
    return UInt32(truncatingIfNeeded: h ^ (h >> 32))
  }

  @inline(__always)
  private func mix(_ h: UInt64, _ word: UInt64) -> UInt64 {
    let product = (h ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  /// The bytes of a text of this pool; valid as long as the pool.
  @inline(__always)
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: starts[index], count: Int(lengths[index]))
  }

  func text(_ index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }
}
