import Catalog
import Localization

/// Registered names that differ by one character, found in about linear time: two such names have a remainder in common
/// when one character is removed from each, or from one. The remainders are hashed, and only names with a common hash
/// are compared.
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
    /// The difference; nil if it is an ending or the character width.
    var difference: Difference?
  }

  /// The differing parts of two names; empty where a character is missing.
  struct Difference: Hashable {
    var one: String
    var other: String

    var turned: Difference { Difference(one: other, other: one) }
    var sorted: Difference { one < other ? self : turned }
  }

  /// In shorter names a difference of one character may as well be another word.
  static let shortest = 8

  /// How many names of one entry with a common remainder are compared with those of another. Registers have one or two.
  static let comparedOfOwner = 8

  static func message(_ pair: Pair, _ zh: String, _ en: String) -> LocalizedText {
    func shown(_ text: String, _ zh: Bool) -> String { text.isEmpty ? (zh ? "无" : "nothing") : "“\(text)”" }
    guard let difference = pair.difference else {
      return LocalizedText(
        zh: "\(zh)“\(pair.second.text)”与“\(pair.first.text)”只差词尾或字形，却分别登记",
        en:
          "the \(en) “\(pair.second.text)” and “\(pair.first.text)” differ only in their ending or in character width, but are registered separately"
      )
    }
    // A swap counts as one difference, and is of two characters.
    let isSwap = difference.one.count == 2 && difference.other.count == 2
    return LocalizedText(
      zh: "\(zh)“\(pair.second.text)”与“\(pair.first.text)”只差\(isSwap ? "两字的先后" : "一字")"
        + "（\(shown(difference.other, true))/\(shown(difference.one, true))），却分别登记",
      en: "the \(en) “\(pair.second.text)” and “\(pair.first.text)” differ by "
        + "\(isSwap ? "two swapped characters" : "one character") "
        + "(\(shown(difference.other, false)) for \(shown(difference.one, false))), but are registered separately")
  }

  /// - Parameter names: the id and the names of each register entry.
  static func pairs(_ names: [(id: String, names: [String])]) -> [Pair] {
    var search = Search(names)
    search.addOneCharacterApart()
    search.addSameStem()
    return search.pairs.sorted { ($0.second.owner, $0.first.owner) < ($1.second.owner, $1.first.owner) }
  }

  /// A search over the names of one register.
  private struct Search {
    /// Two entries of the register, or two names, in order.
    struct Two: Hashable {
      var first: Int
      var second: Int

      init(_ a: Int, _ b: Int) { (first, second) = a < b ? (a, b) : (b, a) }
    }

    let ids: [String]
    /// Each distinct name of an entry, if it is long enough.
    var entries: [Found] = []
    var letters = Letters()
    private(set) var pairs: [Pair] = []
    private var reported: Set<Two> = []

    init(_ names: [(id: String, names: [String])]) {
      ids = names.map(\.id)
      for owner in names.indices {
        // Most entries have a name or two.
        var own = DistinctNames()
        for (name, text) in names[owner].names.enumerated() where text.utf8.count >= 12 && own.insert(text) {
          if letters.append(text, atLeast: 4) { entries.append(Found(owner: owner, name: name, text: text)) }
        }
      }
    }

    /// Adds the pairs of names that differ by one character.
    mutating func addOneCharacterApart() {
      let near = namesOneCharacterApart()
      // A difference that recurs between other names is one of meaning.
      var uses: [Difference: Set<Two>] = [:]
      for pair in near {
        uses[pair.difference.sorted, default: []].insert(Two(entries[pair.a].owner, entries[pair.b].owner))
      }
      for pair in near {
        guard max(letters.count(pair.a), letters.count(pair.b)) >= shortest,
          uses[pair.difference.sorted]?.count == 1, !isOfMeaning(pair.difference)
        else { continue }
        add(pair.a, pair.b, pair.difference)
      }
    }

    private func namesOneCharacterApart() -> [(a: Int, b: Int, difference: Difference)] {
      var near: [(a: Int, b: Int, difference: Difference)] = []
      var seen: Set<Two> = []
      for group in groupsWithCommonRemainder(letters) {
        // Three names that differ in one character are a family (用水报装, 用电报装, 用气报装), not a mistake.
        guard Set(group.map { entries[$0].owner }).count == 2 else { continue }
        let group = firstOfEachOwner(group)
        for (number, a) in group.enumerated() {
          for b in group[(number + 1)...] where entries[a].owner != entries[b].owner && seen.insert(Two(a, b)).inserted
          {
            let one = Array(entries[a].text.unicodeScalars)
            let other = Array(entries[b].text.unicodeScalars)
            guard Nearness.distance(one, other, limit: 1) == 1 else { continue }
            near.append((a, b, difference(one, other)))
          }
        }
      }
      return near
    }

    /// The first names of each entry in a group: comparing all of them would take time with the square of their number,
    /// and a finding shows one pair of two entries.
    private func firstOfEachOwner(_ group: [Int]) -> [Int] {
      if group.count <= SimilarNames.comparedOfOwner { return group }
      var counts: [Int: Int] = [:]
      return group.filter { name in
        counts[entries[name].owner, default: 0] += 1
        return counts[entries[name].owner, default: 0] <= SimilarNames.comparedOfOwner
      }
    }

    /// Adds the pairs of names that differ in ending or character width: those with the same hash of their stem.
    mutating func addSameStem() {
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
        // `ambiguous-name` reports equal names.
        guard entries[earlier.entry].owner != entries[later.entry].owner,
          entries[earlier.entry].text != entries[later.entry].text
        else { continue }
        add(earlier.entry, later.entry, nil)
      }
    }

    /// Adds a pair, once for each two register entries; ordered by id, whatever the order of the rows.
    private mutating func add(_ a: Int, _ b: Int, _ difference: Difference?) {
      let (first, second) = (entries[a], entries[b])
      guard reported.insert(Two(first.owner, second.owner)).inserted else { return }
      let isInOrder = (ids[first.owner], first.owner) < (ids[second.owner], second.owner)
      pairs.append(
        Pair(
          first: isInOrder ? first : second, second: isInOrder ? second : first,
          difference: isInOrder ? difference : difference?.turned))
    }
  }

  /// The names of an entry: a few are compared, more are hashed.
  private struct DistinctNames {
    private var few: [String] = []
    private var many: Set<String> = []

    /// - Returns: whether it was not there before.
    mutating func insert(_ name: String) -> Bool {
      if many.isEmpty {
        if few.contains(name) { return false }
        few.append(name)
        if few.count > 8 { many = Set(few) }
        return true
      }
      return many.insert(name).inserted
    }
  }

  /// The parts in which two names differ.
  private static func difference(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Difference {
    var start = 0
    while start < a.count, start < b.count, a[start] == b[start] { start += 1 }
    var end = 0
    while end < a.count - start, end < b.count - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    func part(_ x: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(x[start..<(x.count - end)])) }
    return Difference(one: part(a), other: part(b))
  }

  /// Characters with opposed meanings: names that differ in these are different services.
  private static let opposites: [String] = [
    "一二三四五六七八九十甲乙丙丁戊零〇0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "出入进迁转", "水电气热网",
    "增减加", "上中下", "正副", "男女", "父母子", "内外", "新旧老", "开关停歇复", "大中小", "幼小初高低", "前后", "左右", "东西南北", "国省市县区乡镇村街",
    "设变注撤吊", "生死", "公私民", "有无", "买卖", "收发", "借贷", "年季月日", "海陆空", "农林牧渔",
  ]

  /// Characters that make another name when they are added.
  private static let marks = "不非无未免新旧老副总分再续补换初复第前后首大小高低正临预代"

  static func isOfMeaning(_ difference: Difference) -> Bool {
    let one = Array(difference.one)
    let other = Array(difference.other)
    if one.count == 1, other.count == 1 {
      return opposites.contains { has($0, one[0]) && has($0, other[0]) }
    }
    if one.isEmpty || other.isEmpty {
      return (one + other).allSatisfy { has(marks, $0) || $0.isNumber || ($0.isASCII && $0.isLetter) }
    }
    return false
  }

  /// Whether a text of single characters has a character. One that is equivalent to no other is compared as it is.
  private static func has(_ text: String, _ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.dropFirst().isEmpty else {
      return false
    }
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: return text.unicodeScalars.contains(scalar)
    default: return text.contains(character)
    }
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

  /// A name without the marks and endings that do not change its meaning.
  private static func stem(_ name: ArraySlice<UInt32>, into stem: inout [UInt32]) {
    stem.removeAll(keepingCapacity: true)
    for value in name {
      switch value {
      // Spaces, invisible characters, book title marks.
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
    // A short stem has another meaning: 居住 is not 居住证核发, but 排污许可 is 排污许可证.
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

  /// Groups of names with a common remainder; a whole name counts as a remainder too.
  private static func groupsWithCommonRemainder(_ names: Letters) -> [[Int]] {
    let total = names.total + names.indices.count
    // Two bits for each hash, seen once and seen twice, rule out nearly all remainders.
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
        // Removing either of two equal neighbours leaves the same remainder.
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
      // Polynomial hashes: the hash of a remainder is composed of those of the parts before and after.
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
