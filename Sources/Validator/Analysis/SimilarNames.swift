import Catalog
import Localization

/// Names a slip apart, found in about linear time: two names are one slip apart only if taking one character out of each
/// (or of one) leaves the same, so those remainders are hashed, and only what meets is compared.
enum SimilarNames {
  struct Found {
    var owner: Int
    /// Its ordinal among the owner's names.
    var name: Int
    var text: String
  }

  struct Pair {
    var first: Found
    var second: Found
    /// What sets them apart; nil where it is an ending or the form of the letters.
    var difference: Difference?
  }

  /// What stands in one name and what in the other; nothing where a character is missing.
  struct Difference: Hashable {
    var one: String
    var other: String

    var turned: Difference { Difference(one: other, other: one) }
    var sorted: Difference { one < other ? self : turned }
  }

  /// A difference in a shorter name is as likely two words as one slip.
  static let shortest = 8

  static func message(_ pair: Pair, _ zh: String, _ en: String) -> LocalizedText {
    func shown(_ text: String, _ zh: Bool) -> String { text.isEmpty ? (zh ? "无" : "nothing") : "“\(text)”" }
    guard let difference = pair.difference else {
      return LocalizedText(
        zh: "\(zh)“\(pair.second.text)”与“\(pair.first.text)”只差词尾或字形，却分别登记",
        en:
          "the \(en) “\(pair.second.text)” and “\(pair.first.text)” differ only in their ending or the form of their letters, but are registered as two"
      )
    }
    return LocalizedText(
      zh:
        "\(zh)“\(pair.second.text)”与“\(pair.first.text)”只差一处（\(shown(difference.other, true))/\(shown(difference.one, true))），却分别登记",
      en:
        "the \(en) “\(pair.second.text)” and “\(pair.first.text)” are one slip apart (\(shown(difference.other, false)) for \(shown(difference.one, false))) but are registered as two"
    )
  }

  /// - Parameter names: the id of each owner and its names.
  static func pairs(_ names: [(id: String, names: [String])]) -> [Pair] {
    // Every name once for each owner, long enough to be compared at all.
    var entries: [(owner: Int, name: Int, text: String)] = []
    var letters = Letters()
    for owner in names.indices {
      let own = names[owner].names
      for (name, text) in own.enumerated() where text.utf8.count >= 12 && own.firstIndex(of: text) == name {
        if letters.append(text, atLeast: 4) { entries.append((owner, name, text)) }
      }
    }
    guard entries.count > 1 else { return [] }
    func found(_ entry: Int) -> Found {
      Found(owner: entries[entry].owner, name: entries[entry].name, text: entries[entry].text)
    }

    // A slip apart.
    var near: [(a: Int, b: Int, difference: Difference)] = []
    var seen: Set<[Int]> = []
    for group in meetings(letters) {
      // Three that differ in one ordinal are a family (用水报装, 用电报装, 用气报装), not a slip.
      let owners = Set(group.map { entries[$0].owner })
      guard owners.count == 2 else { continue }
      for (number, a) in group.enumerated() {
        for b in group[(number + 1)...] where entries[a].owner != entries[b].owner && seen.insert([a, b]).inserted {
          let one = Array(entries[a].text.unicodeScalars)
          let other = Array(entries[b].text.unicodeScalars)
          guard Nearness.distance(one, other, limit: 1) == 1 else { continue }
          let difference = difference(one, other)
          near.append((a, b, difference))
        }
      }
    }
    var told: Set<[Int]> = []
    var pairs: [Pair] = []
    func report(_ a: Int, _ b: Int, _ difference: Difference?) {
      let owners = [entries[a].owner, entries[b].owner].sorted()
      guard told.insert(owners).inserted else { return }
      // By id, so that it stays the same however the rows are sorted.
      let isInOrder = (names[entries[a].owner].id, entries[a].owner) < (names[entries[b].owner].id, entries[b].owner)
      pairs.append(
        Pair(
          first: found(isInOrder ? a : b), second: found(isInOrder ? b : a),
          difference: isInOrder ? difference : difference?.turned))
    }
    // The same difference between other names again, and it is one of meaning.
    var uses: [Difference: Set<[Int]>] = [:]
    for pair in near {
      uses[pair.difference.sorted, default: []].insert([entries[pair.a].owner, entries[pair.b].owner])
    }
    for pair in near {
      guard max(letters.count(pair.a), letters.count(pair.b)) >= shortest,
        uses[pair.difference.sorted]?.count == 1,
        !isOfMeaning(pair.difference)
      else { continue }
      report(pair.a, pair.b, pair.difference)
    }

    // The same but for the ending and the form of the letters: whatever has the same stem, by its hash.
    var stem: [UInt32] = []
    var stems: [(hash: UInt64, entry: Int)] = []
    stems.reserveCapacity(entries.count)
    for index in entries.indices {
      SimilarNames.stem(letters[index], into: &stem)
      stems.append((SimilarNames.hash(stem), index))
    }
    stems.sort { $0 < $1 }
    for (number, later) in stems.enumerated().dropFirst() where stems[number - 1].hash == later.hash {
      let earlier = stems[number - 1]
      // The very same name is told as one that two claim.
      guard entries[earlier.entry].owner != entries[later.entry].owner,
        entries[earlier.entry].text != entries[later.entry].text
      else { continue }
      report(earlier.entry, later.entry, nil)
    }
    return pairs.sorted { ($0.second.owner, $0.first.owner) < ($1.second.owner, $1.first.owner) }
  }

