import AtomicFiles
import CSVFormat
import Localization
import Platform

/// Reads the files of one catalog folder, step by step.
final class FolderReading {
  /// Why the folder cannot be read as a catalog.
  private struct Unreadable: Error {
    let explanation: LocalizedText
    /// What to do; nil for the usual.
    var fix: LocalizedText?
    /// The path for messages.
    let file: String
    /// The line in the file and its content, if one is meant.
    var line: Int?
    var content: Bytes?
  }

  /// A large table before it is opened.
  private struct LargeTable {
    let kind: TableKind
    /// The path for messages.
    let file: String
    let content: LargeContent
    let described: Set<String>
    /// Its index in the sources of the catalog.
    let source: Int

    /// Opens the table, which becomes the only source of `side`.
    func open(into side: CatalogBuilder) -> OpenTable? {
      var table =
        switch content {
        case .held(let bytes): OpenTable(kind, file: file, bytes: bytes, described: described, into: side)
        case .streamed(_, let csv): OpenTable(kind, csv, described: described, into: side)
        }
      table?.source = source
      return table
    }
  }

  /// What a large table is read from: its bytes, or its file and header.
  private enum LargeContent {
    case held(Bytes)
    case streamed(StreamedFile, CSVTable)

    var size: Int {
      switch self {
      case .held(let bytes): bytes.count
      case .streamed(let file, _): file.size
      }
    }
  }

  /// How large tables are read without holding their text in memory.
  struct Streaming {
    /// Opens a file; nil if it is small, missing, or is to be read whole for another reason.
    let open: (String) throws(FileFailure) -> StreamedFile?
    var pieceSize = PlainRows.usualPieceSize

    /// Smaller tables are read whole.
    static let minimum = 4 << 20
  }

  private let origin: Catalog.Origin
  private let display: String
  private let load: (String) throws(FileFailure) -> Bytes?
  private let isCurrent: () -> Bool
  private let progress: WorkProgress?
  private var builder: CatalogBuilder
  private var descriptor = Descriptor()
  /// The bytes of `datapackage.json`, to show its lines.
  private var description: Bytes?
  private var files: [TableKind: Bytes] = [:]
  private let streaming: Streaming?
  private var streamed: [TableKind: StreamedFile] = [:]
  /// Whether a streamed table has a row in doubt, so that the folder must be read again without streaming.
  private(set) var isInDoubt = false

  /// - Parameters:
  ///   - display: the folder's path for messages; empty for the working directory.
  ///   - isCurrent: whether the folder that `load` reads has not been replaced by another one.
  ///   - streaming: opens large tables whose text need not be held; nil to read all tables whole.
  ///   - load: returns a file's bytes by its name; nil if there is no such file.
  init(
    origin: Catalog.Origin, display: String, schema: CatalogSchema, progress: WorkProgress?,
    isCurrent: @escaping () -> Bool = { true }, streaming: Streaming? = nil,
    load: @escaping (String) throws(FileFailure) -> Bytes?
  ) {
    self.origin = origin
    self.display = display
    self.progress = progress
    self.load = load
    self.isCurrent = isCurrent
    self.streaming = streaming
    builder = CatalogBuilder(schema: schema)
  }

  /// Reads the folder. Call it once.
  /// - Parameter descriptor: the content of `datapackage.json` if it is known; otherwise the file is read.
  /// - Parameter description: the bytes that `descriptor` was read from.
  func catalog(described descriptor: Descriptor? = nil, description: Bytes? = nil) -> Catalog {
    self.description = description
    do throws(Unreadable) {
      try loadFiles(described: descriptor)
    } catch {
      return unreadableCatalog(error)
    }
    readTables()
    return builder.finish(origin: origin)
  }

  /// As `catalog`; nil if the folder was replaced before all files were loaded, or `isInDoubt`.
  func currentCatalog() -> Catalog? {
    do throws(Unreadable) {
      try loadFiles(described: nil)
    } catch {
      return isCurrent() ? unreadableCatalog(error) : nil
    }
    guard isCurrent() else { return nil }
    readTables()
    return isInDoubt ? nil : builder.finish(origin: origin)
  }

  private func loadFiles(described descriptor: Descriptor?) throws(Unreadable) {
    self.descriptor = if let descriptor { descriptor } else { try readDescriptor() }
    var schema = builder.schema
    for (kind, columns) in self.descriptor.further { schema.add(columns, to: kind) }
    builder = CatalogBuilder(schema: schema)
    builder.description = description
    useSettings()
    try loadTables()
  }

