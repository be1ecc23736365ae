import Catalog
import Localization
import WorkbookFormat

/// What the name of a file promises: a Word document or a workbook.
struct OfficeName {
  /// With its dot, in lower case.
  let suffix: String
  let isDocument: Bool

  private static let documents = [".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps"]
  private static let workbooks = [".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et"]

  /// Nil if the name is of neither.
  init?(_ path: String) {
    let name = path.lowercased()
    if let suffix = OfficeName.documents.first(where: { name.hasSuffix($0) }) {
      (self.suffix, isDocument) = (suffix, true)
    } else if let suffix = OfficeName.workbooks.first(where: { name.hasSuffix($0) }) {
      (self.suffix, isDocument) = (suffix, false)
    } else {
      return nil
    }
  }

  private var promised: LocalizedText {
    isDocument
      ? LocalizedText(zh: "Word 文档（\(suffix)）", en: "a Word document (\(suffix))")
      : LocalizedText(zh: "Excel 工作簿（\(suffix)）", en: "a workbook (\(suffix))")
  }

  /// An unreadable catalog: the file is not what its name says.
  /// - Parameter content: what it is; nil if that is not known.
  func explanation(of path: String, holding content: LocalizedText?) -> Catalog {
    let found =
      content.map { LocalizedText(zh: "内容是\($0.zh)", en: "it is \($0.en)") }
      ?? LocalizedText(
        zh: "内容不是，也不是可以识别的清单", en: "its content is not, nor is it a list that is recognised")
    let format =
      isDocument
      ? LocalizedText(
        zh: "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”", en: "open it in Word or WPS and save it as “Word Document (*.docx)”"
      )
      : LocalizedText(
        zh: "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”",
        en: "open it in Excel or WPS and save it as “Excel Workbook (*.xlsx)”")
    return XMLCatalogReader.unreadable(
      path,
      LocalizedText(
        zh: "按名称这是\(promised.zh)，但\(found.zh)。", en: "by its name this is \(promised.en), but \(found.en)."),
      fix: LocalizedText(
        zh: "请\(format.zh)；打不开的，文件已损坏或不完整，请重新下载或复制。",
        en: "Try to \(format.en); if it does not open, it is damaged or incomplete: download or copy it again."))
  }

  /// The failure to read a workbook or a document, with the name of the file where the content is another format.
  func explaining(_ failure: WorkbookFailure) -> (problem: LocalizedText, fix: LocalizedText) {
    let failure = WorkbookFailure(failure.kind, isDocument: isDocument)
    let isPromised =
      switch failure.kind {
      case .oldDocument: [".doc", ".dot", ".wps"].contains(suffix)
      case .oldWorkbook: [".xls", ".et"].contains(suffix)
      case .oldFile: !suffix.hasSuffix("x") && !suffix.hasSuffix("m")
      case .binaryWorkbook: suffix == ".xlsb"
      case .openDocument, .openText, .document, .otherArchive: false
      default: true
      }
    if isPromised { return (failure.problem, failure.fix) }
    return (
      LocalizedText(
        zh: "按名称这是\(promised.zh)，但内容不是：\(failure.problem.zh)",
        en: "by its name this is \(promised.en), but its content is not: \(failure.problem.en)"),
      failure.fix
    )
  }
}
