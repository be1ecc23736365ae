import Catalog
import Synchronization

/// What several rules need of one catalog, computed once, by the first rule that asks.
final class SharedAnalyses: Sendable {
  private let catalog: Catalog
  private let knownNumbering = Known<ListNumbering>()
  private let knownTexts = Known<TextSurvey>()
  private let knownSurvey = Known<RowSurvey>()
  private let knownLeads = Known<DepartmentsByText>()
  private let knownResponsibles = Known<DepartmentsByText>()
  private let knownConflicts = Known<DepartmentConflicts>()
  private let knownTables = Mutex<[TableKind: SmallTable]>([:])

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// Computes what nearly every rule asks for on two threads, which would wait for each other while one of them does.
  func prepare() {
    let texts = TextSurvey(catalog, isParallel: true) { _ = survey }
    _ = knownTexts.value { texts }
  }

  /// The numbers of the matters in each list.
  var numbering: ListNumbering { knownNumbering.value { ListNumbering(catalog) } }

  var texts: TextSurvey { knownTexts.value { TextSurvey(catalog) } }

  var survey: RowSurvey {
    knownSurvey.value {
      RowSurvey(catalog, leadHandling, leads: departments(.lead), responsible: departments(.responsible))
    }
  }

  var leadHandling: LeadHandling {
    LeadHandling(catalog, leading: departments(.lead), responsible: departments(.responsible))
  }

  /// The approvals that items assign to different departments.
  var conflicts: DepartmentConflicts {
    knownConflicts.value { DepartmentConflicts(catalog, departments(.responsible), survey.approvals) }
  }

  /// The departments of the texts of a column of departments.
  func departments(_ column: DepartmentColumn) -> DepartmentsByText {
    switch column {
    case .lead: knownLeads.value { DepartmentsByText(catalog, .lead) }
    case .responsible: knownResponsibles.value { DepartmentsByText(catalog, .responsible) }
    }
  }

  enum DepartmentColumn { case lead, responsible }

  /// A value that is made when it is first asked for. Another thread that asks waits.
  private final class Known<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)

    func value(_ make: () -> Value) -> Value {
      known.withLock { known in
        if let known { return known }
        let new = make()
        known = new
        return new
      }
    }
  }

  /// A small table by columns; nil for matters and items.
  func smallTable(_ kind: TableKind) -> SmallTable? {
    knownTables.withLock { known in
      if let table = known[kind] { return table }
      let new = catalog.smallTable(kind)
      known[kind] = new
      return new
    }
  }
}
