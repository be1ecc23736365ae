/// The error that every throwing function of this library throws. Its message names the file, the value or the option
/// concerned, in both languages.
public struct OneVisitError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What failed.
  public enum Kind: Sendable, Hashable {
    /// The input cannot be read as a catalog; `findings` hold the reasons with their positions.
    case unreadableCatalog
    /// A department, list or matter of that name is not in the catalog.
    case unknownName
    /// Options that contradict each other, or that the operation does not support.
    case invalidOptions
    /// The format cannot hold the catalog, or something of the catalog could not be read and would be missing from the
    /// output. Nothing has been written.
    case exportRefused
    /// The import plan must not be applied. Nothing has been written.
    case importRefused
    /// A file or folder could not be read or written.
    case fileSystem
  }

  /// What failed.
  public let kind: Kind
  /// What is wrong and what to do, as sentences.
  public let message: LocalizedText
  /// For `Kind.unreadableCatalog`, the errors found while reading; otherwise empty.
  public let findings: [Finding]

  /// The English message.
  public var description: String { message.en }

  init(_ kind: Kind, _ message: LocalizedText, findings: [Finding] = []) {
    self.kind = kind
    self.message = message
    self.findings = findings
  }

  /// Runs `body` and turns what it throws into an error of this type.
  /// - Parameter kind: the kind of errors that are not about files.
  static func wrapping<Result>(_ kind: Kind, _ body: () throws -> Result) throws(OneVisitError) -> Result {
    do {
      return try body()
    } catch let error as OneVisitError {
      throw error
    } catch let error as any Core.LocalizedFailure {
      let isAboutFiles =
        error is Core.FileFailure || error is Core.FolderBusy || error is Core.FolderChanged || error is Core.ClosedPipe
      throw OneVisitError(isAboutFiles ? .fileSystem : kind, LocalizedText(error.explanation))
    } catch {
      let text = String(describing: error)
      throw OneVisitError(kind, LocalizedText(zh: text, en: text))
    }
  }

  /// The error for a catalog of which nothing could be read.
  static func unreadable(_ catalog: Core.Catalog) -> OneVisitError {
    var options = Core.ValidationOptions(day: .earliest)
    options.appliesWaivers = false
    let findings = Core.Validation(catalog, options: options).findings
      .filter { $0.severity == .error }
      .map { Finding($0, catalog: catalog.origin.name) }
    let messages = findings.map { finding in
      LocalizedText(
        zh: "\(finding.position)：\(ended(finding.message.zh, "。"))\(finding.fix.zh)",
        en: "\(finding.position): \(ended(finding.message.en, ".")) \(finding.fix.en)")
    }
    let text = LocalizedText(
      zh: messages.map(\.zh).joined(separator: "\n"), en: messages.map(\.en).joined(separator: "\n"))
    return OneVisitError(.unreadableCatalog, text, findings: findings)
  }

  /// Refuses the number of a table where the catalog was read from a file that cannot hold several lists.
  static func require(_ table: Int?, fits catalog: Core.Catalog) throws(OneVisitError) {
    guard let table, !catalog.isListOfDocument else { return }
    let name = catalog.origin.name
    throw OneVisitError(
      .invalidOptions,
      LocalizedText(
        zh: "\(name) 不是含清单的工作簿或 Word 文档，不能指定第 \(table) 张表。请去掉 table。",
        en: "\(name) is no workbook or Word document with a list: table \(table) cannot be chosen. Leave `table` out."))
  }

  /// A message with its full stop, which a reason from the operating system already has.
  private static func ended(_ sentence: String, _ stop: String) -> String {
    sentence.hasSuffix(stop) ? sentence : sentence + stop
  }
}
