extension WorkbookFailure {
  /// What to say of a Word document; nil where it is the same as of a workbook.
  var wordsOfDocument: Words? {
    switch kind {
    case .noLibrary(let name, _):
      Words(
        zh: "读取 Word 文档需要 \(name)，本机没有。", en: "Word documents need \(name), which this machine does not have.",
        fixZh: "请安装：apt-get install libminizip1。", fixEn: "Install it: apt-get install libminizip1.")
    case .oldFile:
      Words(
        zh: "这是旧格式的 Office 文件（.doc、.xls 等），而且不完整，或出自其他程序。",
        en: "this is an Office file of an old format (.doc, .xls …) that is incomplete or of another program.",
        fixZh: "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”；打不开的，请重新下载或复制。",
        fixEn:
          "Open it in Word or WPS and save it as “Word Document (*.docx)”; if it does not open, download or copy it again."
      )
    case .encrypted:
      Words(
        zh: "文档设有打开密码。", en: "the document is encrypted.",
        fixZh: "请用 Word 或 WPS 打开，在“文件 → 信息 → 保护文档 → 用密码进行加密”中清除密码后保存。",
        fixEn:
          "Open it in Word or WPS, clear the password under File → Info → Protect Document → Encrypt with Password, and save it."
      )
    case .damaged(let detail):
      Words(
        zh: "Word 文档已损坏或不完整（\(detail)）。", en: "the Word document is damaged or incomplete (\(detail)).",
        fixZh: "请重新下载或复制，或用 Word 打开修复后另存。", fixEn: "Copy it again, or open it in Word, repair it and save it.")
    case .suspicious(let detail):
      Words(
        zh: "没有读取：文件中有\(detail.zh)，不是 Word 或 WPS 写出的。",
        en: "not read: it has \(detail.en), which neither Word nor WPS writes.",
        fixZh: "请用 Word 或 WPS 打开后另存为新的 .docx。",
        fixEn: "Open the document in Word or WPS and save it as a new .docx.")
    case .limit(let detail):
      Words(
        zh: "没有读取：Word 文档过大（\(detail)）。", en: "not read: the Word document is too large (\(detail)).",
        fixZh: "请只留下清单所在的表格后另存。", fixEn: "Leave only the table with the list, and save it.")
    case .part(let part, let reason):
      Words(
        zh: "Word 文档中的 \(part) 无法读取：\(reason.zh)", en: "\(part) of the Word document cannot be read: \(reason.en)",
        fixZh: "请用 Word 打开修复后另存。", fixEn: "Open it in Word, repair it and save it.")
    default: nil
    }
  }
}
