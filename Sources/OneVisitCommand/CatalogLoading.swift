import ArgumentParser
import AtomicFiles
import Catalog
import Interchange
import Localization
import Platform
import Validator

/// Which catalog a command means, and reading it.
enum CatalogLoading {
  /// Reads the catalog at `path`; without one, `./catalog` if it holds a `datapackage.json`, else the built-in one. Names
  /// on standard error what was loaded.
  /// - Parameter reading: how a file with a list is read.
  static func load(_ path: String?, reading: CSVListOptions = CSVListOptions()) throws(UsageError) -> Catalog {
    if let list = reading.list { try requireList(list, in: FolderReader.builtIn()) }
    let catalog: Catalog
    if let path {
      catalog = CatalogReader.read(path, options: reading, progress: ProgressMeter.progress)
    } else if access("catalog/datapackage.json", F_OK) == 0 {
      catalog = CatalogReader.read("catalog", progress: ProgressMeter.progress)
    } else {
      catalog = FolderReader.builtIn()
      if access(Descriptor.fileName, F_OK) == 0 || access(TableKind.matters.fileName, F_OK) == 0 {
        Console.note(
          LocalizedText(
            zh: "注意：当前文件夹就是一份目录，但没有读取它；要读取它，请加 --catalog .",
            en: "note: the current folder is a catalog, but it was not loaded; to load it, add --catalog ."))
      }
    }
    InputFiles.add(catalog)
    try require(reading, fits: [catalog])
    announce(catalog)
    return catalog
  }

  /// Refuses options for a file with a list where none of the catalogs was read from one.
  static func require(_ reading: CSVListOptions, fits catalogs: [Catalog]) throws(UsageError) {
    guard reading.list != nil || reading.table != nil || reading.encoding != nil,
      !catalogs.contains(where: \.isUnreadable)
    else { return }
    let lists = catalogs.filter { if case .csv = $0.origin { true } else { false } }
    let names = catalogs.map(\.origin.name).joined(separator: "、")
    let isTextAlone = lists.contains { !$0.sources.contains { $0.sheet != nil } }
    if reading.encoding != nil, !isTextAlone {
      throw UsageError(
        zh: "--encoding 用于 CSV 清单，\(names) 不是。请去掉。",
        en: "--encoding is for a list in CSV, which \(names) is not. Leave it out.")
    }
    if lists.isEmpty {
      throw UsageError(
        zh: "--table 和 --list 用于只含清单的文件（Word、Excel、CSV），\(names) 不是。请去掉。",
        en: "--table and --list are for a file with a list (Word, Excel, CSV), which \(names) is not. Leave them out.")
    }
    if reading.table != nil, !lists.contains(where: \.isListOfDocument) {
      throw UsageError(
        zh: "--table 用于有几份清单的工作簿或 Word 文档，\(names) 不是。请去掉。",
        en: "--table is for a workbook or a Word document with several lists, which \(names) is not. Leave it out.")
    }
  }

  /// Refuses the name of a new list that is no identifier, as the rows of the list would all be errors, and one that is
  /// nearly the id of a list that there is: a slip would make all matters of the file new ones. Ids that differ in a number,
  /// `annex-1` and `annex-2`, are no slip.
  /// - Parameter addsUnknown: whether an import adds what is not registered (`--add-unknown`); nil for other commands.
  static func requireList(_ list: String, in folder: Catalog, addsUnknown: Bool? = nil) throws(UsageError) {
    if folder.lists.contains(where: { $0.id == list || $0.annex == list || $0.title == list }) { return }
    guard ValueKind.identifier.accepts(list) else { throw notAnIdentifier(list, in: folder) }
    func digits(_ id: String) -> [UInt8] { id.utf8.filter { $0 >= 0x30 && $0 <= 0x39 } }
    let alike = folder.lists.map(\.id).filter { digits($0) == digits(list) }
    guard addsUnknown != true, let nearest = Nearness.nearest(to: list, among: alike) else { return }
    let suggestion = LocalizedText.suggestion(nearest)
    throw UsageError(
      zh: "没有清单“\(list)”。\(suggestion.zh)"
        + (addsUnknown == nil ? "确是另一份清单的，请换一个不易混淆的标识。" : "确是一份新清单的，请加 --add-unknown，或换一个不易混淆的标识。"),
      en: "there is no list “\(list)”.\(suggestion.en) "
        + (addsUnknown == nil
          ? "For another list choose an id that is less like it."
          : "For a new list add --add-unknown, or choose an id that is less like it."))
  }

