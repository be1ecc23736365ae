import Localization

/// The declared columns of the table of matters. Their rows are read by the million, so that each has a property of its own in
/// `Matter`; a further column is added to `CatalogSchema.extraMatterColumns` and kept beside the rows.
package enum MatterColumn: Int, Sendable, CaseIterable {
  case id, list, number, audience, name, lead, deadline, remark, includes, placeholder

  package static let about = LocalizedText(
    zh: "两份清单的“一件事”，按原文。", en: "The matters of both lists, as printed.")

  package var declaration: Column {
    switch self {
    case .id:
      Column(
        "id", zh: "标识", .matterID, required: true, unique: true, xml: .attribute,
        about: LocalizedText(
          zh: "清单前缀加三位（或更多位）序号，如 2-037。", en: "List prefix and number in three digits or more."))
    case .list:
      Column(
        "list", zh: "清单", .reference(to: .lists), required: true, xml: .attribute,
        about: LocalizedText(zh: "所属清单。", en: "The list that it belongs to."))
    case .number:
      Column(
        "number", zh: "序号", .number(from: 1), required: true, xml: .attribute,
        about: LocalizedText(zh: "清单中的序号。", en: "Number in the list."))
    case .audience:
      Column(
        "audience", zh: "类型", .audience, required: true, xml: .attribute,
        about: LocalizedText(
          zh: "服务对象：individual（个人）、enterprise（企业）、legal-person（法人）。", en: "Whom it serves."))
    case .name:
      Column(
        "name", zh: "“一件事一次办”名称", .text, required: true,
        about: LocalizedText(zh: "事项名称。", en: "Name of the matter as printed."))
    case .lead:
      Column(
        "lead", zh: "牵头部门", .departments, required: true, xml: .custom,
        about: LocalizedText(
          zh: "牵头部门，按原文：“、”为共同，“/”为任一。", en: "Lead departments as printed: 、 jointly, / one or the other."))
    case .deadline:
      Column(
        "deadline", zh: "完成时限", .deadline, required: true, requiresValue: false, xml: .deadline,
        about: LocalizedText(
          zh: "完成时限，按原文；清单没有这一栏则空。", en: "Deadline as printed; empty in a list without this column."))
    case .remark:
      Column("remark", zh: "备注", .text, about: LocalizedText(zh: "备注，按原文。", en: "Remark as printed."))
    case .includes:
      Column(
        "includes", zh: "包含", .reference(to: .matters), xml: .custom,
        about: LocalizedText(
          zh: "本事项共用其共享关联事项的事项。", en: "The matter whose shared items this one includes."))
    case .placeholder:
      Column(
        "placeholder", zh: "空项责任部门", .departments, xml: .custom,
        about: LocalizedText(
          zh: "关联事项为“/”而责任部门不是“/”时，责任部门栏所印内容。",
          en: "What the department cell holds where the item is \"/\" and it does not."))
    }
  }
}

/// The declared columns of the table of items; see `MatterColumn`.
package enum ItemColumn: Int, Sendable, CaseIterable {
  case matter, number, name, responsible, shared

  package static let about = LocalizedText(
    zh: "各事项的关联事项，按印刷顺序。", en: "The items of each matter in printed order.")

  package var declaration: Column {
    switch self {
    case .matter:
      Column(
        "matter", zh: "事项", .reference(to: .matters), required: true, xml: .custom,
        about: LocalizedText(zh: "所属事项。", en: "The matter."))
    case .number:
      Column(
        "number", zh: "次序", .number(from: 1), required: true, xml: .attribute,
        about: LocalizedText(zh: "在该事项中的次序。", en: "Position within the matter, from 1."))
    case .name:
      Column(
        "name", zh: "关联事项", .approvals, required: true,
        about: LocalizedText(
          zh: "关联事项名称，按原文；“/”为两个单项事项任选其一。", en: "Name as printed; / is a choice between two approvals."))
    case .responsible:
      Column(
        "responsible", zh: "责任部门", .departments, required: true, xml: .custom,
        about: LocalizedText(
          zh: "责任部门，按原文：“、”为共同，“/”为任一。",
          en: "Responsible departments as printed: 、 jointly, / one or the other."))
    case .shared:
      Column(
        "shared", zh: "共享", .flag, xml: .attribute,
        about: LocalizedText(
          zh: "是否为后续场景共同包含。", en: "Whether the matters that include this one share it."))
    }
  }
}