  private func unreadableCatalog(_ error: Unreadable) -> Catalog {
    let source = builder.add(Source(file: error.file, document: error.content))
    builder.issues.append(
      ReadingIssue(
        .unreadable(error.explanation, fix: error.fix),
        at: error.line.map { .row(source: source, table: .notices, offset: $0) }
          ?? .file(source: source, table: .notices)))
    return builder.finish(origin: origin)
  }

  /// Reads the tables from the files that were loaded: the items, if there are many, on a thread of their own, since nothing
  /// but the joining of the rows needs them together with other tables.
  private func readTables() {
    // The small tables add one source each, before those of the large ones.
    let first = builder.sources.count + TableKind.small.count { files[$0] != nil }
    let matters = largeTable(.matters, source: first)
    let items = largeTable(.items, source: first + (matters == nil ? 0 : 1))
    if isInDoubt { return }
    let size = (matters?.content.size ?? 0) + (items?.content.size ?? 0)
    progress?.begin(.reading, total: size)
    defer { progress?.end() }
    // The builder is not safe for two threads: each side has its own for the table's source and header.
    let matterSide = CatalogBuilder(schema: builder.schema)
    let itemSide = CatalogBuilder(schema: builder.schema)
    let itemRows = builder.itemRows
    nonisolated(unsafe) var isMatterPlain = true
    nonisolated(unsafe) var isItemPlain = true
    Parallel.both(when: size > 1 << 20) {
      readSmallTables()
      builder.prepareLists()
      matterSide.matterRows.setAudiences(builder.tables.audiences)
      if let matters { isMatterPlain = read(matters, into: builder.matterRows, matterSide) }
    } _: {
      if let items { isItemPlain = read(items, into: itemRows, itemSide) }
    }
    isInDoubt = !isMatterPlain || !isItemPlain
    builder.absorb(matterSide)
    builder.absorb(itemSide)
  }

  /// The path of a file for messages.
  private func path(_ name: String) -> String {
    display.isEmpty ? name : display.hasSuffix("/") ? display + name : display + "/" + name
  }

  /// The name of a table's file.
  private func fileName(_ kind: TableKind) -> String { descriptor.files[kind] ?? kind.fileName }

  // MARK: Files

  private func bytes(_ name: String) throws(Unreadable) -> Bytes? {
    do throws(FileFailure) {
      return try load(name)
    } catch {
      throw Unreadable(explanation: error.problem, fix: error.fix, file: path(name))
    }
  }

  private func readDescriptor() throws(Unreadable) -> Descriptor {
    guard let json = try bytes(Descriptor.fileName) else { return Descriptor() }
    do throws(Descriptor.Failure) {
      description = json
      return try Descriptor(json: json)
    } catch {
      throw Unreadable(
        explanation: error.problem, fix: error.fix, file: path(Descriptor.fileName), line: error.line, content: json)
    }
  }

  private func useSettings() {
    builder.settings = descriptor.settings
    guard !descriptor.settings.rules.isEmpty || !descriptor.problems.isEmpty else { return }
    let source = builder.add(
      Source(file: path(Descriptor.fileName), columns: [.waivers: []], document: description))
    builder.settings.position = .file(source: source, table: .waivers)
    for problem in descriptor.problems {
      builder.issues.append(
        ReadingIssue(
          .malformedDescription(problem.location, expected: problem.expected),
          at: .row(source: source, table: .waivers, offset: problem.line)))
    }
  }

  /// Loads the files of the tables and reports the missing ones.
  private func loadTables() throws(Unreadable) {
    for kind in TableKind.allCases {
      let name = fileName(kind)
      if let file = try streamedFile(kind, name) {
        streamed[kind] = file
      } else if let bytes = try bytes(name) {
        if let form = FolderReading.foreignForm(of: bytes) {
          throw Unreadable(explanation: form.problem, fix: form.fix, file: path(name))
        }
        files[kind] = bytes
      } else if kind.isRequired || descriptor.files[kind] != nil {
        let source = builder.add(Source(file: path(name)))
        builder.issues.append(ReadingIssue(.missingTable(name), at: .file(source: source, table: kind)))
      }
    }
    guard [.matters, .items].allSatisfy({ files[$0] == nil && streamed[$0] == nil }) else { return }
    // The folder is not a catalog, so its missing tables are not reported.
    builder.issues.removeAll()
    throw Unreadable(
      explanation: LocalizedText(
        zh: "这里没有事项目录：既没有 matters.csv，也没有 items.csv。请核对路径，或用 `onevisit init` 建立一份。",
        en:
          "there is no catalog here: neither matters.csv nor items.csv. Check the path, or create one with `onevisit init`."
      ),
      file: display.isEmpty ? "." : display)
  }

