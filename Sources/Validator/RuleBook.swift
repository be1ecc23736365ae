/// Every rule, in the order of the rule book. A new rule is a file of its own and a line here.
public enum RuleBook {
  public static let rules: [Rule] =
    reading + identity + references + responsibility + wording + deadlines + targets + waivers

  public static let reading: [Rule] = [
    .csvSyntax
  ]
  public static let identity: [Rule] = [
    .duplicateMatterName
  ]
  public static let references: [Rule] = []
  public static let responsibility: [Rule] = [
    .singleDepartment,
    .leadWithoutItem,
    .unnamedDepartment,
    .generalLead,
    .departmentConflict,
    .competenceMismatch,
    .noApproval,
    .placeholderMismatch,
    .repeatedItem,
  ]
  public static let wording: [Rule] = [
    .mixedBrackets,
    .unbalancedBrackets,
    .straySpace,
    .invisibleCharacter,
    .notNFC,
    .formulaPrefix,
    .looseSeparator,
  ]
  public static let deadlines: [Rule] = [
    .unreadableDeadline,
    .deadlineStyle,
    .deadlineBeforeNotice,
    .shortNotice,
    .isolatedDeadline,
    .overdue,
    .reportOverdue,
    .dueSoon,
    .incompleteDeliverables,
    .recordedOutOfOrder,
    .unrecordedProgress,
  ]
  public static let targets: [Rule] = [
    .targetMissed,
    .unreadableTarget,
  ]
  public static let waivers: [Rule] = []

  /// The rule of that id.
  public static func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}
