/// A kind of defect that can be planted, and the rule that must find it.
public enum DefectKind: String, CaseIterable, Sendable {
  // Writing of a row.
  case unclosedQuote = "unclosed-quote"
  case extraCell = "extra-cell"
  case badByte = "bad-byte"
  // Files, after they are written.
  case mergeConflict = "merge-conflict"
  case otherEncoding = "other-encoding"
  case missingHeader = "missing-header"
  case missingColumn = "missing-column"
  case repeatedColumn = "repeated-column"
  case unknownColumn = "unknown-column"
  case missingTable = "missing-table"
  case exchangedTable = "exchanged-table"
  case emptyTable = "empty-table"
  case truncatedTable = "truncated-table"
  case unknownSetting = "unknown-setting"
  case malformedDescription = "malformed-description"
  // Values.
  case looseForm = "loose-form"
  case missingLead = "missing-lead"
  case malformedNumber = "malformed-number"
  case malformedAudience = "malformed-audience"
  // Identity.
  case repeatedMatter = "repeated-matter"
  case repeatedItemNumber = "repeated-item-number"
  case misplacedID = "misplaced-id"
  case numberGap = "number-gap"
  case wrongCount = "wrong-count"
  case foreignAudience = "foreign-audience"
  case duplicateName = "duplicate-name"
  case similarMatterName = "similar-matter-name"
  case conflictingDeadlines = "conflicting-deadlines"
  case shiftedRows = "shifted-rows"
  case incompleteWithdrawal = "incomplete-withdrawal"
  case isolatedValue = "isolated-value"
  case wrongCheckDigit = "wrong-check-digit"
  case duplicateCode = "duplicate-code"
  case roundedCode = "rounded-code"
  case endBeforeEffective = "end-before-effective"
  // References.
  case unknownList = "unknown-list"
  case unknownNotice = "unknown-notice"
  case sharingCycle = "sharing-cycle"
  case includesWithdrawn = "includes-withdrawn"
  case provisionalEntry = "provisional-entry"
  case misspeltKind = "misspelt-kind"
  case lostApproval = "lost-approval"
  case orphanItem = "orphan-item"
  case unknownDepartment = "unknown-department"
  case unknownApproval = "unknown-approval"
  case unknownMatter = "unknown-matter"
  case nothingShared = "nothing-shared"
  case ambiguousName = "ambiguous-name"
  case approvalMismatch = "approval-mismatch"
  case unknownRegion = "unknown-region"
  case regionCycle = "region-cycle"
  case regionLevel = "region-level"
  case codeMismatch = "code-mismatch"
  case approvalNotInForce = "approval-not-in-force"
  case unusedDepartment = "unused-department"
  case unusedApproval = "unused-approval"
  // Responsibility. An isolated lead needs neighbours with the usual one.
  case generalLead = "general-lead"
  case singleDepartment = "single-department"
  case leadWithoutItem = "lead-without-item"
  case unnamedDepartment = "unnamed-department"
  case departmentConflict = "department-conflict"
  case noApproval = "no-approval"
  case isolatedLead = "isolated-lead"
  case missingAlternative = "missing-alternative"
  case competenceMismatch = "competence-mismatch"
  case placeholderMismatch = "placeholder-mismatch"
  case repeatedApproval = "repeated-approval"
  // Wording.
  case fullWidthName = "full-width-name"
  case similarName = "similar-name"
  case mixedBrackets = "mixed-brackets"
  case unbalancedBrackets = "unbalanced-brackets"
  case straySpace = "stray-space"
  case invisibleCharacter = "invisible-character"
  case compatibilityCharacter = "compatibility-character"
  case formulaPrefix = "formula-prefix"
  case unexportableText = "unexportable-text"
  case garbledText = "garbled-text"
  case traditionalCharacter = "traditional-character"
  case doubledText = "doubled-text"
  case misplacedValue = "misplaced-value"
  case looseSeparator = "loose-separator"
  case bracketedName = "bracketed-name"
  case joinedNames = "joined-names"
  case licenceAndFiling = "licence-and-filing"
  // Deadlines.
  case unreadableDeadline = "unreadable-deadline"
  case deadlineStyle = "deadline-style"
  case deadlineBeforeNotice = "deadline-before-notice"
  case isolatedDeadline = "isolated-deadline"
  case deadlineCharacters = "deadline-characters"
  case deadlineSeries = "deadline-series"
  case noticeYear = "notice-year"
  case reportTerms = "report-terms-mismatch"
  case recordedOutOfOrder = "recorded-out-of-order"
  case recordedBeforeNotice = "recorded-before-notice"
  case incompleteDeliverables = "incomplete-deliverables"
  case overdue = "overdue"
  // Targets.
  case targetMissed = "target-missed"
  case unreadableTarget = "unreadable-target"
  case targetClause = "target-clause"
  // Waivers.
  case waiverWithoutReason = "waiver-without-reason"
  case unknownWaiver = "unknown-waiver"
  case unusedWaiver = "unused-waiver"
  case waiverCount = "waiver-count"

