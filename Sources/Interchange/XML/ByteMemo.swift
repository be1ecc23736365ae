import Platform

/// Bytes that grow and are used again: a key or a text put together piece by piece, without an allocation for each.
final class ByteBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1024) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  func clear() { count = 0 }

  @inline(__always)
  func append(byte: UInt8) {
    if count == capacity { grow(1) }
    base[count] = byte
    count += 1
  }

  @inline(__always)
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    if count + bytes.count > capacity { grow(bytes.count) }
    memcpy(base + count, start, bytes.count)
    count += bytes.count
  }

  func removeLast(_ number: Int) { count = max(0, count - number) }

  /// A number in decimal digits.
  func append(number: Int) {
    guard number > 0 else { return append(number == 0 ? "0" : String(number)) }
    var power = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      append(byte: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
      power /= 10
    }
  }

  @inline(__always)
  func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  private func grow(_ more: Int) {
    while count + more > capacity { capacity *= 2 }
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    wider.update(from: base, count: count)
    base.deallocate()
    base = wider
  }
}

/// Numbers distinct byte strings in the order in which they come: what follows from one is worked out once for all of its
/// repetitions.
final class ByteMemo {
  private(set) var count = 0
  private let keys = ByteBuffer(capacity: 16 * 1024)
  private var starts: [Int] = [0]
  private var hashes: [UInt32] = []
  /// Open addressing, linear probing; 0 is free, else the number + 1.
  private var slots = [UInt32](repeating: 0, count: 256)
  private var last = 0
  /// Seeded anew in every process, so that no document can be written to make it slow.
  private let seed: UInt64

  init() {
    var generator = SystemRandomNumberGenerator()
    seed = generator.next()
  }

  /// The number of `key`, and whether it is new.
  func number(of key: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    if last < count, isKey(last, key) { return (last, false) }
    let hash = self.hash(key)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if hashes[number] == hash, isKey(number, key) {
        last = number
        return (number, false)
      }
      slot = (slot + 1) & mask
    }
    keys.append(key)
    starts.append(keys.count)
    hashes.append(hash)
    slots[slot] = UInt32(count + 1)
    last = count
    count += 1
    if count * 2 > mask { widen() }
    return (last, true)
  }

  private func isKey(_ number: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == key.count else { return false }
    guard let bytes = key.baseAddress else { return true }
    return memcmp(keys.base + start, bytes, key.count) == 0
  }

  private func widen() {
    var wider = [UInt32](repeating: 0, count: slots.count * 4)
    let mask = wider.count - 1
    for number in 0..<count {
      var slot = Int(hashes[number]) & mask
      while wider[slot] != 0 { slot = (slot + 1) & mask }
      wider[slot] = UInt32(number + 1)
    }
    slots = wider
  }

  private func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var h = seed ^ UInt64(truncatingIfNeeded: key.count)
    func mix(_ word: UInt64) {
      let product = (h ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      h = product.high ^ product.low
    }
    var index = 0
    let raw = UnsafeRawBufferPointer(key)
    while index + 8 <= key.count {
      mix(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var tail: UInt64 = 1
    while index < key.count {
      tail = tail << 8 | UInt64(key[index])
      index += 1
    }
    mix(tail)
    return UInt32(truncatingIfNeeded: h ^ (h >> 32))
  }
}
