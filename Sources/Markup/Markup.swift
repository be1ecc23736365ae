/// A document format: its namespace, its root element, its version and the names that a handler wants to tell apart.
public struct MarkupFormat: Sendable {
  public var namespace: String
  public var root: String
  /// What the root's `version` attribute has to be; nil if the format has no such attribute.
  public var version: String?
  /// The local names of elements and attributes. A name's place in this array is the number that a handler gets. An
  /// attribute such as `xml:lang` is listed with its prefix.
  public var names: [String]

  public init(namespace: String, root: String, version: String? = nil, names: [String]) {
    self.namespace = namespace
    self.root = root
    self.version = version
    self.names = names
  }
}

/// Takes the elements of a document as they are read. Every pointer is valid during the call only.
///
/// What is delivered has its place in the schema: an element that the schema does not expect is complained of and left
/// out with all that it contains. So are the elements after one that came out of order, to the end of their parent,
/// because nothing checks them any more. What may still be missing or wrong in what is delivered is an attribute or
/// element that should be there, and the form of a value: then `isFlawed` or `isWhole` tell.
public protocol MarkupHandler: AnyObject {
  /// A start tag.
  /// - Throws: `MarkupStop` to end the reading here.
  func start(_ element: borrowing MarkupElement) throws(MarkupStop)

  /// An end tag. `text` is the whole text of an element that contains no other element, entities resolved, blanks as
  /// they stand; it is empty for all others. `isWhole` is false if the schema had anything to say of this element or of
  /// one inside it.
  /// - Throws: `MarkupStop` to end the reading here.
  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(MarkupStop)

  /// What a person would call the thing that is being read, such as a matter's id; asked only when there is something to
  /// complain of.
  var place: String? { get }
}

extension MarkupHandler {
  public var place: String? { nil }
}

/// Thrown by a handler that has seen enough. It is no error of the document.
public struct MarkupStop: Error, Sendable {
  public init() {}
}

/// A start tag, valid during the call that delivers it.
public struct MarkupElement: ~Copyable {
  /// The place of the local name in `MarkupFormat.names`, or `unknown`.
  public let name: Int
  /// The line where the tag begins, counted from 1.
  public let line: Int
  /// How many elements this one stands in: 0 for the root.
  public let depth: Int
  /// Whether the schema complained of this tag: of an attribute that is missing, unknown or of the wrong form.
  public let isFlawed: Bool
  public let attributes: MarkupAttributes

  /// The number of a name that the format did not list.
  public static let unknown = -1

  init(name: Int, line: Int, depth: Int, isFlawed: Bool, attributes: MarkupAttributes) {
    self.name = name
    self.line = line
    self.depth = depth
    self.isFlawed = isFlawed
    self.attributes = attributes
  }
}

/// One attribute of a start tag: its name as a place in `MarkupFormat.names` and its value, entities resolved.
public struct MarkupAttribute {
  public let name: Int
  public let value: UnsafeBufferPointer<UInt8>

  init(name: Int, value: UnsafeBufferPointer<UInt8>) {
    self.name = name
    self.value = value
  }
}

/// The attributes of a start tag that the format lists, in the order of the document.
/// Valid during the call that delivers them.
public struct MarkupAttributes: RandomAccessCollection {
  let buffer: UnsafeBufferPointer<MarkupAttribute>

  public var startIndex: Int { 0 }
  public var endIndex: Int { buffer.count }
  public subscript(position: Int) -> MarkupAttribute { buffer[position] }

  /// The value of the attribute with this name, or nil if the tag has none.
  public func value(_ name: Int) -> UnsafeBufferPointer<UInt8>? {
    for attribute in buffer where attribute.name == name { return attribute.value }
    return nil
  }
}

/// What came of a reading.
public struct MarkupReport: Sendable, Hashable {
  /// How a reading ended.
  public enum Ending: Sendable, Hashable {
    /// The document was read to its end; the schema may have had complaints.
    case complete
    /// The handler stopped it.
    case stopped
    /// The document could not be read further: the last complaint says why.
    case broken
  }

  public var ending: Ending
  /// The complaints in the order of the document.
  public var complaints: [MarkupComplaint]
  /// How many complaints of the schema were counted but not kept.
  public var omitted: Int

  /// Read to the end, and nothing to complain of.
  public var isValid: Bool { ending == .complete && complaints.isEmpty }
}
