import CLibXML2
import Platform

/// An error of libxml2 copied into Swift values, before its memory is used for the next one.
struct LibraryError {
  let code: Int
  let level: xmlErrorLevel
  let isSchema: Bool
  var line: Int
  let column: Int
  let message: String
  let text1: String?
  let text2: String?
  let number: Int
  /// A hash of the part of a validator's message that names the element and the attribute.
  let subject: UInt64

  /// No message needs more to be understood; a value of a megabyte is quoted in full by libxml2.
  static let longestMessage = 600

  /// - Parameter isBrief: leave out the texts, for an error that is only counted.
  init(_ error: UnsafePointer<xmlError>, isBrief: Bool = false) {
    code = Int(error.pointee.code)
    level = error.pointee.level
    isSchema = error.pointee.domain == Int32(XML_FROM_SCHEMASV.rawValue)
    line = Int(error.pointee.line)
    column = Int(error.pointee.int2)
    number = Int(error.pointee.int1)
    subject = isSchema ? LibraryError.subject(error.pointee.message) : 0
    message = isBrief ? "" : LibraryError.text(error.pointee.message) ?? ""
    text1 = isBrief ? nil : LibraryError.text(error.pointee.str1)
    text2 = isBrief ? nil : LibraryError.text(error.pointee.str2)
  }

  /// The messages begin with `Element 'x': ` or `Element 'x', attribute 'y': ` (FNV-1a of that).
  private static func subject(_ message: UnsafeMutablePointer<CChar>?) -> UInt64 {
    guard var next = message else { return 0 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    while next.pointee != 0, !(next.pointee == 0x27 && next[1] == 0x3A && next[2] == 0x20) {
      hash = (hash ^ UInt64(UInt8(bitPattern: next.pointee))) &* 0x100_0000_01B3
      next += 1
    }
    return hash
  }

  private static func text(_ start: UnsafeMutablePointer<CChar>?) -> String? {
    guard let start else { return nil }
    var bytes = UnsafeRawBufferPointer(start: start, count: strlen(start))
    while let last = bytes.last, last == 0x0A || last == 0x20 { bytes = .init(rebasing: bytes.dropLast()) }
    return shortened(bytes, longestMessage)
  }

  /// At most `limit` bytes as text, cut between characters, with an ellipsis where something was left out.
  static func shortened(_ bytes: UnsafeRawBufferPointer, _ limit: Int) -> String {
    guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
    var end = limit
    while end > 0 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<end]), as: UTF8.self) + "…"
  }
}

// MARK: - Problems from errors

extension XMLProblem {
  /// The problem for an error of libxml2's parser. `isEmpty`: not one byte was read.
  init(syntax error: LibraryError, isEmpty: Bool) {
    self.init(
      .syntax, line: error.line > 0 ? error.line : nil, column: error.column > 0 ? error.column : nil,
      detail: error.message, code: error.code)
    switch xmlParserErrors(UInt32(truncatingIfNeeded: error.code)) {
    case XML_ERR_TAG_NAME_MISMATCH:
      element = error.text1
      value = error.text2
      if error.number > 0 { expected = ["\(error.number)"] }
    case XML_ERR_TAG_NOT_FINISHED, XML_ERR_LTSLASH_REQUIRED:
      element = error.text1
    case XML_ERR_DOCUMENT_EMPTY:
      if isEmpty {
        value = ""
        line = nil
        column = nil
      }
    case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY, XML_ERR_ATTRIBUTE_REDEFINED,
      XML_NS_ERR_UNDEFINED_NAMESPACE:
      value = error.text1
    case XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING:
      kind = .encoding
      value = error.text1
    case XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED, XML_I18N_EXCESS_HANDLER, XML_I18N_NO_HANDLER,
      XML_I18N_NO_NAME, XML_IO_ENCODER:
      kind = .encoding
    case XML_ERR_INVALID_CHAR where error.message.hasPrefix("Input is not proper UTF-8"):
      kind = .encoding
    case XML_ERR_NO_MEMORY:
      kind = .engine
    default:
      break
    }
  }

  /// The mismatch that a schema error reports, with what can be parsed from libxml2's message: the attribute and what
  /// was expected. Element, value and subject are added by the reading.
  init(schema error: LibraryError) {
    let message = error.message
    let mismatch = XMLProblem.mismatch(code: error.code)
    var attribute = message.between("', attribute '", "': ")
    var expected: [String] = []
    var kind = mismatch
    switch mismatch {
    case .unexpectedElement:
      if message.contains("Missing child element(s)") { kind = .missingElement }
      expected = message.after("Expected is ").map(XMLProblem.names) ?? []
    case .missingAttribute:
      attribute = message.between("The attribute '", "' is required")
    case .value:
      if error.code == Int(XML_SCHEMAV_CVC_ENUMERATION_VALID.rawValue),
        let set = message.after("of the set {", last: true)
      {
        expected = set.split(separator: "'").enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
      }
    case .textNotAllowed:
      if error.code == Int(XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1.rawValue), message.contains("Element content") {
        kind = .elementsNotAllowed
      }
    default: break
    }
    attribute = attribute?.replacing("{http://www.w3.org/XML/1998/namespace}", with: "xml:")
    self.init(.schema(kind), line: nil, attribute: attribute, expected: expected, detail: message, code: error.code)
  }

  /// What the number of a validator's error says; messages say more.
  static func mismatch(code: Int) -> Mismatch {
    switch xmlParserErrors(UInt32(truncatingIfNeeded: code)) {
    case XML_SCHEMAV_ELEMENT_CONTENT: .unexpectedElement
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2: .unknownAttribute
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: .missingAttribute
    case XML_SCHEMAV_CVC_ENUMERATION_VALID, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1,
      XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3, XML_SCHEMAV_CVC_FACET_VALID,
      XML_SCHEMAV_CVC_LENGTH_VALID, XML_SCHEMAV_CVC_MINLENGTH_VALID, XML_SCHEMAV_CVC_MAXLENGTH_VALID,
      XML_SCHEMAV_CVC_MININCLUSIVE_VALID, XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID,
      XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID, XML_SCHEMAV_CVC_TOTALDIGITS_VALID, XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID,
      XML_SCHEMAV_CVC_PATTERN_VALID:
      .value
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: .textNotAllowed
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, XML_SCHEMAV_CVC_TYPE_3_1_2: .elementsNotAllowed
    default: .other
    }
  }

  /// `one of ( {urn:x}a, {urn:x}b ).` → `a`, `b`.
  private static func names(_ list: Substring) -> [String] {
    guard let open = list.firstIndex(of: "("), let close = list.lastIndex(of: ")"), open < close else { return [] }
    return list[list.index(after: open)..<close].split(separator: ",").map { item in
      let local = item.split(separator: "}").last ?? item
      return String(local.drop(while: { $0 == " " }).prefix(while: { $0 != " " }))
    }
  }
}

extension String {
  /// What follows the first (or last) `mark`.
  fileprivate func after(_ mark: String, last: Bool = false) -> Substring? {
    let subjects = ranges(of: mark)
    guard let subject = last ? subjects.last : subjects.first else { return nil }
    return self[subject.upperBound...]
  }

  /// What is between the first `open` and the next `close`.
  fileprivate func between(_ open: String, _ close: String) -> String? {
    guard let rest = after(open), let end = rest.firstRange(of: close) else { return nil }
    return String(rest[..<end.lowerBound])
  }
}
