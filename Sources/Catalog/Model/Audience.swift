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

  /// From the id or from the printed word; blanks between its characters are typesetting.
  package init?(_ text: String) {
    let word = String(text.filter { $0 != " " && $0 != "\u{3000}" })
    switch word {
    case "individual", "个人": self = .individual
    case "enterprise", "企业": self = .enterprise
    case "legal-person", "法人": self = .legalPerson
    default: return nil
    }
  }
}
