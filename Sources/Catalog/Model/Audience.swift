/// Whom a matter serves (the 类型 column of the lists).
package enum Audience: String, Sendable, CaseIterable, Hashable {
  case individual
  case enterprise
  case legalPerson = "legal-person"

  /// As the notice prints it.
  package var printed: String {
    switch self {
    case .individual: "个人"
    case .enterprise: "企业"
    case .legalPerson: "法人"
    }
  }

  /// The words by which a table may name audiences: ids, then the printed words.
  package static let words: [String] = allCases.map(\.rawValue) + allCases.map(\.printed)

  /// From the id, the printed word or 自然人, as other lists say; blanks between its characters are typesetting.
  package init?(_ text: String) {
    let word = String(text.filter { $0 != " " && $0 != "\u{3000}" })
    switch word {
    case "individual", "个人", "自然人": self = .individual
    case "enterprise", "企业": self = .enterprise
    case "legal-person", "法人": self = .legalPerson
    default: return nil
    }
  }
}
