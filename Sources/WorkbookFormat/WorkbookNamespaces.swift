import Localization
import XMLFormat

/// The namespaces of SpreadsheetML: the transitional one that programs write, and that of the strict variant
/// (ISO/IEC 29500-1).
enum WorkbookNamespaces {
  static let main = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
  ]
  static let relationships = ["http://schemas.openxmlformats.org/package/2006/relationships"]
}

extension ZipArchive {
  /// Reads a part as XML, in whichever namespace it is.
  ///
  /// - Parameters:
  ///   - root: the name of its root element.
  ///   - names: the names of elements and attributes that the handler gets.
  ///   - isWord: the part is of a Word document, whose attributes have a namespace.
  ///   - makeHandler: a new handler for each attempt.
  /// - Returns: nil if there is no such part.
  /// - Throws: `WorkbookFailure` if it is not such a document.
  func parse<Handler: XMLHandler>(
    _ name: String, root: String, namespaces: [String] = WorkbookNamespaces.main, names: [String],
    isWord: Bool = false,
    _ makeHandler: () -> Handler
  ) throws(WorkbookFailure) -> Handler? {
    var refusal: XMLProblem?
    for namespace in namespaces {
      let handler = makeHandler()
      let vocabulary = XMLVocabulary(
        namespace: namespace, root: root, names: names, hasQualifiedAttributes: isWord,
        others: isWord ? WordNamespaces.others : [:])
      let reader = XMLReader(format: vocabulary, schema: nil)
      guard let report = try read(name, { fill in reader.read(from: fill, into: handler) }) else { return nil }
      guard report.ending == .broken, let problem = report.problems.last else { return handler }
      refusal = problem
      guard case .otherFormat = problem.kind else { break }
    }
    throw WorkbookFailure(.part(name, refusal?.explanation ?? XMLReadFailure.unknown))
  }
}

private enum XMLReadFailure {
  static let unknown = LocalizedText(zh: "无法识别的内容。", en: "unrecognised content.")
}
