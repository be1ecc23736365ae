import Deadlines
import Localization

/// A list (清单) that a notice announces.
package struct MatterList: TableRow {
  package var id = ""
  /// What the ids of its matters begin with: `2` in `2-037`.
  package var prefix = ""
  /// The notice, by its id or number as written.
  package var notice = ""
  /// Its index in `Catalog.notices`.
  package var noticeIndex: Int?
  /// The region that it is for, by its id or name as written; empty if the catalog does not distinguish regions.
  package var region = ""
  /// Its index in `Catalog.regions`.
  package var regionIndex: Int?
  package var annex = ""
  package var title = ""
  /// How many matters the notice announces.
  package var announced: Int?
  /// The audiences the notice announces, as written; empty if it names none.
  package var audiences: [String] = []
  /// Their indices in `Catalog.audiences`; nil if one of them is not known.
  package var audienceIndices: [Int]?
  /// The heading of its deadline column as printed.
  package var deadlineHeading = ""
  /// The heading of its remark column; empty if it has none.
  package var remarkHeading = ""
  /// How many months before the due date the report window opens (§三(三): 时限节点前1个月内).
  package var reportMonths: Int?
  /// The day by which the list's report is asked for (first list: 2023年1月底前).
  package var reportBy: Day?
  /// What the list's leads owe for each matter; empty stands for `OwedDeliverables.usual`.
  package var deliverables: [Progress.Deliverable] = []
  /// The note (注) printed below the annex's table.
  package var note = ""
  /// How the list was read where its print leaves that open.
  package var reading = ""
  /// Only a selection of the list's matters is here, as in an export by department: counts are not checked.
  package var isPartial = false
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  package static let schema = TableSchema<MatterList>(
    .lists, about: LocalizedText(zh: "附件中的清单，及其宣布的数目和时限。", en: "The annexed lists and what each announces."),
    documentOnly: [
      Field(
        "partial", zh: "部分", .flag, \.isPartial, xml: .attribute,
        about: LocalizedText(zh: "本文件只含该清单的一部分事项。", en: "The document holds only some of the list's matters."))
    ],
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(
          zh: "清单标识：first（附件1）、second（附件2）。", en: "Id of the list: first (annex 1), second (annex 2).")),
      Field(
        "prefix", zh: "编号前缀", .prefix, \.prefix, required: true, unique: true, xml: .attribute,
        about: LocalizedText(
          zh: "该清单事项标识的前缀：字母或数字。", en: "What the ids of its matters begin with: letters or digits.")),
      Field(
        "notice", zh: "文件", to: .notices, \.notice, resolved: \.noticeIndex, required: true, xml: .attribute,
        about: LocalizedText(
          zh: "所附文件：标识或文号。", en: "The notice that it is annexed to, by id or number.")),
      Field(
        "annex", zh: "附件", .text, \.annex, xml: .attribute,
        about: LocalizedText(zh: "附件号。", en: "Annex as printed.")),
      Field("title", zh: "标题", .text, \.title, about: LocalizedText(zh: "清单标题。", en: "Title as printed.")),
      Field(
        "matters", zh: "事项数", .number(from: 0), \.announced, xml: .attribute,
        about: LocalizedText(zh: "文件宣布的事项数。", en: "How many matters the notice announces.")),
      Field(
        "audiences", zh: "类型", .audiences, \.audiences, xml: .elements("audience"),
        about: LocalizedText(
          zh: "文件宣布的服务对象，以分号隔开。", en: "Audiences that the notice announces, separated by semicolons.")),
      Field(
        "deadline_heading", zh: "时限栏名", .text, \.deadlineHeading,
        about: LocalizedText(
          zh: "时限一栏的表头，没有则空。", en: "Heading of the deadline column, empty if there is none.")),
      Field(
        "remark_heading", zh: "备注栏名", .text, \.remarkHeading,
        about: LocalizedText(
          zh: "备注一栏的表头，没有则空。", en: "Heading of the remark column, empty if there is none.")),
      Field(
        "report_window", zh: "报送期", .period, \.reportMonths, xml: .attribute,
        about: LocalizedText(
          zh: "时间节点前多长时间内报送（ISO 8601 时长）。",
          en: "How long before the due date the report is to be sent (ISO 8601 duration).")),
      Field(
        "report_by", zh: "报送日期", .day, \.reportBy, xml: .attribute,
        about: LocalizedText(zh: "统一的报送截止日。", en: "One day by which all reports are due.")),
      Field(
        "deliverables", zh: "应完成项", .deliverables, \.deliverables, xml: .elements("deliverable"),
        about: LocalizedText(
          zh: "该清单各事项应完成、应报送的项目：progress 表的栏名，以分号隔开；空则为实施方案、一份指南、一张表单、一套材料、一次提交和两个平台上线。",
          en:
            "What is owed for each matter of the list: columns of the progress table, separated by semicolons; empty stands for plan, guide, form, materials, single submission, portal and app."
        )),
      Field(
        "note", zh: "附注", .sentence, \.note,
        about: LocalizedText(zh: "附件表格下所印的注，照录原文。", en: "The note (注) printed below the annex's table, word for word.")),
      Field(
        "reading", zh: "读法", .sentence, \.reading,
        about: LocalizedText(
          zh: "原文有不同读法之处，本目录如何读：如备注“以下场景均包含此事项”指哪几项、到哪一项为止。",
          en:
            "How the list was read where its print leaves that open, such as which items the remark 以下场景均包含此事项 means, and for which matters."
        )),
      Field(
        "region", zh: "地区", to: .regions, \.region, resolved: \.regionIndex, xml: .attribute,
        about: LocalizedText(
          zh: "清单所属的地区：标识或名称。部门名称先在该地区查找，再到上级查找。",
          en: "The region of the list, by id or name. A department's name is looked up there first, then upwards.")),
    ])
}
