/// A document format: its namespace, its root element, its versions and the names that a handler wants to distinguish.
package struct XMLVocabulary: Sendable {
  package var namespace: String
  package var root: String
  /// What the root's `version` attribute may be, the current version first; empty if the format has no such attribute.
  package var versions: [String]
  /// The local names of elements and attributes. A name's index in this array is the number that a handler gets. An
  /// attribute such as `xml:lang` is listed with its prefix, and so is the declaration of a namespace (`xmlns:xs`).
  package var names: [String]
  /// Whether attributes are in the namespace too, as in WordprocessingML: then they are listed without a prefix, whichever
  /// the document has, and of other namespaces only those of `xml:` are delivered.
  package var hasQualifiedAttributes: Bool
  /// Further namespaces, by the prefix under which their elements are listed, whichever prefix the document has.
  package var others: [String: String]
  /// The element of which long documents have very many, and the child of the root that holds them: such documents are
  /// read in ranges (see `RangedReading`).
  package var repeated: (parent: String, element: String)?

  package init(
    namespace: String, root: String, versions: [String] = [], names: [String], hasQualifiedAttributes: Bool = false,
    others: [String: String] = [:], repeated: (parent: String, element: String)? = nil
  ) {
    self.namespace = namespace
    self.root = root
    self.versions = versions
    self.names = names
    self.hasQualifiedAttributes = hasQualifiedAttributes
    self.others = others
    self.repeated = repeated
  }
}

/// Takes the elements of a document as they are read. Every pointer is valid during the call only.
///
/// What is delivered has its position in the schema: an element that the schema does not expect is reported and
/// left out with all that it contains. So are the elements after one that came out of order, to the end of their
/// parent, because nothing checks them any more. What may still be missing or wrong in what is delivered is an
/// attribute or element that should be there, and the form of a value: then `isFlawed` or `isWhole` says so.
package protocol XMLHandler: AnyObject {
  /// A start tag.
  /// - Throws: `XMLStop` to end the reading here.
  func start(_ element: borrowing XMLElement) throws(XMLStop)

  /// An end tag. `text` is the whole text of an element that contains no other element, entities resolved, blanks
  /// kept; it is empty for all others. `isWhole` is false if this element or one inside it has a schema problem.
  /// - Throws: `XMLStop` to end the reading here.
  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop)

  /// What a person would call the thing that is being read, such as a matter's id; asked only when there is something
  /// to report.
  var subject: String? { get }
}

extension XMLHandler {
  package var subject: String? { nil }
}

/// Thrown by a handler that has seen enough. It is no error of the document.
package struct XMLStop: Error, Sendable {
  package init() {}
}

/// A start tag, valid during the call that delivers it.
package struct XMLElement: ~Copyable {
  /// The index of the local name in `XMLVocabulary.names`, or `unknown`.
  package let name: Int
  /// The line where the tag begins, counted from 1.
  package let line: Int
  /// How many elements enclose this one: 0 for the root.
  package let depth: Int
  /// Whether validation reported this tag: of an attribute that is missing, unknown or of the wrong form.
  package let isFlawed: Bool
  package let attributes: XMLAttributes

  /// The number of a name that the format did not list.
  package static let unknown = -1
}

/// One attribute of a start tag: its name as an index in `XMLVocabulary.names` and its value, entities resolved.
package struct XMLAttribute {
  package let name: Int
  package let value: UnsafeBufferPointer<UInt8>
}

/// The attributes of a start tag that the format lists, in the order of the document.
/// Valid during the call that delivers them.
package struct XMLAttributes: RandomAccessCollection {
  let buffer: UnsafeBufferPointer<XMLAttribute>

  package var startIndex: Int { 0 }
  package var endIndex: Int { buffer.count }
  package subscript(position: Int) -> XMLAttribute { buffer[position] }

  /// The value of the attribute with this name, or nil if the tag has none.
  package func value(_ name: Int) -> UnsafeBufferPointer<UInt8>? {
    for attribute in buffer where attribute.name == name { return attribute.value }
    return nil
  }
}

/// What came of a reading.
package struct XMLReadingReport: Sendable, Hashable {
  /// How a reading ended.
  package enum Ending: Sendable, Hashable {
    /// The document was read to its end; it may differ from the schema.
    case complete
    /// The handler stopped it.
    case stopped
    /// The document could not be read further: the last problem is the reason.
    case broken
  }

  package var ending: Ending
  /// The problems in the order of the document.
  package var problems: [XMLProblem]
  /// How many problems of the schema were counted but not kept.
  package var omitted: Int

  /// Read to the end, and nothing to report.
  package var isValid: Bool { ending == .complete && problems.isEmpty }
}
