import AtomicFiles
import CLibXML2
import Platform

/// The attributes of a start tag, as libxml2 delivers them: five addresses each, of the local name, the prefix, the
/// namespace, and the value's beginning and end.
extension Reading {
  /// Collects the attributes that the format lists, and asks the automaton about all of them.
  /// - Returns: whether the automaton accepts them; true without a schema.
  @inline(__always)
  mutating func gather(
    _ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int, of type: Int32
  ) -> Bool {
    attributeCount = 0
    hasLongAttribute = false
    var missing = type < 0 ? 0 : automaton?.types[Int(type)].required ?? 0
    var isAccepted = type >= 0 || schema == nil
    guard let raw, count > 0 else { return isAccepted && missing == 0 }
    if count > attributeRoom {
      attributes.deallocate()
      attributes = .allocate(capacity: count)
      attributeRoom = count
    }
    decoded.clear()
    var isReserved = false
    var next = raw
    for _ in 0..<count {
      defer { next += 5 }
      guard let start = next[3], let end = next[4] else { continue }
      let name: NameTable.Entry
      if format.hasQualifiedAttributes, next[1] != table.xmlPrefix {
        if next[2] != nil, next[2] != table.namespace { continue }
        name = table(next[0])
      } else {
        name = next[2] == nil ? lookup(next[0]) : prefixed(next)
      }
      var value = UnsafeBufferPointer(start: start, count: end - start)
      if Reading.isLong(value.count) { hasLongAttribute = true }
      let cell = type < 0 ? .none : automaton?.attribute(name.symbol, of: type) ?? .none
      if cell.bit >= 0, let automaton, automaton.acceptsPlain(value, Int(cell.check)) {
        // It is accepted as it stands, without a `&`.
        missing &= ~(1 << UInt64(cell.bit))
      } else {
        if memchr(start, 0x26, value.count) != nil {
          // Room for all at once: what was decoded before must not move.
          if !isReserved { decoded.reserve(Reading.length(of: raw, count)) }
          isReserved = true
          value = decode(value)
        }
        if type >= 0, let automaton {
          if cell.bit >= 0, automaton.accepts(value, Int(cell.check)) {
            missing &= ~(1 << UInt64(cell.bit))
          } else {
            isAccepted = false
          }
        }
      }
      guard name.number >= 0, name.number < table.listed else { continue }
      (attributes + attributeCount).initialize(to: XMLAttribute(name: name.number, value: value))
      attributeCount += 1
    }
    return isAccepted && missing == 0
  }

  /// A prefixed name is listed with its prefix; the catalog has none, and its schema declares none. (`xmlDictQLookup`
  /// returns another address for such a name, so it is composed here.)
  private func prefixed(_ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>) -> NameTable.Entry {
    var entry = table(xmlDictExists(parser.pointer.pointee.dict, "\(name(raw[1])):\(name(raw[0]))", -1))
    entry.symbol = -1
    return entry
  }

  /// Adds the namespaces that a tag declares to its attributes, where the format lists them: `xmlns` or `xmlns:` and the
  /// prefix.
  mutating func gatherNamespaces(_ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int) {
    guard let raw, count > 0 else { return }
    var gathered = Array(UnsafeBufferPointer(start: attributes, count: attributeCount))
    for index in 0..<count {
      guard let value = raw[index * 2 + 1] else { continue }
      let declared = raw[index * 2].map { "xmlns:\(name($0))" } ?? "xmlns"
      let number = table(xmlDictExists(parser.pointer.pointee.dict, declared, -1)).number
      guard number >= 0 else { continue }
      let count = strlen(UnsafeRawPointer(value).assumingMemoryBound(to: CChar.self))
      gathered.append(XMLAttribute(name: number, value: UnsafeBufferPointer(start: value, count: count)))
    }
    if gathered.count > attributeRoom {
      attributes.deallocate()
      attributes = .allocate(capacity: gathered.count)
      attributeRoom = gathered.count
    }
    attributes.update(from: gathered, count: gathered.count)
    attributeCount = gathered.count
  }

  static func length(of raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ count: Int) -> Int {
    (0..<count).reduce(0) { sum, index in
      guard let start = raw[index * 5 + 3], let end = raw[index * 5 + 4] else { return sum }
      return sum + (end - start)
    }
  }

  func attribute(_ number: Int?) -> UnsafeBufferPointer<UInt8>? {
    number.flatMap {
      XMLAttributes(buffer: UnsafeBufferPointer(start: attributes, count: attributeCount)).value($0)
    }
  }

  /// An attribute's value decoded: without `NOENT`, libxml2 delivers an ampersand as `&#38;`, and no other reference.
  mutating func decode(_ value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let first = decoded.count
    var index = 0
    while index < value.count {
      decoded.append(byte: value[index])
      index += value[index] == 0x26 && index + 4 < value.count ? 5 : 1
    }
    return decoded.slice(first..<decoded.count)
  }
}
