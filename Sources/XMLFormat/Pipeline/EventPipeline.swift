import AtomicFiles
import Platform

/// Hands the elements of a document to a handler on another thread: while this thread reads and checks the next tags, that
/// one makes rows of the last ones. Large documents are read in two thirds of the time on two cores.
///
/// The handler gets the same calls in the same order. It is asked what is being read (`subject`) only when it has caught
/// up. If it stops the reading, what was read since is dropped.
final class EventPipeline: XMLHandler {
  private let handler: any XMLHandler
  private let queue = EventQueue()
  private var chunk: EventQueue.Chunk
  private var isStopped = false

  private init(_ handler: any XMLHandler) {
    self.handler = handler
    chunk = queue.next()
  }

  /// Runs `read` with a handler that passes all it gets to `handler` on another thread.
  /// - Returns: what `read` returns, when the handler has had everything.
  static func run(
    _ handler: any XMLHandler, _ read: (any XMLHandler) -> XMLReadingReport
  ) -> XMLReadingReport {
    let pipeline = EventPipeline(handler)
    var report: XMLReadingReport?
    let ran = Parallel.atOnce {
      report = read(pipeline)
      pipeline.queue.send(pipeline.chunk)
      pipeline.queue.close()
    } _: {
      pipeline.deliver()
    }
    guard ran, var report else { return read(handler) }
    if pipeline.isStopped, report.ending == .complete { report.ending = .stopped }
    return report
  }

  // MARK: - The thread that reads

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    var size = 1 + MemoryLayout<Start>.size
    for attribute in element.attributes { size += MemoryLayout<Value>.size + attribute.value.count }
    reserve(size)
    put(Kind.start)
    put(
      Start(
        name: Int32(element.name), line: element.line, depth: Int32(element.depth),
        attributes: Int32(element.attributes.count), isFlawed: element.isFlawed))
    for attribute in element.attributes {
      put(Value(name: Int32(attribute.name), count: attribute.value.count))
      put(attribute.value)
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    reserve(1 + MemoryLayout<Value>.size + text.count)
    put(isWhole ? Kind.end : Kind.flawedEnd)
    put(Value(name: Int32(name), count: text.count))
    put(text)
  }

  var subject: String? {
    queue.send(chunk)
    queue.waitUntilRead()
    chunk = queue.next()
    return handler.subject
  }

  private func reserve(_ size: Int) {
    guard chunk.used + size > chunk.room else { return }
    if chunk.used > 0 {
      queue.send(chunk)
      chunk = queue.next()
    }
    if size > chunk.room { chunk.enlarge(to: size) }
  }

  @inline(__always)
  private func put<Record: BitwiseCopyable>(_ record: Record) {
    chunk.start.storeBytes(of: record, toByteOffset: chunk.used, as: Record.self)
    chunk.used += MemoryLayout<Record>.size
  }

  @inline(__always)
  private func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let start = bytes.baseAddress { memcpy(chunk.start + chunk.used, start, bytes.count) }
    chunk.used += bytes.count
  }

  // MARK: - The thread of the handler

  private func deliver() {
    var attributes: [XMLAttribute] = []
    while let chunk = queue.take() {
      if !isStopped {
        do throws(XMLStop) { try deliver(chunk, &attributes) } catch { isStopped = true }
      }
      queue.giveBack(chunk)
    }
  }

  private func deliver(_ chunk: EventQueue.Chunk, _ attributes: inout [XMLAttribute]) throws(XMLStop) {
    var reader = Records(next: UnsafeRawPointer(chunk.start), end: UnsafeRawPointer(chunk.start + chunk.used))
    while reader.next < reader.end {
      let kind = reader.take(Kind.self)
      if kind != .start {
        let value = reader.take(Value.self)
        try handler.end(Int(value.name), text: reader.take(value.count), isWhole: kind == .end)
        continue
      }
      let start = reader.take(Start.self)
      attributes.removeAll(keepingCapacity: true)
      for _ in 0..<start.attributes {
        let value = reader.take(Value.self)
        attributes.append(XMLAttribute(name: Int(value.name), value: reader.take(value.count)))
      }
      let result = attributes.withUnsafeBufferPointer { buffer in
        Result { () throws(XMLStop) in
          try handler.start(
            XMLElement(
              name: Int(start.name), line: start.line, depth: Int(start.depth), isFlawed: start.isFlawed,
              attributes: XMLAttributes(buffer: buffer)))
        }
      }
      try result.get()
    }
  }

  // MARK: - Records

  private enum Kind: UInt8, BitwiseCopyable {
    case start, end, flawedEnd
  }

  /// A start tag; its attributes follow.
  private struct Start: BitwiseCopyable {
    var name: Int32
    var line: Int
    var depth: Int32
    var attributes: Int32
    var isFlawed: Bool
  }

  /// An attribute or the text of an element; its bytes follow.
  private struct Value: BitwiseCopyable {
    var name: Int32
    var count: Int
  }

  private struct Records {
    var next: UnsafeRawPointer
    let end: UnsafeRawPointer

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
