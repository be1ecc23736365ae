import Deadlines
import Localization

/// What is recorded as done for a matter (§三(三)): days, or nil where nothing is recorded.
package struct Progress: TableRow {
  /// What is recorded with a day, in the order in which the columns were added to the table. The second list owes the first
  /// seven, the first list the next two (`OwedDeliverables`). The last four are recorded: the notice asks for them and sets no
  /// day.
  package enum Deliverable: Int, Sendable, CaseIterable {
    case plan, guide, form, materials, singleSubmission, portal, app, summary, improvement
    case procedure, counter, noticeBoard, countyRollout
  }

  /// The matter's id as written.
  package var matter = ""
  package var matterIndex: Int?
  /// By `Deliverable.rawValue`.
  package var dates = [Day?](repeating: nil, count: Deliverable.allCases.count)
  /// How many cases were handled (办件量); nil if it is not recorded.
  package var cases: Int?
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  package subscript(deliverable: Deliverable) -> Day? {
    get { dates[deliverable.rawValue] }
    set { dates[deliverable.rawValue] = newValue }
  }

  /// Deliverables whose cell is filled with something that is not a day: unknown, not missing.
  package var unreadableDates: Set<Deliverable> {
    unreadable.isEmpty ? [] : Set(Deliverable.allCases.filter { unreadable.contains($0.column) })
  }

  package static let schema = TableSchema<Progress>(
    .progress, key: ["matter"],
    about: LocalizedText(
      zh: "各事项完成情况（日期）和办件量；出厂为空。",
      en: "Dates on which each deliverable of a matter was done, and its cases; shipped empty."),
    [
      Field(
        "matter", zh: "事项", to: .matters, \.matter, resolved: \.matterIndex, required: true, unique: true,
        xml: .attribute, about: LocalizedText(zh: "事项标识。", en: "The matter."))
    ] + Deliverable.allCases.map(\.field) + [
      Field(
        "cases", zh: "办件量", .number(from: 0), \.cases, xml: .attribute,
        about: LocalizedText(
          zh: "市县两级办件量合计（附件1注：总结材料内容应包括……市县两级办件量）。",
          en: "Cases handled, city and counties together (note to annex 1: the summary states 市县两级办件量)."))
    ])
}

extension Progress.Deliverable {
  /// What is declared of a deliverable: the name of its column, which is also the word for it in `lists.deliverables`; what it
  /// is called in the notice; and the paragraph that it comes from.
  private struct Declaration {
    var name: String
    var title: LocalizedText
    var about: LocalizedText

    init(_ name: String, zh: String, en: String, about: LocalizedText) {
      self.name = name
      title = LocalizedText(zh: zh, en: en)
      self.about = about
    }
  }

  private var declaration: Declaration {
    switch self {
    case .plan:
      Declaration(
        "plan", zh: "实施方案", en: "plan",
        about: LocalizedText(
          zh: "报送实施方案的日期（§三（三）：将具体实施方案……报市政务服务管理办公室）。",
          en: "Plan sent (§三(三): 将具体实施方案……报市政务服务管理办公室)."))
    case .guide:
      Declaration(
        "guide", zh: "一份指南", en: "one guide",
        about: LocalizedText(zh: "指南完成日期（§三（三）：一份指南）。", en: "One guide (§三(三): 一份指南)."))
    case .form:
      Declaration(
        "form", zh: "一张表单", en: "one form",
        about: LocalizedText(zh: "表单完成日期（§三（三）：一张表单）。", en: "One form (§三(三): 一张表单)."))
    case .materials:
      Declaration(
        "materials", zh: "一套材料", en: "one set of materials",
        about: LocalizedText(zh: "材料完成日期（§三（三）：一套材料）。", en: "One set of materials (§三(三): 一套材料)."))
    case .singleSubmission:
      Declaration(
        "single_submission", zh: "一次提交", en: "one submission",
        about: LocalizedText(zh: "一次提交实现日期（§三（三）：一次提交）。", en: "One submission (§三(三): 一次提交)."))
    case .portal:
      Declaration(
        "portal", zh: "江西政务服务网", en: "provincial portal",
        about: LocalizedText(
          zh: "上线江西政务服务网的日期（§三（三）：上线江西政务服务网和“赣服通”平台实现办理）。",
          en: "Online on the Jiangxi government services portal (§三(三): 上线江西政务服务网和“赣服通”平台实现办理)."))
    case .app:
      Declaration(
        "app", zh: "赣服通", en: "Ganfutong app",
        about: LocalizedText(
          zh: "上线“赣服通”的日期（§三（三）：同上）。", en: "Online in the Ganfutong app (§三(三), the same clause)."))
    case .summary:
      Declaration(
        "summary", zh: "总结材料", en: "summary",
        about: LocalizedText(
          zh: "报送总结材料的日期（§三（三），第一批：于2023年1月底前报送总结材料）。",
          en: "Summary sent (§三(三), first list: 于2023年1月底前报送总结材料)."))
    case .improvement:
      Declaration(
        "improvement", zh: "优化提升", en: "improvement",
        about: LocalizedText(
          zh: "优化提升完成日期（§三（三），第一批：于规定时间内完成优化提升工作）。",
          en: "Improvement finished (§三(三), first list: 于规定时间内完成优化提升工作)."))
    case .procedure, .counter, .noticeBoard, .countyRollout: recordedOnly
    }
  }

