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
    }
  }
}
