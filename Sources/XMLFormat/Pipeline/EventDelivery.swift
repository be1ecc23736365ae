/// Delivers what a reading recorded to the handler.
final class EventDelivery {
  private let handler: any XMLHandler
  /// What the handler was reading at each problem that was kept.
  private var subjects: [String?] = []
  /// The lines before the records' first.
  var lineOffset = 0
  /// So many of the elements that were open before the records have a problem that their reading does not know of.
  var flawedDepth = 0

  private var attributes: UnsafeMutablePointer<XMLAttribute>
  private var room = 16

  init(_ handler: any XMLHandler) {
    self.handler = handler
    attributes = .allocate(capacity: room)
  }

  deinit { attributes.deallocate() }

  /// The subjects of the problems since this was last called, in their order.
  func takeSubjects() -> [String?] {
    defer { subjects.removeAll() }
    return subjects
  }

  func deliver(_ chunk: EventChunk) throws(XMLStop) { try deliver(chunk, to: handler) }

  private func deliver(_ chunk: EventChunk, to handler: some XMLHandler) throws(XMLStop) {
    var records = Records(next: UnsafeRawPointer(chunk.start))
    let end = records.next + chunk.used
    while records.next < end {
      switch records.kind {
      case .start, .flawedStart:
        let start = records.take(EventChunk.Start.self)
        let count = Int(start.attributes)
        if count > room { enlarge(to: count) }
        for index in 0..<count {
          let value = records.take(EventChunk.Value.self)
          (attributes + index).initialize(
            to: XMLAttribute(name: Int(value.name), value: records.take(Int(value.count))))
        }
        try handler.start(
          XMLElement(
            name: Int(start.name), line: Int(start.line) + lineOffset, depth: Int(start.depth),
            isFlawed: start.kind == .flawedStart,
            attributes: XMLAttributes(buffer: UnsafeBufferPointer(start: attributes, count: count))))
      case .end, .flawedEnd:
        let end = records.take(EventChunk.End.self)
        try handler.end(
          Int(end.name), text: records.take(Int(end.count)), isWhole: end.kind == .end && Int(end.outer) >= flawedDepth)
      case .problem:
        _ = records.take(EventChunk.Kind.self)
        subjects.append(handler.subject)
      }
    }
  }

  private func enlarge(to count: Int) {
    attributes.deallocate()
    attributes = .allocate(capacity: count)
    room = count
  }

  private struct Records {
    var next: UnsafeRawPointer

    @inline(__always)
    var kind: EventChunk.Kind { next.loadUnaligned(as: EventChunk.Kind.self) }

    @inline(__always)
    mutating func take<Record: BitwiseCopyable>(_ type: Record.Type) -> Record {
      defer { next += MemoryLayout<Record>.size }
      return next.loadUnaligned(as: type)
    }

    @inline(__always)
    mutating func take(_ count: Int) -> UnsafeBufferPointer<UInt8> {
      defer { next += count }
      return UnsafeBufferPointer(start: next.assumingMemoryBound(to: UInt8.self), count: count)
    }
  }
}
