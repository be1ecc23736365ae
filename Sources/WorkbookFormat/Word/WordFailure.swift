import Localization

extension WorkbookFailure {
  /// What to say of a Word document; nil where it is the same as of a workbook.
  var documentExplanation: LocalizedText? {
    switch kind {
    case .noLibrary(let name, _):
      LocalizedText(
        zh: "读取 Word 文档需要 \(name)，本机没有。请安装：apt-get install libminizip1。",
        en: "Word documents need \(name), which this machine does not have. Install it: apt-get install libminizip1.")
    case .encrypted:
      LocalizedText(
        zh: "文档设有打开密码。请用 Word 或 WPS 打开，在“文件 → 信息 → 保护文档 → 用密码进行加密”中清除密码后保存。",
        en:
          "the document is encrypted. Open it in Word or WPS, clear the password under File → Info → Protect Document → Encrypt with Password, and save it."
      )
    case .damaged(let detail):
      LocalizedText(
        zh: "Word 文档已损坏或不完整（\(detail)）。请重新下载或复制，或用 Word 打开修复后另存。",
        en:
          "the Word document is damaged or incomplete (\(detail)). Copy it again, or open it in Word, repair it and save it."
      )
    case .suspicious(let detail):
      LocalizedText(
        zh: "没有读取：\(detail) 不是 Word 或 WPS 写出的内容。请用 Word 或 WPS 打开后另存为新的 .docx。",
        en:
          "not read: \(detail) is nothing that Word or WPS writes. Open the document in Word or WPS and save it as a new .docx."
      )
    case .limit(let detail):
      LocalizedText(
        zh: "没有读取：Word 文档过大（\(detail)）。请只留下清单所在的表格后另存。",
        en: "not read: the Word document is too large (\(detail)). Leave only the table with the list, and save it.")
    case .part(let part, let reason):
      LocalizedText(
        zh: "Word 文档中的 \(part) 无法读取：\(reason.zh)请用 Word 打开修复后另存。",
        en: "\(part) of the Word document cannot be read: \(reason.en) Open it in Word, repair it and save it.")
    default: nil
    }
  }
}