  /// The file of a large table, if it is to be read in pieces.
  private func streamedFile(_ kind: TableKind, _ name: String) throws(Unreadable) -> StreamedFile? {
    guard let streaming, !TableKind.small.contains(kind) else { return nil }
    do throws(FileFailure) {
      return try streaming.open(name)
    } catch {
      throw Unreadable(explanation: error.problem, fix: error.fix, file: path(name))
    }
  }

  /// The explanation if a table's file is in another format, such as a workbook; nil if it may be CSV.
  private static func foreignForm(of bytes: Bytes) -> (problem: LocalizedText, fix: LocalizedText)? {
    let start = withExtendedLifetime(bytes) { Array(bytes.buffer.prefix(4096)) }
    guard let form = ForeignForm(start) else { return nil }
    return (
      LocalizedText(zh: "这是\(form.name.zh)，不是 CSV。", en: "This is \(form.name.en), not CSV."),
      LocalizedText(
        zh: "请在电子表格中打开，另存为“CSV UTF-8（逗号分隔）”，文件名不变。",
        en: "Open it in the spreadsheet program and save it as “CSV UTF-8 (comma delimited)” under the same name.")
    )
  }

  // MARK: Tables

  private func readSmallTables() {
    for kind in TableKind.small {
      guard let bytes = files[kind] else { continue }
      let table = OpenTable(
        kind, file: path(fileName(kind)), bytes: bytes, described: descriptor.columns[kind] ?? [], into: builder)
      table?.forEachRow(kind, into: builder, builder.adder(to: kind))
    }
  }

  private func largeTable(_ kind: TableKind, source: Int) -> LargeTable? {
    var content: LargeContent?
    if let file = streamed[kind] {
      guard let csv = CSVTable(file: path(fileName(kind)), streamed: file) else {
        isInDoubt = true
        return nil
      }
      content = .streamed(file, csv)
    } else if let bytes = files[kind] {
      content = .held(bytes)
    }
    return content.map {
      LargeTable(
        kind: kind, file: path(fileName(kind)), content: $0, described: descriptor.columns[kind] ?? [], source: source)
    }
  }

  /// Reads the table of matters.
  /// - Returns: false if a row is in doubt.
  private func read(_ matters: LargeTable, into rows: MatterRows, _ side: CatalogBuilder) -> Bool {
    guard let table = matters.open(into: side) else { return true }
    rows.reserve(table.estimatedRows)
    let problems: ReadingIssues?
    if case .streamed(let file, _) = matters.content {
      rows.defersNames = true
      problems = stream(table, .matters, file, pieceEnd: rows.takeNames) { cells, row in
        rows.add(cells, stable: false, isOfTable: true, source: matters.source, row: row)
      }
    } else {
      rows.own(table.csv.bytes)
      problems = table.forEachRawRow(.matters, scratch: rows.own) { cells, row in
        rows.add(cells, stable: true, source: matters.source, row: row)
      }
    }
    if let problems { rows.issues.append(contentsOf: problems) }
    return problems != nil
  }

  /// Reads the table of items.
  /// - Returns: false if a row is in doubt.
  private func read(_ items: LargeTable, into rows: ItemRows, _ side: CatalogBuilder) -> Bool {
    guard let table = items.open(into: side) else { return true }
    rows.reserve(table.estimatedRows)
    let problems: ReadingIssues?
    if case .streamed(let file, _) = items.content {
      problems = stream(table, .items, file) { cells, row in
        rows.add(cells, stable: false, isOfTable: true, source: items.source, row: row)
      }
    } else {
      rows.own(table.csv.bytes)
      problems = table.forEachRawRow(.items, scratch: rows.own) { cells, row in
        rows.add(cells, stable: true, source: items.source, row: row)
      }
    }
    if let problems { rows.issues.append(contentsOf: problems) }
    return problems != nil
  }

  /// Passes on the rows of a streamed table.
  /// - Returns: the problems of the rows; nil if one is in doubt, or if the file has changed meanwhile.
  private func stream(
    _ table: OpenTable, _ kind: TableKind, _ file: StreamedFile, pieceEnd: () -> Void = {},
    _ add: (UnsafePointer<RawCell>, Int) -> Void
  ) -> ReadingIssues? {
    let pieceSize = streaming?.pieceSize ?? PlainRows.usualPieceSize
    let problems = table.forEachStreamedRow(
      kind, of: file, progress: progress, pieceSize: pieceSize, pieceEnd: pieceEnd, add)
    return file.hasChanged ? nil : problems
  }
}

extension CatalogBuilder {
  /// Appends the sources and issues of another builder.
  fileprivate func absorb(_ other: CatalogBuilder) {
    let shift = sources.count
    sources += other.sources
    issues += other.issues.map { issue in
      var issue = issue
      issue.position = issue.position.movedBy(sources: shift)
      return issue
    }
  }
}