  /// What stands where the two differ.
  private static func difference(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Difference {
    var start = 0
    while start < a.count, start < b.count, a[start] == b[start] { start += 1 }
    var end = 0
    while end < a.count - start, end < b.count - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    func part(_ x: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(x[start..<(x.count - end)])) }
    return Difference(one: part(a), other: part(b))
  }

  /// Characters that are opposed to each other in names of services: another one is another service.
  private static let opposites: [String] = [
    "一二三四五六七八九十甲乙丙丁戊零〇0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "出入进迁转", "水电气热网",
    "增减加", "上中下", "正副", "男女", "父母子", "内外", "新旧老", "开关停歇复", "大中小", "幼小初高低", "前后", "左右", "东西南北", "国省市县区乡镇村街",
    "设变注撤吊", "生死", "公私民", "有无", "买卖", "收发", "借贷", "年季月日", "海陆空", "农林牧渔",
  ]

  /// Characters that make another name by being there.
  private static let marks = "不非无未免新旧老副总分再续补换初复第前后首大小高低正临预代"

  static func isOfMeaning(_ difference: Difference) -> Bool {
    let one = Array(difference.one)
    let other = Array(difference.other)
    if one.count == 1, other.count == 1 {
      return opposites.contains { $0.contains(one[0]) && $0.contains(other[0]) }
    }
    if one.isEmpty || other.isEmpty {
      return (one + other).allSatisfy { marks.contains($0) || $0.isNumber || ($0.isASCII && $0.isLetter) }
    }
    return false
  }

  /// The letters of many names, one after the other.
  struct Letters {
    private var all: [UInt32] = []
    private var starts: [Int] = [0]

    var indices: Range<Int> { 0..<starts.count - 1 }
    subscript(index: Int) -> ArraySlice<UInt32> { all[starts[index]..<starts[index + 1]] }
    func count(_ index: Int) -> Int { starts[index + 1] - starts[index] }
    var total: Int { all.count }

    /// False, and nothing is added, if the name is shorter.
    mutating func append(_ text: String, atLeast least: Int) -> Bool {
      for scalar in text.unicodeScalars { all.append(scalar.value) }
      if all.count - (starts.last ?? 0) < least {
        all.removeLast(all.count - (starts.last ?? 0))
        return false
      }
      starts.append(all.count)
      return true
    }
  }

