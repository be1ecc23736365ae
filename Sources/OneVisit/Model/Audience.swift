/// Whom a matter serves (the 类型 column of the lists). Every catalog has the three that the notice prints; a catalog may
/// register further ones, such as 企业群众. Two are equal if their ids are.
public struct Audience: Sendable, Hashable, Identifiable {
  /// The id, such as `legal-person`.
  public let id: String
  /// The word that lists print, such as 法人.
  public let name: String

  /// 个人.
  public static let individual = Audience(id: "individual", name: "个人")
  /// 企业.
  public static let enterprise = Audience(id: "enterprise", name: "企业")
  /// 法人.
  public static let legalPerson = Audience(id: "legal-person", name: "法人")

  /// An audience by its id; `name` is the printed word.
  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// The printed word and the id.
  public var title: LocalizedText { LocalizedText(zh: name, en: id) }

  /// Whether the two have the same id.
  public static func == (a: Audience, b: Audience) -> Bool { a.id == b.id }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }

  init(_ core: Core.Audience) { self.init(id: core.id, name: core.name) }
}
