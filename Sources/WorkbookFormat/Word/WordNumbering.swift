import XMLFormat

/// `numbering.xml`: the numbers that Word sets before paragraphs by itself, which are in no text.
final class WordNumberingPart: XMLHandler {
  static let names = [
    "abstractNum", "abstractNumId", "lvl", "ilvl", "start", "numFmt", "num", "numId", "lvlOverride", "startOverride",
    "val", "pStyle", "styleLink", "numStyleLink",
  ]
  private enum Name {
    static let abstract = 0
    static let abstractID = 1
    static let level = 2
    /// The attribute with the number of a level, counted from 0.
    static let levelNumber = 3
    static let start = 4
    static let format = 5
    static let list = 6
    static let listID = 7
    static let override = 8
    static let startOverride = 9
    static let value = 10
    static let style = 11
    static let styleLink = 12
    static let numberingLink = 13
  }

  private struct Level {
    var start = 1
    var isNumber = true
  }

  private static let levelLimit = 9
  private static let limit = 50_000
  private var levels: [String: [Level]] = [:]
  private var abstracts: [String: String] = [:]
  private var overrides: [String: [Int: Int]] = [:]
  /// By abstract list, the levels that belong to paragraph styles (17.9.23).
  private var styleLevels: [String: [String: Int]] = [:]
  /// The abstract list that a numbering style has, and those that have their levels from such a style (17.9.27, 17.9.21).
  private var linked: [String: String] = [:]
  private var links: [String: String] = [:]
  /// The element being read.
  private var abstract = ""
  private var list = ""
  private var level = 0

  /// The last number of each level, by `abstractNumId`.
  private var counters: [String: [Int?]] = [:]
  private var begun: Set<String> = []

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    func text(_ name: Int) -> String {
      element.attributes.value(name).map { String(decoding: $0.prefix(32), as: UTF8.self) } ?? ""
    }
    func long(_ name: Int) -> String {
      element.attributes.value(name).map { String(decoding: $0.prefix(256), as: UTF8.self) } ?? ""
    }
    guard levels.count + abstracts.count < WordNumberingPart.limit else { throw XMLStop() }
    switch element.name {
    case Name.abstract:
      (abstract, list) = (text(Name.abstractID), "")
      levels[abstract] = Array(repeating: Level(), count: WordNumberingPart.levelLimit)
    case Name.list:
      (abstract, list) = ("", text(Name.listID))
    case Name.abstractID: if !list.isEmpty { abstracts[list] = text(Name.value) }
    case Name.level, Name.override: level = min(max(Int(text(Name.levelNumber)) ?? 0, 0), 8)
    case Name.start: if !abstract.isEmpty { levels[abstract]?[level].start = Int(text(Name.value)) ?? 1 }
    case Name.format:
      if !abstract.isEmpty { levels[abstract]?[level].isNumber = !["bullet", "none"].contains(text(Name.value)) }
    case Name.style: if !abstract.isEmpty { styleLevels[abstract, default: [:]][long(Name.value)] = level }
    case Name.styleLink: if !abstract.isEmpty { linked[long(Name.value)] = abstract }
    case Name.numberingLink: if !abstract.isEmpty { links[abstract] = long(Name.value) }
    case Name.startOverride: if !list.isEmpty { overrides[list, default: [:]][level] = Int(text(Name.value)) ?? 1 }
    default: break
    }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {}

  /// The number of the next paragraph that is numbered by its style: at the level that belongs to the style, else at the one
  /// that the style names.
  func next(_ numbering: WordStylesPart.Numbering) -> Int? {
    let ofStyles = abstract(of: numbering.list).flatMap { styleLevels[$0] } ?? [:]
    return next(numbering.list, level: numbering.styles.lazy.compactMap { ofStyles[$0.id] ?? $0.level }.first ?? 0)
  }

  /// The abstract list of a list, or the one of the numbering style that it names.
  private func abstract(of list: String) -> String? {
    guard let abstract = abstracts[list] else { return nil }
    return links[abstract].flatMap { linked[$0] } ?? abstract
  }

  /// The number of the next paragraph of a list, in digits whatever form it has in the document; nil if it has none, as one
  /// with a bullet.
  func next(_ list: String, level: Int) -> Int? {
    guard let abstract = abstract(of: list), let levels = levels[abstract], levels.indices.contains(level) else {
      return nil
    }
    var counter = counters[abstract] ?? Array(repeating: nil, count: WordNumberingPart.levelLimit)
    if begun.insert(list).inserted, let starts = overrides[list] {
      for (level, start) in starts { counter[level] = start &- 1 }
    }
    let number = counter[level].map { $0 &+ 1 } ?? levels[level].start
    counter[level] = number
    for deeper in (level + 1)..<max(level + 1, counter.count) { counter[deeper] = nil }
    counters[abstract] = counter
    return levels[level].isNumber ? number : nil
  }
}