  private static func notAnIdentifier(_ list: String, in folder: Catalog) -> UsageError {
    let words = list.lowercased().utf8.split { byte in
      !(byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39)
    }
    let proposed = words.compactMap { String($0) }.joined(separator: "-")
    let form = proposed.isEmpty ? "our-list" : proposed
    let known = folder.lists.map(\.id).filter { !$0.isEmpty }
    return UsageError(
      zh: "--list 不能用“\(list)”：清单标识只能是小写字母、数字和连字符，例如 \(form)。"
        + (known.isEmpty ? "" : "已登记的清单：\(known.joined(separator: "、"))。"),
      en: "--list cannot be “\(list)”: the id of a list has lower-case letters, digits and hyphens, such as \(form)."
        + (known.isEmpty ? "" : " Registered lists: \(known.joined(separator: ", "))."))
  }

  static func announce(_ catalog: Catalog) {
    let name =
      catalog.origin == .builtIn
      ? LocalizedText(zh: "程序内置目录", en: "the built-in catalog")
      : LocalizedText(zh: catalog.origin.name, en: catalog.origin.name)
    guard !catalog.isUnreadable else { return }
    Console.note(
      LocalizedText(
        zh: "已读取 \(name.zh)：\(catalog.matters.count) 件事，\(catalog.items.count) 个关联事项",
        en: "Loaded \(name.en): \(counted(catalog.matters.count, "matter")), \(counted(catalog.items.count, "item"))"))
    for note in catalog.readingNotes {
      Console.note(LocalizedText(zh: "注意：" + note.zh, en: "note: " + note.en))
    }
    reportDoubtfulReadings(catalog)
  }

  /// How many readings are listed that are likely but not certain.
  private static let shownDoubts = 20

  private static func reportDoubtfulReadings(_ catalog: Catalog) {
    guard !catalog.doubtfulReadings.isEmpty else { return }
    let locator = Locator(catalog)
    for doubt in catalog.doubtfulReadings.prefix(shownDoubts) {
      let location = locator.locate(doubt.position)
      func position(_ language: Language) -> String {
        (location?.file ?? "") + (location?.address(in: language).map { " " + $0 } ?? "")
      }
      Console.note(
        LocalizedText(
          zh: "请核对：\(position(.chinese))：\(doubt.message.zh)", en: "check: \(position(.english)): \(doubt.message.en)"))
    }
    let rest = catalog.doubtfulReadings.count - shownDoubts
    if rest > 0 {
      let isCut = catalog.doubtfulReadings.count == DoubtfulReading.limit
      Console.note(
        LocalizedText(
          zh: "请核对：另有 \(rest) 处\(isCut ? "以上" : "")这样的读法",
          en: "check: \(rest) \(isCut ? "or more" : "more") such readings"))
    }
  }

  /// For commands that show or write what a catalog holds.
  /// - Throws: status 2 if the catalog cannot be read; cells that cannot be read are only counted on standard error.
  static func loadForUse(_ path: String?, reading: CSVListOptions = CSVListOptions()) throws -> Catalog {
    let catalog = try load(path, reading: reading)
    try requireReadable(catalog)
    return catalog
  }

  /// An edition to compare: a catalog, or `git:REV[:PATH]`.
  ///
  /// - Parameters:
  ///   - catalog: the other edition; its folder is meant where a revision comes without a path.
  ///   - reading: how a file with a list is read.
  static func edition(
    _ path: String, besides catalog: Catalog? = nil, reading: CSVListOptions = CSVListOptions()
  ) throws -> Catalog {
    guard path.hasPrefix(GitEdition.prefix) else {
      let catalog = CatalogReader.read(path, options: reading, progress: ProgressMeter.progress)
      InputFiles.add(catalog)
      announce(catalog)
      try requireReadable(catalog)
      return catalog
    }
    var folder: String?
    if case .folder(let path)? = catalog?.origin { folder = path }
    let catalog = try GitEdition.read(path, besides: folder, options: reading)
    announce(catalog)
    try requireReadable(catalog)
    return catalog
  }

  static func requireReadable(_ catalog: Catalog) throws {
    guard catalog.isUnreadable else {
      let count = catalog.issues.count { !$0.isHarmless }
      if count > 0 {
        Console.note(
          LocalizedText(
            zh: "注意：读取时发现 \(count) 处问题，用 onevisit validate 查看。",
            en: "note: reading found \(counted(count, "problem")); see onevisit validate."))
      }
      return
    }
    reportFatal(catalog)
    throw ExitStatus.unreadable
  }

