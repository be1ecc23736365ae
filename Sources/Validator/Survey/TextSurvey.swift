import AtomicFiles
import Catalog
import Platform

/// What one pass over the distinct texts of the large tables shows: their traits and, of the names of matters, what the rules
/// that compare names begin with. A text is looked at once, while its bytes are in the processor's cache.
struct TextSurvey: Sendable {
  /// The columns with texts for people.
  static let columns: [TextColumn] = [.matterName, .lead, .deadline, .remark, .placeholder, .itemName, .responsible]

  /// By text of a name of a matter, the hash of its form (`MatterNameForm`); 0 for one that is too short to compare. Empty
  /// for a catalog with few names, whose forms are compared by `MatterNameForms`.
  private(set) var nameHashes: [UInt64] = []
  /// How often the names of matters have each Chinese character (`ChineseCharacters`).
  private(set) var frequency: [UInt32] = []

  /// The traits of the texts of all columns, one column after the other.
  private var traits: [TextTraits] = []
  /// By `TextColumn.rawValue`, where those of a column are, and all that any of them has.
  private var places = [Range<Int>](repeating: 0..<0, count: TextColumn.allCases.count)
  private var union = [TextTraits](repeating: [], count: TextColumn.allCases.count)

  /// - Parameters:
  ///   - isParallel: the texts are looked at on two threads.
  ///   - beside: what this thread does before it joins in.
  init(_ catalog: Catalog, isParallel: Bool = false, beside: () -> Void = {}) {
    var count = 0
    for column in TextSurvey.columns {
      places[Int(column.rawValue)] = count..<count + catalog.distinctCount(column)
      count += catalog.distinctCount(column)
    }
    let names = catalog.distinctCount(.matterName)
    let hashed = names > MatterNameForms.mostNames ? names : 0
    let (places, total) = (places, count)
    let ends = DepartmentNameEnds(catalog)
    var (one, other) = (TextWorker(catalog, ends), TextWorker(catalog, ends))
    var hashes: [UInt64] = []
    traits = [TextTraits](unsafeUninitializedCapacity: total) { traits, initialized in
      hashes = [UInt64](unsafeUninitializedCapacity: hashed) { hashes, initialized in
        let parts = TextParts(catalog, places, traits: traits, hashes: hashes)
        Parallel.both(when: isParallel) {
          beside()
          one.work(on: parts)
        } _: {
          other.work(on: parts)
        }
        initialized = hashed
      }
      initialized = total
    }
    nameHashes = hashes
    union = zip(one.union, other.union).map { $0.union($1) }
    frequency = one.frequency.isEmpty ? other.frequency : one.frequency
    if !one.frequency.isEmpty, !other.frequency.isEmpty {
      for index in frequency.indices { frequency[index] = one.frequency[index] + other.frequency[index] }
    }
  }

  /// The traits of a text.
  subscript(name: TextID) -> TextTraits { traits[places[name.kindIndex].lowerBound + name.index] }

  /// Calls `body` with each text of a column that has one of the traits.
  func forEach(in column: TextColumn, having wanted: TextTraits, _ body: (TextID) -> Void) {
    guard !union[Int(column.rawValue)].isDisjoint(with: wanted) else { return }
    let place = places[Int(column.rawValue)]
    traits.withUnsafeBufferPointer { traits in
      for index in place where traits[index].rawValue & wanted.rawValue != 0 {
        body(TextID(raw: UInt32(column.rawValue) << 28 | UInt32(index - place.lowerBound)))
      }
    }
  }
}

/// The texts in parts of some ten thousand, which two threads take in turn, and where the results are put.
private final class TextParts: @unchecked Sendable {
  // Unchecked: each part of the results is written by the thread that has taken it.
  struct Part {
    var column: TextColumn
    var texts: Range<Int>
    /// Where the traits of the first of them are.
    var start: Int
  }

  let traits: UnsafeMutableBufferPointer<TextTraits>
  let hashes: UnsafeMutableBufferPointer<UInt64>
  let parts: [Part]
  let queue: WorkQueue

  private static let size = 16_384

  init(
    _ catalog: Catalog, _ places: [Range<Int>], traits: UnsafeMutableBufferPointer<TextTraits>,
    hashes: UnsafeMutableBufferPointer<UInt64>
  ) {
    (self.traits, self.hashes) = (traits, hashes)
    parts = TextSurvey.columns.flatMap { column in
      let place = places[Int(column.rawValue)]
      return stride(from: 0, to: place.count, by: TextParts.size).map { first in
        Part(
          column: column, texts: first..<min(first + TextParts.size, place.count), start: place.lowerBound + first)
      }
    }
    queue = WorkQueue(Array(parts.indices))
  }
}

