import Algorithms
import Platform

/// Numbers distinct byte strings from 0 in the order of their first appearance, so that equal strings are equal numbers
/// and what follows from one is computed once for all its repetitions.
///
/// The program's only interner, public for the reason given at `ByteBuffer`. It replaces `Dictionary` on the hot paths,
/// where hashing `String` or `[UInt8]` with SipHash took most of the time of reading. Written by one thread; several may
/// read it once writing has ended.
///
/// Files usually list ids in ascending order. An interner with `expectsAscending` keeps no hash table as long as every
/// new string sorts after all before it: what differs from the last one and sorts after it is new, and a look-up is a
/// binary search. The first string that breaks the order builds the table.
public final class ByteInterner: @unchecked Sendable {
  // Not checked for overlapping access, for the reason given in `ByteBuffer`.
  @exclusivity(unchecked) @usableFromInline var used = 0
  @exclusivity(unchecked) @usableFromInline var starts: UnsafeMutablePointer<UnsafePointer<UInt8>>
  @exclusivity(unchecked) @usableFromInline var lengths: UnsafeMutablePointer<UInt32>
  /// The string that was asked for last: neighbours in a column are often equal.
  @exclusivity(unchecked) @usableFromInline var last = 0

  @exclusivity(unchecked) private var capacity = 64
  /// Every string sorts after the one before it by `compare`, and there is no hash table.
  @exclusivity(unchecked) private var isAscending: Bool
  /// While they are in order, `prefix` of the last string.
  @exclusivity(unchecked) private var lastPrefix = 0
  /// Open addressing with linear probing. 0 is free; else the upper half is the hash and the lower half number + 1, so
  /// that a string that is absent usually costs one look at one slot.
  @exclusivity(unchecked) private var slots: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked) private var mask = 0
  /// Seeded anew in every process, so that no input can be written to make it slow. The numbers never depend on it.
  private let seed: UInt64

  /// What strings point into that were not copied.
  private var owners: [Bytes] = []
  /// What the copied strings are stored in, and the last of them.
  private var chunks: [UnsafeMutablePointer<UInt8>] = []
  @exclusivity(unchecked) private var chunk: UnsafeMutablePointer<UInt8>?
  @exclusivity(unchecked) private var chunkUsed = 0
  @exclusivity(unchecked) private var chunkSize = 0

  /// - Parameter expectsAscending: whether to do without a hash table as long as new strings come in ascending order.
  package init(expectsAscending: Bool = false) {
    starts = .allocate(capacity: capacity)
    lengths = .allocate(capacity: capacity)
    // A length that no string has, so that nothing equals the last string before there is one.
    lengths[0] = .max
    isAscending = expectsAscending
    slots = .allocate(capacity: 1)
    slots.initialize(to: 0)
    var generator = SystemRandomNumberGenerator()
    seed = generator.next()
    if !expectsAscending { buildTable() }
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    slots.deallocate()
    for chunk in chunks { chunk.deallocate() }
  }

  /// How many distinct strings there are.
  @inlinable @inline(__always)
  public var count: Int { used }

  /// Keeps `bytes` alive as long as the interner, so that strings may point into it: see `intern(_:_:)`.
  package func keepAlive(_ bytes: Bytes) { owners.append(bytes) }

  /// The number of the string at `start`, which must stay there as long as the interner (see `keepAlive`).
  @inlinable @inline(__always)
  public func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
    isLast(start, length) ? last : find(start, length, copying: false)
  }

  /// The number of a string, which is copied if it is new.
  @inlinable @inline(__always)
  public func intern(copying bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = bytes.baseAddress else { return internEmpty() }
    return isLast(start, bytes.count) ? last : find(start, bytes.count, copying: true)
  }

  /// The number of a text in UTF-8, which is copied if it is new.
  package func intern(copying text: String) -> Int {
    var text = text
    return text.withUTF8 { intern(copying: $0) }
  }

  /// The number of a string, which is copied if it is new, and whether it was.
  @inlinable @inline(__always)
  public func insert(copying bytes: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    let before = used
    let number = intern(copying: bytes)
    return (number, number == before)
  }

  /// The numbers of several strings, each copied if it is new. Their slots in the hash table are loaded into the cache for
  /// some strings ahead, which a million distinct ones need a third of the time for.
  package func intern(copying strings: [UnsafeBufferPointer<UInt8>], _ body: (_ index: Int, _ number: Int) -> Void) {
    let ahead = 16
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ahead) { hashes in
      func prepare(_ index: Int) {
        guard let start = strings[index].baseAddress else { return }
        let hash = hash(start, strings[index].count)
        hashes[index % ahead] = hash
        cs_prefetch(slots + (Int(hash) & mask))
      }
      for index in 0..<min(ahead, strings.count) { prepare(index) }
      for index in strings.indices {
        let hash = hashes[index % ahead]
        if index + ahead < strings.count { prepare(index + ahead) }
        guard let start = strings[index].baseAddress, !isAscending else {
          body(index, intern(copying: strings[index]))
          continue
        }
        body(index, find(start, strings[index].count, hash: hash, copying: true))
      }
    }
  }

  /// The number of the string at `start` if it has been interned.
  package func number(of start: UnsafePointer<UInt8>, _ length: Int) -> Int? {
    if isAscending {
      let prefix = ByteInterner.prefix(start, length)
      // What sorts after all strings is looked for most: the ids of a longer list.
      if used == 0 || compare(used - 1, prefix: lastPrefix, to: start, length, prefix: prefix) < 0 { return nil }
      let number = (0..<used).partitioningIndex { number in
        let own = ByteInterner.prefix(starts[number], Int(lengths[number]))
        return compare(number, prefix: own, to: start, length, prefix: prefix) >= 0
      }
      return equals(number, start, length) ? number : nil
    }
    let slot = self.slot(of: start, length, hash: hash(start, length))
    return slots[slot] == 0 ? nil : ByteInterner.number(in: slots[slot])
  }

  /// Whether the string `number` is the one at `start`; false if there is no such number.
  @inlinable @inline(__always)
  public func equals(_ number: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    number < used && Int(lengths[number]) == length && memcmp(starts[number], start, length) == 0
  }

  /// The bytes of a string; valid as long as the interner.
  @inlinable @inline(__always)
  public func bytes(of number: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: starts[number], count: Int(lengths[number]))
  }

  /// A string as text; bytes that are not UTF-8 become U+FFFD.
  package func text(_ number: Int) -> String { String(decoding: bytes(of: number), as: UTF8.self) }

  // MARK: - Entering

  @inlinable @inline(__always)
  func isLast(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    Int(lengths[last]) == length && memcmp(starts[last], start, length) == 0
  }

  @usableFromInline
  func internEmpty() -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { room in
      guard let start = room.baseAddress else { return 0 }
      return isLast(start, 0) ? last : find(start, 0, copying: true)
    }
  }

  @usableFromInline
  func find(_ start: UnsafePointer<UInt8>, _ length: Int, copying: Bool) -> Int {
    if isAscending {
      let prefix = ByteInterner.prefix(start, length)
      if used == 0 || compare(used - 1, prefix: lastPrefix, to: start, length, prefix: prefix) < 0 {
        lastPrefix = prefix
        return append(start, length, copying: copying)
      }
      // The empty string sorts before all others.
      if length == 0, lengths[0] == 0 {
        last = 0
        return last
      }
      isAscending = false
      buildTable()
    }
    return find(start, length, hash: hash(start, length), copying: copying)
  }

  /// - Parameter hash: that of the string; there must be a table.
  @inline(__always)
  private func find(_ start: UnsafePointer<UInt8>, _ length: Int, hash: UInt32, copying: Bool) -> Int {
    let slot = self.slot(of: start, length, hash: hash)
    if slots[slot] != 0 {
      last = ByteInterner.number(in: slots[slot])
      return last
    }
    slots[slot] = UInt64(hash) << 32 | UInt64(used + 1)
    let number = append(start, length, copying: copying)
    if used * 2 > mask { widen() }
    return number
  }

  /// Another number for the string `number`. `number(of:)` keeps returning the first.
  package func copy(of number: Int) -> Int {
    if isAscending {
      isAscending = false
      buildTable()
    }
    return append(starts[number], Int(lengths[number]), copying: false)
  }

  @inline(__always)
  private func append(_ start: UnsafePointer<UInt8>, _ length: Int, copying: Bool) -> Int {
    if used == capacity { grow() }
    starts[used] = copying ? copy(start, length) : start
    lengths[used] = UInt32(length)
    last = used
    used += 1
    return last
  }

  private func copy(_ start: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<UInt8> {
    if chunkUsed + length > chunkSize { addChunk(length) }
    guard let chunk else { return start }
    let target = chunk + chunkUsed
    target.update(from: start, count: length)
    chunkUsed += length
    return UnsafePointer(target)
  }

  /// - Parameter length: how many bytes it needs to have.
  private func addChunk(_ length: Int) {
    chunkSize = max(min(max(chunkSize * 2, 4 * 1024), 64 * 1024), length)
    let chunk = UnsafeMutablePointer<UInt8>.allocate(capacity: chunkSize)
    chunks.append(chunk)
    self.chunk = chunk
    chunkUsed = 0
  }

  private func grow() {
    let larger = capacity * 2
    func moved<T>(_ old: UnsafeMutablePointer<T>) -> UnsafeMutablePointer<T> {
      let new = UnsafeMutablePointer<T>.allocate(capacity: larger)
      new.moveInitialize(from: old, count: used)
      old.deallocate()
      return new
    }
    starts = moved(starts)
    lengths = moved(lengths)
    capacity = larger
  }

  // MARK: - Order

  /// How the string `number` sorts: below 0 if before the one at `start`. The order is that of ids, `9-999` before
  /// `9-1000` before `10-001`: by what is before the last hyphen, then by what follows it; shorter before longer.
  private func compare(
    _ number: Int, prefix: Int, to start: UnsafePointer<UInt8>, _ length: Int, prefix otherPrefix: Int
  ) -> Int {
    if prefix != otherPrefix { return prefix - otherPrefix }
    let (own, ownLength) = (starts[number], Int(lengths[number]))
    if ownLength == length { return Int(memcmp(own, start, length)) }
    let first = Int(memcmp(own, start, prefix))
    return first != 0 ? first : ownLength - length
  }

  /// How many bytes precede the last hyphen; all if there is none.
  @inline(__always)
  private static func prefix(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var end = length
    while end > 0 {
      end -= 1
      if start[end] == UInt8(ascii: "-") { return end }
    }
    return length
  }

  // MARK: - Hash table

  @inline(__always)
  private static func number(in slot: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: slot)) - 1 }

  /// The slot that holds the string, or the free one where it belongs.
  @inline(__always)
  private func slot(of start: UnsafePointer<UInt8>, _ length: Int, hash: UInt32) -> Int {
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      if UInt32(slots[slot] >> 32) == hash, equals(ByteInterner.number(in: slots[slot]), start, length) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// Enters all strings into a new table.
  private func buildTable() {
    var size = 128
    while used * 2 >= size { size *= 4 }
    slots.deallocate()
    makeTable(size)
    for number in 0..<used {
      let hash = self.hash(starts[number], Int(lengths[number]))
      enter(UInt64(hash) << 32 | UInt64(number + 1))
    }
  }

  private func widen() {
    let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
    makeTable(old.count * 4)
    for entry in old where entry != 0 { enter(entry) }
    old.deallocate()
  }

  /// - Parameter size: a power of two.
  private func makeTable(_ size: Int) {
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
  }

  @inline(__always)
  private func enter(_ entry: UInt64) {
    var slot = Int(entry >> 32) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = entry
  }

  @inline(__always)
  private func hash(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    var hash = seed ^ UInt64(truncatingIfNeeded: length)
    var index = 0
    let raw = UnsafeRawPointer(start)
    while index + 8 <= length {
      hash = mix(hash, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    if index < length {
      var tail: UInt64 = 0
      while index < length {
        tail = tail << 8 | UInt64(start[index])
        index += 1
      }
      hash = mix(hash, tail)
    }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  @inline(__always)
  private func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
