/// What the leads of a list owe for each of its matters (九府办字〔2022〕128号 §三(三)).
///
/// - First list: “于规定时间内完成优化提升工作，并于2023年1月底前报送总结材料”. It has been in use since the first half of
///   2022 (附件1注), so being online is not owed again.
/// - Second list: the plan and “一份指南、一张表单、一套材料、一次提交等完成情况”, and being online on the portal and in the app.
///
/// Nobody owes by a day what the notice asks for without one: 工作规程 (§二(二)), 综合窗口 (§二(三)), 公告栏 (§三(四)) and the
/// counties (§三(三): “加紧铺开实施”). It is recorded, and owed only by a list that names it.
package struct OwedDeliverables: Sendable, Hashable {
  /// All of them, in the order of the progress table.
  package let all: [Progress.Deliverable]
  /// What is sent within the report window: the plan, or the summary.
  package let reports: [Progress.Deliverable]
  /// What makes a matter complete: everything but the reports.
  package let service: [Progress.Deliverable]

  /// - Parameter deliverables: in any order; empty stands for `usual`.
  package init(_ deliverables: [Progress.Deliverable]) {
    let owed = deliverables.isEmpty ? Self.usual : deliverables
    all = Progress.Deliverable.allCases.filter(owed.contains)
    reports = all.filter(\.isReport)
    service = all.filter { !$0.isReport }
  }

  /// What a list owes that names no deliverables: what the second list owes.
  package static let usual: [Progress.Deliverable] = [
    .plan, .guide, .form, .materials, .singleSubmission, .portal, .app,
  ]

  /// The platforms on which the matters are to go online.
  package var platforms: [Progress.Deliverable] { service.filter { $0 == .portal || $0 == .app } }
}

extension MatterList {
  package var owed: OwedDeliverables { OwedDeliverables(deliverables) }
}
