import CSVFormat
import Catalog
import Localization

extension Rule {
  static let otherEncoding = Rule(
    id: "other-encoding", group: .reading, severity: .warning,
    title: LocalizedText(zh: "目录中的表格没有以 UTF-8 保存", en: "a table of the catalog that is not saved as UTF-8"),
    reason: LocalizedText(
      zh: "OneVisit 照样能读，但数据包的其他工具和版本比较都按 UTF-8 处理，会看到乱码。中文版 Excel 默认存成 GB18030。",
      en:
        "OneVisit can read it, but other tools for data packages, and git, expect UTF-8 and show garbage. A Chinese Excel saves GB18030 by default."
    ),
    source: LocalizedText(zh: "Data Package v2：编码默认 utf-8", en: "Data Package v2: the encoding is utf-8"),
    fix: LocalizedText(
      zh: "在表格软件中另存为“CSV UTF-8”。", en: "Save it from the spreadsheet as “CSV UTF-8”."),
    triggers: [
      Example(
        bytes: [
          "matters.csv": Array("id,list,number,audience,name,lead,deadline\n2-002,second,2,individual,".utf8)
            + [0xC1, 0xE9, 0xBB, 0xEE, 0xBE, 0xCD, 0xD2, 0xB5] + Array(",lead,2022\n".utf8)
        ],
        at: [.position("matters.csv", line: 1, column: 1)]),
      Example(
        bytes: [
          "matters.csv": [0xFF, 0xFE]
            + "id,list,number,audience,name,lead,deadline\n2-002,second,2,individual,失业,市人社局,2022年12月底\n"
            .utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        ],
        at: [.position("matters.csv", line: 1, column: 1)]),
    ],
    passes: [
      // A byte order mark does not make another encoding.
      Example(bytes: [
        "matters.csv": [0xEF, 0xBB, 0xBF]
          + Array("id,list,number,audience,name,lead,deadline\n2-002,second,2,individual,失业,市人社局,2022年12月底\n".utf8)
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // Only a folder has to be UTF-8; a single list may have any encoding.
      guard case .folder = catalog.origin else { return }
      for (index, source) in catalog.sources.enumerated() {
        guard let csv = source.csv, csv.text.encoding != .utf8, let kind = source.columns.keys.min() else {
          continue
        }
        let name = csv.text.encoding == .gb18030 ? "GB18030" : "UTF-16"
        context.report(
          .table(kind), at: .row(source: index, table: kind, offset: 0),
          LocalizedText(
            zh: "\(source.file) 以 \(name) 保存；已照此读取，但目录中的表格应为 UTF-8",
            en: "\(source.file) is saved as \(name); it was read as such, but the tables of a catalog have to be UTF-8")
        )
      }
    })
}
