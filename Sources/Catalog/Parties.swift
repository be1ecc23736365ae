import Localization

/// Who stands in a cell of departments: read once for each distinct text.
package struct Parties: Sendable, Hashable {
  package enum Choice: String, Sendable {
    /// Jointly ("、").
    case all
    /// One or the other ("/").
    case any
  }

  package struct Party: Sendable, Hashable {
    /// As printed.
    package var name: String
    /// Its position in `Catalog.departments`; nil if no register answers to it.
    package var department: Int?
    /// How the register knows it.
    package var match: Register.Match?
  }

  package var choice: Choice
  package var parties: [Party]
  /// The cell holds "/" alone: no department, because there is no item.
  package var isPlaceholder: Bool

  /// The departments that are known, in printed order, none twice.
  package var departments: [Int] {
    var found: [Int] = []
    // Few cells hold more than three; for those a set is made.
    var seen: Set<Int>?
    for party in parties {
      guard let department = party.department else { continue }
      if seen != nil {
        if seen?.insert(department).inserted == false { continue }
      } else if found.contains(department) {
        continue
      }
      found.append(department)
      if found.count == 16 { seen = Set(found) }
    }
    return found
  }

  /// Every party is known to the register.
  package var isResolved: Bool { !parties.isEmpty && parties.allSatisfy { $0.department != nil } }

  /// The text that `names` give when joined as this choice is printed.
  package static func printed(_ names: [String], choice: Choice) -> String {
    names.joined(separator: choice == .any ? "/" : "、")
  }

  /// Reads a cell of departments.
  ///
  /// Separators are those that notices use: `、` `,` `，` `;` `；` for jointly, `/` for a choice, and blanks where every
  /// part is then known. Nothing inside brackets is split, and the tails 等部门按职责分工负责, 牵头负责 and 负责 are no part
  /// of a name.
  package init(printed text: String, in register: Register) {
    let cell = text[...].trimmed(.line)
    if cell.utf8.count <= 3, cell == "/" || cell == "／" {
      self.init(choice: .all, parties: [], isPlaceholder: true)
      return
    }
    if cell.isEmpty {
      self.init(choice: .all, parties: [], isPlaceholder: false)
      return
    }
    // A registered name stands as it is, whatever characters it has.
    if let owner = register.owner(of: String(cell)) {
      self.init(
        choice: .all, parties: [Party(name: String(cell), department: owner.index, match: owner.match)],
        isPlaceholder: false)
      return
    }
    var together: [Substring] = []
    var hasChoice = false
    var hasJoint = false
    var depth = 0
    var start = cell.startIndex
    let scalars = cell.unicodeScalars
    for index in scalars.indices {
      switch scalars[index] {
      case "(", "（", "〔", "[", "【", "《": depth += 1
      case ")", "）", "〕", "]", "】", "》": depth = max(0, depth - 1)
      case "、", ",", "，", ";", "；", "\n":
        guard depth == 0 else { continue }
        hasJoint = true
        let isPair = scalars[index] == "\n" && index > start && scalars[scalars.index(before: index)] == "\r"
        together.append(cell[start..<(isPair ? scalars.index(before: index) : index)])
        start = scalars.index(after: index)
      case "/", "／":
        guard depth == 0 else { continue }
        hasChoice = true
        together.append(cell[start..<index])
        start = scalars.index(after: index)
      default: break
      }
    }
    together.append(cell[start...])
    var parties: [Party] = []
    for (number, part) in together.enumerated() {
      var name = part.trimmed(.line)
      if name.isEmpty { continue }
      var owner = register.owner(of: String(name))
      if owner == nil, number == together.count - 1, Parties.mayHaveTail(name) {
        name = Parties.withoutTail(name)
        owner = register.owner(of: String(name))
      }
      if let owner {
        parties.append(Party(name: String(name), department: owner.index, match: owner.match))
        continue
      }
      guard name.unicodeScalars.contains(where: Blanks.line.contains) else {
        parties.append(Party(name: String(name), department: nil, match: nil))
        continue
      }
      let words = name.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\t" })
      let owners = words.compactMap { register.owner(of: String($0)) }
      if words.count > 1, owners.count == words.count {
        for (word, owner) in zip(words, owners) {
          parties.append(Party(name: String(word), department: owner.index, match: owner.match))
        }
      } else {
        parties.append(Party(name: String(name), department: nil, match: nil))
      }
    }
    self.init(choice: hasChoice && !hasJoint ? .any : .all, parties: parties, isPlaceholder: false)
  }

  package init(choice: Choice, parties: [Party], isPlaceholder: Bool) {
    self.choice = choice
    self.parties = parties
    self.isPlaceholder = isPlaceholder
  }

  /// A quick look at the bytes: every tail ends so.
  private static func mayHaveTail(_ name: Substring) -> Bool { name.utf8.suffix(6).elementsEqual("负责".utf8) }

  private static func withoutTail(_ name: Substring) -> Substring {
    for tail in ["等部门按职责分工负责", "按职责分工负责", "牵头负责", "负责"] where name.hasSuffix(tail) && name.count > tail.count {
      return name.dropLast(tail.count).trimmed(.line)
    }
    return name
  }
}

/// What stands in an item's name: one approval, or a choice between two ("A/B").
package struct Choices: Sendable, Hashable {
  package struct Choice: Sendable, Hashable {
    /// As printed.
    package var name: String
    /// Its position in `Catalog.approvals`; nil if no register answers to it.
    package var approval: Int?
    package var match: Register.Match?
  }

  package var choices: [Choice]
  /// The cell holds "/" alone: the matter has no approval of its own.
  package var isPlaceholder: Bool

  /// Reads an item's name: as one approval if the register knows it so, else split at "/" outside brackets.
  package init(printed text: String, in register: Register) {
    let name = text.trimmingBlanks
    if name.utf8.count <= 3, name == "/" || name == "／" {
      choices = []
      isPlaceholder = true
      return
    }
    isPlaceholder = false
    if let owner = register.owner(of: name) {
      choices = [Choice(name: name, approval: owner.index, match: owner.match)]
      return
    }
    var parts: [Substring] = []
    var depth = 0
    var start = name.startIndex
    let scalars = name.unicodeScalars
    for index in scalars.indices {
      switch scalars[index] {
      case "(", "（", "〔", "[", "【", "《": depth += 1
      case ")", "）", "〕", "]", "】", "》": depth = max(0, depth - 1)
      case "/" where depth == 0, "／" where depth == 0:
        parts.append(name[start..<index])
        start = scalars.index(after: index)
      default: break
      }
    }
    guard !parts.isEmpty else {
      choices = [Choice(name: name, approval: nil, match: nil)]
      return
    }
    parts.append(name[start...])
    let owners = parts.map { register.owner(of: String($0).trimmingBlanks) }
    // A name that merely has a slash in it is one unknown name, not two.
    if owners.contains(where: { $0 != nil }) {
      choices = zip(parts, owners).map {
        Choice(name: String($0).trimmingBlanks, approval: $1?.index, match: $1?.match)
      }
    } else {
      choices = [Choice(name: name, approval: nil, match: nil)]
    }
  }

  package var approvals: [Int] { choices.compactMap(\.approval) }
}
