import Deadlines

/// Whom a matter serves (the 类型 column of the lists).
package enum Audience: String, Sendable, CaseIterable, Hashable {
  case individual
  case enterprise
  case legalPerson = "legal-person"

  /// As the notice prints it.
  package var printed: String {
    switch self {
    case .individual: "个人"
    case .enterprise: "企业"
    case .legalPerson: "法人"
    }
  }

  /// From the id or from the printed word; blanks between its characters are typesetting.
  package init?(_ text: String) {
    let word = String(text.filter { $0 != " " && $0 != "\u{3000}" })
    switch word {
    case "individual", "个人": self = .individual
    case "enterprise", "企业": self = .enterprise
    case "legal-person", "法人": self = .legalPerson
    default: return nil
    }
  }
}

/// A notice (文件) that announces lists or sets targets.
package struct Notice: Sendable, Hashable {
  package var id: String
  /// 文号, such as 九府办字〔2022〕128号.
  package var number: String
  package var title: String
  package var issuer: String
  package var issued: Day?
  package var position: SourcePosition

  package init(
    id: String, number: String, title: String, issuer: String, issued: Day?, position: SourcePosition
  ) {
    self.id = id
    self.number = number
    self.title = title
    self.issuer = issuer
    self.issued = issued
    self.position = position
  }
}

/// A list (清单) that a notice announces.
package struct MatterList: Sendable, Hashable {
  package var id: String
  /// What the ids of its matters begin with: `2` in `2-037`.
  package var prefix: String
  /// The id of the notice, as written.
  package var notice: String
  /// Its position in `Catalog.notices`.
  package var noticeIndex: Int?
  package var annex: String
  package var title: String
  /// How many matters the notice announces.
  package var announced: Int?
  /// The audiences the notice announces; empty if it names none.
  package var audiences: [Audience]
  /// The heading of its deadline column as printed.
  package var deadlineHeading: String
  /// The heading of its remark column; empty if it has none.
  package var remarkHeading: String
  /// How many months before the due date the report window opens (§三(三): 时限节点前1个月内).
  package var reportMonths: Int?
  /// The day by which the list's report is asked for (first list: 2023年1月底前).
  package var reportBy: Day?
  /// Only a selection of the list's matters is here, as in an export by department: counts say nothing.
  package var isPartial: Bool
  package var position: SourcePosition

  package init(
    id: String, prefix: String, notice: String, noticeIndex: Int? = nil, annex: String, title: String,
    announced: Int?, audiences: [Audience], deadlineHeading: String, remarkHeading: String, reportMonths: Int?,
    reportBy: Day?, isPartial: Bool = false, position: SourcePosition
  ) {
    self.id = id
    self.prefix = prefix
    self.notice = notice
    self.noticeIndex = noticeIndex
    self.annex = annex
    self.title = title
    self.announced = announced
    self.audiences = audiences
    self.deadlineHeading = deadlineHeading
    self.remarkHeading = remarkHeading
    self.reportMonths = reportMonths
    self.reportBy = reportBy
    self.isPartial = isPartial
    self.position = position
  }
}

/// A party (部门) that leads a matter or is responsible for an item.
package struct Department: Sendable, Hashable {
  package var id: String
  /// 市公安局.
  package var short: String
  /// The full name; empty where no source gives it.
  package var full: String
  /// The kind of department that notices print instead: 公安部门.
  package var general: String
  package var aliases: [String]
  /// What it is: `city-department`, `national-branch`, `court`, `utility` …
  package var kind: String
  package var position: SourcePosition

  package init(
    id: String, short: String, full: String, general: String, aliases: [String], kind: String, position: SourcePosition
  ) {
    self.id = id
    self.short = short
    self.full = full
    self.general = general
    self.aliases = aliases
    self.kind = kind
    self.position = position
  }

  /// The kind of those whom the print does not name: 市直相关部门 and the like.
  package static let unnamedKind = "collective"
  package var isUnnamed: Bool { kind == Department.unnamedKind }
}

/// A single service item (单项事项) behind the printed names of items.
package struct Approval: Sendable, Hashable {
  package var id: String
  package var name: String
  package var aliases: [String]
  /// `licence`, `filing`, `registration`, `benefit`, `query` …
  package var kind: String
  /// The competent department as written: an id or any name; empty if none is known.
  package var competent: String
  /// Its position in `Catalog.departments`.
  package var competentIndex: Int?
  package var position: SourcePosition

  package init(
    id: String, name: String, aliases: [String], kind: String, competent: String, competentIndex: Int? = nil,
    position: SourcePosition
  ) {
    self.id = id
    self.name = name
    self.aliases = aliases
    self.kind = kind
    self.competent = competent
    self.competentIndex = competentIndex
    self.position = position
  }
}

