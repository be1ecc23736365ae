import Catalog

/// The matters whose name has the form (`MatterNameForm`) of an earlier one, in a catalog of any size.
///
/// The hashes of the forms are known. Two bits for each place that a hash may have, met and met again, rule out nearly all
/// names; only those that are left are sorted by hash and compared. A hash table of a million names would be twenty times the
/// size of the processor's cache.
enum RepeatedNameForms {
  struct Pair {
    var matter: Int
    /// The first matter with a name of that form.
    var earlier: Int
  }

  /// - Parameters:
  ///   - hashes: by text of a name, the hash of its form.
  ///   - isRepeating: two matters may have the same name; only the first of them is looked at.
  /// - Returns: nil if the matters have no more than `least` names: those that `MatterNameForms` compares.
  static func pairs(
    _ catalog: Catalog, hashes: [UInt64], isRepeating: Bool, moreThan least: Int = MatterNameForms.mostNames
  ) -> [Pair]? {
    guard let candidates = candidates(catalog, hashes, isRepeating, least) else { return nil }
    var pairs: [Pair] = []
    var forms: (own: [UInt8], first: [UInt8]) = ([], [])
    var start = 0
    while start < candidates.count {
      let first = candidates[start]
      var next = start + 1
      while next < candidates.count, candidates[next].hash == first.hash {
        if haveSameForm(candidates[next], first, catalog, &forms) {
          pairs.append(Pair(matter: Int(candidates[next].matter), earlier: Int(first.matter)))
        }
        next += 1
      }
      start = next
    }
    return pairs.sorted { $0.matter < $1.matter }
  }

  private struct Named {
    var hash: UInt64
    var matter: Int32
  }

  /// The matters whose names may have the form of another, by hash and place.
  private static func candidates(_ catalog: Catalog, _ hashes: [UInt64], _ isRepeating: Bool, _ least: Int) -> [Named]?
  {
    var met = HashBits(count: hashes.count)
    var again = met
    var names = isRepeating ? [Bool](repeating: false, count: hashes.count) : []
    var used = 0
    /// The hash of the name of a matter that counts; 0 for none.
    func hash(_ matter: Matter) -> UInt64 {
      if matter.isWithdrawn || matter.name.isEmpty { return 0 }
      if isRepeating {
        if names[matter.name.index] { return 0 }
        names[matter.name.index] = true
      }
      used += 1
      return hashes[matter.name.index]
    }
    let matters = catalog.matters
    for matter in matters {
      let hash = hash(matter)
      if hash != 0, !met.insert(hash) { again.insert(hash) }
    }
    if used <= least { return nil }
    if again.isEmpty { return [] }
    if isRepeating { names = [Bool](repeating: false, count: hashes.count) }
    var found: [Named] = []
    for matter in matters {
      let hash = hash(matter)
      if hash != 0, again.contains(hash) { found.append(Named(hash: hash, matter: Int32(matter.index))) }
    }
    found.sort { ($0.hash, $0.matter) < ($1.hash, $1.matter) }
    return found
  }

  private static func haveSameForm(
    _ one: Named, _ other: Named, _ catalog: Catalog, _ forms: inout (own: [UInt8], first: [UInt8])
  ) -> Bool {
    let own = catalog.withBytes(catalog.matters[Int(one.matter)].name) { MatterNameForm.write($0, to: &forms.own) }
    let first = catalog.withBytes(catalog.matters[Int(other.matter)].name) {
      MatterNameForm.write($0, to: &forms.first)
    }
    return own == first && forms.own[..<own].elementsEqual(forms.first[..<first])
  }
}

/// A bit for each of many places that a hash may have.
private struct HashBits {
  private var bits: [UInt64]
  private let shift: UInt64
  private(set) var isEmpty = true

  /// - Parameter count: how many hashes there will be; less than a thirtieth of the places are taken.
  init(count: Int) {
    var width = 10
    while 1 << width < 32 * count { width += 1 }
    shift = UInt64(64 - width)
    bits = [UInt64](repeating: 0, count: (1 << width) / 64)
  }

  func contains(_ hash: UInt64) -> Bool {
    let place = Int(hash >> shift)
    return bits[place >> 6] & 1 << UInt64(place & 63) != 0
  }

  /// - Returns: whether the place was free.
  @discardableResult
  mutating func insert(_ hash: UInt64) -> Bool {
    let place = Int(hash >> shift)
    let bit: UInt64 = 1 << UInt64(place & 63)
    let isNew = bits[place >> 6] & bit == 0
    bits[place >> 6] |= bit
    isEmpty = false
    return isNew
  }
}
