import AtomicFiles
import Platform

/// Reads a long document in ranges, on two cores: each thread reads one range after the other, and whichever is free
/// delivers what was read to the handler, in the order of the document.
///
/// A range begins at one of the document's repeated elements, and is read with the start tags of the elements around
/// it before it and their end tags behind it. If libxml2 finds no error in that, and the element around the repeated
/// ones is closed by the tag that was put there, then the range is a run of whole elements, and the parser would have
/// been in the same state there had it read all that comes before: the ranges together are the document. If it is
/// otherwise for any reason, the range and all that follows is read once more by one parser that starts where the range
/// does, on a known line, and its report holds.
///
/// Most of a reading is libxml2's, which takes one core; so the two cores share it, and the handler has to wait for neither.
/// Memory: four ranges with their records.
package final class RangedReading: @unchecked Sendable {
  private let reader: XMLReader
  private let handler: any XMLHandler
  private var cutter: RangeCutter
  private let closing: [UInt8]
  private let closingTag: Int

  /// How many ranges there are at most that are not delivered yet.
  private static let inFlight = 4

  // Guarded by the monitor.
  private let monitor = Monitor()
  private var finished: [DocumentRange] = []
  private var spare: [DocumentRange] = []
  private var nextToCut = 0
  private var nextToDeliver = 0
  private var isCutting = false
  private var isDelivering = false
  private var isWholeDocumentCut = false
  private var isDone = false
  /// The first range that did not end as it should.
  private var failed: DocumentRange?
  /// How many problems were kept.
  private var kept = 0

  // Of the thread that delivers.
  private let delivery: EventDelivery
  private var juncture: Juncture?
  private var opening: [UInt8] = []
  private var line = 1
  private var column = 1
  private var problems: [XMLProblem] = []
  private var total = 0
  private var isStopped = false
  /// How many ranges were delivered.
  private var delivered = 0

  /// - Returns: nil for a format without repeated elements, or a schema without an automaton.
  init?(_ source: ByteSource, _ reader: XMLReader, handler: any XMLHandler) {
    guard reader.usesAutomaton, reader.schema?.automaton != nil, let repeated = reader.format.repeated else {
      return nil
    }
    self.reader = reader
    self.handler = handler
    cutter = RangeCutter(source, element: repeated.element, size: reader.rangeSize)
    closingTag = repeated.parent.utf8.count + 3
    closing = Array("</\(repeated.parent)></\(reader.format.root)>".utf8)
    delivery = EventDelivery(handler)
  }

  /// Reads a document that is in memory and counts the ranges, for those who want to know that it was read in ranges.
  /// - Returns: nil for a format without repeated elements, or a schema without an automaton.
  package static func read(
    _ bytes: Bytes, _ reader: XMLReader, into handler: any XMLHandler
  ) -> (report: XMLReadingReport, ranges: Int)? {
    guard let reading = RangedReading(ByteSource(memory: bytes.buffer), reader, handler: handler) else { return nil }
    return withExtendedLifetime(bytes) { (reading.read(), reading.delivered) }
  }

  func read() -> XMLReadingReport {
    let first = DocumentRange(size: reader.rangeSize)
    cutter.fill(first)
    nextToCut = 1
    guard !first.isLast, !first.isUncut else { return readOn(from: [first], isPipelined: !first.isLast) }
    read(first, kept: reader.keptProblems)
    guard let juncture = first.outcome?.juncture else { return readOn(from: [first], isPipelined: true) }
    self.juncture = juncture
    opening = juncture.opening
    finished.append(first)
    if !Parallel.atOnce(work, work) { work() }
    if let failed {
      let rest = finished.filter { $0.number > failed.number }.sorted { $0.number < $1.number }
      return readOn(from: [failed] + rest, isPipelined: true)
    }
    return XMLReadingReport(
      ending: isStopped ? .stopped : .complete, problems: problems, omitted: total - problems.count)
  }

  // MARK: - The threads

  /// What each of the two threads does until the document ends.
  private func work() {
    monitor.locked {
      while !isDone {
        if !isDelivering, let index = finished.firstIndex(where: { $0.number == nextToDeliver }) {
          deliverNext(finished.remove(at: index))
        } else if !isCutting, !isWholeDocumentCut, nextToCut - nextToDeliver < RangedReading.inFlight {
          readNext()
        } else {
          monitor.wait()
        }
      }
      monitor.signal()
    }
  }

  private func deliverNext(_ range: DocumentRange) {
    isDelivering = true
    let isGood = monitor.unlocked { deliver(range) }
    isDelivering = false
    kept = problems.count
    if isGood {
      nextToDeliver += 1
      spare.append(range)
    } else {
      failed = range
    }
    if !isGood || isStopped || range.isLast { isDone = true }
    monitor.signal()
  }

  private func readNext() {
    isCutting = true
    let range = spare.popLast() ?? DocumentRange(size: reader.rangeSize)
    monitor.unlocked { cutter.fill(range) }
    isCutting = false
    range.number = nextToCut
    nextToCut += 1
    isWholeDocumentCut = range.isLast || range.isUncut
    let left = max(0, reader.keptProblems - kept)
    monitor.signal()
    if !isDone { monitor.unlocked { read(range, kept: left) } }
    finished.append(range)
    monitor.signal()
  }

  // MARK: - Ranges

  private func read(_ range: DocumentRange, kept: Int) {
    guard !range.isUncut else { return }
    range.recorder.clear(depth: juncture?.outer.count ?? 0)
    var span = Span(juncture: juncture)
    // Its own lines and columns are counted from 1.
    span.juncture?.line = 1
    span.juncture?.column = 1
    var pieces = [range.bytes]
    opening.withUnsafeBufferPointer { opening in
      closing.withUnsafeBufferPointer { closing in
        pieces.insert(opening, at: 0)
        if !range.isLast {
          pieces.append(closing)
          span.end = opening.count + range.count + closingTag
          span.closingTag = closingTag
        }
        range.outcome = Reading.read(
          ByteSource(pieces: pieces), reader, span, kept: kept, handler: handler, recorder: range.recorder)
      }
    }
  }

  /// Delivers a range, unless it did not end as it should.
  private func deliver(_ range: DocumentRange) -> Bool {
    guard let outcome = range.outcome, let juncture, !outcome.hasOuterProblem else { return false }
    if range.isLast {
      guard outcome.report.ending == .complete else { return false }
    } else {
      guard outcome.juncture?.isAlike(juncture) == true else { return false }
    }
    delivery.lineOffset = line - 1
    delivery.flawedDepth = juncture.outer.count { $0.problems < total }
    do throws(XMLStop) { try delivery.deliver(range.recorder.finished()) } catch { isStopped = true }
    for (problem, subject) in zip(outcome.report.problems, delivery.takeSubjects())
    where problems.count < reader.keptProblems {
      var problem = problem
      problem.line = problem.line.map { $0 + line - 1 }
      problem.subject = subject
      problems.append(problem)
    }
    total += outcome.total
    if let end = outcome.juncture {
      column = end.line > 1 ? end.column : column + end.column - 1
      line += end.line - 1
    }
    delivered += 1
    return true
  }

  /// Reads the rest of the document by one parser, from the beginning of the first of these ranges.
  private func readOn(from ranges: [DocumentRange], isPipelined: Bool) -> XMLReadingReport {
    var span = Span(juncture: juncture, total: total)
    span.juncture?.line = line
    span.juncture?.column = column
    let left = max(0, reader.keptProblems - problems.count)
    func read(_ recorder: EventRecorder?) -> XMLReadingReport {
      opening.withUnsafeBufferPointer { opening in
        cutter.carried.withUnsafeBufferPointer { carried in
          let source = ByteSource(pieces: [opening] + ranges.map(\.bytes) + [carried], then: cutter.source)
          return Reading.read(
            source, reader, span, kept: left, handler: handler, recorder: recorder
          ).report
        }
      }
    }
    var report = isPipelined ? EventPipeline.run(handler, read) : read(nil)
    report.problems = problems + report.problems
    report.omitted += total - problems.count
    return report
  }
}
