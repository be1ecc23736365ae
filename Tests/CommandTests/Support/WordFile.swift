import Foundation
import FuzzBodies

/// A Word document with paragraphs and tables of texts.
enum WordFile {
  static let header = ["序号", "类型", "“一件事一次办”名称", "关联事项", "牵头部门", "责任部门", "推进完成时限", "备注"]

  static func row(_ number: Int, _ name: String) -> [String] {
    ["\(number)", "个人", name, "户口迁移", "市公安局", "公安部门", "2023年6月底", ""]
  }

  static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  static func table(_ rows: [[String]]) -> String {
    let rows = rows.map { cells in
      "<w:tr>" + cells.map { "<w:tc>\(paragraph($0))</w:tc>" }.joined() + "</w:tr>"
    }
    return "<w:tbl>\(rows.joined())</w:tbl>"
  }

  static func write(_ body: String, to url: URL) throws {
    let text = """
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(body)</w:body></w:document>
      """
    try Data(StoredArchive.bytes(of: [("word/document.xml", Array(text.utf8))])).write(to: url)
  }
}
