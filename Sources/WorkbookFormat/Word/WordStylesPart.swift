import XMLFormat

/// `styles.xml`: the numbering that paragraphs have by their style (ECMA-376 part 1, 17.7.4.17 `style`, 17.3.1.19 `numPr`),
/// which a style takes from the one that it is based on (17.7.4.3 `basedOn`) as far as it has none of its own.
final class WordStylesPart: XMLHandler {
  static let names = [
    "style", "type", "default", "styleId", "basedOn", "val", "pPr", "numPr", "ilvl", "numId", "pPrChange",
    "numberingChange",
    "tblStylePr",
  ]
  private enum Name {
    static let style = 0
    static let type = 1
    static let isDefault = 2
    static let id = 3
    static let base = 4
    static let value = 5
    static let properties = 6
    static let numbering = 7
    static let level = 8
    static let list = 9
    /// What the paragraph had before a tracked change, and what a table style has for some of its cells: none of the style's own.
    static let left = 10...12
  }

  private struct Style {
    var base: String?
    var list: String?
    var level: Int?
  }

  /// The numbering of a style.
  struct Numbering {
    /// `numId`.
    var list: String
    /// The style and those that it is based on, up to the one with `list`, each with its `ilvl`: the nearest that has one, or
    /// to which a level of the list belongs, decides.
    var styles: [(id: String, level: Int?)]
  }

  /// More styles than Word keeps, and a longer chain of styles than any template has.
  private static let limit = 10_000
  private static let chainLimit = 64

  private var styles: [String: Style] = [:]
  private var defaultStyle: String?
  /// The paragraph style being read.
  private var current: String?
  private var depth = 0
  private var skipped = -1
  private var resolved: [String: Numbering?] = [:]

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    depth = element.depth + 1
    guard skipped < 0 else { return }
    func text(_ name: Int) -> String? {
      element.attributes.value(name).map { String(decoding: $0.prefix(256), as: UTF8.self) }
    }
    switch element.name {
    case Name.style:
      current = nil
      guard text(Name.type) ?? "paragraph" == "paragraph", let id = text(Name.id) else { return }
      guard styles.count < WordStylesPart.limit else { throw XMLStop() }
      current = id
      styles[id] = Style()
      if defaultStyle == nil, let value = text(Name.isDefault), !["0", "false", "off"].contains(value) {
        defaultStyle = id
      }
    case Name.base: if let current { styles[current]?.base = text(Name.value) }
    case Name.list: if let current { styles[current]?.list = text(Name.value) }
    case Name.level: if let current { styles[current]?.level = text(Name.value).flatMap { Int($0) } }
    case Name.left: skipped = element.depth
    default: break
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    depth -= 1
    if skipped == depth { skipped = -1 }
  }

  /// The numbering that a paragraph of a style has.
  /// - Parameter style: nil for a paragraph that names none, which has the default style.
  func numbering(_ style: String?) -> Numbering? {
    guard let style = style ?? defaultStyle else { return nil }
    if let known = resolved[style] { return known }
    let found = resolve(style)
    resolved[style] = .some(found)
    return found
  }

  private func resolve(_ style: String) -> Numbering? {
    var chain: [(id: String, level: Int?)] = []
    var next: String? = style
    while let id = next, let style = styles[id], chain.count < WordStylesPart.chainLimit,
      !chain.contains(where: { $0.id == id })
    {
      chain.append((id, style.level))
      // A list 0 takes the numbering away that a style on which this one is based has (17.9.18).
      if let list = style.list { return list == "0" ? nil : Numbering(list: list, styles: chain) }
      next = style.base
    }
    return nil
  }
}
