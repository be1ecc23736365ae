/// A regular expression over numbered letters: of the elements of a content model, or of the bytes of a value.
indirect enum RegularExpression {
  case letter(Int)
  case sequence([RegularExpression])
  case choice([RegularExpression])
  /// `most` is nil where there is no limit.
  case repetition(RegularExpression, least: Int, most: Int?)

  /// Whether the empty word is one of its words.
  var isNullable: Bool {
    switch self {
    case .letter: false
    case .sequence(let parts): parts.allSatisfy(\.isNullable)
    case .choice(let parts): parts.contains(where: \.isNullable)
    case .repetition(let body, let least, _): least == 0 || body.isNullable
    }
  }

  /// The letters in it.
  var letters: Set<Int> {
    switch self {
    case .letter(let letter): [letter]
    case .sequence(let parts), .choice(let parts): parts.reduce(into: []) { $0.formUnion($1.letters) }
    case .repetition(let body, _, _): body.letters
    }
  }

  /// This expression so many times in a row; `most` is nil where there is no limit.
  /// - Returns: nil for a count of what may be empty, such as `(a*){2}`: libxml2 counts the empty ones as none.
  func repeated(_ least: Int, _ most: Int?) -> RegularExpression? {
    if least == 1 && most == 1 { return self }
    let isCounted = least > 1 || most.map { $0 > 1 } == true
    return isCounted && isNullable ? nil : .repetition(self, least: least, most: most)
  }
}

/// The deterministic automaton of a regular expression, made from the positions of its letters (Glushkov's
/// construction) and the sets of them that can be reached (the subset construction). Two words lead to one state only if
/// their last letters stand at the same positions.
struct FiniteAutomaton {
  /// A state of the automaton. The first of all is where it starts.
  struct State {
    /// Whether a word may end here.
    var isFinal: Bool
    /// For each symbol the number of the next state; -1 if there is none.
    var next: [Int]
    /// For each symbol the letters that it may stand for here.
    var letters: [[Int]]
  }

  private(set) var states: [State] = []

  /// More positions than any expression of a schema has that is worth compiling.
  static let mostPositions = 1000

  /// - Parameters:
  ///   - symbols: how many symbols there are.
  ///   - symbolsOfLetter: for each letter the symbols that it stands for, by their numbers.
  /// - Returns: nil if the expression is too long.
  init?(_ expression: RegularExpression, symbols: Int, symbolsOfLetter: [[Int]]) {
    var positions = Positions()
    guard let whole = positions.add(expression) else { return nil }
    // A set of positions, sorted; the start is the set of none.
    var numbers: [[Int]: Int] = [[]: 0]
    var sets: [[Int]] = [[]]
    var done = 0
    while done < sets.count {
      let set = sets[done]
      let isStart = done == 0
      let following =
        isStart ? whole.first : set.count == 1 ? positions.following[set[0]] : set.flatMap { positions.following[$0] }
      var reached = [[Int]](repeating: [], count: symbols)
      for position in following {
        for symbol in symbolsOfLetter[positions.letters[position]] where !reached[symbol].contains(position) {
          reached[symbol].append(position)
        }
      }
      var state = State(
        isFinal: isStart ? whole.isNullable : set.contains { whole.last.contains($0) },
        next: Array(repeating: -1, count: symbols), letters: Array(repeating: [], count: symbols))
      for symbol in 0..<symbols where !reached[symbol].isEmpty {
        let target = reached[symbol].sorted()
        state.letters[symbol] = target.map { positions.letters[$0] }
        if let known = numbers[target] {
          state.next[symbol] = known
        } else {
          numbers[target] = sets.count
          state.next[symbol] = sets.count
          sets.append(target)
        }
      }
      states.append(state)
      done += 1
    }
  }

  /// Where each letter of an expression stands, and which letters may follow it.
  private struct Positions {
    /// The letter of each position.
    var letters: [Int] = []
    /// The positions that may follow each position.
    var following: [[Int]] = []

    struct Part {
      var isNullable: Bool
      var first: [Int]
      var last: [Int]
    }

    /// Adds the positions of a part of the expression; nil if there are too many.
    mutating func add(_ expression: RegularExpression) -> Part? {
      switch expression {
      case .letter(let letter):
        guard letters.count < FiniteAutomaton.mostPositions else { return nil }
        letters.append(letter)
        following.append([])
        return Part(isNullable: false, first: [letters.count - 1], last: [letters.count - 1])
      case .sequence(let parts):
        var whole = Part(isNullable: true, first: [], last: [])
        for part in parts {
          guard let next = add(part) else { return nil }
          join(&whole, next)
        }
        return whole
      case .choice(let parts):
        var whole = Part(isNullable: false, first: [], last: [])
        for part in parts {
          guard let next = add(part) else { return nil }
          whole.isNullable = whole.isNullable || next.isNullable
          whole.first += next.first
          whole.last += next.last
        }
        return whole
      case .repetition(let body, let least, let most):
        return addRepetition(of: body, least: least, most: most)
      }
    }

    /// `a{2,4}` is added as `aa(a(a)?)?`, `a{2,}` as `aa(a)*`.
    private mutating func addRepetition(of body: RegularExpression, least: Int, most: Int?) -> Part? {
      guard max(least, most ?? 0) <= FiniteAutomaton.mostPositions else { return nil }
      var whole = Part(isNullable: true, first: [], last: [])
      // With `least` 1 and no limit, the one copy repeats itself.
      let copies = most == nil && least > 0 ? least - 1 : least
      for _ in 0..<copies {
        guard let next = add(body) else { return nil }
        join(&whole, next)
      }
      if let most {
        for _ in least..<max(most, least) {
          guard var next = add(body) else { return nil }
          // Each copy may be left out, and then those behind it are: what may end before it may end the whole.
          next.isNullable = true
          join(&whole, next)
        }
      } else {
        guard var next = add(body) else { return nil }
        for position in next.last { follow(position, by: next.first) }
        next.isNullable = next.isNullable || least == 0
        join(&whole, next)
      }
      return whole
    }

    private mutating func join(_ whole: inout Part, _ next: Part) {
      for position in whole.last { follow(position, by: next.first) }
      if whole.isNullable { whole.first += next.first }
      whole.last = next.isNullable ? whole.last + next.last : next.last
      whole.isNullable = whole.isNullable && next.isNullable
    }

    private mutating func follow(_ position: Int, by others: [Int]) {
      for other in others where !following[position].contains(other) { following[position].append(other) }
    }
  }
}
