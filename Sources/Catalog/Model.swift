/// Whom a matter serves (the 类型 column of the lists).
public enum Audience: String, Sendable, CaseIterable, Hashable {
  case individual
  case enterprise
  case legalPerson = "legal-person"

  /// As the notice prints it.
  public var printed: String {
    switch self {
    case .individual: "个人"
    case .enterprise: "企业"
    case .legalPerson: "法人"
    }
  }

  /// From the id or from the printed word; blanks between its characters are typesetting.
  public init?(_ text: String) {
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
public struct Notice: Sendable, Hashable {
  public var id: String
  /// 文号, such as 九府办字〔2022〕128号.
  public var number: String
  public var title: String
  public var issuer: String
  public var issued: Day?
  public var place: Place

  public init(
    id: String, number: String, title: String, issuer: String, issued: Day?, place: Place
  ) {
    self.id = id
    self.number = number
    self.title = title
    self.issuer = issuer
    self.issued = issued
    self.place = place
  }
}

/// A list (清单) that a notice announces.
public struct MatterList: Sendable, Hashable {
  public var id: String
  /// What the ids of its matters begin with: `2` in `2-037`.
  public var prefix: String
  /// The id of the notice, as written.
  public var notice: String
  /// Its place in `Catalog.notices`.
  public var noticeIndex: Int?
  public var annex: String
  public var title: String
  /// How many matters the notice announces.
  public var announced: Int?
  /// The audiences the notice announces; empty if it names none.
  public var audiences: [Audience]
  /// The heading of its deadline column as printed.
  public var deadlineHeading: String
  /// The heading of its remark column; empty if it has none.
  public var remarkHeading: String
  /// How many months before the due date the report window opens (§三(三): 时限节点前1个月内).
  public var reportMonths: Int?
  /// The day by which the list's report is asked for (first list: 2023年1月底前).
  public var reportBy: Day?
  /// Only a selection of the list's matters is here, as in an export by department: counts say nothing.
  public var isPartial: Bool
  public var place: Place

  public init(
    id: String, prefix: String, notice: String, noticeIndex: Int? = nil, annex: String, title: String,
    announced: Int?, audiences: [Audience], deadlineHeading: String, remarkHeading: String, reportMonths: Int?,
    reportBy: Day?, isPartial: Bool = false, place: Place
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
    self.place = place
  }
}

/// A party (部门) that leads a matter or is responsible for an item.
public struct Department: Sendable, Hashable {
  public var id: String
  /// 市公安局.
  public var short: String
  /// The full name; empty where no source gives it.
  public var full: String
  /// The kind of department that notices print instead: 公安部门.
  public var general: String
  public var aliases: [String]
  /// What it is: `city-department`, `national-branch`, `court`, `utility` …
  public var kind: String
  public var place: Place

  public init(
    id: String, short: String, full: String, general: String, aliases: [String], kind: String, place: Place
  ) {
    self.id = id
    self.short = short
    self.full = full
    self.general = general
    self.aliases = aliases
    self.kind = kind
    self.place = place
  }

  /// The kind of those whom the print does not name: 市直相关部门 and the like.
  public static let unnamedKind = "collective"
  public var isUnnamed: Bool { kind == Department.unnamedKind }
}

/// A single service item (单项事项) behind the printed names of items.
public struct Approval: Sendable, Hashable {
  public var id: String
  public var name: String
  public var aliases: [String]
  /// `licence`, `filing`, `registration`, `benefit`, `query` …
  public var kind: String
  /// The competent department as written: an id or any name; empty if none is known.
  public var competent: String
  /// Its place in `Catalog.departments`.
  public var competentIndex: Int?
  public var place: Place

  public init(
    id: String, name: String, aliases: [String], kind: String, competent: String, competentIndex: Int? = nil,
    place: Place
  ) {
    self.id = id
    self.name = name
    self.aliases = aliases
    self.kind = kind
    self.competent = competent
    self.competentIndex = competentIndex
    self.place = place
  }
}

/// What a notice asks for by when (目标).
public struct Target: Sendable, Hashable {
  public var id: String
  public var notice: String
  public var noticeIndex: Int?
  /// Only matters of this list count; empty for all.
  public var list: String
  public var listIndex: Int?
  public var audience: Audience?
  /// As printed: `40`, or `50+1`.
  public var countText: String
  public var count: Int?
  /// Only matters due after this deadline count (再推出…); empty for all.
  public var afterText: String
  public var after: Deadline
  /// As printed.
  public var deadlineText: String
  public var deadline: Deadline
  public var text: String
  public var place: Place

  public init(
    id: String, notice: String, noticeIndex: Int? = nil, list: String, listIndex: Int? = nil, audience: Audience?,
    countText: String, count: Int?, afterText: String, after: Deadline, deadlineText: String, deadline: Deadline,
    text: String, place: Place
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
    self.place = place
  }
}

/// What is recorded as done for a matter (§三(三)): dates, or nil where nothing is recorded.
public struct Progress: Sendable, Hashable {
  /// The seven things that are recorded, in the order of the table's columns after `matter`.
  public enum Deliverable: Int, Sendable, CaseIterable {
    case plan, guide, form, materials, singleSubmission, portal, app
  }

  /// The matter's id as written.
  public var matter: String
  public var matterIndex: Int?
  /// By `Deliverable.rawValue`.
  public var dates: [Day?]
  /// Cells that hold something that is no date: unknown, not missing.
  public var unreadable: Set<Int>
  public var place: Place

  public init(
    matter: String, matterIndex: Int? = nil, dates: [Day?], unreadable: Set<Int>, place: Place
  ) {
    self.matter = matter
    self.matterIndex = matterIndex
    self.dates = dates
    self.unreadable = unreadable
    self.place = place
  }

  public subscript(deliverable: Deliverable) -> Day? { dates[deliverable.rawValue] }
}

/// A finding that stands for a reason (豁免).
public struct Waiver: Sendable, Hashable {
  public var rule: String
  /// A matter (`2-081`), a run of matters (`2-029..2-033`), an item (`2-037.8`), a department, an approval, a list …
  public var subject: String
  public var reason: String
  public var place: Place

  public init(
    rule: String, subject: String, reason: String, place: Place
  ) {
    self.rule = rule
    self.subject = subject
    self.reason = reason
    self.place = place
  }
}

/// A matter (一件事). Texts are `Name`s: `Catalog.text(_:)` gives them back.
public struct Matter: Sendable {
  public var id: Name
  /// Its place in `Catalog.lists`; nil if the list is not known.
  public var list: Int? { listIndex < 0 ? nil : Int(listIndex) }
  /// Its number in the list; nil if the cell holds none.
  public var number: Int? { numberValue < 0 ? nil : Int(numberValue) }
  public var audience: Audience?
  public var name: Name
  public var lead: Name
  public var deadline: Name
  public var remark: Name
  /// The id, as written, of the matter whose shared items it includes.
  public var includesID: Name
  /// That matter's place in `Catalog.matters`.
  public var includes: Int? { includesIndex < 0 ? nil : Int(includesIndex) }
  /// What is printed beside "/" in place of an item, if it is not "/" again (2-081).
  public var placeholder: Name
  /// The places of its own items in `Catalog.items`.
  public var items: Range<Int> { Int(firstItem)..<Int(firstItem) + Int(itemCount) }
  /// Its place in `Catalog.matters`.
  public var index: Int { Int(position) }

  var listIndex: Int32
  var numberValue: Int32
  var includesIndex: Int32
  var firstItem: Int32
  var itemCount: Int32
  var position: Int32
  /// Cells that are there but could not be read, or are not there: bit by `MatterColumn`.
  var unknown: UInt16
  /// Which source it was read from, and where its row begins there.
  var source: UInt8
  var row: Int

  /// Whether the cell could not be read: what depends on it alone is not judged.
  public func isUnknown(_ column: MatterColumn) -> Bool { unknown & (1 << column.rawValue) != 0 }
}

/// An item (关联事项) of a matter.
public struct Item: Sendable {
  /// The place of its matter in `Catalog.matters`; nil if there is no such matter.
  public var matter: Int? { matterIndex < 0 ? nil : Int(matterIndex) }
  /// The matter's id as written.
  public var matterID: Name
  public var number: Int? { numberValue < 0 ? nil : Int(numberValue) }
  public var name: Name
  public var responsible: Name
  /// Later scenes share it (以下场景均包含此事项).
  public var isShared: Bool
  /// Its place in `Catalog.items`.
  public var index: Int { Int(position) }

  var matterIndex: Int32
  var numberValue: Int32
  var position: Int32
  var unknown: UInt16
  var source: UInt8
  var row: Int

  public func isUnknown(_ column: ItemColumn) -> Bool { unknown & (1 << column.rawValue) != 0 }
}
