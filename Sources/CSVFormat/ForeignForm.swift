import Localization

/// What a file is that was taken for a table, by how it begins.
package enum ForeignForm: Hashable, Sendable {
  /// A ZIP archive, as xlsx and ods are.
  case workbook
  /// A compound file, as xls and doc are.
  case oldWorkbook
  case gzip, pdf
  /// Rich Text Format, as many files named .doc are.
  case richText
  /// UTF-16 without its byte order mark; or no text at all, which looks alike.
  case unmarkedUTF16

  /// - Parameter start: The first bytes of the file; the more of a table's header, the surer.
  package init?(_ start: some Collection<UInt8>) {
    let start = Array(start.prefix(4096))
    let marks: [(ForeignForm, [UInt8])] = [
      (.workbook, [0x50, 0x4B, 0x03, 0x04]), (.workbook, [0x50, 0x4B, 0x05, 0x06]),
      (.oldWorkbook, [0xD0, 0xCF, 0x11, 0xE0]), (.gzip, [0x1F, 0x8B]),
      (.pdf, Array("%PDF-".utf8)), (.richText, Array("{\\rtf".utf8)),
    ]
    if let known = marks.first(where: { start.starts(with: $0.1) }) {
      self = known.0
      return
    }
    // A mark speaks for itself.
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return nil }
    // Commas, digits and line ends have one each; a few stray ones are for a rule to report.
    guard start.count(where: { $0 == 0 }) * 32 >= max(start.count, 64) else { return nil }
    self = .unmarkedUTF16
  }

  /// "这是……" and "this is …".
  package var name: LocalizedText {
    switch self {
    case .workbook:
      LocalizedText(zh: "电子表格文件（xlsx、ods 等）或压缩包", en: "a spreadsheet file (xlsx, ods or the like) or a ZIP archive")
    case .oldWorkbook:
      LocalizedText(zh: "旧版电子表格文件（xls）或 Word 文件", en: "an old spreadsheet file (xls) or an old Word file")
    case .gzip: LocalizedText(zh: "gzip 压缩文件", en: "a gzip file")
    case .pdf: LocalizedText(zh: "PDF 文件", en: "a PDF file")
    case .richText:
      LocalizedText(zh: "RTF 文档（有的 .doc 文件就是）", en: "a document in Rich Text Format (as some .doc files are)")
    case .unmarkedUTF16:
      LocalizedText(zh: "没有字节顺序标记的 UTF-16（也可能不是文本）", en: "UTF-16 without its byte order mark, or no text at all")
    }
  }
}
