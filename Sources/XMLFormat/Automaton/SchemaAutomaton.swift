/// A schema compiled to tables, by which a reading checks elements, attributes and values itself.
///
/// libxml2's validator takes nine tenths of the time of a reading, and nearly all documents are valid. So the reading asks
/// this automaton first, for each tag: what it accepts is valid, and what it does not accept is in doubt, which
/// libxml2's validator settles (see `Reading.judge`). The automaton may doubt what is valid, which costs time; it may
/// not accept what is not.
///
/// Names are symbols, their indices in `symbols`; the contents of all types are states of one table. The tables are laid
/// out flat at fixed addresses, so that a look-up costs no check of bounds and no retain.
final class SchemaAutomaton: @unchecked Sendable {
  /// The names of the elements and attributes that the schema declares.
  let symbols: [String]
  let tables: Tables

  /// As many as there are bits in `TypeRow.required`.
  static let mostAttributes = 64

  /// - Returns: nil for a schema that says something that the automaton does not know (see `AutomatonCompiler`).
  convenience init?(_ tree: SchemaTree) {
    guard let compiler = AutomatonCompiler(tree), let listing = AutomatonListing(compiler) else { return nil }
    self.init(listing)
  }

  init(_ listing: AutomatonListing) {
    symbols = listing.symbols
    tables = Tables(listing)
  }

  deinit { tables.deallocate() }

  /// Whether there is a type with values that the automaton cannot check.
  var hasUnknownValues: Bool { (0..<tables.checkCount).contains { tables.checks[$0].kind == .unknown } }

  /// What an element does to the content of its parent, and what it may contain itself.
  struct Step {
    /// The state of the parent's content after it; negative if it is not allowed here.
    var state: Int32
    var type: Int32

    static let none = Step(state: -1, type: -1)
    var isNone: Bool { state < 0 }
  }

  /// The type of an element.
  struct TypeRow {
    enum Content: UInt8 { case empty, text, elements }

    var content: Content
    /// The state in which the content begins.
    var state: Int32
    /// The check of the text.
    var check: Int32
    /// A bit for each attribute that has to be there.
    var required: UInt64
  }

  /// An attribute of a type.
  struct AttributeCell {
    /// Its bit in `TypeRow.required`; negative if the type has no such attribute.
    var bit: Int16
    var check: Int16

    static let none = AttributeCell(bit: -1, check: -1)
  }

  struct CheckRow {
    var kind: ValueCheck.Kind
    var least: Int
    var most: Int
    /// The automata that have to recognise the value.
    var firstAutomaton: Int
    var automata: Int
    /// How many problems a value can have (see `ValueCheck.facets`).
    var facets: Int
    /// No value with a `&` or a character beyond ASCII is accepted.
    var isPlain: Bool
  }

  struct AutomatonRow {
    /// `state * 256 + byte`: the next state; 0 where there is none. The first state is 1.
    var next: UnsafeMutablePointer<UInt8>
    var isFinal: UnsafeMutablePointer<Bool>
  }
}

extension SchemaAutomaton {
  /// The tables of an automaton; a plain value of addresses, valid as long as the automaton.
  struct Tables {
    let symbolCount: Int
    let stateCount: Int
    let checkCount: Int
    private let automatonCount: Int
    /// `state * symbolCount + symbol`.
    let steps: UnsafeMutablePointer<Step>
    let isFinal: UnsafeMutablePointer<Bool>
    let types: UnsafeMutablePointer<TypeRow>
    /// `type * symbolCount + symbol`.
    let attributes: UnsafeMutablePointer<AttributeCell>
    let checks: UnsafeMutablePointer<CheckRow>
    private let automata: UnsafeMutablePointer<AutomatonRow>

