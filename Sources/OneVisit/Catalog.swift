/// A catalog of “one thing, one visit” services (一件事一次办): matters with their items, deadlines and departments, and
/// the registers that they refer to.
///
/// ```swift
/// let catalog = try Catalog(at: "catalog")
/// for matter in catalog.matters { print(matter.id, matter.name) }
/// ```
///
/// A catalog is a value and does not change after it has been read. A cell that cannot be read costs that cell alone:
/// ``validate(asOf:options:)`` reports it. An input that is no catalog at all is an error of the initializer.
public struct Catalog: Sendable {
  let core: Core.Catalog

  init(_ core: Core.Catalog) { self.core = core }

  /// The catalog that is built into the library: the two lists of Jiujiang's notice 九府办字〔2022〕128号.
  public static let builtIn = Catalog(Core.FolderReader.builtIn())

  /// Reads a catalog from a folder of tables, an XML document, a workbook (.xlsx), a list in CSV or a Word document
  /// (.docx). Which of them it is follows from the content, not from the name.
  ///
  /// - Parameters:
  ///   - path: the path of the folder or file; a pipe is read as well.
  ///   - list: for a list in CSV, the id, title or annex of the list that its matters belong to, where the table does
  ///     not say.
  ///   - registers: for a list in CSV, the catalog whose registers it refers to; the built-in one if nil.
  /// - Throws: `OneVisitError` of kind `unreadableCatalog`.
  public init(at path: String, list: String? = nil, registers: Catalog? = nil) throws(OneVisitError) {
    let options = Core.CSVListOptions(list: list)
    try self.init(readable: Core.CatalogReader.read(path, base: registers?.core, options: options))
  }

  /// Reads a catalog folder from memory.
  ///
  /// - Parameters:
  ///   - tables: the files by name, such as `matters.csv` and `datapackage.json`, as bytes.
  ///   - name: the folder's name in positions and messages.
  /// - Throws: `OneVisitError` of kind `unreadableCatalog`.
  public init(tables: [String: [UInt8]], name: String) throws(OneVisitError) {
    try self.init(readable: Core.FolderReader.read(named: name, files: tables))
  }

  /// Reads an XML document (`schemas/service-catalog.xsd`) from memory.
  ///
  /// - Parameters:
  ///   - xml: the document as bytes, in any encoding that it declares.
  ///   - name: the document's name in positions and messages.
  /// - Throws: `OneVisitError` of kind `unreadableCatalog`.
  public init(xml: [UInt8], name: String) throws(OneVisitError) {
    try self.init(readable: Core.XMLCatalogReader.read(named: name, Core.Bytes(xml)))
  }

  /// Reads a list in CSV from memory, in the flat layout or in the layout of a notice's annex.
  ///
  /// - Parameters:
  ///   - csv: the table as bytes, in UTF-8, GB18030 or UTF-16.
  ///   - name: the table's name in positions and messages.
  ///   - list: the id, title or annex of the list that the matters belong to, where the table does not say.
  ///   - registers: the catalog whose registers the list refers to; the built-in one if nil.
  /// - Throws: `OneVisitError` of kind `unreadableCatalog`.
  public init(csv: [UInt8], name: String, list: String? = nil, registers: Catalog? = nil) throws(OneVisitError) {
    let base = (registers ?? Catalog.builtIn).core
    let options = Core.CSVListOptions(list: list)
    try self.init(
      readable: Core.CSVListReader.read(file: name, bytes: Core.Bytes(csv), base: base, options: options))
  }

  private init(readable core: Core.Catalog) throws(OneVisitError) {
    guard !core.isUnreadable else { throw OneVisitError.unreadable(core) }
    self.core = core
  }

  /// What the catalog was read from: the path or name as given, `built-in` for the built-in catalog.
  public var name: String { core.origin.name }

  /// The matters, in the order of the table. Each access to an element makes the value anew: keep it, or make an array,
  /// where it is needed more than once.
  public var matters: some RandomAccessCollection<Matter> {
    core.matters.indices.lazy.map { [core] in Matter(core.matters[$0], in: core) }
  }

