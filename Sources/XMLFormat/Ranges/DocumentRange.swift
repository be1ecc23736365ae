import AtomicFiles
import Platform

/// A piece of a document that begins with one of its repeated elements, what was read of it, and its records.
final class DocumentRange {
  /// Its number, counted from 0.
  var number = 0
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var room: Int
  /// The document ends with it.
  var isLast = false
  /// It was too long to be cut, and is not the whole rest of the document either.
  var isUncut = false
  let recorder: EventRecorder
  var outcome: Reading.Outcome?

  init(size: Int) {
    room = size
    start = .allocate(capacity: room)
    recorder = EventRecorder(EventChunk(room: size))
  }

  deinit { start.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  func clear() {
    count = 0
    isLast = false
    isUncut = false
    outcome = nil
  }

  func append(_ more: UnsafeBufferPointer<UInt8>) {
    reserve(more.count)
    if let first = more.baseAddress { memcpy(start + count, first, more.count) }
    count += more.count
  }

  /// Reads at most `wanted` bytes more.
  /// - Returns: how many were read.
  func append(from source: ByteSource, _ wanted: Int) -> Int {
    reserve(wanted)
    let got = max(0, source.copy(to: start + count, room: wanted))
    count += got
    return got
  }

  func removeAll(from index: Int) { count = index }

  private func reserve(_ more: Int) {
    guard more > room - count else { return }
    room = max(room * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}

/// Cuts a document into ranges where its repeated elements begin. Whether it is one that begins there, and not a piece of
/// a comment, is for the readings to find out.
struct RangeCutter {
  let source: ByteSource
  /// How the repeated element begins.
  private let mark: [UInt8]
  private let size: Int
  /// What was read and belongs to the next range.
  private(set) var carried: [UInt8] = []

  /// A range that is longer than this is not cut: the mark stands nowhere in it.
  static let longest = 8 << 20

  init(_ source: ByteSource, element: String, size: Int) {
    self.source = source
    self.size = size
    mark = Array("<\(element) ".utf8)
  }

  /// Reads the next range.
  mutating func fill(_ range: DocumentRange) {
    range.clear()
    carried.withUnsafeBufferPointer { range.append($0) }
    carried.removeAll(keepingCapacity: true)
    var wanted = size
    while true {
      while range.count < wanted {
        if range.append(from: source, wanted - range.count) == 0 {
          range.isLast = true
          return
        }
      }
      if let cut = lastMark(in: range.bytes) {
        carried.append(contentsOf: range.bytes[cut...])
        range.removeAll(from: cut)
        return
      }
      if wanted >= RangeCutter.longest {
        range.isUncut = true
        return
      }
      wanted *= 2
    }
  }

  /// Where the mark stands last, but not at the beginning.
  private func lastMark(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = bytes.count - mark.count
    while position > 0 {
      if bytes[position] == mark[0], mark.indices.allSatisfy({ bytes[position + $0] == mark[$0] }) { return position }
      position -= 1
    }
    return nil
  }
}