    init(_ listing: AutomatonListing) {
      var numbers = Numbers(listing.numbers)
      symbolCount = listing.symbols.count
      stateCount = numbers.next()
      let typeCount = numbers.next()
      checkCount = numbers.next()
      automatonCount = numbers.next()
      steps = .allocate(capacity: stateCount * symbolCount)
      steps.initialize(repeating: .none, count: stateCount * symbolCount)
      isFinal = .allocate(capacity: stateCount)
      for number in 0..<stateCount {
        (isFinal + number).initialize(to: numbers.next() == 1)
        for _ in 0..<numbers.next() {
          let symbol: Int = numbers.next()
          steps[number * symbolCount + symbol] = Step(state: numbers.next(), type: numbers.next())
        }
      }
      types = .allocate(capacity: typeCount)
      attributes = .allocate(capacity: typeCount * symbolCount)
      attributes.initialize(repeating: .none, count: typeCount * symbolCount)
      for number in 0..<typeCount {
        var row = TypeRow(content: .empty, state: Int32(AutomatonCompiler.leafState), check: -1, required: 0)
        let content: Int = numbers.next()
        let target: Int32 = numbers.next()
        if content == 1 {
          row.content = .text
          row.check = target
        } else if content == 2 {
          row.content = .elements
          row.state = target
        }
        for bit in 0..<numbers.next() {
          let symbol: Int = numbers.next()
          attributes[number * symbolCount + symbol] = AttributeCell(bit: Int16(bit), check: numbers.next())
          if numbers.next() == 1 { row.required |= 1 << UInt64(bit) }
        }
        (types + number).initialize(to: row)
      }
      checks = .allocate(capacity: checkCount)
      var firstAutomaton = 0
      for number in 0..<checkCount {
        let kind = ValueCheck.Kind(rawValue: numbers.next()) ?? .unknown
        let (least, most, automata) = (numbers.next(), numbers.next(), numbers.next())
        (checks + number).initialize(
          to: CheckRow(
            kind: kind, least: least, most: most == 0 ? .max : most - 1, firstAutomaton: firstAutomaton,
            automata: automata, facets: numbers.next(), isPlain: numbers.next() == 1))
        firstAutomaton += automata
      }
      automata = .allocate(capacity: automatonCount)
      for number in 0..<automatonCount { (automata + number).initialize(to: Tables.row(&numbers)) }
    }

    private static func row(_ numbers: inout Numbers) -> AutomatonRow {
      let count = numbers.next() + 1
      let row = AutomatonRow(next: .allocate(capacity: count * 256), isFinal: .allocate(capacity: count))
      row.next.initialize(repeating: 0, count: count * 256)
      row.isFinal.initialize(to: false)
      for state in 1..<count {
        (row.isFinal + state).initialize(to: numbers.next() == 1)
        var byte = state * 256
        for _ in 0..<numbers.next() {
          byte += numbers.next()
          let length = numbers.next()
          (row.next + byte).update(repeating: UInt8(truncatingIfNeeded: numbers.next() + 1), count: length)
          byte += length
        }
      }
      return row
    }

    /// The numbers of a listing, one after the other.
    private struct Numbers {
      private let numbers: [Int]
      private var index = 0

      init(_ numbers: [Int]) { self.numbers = numbers }

      mutating func next() -> Int {
        defer { index += 1 }
        return numbers[index]
      }

      mutating func next<Number: FixedWidthInteger>() -> Number { Number(truncatingIfNeeded: next() as Int) }
    }

    fileprivate func deallocate() {
      for number in 0..<automatonCount {
        automata[number].next.deallocate()
        automata[number].isFinal.deallocate()
      }
      automata.deallocate()
      checks.deallocate()
      attributes.deallocate()
      types.deallocate()
      isFinal.deallocate()
      steps.deallocate()
    }

    // MARK: - Questions

    /// What an element with the name does in a content that is in the state.
    @inline(__always)
    func step(from state: Int32, _ symbol: Int32) -> Step {
      symbol < 0 ? .none : steps[Int(state) * symbolCount + Int(symbol)]
    }

    /// What is known of an attribute of a type.
    @inline(__always)
    func attribute(_ symbol: Int32, of type: Int32) -> AttributeCell {
      symbol < 0 ? .none : attributes[Int(type) * symbolCount + Int(symbol)]
    }

    /// Whether an element may end whose text and content in the state are these. `isLeaf`: it contains no element.
    @inline(__always)
    func acceptsEnd(
      of type: Int32, in state: Int32, _ text: UnsafeBufferPointer<UInt8>, isLeaf: Bool
    ) -> Bool {
      let row = types[Int(type)]
      switch row.content {
      case .text: return isLeaf && accepts(text, Int(row.check))
      case .elements: return isFinal[Int(state)] && (text.isEmpty || text.isBlank)
      case .empty: return text.isEmpty
      }
    }

    /// Whether the check of a simple type accepts the value, and thereby says that there is no `&` in it.
    @inline(__always)
    func acceptsPlain(_ value: UnsafeBufferPointer<UInt8>, _ check: Int) -> Bool {
      checks[check].isPlain && accepts(value, check)
    }

