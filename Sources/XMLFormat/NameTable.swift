import CLibXML2

/// Maps the local names of a format, by the address that libxml2's dictionary gives each of them, to their numbers, so
/// that no name is compared byte by byte while reading. libxml2 interns the names; this is only the map.
final class NameTable {
  /// What is known of a name.
  struct Entry {
    var key: UInt
    /// Its number in the format, the numbers of the names that only the schema has after them; negative for others.
    var number: Int
    /// Its symbol in the schema's automaton; negative if the schema does not have it.
    var symbol: Int32
  }

  /// The entry of a name that is not in the table.
  static let unknown = Entry(key: 0, number: XMLElement.unknown, symbol: -1)

  /// What is looked up for every tag; good as long as the table.
  struct Lookup {
    fileprivate let entries: UnsafeMutablePointer<Entry>
    fileprivate let mask: Int
    /// The namespace's address in the dictionary.
    let namespace: UnsafePointer<UInt8>?

    /// What is known of an interned name.
    @inline(__always)
    func callAsFunction(_ name: UnsafePointer<UInt8>?) -> Entry { entry(name).pointee }

    /// The entry of the name, or the one where it could be added.
    @inline(__always)
    fileprivate func entry(_ name: UnsafePointer<UInt8>?) -> UnsafeMutablePointer<Entry> {
      let key = UInt(bitPattern: name)
      var slot = NameTable.hash(key) & mask
      while entries[slot].key != key {
        if entries[slot].key == 0 { break }
        slot = (slot + 1) & mask
      }
      return entries + slot
    }
  }

  let lookup: Lookup
  var namespace: UnsafePointer<UInt8>? { lookup.namespace }
  /// The address of the prefix `xml`.
  let xmlPrefix: UnsafePointer<UInt8>?
  /// The elements of further namespaces: the addresses of namespace and local name, and the number.
  private let others: [(namespace: UnsafePointer<UInt8>?, name: UnsafePointer<UInt8>?, number: Int)]

  /// How many of the names are those of the format; the others are of the schema alone.
  let listed: Int
  /// Whether the format lists declarations of namespaces as attributes.
  let listsNamespaces: Bool
  /// The address of each name of the schema.
  let symbolNames: [UnsafePointer<UInt8>?]
  private let names: [String]
  /// For `parent * count + child`: whether the schema allows the child in the parent. Nil until it is needed.
  private var allowed: [Bool]?

  /// Enters names into `dictionary` with `xmlDictLookup`. The addresses are good as long as it lives.
  /// - Parameter symbols: the names of the schema's automaton, in the order of its symbols.
  init(_ format: XMLVocabulary, symbols: [String], dictionary: OpaquePointer?) {
    listed = format.names.count
    listsNamespaces = format.names.contains { $0 == "xmlns" || $0.hasPrefix("xmlns:") }
    names = format.names + symbols
    var capacity = 64
    while capacity < names.count * 4 { capacity *= 2 }
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(repeating: NameTable.unknown, count: capacity)
    lookup = Lookup(
      entries: entries, mask: capacity - 1, namespace: xmlDictLookup(dictionary, format.namespace, -1))
    xmlPrefix = xmlDictLookup(dictionary, "xml", -1)
    others =
      format.others.isEmpty
      ? []
      : format.names.enumerated().compactMap { number, name in
        guard let colon = name.firstIndex(of: ":"), let uri = format.others[String(name[..<colon])] else { return nil }
        return (
          xmlDictLookup(dictionary, uri, -1), xmlDictLookup(dictionary, String(name[name.index(after: colon)...]), -1),
          number
        )
      }
    symbolNames = symbols.map { xmlDictLookup(dictionary, $0, -1) }
    // A name listed twice keeps its first number.
    let symbolCount = symbols.count
    for (number, name) in names.enumerated() {
      let interned =
        number < listed ? xmlDictLookup(dictionary, name, -1) : symbolNames[number - (names.count - symbolCount)]
      guard let interned else { continue }
      let entry = lookup.entry(interned)
      if entry.pointee.key != 0 { continue }
      entry.initialize(to: Entry(key: UInt(bitPattern: interned), number: number, symbol: -1))
    }
    for (symbol, interned) in symbolNames.enumerated() where interned != nil {
      lookup.entry(interned).pointee.symbol = Int32(symbol)
    }
  }

  deinit { lookup.entries.deallocate() }

  /// What is known of an interned name.
  @inline(__always)
  func callAsFunction(_ name: UnsafePointer<UInt8>?) -> Entry { lookup(name) }

  /// What is known of an element of another namespace than that of the format.
  func callAsFunction(_ name: UnsafePointer<UInt8>?, in namespace: UnsafePointer<UInt8>?) -> Entry {
    var entry = NameTable.unknown
    if let other = others.first(where: { $0.name == name && $0.namespace == namespace }) { entry.number = other.number }
    return entry
  }

  /// Whether the schema allows an element in another, by their names alone.
  func allows(_ child: Int, in parent: Int, _ outline: SchemaOutline) -> Bool {
    guard child >= 0, parent >= 0 else { return false }
    let known = allowed ?? pairs(outline)
    allowed = known
    return known[parent * names.count + child]
  }

  private func pairs(_ outline: SchemaOutline) -> [Bool] {
    // The first number of each name.
    let numbers = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    var allowed = [Bool](repeating: false, count: names.count * names.count)
    for (parent, children) in outline.children {
      guard let row = numbers[parent] else { continue }
      for child in children {
        if let column = numbers[child] { allowed[row * names.count + column] = true }
      }
    }
    return allowed
  }

  @inline(__always)
  fileprivate static func hash(_ key: UInt) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }
}
