import Localization

/// A workbook that cannot be read or written, and what to do.
package struct WorkbookFailure: LocalizedFailure, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The system does not have a library, or not in the version that this program was built with.
    case noLibrary(String, package: String)
    /// A compound file: an old format, or an encrypted workbook. `oldFile` has the stream of neither, as a truncated one has not.
    case oldWorkbook, oldDocument, oldFile, encrypted
    /// A ZIP archive with something else.
    case openDocument, openText, document, binaryWorkbook, otherArchive
    /// The archive ends too early, or its bytes are not what they were; with the path of the part, or `ZIP`.
    case damaged(String)
    /// An entry that no spreadsheet program writes.
    case suspicious(LocalizedText)
    /// The archive or a part of it is larger than any catalog.
    case limit(String)
    /// A part is not the XML that it should be.
    case part(String, LocalizedText)
    /// The library could not write the workbook: its own message.
    case write(String)
    /// A cell has more characters than a workbook can hold (32,767).
    case longCell(sheet: String, cell: String)
    /// More rows than a sheet can hold (1,048,576).
    case longSheet(String)
  }

  package let kind: Kind
  /// The file is, or by its name should be, a Word document.
  package let isDocument: Bool

  /// A column, a row or a path of an entry that no program writes.
  package static func suspicious(column: Int) -> Kind {
    .suspicious(LocalizedText(zh: "第 \(column) 列", en: "a column \(column)"))
  }

  static func suspicious(row: Int, isTwice: Bool = false) -> Kind {
    .suspicious(
      LocalizedText(
        zh: isTwice ? "两个第 \(row) 行" : "第 \(row) 行", en: isTwice ? "the row \(row) twice" : "a row \(row)"))
  }

  static func suspicious(path: String, _ more: LocalizedText? = nil) -> Kind {
    .suspicious(
      LocalizedText(zh: "“\(path)”\(more?.zh ?? "")", en: "“\(path)”\(more.map { " " + $0.en } ?? "")"))
  }

  package init(_ kind: Kind, isDocument: Bool = false) {
    self.kind = kind
    self.isDocument = isDocument
  }

  /// The most characters of a cell and rows of a sheet (ECMA-376; Excel specifications and limits).
  package static let cellLimit = 32_767
  package static let rowLimit = 1_048_576
  package static let columnLimit = 16_384

  package var explanation: LocalizedText {
    LocalizedText(zh: words.zh + words.fixZh, en: words.en + " " + words.fixEn)
  }

  /// What is wrong, without what to do.
  package var problem: LocalizedText { LocalizedText(zh: words.zh, en: words.en) }

  /// What to do.
  package var fix: LocalizedText { LocalizedText(zh: words.fixZh, en: words.fixEn) }

  struct Words {
    var zh: String
    var en: String
    var fixZh: String
    var fixEn: String
  }

  private static let packages = "libxlsxwriter4 libminizip1"

  private var words: Words { (isDocument ? wordsOfDocument : nil) ?? usualWords }

  private var usualWords: Words {
    switch kind {
    case .noLibrary(let name, let package):
      Words(
        zh: "处理 Excel 工作簿需要 \(name)，本机没有。", en: "workbooks need \(name), which this machine does not have.",
        fixZh: "请安装：apt-get install \(package.isEmpty ? WorkbookFailure.packages : package)。",
        fixEn: "Install it: apt-get install \(package.isEmpty ? WorkbookFailure.packages : package).")
    case .oldWorkbook:
      Words(
        zh: "这是旧格式的表格（.xls 或 .et）。", en: "this is a workbook of an old format (.xls or .et).",
        fixZh: "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”。",
        fixEn: "Open it in Excel or WPS and save it as “Excel Workbook (*.xlsx)”.")
    case .oldDocument:
      Words(
        zh: "这是旧格式的文档（.doc 或 .wps）。", en: "this is a document of an old format (.doc or .wps).",
        fixZh: "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”。",
        fixEn: "Open it in Word or WPS and save it as “Word Document (*.docx)”.")
    case .oldFile:
      Words(
        zh: "这是旧格式的 Office 文件（.xls、.doc 等），而且不完整，或出自其他程序。",
        en: "this is an Office file of an old format (.xls, .doc …) that is incomplete or of another program.",
        fixZh: "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”；打不开的，请重新下载或复制。",
        fixEn:
          "Open it in Excel or WPS and save it as “Excel Workbook (*.xlsx)”; if it does not open, download or copy it again."
      )
    case .encrypted:
      Words(
        zh: "工作簿设有打开密码。", en: "the workbook is encrypted.",
        fixZh: "请用 Excel 或 WPS 打开，在“文件 → 信息 → 保护工作簿 → 用密码进行加密”中清除密码后保存。",
        fixEn:
          "Open it in Excel or WPS, clear the password under File → Info → Protect Workbook → Encrypt with Password, and save it."
      )
    case .openDocument:
      Words(
        zh: "这是 OpenDocument 文件（.ods 等）。", en: "this is an OpenDocument file (.ods or the like).",
        fixZh: "请在 LibreOffice 中打开，另存为“Excel 2007-365（.xlsx）”。",
        fixEn: "Open it in LibreOffice and save it as “Excel 2007-365 (.xlsx)”.")
    case .openText:
      Words(
        zh: "这是 OpenDocument 文字文档（.odt）。", en: "this is an OpenDocument text (.odt).",
        fixZh: "请在 LibreOffice 中打开，另存为“Word 2007-365（.docx）”。",
        fixEn: "Open it in LibreOffice and save it as “Word 2007-365 (.docx)”.")
    case .document:
      Words(
        zh: "这是 Word 文档（.docx），不是工作簿。", en: "this is a Word document (.docx), not a workbook.",
        fixZh: "请把其中的表格复制到 Excel，另存为“Excel 工作簿（*.xlsx）”。",
        fixEn: "Copy its table to Excel and save that as “Excel Workbook (*.xlsx)”.")
    case .binaryWorkbook:
      Words(
        zh: "这是二进制工作簿（.xlsb）。", en: "this is a binary workbook (.xlsb).", fixZh: "请用 Excel 打开，另存为“Excel 工作簿（*.xlsx）”。",
        fixEn: "Open it in Excel and save it as “Excel Workbook (*.xlsx)”.")
    case .otherArchive:
      Words(
        zh: "这是压缩包，其中没有工作簿，也没有 Word 文档。",
        en: "this is a ZIP archive with neither a workbook nor a Word document in it.",
        fixZh: "请解压后给出其中的文件，或给出 .xlsx 工作簿或 .docx 文档。",
        fixEn: "Extract it and give the file, or give an .xlsx workbook or a .docx document.")
    case .damaged(let detail):
      Words(
        zh: "工作簿已损坏或不完整（\(detail)）。", en: "the workbook is damaged or incomplete (\(detail)).",
        fixZh: "请重新下载或复制，或用 Excel 打开修复后另存。", fixEn: "Copy it again, or open it in Excel, repair it and save it.")
    case .suspicious(let detail):
      Words(
        zh: "没有读取：文件中有\(detail.zh)，不是表格软件写出的。",
        en: "not read: it has \(detail.en), which no spreadsheet program writes.",
        fixZh: "请用 Excel 或 WPS 打开后另存为新的 .xlsx。", fixEn: "Open it in Excel or WPS and save it as a new .xlsx.")
    case .limit(let detail):
      Words(
        zh: "没有读取：工作簿过大（\(detail)）。", en: "not read: the workbook is too large (\(detail)).",
        fixZh: "请删去不相关的工作表和空行后另存。", fixEn: "Delete unrelated sheets and empty rows, and save it.")
    case .part(let part, let reason):
      Words(
        zh: "工作簿中的 \(part) 无法读取：\(reason.zh)", en: "\(part) of the workbook cannot be read: \(reason.en)",
        fixZh: "请用 Excel 或 WPS 打开后另存为新的 .xlsx。", fixEn: "Open it in Excel or WPS and save it as a new .xlsx.")
    case .write(let detail):
      Words(
        zh: "无法写出工作簿：\(detail)。", en: "the workbook could not be written: \(detail).", fixZh: "请检查临时文件夹的空间和权限。",
        fixEn: "Check the space and permissions of the temporary folder.")
    case .longCell(let sheet, let cell):
      Words(
        zh: "没有写出：\(sheet)!\(cell) 的文字超过工作簿单元格的上限 32767 个字。",
        en:
          "nothing written: the text of \(sheet)!\(cell) is longer than a cell of a workbook may be, 32,767 characters.",
        fixZh: "请缩短，或导出为 XML。", fixEn: "Shorten it, or export XML.")
    case .longSheet(let sheet):
      Words(
        zh: "没有写出：工作表 \(sheet) 超过上限 1048576 行。",
        en: "nothing written: the sheet \(sheet) would have more than 1,048,576 rows.",
        fixZh: "请用 --list 分开导出，或导出为 XML。", fixEn: "Export XML.")
    }
  }
}
