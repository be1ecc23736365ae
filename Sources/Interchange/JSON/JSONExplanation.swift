import Catalog
import Localization

/// What to say of a JSON file that is given as a catalog: `export json` is for other systems, and nothing is read from it.
struct JSONExplanation {
  let problem: LocalizedText
  let fix: LocalizedText

  /// Whether a text begins as JSON does: an object with a key, or an array of objects. A table may have a title in brackets.
  static func isJSON(_ text: ArraySlice<UInt8>) -> Bool {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let start = text.lazy.filter { !blanks.contains($0) }.prefix(2).map { Unicode.Scalar($0) }
    guard let first = start.first, let second = start.last, start.count == 2 else { return false }
    return first == "{" && (second == "\"" || second == "}") || first == "[" && second == "{"
  }

  init(_ path: String) {
    let slash = path.lastIndex(of: "/")
    if path[(slash.map { path.index(after: $0) } ?? path.startIndex)...] == Descriptor.fileName {
      let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
      problem = LocalizedText(
        zh: "这是目录文件夹 \(folder) 的说明文件，不是目录。", en: "this is the description of the catalog folder \(folder), no catalog.")
      fix = LocalizedText(zh: "请给出整个文件夹：\(folder)。", en: "Give the folder: \(folder).")
      return
    }
    problem = LocalizedText(
      zh: "这是 JSON 文件；目录可以导出为 JSON（`onevisit export json`），但不从 JSON 读取或导入。",
      en: "this is JSON, to which catalogs are exported (`onevisit export json`), but which is not read or imported.")
    fix = LocalizedText(
      zh: "请用 XML（`onevisit export xml` 导出的含全部内容）、CSV 清单、Excel 工作簿（.xlsx）或 Word 文档（.docx）。",
      en:
        "Use XML (`onevisit export xml` writes all there is), a list in CSV, a workbook (.xlsx) or a Word document (.docx)."
    )
  }
}