  /// Reports why a catalog could not be read at all.
  static func reportFatal(_ catalog: Catalog) {
    var options = ValidationOptions(day: .earliest)
    options.appliesWaivers = false
    for finding in Validation(catalog, options: options).findings where finding.severity == .error {
      var position = finding.location.map(\.file) ?? ""
      if finding.location?.sheet != nil, let cell = finding.location?.address(in: Console.language) {
        position += " \(cell)"
      }
      if let line = finding.location?.line { position += ":\(line)" }
      if let column = finding.location?.column { position += ":\(column)" }
      let message = LocalizedText(
        zh: "\(ended(finding.message.zh, "。"))\(finding.fix.zh)",
        en: "\(ended(finding.message.en, ".")) \(finding.fix.en)")
      // A path that cannot be read is in the message.
      let isNamed = position.isEmpty || finding.message.en.hasPrefix("cannot read \(position): ")
      Console.error(
        isNamed ? message : LocalizedText(zh: "\(position)：\(message.zh)", en: "\(position): \(message.en)"))
    }
  }

  /// A sentence with its full stop, which a reason from the operating system may have already.
  private static func ended(_ sentence: String, _ stop: String) -> String {
    sentence.hasSuffix(stop) ? sentence : sentence + stop
  }

  /// The index of the department of that name.
  /// - Throws: a usage error with the departments that the name may mean, or the nearest known name.
  static func department(_ name: String, in catalog: Catalog) throws(UsageError) -> Int {
    switch catalog.search(department: name) {
    case .found(let index): return index
    case .ambiguous(let candidates):
      throw UsageError(
        zh: "“\(name)”可以指 \(candidates.count) 个部门：\(NameSearch<Int>.listing(candidates, separator: "、"))。请写得更全。",
        en:
          "“\(name)” may mean \(candidates.count) departments: \(NameSearch<Int>.listing(candidates, separator: ", ")). "
          + "Give more of the name.")
    case .unknown(let nearest):
      let nearest = LocalizedText.suggestion(nearest)
      throw UsageError(
        zh: "登记表中没有部门“\(name)”。\(nearest.zh)全部部门见 `onevisit departments`。",
        en: "no department called “\(name)”.\(nearest.en) `onevisit departments` lists all.")
    }
  }

  /// The index of the list of that id, annex or title.
  static func list(_ id: String, in catalog: Catalog) throws(UsageError) -> Int {
    if let index = catalog.lists.firstIndex(where: { $0.id == id || $0.annex == id || $0.title == id }) { return index }
    let known = catalog.lists.map(\.id)
    throw UsageError(
      zh: "没有清单“\(id)”。可用：\(known.joined(separator: "、"))。",
      en: "there is no list “\(id)”. Known: \(known.joined(separator: ", ")).")
  }

  /// The index of the audience of that id or name.
  static func audience(_ name: String, in catalog: Catalog) throws(UsageError) -> Int {
    if let index = catalog.audienceRegister.index(of: name) { return index }
    let known = catalog.audiences
    throw UsageError(
      zh: "没有服务对象“\(name)”。可用：\(known.map { "\($0.id)（\($0.name)）" }.joined(separator: "、"))。",
      en: "there is no audience “\(name)”. Known: \(known.map { "\($0.id) (\($0.name))" }.joined(separator: ", ")).")
  }

  /// The matter of that id or name, or the only one with this part of a name; an item's id, such as 2-037.8, means its matter.
  static func matter(_ name: String, in catalog: Catalog) throws(UsageError) -> Matter {
    switch catalog.search(matter: name) {
    case .found(let matter): return matter
    case .ambiguous(let candidates):
      throw UsageError(
        zh: "“\(name)”可以指 \(candidates.count) 件事：\(NameSearch<Matter>.listing(candidates, separator: "、"))。请写编号或更全的名称。",
        en:
          "“\(name)” may mean \(candidates.count) matters: \(NameSearch<Matter>.listing(candidates, separator: ", ")). "
          + "Give the id or more of the name.")
    case .unknown(let nearest):
      let nearest = LocalizedText.suggestion(nearest)
      throw UsageError(
        zh: "目录中没有事项 \(name)。\(nearest.zh)全部编号见 `onevisit list`。",
        en: "there is no matter \(name) in the catalog.\(nearest.en) `onevisit list` lists all ids.")
    }
  }
}
