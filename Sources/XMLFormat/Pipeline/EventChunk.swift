import Platform

/// A piece of memory with what a reading delivers, as records one behind the other: filled by the thread that reads, then
/// delivered to the handler by that thread or another one.
final class EventChunk {
  private(set) var start: UnsafeMutableRawPointer
  private(set) var room: Int
  /// How many bytes the records have.
  var used = 0

  init(room: Int) {
    self.room = room
    start = .allocate(byteCount: room, alignment: 8)
  }

  deinit { start.deallocate() }

  /// Makes room for so many more bytes.
  func grow(_ size: Int) {
    room = max(room * 2, used + size)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 8)
    larger.copyMemory(from: start, byteCount: used)
    start.deallocate()
    start = larger
  }

  // MARK: - Records

  enum Kind: UInt8, BitwiseCopyable {
    case start, flawedStart, end, flawedEnd
    /// A problem was kept whose `subject` the handler has to name.
    case problem
  }

  /// A start tag; its attributes follow.
  struct Start: BitwiseCopyable {
    var kind: Kind
    var depth: UInt8
    var attributes: UInt16
    var name: Int32
    var line: UInt32
  }

  /// An attribute; the bytes of its value follow.
  struct Value: BitwiseCopyable {
    var name: Int32
    var count: UInt32
  }

  /// An end tag; the bytes of its text follow.
  struct End: BitwiseCopyable {
    static let inner: UInt8 = 255

    var kind: Kind
    /// Of an element that was open before the first record, how many elements are around it; `inner` for all others.
    var outer: UInt8
    var name: Int32
    var count: UInt32
  }
}
