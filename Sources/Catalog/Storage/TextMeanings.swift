import AtomicFiles
import Deadlines
import Platform

/// The meanings of the distinct texts of the two large tables. Usually there are few; a catalog of unrepeated texts has
/// millions, which two threads divide.
struct TextMeanings {
  /// By `TextColumn.rawValue`, then by text; empty for columns that do not list departments.
  private(set) var departmentsByColumn = [[PrintedDepartments]](repeating: [], count: TextColumn.allCases.count)
  private(set) var approvalsByName: [PrintedApprovals] = []
  private(set) var deadlinesByText: [Deadline] = []

  init(
    _ matters: MatterRows, _ items: ItemRows, _ departments: Register, _ approvals: Register, _ regions: RegionalTexts
  ) {
    func printedDepartments(_ interner: TextInterner, _ half: Half) -> [PrintedDepartments] {
      half.of(interner).map { index in
        PrintedDepartments(
          printed: interner.text(index), in: departments, region: regions.region(ofText: index, of: interner.kind))
      }
    }
    let (leads, placeholders, deadlines) = (matters.leads, matters.placeholders, matters.deadlines)
    let (responsibles, names) = (items.responsibles, items.names)
    func meanings(_ half: Half) -> Meanings {
      Meanings(
        leads: printedDepartments(leads, half), placeholders: printedDepartments(placeholders, half),
        responsibles: printedDepartments(responsibles, half),
        deadlines: half.of(deadlines).map { Deadline(printed: deadlines.text($0)) },
        names: half.of(names).map { PrintedApprovals(printed: names.text($0), in: approvals) })
    }
    let distinct = leads.count + placeholders.count + responsibles.count + names.count + deadlines.count
    let isDivided = distinct > 20_000
    // Each thread writes its own variable, and they are read after both have ended. Each takes half of every column, of which
    // one may have nearly all texts.
    nonisolated(unsafe) var first = Meanings()
    nonisolated(unsafe) var second = Meanings()
    Parallel.both(when: isDivided) {
      first = meanings(isDivided ? .first : .whole)
    } _: {
      if isDivided { second = meanings(.second) }
    }
    first.append(second)
    departmentsByColumn[Int(TextColumn.lead.rawValue)] = first.leads
    departmentsByColumn[Int(TextColumn.placeholder.rawValue)] = first.placeholders
    departmentsByColumn[Int(TextColumn.responsible.rawValue)] = first.responsibles
    deadlinesByText = first.deadlines
    approvalsByName = first.names
  }

  /// The texts of a column that a thread takes.
  private enum Half {
    case whole, first, second

    func of(_ texts: TextInterner) -> Range<Int> {
      switch self {
      case .whole: 0..<texts.count
      case .first: 0..<texts.count / 2
      case .second: texts.count / 2..<texts.count
      }
    }
  }

  /// The meanings of some texts of each column.
  private struct Meanings {
    var leads: [PrintedDepartments] = []
    var placeholders: [PrintedDepartments] = []
    var responsibles: [PrintedDepartments] = []
    var deadlines: [Deadline] = []
    var names: [PrintedApprovals] = []

    mutating func append(_ other: Meanings) {
      leads += other.leads
      placeholders += other.placeholders
      responsibles += other.responsibles
      deadlines += other.deadlines
      names += other.names
    }
  }

  func departments(_ text: TextID) -> PrintedDepartments {
    departmentsByColumn[text.kindIndex][text.index]
  }

  /// Adds the meaning of the text that has been added last to the names of items.
  mutating func append(_ approvals: PrintedApprovals) { approvalsByName.append(approvals) }
}
