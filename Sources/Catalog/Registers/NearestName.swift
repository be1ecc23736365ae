/// Finds the registered name that is most similar to a wrong one, with an index of pairs of adjacent characters.
///
/// The names are collected and the index is built at the first query: most catalogs have no wrong name. A query examines a bounded number of names, whatever the size of the register.
package final class NearestName {
  private let collectNames: () -> [String]
  private var names: [String] = []
  private var scalars: [[Unicode.Scalar]] = []
  private var namesOfPair: [UInt64: [Int32]] = [:]
  private var votes: [UInt8] = []
  private var answers: [String: Answer] = [:]
  private var isReady = false

  private struct Answer {
    var name: String?
    /// Another name is as near.
    var isTied = false
  }

  /// How many entries of the index a query reads, and for how many names it computes the distance.
  private static let visits = 512
  private static let candidates = 12

  package init(_ names: @autoclosure @escaping () -> [String]) { collectNames = names }

  package convenience init(_ register: Register) { self.init(register.names.map(\.name)) }

  /// The registered name with the smallest edit distance, the first of several; nil if more than a third of the characters
  /// differ.
  package func nearest(to name: String) -> String? {
    answer(name).name
  }

  /// The same; nil if another name is as near.
  package func onlyNearest(to name: String) -> String? {
    let answer = answer(name)
    return answer.isTied ? nil : answer.name
  }

  private func answer(_ name: String) -> Answer {
    if let answer = answers[name] { return answer }
    let answer = find(name)
    answers[name] = answer
    return answer
  }

  private func find(_ name: String) -> Answer {
    prepare()
    let wanted = Array(Register.normalizedKey(name).unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 200 else { return Answer() }
    // The rarest pairs first: they distinguish best. Common ones are skipped once enough entries have been read.
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
    var best = Answer()
    for index in touched.prefix(NearestName.candidates) {
      let candidate = scalars[Int(index)]
      guard let distance = Nearness.distance(wanted, candidate, limit: limit), distance < candidate.count else {
        continue
      }
      if let name = best.name, distance == limit {
        if name != names[Int(index)] { best.isTied = true }
        continue
      }
      best = Answer(name: names[Int(index)])
      limit = distance
      if distance == 0 { break }
    }
    for index in touched { votes[Int(index)] = 0 }
    return best
  }

  private func prepare() {
    guard !isReady else { return }
    isReady = true
    names = collectNames()
    scalars = names.map { Array(Register.normalizedKey($0).unicodeScalars) }
    votes = [UInt8](repeating: 0, count: names.count)
    for (index, name) in scalars.enumerated() where name.count <= 300 {
      for pair in NearestName.pairs(name) { namesOfPair[pair, default: []].append(Int32(index)) }
    }
  }

  /// The distinct pairs of adjacent characters; the start and the end count as characters.
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
