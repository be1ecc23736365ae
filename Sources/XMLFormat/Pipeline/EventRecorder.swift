/// Takes the elements of a reading as records, to be delivered to the handler later.
final class EventRecorder: XMLHandler {
  /// The records since the last chunk that was sent.
  private(set) var chunk: EventChunk
  /// Takes a full chunk and returns an empty one; without it the chunk grows.
  private let send: ((EventChunk) -> EventChunk)?
  /// How many elements are open.
  private var depth = 0

  init(_ chunk: EventChunk, send: ((EventChunk) -> EventChunk)? = nil) {
    self.chunk = chunk
    self.send = send
  }

  /// Drops all records. `depth`: how many elements are open at the beginning.
  func clear(depth: Int) {
    chunk.clear()
    self.depth = depth
  }

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    record(
      start: element.name, line: element.line, depth: element.depth, isFlawed: element.isFlawed,
      element.attributes.buffer)
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    record(end: name, text: text, isWhole: isWhole)
  }

  @inline(__always)
  func record(
    start name: Int, line: Int, depth: Int, isFlawed: Bool, _ attributes: UnsafeBufferPointer<XMLAttribute>
  ) {
    var size = MemoryLayout<EventChunk.Start>.size
    for attribute in attributes { size += MemoryLayout<EventChunk.Value>.size + attribute.value.count }
    if !chunk.hasRoom(size) { makeRoom(size) }
    self.depth = depth + 1
    chunk.put(
      EventChunk.Start(
        kind: isFlawed ? .flawedStart : .start, depth: UInt8(truncatingIfNeeded: depth),
        attributes: UInt16(truncatingIfNeeded: attributes.count), name: Int32(truncatingIfNeeded: name),
        line: UInt32(truncatingIfNeeded: line)))
    for attribute in attributes {
      chunk.put(
        EventChunk.Value(
          name: Int32(truncatingIfNeeded: attribute.name), count: UInt32(truncatingIfNeeded: attribute.value.count)))
      chunk.put(attribute.value)
    }
  }

  @inline(__always)
  func record(end name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    let size = MemoryLayout<EventChunk.End>.size + text.count
    if !chunk.hasRoom(size) { makeRoom(size) }
    depth -= 1
    chunk.put(
      EventChunk.End(
        kind: isWhole ? .end : .flawedEnd, depth: UInt8(truncatingIfNeeded: depth),
        name: Int32(truncatingIfNeeded: name), count: UInt32(truncatingIfNeeded: text.count)))
    chunk.put(text)
  }

  /// A problem is kept: the handler is asked what it is reading when it has read so far (see `EventDelivery.subjects`).
  func recordProblem() {
    if !chunk.hasRoom(1) { makeRoom(1) }
    chunk.put(EventChunk.Kind.problem)
  }

  private func makeRoom(_ size: Int) {
    if let send, chunk.used > 0 { chunk = send(chunk) }
    if !chunk.hasRoom(size) { chunk.grow(size) }
  }
}
