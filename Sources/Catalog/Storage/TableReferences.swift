import Deadlines
import Localization

/// Finds the rows that the references of the small tables name: departments, approvals, notices, lists, regions, audiences
/// and matters.
struct TableReferences {
  private let departments: Register
  private let approvals: Register
  private let audiences: AudienceRegister
  private let tree: RegionTree
  private let ids: TextInterner
  private let matterOfID: [Int32]
  /// By the id and by the number of a notice.
  private var noticeOfText: [String: Int] = [:]
  private let listOfID: [String: Int]

  /// - Parameters:
  ///   - ids: the ids of matters.
  ///   - matterOfID: by the index of an id, the index of the matter; -1 if there is none.
  init(
    _ tables: CatalogTables, _ departments: Register, _ approvals: Register, _ audiences: AudienceRegister,
    _ tree: RegionTree, _ ids: TextInterner, _ matterOfID: [Int32]
  ) {
    self.departments = departments
    self.approvals = approvals
    self.audiences = audiences
    self.tree = tree
    self.ids = ids
    self.matterOfID = matterOfID
    for (index, notice) in tables.notices.enumerated() {
      for text in [notice.id, notice.number] where noticeOfText[text] == nil { noticeOfText[text] = index }
    }
    listOfID = Dictionary(tables.lists.enumerated().lazy.map { ($1.id, $0) }) { first, _ in first }
  }

  /// Writes the index of the row that each reference names.
  func resolve(_ tables: inout CatalogTables, _ schema: CatalogSchema) {
    resolve(&tables.regions, schema.regions)
    resolve(&tables.audiences, schema.audiences)
    resolve(&tables.approvals, schema.approvals)
    resolve(&tables.lists, schema.lists)
    for index in tables.lists.indices {
      let known = tables.lists[index].audiences.compactMap(audiences.index)
      tables.lists[index].audienceIndices = known.count == tables.lists[index].audiences.count ? known : nil
    }
    resolve(&tables.targets, schema.targets)
    resolve(&tables.progress, schema.progress)
    resolve(&tables.notices, schema.notices)
    resolve(&tables.departments, schema.departments)
    resolve(&tables.waivers, schema.waivers)
  }

  private func resolve<Row: TableRow>(_ rows: inout [Row], _ schema: TableSchema<Row>) {
    for field in schema.fields {
      guard let target = field.column.target, let resolved = field.resolved else { continue }
      for (row, value) in field.values(rows).enumerated() {
        // A row may have been copied from another catalog, with an index of that catalog.
        let text = value.cell
        rows[row][keyPath: resolved] = text.isEmpty ? nil : index(of: text, in: target)
      }
    }
  }

  private func index(of text: String, in table: TableKind) -> Int? {
    switch table {
    case .departments: departments.owner(of: text)?.index
    case .approvals: approvals.owner(of: text)?.index
    case .notices: noticeOfText[text]
    case .lists: listOfID[text]
    case .regions: tree.index(of: text)
    case .audiences: audiences.index(of: text)
    case .matters: matter(text)
    case .items, .targets, .progress, .waivers: nil
    }
  }

  private func matter(_ id: String) -> Int? {
    var id = id.trimmingBlanks
    let found = id.withUTF8 { bytes in bytes.baseAddress.flatMap { ids.lookUp($0, bytes.count) } }
    return found.flatMap { matterOfID[$0.index] < 0 ? nil : Int(matterOfID[$0.index]) }
  }
}
