import Platform

/// Takes the elements of a reading as records, to be delivered to the handler later.
final class EventRecorder {
  private var chunk: EventChunk
  /// Takes a full chunk and returns an empty one; without it the chunk grows.
  private let send: ((EventChunk) -> EventChunk)?
  /// How many elements are open, and how many of them were open before the first record.
  private var depth = 0
  private var outer = 0
  /// Where in the chunk the next record goes, and where the chunk ends.
  private var next: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer

  init(_ chunk: EventChunk, send: ((EventChunk) -> EventChunk)? = nil) {
    self.chunk = chunk
    self.send = send
    next = chunk.start
    end = chunk.start + chunk.room
  }

  /// Drops all records. `depth`: how many elements are open at the beginning.
  func clear(depth: Int) {
    next = chunk.start
    self.depth = depth
    outer = depth
  }

  /// The records since the last chunk that was sent.
  func finished() -> EventChunk {
    chunk.used = next - chunk.start
    return chunk
  }

  @inline(__always)
  func record(
    start name: Int, line: Int, depth: Int, isFlawed: Bool, _ attributes: UnsafeBufferPointer<XMLAttribute>
  ) {
    var size = MemoryLayout<EventChunk.Start>.size
    for attribute in attributes { size += MemoryLayout<EventChunk.Value>.size + attribute.value.count }
    if size > end - next { makeRoom(size) }
    self.depth = depth + 1
    var target = next
    put(
      EventChunk.Start(
        kind: isFlawed ? .flawedStart : .start, depth: UInt8(truncatingIfNeeded: depth),
        attributes: UInt16(truncatingIfNeeded: attributes.count), name: Int32(truncatingIfNeeded: name),
        line: UInt32(truncatingIfNeeded: line)),
      at: &target)
    for attribute in attributes {
      put(
        EventChunk.Value(
          name: Int32(truncatingIfNeeded: attribute.name), count: UInt32(truncatingIfNeeded: attribute.value.count)),
        at: &target)
      put(attribute.value, at: &target)
    }
    next = target
  }

  @inline(__always)
  func record(end name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    let size = MemoryLayout<EventChunk.End>.size + text.count
    if size > end - next { makeRoom(size) }
    depth -= 1
    let isOuter = depth < outer
    if isOuter { outer = depth }
    var target = next
    put(
      EventChunk.End(
        kind: isWhole ? .end : .flawedEnd, outer: isOuter ? UInt8(truncatingIfNeeded: depth) : EventChunk.End.inner,
        name: Int32(truncatingIfNeeded: name), count: UInt32(truncatingIfNeeded: text.count)),
      at: &target)
    put(text, at: &target)
    next = target
  }

  /// A problem is kept: the handler is asked what it is reading when it has read so far (see `EventDelivery.takeSubjects`).
  func recordProblem() {
    if next == end { makeRoom(1) }
    var target = next
    put(EventChunk.Kind.problem, at: &target)
    next = target
  }

  @inline(__always)
  private func put<Record: BitwiseCopyable>(_ record: Record, at target: inout UnsafeMutableRawPointer) {
    target.storeBytes(of: record, as: Record.self)
    target += MemoryLayout<Record>.size
  }

  @inline(__always)
  private func put(_ bytes: UnsafeBufferPointer<UInt8>, at target: inout UnsafeMutableRawPointer) {
    guard let first = bytes.baseAddress else { return }
    memcpy(target, first, bytes.count)
    target += bytes.count
  }

  private func makeRoom(_ size: Int) {
    chunk.used = next - chunk.start
    if let send, chunk.used > 0 { chunk = send(chunk) }
    if size > chunk.room - chunk.used { chunk.grow(size) }
    next = chunk.start + chunk.used
    end = chunk.start + chunk.room
  }
}