    /// Whether libxml2 is certain to report one problem of a value that the check does not accept: either it is nothing
    /// like a value of the type of XML Schema, or it is one that breaks the only facet.
    func isOneProblem(_ value: UnsafeBufferPointer<UInt8>, _ check: Int) -> Bool {
      let row = checks[check]
      if isOf(row.kind, value) { return row.facets == 1 }
      return switch row.kind {
      // No sign and no blank makes it a number.
      case .positiveInteger, .nonNegativeInteger: value.contains { $0 > 0x39 }
      case .boolean: value.contains { $0 > 0x31 } && !value.contains { $0 <= 0x20 }
      case .date: value.isNoDate
      case .string, .unknown: false
      }
    }

    /// Whether a value is of a type of XML Schema.
    @inline(__always)
    private func isOf(_ kind: ValueCheck.Kind, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
      switch kind {
      case .string: true
      case .date: value.isDate
      case .boolean: value.elementsEqual("true".utf8) || value.elementsEqual("false".utf8)
      case .positiveInteger: value.isInteger && value[0] != 0x30
      case .nonNegativeInteger: value.isInteger && (value[0] != 0x30 || value.count == 1)
      case .unknown: false
      }
    }

    /// Whether the check of a simple type accepts the value.
    @inline(__always)
    func accepts(_ value: UnsafeBufferPointer<UInt8>, _ check: Int) -> Bool {
      let row = checks + check
      guard isOf(row.pointee.kind, value) else { return false }
      if row.pointee.least > 0 || row.pointee.most < Int.max {
        // The first character is there if there is a byte.
        if row.pointee.least > 1 || row.pointee.most < Int.max {
          let count = value.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
          guard count >= row.pointee.least, count <= row.pointee.most else { return false }
        } else if value.isEmpty {
          return false
        }
      }
      for number in 0..<row.pointee.automata {
        guard recognises(value, automata + row.pointee.firstAutomaton + number) else { return false }
      }
      return true
    }

    @inline(__always)
    private func recognises(_ value: UnsafeBufferPointer<UInt8>, _ automaton: UnsafePointer<AutomatonRow>) -> Bool {
      let next = automaton.pointee.next
      var state = 1
      for byte in value { state = Int(next[state << 8 | Int(byte)]) }
      return automaton.pointee.isFinal[state]
    }

    /// The shortest way from one state of a content to another, as the names of elements and their types.
    /// - Parameter least: how many elements it has at least.
    /// - Returns: nil if there is none.
    func path(from start: Int32, to end: Int32, least: Int) -> [(symbol: Int32, type: Int32)]? {
      if start == end && least == 0 { return [] }
      var origin: [Int32: (state: Int32, symbol: Int32, type: Int32)] = [:]
      var reached = [start]
      var next = 0
      while next < reached.count {
        let state = reached[next]
        next += 1
        for symbol in 0..<Int32(symbolCount) {
          let step = step(from: state, symbol)
          guard !step.isNone, origin[step.state] == nil else { continue }
          origin[step.state] = (state, symbol, step.type)
          if step.state == end {
            var path: [(symbol: Int32, type: Int32)] = []
            var state = end
            repeat {
              guard let before = origin[state] else { return nil }
              path.append((before.symbol, before.type))
              state = before.state
            } while state != start
            return path.reversed()
          }
          reached.append(step.state)
        }
      }
      return nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether it holds nothing but the blanks of XML.
  var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D } }

  /// A number of one to eighteen digits, without a sign.
  fileprivate var isInteger: Bool { count >= 1 && count <= 18 && allSatisfy { $0 &- 0x30 < 10 } }

  /// Whether it is written like a day of a year after 1000 but is none: `2022-13-01`, `2022-1-1`.
  fileprivate var isNoDate: Bool {
    guard count > 5, self[0] > 0x30, self[4] == 0x2D, filter({ $0 == 0x2D }).count == 2,
      allSatisfy({ $0 == 0x2D || $0 &- 0x30 < 10 })
    else { return false }
    return !isDate
  }

  /// A day of the years 0001 to 9999 as `YYYY-MM-DD`, without a time zone.
  fileprivate var isDate: Bool {
    guard count == 10, self[4] == 0x2D, self[7] == 0x2D else { return false }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = self[index] &- 0x30
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year >= 1,
      (1...12).contains(month), day >= 1
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: day <= (isLeap ? 29 : 28)
    case 4, 6, 9, 11: day <= 30
    default: day <= 31
    }
  }
}
