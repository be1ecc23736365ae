/// All rules, in the order of the rule book. A new rule is one file and one line here.
package enum RuleBook {
  package static let rules: [Rule] =
    reading + identity + references + responsibility + wording + deadlines + targets + waivers

  package static let reading: [Rule] = [
    .unreadableCatalog,
    .refusedDoctype,
    .missingHeader,
    .xmlSyntax,
    .xmlSchema,
    .csvSyntax,
    .textEncoding,
    .otherEncoding,
    .rowLength,
    .missingColumn,
    .repeatedColumn,
    .unknownColumn,
    .missingTable,
    .missingValue,
    .malformedValue,
    .unclearList,
  ]
  package static let identity: [Rule] = [
    .duplicateID,
    .misplacedID,
    .numberGap,
    .countMismatch,
    .audienceMismatch,
    .duplicateMatterName,
    .conflictingDeadlines,
  ]
  package static let references: [Rule] = [
    .contradictoryReference,
    .orphanItem,
    .unknownDepartment,
    .unknownApproval,
    .unknownMatter,
    .unknownList,
    .unknownNotice,
    .ambiguousName,
    .sharingCycle,
    .nothingShared,
    .unusedDepartment,
    .unusedApproval,
    .provisionalEntry,
  ]
  package static let responsibility: [Rule] = [
    .singleDepartment,
    .leadWithoutItem,
    .unnamedDepartment,
    .generalLead,
    .isolatedLead,
    .departmentConflict,
    .competenceMismatch,
    .noApproval,
    .placeholderMismatch,
    .repeatedItem,
  ]
  package static let wording: [Rule] = [
    .mixedBrackets,
    .unbalancedBrackets,
    .straySpace,
    .invisibleCharacter,
    .unexportableText,
    .notNFC,
    .formulaPrefix,
    .looseSeparator,
    .bracketedName,
    .joinedNames,
    .licenceAndFiling,
    .nameVariant,
    .similarName,
  ]
  package static let deadlines: [Rule] = [
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
  package static let targets: [Rule] = [
    .targetMissed,
    .unreadableTarget,
  ]
  package static let waivers: [Rule] = [
    .unknownWaiver,
    .unusedWaiver,
    .waiverWithoutReason,
    .unknownSetting,
  ]

  /// The rule with that id.
  package static func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}
