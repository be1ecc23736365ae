import Deadlines
import Localization

/// What is recorded as done for a matter (§三(三)): days, or nil where nothing is recorded.
package struct Progress: TableRow {
  /// What is recorded, in the order of the table's columns after `matter`.
  package enum Deliverable: Int, Sendable, CaseIterable {
    case plan, guide, form, materials, singleSubmission, portal, app
  }

  /// The matter's id as written.
  package var matter = ""
  package var matterIndex: Int?
  /// By `Deliverable.rawValue`.
  package var dates = [Day?](repeating: nil, count: Deliverable.allCases.count)
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
      zh: "各事项完成情况（日期）；出厂为空。", en: "Dates on which each deliverable of a matter was done; shipped empty."),
    [
      Field(
        "matter", zh: "事项", to: .matters, \.matter, resolved: \.matterIndex, required: true, unique: true,
        xml: .attribute, about: LocalizedText(zh: "事项标识。", en: "The matter."))
    ] + Deliverable.allCases.map(\.field))
}

extension Progress.Deliverable {
  /// What it is called in the notice and in the table's heading.
  package var title: LocalizedText {
    switch self {
    case .plan: LocalizedText(zh: "实施方案", en: "plan")
    case .guide: LocalizedText(zh: "一份指南", en: "one guide")
    case .form: LocalizedText(zh: "一张表单", en: "one form")
    case .materials: LocalizedText(zh: "一套材料", en: "one set of materials")
    case .singleSubmission: LocalizedText(zh: "一次提交", en: "one submission")
    case .portal: LocalizedText(zh: "江西政务服务网", en: "provincial portal")
    case .app: LocalizedText(zh: "赣服通", en: "Ganfutong app")
    }
  }

  /// Its column.
  fileprivate var field: Field<Progress> {
    let (name, about) =
      switch self {
      case .plan: ("plan", LocalizedText(zh: "报送实施方案的日期。", en: "Plan sent."))
      case .guide: ("guide", LocalizedText(zh: "指南完成日期。", en: "One guide."))
      case .form: ("form", LocalizedText(zh: "表单完成日期。", en: "One form."))
      case .materials: ("materials", LocalizedText(zh: "材料完成日期。", en: "One set of materials."))
      case .singleSubmission: ("single_submission", LocalizedText(zh: "一次提交实现日期。", en: "One submission."))
      case .portal:
        ("portal", LocalizedText(zh: "上线江西政务服务网的日期。", en: "Online on the Jiangxi government services portal."))
      case .app: ("app", LocalizedText(zh: "上线“赣服通”的日期。", en: "Online in the Ganfutong app."))
      }
    return Field(name, zh: title.zh, .day, \Progress.[self], xml: .attribute, about: about)
  }

  /// The index of its column.
  package var column: Int { Progress.schema.index(of: \Progress.[self]) ?? 0 }

  /// What makes a matter complete: all but the plan, which is a report and no part of the service.
  package static let service: [Progress.Deliverable] = [.guide, .form, .materials, .singleSubmission, .portal, .app]
}

extension Progress {
  /// Where the cell of a deliverable is.
  package func position(of deliverable: Deliverable) -> SourcePosition { position.cell(deliverable.column) }
}
