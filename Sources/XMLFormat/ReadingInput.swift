import AtomicFiles
import CLibXML2
import Platform

/// The bytes that libxml2 reads, and where in them it is.
extension Reading {
  mutating func copy(_ target: UnsafeMutablePointer<CChar>?, _ room: Int32) -> Int32 {
    guard let target, !isOver else { return 0 }
    guard bytesSinceEvent <= XMLProblem.Limit.markup.rawValue else {
      // Not `xmlStopParser`, since the parser is in the middle of its buffer: it is given the end of its input instead.
      fatal = XMLProblem(.limit(.markup), line: lastLine)
      isOver = true
      return 0
    }
    if let limit = limitReached() {
      fatal = XMLProblem(.limit(limit), line: lastLine)
      isOver = true
      return 0
    }
    let got = source.copy(to: target, room: Int(room))
    if got > 0 {
      noteNUL(UnsafeRawBufferPointer(start: target, count: got))
      bytesSinceEvent += got
      isEmpty = false
    }
    return Int32(got)
  }

  /// libxml2 takes a NUL for the end of the document and calls that cut short.
  private mutating func noteNUL(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    if isEmpty {
      // In UTF-16 every other byte of a tag is zero.
      mayHoldNUL = bytes[0] < 0xFE && !bytes.prefix(4).contains(0)
    }
    if mayHoldNUL, !holdsNUL { holdsNUL = memchr(start, 0, bytes.count) != nil }
  }

  /// The limit that libxml2's tables have reached: asked for whenever it needs more bytes, since it reports neither names
  /// nor a tag that is not finished.
  private func limitReached() -> XMLProblem.Limit? {
    // During the first reads there is no parser yet.
    guard !isEmpty else { return nil }
    // The arrays hold five values for each attribute and two for each namespace, and double when they are full.
    let most = XMLProblem.Limit.attributes.rawValue
    if Int(context.pointee.maxatts) / 5 > 2 * most || Int(context.pointee.nsMax) / 2 > 2 * most { return .attributes }
    if xmlDictSize(context.pointee.dict) > Int32(XMLProblem.Limit.names.rawValue) { return .names }
    return nil
  }

  /// libxml2 takes a NUL behind the root element for the end of the document, whatever may follow.
  mutating func checkEnd() {
    guard !isOver, errors.first == nil, let input = context.pointee.input else { return }
    var byte: CChar = 0
    guard input.pointee.cur < input.pointee.end || copy(&byte, 1) > 0 else { return }
    fatal = XMLProblem(.syntax, line: Int(input.pointee.line), code: Int(XML_ERR_DOCUMENT_END.rawValue))
    isOver = true
  }

  /// The encodings that are read besides UTF-8: the documented ones, with the older parts of GB18030. libxml2 and the C
  /// library know many more, and some of them (UTF-7, Big5) can hide what a document contains from other programs.
  static let encodings: Set<String> = [
    "UTF-8", "UTF8", "UTF-16", "UTF-16LE", "UTF-16BE", "ASCII", "US-ASCII", "GB18030", "GBK", "GB2312", "CP936",
    "EUC-CN",
  ]

  /// The encoding that the document is converted from; nil for UTF-8.
  var encoderName: String? {
    guard let name = context.pointee.input?.pointee.buf?.pointee.encoder?.pointee.name else { return nil }
    return String(cString: name)
  }

  // MARK: - Lines

  @inline(__always)
  mutating func noteLine() {
    if let input = context.pointee.input { lastLine = Int(input.pointee.line) }
  }

  /// The line where the tag begins whose attributes were just read. The parser's own line is that of the tag's end; it
  /// differs only if a tag runs over several lines, and then its text is still in the buffer.
  @inline(__always)
  mutating func tagLine() -> Int {
    guard let input = context.pointee.input else { return lastLine }
    let line = Int(input.pointee.line)
    if line == lastLine { return line }
    lastLine = line
    return lineOf("<")
  }

  /// The line of the last `mark` before the parser's position.
  func lineOf(_ mark: StaticString) -> Int {
    guard let input = context.pointee.input, let base = input.pointee.base, let current = input.pointee.cur
    else { return lastLine }
    var line = Int(input.pointee.line)
    let length = mark.utf8CodeUnitCount
    var position = current - 1
    while position >= base {
      if position.pointee == 0x0A { line -= 1 }
      if current - position >= length, position.pointee == mark.utf8Start.pointee,
        (0..<length).allSatisfy({ position[$0] == mark.utf8Start[$0] })
      {
        return line
      }
      position -= 1
    }
    return Int(input.pointee.line)
  }
}
