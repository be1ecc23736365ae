import AtomicFiles
import BuiltIn
import CSVFormat
import Localization
import Platform

/// Reads a catalog folder: `datapackage.json` over CSV tables. What cannot be read costs its cell, and is told in
/// `Catalog.issues`.
package enum FolderReader {
  /// The catalog that is built into the program.
  package static func builtIn() -> Catalog {
    read(origin: .builtIn, display: "built-in", descriptor: .standard) { (name) throws(FileFailure) in
      BuiltInFiles.catalog.first { $0.name == name }.map { Bytes($0.bytes) }
    }
  }

  /// The text of each table that is built in, for reading other tables beside it.
  package static func builtInFile(_ name: String) -> [UInt8]? {
    BuiltInFiles.catalog.first { $0.name == name }?.bytes
  }

  /// Reads a catalog whose files are in memory.
  package static func read(
    named name: String, files: [String: [UInt8]], schema: CatalogSchema = .standard
  ) -> Catalog {
    read(origin: .folder(name), display: name, schema: schema) { (file) throws(FileFailure) in files[file].map { Bytes($0) } }
  }

  /// Reads the folder at `path`. A folder that is no catalog gives a catalog that is unreadable and says why.
  package static func read(_ path: String, progress: WorkProgress? = nil) -> Catalog {
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let display = folder == "." ? "" : folder
    func full(_ name: String) -> String { folder == "/" ? "/" + name : folder + "/" + name }
    return read(origin: .folder(path), display: display, progress: progress) { (name) throws(FileFailure) in
      do throws(FileFailure) {
        return try Bytes.readRegular(full(name))
      } catch {
        if error.isMissing { return nil }
        throw error
      }
    }
  }

  /// Why a table's bytes are no text that could be a table; nil if they may be one. A byte order mark speaks for itself.
  private static func notText(_ bytes: Bytes) -> LocalizedText? {
    let start = withExtendedLifetime(bytes) { Array(bytes.buffer.prefix(4096)) }
    guard let form = ForeignForm(start) else { return nil }
    return LocalizedText(
      zh: "这是\(form.name.zh)，不是 CSV。请在电子表格中打开，另存为“CSV UTF-8（逗号分隔）”，文件名不变。",
      en:
        "This is \(form.name.en), no CSV. Open it in the spreadsheet program and save it as “CSV UTF-8 (comma delimited)” under the same name."
    )
  }

  /// - Parameters:
  ///   - display: what stands before a file's name in messages.
  ///   - descriptor: what `datapackage.json` says, where that is known and need not be read.
  ///   - load: a file's bytes by its name; nil if there is no such file.
  private static func read(
    origin: Catalog.Origin, display: String, descriptor known: Descriptor? = nil, schema: CatalogSchema = .standard,
    progress: WorkProgress? = nil,
    load: (String) throws(FileFailure) -> Bytes?
  ) -> Catalog {
    let builder = CatalogBuilder(schema: schema)
    func shown(_ name: String) -> String {
      display.isEmpty ? name : display.hasSuffix("/") ? display + name : display + "/" + name
    }
    func unreadable(_ explanation: LocalizedText, file: String) -> Catalog {
      let source = builder.add(Source(file: file))
      builder.issues.append(
        ReadingIssue(
          .unreadable(explanation), at: .file(source: source, table: .notices)))
      return builder.finish(origin: origin)
    }

    var descriptor = known ?? Descriptor.standard
    do throws(FileFailure) {
      if known == nil, let json = try load(Descriptor.fileName) {
        do throws(Descriptor.Failure) {
          descriptor = try Descriptor(json: json)
        } catch {
          return unreadable(error.explanation, file: shown(Descriptor.fileName))
        }
      }
    } catch {
      return unreadable(error.explanation, file: shown(Descriptor.fileName))
    }
    builder.settings = descriptor.settings
    if !descriptor.settings.rules.isEmpty {
      let source = builder.add(Source(file: shown(Descriptor.fileName), columns: [.waivers: []]))
      builder.settings.position = .file(source: source, table: .waivers)
    }

    // Which tables are there.
    var files: [TableKind: Bytes] = [:]
    for kind in TableKind.allCases {
      let name = descriptor.files[kind] ?? kind.fileName
      do throws(FileFailure) {
        if let bytes = try load(name) {
          if let explanation = notText(bytes) { return unreadable(explanation, file: shown(name)) }
          files[kind] = bytes
          continue
        }
      } catch {
        return unreadable(error.explanation, file: shown(name))
      }
      if kind.isRequired || descriptor.files[kind] != nil {
        let source = builder.add(Source(file: shown(name)))
        builder.issues.append(
          ReadingIssue(
            .missingTable(name), at: .file(source: source, table: kind)))
      }
    }
    if files[.matters] == nil, files[.items] == nil {
      // What is no catalog lacks no table.
      builder.issues.removeAll()
      return unreadable(
        LocalizedText(
          zh: "这里没有事项目录：既没有 matters.csv，也没有 items.csv。请核对路径，或用 `onevisit init` 建立一份。",
          en:
            "there is no catalog here: neither matters.csv nor items.csv. Check the path, or make one with `onevisit init`."
        ),
        file: display.isEmpty ? "." : display)
    }

    func open(_ kind: TableKind) -> OpenTable? {
      guard let bytes = files[kind] else { return nil }
      return OpenTable(
        kind, file: shown(descriptor.files[kind] ?? kind.fileName), bytes: bytes,
        described: descriptor.columns[kind] ?? [], into: builder)
    }

    for kind in TableKind.small {
      guard let table = open(kind) else { continue }
      table.forEachRow(kind, into: builder) { cells, position in builder.add(cells, to: kind, at: position) }
    }
    builder.prepareLists()

    // The two large tables are decoded and read side by side.
    let size = (files[.matters]?.count ?? 0) + (files[.items]?.count ?? 0)
    let isLarge = size > 1 << 20
    progress?.begin(.reading, total: size)
    defer { progress?.end() }
    nonisolated(unsafe) var matterTable: OpenTable?
    nonisolated(unsafe) var itemTable: OpenTable?
    let matterSide = CatalogBuilder(schema: schema)
    let itemSide = CatalogBuilder(schema: schema)
    let matterRows = builder.matterRows
    let itemRows = builder.itemRows
    let firstSource = builder.sources.count
    let hasMatters = files[.matters] != nil
    Parallel.both(when: isLarge) {
      guard let bytes = files[.matters] else { return }
      matterTable = OpenTable(
        .matters, file: shown(descriptor.files[.matters] ?? TableKind.matters.fileName), bytes: bytes,
        described: descriptor.columns[.matters] ?? [], into: matterSide)
      if var table = matterTable {
        table.source = firstSource
        matterRows.own(table.csv.bytes)
        matterRows.reserve(table.estimatedRows)
        matterRows.issues += table.forEachRawRow(.matters, scratch: matterRows.own) { cells, row in
          matterRows.add(cells, stable: true, source: firstSource, row: row)
        }
      }
    } _: {
      guard let bytes = files[.items] else { return }
      let source = firstSource + (hasMatters ? 1 : 0)
      itemTable = OpenTable(
        .items, file: shown(descriptor.files[.items] ?? TableKind.items.fileName), bytes: bytes,
        described: descriptor.columns[.items] ?? [], into: itemSide)
      if var table = itemTable {
        table.source = source
        itemRows.own(table.csv.bytes)
        itemRows.reserve(table.estimatedRows)
        itemRows.issues += table.forEachRawRow(.items, scratch: itemRows.own) { cells, row in
          itemRows.add(cells, stable: true, source: source, row: row)
        }
      }
    }
    builder.absorb(matterSide)
    builder.absorb(itemSide)
    return builder.finish(origin: origin)
  }
}

extension CatalogBuilder {
  /// Takes over what a builder on another thread gathered: its sources follow ours.
  func absorb(_ other: CatalogBuilder) {
    let shift = sources.count
    sources += other.sources
    issues += other.issues.map { issue in
      var issue = issue
      issue.position = issue.position.movedBy(sources: shift)
      return issue
    }
  }
}
