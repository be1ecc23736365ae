/// A kind of defect that can be planted, and the rule that must find it.
public enum DefectKind: String, CaseIterable, Sendable {
  // Writing of a row.
  case unclosedQuote = "unclosed-quote"
  case extraCell = "extra-cell"
  case badByte = "bad-byte"
  // Values.
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
  case conflictingDeadlines = "conflicting-deadlines"
  // References.
  case orphanItem = "orphan-item"
  case unknownDepartment = "unknown-department"
  case unknownApproval = "unknown-approval"
  case unknownMatter = "unknown-matter"
  case nothingShared = "nothing-shared"
  case ambiguousName = "ambiguous-name"
  case unusedDepartment = "unused-department"
  case unusedApproval = "unused-approval"
  // Responsibility.
  case singleDepartment = "single-department"
  case leadWithoutItem = "lead-without-item"
  case unnamedDepartment = "unnamed-department"
  case departmentConflict = "department-conflict"
  case noApproval = "no-approval"
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
  // Deadlines.
  case unreadableDeadline = "unreadable-deadline"
  case deadlineStyle = "deadline-style"
  case deadlineBeforeNotice = "deadline-before-notice"
  case isolatedDeadline = "isolated-deadline"
  // Waivers.
  case unknownWaiver = "unknown-waiver"
  case unusedWaiver = "unused-waiver"

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
    case .unknownWaiver, .unusedWaiver: true
    default: false
    }
  }

  /// How it is planted.
  enum Place { case matter, list, register, waivers }
  var place: Place {
    switch self {
    case .wrongCount: .list
    case .unusedDepartment, .unusedApproval: .register
    case .unknownWaiver, .unusedWaiver: .waivers
    default: .matter
    }
  }
}
