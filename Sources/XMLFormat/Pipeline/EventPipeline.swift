import Platform

/// Hands the elements of a document to a handler on another thread: while this thread reads and checks the next tags, that
/// one makes rows of the last ones. For documents that are not read in ranges (see `RangedReading`).
///
/// The handler gets the same calls in the same order. It is asked what is being read (`subject`) when it gets there. If
/// it stops the reading, what was read since is dropped.
enum EventPipeline {
  /// Runs `read` with a recorder whose records are delivered to `handler` on another thread, or without one if there is no
  /// other thread.
  /// - Returns: what `read` returns, when the handler has had everything.
  static func run(
    _ handler: any XMLHandler, _ read: (EventRecorder?) -> XMLReadingReport
  ) -> XMLReadingReport {
    let queue = EventQueue()
    let recorder = EventRecorder(queue.next()) { full in
      queue.send(full)
      return queue.next()
    }
    let delivery = EventDelivery(handler)
    var isStopped = false
    var report: XMLReadingReport?
    let ran = Parallel.atOnce {
      report = read(recorder)
      queue.send(recorder.finished())
      queue.close()
    } _: {
      while let chunk = queue.take() {
        if !isStopped {
          do throws(XMLStop) { try delivery.deliver(chunk) } catch { isStopped = true }
        }
        queue.giveBack(chunk)
      }
    }
    guard ran, var report else { return read(nil) }
    for (index, subject) in zip(report.problems.indices, delivery.takeSubjects()) {
      report.problems[index].subject = subject
    }
    if isStopped, report.ending == .complete { report.ending = .stopped }
    return report
  }
}
