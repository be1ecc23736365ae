import Localization

/// Whom a matter serves (the 类型 column of the lists): a row of the table of audiences.
///
/// The notice distinguishes individuals, enterprises and legal persons (§一(三): 个人、企业“一件事一次办”; the types of the
/// annexes: 个人, 企业, 法人). These are known without a table; other lists have further ones, such as 企业群众.
package struct Audience: TableRow {
  package var id = ""
  /// As lists print it: 个人.
  package var name = ""
  package var aliases: [String] = []
  package var position: SourcePosition
  package var unreadable = ColumnSet()
  package var extra = ExtraValues()

  package init(position: SourcePosition) { self.position = position }

  private init(_ id: String, _ name: String, aliases: [String] = []) {
    position = .none
    self.id = id
    self.name = name
    self.aliases = aliases
  }

  /// Those that every catalog knows, whether its table has them or not.
  package static let builtIn = [
    Audience("individual", "个人", aliases: ["自然人"]), Audience("enterprise", "企业"), Audience("legal-person", "法人"),
  ]

  /// The ids and names of the built-in ones: the words that need no register.
  static let builtInWords = builtIn.map(\.id) + builtIn.map(\.name)

  private static let builtInRegister = AudienceRegister()

  /// The id of the built-in audience that a word names: individual for 自然人.
  static func builtInID(_ word: String) -> String? {
    builtInRegister.index(of: word).map { builtInRegister.entries[$0].id }
  }

  package static let schema = TableSchema<Audience>(
    .audiences,
    about: LocalizedText(
      zh: "服务对象（类型）。个人、企业、法人无须登记；其他清单另有的类型在此登记。",
      en: "Audiences (类型). individual, enterprise and legal-person need no row; the further ones of other lists do."),
    [
      Field(
        "id", zh: "标识", .identifier, \.id, required: true, unique: true, xml: .attribute,
        about: LocalizedText(zh: "固定英文标识。", en: "Stable English id.")),
      Field(
        "name", zh: "名称", .text, \.name, required: true, unique: true,
        about: LocalizedText(zh: "清单中的写法，如个人。", en: "As lists print it, such as 个人.")),
      Field(
        "aliases", zh: "别名", .names, \.aliases, xml: .elements("alias"),
        about: LocalizedText(zh: "其他写法，以分号隔开。", en: "Other forms, separated by semicolons.")),
    ])
}

/// The audiences of a catalog: those of its table, then the built-in ones that the table lacks.
package struct AudienceRegister: Sendable {
  package private(set) var entries: [Audience] = []
  private var indexOfWord: [String: Int] = [:]

  package init(_ rows: [Audience] = []) {
    for row in rows { add(row) }
    for known in Audience.builtIn {
      if let index = entries.firstIndex(where: { $0.id == known.id }) {
        addWords(of: known, index)
      } else {
        add(known)
      }
    }
  }

  private mutating func add(_ audience: Audience) {
    entries.append(audience)
    addWords(of: audience, entries.count - 1)
  }

  private mutating func addWords(of audience: Audience, _ index: Int) {
    for word in [audience.id, audience.name] + audience.aliases {
      let word = AudienceRegister.compact(word)
      if !word.isEmpty, indexOfWord[word] == nil { indexOfWord[word] = index }
    }
  }

  /// The index in `entries` of the audience with this id, name or alias; blanks between characters are typesetting.
  package func index(of text: String) -> Int? { indexOfWord[AudienceRegister.compact(text)] }

  /// The id of the audience that a text names; the text itself if it names none.
  package func id(of text: String) -> String { index(of: text).map { entries[$0].id } ?? text }

  /// Adds an audience under a word that none has.
  /// - Returns: its index.
  package mutating func register(_ word: String) -> Int {
    var number = 1
    while indexOfWord["audience-\(number)"] != nil { number += 1 }
    var audience = Audience(position: .none)
    audience.id = "audience-\(number)"
    audience.name = AudienceRegister.compact(word)
    add(audience)
    return entries.count - 1
  }

  /// The ids and names, for suggestions.
  package var words: [String] { entries.flatMap { [$0.id, $0.name] } }

  private static func compact(_ text: String) -> String {
    text.unicodeScalars.contains { $0 == " " || $0 == "\u{3000}" }
      ? String(text.filter { $0 != " " && $0 != "\u{3000}" }) : text
  }
}