/// What one thread finds in the parts that it takes.
private struct TextWorker {
  private let catalog: Catalog
  private let departments: DepartmentNameEnds
  private(set) var union = [TextTraits](repeating: [], count: TextColumn.allCases.count)
  /// Empty until the first names of matters are taken.
  private(set) var frequency: [UInt32] = []
  private var form: [UInt8] = []

  init(_ catalog: Catalog, _ departments: DepartmentNameEnds) {
    self.catalog = catalog
    self.departments = departments
  }

  mutating func work(on parts: TextParts) {
    while let index = parts.queue.next() {
      let part = parts.parts[index]
      let found = part.column == .matterName ? takeNames(part, parts) : take(part, parts)
      union[Int(part.column.rawValue)].formUnion(found)
    }
  }

  private func take(_ part: TextParts.Part, _ parts: TextParts) -> TextTraits {
    let (texts, departments) = (catalog.texts(part.column), departments)
    var all: TextTraits = []
    for index in part.texts {
      let traits = TextWorker.look(at: texts.bytes(of: index), departments)
      parts.traits.initializeElement(at: part.start + index - part.texts.lowerBound, to: traits)
      all.formUnion(traits)
    }
    return all
  }

  private mutating func takeNames(_ part: TextParts.Part, _ parts: TextParts) -> TextTraits {
    // What is read through `self` in the loop is copied for each name.
    let (names, departments, isHashed) = (catalog.texts(part.column), departments, !parts.hashes.isEmpty)
    var all: TextTraits = []
    if frequency.isEmpty { frequency = [UInt32](repeating: 0, count: ChineseCharacters.count) }
    // Taken out, so that the loop changes neither through `self`.
    var (counts, form) = ([UInt32](), [UInt8]())
    swap(&counts, &frequency)
    swap(&form, &self.form)
    counts.withUnsafeMutableBufferPointer { counts in
      for index in part.texts {
        let bytes = names.bytes(of: index)
        ChineseCharacters.forEach(bytes) { counts[$0] += 1 }
        let traits = TextWorker.look(at: bytes, departments)
        let hash = isHashed ? MatterNameForm.hash(bytes, &form) : 0
        parts.traits.initializeElement(at: part.start + index - part.texts.lowerBound, to: traits)
        if isHashed { parts.hashes.initializeElement(at: index, to: hash) }
        all.formUnion(traits)
      }
    }
    swap(&counts, &frequency)
    swap(&form, &self.form)
    return all
  }

  @inline(__always)
  private static func look(
    at bytes: UnsafeBufferPointer<UInt8>, _ departments: DepartmentNameEnds
  ) -> TextTraits {
    departments.mayContain(bytes) ? TextTraits(of: bytes).union(.maybeDepartments) : TextTraits(of: bytes)
  }
}

/// The first and the last characters of the names in the register of departments, three bytes each: few other texts have both.
struct DepartmentNameEnds: Sendable {
  /// A bit for each hash of three bytes.
  private var first = [UInt64](repeating: 0, count: 64)
  private var last = [UInt64](repeating: 0, count: 64)

  init(_ catalog: Catalog) {
    for (name, _) in catalog.departmentRegister.names {
      var name = name
      name.withUTF8 { bytes in
        guard bytes.count >= 3 else { return }
        DepartmentNameEnds.insert(DepartmentNameEnds.hash(bytes, 0), &first)
        DepartmentNameEnds.insert(DepartmentNameEnds.hash(bytes, bytes.count - 3), &last)
      }
    }
  }

  /// Whether a text may be one department or several.
  @inline(__always)
  func mayContain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 3, bytes.count <= 120 else { return false }
    let start = DepartmentNameEnds.hash(bytes, 0)
    guard first[start >> 6] & 1 << UInt64(start & 63) != 0 else { return false }
    let end = DepartmentNameEnds.hash(bytes, bytes.count - 3)
    return last[end >> 6] & 1 << UInt64(end & 63) != 0
  }

  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let number = UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    return Int((number &* 0x9E37_79B1) &>> 20)
  }

  private static func insert(_ hash: Int, _ bits: inout [UInt64]) { bits[hash >> 6] |= 1 << UInt64(hash & 63) }
}

/// The Chinese characters from U+4E00 to U+9FFF by number.
enum ChineseCharacters {
  static let first = 0x4E00
  static let count = 0x5200

  /// Calls `body` with the number of each Chinese character of a text.
  @inline(__always)
  static func forEach(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
    var index = 0
    while index + 2 < bytes.count {
      // Three bytes, of which the first is E4 to E9.
      guard bytes[index] >= 0xE4, bytes[index] <= 0xE9 else {
        index += 1
        continue
      }
      let scalar =
        Int(bytes[index] & 0x0F) << 12 | Int(bytes[index + 1] & 0x3F) << 6 | Int(bytes[index + 2] & 0x3F)
      if scalar >= first, scalar < first + count { body(scalar - first) }
      index += 3
    }
  }
}
