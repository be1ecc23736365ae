import CLibXML2

extension Reading {
  mutating func report(_ errors: [LibraryError], at line: Int) {
    var last: LibraryError?
    for error in errors {
      // Some versions of libxml2 report a value that breaks a facet twice: for the facet, then for the type.
      let isSecond =
        error.code == Int(XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1.rawValue)
        && last.map { XMLProblem.mismatch(code: $0.code) == .value && $0.subject == error.subject } == true
      last = error
      if isSecond { continue }
      if problems.count < kept {
        report(XMLProblem(schema: error), at: line)
      } else {
        total += 1
      }
    }
  }

  /// Adds what libxml2's message does not hold, and keeps the problem.
  mutating func report(_ problem: XMLProblem, at line: Int) {
    if let juncture = span.juncture, depth <= juncture.outer.count { hasOuterProblem = true }
    var problem = problem
    problem.line = line
    if depth > 0 { problem.element = name(open[depth - 1].localName) }
    if depth > 1 { problem.parent = name(open[depth - 2].localName) }
    if case .schema(.value) = problem.kind {
      let element = problem.element ?? ""
      problem.form = outline?.form(element: element, attribute: problem.attribute)
      if let attribute = problem.attribute {
        problem.value = self.attribute(format.names.firstIndex(of: attribute)).map { Reading.quoted($0) }
      } else {
        problem.value = Reading.quoted(text.buffer)
      }
    }
    keep(problem)
  }

  mutating func keep(_ problem: XMLProblem) {
    total += 1
    guard problems.count < kept else { return }
    var problem = problem
    problem.subject = askSubject()
    problems.append(problem)
    if problems.count == kept { errors.isBrief = true }
  }

  /// What the handler is reading; if it gets there later, nil, and the subject is added then.
  func askSubject() -> String? {
    guard let recorder else { return handler.subject }
    recorder._withUnsafeGuaranteedRef { $0.recordProblem() }
    return nil
  }

  /// Ends the reading with a problem of our own.
  mutating func giveUp(_ kind: XMLProblem.Kind, line: Int? = nil) {
    guard fatal == nil else { return }
    fatal = XMLProblem(kind, line: line)
    if depth > 0 {
      let subject = askSubject()
      fatal?.subject = subject
    }
    isOver = true
    xmlStopParser(parser.pointer)
  }

  /// Ends the reading because the handler asks for it.
  mutating func stop() {
    isStopped = true
    isOver = true
    xmlStopParser(parser.pointer)
  }

  static func quoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    LibraryError.shortened(UnsafeRawBufferPointer(bytes), 120)
  }

  func name(_ pointer: UnsafePointer<UInt8>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
