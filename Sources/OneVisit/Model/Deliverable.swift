/// What is recorded as done for a matter (§三(三)).
public enum Deliverable: String, Sendable, Hashable, CaseIterable {
  /// The plan (实施方案).
  case plan
  /// One guide (一份指南).
  case guide
  /// One form (一张表单).
  case form
  /// One set of materials (一套材料).
  case materials
  /// One submission (一次提交).
  case singleSubmission = "single-submission"
  /// On the provincial portal (江西政务服务网).
  case portal
  /// In the Ganfutong app (赣服通).
  case app
  /// The summary of a list that was in use before (总结材料).
  case summary
  /// Its improvement (优化提升).
  case improvement
  /// The working procedure (工作规程).
  case procedure
  /// Accepted at the one-stop counter (综合窗口).
  case counter
  /// Announced on the notice board (公告栏).
  case noticeBoard = "notice-board"
  /// In use in all counties (各县（市、区）铺开实施).
  case countyRollout = "county-rollout"

  /// Its name in the notice, and in English.
  public var title: LocalizedText { LocalizedText(core.title) }

  var core: Core.Progress.Deliverable {
    switch self {
    case .plan: .plan
    case .guide: .guide
    case .form: .form
    case .materials: .materials
    case .singleSubmission: .singleSubmission
    case .portal: .portal
    case .app: .app
    case .summary: .summary
    case .improvement: .improvement
    case .procedure: .procedure
    case .counter: .counter
    case .noticeBoard: .noticeBoard
    case .countyRollout: .countyRollout
    }
  }
}
