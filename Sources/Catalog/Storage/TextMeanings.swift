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
    func printedDepartments(_ interner: TextInterner) -> [PrintedDepartments] {
      (0..<interner.count).map { index in
        PrintedDepartments(
          printed: interner.text(index), in: departments, region: regions.region(ofText: index, of: interner.kind))
      }
    }
    let (leads, placeholders, deadlines) = (matters.leads, matters.placeholders, matters.deadlines)
    let (responsibles, names) = (items.responsibles, items.names)
    // Each thread writes its own variables, and they are read after both have ended.
    nonisolated(unsafe) var ofLeads: [PrintedDepartments] = []
    nonisolated(unsafe) var ofPlaceholders: [PrintedDepartments] = []
    nonisolated(unsafe) var ofResponsibles: [PrintedDepartments] = []
    nonisolated(unsafe) var ofDeadlines: [Deadline] = []
    nonisolated(unsafe) var ofNames: [PrintedApprovals] = []
    let distinct = leads.count + placeholders.count + responsibles.count + names.count + deadlines.count
    Parallel.both(when: distinct > 20_000) {
      ofLeads = printedDepartments(leads)
      ofPlaceholders = printedDepartments(placeholders)
      ofDeadlines = (0..<deadlines.count).map { Deadline(printed: deadlines.text($0)) }
      ofResponsibles = printedDepartments(responsibles)
    } _: {
      ofNames = (0..<names.count).map { PrintedApprovals(printed: names.text($0), in: approvals) }
    }
    departmentsByColumn[Int(TextColumn.lead.rawValue)] = ofLeads
    departmentsByColumn[Int(TextColumn.placeholder.rawValue)] = ofPlaceholders
    departmentsByColumn[Int(TextColumn.responsible.rawValue)] = ofResponsibles
    deadlinesByText = ofDeadlines
    approvalsByName = ofNames
  }

  func departments(_ text: TextID) -> PrintedDepartments {
    departmentsByColumn[text.kindIndex][text.index]
  }

  /// Adds the meaning of the text that has been added last to the names of items.
  mutating func append(_ approvals: PrintedApprovals) { approvalsByName.append(approvals) }
}
