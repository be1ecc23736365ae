/// Finds the known name that a wrong one may be meant for, by the pairs of neighbouring characters that they share.
///
/// The index is made when it is first asked; an answer looks at a bounded number of names however many there are, so that
/// a million wrong names cost a million small steps.
package final class NearestName {
  private let names: [String]
  private var scalars: [[Unicode.Scalar]] = []
  private var namesOfPair: [UInt64: [Int32]] = [:]
  private var votes: [UInt8] = []
  private var answers: [String: String?] = [:]
  private var isReady = false

  /// How many entries of the index an answer looks at, and how many names it then measures.
  private static let visits = 512
  private static let candidates = 12

  package init(_ names: [String]) { self.names = names }

  package convenience init(_ register: Register) { self.init(register.names.map(\.name)) }

  /// The nearest known name, if one is near enough to be meant; the first of equals.
  package func nearest(to name: String) -> String? {
    if let answer = answers[name] { return answer }
    let answer = find(name)
    answers[name] = answer
    return answer
  }

  private func find(_ name: String) -> String? {
    prepare()
    let wanted = Array(Register.normalizedKey(name).unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
    // The rarest pairs say most; common ones are left out once enough names have been seen.
    let lists = NearestName.pairs(wanted).compactMap { namesOfPair[$0] }.sorted { $0.count < $1.count }
    var touched: [Int32] = []
    var left = NearestName.visits
    for list in lists {
      if left <= 0 { break }
      for index in list.prefix(left) {
        if votes[Int(index)] == 0 { touched.append(index) }
        if votes[Int(index)] < UInt8.max { votes[Int(index)] += 1 }
      }
      left -= list.count
    }
    touched.sort { (votes[Int($1)], $0) < (votes[Int($0)], $1) }
    var limit = max(1, wanted.count / 3)
    var best: String?
    for index in touched.prefix(NearestName.candidates) {
      let candidate = scalars[Int(index)]
      guard let distance = Nearness.distance(wanted, candidate, limit: limit), distance < candidate.count,
        best == nil || distance < limit
      else { continue }
      best = names[Int(index)]
      limit = distance
      if distance == 0 { break }
    }
    for index in touched { votes[Int(index)] = 0 }
    return best
  }

  private func prepare() {
    guard !isReady else { return }
    isReady = true
    scalars = names.map { Array(Register.normalizedKey($0).unicodeScalars) }
    votes = [UInt8](repeating: 0, count: names.count)
    for (index, name) in scalars.enumerated() where name.count <= 300 {
      for pair in NearestName.pairs(name) { namesOfPair[pair, default: []].append(Int32(index)) }
    }
  }

  /// The pairs of neighbours, the two ends counted as characters; none twice.
  private static func pairs(_ name: [Unicode.Scalar]) -> [UInt64] {
    var found: [UInt64] = []
    var before: UInt64 = 0
    for scalar in name {
      found.append(before << 32 | UInt64(scalar.value))
      before = UInt64(scalar.value)
    }
    found.append(before << 32)
    found.sort()
    var last: UInt64?
    return found.filter { pair in
      defer { last = pair }
      return pair != last
    }
  }
}

extension Catalog {
  /// The id of a matter that a wrong one may be meant for: with its hyphen and zeros put right, or one slip of the
  /// keyboard away, and then the nearest by number. No index: the ids that may be meant are tried.
  package func nearestMatterID(to id: String) -> String? {
    let text = Catalog.correctedID(id)
    guard !text.isEmpty, text.count <= 24 else { return nil }
    func string(_ scalars: [Unicode.Scalar]) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    func isThere(_ scalars: [Unicode.Scalar]) -> Bool { matter(id: string(scalars)) != nil }
    if isThere(text) { return string(text) }

    func number(_ scalars: some Collection<Unicode.Scalar>) -> Int {
      scalars.reduce(0) { sum, scalar in
        scalar.value >= 0x30 && scalar.value <= 0x39 ? min(sum * 10 + Int(scalar.value - 0x30), 1 << 40) : sum
      }
    }
    let wanted = number(text)
    var best: (distance: Int, id: String)?
    func consider(_ candidate: [Unicode.Scalar]) {
      guard candidate != text, isThere(candidate) else { return }
      let found = (abs(number(candidate) - wanted), string(candidate))
      if let best, best <= found { return }
      best = found
    }
    let alphabet: [Unicode.Scalar] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"]
    for index in text.indices {
      if index + 1 < text.count {
        var swapped = text
        swapped.swapAt(index, index + 1)
        consider(swapped)
      }
      var shorter = text
      shorter.remove(at: index)
      consider(shorter)
      for scalar in alphabet {
        var changed = text
        changed[index] = scalar
        consider(changed)
      }
    }
    for index in 0...text.count {
      for scalar in alphabet {
        var longer = text
        longer.insert(scalar, at: index)
        consider(longer)
      }
    }
    return best?.id
  }

  /// The id that is meant by one with another hyphen, other zeros, or full-width digits: `2-37` and `２－０３７` for `2-037`.
  /// Nil if no matter has it.
  package func matterID(writtenAs id: String) -> String? {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: Catalog.correctedID(id))
    return matter(id: String(view)) == nil ? nil : String(view)
  }

  private static func correctedID(_ id: String) -> [Unicode.Scalar] {
    var text = Register.normalizedKey(id).unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "–", "—", "―", "−", "_", "－", ".", "·", "‐", "‑": "-"
      default: scalar
      }
    }
    guard let dash = text.lastIndex(of: "-"), dash + 1 < text.count else { return text }
    while text.count - dash - 1 > 3, text[dash + 1] == "0" { text.remove(at: dash + 1) }
    let missing = 3 - (text.count - dash - 1)
    if missing > 0 { text.insert(contentsOf: [Unicode.Scalar](repeating: "0", count: missing), at: dash + 1) }
    return text
  }
}