  /// The departments of the register.
  public var departments: [Department] {
    core.departments.enumerated().map { Department($1, index: $0) }
  }

  /// The approvals of the register.
  public var approvals: [Approval] {
    core.approvals.enumerated().map { Approval($1, index: $0, in: core) }
  }

  /// The lists.
  public var lists: [MatterList] { core.lists.map { MatterList($0, in: core) } }

  /// The notices.
  public var notices: [Notice] { core.notices.map(Notice.init) }
}

// MARK: Look-ups

extension Catalog {
  /// The matter of that id or name, or the only one that has the text as a part of its name; nil if there is none, or
  /// several.
  public func matter(_ idOrName: String) -> Matter? {
    if case .found(let matter) = core.search(matter: idOrName) { Matter(matter, in: core) } else { nil }
  }

  /// The department of that name: its id, short, full or general name, or an alias, or an unambiguous part of one.
  public func department(_ name: String) -> Department? {
    guard case .found(let index) = core.search(department: name) else { return nil }
    return Department(core.departments[index], index: index)
  }

  /// The approval of that name: its id, name, or an alias.
  public func approval(_ name: String) -> Approval? {
    guard let index = core.approvalRegister.owner(of: name)?.index else { return nil }
    return Approval(core.approvals[index], index: index, in: core)
  }

  /// The list of that id, annex or title.
  public func list(_ name: String) -> MatterList? {
    listIndex(name).map { MatterList(core.lists[$0], in: core) }
  }

  /// The notice of that id, document number or title.
  public func notice(_ name: String) -> Notice? {
    core.notices.first { $0.id == name || $0.number == name || $0.title == name }.map(Notice.init)
  }

  /// The days between which the report on a matter is to be handed in (§三(三)); nil if its list sets none, or the matter
  /// is not in this catalog.
  public func reportWindow(of matter: Matter) -> ReportWindow? {
    core.matter(id: matter.id).flatMap { core.reportWindow(of: $0) }.map(ReportWindow.init)
  }

  func listIndex(_ name: String) -> Int? {
    core.lists.firstIndex { $0.id == name || $0.annex == name || $0.title == name }
  }

  /// - Throws: `OneVisitError` of kind `unknownName`, with the nearest registered name.
  func requiredDepartment(_ name: String) throws(OneVisitError) -> Int {
    switch core.search(department: name) {
    case .found(let index): return index
    case .ambiguous(let candidates):
      throw OneVisitError(
        .unknownName,
        LocalizedText(
          zh: "“\(name)”可以指 \(candidates.count) 个部门：\(Core.NameSearch<Int>.listing(candidates, separator: "、"))。",
          en: "“\(name)” may mean \(candidates.count) departments: "
            + "\(Core.NameSearch<Int>.listing(candidates, separator: ", "))."))
    case .unknown(let nearest):
      throw OneVisitError(
        .unknownName,
        LocalizedText(
          zh: "登记表中没有部门“\(name)”。" + (nearest.map { "是不是“\($0)”？" } ?? ""),
          en: "There is no department called “\(name)”." + (nearest.map { " Did you mean “\($0)”?" } ?? "")))
    }
  }

  /// - Throws: `OneVisitError` of kind `unknownName`, with the audiences that there are.
  func requiredAudience(_ id: String) throws(OneVisitError) -> Int {
    if let index = core.audienceRegister.index(of: id) { return index }
    let known = core.audiences.map(\.id)
    throw OneVisitError(
      .unknownName,
      LocalizedText(
        zh: "没有服务对象“\(id)”。已有：\(known.joined(separator: "、"))。",
        en: "There is no audience “\(id)”. Available: \(known.joined(separator: ", "))."))
  }

  /// - Throws: `OneVisitError` of kind `unknownName`, with the lists that there are.
  func requiredList(_ name: String) throws(OneVisitError) -> Int {
    if let index = listIndex(name) { return index }
    let known = core.lists.map(\.id)
    throw OneVisitError(
      .unknownName,
      LocalizedText(
        zh: "没有清单“\(name)”。已有：\(known.joined(separator: "、"))。",
        en: "There is no list “\(name)”. Available: \(known.joined(separator: ", "))."))
  }
}
