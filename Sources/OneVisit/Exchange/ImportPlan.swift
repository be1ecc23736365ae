/// What importing a file would change in a catalog folder: an XML document, a workbook, or a list in CSV, in a workbook or
/// in a Word document. Making a plan writes nothing.
///
/// ```swift
/// let plan = try ImportPlan(of: "清单.csv", into: "catalog")
/// print(plan.text[.zh])
/// if plan.isPossible { try plan.apply() }
/// ```
public struct ImportPlan: Sendable {
  /// The ids of matters that are added.
  public let added: [String]
  /// The ids of matters that change.
  public let changed: [String]
  /// The ids of matters that the folder has and the file does not, and that stay.
  public let kept: [String]
  /// The ids of matters that are removed.
  public let removed: [String]
  /// The plan in words, one change a line.
  public let text: LocalizedText
  /// Why the plan must not be applied; empty if it may be.
  public let obstacles: [LocalizedText]
  /// What could not be read for certain in the file, names that no register has, and rows that cannot be matched with those
  /// of the folder.
  public let findings: [Finding]
  /// The folder as it would be after the import.
  public let result: Catalog

  private let file: Core.Catalog
  private let folder: String
  private let options: ImportOptions
  private let core: Core.ImportPlan

  /// Whether the plan may be applied.
  public var isPossible: Bool { core.isPossible }
  /// Whether the folder already has everything that the file says.
  public var isEmpty: Bool { core.isEmpty }

  /// Reads the file and the folder, and plans the import.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - folder: the catalog folder. If it does not exist or is empty, the plan creates it with the built-in registers.
  ///   - options: the options.
  /// - Throws: `OneVisitError` of kind `unreadableCatalog` for the file or the folder, `invalidOptions` if
  ///   `ImportOptions.replacesLists` is set for a file that holds only a part of a list, or `ImportOptions.table` for one
  ///   that is no workbook or Word document with a list; `fileSystem`.
  public init(
    of path: String, into folder: String, options: ImportOptions = ImportOptions()
  ) throws(OneVisitError) {
    let work = try OneVisitError.wrapping(.importRefused) { try Core.FolderImport(into: folder, isDry: true) }
    guard !work.folder.isUnreadable else { throw OneVisitError.unreadable(work.folder) }
    let list = Core.CSVListOptions(
      list: options.list, table: options.table, encoding: options.encoding?.core, isImport: true,
      registersAudiences: options.addsUnknownNames)
    let file = Core.CatalogReader.read(path, base: work.folder, options: list)
    guard !file.isUnreadable else { throw OneVisitError.unreadable(file) }
    try OneVisitError.require(options.table, fits: file)
    if options.replacesLists, let list = file.lists.first(where: \.isPartial) {
      throw OneVisitError(
        .invalidOptions,
        LocalizedText(
          zh: "\(path) 只含清单 \(list.id) 的一部分，不能用于替换：会删去其余事项。",
          en: "\(path) holds only a part of the list \(list.id): replacing would remove the rest."))
    }
    self.init(work.plan(file, options: options.core), of: file, into: folder, options: options)
  }

  private init(_ plan: Core.ImportPlan, of file: Core.Catalog, into folder: String, options: ImportOptions) {
    core = plan
    self.file = file
    self.folder = folder
    self.options = options
    added = plan.entries.filter { $0.status == .added }.map(\.id)
    changed = plan.entries.filter { $0.status == .changed }.map(\.id)
    kept = plan.entries.filter { $0.status == .kept }.map(\.id)
    removed = plan.entries.filter { $0.status == .removed }.map(\.id)
    text = LocalizedText(zh: plan.text(in: .chinese), en: plan.text(in: .english))
    obstacles = plan.obstacles.map { LocalizedText($0.explanation) }
    findings =
      ImportPlan.findings(in: file)
      + (plan.unmatched?.findings ?? []).map { Finding($0, catalog: file.origin.name) }
    result = Catalog(plan.result)
  }

  /// Writes the plan into the folder, which is locked meanwhile and replaced as a whole or left as it was. A plan that
  /// changes nothing writes nothing.
  ///
  /// - Throws: `OneVisitError` of kind `importRefused` if the plan has obstacles, or the folder has changed in such a
  ///   way since the plan was made that the import would do something else; `fileSystem`.
  public func apply() throws(OneVisitError) {
    try OneVisitError.wrapping(.importRefused) {
      let work = try Core.FolderImport(into: folder)
      let plan = work.plan(file, options: options.core)
      let isSame =
        plan.isNew == core.isNew && plan.entries == core.entries && plan.registers == core.registers
        && plan.unknownNames == core.unknownNames && plan.obstacles == core.obstacles
      guard isSame else {
        throw OneVisitError(
          .importRefused,
          LocalizedText(
            zh: "没有导入：\(folder) 在制定计划之后有改动。请重新制定计划。",
            en: "Nothing imported: \(folder) has changed since the plan was made. Make the plan again."))
      }
      try work.write(plan)
    }
  }

  /// The findings of the file that matter for an import: of the reading rules, and unknown names.
  private static func findings(in file: Core.Catalog) -> [Finding] {
    var options = Core.ValidationOptions(day: .earliest)
    options.appliesWaivers = false
    options.only = Set(Core.RuleBook.reading.map(\.id))
      .union(["unknown-department", "unknown-approval", "unknown-list"])
    return Core.Validation(file, options: options).findings.map { Finding($0, catalog: file.origin.name) }
  }
}