  /// What the notice asks for without a day: it is recorded, and owed only where a list names it.
  private var recordedOnly: Declaration {
    switch self {
    case .counter:
      Declaration(
        "counter", zh: "综合窗口", en: "one-stop counter",
        about: LocalizedText(
          zh: "纳入综合窗口受理的日期（§二（三）：将“一件事一次办”服务纳入政务服务中心综合窗口进行受理）。",
          en: "Accepted at the one-stop counter (§二(三): 将“一件事一次办”服务纳入政务服务中心综合窗口进行受理)."))
    case .noticeBoard:
      Declaration(
        "notice_board", zh: "公告栏", en: "notice board",
        about: LocalizedText(
          zh: "在公告栏公布的日期（§三（四）：及时对外公布，通过江西政务服务网、“赣服通”、政务服务大厅公告栏等渠道）。",
          en: "Announced on the notice board (§三(四): 及时对外公布……政务服务大厅公告栏等渠道)."))
    case .countyRollout:
      Declaration(
        "county_rollout", zh: "县级铺开", en: "county rollout",
        about: LocalizedText(
          zh: "各县（市、区）铺开实施的日期（§三（三）：会同相关责任部门指导督促各县（市、区）加紧铺开实施）。",
          en: "In use in all counties (§三(三): 会同相关责任部门指导督促各县(市、区)加紧铺开实施)."))
    default:
      Declaration(
        "procedure", zh: "工作规程", en: "working procedure",
        about: LocalizedText(
          zh: "工作规程出台的日期（§二（二）：制定标准化的“一件事一次办”工作规程和办事指南；§三（二）：会同责任部门编制出台）。",
          en: "Working procedure issued (§二(二): 制定标准化的“一件事一次办”工作规程和办事指南; §三(二): 会同责任部门编制出台)."))
    }
  }

  /// What it is called in the notice and in the table's heading.
  package var title: LocalizedText { declaration.title }

  /// The name of its column, and the word for it in `lists.deliverables`.
  package var name: String { declaration.name }

  /// From the name of its column or its title; blanks between its characters are typesetting.
  package init?(_ text: String) {
    let word = String(text.filter { $0 != " " && $0 != "\u{3000}" })
    guard let deliverable = Self.allCases.first(where: { $0.name == word || $0.title.zh == word }) else { return nil }
    self = deliverable
  }

  /// Its column.
  fileprivate var field: Field<Progress> {
    let declaration = declaration
    return Field(
      declaration.name, zh: declaration.title.zh, .day, \Progress.[self], xml: .attribute, about: declaration.about)
  }

  /// The index of its column.
  package var column: Int { Progress.schema.index(of: \Progress.[self]) ?? 0 }

  /// Whether it is sent to the city's service office (报送): a report, and no part of the service.
  package var isReport: Bool { self == .plan || self == .summary }
}

extension Progress {
  /// Where the cell of a deliverable is.
  package func position(of deliverable: Deliverable) -> SourcePosition { position.cell(deliverable.column) }
}
