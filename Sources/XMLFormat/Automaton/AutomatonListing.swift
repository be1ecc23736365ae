/// The automaton of a schema as names and numbers, from which its tables are laid out. It is made by compiling a schema,
/// or read from a text that was written beforehand: compiling the program's own schema takes as long as checking a
/// document of a hundred matters.
struct AutomatonListing: Equatable {
  /// The names of the elements and attributes.
  var symbols: [String]
  /// See `init(_:)` for what they are.
  var numbers: [Int]

  /// - Returns: nil if the schema is larger than the tables allow.
  init?(_ compiler: AutomatonCompiler) {
    guard compiler.checks.count <= Int(Int16.max), compiler.states.count <= Int(Int16.max),
      compiler.checks.allSatisfy({ $0.automata.allSatisfy { $0.states.count < Int(UInt8.max) } })
    else { return nil }
    symbols = compiler.symbols
    let automata = compiler.checks.flatMap(\.automata)
    numbers = [compiler.states.count, compiler.types.count, compiler.checks.count, automata.count]
    for state in compiler.states {
      numbers += [state.isFinal ? 1 : 0, state.steps.count]
      for step in state.steps { numbers += [step.symbol, step.state, step.type] }
    }
    for type in compiler.types {
      switch type.content {
      case .empty: numbers += [0, 0]
      case .text(let check): numbers += [1, check]
      case .elements(let state): numbers += [2, state]
      }
      numbers.append(type.attributes.count)
      for attribute in type.attributes { numbers += [attribute.symbol, attribute.check, attribute.isRequired ? 1 : 0] }
    }
    for check in compiler.checks {
      numbers += [
        check.kind.rawValue, check.least, check.most == .max ? 0 : check.most + 1, check.automata.count, check.facets,
        check.isPlain ? 1 : 0,
      ]
    }
    for automaton in automata { AutomatonListing.list(automaton, in: &numbers) }
  }

  /// The states; for each whether it is final, and the ranges of bytes that lead from it: how many bytes lead nowhere
  /// since the range before, how many bytes the range has, and to which state they lead.
  private static func list(_ automaton: ByteAutomaton, in numbers: inout [Int]) {
    numbers.append(automaton.states.count)
    for state in automaton.states {
      let next = automaton.classes.map { state.next[Int($0)] }
      var ranges: [Int] = []
      var end = 0
      var byte = 0
      while byte < 256 {
        let first = byte
        while byte < 256, next[byte] == next[first] { byte += 1 }
        if next[first] < 0 { continue }
        ranges += [first - end, byte - first, next[first]]
        end = byte
      }
      numbers += [state.isFinal ? 1 : 0, ranges.count / 3] + ranges
    }
  }

  // MARK: - As text

  /// A number that distinguishes a schema from its other versions.
  static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(truncatingIfNeeded: bytes.count)
    func add(_ word: UInt64) {
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    var index = 0
    while index + 8 <= raw.count {
      add(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index += 8
    }
    for byte in bytes[index...] { add(UInt64(byte)) }
    return Int(hash >> 1)
  }

  /// The digest of the schema, the names, and the numbers in decimal digits, separated by blanks.
  func text(for schema: UnsafeBufferPointer<UInt8>) -> String {
    ([String(AutomatonListing.digest(schema)), String(symbols.count)] + symbols + numbers.map(String.init))
      .joined(separator: " ")
  }

  /// - Returns: nil if the text was not made of this schema.
  init?(_ text: StaticString, for schema: UnsafeBufferPointer<UInt8>) {
    var words = Words(next: text.utf8Start, end: text.utf8Start + text.utf8CodeUnitCount)
    guard text.utf8CodeUnitCount > 0, words.number() == AutomatonListing.digest(schema) else { return nil }
    let count = words.number()
    symbols = []
    symbols.reserveCapacity(count)
    for _ in 0..<count { symbols.append(words.name()) }
    numbers = []
    numbers.reserveCapacity(text.utf8CodeUnitCount / 2)
    while words.next < words.end { numbers.append(words.number()) }
  }

  private struct Words {
    var next: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    /// The next word as a number, and the blanks behind it.
    mutating func number() -> Int {
      var value = 0
      while next < end, next.pointee > 0x20 {
        value = value &* 10 &+ Int(next.pointee &- 0x30)
        next += 1
      }
      skip()
      return value
    }

    mutating func name() -> String {
      let start = next
      while next < end, next.pointee > 0x20 { next += 1 }
      defer { skip() }
      return String(decoding: UnsafeBufferPointer(start: start, count: next - start), as: UTF8.self)
    }

    private mutating func skip() {
      while next < end, next.pointee <= 0x20 { next += 1 }
    }
  }
}
