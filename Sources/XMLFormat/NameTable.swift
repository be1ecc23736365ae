import CLibXML2

/// Tells the local names of a format apart by the address that libxml2's dictionary gives each of them, so that no name
/// is compared letter by letter while reading.
final class NameTable {
  private let keys: UnsafeMutablePointer<UInt>
  private let numbers: UnsafeMutablePointer<Int>
  private let mask: Int
  /// The namespace's address in the dictionary.
  let namespace: UnsafePointer<UInt8>?

  /// How many of the names are the format's; those behind are elements that only the schema knows.
  let listed: Int
  private let count: Int
  /// For parent and child, `parent * count + child`: whether the schema lets the one stand in the other.
  private let allowed: UnsafeMutablePointer<Bool>

  /// Enters the names of `format` and `outline` into `dictionary` with `xmlDictLookup`. The addresses are good as long as
  /// it lives.
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
    for (number, name) in names.enumerated() {
      guard let interned = xmlDictLookup(dictionary, name, -1) else { continue }
      let key = UInt(bitPattern: interned)
      var slot = NameTable.hash(key) & mask
      while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
      // A name listed twice keeps its first subject.
      if keys[slot] == 0 {
        keys[slot] = key
        numbers[slot] = number
      }
    }
    allowed = .allocate(capacity: count * count)
    allowed.initialize(repeating: false, count: count * count)
    let subjects = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    for (parent, children) in outline?.children ?? [:] {
      guard let row = subjects[parent] else { continue }
      for child in children {
        if let column = subjects[child] { allowed[row * count + column] = true }
      }
    }
  }

  deinit {
    keys.deallocate()
    numbers.deallocate()
    allowed.deallocate()
  }

  /// The subject of an interned name in the list, or `XMLElement.unknown`.
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

  /// Whether an element may stand in another as far as their names report.
  @inline(__always)
  func allows(_ child: Int, in parent: Int) -> Bool {
    child >= 0 && parent >= 0 && allowed[parent * count + child]
  }

  @inline(__always)
  private static func hash(_ key: UInt) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }
}