  /// The rule of the rule book that finds it.
  public var rule: String {
    switch self {
    case .unclosedQuote: "csv-syntax"
    case .extraCell: "row-length"
    case .badByte: "text-encoding"
    case .missingLead: "missing-value"
    case .malformedNumber: "malformed-value"
    case .malformedAudience: "unknown-audience"
    case .repeatedMatter, .repeatedItemNumber: "duplicate-id"
    case .wrongCount: "count-mismatch"
    case .foreignAudience: "audience-mismatch"
    case .duplicateName: "duplicate-matter-name"
    case .repeatedApproval: "repeated-item"
    case .mergeConflict: "unresolved-merge-conflict"
    case .lostApproval: "unknown-approval"
    case .fullWidthName: "name-variant"
    case .compatibilityCharacter: "not-nfc"
    default: rawValue
    }
  }

  /// Other rules that may report it as well, with at most one finding for each defect.
  public var alsoAllowed: [String] {
    switch self {
    case .unclosedQuote, .extraCell, .badByte: ["invisible-character"]
    case .malformedNumber: ["number-gap", "misplaced-id"]
    case .repeatedMatter: ["count-mismatch", "duplicate-matter-name"]
    case .conflictingDeadlines: ["duplicate-matter-name", "isolated-deadline"]
    case .departmentConflict: ["competence-mismatch", "lead-without-item"]
    case .unknownApproval: ["name-variant"]
    case .deadlineBeforeNotice: ["isolated-deadline", "deadline-style", "short-notice"]
    case .unreadableDeadline: ["deadline-style"]
    case .unnamedDepartment: ["competence-mismatch", "department-conflict"]
    case .ambiguousName: ["similar-name"]
    case .generalLead: ["lead-not-first"]
    case .unknownMatter, .nothingShared, .singleDepartment, .leadWithoutItem: ["isolated-lead"]
    default: []
    }
  }

  /// One finding may cover several defects.
  var isTogether: Bool {
    switch self {
    case .departmentConflict, .numberGap, .unknownWaiver, .unusedWaiver: true
    default: false
    }
  }

  /// It cannot be written in a flat list, or in XML that is valid against the schema.
  public var needsFolder: Bool {
    switch self {
    case .unclosedQuote, .extraCell, .badByte, .missingLead, .malformedNumber, .malformedAudience, .orphanItem: true
    case .unknownWaiver, .unusedWaiver, .waiverWithoutReason, .looseForm, .unknownList, .placeholderMismatch: true
    case .incompleteWithdrawal, .unexportableText: true
    default: place == .file
    }
  }

