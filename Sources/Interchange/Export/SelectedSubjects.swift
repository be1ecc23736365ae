import Catalog

/// Selects the progress and waivers that belong to a selection.
struct SelectedSubjects {
  private let catalog: Catalog
  private let isWhole: Bool
  private var isSelected: [Bool] = []
  /// The ids of the departments, approvals, lists and notices of the selection.
  private var ids: Set<String> = []
  private var numbers = MatterNumbers([])

  init(_ selected: Selected) {
    catalog = selected.catalog
    isWhole = selected.isWhole
    guard !isWhole else { return }
    isSelected = [Bool](repeating: false, count: catalog.matters.count)
    for index in selected.closure { isSelected[index] = true }
    numbers = MatterNumbers(
      selected.closure.lazy.compactMap { [catalog] in catalog.numbering(of: catalog.matters[$0]) })
    ids.formUnion(selected.departments.map { catalog.departments[$0].id })
    ids.formUnion(selected.approvals.map { catalog.approvals[$0].id })
    ids.formUnion(selected.lists.map { catalog.lists[$0].id })
    ids.formUnion(selected.notices.map { catalog.notices[$0].id })
  }

  func holds(_ progress: Progress) -> Bool {
    isWhole || progress.matterIndex.map { isSelected[$0] } ?? false
  }

  /// A waiver belongs to the selection if its subject is a selected row, an item of a selected matter, or a range with a
  /// selected matter.
  func holds(_ waiver: Waiver) -> Bool {
    if isWhole || ids.contains(waiver.subject) { return true }
    if let run = MatterRun(waiver.subject) { return numbers.isAny(in: run) }
    let id = waiver.subject.prefix { $0 != "." }
    guard let matter = catalog.matter(id: String(id)) else { return false }
    return isSelected[matter.index]
  }
}
