import Catalog
import Testing

@testable import Validator

/// The shipped catalog with rows moved and cells changed at random, the same for the same seed.
struct RandomCatalog {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  /// - Parameter edits: how many edits are made.
  mutating func edited(_ edits: Int) -> EditedCatalog {
    var edited = EditedCatalog()
    for _ in 0..<edits {
      let name = next(2) == 0 ? "matters.csv" : "items.csv"
      edited.lines(of: name) { edit(&$0) }
    }
    return edited
  }

  private mutating func edit(_ lines: inout [String]) {
    guard lines.count > 4 else { return }
    let row = 1 + next(lines.count - 1)
    switch next(9) {
    case 0: lines.swapAt(row, 1 + next(lines.count - 1))
    case 1: lines.remove(at: row)
    case 2: lines.insert(lines[row], at: 1 + next(lines.count - 1))
    default:
      // A cell of another row, of another column, or nothing. Quoted cells stay as they are.
      guard !lines[row].contains("\"") else { return }
      var cells = lines[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let column = next(cells.count)
      let other = lines[1 + next(lines.count - 1)]
      guard !other.contains("\"") else { return }
      let others = other.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      switch next(10) {
      case 0: cells[column] = ""
      case 1: cells[column] = others[next(others.count)]
      case 2: cells[column] += "事项"
      case 3: cells[column] = "(" + cells[column] + ")"
      default: cells[column] = others[column]
      }
      lines[row] = cells.joined(separator: ",")
    }
  }
}
