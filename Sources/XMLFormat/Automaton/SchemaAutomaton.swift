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
    guard let compiler = AutomatonCompiler(tree), let tables = Tables(compiler) else { return nil }
    self.init(compiler.symbols, tables)
  }

  private init(_ symbols: [String], _ tables: Tables) {
    self.symbols = symbols
    self.tables = tables
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
    var isPlain = false
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

    /// - Returns: nil if the schema is larger than the tables allow.
    init?(_ compiler: AutomatonCompiler) {
      guard compiler.checks.count <= Int(Int16.max), compiler.states.count <= Int(Int16.max),
        compiler.checks.allSatisfy({ $0.automata.allSatisfy { $0.states.count < Int(UInt8.max) } })
      else { return nil }
      symbolCount = compiler.symbols.count
      stateCount = compiler.states.count
      checkCount = compiler.checks.count
      steps = .allocate(capacity: stateCount * symbolCount)
      steps.initialize(repeating: .none, count: stateCount * symbolCount)
      isFinal = .allocate(capacity: stateCount)
      for (number, state) in compiler.states.enumerated() {
        isFinal[number] = state.isFinal
        for step in state.steps {
          steps[number * symbolCount + step.symbol] = Step(state: Int32(step.state), type: Int32(step.type))
        }
      }
      types = .allocate(capacity: compiler.types.count)
      attributes = .allocate(capacity: compiler.types.count * symbolCount)
      attributes.initialize(repeating: .none, count: compiler.types.count * symbolCount)
      for (number, type) in compiler.types.enumerated() {
        var row = TypeRow(content: .empty, state: Int32(AutomatonCompiler.leafState), check: -1, required: 0)
        switch type.content {
        case .empty: break
        case .text(let check):
          row.content = .text
          row.check = Int32(check)
        case .elements(let state):
          row.content = .elements
          row.state = Int32(state)
        }
        for (bit, attribute) in type.attributes.enumerated() {
          if attribute.isRequired { row.required |= 1 << UInt64(bit) }
          attributes[number * symbolCount + attribute.symbol] = AttributeCell(
            bit: Int16(bit), check: Int16(attribute.check))
        }
        (types + number).initialize(to: row)
      }
      checks = .allocate(capacity: checkCount)
      let all = compiler.checks.flatMap(\.automata)
      automatonCount = all.count
      automata = .allocate(capacity: automatonCount)
      var next = 0
      for (number, check) in compiler.checks.enumerated() {
        (checks + number).initialize(
          to: CheckRow(
            kind: check.kind, least: check.least, most: check.most, firstAutomaton: next,
            automata: check.automata.count, facets: check.facets))
        next += check.automata.count
      }
      for (number, automaton) in all.enumerated() { (automata + number).initialize(to: Tables.row(automaton)) }
      for number in 0..<checkCount {
        let check = checks[number]
        checks[number].isPlain =
          check.kind != .string
          || (0..<check.automata).contains { index in
            let automaton = all[check.firstAutomaton + index]
            return !automaton.mayHold(0x26) && !(0x80...0xFF).contains { automaton.mayHold($0) }
          }
      }
    }

    private static func row(_ automaton: ByteAutomaton) -> AutomatonRow {
      let count = automaton.states.count + 1
      let row = AutomatonRow(next: .allocate(capacity: count * 256), isFinal: .allocate(capacity: count))
      row.next.initialize(repeating: 0, count: count * 256)
      row.isFinal[0] = false
      for (number, state) in automaton.states.enumerated() {
        row.isFinal[number + 1] = state.isFinal
        for (byte, symbol) in automaton.classes.enumerated() {
          row.next[(number + 1) * 256 + byte] = UInt8(state.next[Int(symbol)] + 1)
        }
      }
      return row
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

    /// Whether libxml2 is certain to report one problem of a value that the check does not accept.
    func isOneProblem(_ value: UnsafeBufferPointer<UInt8>, _ check: Int) -> Bool {
      let row = checks[check]
      switch row.kind {
      case .string: return row.facets == 1
      case .positiveInteger, .nonNegativeInteger:
        // No sign and no blank makes it a number.
        return row.facets == 0 && value.contains { $0 > 0x39 }
      case .boolean:
        return row.facets == 0 && value.contains { $0 > 0x31 } && !value.contains { $0 <= 0x20 }
      case .date: return row.facets == 0 && value.isNoDate
      case .unknown: return false
      }
    }

    /// Whether the check of a simple type accepts the value.
    @inline(__always)
    func accepts(_ value: UnsafeBufferPointer<UInt8>, _ check: Int) -> Bool {
      let row = checks + check
      switch row.pointee.kind {
      case .string: break
      case .date: guard value.isDate else { return false }
      case .boolean: guard value.elementsEqual("true".utf8) || value.elementsEqual("false".utf8) else { return false }
      case .positiveInteger: guard value.isInteger, value[0] != 0x30 else { return false }
      case .nonNegativeInteger: guard value.isInteger, value[0] != 0x30 || value.count == 1 else { return false }
      case .unknown: return false
      }
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