/// What a notice asks for by when (目标).
package struct Target: Sendable, Hashable {
  package var id: String
  package var notice: String
  package var noticeIndex: Int?
  /// Only matters of this list count; empty for all.
  package var list: String
  package var listIndex: Int?
  package var audience: Audience?
  /// As printed: `40`, or `50+1`.
  package var countText: String
  package var count: Int?
  /// Only matters due after this deadline count (再推出…); empty for all.
  package var afterText: String
  package var after: Deadline
  /// As printed.
  package var deadlineText: String
  package var deadline: Deadline
  package var text: String
  package var position: SourcePosition

  package init(
    id: String, notice: String, noticeIndex: Int? = nil, list: String, listIndex: Int? = nil, audience: Audience?,
    countText: String, count: Int?, afterText: String, after: Deadline, deadlineText: String, deadline: Deadline,
    text: String, position: SourcePosition
  ) {
    self.id = id
    self.notice = notice
    self.noticeIndex = noticeIndex
    self.list = list
    self.listIndex = listIndex
    self.audience = audience
    self.countText = countText
    self.count = count
    self.afterText = afterText
    self.after = after
    self.deadlineText = deadlineText
    self.deadline = deadline
    self.text = text
    self.position = position
  }
}

/// What is recorded as done for a matter (§三(三)): dates, or nil where nothing is recorded.
package struct Progress: Sendable, Hashable {
  /// The seven things that are recorded, in the order of the table's columns after `matter`.
  package enum Deliverable: Int, Sendable, CaseIterable {
    case plan, guide, form, materials, singleSubmission, portal, app
  }

  /// The matter's id as written.
  package var matter: String
  package var matterIndex: Int?
  /// By `Deliverable.rawValue`.
  package var dates: [Day?]
  /// Cells that hold something that is no date: unknown, not missing.
  package var unreadable: Set<Int>
  package var position: SourcePosition

  package init(
    matter: String, matterIndex: Int? = nil, dates: [Day?], unreadable: Set<Int>, position: SourcePosition
  ) {
    self.matter = matter
    self.matterIndex = matterIndex
    self.dates = dates
    self.unreadable = unreadable
    self.position = position
  }

  package subscript(deliverable: Deliverable) -> Day? { dates[deliverable.rawValue] }
}

/// A finding that stands for a reason (豁免).
package struct Waiver: Sendable, Hashable {
  package var rule: String
  /// A matter (`2-081`), a run of matters (`2-029..2-033`), an item (`2-037.8`), a department, an approval, a list …
  package var subject: String
  package var reason: String
  package var position: SourcePosition

  package init(
    rule: String, subject: String, reason: String, position: SourcePosition
  ) {
    self.rule = rule
    self.subject = subject
    self.reason = reason
    self.position = position
  }
}

/// A matter (一件事). Texts are `TextID`s: `Catalog.text(_:)` gives them back.
package struct Matter: Sendable {
  package var id: TextID
  /// Its position in `Catalog.lists`; nil if the list is not known.
  package var list: Int? { listIndex < 0 ? nil : Int(listIndex) }
  /// Its number in the list; nil if the cell holds none.
  package var number: Int? { numberValue < 0 ? nil : Int(numberValue) }
  package var audience: Audience?
  package var name: TextID
  package var lead: TextID
  package var deadline: TextID
  package var remark: TextID
  /// The id, as written, of the matter whose shared items it includes.
  package var includesID: TextID
  /// That matter's position in `Catalog.matters`.
  package var includes: Int? { includesIndex < 0 ? nil : Int(includesIndex) }
  /// What is printed beside "/" in position of an item, if it is not "/" again (2-081).
  package var placeholder: TextID
  /// The positions of its own items in `Catalog.items`.
  package var items: Range<Int> { Int(firstItem)..<Int(firstItem) + Int(itemCount) }
  /// Its position in `Catalog.matters`.
  package var index: Int { Int(ownIndex) }

  var listIndex: Int32
  var numberValue: Int32
  var includesIndex: Int32
  var firstItem: Int32
  var itemCount: Int32
  var ownIndex: Int32
  /// Cells that are there but could not be read, or are not there: bit by `MatterColumn`.
  var unknown: UInt16
  /// Which source it was read from, and where its row begins there.
  var source: UInt8
  var row: Int

  /// Whether the cell could not be read: what depends on it alone is not judged.
  package func isUnknown(_ column: MatterColumn) -> Bool { unknown & (1 << column.rawValue) != 0 }
}

/// An item (关联事项) of a matter.
package struct Item: Sendable {
  /// The position of its matter in `Catalog.matters`; nil if there is no such matter.
  package var matter: Int? { matterIndex < 0 ? nil : Int(matterIndex) }
  /// The matter's id as written.
  package var matterID: TextID
  package var number: Int? { numberValue < 0 ? nil : Int(numberValue) }
  package var name: TextID
  package var responsible: TextID
  /// Later scenes share it (以下场景均包含此事项).
  package var isShared: Bool
  /// Its position in `Catalog.items`.
  package var index: Int { Int(ownIndex) }

  var matterIndex: Int32
  var numberValue: Int32
  var ownIndex: Int32
  var unknown: UInt16
  var source: UInt8
  var row: Int

  package func isUnknown(_ column: ItemColumn) -> Bool { unknown & (1 << column.rawValue) != 0 }
}
