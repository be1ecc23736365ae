import CLibXML2

extension Reading {
  mutating func complain(_ errors: [LibraryError], at line: Int) {
    guard total < kept else {
      total += errors.count
      return
    }
    var last: MarkupComplaint?
    for error in errors {
      let complaint = MarkupComplaint(schema: error)
      // Some versions of libxml2 tell twice of a value that breaks a facet: of the facet, then of the type.
      let isSecond =
        error.code == Int(XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1.rawValue) && last?.kind == complaint.kind
        && last?.attribute == complaint.attribute
      if !isSecond { complain(complaint, at: line) }
      last = complaint
    }
  }

  /// Completes what libxml2's words did not tell, and keeps it.
  mutating func complain(_ complaint: MarkupComplaint, at line: Int) {
    var complaint = complaint
    complaint.line = line
    if depth > 0 { complaint.element = name(open[depth - 1].localName) }
    if depth > 1 { complaint.parent = name(open[depth - 2].localName) }
    if case .schema(.value) = complaint.kind {
      let element = complaint.element ?? ""
      complaint.form = outline?.form(element: element, attribute: complaint.attribute)
      if let attribute = complaint.attribute {
        complaint.value = self.attribute(format.names.firstIndex(of: attribute)).map { Reading.quoted($0) }
      } else {
        complaint.value = Reading.quoted(UnsafeBufferPointer(start: text.start, count: text.count))
      }
    }
    keep(complaint)
  }

  mutating func keep(_ complaint: MarkupComplaint) {
    total += 1
    guard total <= kept else { return }
    if total == kept { errors.isBrief = true }
    var complaint = complaint
    complaint.place = handler.place
    complaints.append(complaint)
  }

  /// Ends the reading with a complaint of our own.
  mutating func giveUp(_ kind: MarkupComplaint.Kind, line: Int? = nil) {
    guard fatal == nil else { return }
    fatal = MarkupComplaint(kind, line: line)
    if depth > 0 {
      let place = handler.place
      fatal?.place = place
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
