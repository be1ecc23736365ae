/// Whom a matter serves (the 类型 column of the lists).
public enum Audience: String, Sendable, Hashable, CaseIterable {
  /// 个人.
  case individual
  /// 企业.
  case enterprise
  /// 法人.
  case legalPerson = "legal-person"

  /// The word that the notice prints.
  public var title: LocalizedText { LocalizedText(zh: core.printed, en: rawValue) }

  init(_ core: Core.Audience) {
    switch core {
    case .individual: self = .individual
    case .enterprise: self = .enterprise
    case .legalPerson: self = .legalPerson
    }
  }

  var core: Core.Audience {
    switch self {
    case .individual: .individual
    case .enterprise: .enterprise
    case .legalPerson: .legalPerson
    }
  }
}
