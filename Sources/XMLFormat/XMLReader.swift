import AtomicFiles

/// Reads XML documents of one format as a stream and checks them against a schema on the way.
///
/// A document can open nothing: any DOCTYPE is refused, so there are no entities but the five of XML, and no address in
/// it is followed. Memory does not grow with the document. Readers of one schema may run in several threads at once.
package struct XMLReader: Sendable {
  package var format: XMLVocabulary
  /// Checked against while reading; without one, only the syntax, the root element and the version are checked.
  package var schema: XMLSchema?
  /// Whether the schema's automaton is asked first, and libxml2's validator only about what is in doubt. The reports are
  /// the same either way; that is what the tests compare.
  package var usesAutomaton = true
  /// Whether two threads read and deliver; worth it for documents of megabytes.
  package var isPipelined = false
  /// So many bytes are read by one thread at once, in documents that are read in ranges.
  package var rangeSize = 1 << 20
  /// How many problems are kept; further ones are counted.
  package var keptProblems = 100
  /// Counts the bytes read of files and pipes.
  package var progress: WorkProgress?

  package init(format: XMLVocabulary, schema: XMLSchema?) {
    self.format = format
    self.schema = schema
  }

  /// Reads the file or pipe at `path` (`xmlCreateIOParserCtxt` with reads of our own, `xmlSchemaSAXPlug`).
  /// - Returns: what is wrong with the document, broken syntax included.
  /// - Throws: `FileFailure` if the file cannot be opened or read.
  package func read(path: String, into handler: some XMLHandler) throws(FileFailure) -> XMLReadingReport {
    try read(ByteSource(path: path, progress: progress), into: handler)
  }

  /// Reads what is left of an open descriptor, which stays open; `path` names it in an error.
  /// - Parameters:
  ///   - isPipe: it is not an ordinary file, so that it need not end.
  ///   - prefix: bytes that were read from it already, to find out what it is: the document begins with them.
  /// - Returns: what is wrong with the document, broken syntax included.
  /// - Throws: `FileFailure` if it cannot be read.
  package func read(
    descriptor: Int32, path: String, isPipe: Bool = false, after prefix: [UInt8] = [], into handler: some XMLHandler
  ) throws(FileFailure) -> XMLReadingReport {
    try read(
      ByteSource(descriptor: descriptor, path: path, after: prefix, isPipe: isPipe, progress: progress), into: handler)
  }

  /// Reads a document that is in memory.
  /// - Returns: what is wrong with the document, broken syntax included.
  package func read(_ bytes: Bytes, into handler: some XMLHandler) -> XMLReadingReport {
    read(bytes.buffer, into: handler)
  }

  /// Reads a document that is in memory; `buffer` has to stay until this returns.
  /// - Returns: what is wrong with the document, broken syntax included.
  package func read(_ buffer: UnsafeBufferPointer<UInt8>, into handler: some XMLHandler) -> XMLReadingReport {
    read(from: ByteSource(memory: buffer), into: handler)
  }

  /// Reads a document that a function delivers piece by piece.
  /// - Parameter function: fills a buffer and returns how many bytes it wrote; 0 at the end.
  /// - Returns: what is wrong with the document, broken syntax included.
  package func read(
    from function: @escaping (UnsafeMutableRawBufferPointer) -> Int, into handler: some XMLHandler
  ) -> XMLReadingReport {
    read(from: ByteSource(function: function), into: handler)
  }

  private func read(_ source: ByteSource, into handler: some XMLHandler) throws(FileFailure) -> XMLReadingReport {
    let report = read(from: source, into: handler)
    if let failure = source.failure { throw failure }
    return report
  }

  private func read(from source: ByteSource, into handler: some XMLHandler) -> XMLReadingReport {
    if isPipelined, let ranges = RangedReading(source, self, handler: handler) { return ranges.read() }
    func read(_ recorder: EventRecorder?) -> XMLReadingReport {
      Reading.read(
        source, self, Span(), kept: keptProblems, handler: handler, recorder: recorder
      ).report
    }
    return isPipelined ? EventPipeline.run(handler, read) : read(nil)
  }
}
