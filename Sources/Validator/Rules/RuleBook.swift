import Catalog

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
    .unresolvedMergeConflict,
    .csvSyntax,
    .textEncoding,
    .otherEncoding,
    .rowLength,
    .missingColumn,
    .repeatedColumn,
    .unknownColumn,
    .missingTable,
    .exchangedTable,
    .emptyTable,
    .truncatedTable,
    .malformedDescription,
    .missingValue,
    .malformedValue,
    .looseForm,
    .unclearList,
    .unacceptedChanges,
  ]
  package static let identity: [Rule] = [
    .duplicateID,
    .misplacedID,
    .numberGap,
    .shiftedRows,
    .incompleteWithdrawal,
    .countMismatch,
    .audienceMismatch,
    .isolatedValue,
    .duplicateMatterName,
    .similarMatterName,
    .conflictingDeadlines,
    .wrongCheckDigit,
    .duplicateCode,
    .roundedCode,
    .endBeforeEffective,
  ]
  package static let references: [Rule] = [
    .contradictoryReference,
    .orphanItem,
    .unknownDepartment,
    .unknownApproval,
    .approvalMismatch,
    .unknownMatter,
    .unknownList,
    .unknownNotice,
    .unknownAudience,
    .unknownRegion,
    .regionCycle,
    .regionLevel,
    .ambiguousName,
    .sharingCycle,
    .nothingShared,
    .includesWithdrawn,
    .unusedDepartment,
    .unusedApproval,
    .provisionalEntry,
    .misspeltKind,
    .codeMismatch,
    .approvalNotInForce,
  ]
  package static let responsibility: [Rule] = [
    .singleDepartment,
    .leadWithoutItem,
    .leadNotFirst,
    .unnamedDepartment,
    .generalLead,
    .isolatedLead,
    .departmentConflict,
    .missingAlternative,
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
    .garbledText,
    .traditionalCharacter,
    .doubledText,
    .misplacedValue,
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
    .noticeYear,
    .reportTermsMismatch,
    .deadlineBeforeNotice,
    .shortNotice,
    .isolatedDeadline,
    .deadlineSeries,
    .deadlineCharacters,
    .overdue,
    .reportOverdue,
    .dueSoon,
    .incompleteDeliverables,
    .recordedOutOfOrder,
    .recordedBeforeNotice,
    .unrecordedProgress,
  ]
  package static let targets: [Rule] = [
    .targetMissed,
    .unreadableTarget,
    .targetClause,
    .emptyTargets,
  ]
  package static let waivers: [Rule] = [
    .unknownWaiver,
    .unusedWaiver,
    .waiverCount,
    .waiverWithoutReason,
    .unknownSetting,
  ]

  /// What the findings of a rule depend on: tables with their columns, nil for all of a table.
  package static func dependencies(of rule: String) -> [(table: TableKind, column: String?)] {
    RuleDependencies.fields(of: rule).map { ($0.table, $0.column) }
  }

  /// The rules that depend on something.
  package static var dependentRules: [String] { RuleDependencies.byRule.keys.sorted() }

  /// The rule with that id.
  package static func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}
