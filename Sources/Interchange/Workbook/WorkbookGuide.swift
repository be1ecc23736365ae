import Catalog
import WorkbookFormat

/// The first sheet of a workbook: what the others are for, and how to go on.
enum WorkbookGuide {
  static let sheetName = "说明"

  private static let steps = [
    "每张工作表是目录的一张表：第 1 行是列名，从第 2 行起填写，一行一条。请不要改列名和工作表名，也不要合并单元格。",
    "单元格都是文本格式，日期写成 2023-01-31。有下拉箭头的列可以从登记表中选；允许填几个部门的，用“、”（共同）或“/”（任一）隔开。",
    "检查：onevisit validate 本文件.xlsx　　带批注的检查结果：onevisit validate 本文件.xlsx --format xlsx -o 检查.xlsx",
    "导入目录文件夹：onevisit import 本文件.xlsx --into 文件夹（加 --dry-run 只看改动）",
  ]

  static func write(_ schema: CatalogSchema, to workbook: WorkbookWriter) throws {
    let sheet = try workbook.addSheet(sheetName)
    try workbook.write("“一件事一次办”事项目录", to: sheet, row: 0, column: 0, style: .title)
    var row = 1
    for step in steps {
      try workbook.write(step, to: sheet, row: row, column: 0)
      row += 1
    }
    row += 1
    for (index, title) in ["工作表", "内容", "列", "含义", "英文名"].enumerated() {
      try workbook.write(title, to: sheet, row: row, column: index, style: .heading)
    }
    for kind in TableKind.allCases {
      for (index, column) in schema.columns(kind).enumerated() {
        row += 1
        if index == 0 {
          try workbook.link(kind.sheetName, toCell: "A1", of: kind.sheetName, in: sheet, row: row, column: 0)
          try workbook.write(schema.about(kind).zh, to: sheet, row: row, column: 1)
        }
        try workbook.write(column.title, to: sheet, row: row, column: 2)
        try workbook.write(column.about.zh, to: sheet, row: row, column: 3)
        try workbook.write("\(kind.name).\(column.name)", to: sheet, row: row, column: 4)
      }
    }
    for (column, width) in [14, 50, 20, 80, 24].enumerated() { try workbook.setWidth(sheet, column: column, width) }
    workbook.activate(sheet)
  }
}
