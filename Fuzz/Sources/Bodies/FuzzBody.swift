/// What is tried on the inputs of one fuzz target. The fuzzer and the tests of the corpus run the same.
public enum FuzzBody: String, CaseIterable, Sendable {
  /// Tables and their encodings.
  case tables
  /// A catalog folder, several files in one input, with every rule and every report.
  case folder
  /// A list in CSV, in either layout.
  case list
  /// A document of the exchange format.
  case xml
  /// Deadlines and days.
  case deadline
  /// A list or a document brought into a folder.
  case plan

  /// - Throws: `Violation` if something that should hold of every input does not hold of this one.
  public func run(_ input: [UInt8]) throws {
    switch self {
    case .tables: try TablesBody.run(input)
    case .folder: try FolderBody.run(input)
    case .list: try ListBody.run(input)
    case .xml: try XMLBody.run(input)
    case .deadline: try DeadlineBody.run(input)
    case .plan: try PlanBody.run(input)
    }
  }
}

/// Something that should hold of every input, and does not of this one.
public struct Violation: Error, CustomStringConvertible {
  public var description: String
}

func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws {
  if !holds { throw Violation(description: what()) }
}

/// The first character of an input chooses among ways to read the rest: its lowest six bits, counted from "0".
struct Choices {
  let number: Int
  let rest: ArraySlice<UInt8>
  /// Whose turn it is among things that need not all be tried on one input.
  let turn: Int

  init(_ input: [UInt8]) {
    number = input.first.map { Int($0 &- 0x30) } ?? 0
    rest = input.dropFirst()
    turn = input.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  }

  func bit(_ position: Int) -> Bool { number >> position & 1 != 0 }
}