  /// The table and the column of the cell that a finding must name; no column where it is about a row or a file.
  public var cell: (table: String, field: String?)? {
    switch self {
    case .badByte: ("matters", "name")
    case .unclosedQuote, .extraCell, .repeatedMatter, .singleDepartment, .noApproval: nil
    case .mergeConflict, .missingHeader, .unknownSetting, .malformedDescription, .lostApproval: nil
    case .otherEncoding, .missingTable, .exchangedTable, .emptyTable, .truncatedTable: nil
    case .missingColumn, .repeatedColumn, .unknownColumn: nil
    case .missingLead, .leadWithoutItem, .generalLead, .isolatedLead, .looseSeparator: ("matters", "lead")
    case .malformedNumber, .looseForm, .numberGap: ("matters", "number")
    case .malformedAudience, .foreignAudience, .isolatedValue: ("matters", "audience")
    case .misplacedID: ("matters", "id")
    case .fullWidthName, .unknownApproval, .repeatedApproval: ("items", "name")
    case .repeatedItemNumber: ("items", "number")
    case .orphanItem: ("items", "matter")
    case .wrongCount: ("lists", "matters")
    case .conflictingDeadlines, .unreadableDeadline, .deadlineStyle, .deadlineBeforeNotice, .isolatedDeadline,
      .deadlineCharacters, .deadlineSeries:
      ("matters", "deadline")
    case .shiftedRows: nil
    case .incompleteWithdrawal: ("matters", "withdrawal_basis")
    case .unknownList: ("matters", "list")
    case .unknownNotice: ("lists", "notice")
    case .unknownMatter, .nothingShared, .sharingCycle, .includesWithdrawn: ("matters", "includes")
    case .provisionalEntry, .misspeltKind: ("departments", "kind")
    case .unknownDepartment, .unnamedDepartment, .departmentConflict, .missingAlternative, .competenceMismatch:
      ("items", "responsible")
    case .placeholderMismatch: ("matters", "placeholder")
    case .ambiguousName: nil
    case .approvalMismatch: ("items", "approval")
    case .unknownRegion: ("lists", "region")
    case .regionCycle: ("regions", "parent")
    case .regionLevel: ("regions", "level")
    case .wrongCheckDigit, .codeMismatch: ("approvals", "task_code")
    case .duplicateCode: ("approvals", "local_code")
    case .roundedCode: ("approvals", "code")
    case .endBeforeEffective: ("approvals", "ends")
    case .approvalNotInForce: ("approvals", "state")
    case .unusedDepartment, .unusedApproval: nil
    case .similarName: ("approvals", "name")
    case .joinedNames, .licenceAndFiling: ("items", "name")
    case .mixedBrackets, .unbalancedBrackets, .straySpace, .invisibleCharacter, .compatibilityCharacter, .duplicateName:
      ("matters", "name")
    case .doubledText, .misplacedValue, .similarMatterName: ("matters", "name")
    case .formulaPrefix, .unexportableText, .garbledText, .traditionalCharacter, .bracketedName: ("matters", "name")
    case .noticeYear: ("notices", "issued")
    case .reportTerms: ("lists", "report_window")
    case .recordedOutOfOrder, .recordedBeforeNotice: ("progress", "plan")
    case .incompleteDeliverables: ("progress", nil)
    case .overdue: ("progress", nil)
    case .targetMissed, .targetClause: ("targets", "count")
    case .unreadableTarget: ("targets", "deadline")
    case .waiverWithoutReason: ("waivers", "reason")
    case .waiverCount: ("waivers", "count")
    case .unknownWaiver, .unusedWaiver: nil
    }
  }

  /// It is planted in tables that have been written.
  var isInFiles: Bool { place == .file }

  /// How it is planted.
  enum Place { case matter, list, register, waivers, file }
  var place: Place {
    switch self {
    case .wrongCount: .list
    case .unusedDepartment, .unusedApproval: .register
    case .unknownWaiver, .unusedWaiver: .waivers
    case .mergeConflict, .otherEncoding, .missingHeader, .missingColumn, .repeatedColumn, .unknownColumn: .file
    case .missingTable, .exchangedTable, .emptyTable, .unknownSetting, .shiftedRows, .unknownNotice: .file
    case .malformedDescription, .truncatedTable, .similarMatterName, .deadlineSeries, .waiverCount: .file
    case .approvalMismatch, .unknownRegion, .regionCycle, .regionLevel: .file
    case .wrongCheckDigit, .duplicateCode, .roundedCode, .endBeforeEffective, .codeMismatch, .approvalNotInForce: .file
    case .includesWithdrawn, .provisionalEntry, .lostApproval, .missingAlternative, .competenceMismatch: .file
    case .noticeYear, .recordedOutOfOrder, .recordedBeforeNotice, .incompleteDeliverables, .overdue: .file
    case .targetMissed, .unreadableTarget, .waiverWithoutReason, .targetClause, .reportTerms, .misspeltKind: .file
    default: .matter
    }
  }
}
