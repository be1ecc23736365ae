/// The fuzz targets, and what each does with an input. The fuzzer and the tests of the corpus run the same code.
package enum FuzzBody: String, CaseIterable, Sendable {
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
  /// A list or a document imported into a folder.
  case plan
  /// A workbook: its parts, one after the other, or the archive itself.
  case workbook
  /// A Word document: its parts, or the archive itself.
  case word
  /// A delta, applied to the small catalog.
  case delta

  /// - Throws: `Violation` if a property that holds for every input does not hold for this one.
  package func run(_ input: [UInt8]) throws {
    switch self {
    case .tables: try TablesBody.run(input)
    case .folder: try FolderBody.run(input)
    case .list: try ListBody.run(input)
    case .xml: try XMLBody.run(input)
    case .deadline: try DeadlineBody.run(input)
    case .plan: try PlanBody.run(input)
    case .workbook: try WorkbookBody.run(input)
    case .word: try WordBody.run(input)
    case .delta: try DeltaBody.run(input)
    }
  }
}

/// A property that does not hold for an input.
package struct Violation: Error, CustomStringConvertible {
  package var description: String
}

func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws {
  if !holds { throw Violation(description: what()) }
}

/// The first character of an input chooses among ways to read the rest: its lowest six bits, counted from "0".
struct Choices {
  let number: Int
  let rest: ArraySlice<UInt8>
  /// A number from the input that chooses among checks which need not all be made on one input.
  let turn: Int

  init(_ input: [UInt8]) {
    number = input.first.map { Int($0 &- 0x30) } ?? 0
    rest = input.dropFirst()
    turn = input.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  }

  func bit(_ position: Int) -> Bool { number >> position & 1 != 0 }
}
