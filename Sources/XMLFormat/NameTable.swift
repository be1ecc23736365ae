import CLibXML2

/// Maps the local names of a format, by the address that libxml2's dictionary gives each of them, to their numbers, so
/// that no name is compared byte by byte while reading. libxml2 interns the names; this is only the map.
final class NameTable {
  private let keys: UnsafeMutablePointer<UInt>
  private let numbers: UnsafeMutablePointer<Int>
  private let mask: Int
  /// The namespace's address in the dictionary.
  let namespace: UnsafePointer<UInt8>?
  /// The address of the prefix `xml`.
  let xmlPrefix: UnsafePointer<UInt8>?
  /// The elements of further namespaces: the addresses of namespace and local name, and the number.
  private let others: [(namespace: UnsafePointer<UInt8>?, name: UnsafePointer<UInt8>?, number: Int)]

  /// How many of the names are those of the format; the others are elements of the schema alone.
  let listed: Int
  private let count: Int
  /// For `parent * count + child`: whether the schema allows the child in the parent.
  private let allowed: UnsafeMutablePointer<Bool>

  /// Enters the names of `format` and `outline` into `dictionary` with `xmlDictLookup`. The addresses are good as long
  /// as it lives.
  init(_ format: XMLVocabulary, outline: SchemaOutline?, dictionary: OpaquePointer?) {
    let known = Set(format.names)
    let names = format.names + (outline?.elements.filter { !known.contains($0) } ?? [])
    listed = format.names.count
    count = names.count
    var capacity = 64
    while capacity < names.count * 4 { capacity *= 2 }
    mask = capacity - 1
    keys = .allocate(capacity: capacity)
    keys.initialize(repeating: 0, count: capacity)
    numbers = .allocate(capacity: capacity)
    numbers.initialize(repeating: XMLElement.unknown, count: capacity)
    namespace = xmlDictLookup(dictionary, format.namespace, -1)
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
    for (number, name) in names.enumerated() {
      guard let interned = xmlDictLookup(dictionary, name, -1) else { continue }
      let key = UInt(bitPattern: interned)
      var slot = NameTable.hash(key) & mask
      while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
      // A name listed twice keeps its first number.
      if keys[slot] == 0 {
        keys[slot] = key
        numbers[slot] = number
      }
    }
    allowed = .allocate(capacity: count * count)
    allowed.initialize(repeating: false, count: count * count)
    let numberOfName = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    for (parent, children) in outline?.children ?? [:] {
      guard let row = numberOfName[parent] else { continue }
      for child in children {
        if let column = numberOfName[child] { allowed[row * count + column] = true }
      }
    }
  }

  deinit {
    keys.deallocate()
    numbers.deallocate()
    allowed.deallocate()
  }

  /// The number of an interned name, or `XMLElement.unknown`.
  @inline(__always)
  func number(_ name: UnsafePointer<UInt8>?) -> Int {
    let key = UInt(bitPattern: name)
    var slot = NameTable.hash(key) & mask
    while keys[slot] != key {
      if keys[slot] == 0 { return XMLElement.unknown }
      slot = (slot + 1) & mask
    }
    return numbers[slot]
  }

  /// The number of an element of another namespace than that of the format, or `XMLElement.unknown`.
  func number(_ name: UnsafePointer<UInt8>?, in namespace: UnsafePointer<UInt8>?) -> Int {
    others.first { $0.name == name && $0.namespace == namespace }?.number ?? XMLElement.unknown
  }

  /// Whether the schema allows an element in another, by their names alone.
  @inline(__always)
  func allows(_ child: Int, in parent: Int) -> Bool {
    child >= 0 && parent >= 0 && allowed[parent * count + child]
  }

  @inline(__always)
  private static func hash(_ key: UInt) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }
}
