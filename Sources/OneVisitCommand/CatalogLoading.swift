import ArgumentParser
import AtomicFiles
import Catalog
import Interchange
import Localization
import Platform
import Validator

/// Which catalog a command means, and reading it.
enum CatalogLoading {
  /// Reads the catalog at `path`; without one, `./catalog` if it holds a `datapackage.json`, else the built-in one. Says on
  /// standard error what was read.
  static func load(_ path: String?, isQuiet: Bool = false) -> Catalog {
    let catalog: Catalog
    if let path {
      catalog = CatalogReader.read(path, progress: ProgressMeter.progress)
    } else if access("catalog/datapackage.json", F_OK) == 0 {
      catalog = CatalogReader.read("catalog", progress: ProgressMeter.progress)
    } else {
      catalog = FolderReader.builtIn()
      if access(Descriptor.fileName, F_OK) == 0 || access(TableKind.matters.fileName, F_OK) == 0 {
        Console.say(
          LocalizedText(
            zh: "注意：当前文件夹里有一份目录，但没有读取它；要读取它，请加 --catalog .",
            en: "note: the current folder holds a catalog, which is not what was read; to read it, add --catalog ."))
      }
    }
    if !isQuiet { announce(catalog) }
    return catalog
  }

  static func announce(_ catalog: Catalog) {
    let name =
      catalog.origin == .builtIn
      ? LocalizedText(zh: "程序内置目录", en: "the built-in catalog")
      : LocalizedText(zh: catalog.origin.name, en: catalog.origin.name)
    guard !catalog.isUnreadable else { return }
    Console.say(
      LocalizedText(
        zh: "已读取 \(name.zh)：\(catalog.matters.count) 件事，\(catalog.items.count) 个关联事项",
        en: "read \(name.en): \(counted(catalog.matters.count, "matter")), \(counted(catalog.items.count, "item"))"))
  }

  /// For commands that show or write what a catalog holds: one that cannot be read ends them, one with flaws is told of.
  static func loadForUse(_ path: String?) throws -> Catalog {
    let catalog = load(path)
    try requireReadable(catalog)
    return catalog
  }

  static func requireReadable(_ catalog: Catalog) throws {
    guard catalog.isUnreadable else {
      if !catalog.issues.isEmpty {
        Console.say(
          LocalizedText(
            zh: "注意：读取时发现 \(catalog.issues.count) 处问题，用 onevisit validate 查看。",
            en: "note: \(counted(catalog.issues.count, "place")) could not be read; see onevisit validate."))
      }
      return
    }
    reportFatal(catalog)
    throw ExitStatus.unreadable
  }

  /// Tells why a catalog could not be read at all.
  static func reportFatal(_ catalog: Catalog) {
    var options = ValidationOptions(day: .earliest)
    options.appliesWaivers = false
    for finding in Validation(catalog, options: options).findings where finding.severity == .error {
      var position = finding.location.map(\.file) ?? ""
      if let line = finding.location?.line { position += ":\(line)" }
      if let column = finding.location?.column { position += ":\(column)" }
      Console.report(
        LocalizedText(
          zh: "\(position)：\(ended(finding.message.zh, "。"))\(finding.fix.zh)",
          en: "\(position): \(ended(finding.message.en, ".")) \(finding.fix.en)"))
    }
  }

  /// A sentence with its stop, which a reason taken over from the system has already.
  private static func ended(_ sentence: String, _ stop: String) -> String {
    sentence.hasSuffix(stop) ? sentence : sentence + stop
  }

  /// The department of that name.
  /// - Throws: a usage error with the nearest known name.
  static func department(_ name: String, in catalog: Catalog) throws -> Int {
    if let owner = catalog.departmentRegister.owner(of: name) { return owner.index }
    let nearest = Nearness.nearest(to: name, among: catalog.departmentRegister.names.map(\.name))
    throw ValidationError(
      say(
        "登记表中没有部门“\(name)”。\(nearest.map { "是不是“\($0)”？" } ?? "")用 onevisit departments 查看全部部门。",
        "no register answers to the department “\(name)”.\(nearest.map { " Did you mean “\($0)”?" } ?? "") "
          + "`onevisit departments` lists them all."))
  }

  /// The list of that id.
  static func list(_ id: String, in catalog: Catalog) throws -> Int {
    if let index = catalog.lists.firstIndex(where: { $0.id == id || $0.annex == id || $0.title == id }) { return index }
    let known = catalog.lists.map(\.id).joined(separator: ", ")
    throw ValidationError(say("没有清单“\(id)”。已有：\(known)", "there is no list “\(id)”. Known: \(known)"))
  }
}
