import Platform

/// A growable array of bytes: a key, a cell or a whole document put together piece by piece. Its memory is kept when it
/// is cleared, so that one buffer serves many rows without further allocation.
///
/// The program's only growing byte buffer; `ByteWriter` writes through one. A class, because writers hand it to one
/// another; not thread-safe.
///
/// Public, though no library offers it: the compiler inlines a `package` function into no other module, and the calls
/// took a twelfth of the instructions of an export.
public final class ByteBuffer {
  // Every append would check for overlapping access otherwise: the module that appends is another one, and the check
  // can only be optimised away within a module. Nothing here calls back while it changes these.
  @exclusivity(unchecked) @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) @usableFromInline var used = 0
  @exclusivity(unchecked) @usableFromInline var capacity: Int

  public init(capacity: Int = 1024) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// How many bytes it holds.
  @inlinable @inline(__always)
  public var count: Int { used }

  @inlinable @inline(__always)
  public var isEmpty: Bool { used == 0 }

  /// The first byte; valid until the next change.
  @inlinable @inline(__always)
  public var base: UnsafeMutablePointer<UInt8> { start }

  /// All bytes, without copying them; valid until the next change.
  @inlinable @inline(__always)
  public var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: used) }

  /// Some of the bytes, without copying them; valid until the next change.
  @inlinable @inline(__always)
  public func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
  }

  /// A copy of all bytes.
  public var array: [UInt8] { Array(buffer) }

  /// All bytes as text; bytes that are not UTF-8 become U+FFFD.
  public var text: String { String(decoding: buffer, as: UTF8.self) }

  /// Removes all bytes and keeps the memory.
  @inlinable @inline(__always)
  public func clear() { used = 0 }

  /// Removes the last `number` bytes, or all if there are fewer.
  @inlinable @inline(__always)
  public func removeLast(_ number: Int = 1) { used = max(0, used - number) }

  /// Makes room for `more` bytes behind the present ones, which move only here.
  @inlinable @inline(__always)
  public func reserve(_ more: Int) {
    if more > capacity - used { grow(more) }
  }

  @usableFromInline @inline(never)
  func grow(_ more: Int) {
    capacity = max(capacity * 2, used + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: used)
    start.deallocate()
    start = larger
  }

  // MARK: - Appending

  @inlinable @inline(__always)
  public func append(byte: UInt8) {
    if used == capacity { grow(1) }
    start[used] = byte
    used += 1
  }

  @inlinable @inline(__always)
  public func append(repeating byte: UInt8, count: Int) {
    reserve(count)
    (start + used).update(repeating: byte, count: count)
    used += count
  }

  @inlinable @inline(__always)
  public func append(_ bytes: UnsafePointer<UInt8>, count: Int) {
    reserve(count)
    memcpy(start + used, bytes, count)
    used += count
  }

  @inlinable @inline(__always)
  public func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.baseAddress else { return }
    append(first, count: bytes.count)
  }

  @inlinable
  public func append(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { append($0) }
    if done == nil {
      for byte in bytes { append(byte: byte) }
    }
  }

  /// A literal: its bytes are in the program, so nothing is allocated or counted.
  @inlinable @inline(__always)
  public func append(_ text: StaticString) {
    if text.hasPointerRepresentation {
      append(text.utf8Start, count: text.utf8CodeUnitCount)
    } else {
      append(String(text.unicodeScalar).utf8)
    }
  }

  /// A text in UTF-8. Not for literals, which are `StaticString`s here.
  @inlinable @_disfavoredOverload
  public func append(_ text: String) { append(text.utf8) }

  @inlinable @_disfavoredOverload
  public func append(_ text: Substring) { append(text.utf8) }

  /// A number in decimal digits.
  @inlinable @inline(__always)
  public func append(number: Int) { append(magnitude: UInt64(number.magnitude), isNegative: number < 0) }

  @inlinable @_disfavoredOverload
  public func append(number: some FixedWidthInteger) {
    if number.bitWidth <= 64 {
      append(magnitude: UInt64(truncatingIfNeeded: number.magnitude), isNegative: number < 0)
    } else {
      append(String(number).utf8)
    }
  }

  /// The most bytes that a number of 64 bits takes: twenty digits and a sign.
  @usableFromInline static let longestNumber = 21

  @usableFromInline
  func append(magnitude: UInt64, isNegative: Bool) {
    reserve(ByteBuffer.longestNumber)
    if isNegative {
      start[used] = UInt8(ascii: "-")
      used += 1
    }
    var length = 1
    var power = magnitude
    while power >= 10 {
      power /= 10
      length += 1
    }
    var rest = magnitude
    var index = used + length
    repeat {
      index -= 1
      start[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    used += length
  }
}