  /// A name without the marks and endings that are dropped or added at will.
  private static func stem(_ name: ArraySlice<UInt32>, into stem: inout [UInt32]) {
    stem.removeAll(keepingCapacity: true)
    for value in name {
      switch value {
      // Blanks, what cannot be seen, book marks.
      case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x200B...0x200F, 0xFEFF, 0x300A, 0x300B: continue
      case 0xFF21...0xFF3A: stem.append(value - 0xFEE0 + 0x20)
      case 0xFF01...0xFF5E: stem.append(value - 0xFEE0)
      case 0x41...0x5A: stem.append(value + 0x20)
      default: stem.append(value)
      }
    }
    func drop(_ ending: [UInt32]) {
      if stem.count > ending.count, stem.suffix(ending.count).elementsEqual(ending) { stem.removeLast(ending.count) }
    }
    let whole = stem
    drop(issue)
    drop(certificate)
    // 居住 is not what 居住证核发 is about; 排污许可 is what 排污许可证 is.
    if stem.count < 4 { stem = whole }
  }

  private static let issue = "核发".unicodeScalars.map(\.value)
  private static let certificate = "证".unicodeScalars.map(\.value)

  private static func hash(_ stem: [UInt32]) -> UInt64 {
    var hash = UInt64(stem.count)
    for value in stem {
      hash = (hash ^ UInt64(value)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  /// Groups of names of which the same is left when a character is taken out of each; names count as left whole too.
  private static func meetings(_ names: Letters) -> [[Int]] {
    let total = names.total + names.indices.count
    // Two bits for each remainder, seen once and seen twice, are enough to throw nearly all of them away.
    var bits = 10
    while 1 << bits < total * 8 { bits += 1 }
    let shift = UInt64(64 - bits)
    var once = [UInt64](repeating: 0, count: max(1, (1 << bits) / 64))
    var twice = once
    forEachRemainder(names) { hash, _ in
      let slot = Int(hash >> shift)
      let bit: UInt64 = 1 << UInt64(slot & 63)
      if once[slot >> 6] & bit != 0 { twice[slot >> 6] |= bit } else { once[slot >> 6] |= bit }
    }
    var met: [(hash: UInt64, name: Int32)] = []
    forEachRemainder(names) { hash, name in
      let slot = Int(hash >> shift)
      if twice[slot >> 6] & (1 << UInt64(slot & 63)) != 0 { met.append((hash, Int32(truncatingIfNeeded: name))) }
    }
    met.sort { ($0.hash, $0.name) < ($1.hash, $1.name) }
    var groups: [[Int]] = []
    var start = 0
    while start < met.count {
      var end = start + 1
      var group = [Int(met[start].name)]
      while end < met.count, met[end].hash == met[start].hash {
        // A doubled character leaves the same twice.
        if Int(met[end].name) != group.last { group.append(Int(met[end].name)) }
        end += 1
      }
      if group.count > 1 { groups.append(group) }
      start = end
    }
    return groups.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Hashes every name, and every name with one character taken out, in time that grows with the length of the names.
  private static func forEachRemainder(_ names: Letters, _ body: (UInt64, Int) -> Void) {
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    var suffixes: [UInt64] = []
    var powers: [UInt64] = [1]
    for index in names.indices {
      let name = names[index]
      // Polynomials: a remainder is what stands before, moved up, and what stands after.
      suffixes.removeAll(keepingCapacity: true)
      var suffix: UInt64 = 0
      suffixes.append(0)
      while powers.count <= name.count { powers.append((powers.last ?? 1) &* base) }
      for (ordinal, value) in name.reversed().enumerated() {
        suffix = suffix &+ mixed(value) &* powers[ordinal]
        suffixes.append(suffix)
      }
      func finished(_ hash: UInt64, _ length: Int) -> UInt64 {
        var x = hash &+ UInt64(length)
        x = (x ^ (x >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return x ^ (x >> 32)
      }
      body(finished(suffix, name.count), index)
      var prefix: UInt64 = 0
      for (position, value) in name.enumerated() {
        let after = name.count - position - 1
        body(finished(prefix &* powers[after] &+ suffixes[after], name.count - 1), index)
        prefix = prefix &* base &+ mixed(value)
      }
    }
  }

  private static func mixed(_ value: UInt32) -> UInt64 {
    var x = UInt64(value) &* 0xBF58_476D_1CE4_E5B9
    x ^= x >> 29
    return x | 1
  }
}
