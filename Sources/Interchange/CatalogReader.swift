import AtomicFiles
import CSVFormat
import Catalog
import Localization
import Platform

/// Reads a catalog in any supported form: a folder of tables, a workbook, a document of the exchange format, or a list in
/// CSV or in a Word document.
///
/// ```swift
/// let catalog = CatalogReader.read("export.xml")
/// ```
package enum CatalogReader {
  /// Reads a folder, a workbook, an XML file or a list in CSV; the file may be a pipe. If the input is in another format, the catalog is
  /// unreadable and its issues hold the reason.
  ///
  /// - Parameters:
  ///   - name: what findings call the file; nil for its path.
  ///   - base: the catalog whose registers a list in CSV is read with; nil for the built-in catalog.
  ///   - options: the options for a list in CSV.
  ///   - progress: receives the number of bytes read.
  package static func read(
    _ path: String, named name: String? = nil, base: Catalog? = nil, options: CSVListOptions = CSVListOptions(),
    progress: WorkProgress? = nil
  ) -> Catalog {
    do throws(FileFailure) {
      return try read(Input(path: path, named: name), base, options, progress)
    } catch {
      return error.isFolder
        ? FolderReader.read(path, holdsTables: false, progress: progress) : XMLCatalogReader.unreadable(path, error)
    }
  }

  /// What an import reads.
  package enum Importable {
    case catalog(Catalog)
    case delta(DeltaReading)
  }

  /// Reads a file for an import into the catalog `base`: a delta for it, or a catalog as `read` does.
  package static func readForImport(
    _ path: String, base: Catalog, options: CSVListOptions, progress: WorkProgress? = nil
  ) -> Importable {
    do throws(FileFailure) {
      let input = try Input(path: path)
      if kind(of: input.peeked) == .document, DeltaReader.isDelta(input.peeked) {
        return .delta(try DeltaReader.read(input, for: base, progress: progress))
      }
      return .catalog(try read(input, base, options, progress))
    } catch {
      return .catalog(
        error.isFolder
          ? FolderReader.read(path, holdsTables: false, progress: progress) : XMLCatalogReader.unreadable(path, error))
    }
  }

  private static func read(
    _ input: Input, _ base: Catalog?, _ options: CSVListOptions, _ progress: WorkProgress?
  ) throws(FileFailure) -> Catalog {
    let path = input.path
    switch kind(of: input.peeked) {
    case .empty:
      return XMLCatalogReader.unreadable(path, LocalizedText(zh: "文件是空的。", en: "the file is empty."))
    case .json:
      let explanation = JSONExplanation(path)
      return XMLCatalogReader.unreadable(path, explanation.problem, fix: explanation.fix)
    case .foreign(.unmarkedUTF16) where options.encoding == .utf16:
      return try table(path, input, base, options, progress)
    case .foreign(.workbook), .foreign(.oldWorkbook):
      return WorkbookCatalogReader.read(
        file: path, bytes: try input.bytes(progress: progress), base: base, options: options, progress: progress)
    case .foreign(let form):
      return OfficeName(path)?.explanation(of: path, holding: form.name)
        ?? XMLCatalogReader.unreadable(path, explanation(of: form), fix: fix(for: form))
    case .document:
      let catalog = try XMLCatalogReader.read(input, progress: progress)
      guard catalog.isUnreadable, let name = OfficeName(path) else { return catalog }
      return name.explanation(
        of: path, holding: LocalizedText(zh: "网页或 XML 文件", en: "a web page or an XML file"))
    case .table:
      let catalog = try table(path, input, base, options, progress)
      guard catalog.isUnreadable, let name = OfficeName(path) else { return catalog }
      return name.explanation(of: path, holding: nil)
    }
  }

  private static func explanation(of form: ForeignForm) -> LocalizedText {
    LocalizedText(
      zh: "这是\(form.name.zh)，不是 XML，也不是 CSV。", en: "this is \(form.name.en), neither XML nor CSV.")
  }

  private static func fix(for form: ForeignForm) -> LocalizedText {
    switch form {
    case .unmarkedUTF16:
      LocalizedText(
        zh: "请另存为“CSV UTF-8（逗号分隔）”；若是要导入的 UTF-16 清单，也可以加 `--encoding utf-16`。",
        en: "Save it as “CSV UTF-8 (comma delimited)”; or, if it is a UTF-16 list to import, add `--encoding utf-16`."
      )
    case .richText:
      LocalizedText(
        zh: "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”。",
        en: "Open it in Word or WPS and save it as “Word Document (*.docx)”.")
    default: LocalizedText(zh: "请先另存为 CSV 或 XML。", en: "Save it as CSV or XML first.")
    }
  }

  private static func table(
    _ path: String, _ input: Input, _ base: Catalog?, _ options: CSVListOptions, _ progress: WorkProgress?
  ) throws(FileFailure) -> Catalog {
    let catalog = CSVListReader.read(
      file: path, bytes: try input.bytes(progress: progress), base: base ?? FolderReader.builtIn(), options: options)
    return catalog.isUnreadable ? explanationIfTableOfFolder(path) ?? catalog : catalog
  }

  /// An unreadable catalog that names the folder to read instead, if the file is a table of a catalog folder; else nil.
  private static func explanationIfTableOfFolder(_ path: String) -> Catalog? {
    let slash = path.lastIndex(of: "/")
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    guard TableKind.allCases.contains(where: { $0.fileName == name }) else { return nil }
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard [TableKind.matters, .items].contains(where: { FilePath(text: folder + "/" + $0.fileName).exists }) else {
      return nil
    }
    return XMLCatalogReader.unreadable(
      path,
      LocalizedText(
        zh: "这是目录文件夹 \(folder) 中的一张表，不是一份清单。",
        en: "this is a table of the catalog folder \(folder), not a list."),
      fix: LocalizedText(
        zh: "请给出整个文件夹：`onevisit validate \(folder)`。", en: "Give the folder: `onevisit validate \(folder)`."))
  }

  /// The format of an input, recognised by its first bytes.
  enum Kind: Equatable {
    case empty, document, table, json
    case foreign(ForeignForm)
  }

  static func kind(of bytes: [UInt8]) -> Kind {
    if bytes.isEmpty { return .empty }
    // UTF-16, with or without byte order mark.
    var text = bytes[...]
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      text = text.filter { $0 != 0 }.dropFirst(2)
    } else if text.starts(with: [0x3C, 0x00]) || text.starts(with: [0x00, 0x3C]) {
      return .document
    } else if text.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = text.dropFirst(3)
    }
    guard let first = text.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
      return .empty
    }
    if first == UInt8(ascii: "<") || holdsDocument(text) { return .document }
    if let form = ForeignForm(bytes) { return .foreign(form) }
    if JSONExplanation.isJSON(text) { return .json }
    // A table does not begin with a NUL. The table reader reports a NUL further down with its position.
    return first == 0 ? .foreign(.unmarkedUTF16) : .table
  }
}

extension CatalogReader {
  /// Whether a line further down begins an XML document: something has been written before it.
  private static func holdsDocument(_ text: ArraySlice<UInt8>) -> Bool {
    let starts = ["<?xml ", "<serviceCatalog", "<catalogDelta"].map { Array($0.utf8) }
    return text.split(separator: 0x0A).contains { line in starts.contains { line.starts(with: $0) } }
  }
}

extension FileFailure {
  /// The path is a folder, not a file.
  fileprivate var isFolder: Bool { code == .isDirectory }
}
