import Localization

/// The departments that a cell lists, found in the register by their printed names. Read once for each distinct text.
package struct PrintedDepartments: Sendable, Hashable {
  package enum Choice: String, Sendable {
    /// Jointly ("、").
    case all
    /// One or the other ("/").
    case any
  }

  package struct Entry: Sendable, Hashable {
    /// As printed.
    package var name: String
    /// Its index in `Catalog.departments`; nil if the register has no department of this name.
    package var department: Int?
    /// Which of the department's names this is; nil if the department is unknown.
    package var match: Register.Match?

    init(_ name: String, _ owner: Register.Owner?) {
      self.name = name
      department = owner?.index
      match = owner?.match
    }
  }

  package var choice: Choice
  /// In printed order.
  package var entries: [Entry]
  /// The cell holds "/" alone: no department, because there is no item.
  package var isPlaceholder: Bool

  package init(choice: Choice, entries: [Entry], isPlaceholder: Bool) {
    self.choice = choice
    self.entries = entries
    self.isPlaceholder = isPlaceholder
  }

  /// The indices of the known departments in printed order, each once.
  package var departments: [Int] {
    var found: [Int] = []
    // Few cells list more than three; a set is made only for long ones.
    var seen: Set<Int>?
    for entry in entries {
      guard let department = entry.department else { continue }
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

  /// There is at least one department, and the register has them all.
  package var isResolved: Bool { !entries.isEmpty && entries.allSatisfy { $0.department != nil } }

  /// Whether a cell with this text alone names one department, as far as separators say: it is no slash and has none.
  package static func isOneName(_ text: String) -> Bool {
    !SeparatedParts.isSlash(text) && SeparatedParts(text[...], isJointSplit: true).parts.count == 1
  }

  /// The names joined by the separator of the choice.
  package static func printed(_ names: [String], choice: Choice) -> String {
    names.joined(separator: choice == .any ? "/" : "、")
  }
}

extension PrintedDepartments {
  /// Reads a cell of departments.
  ///
  /// Separators are those that notices use: `、` `,` `，` `;` `；` for jointly, `/` for a choice, and blanks if every part
  /// is then a registered name. Text inside brackets is not split, and the endings 等部门按职责分工负责, 牵头负责 and 负责
  /// are not part of a name.
  ///
  /// - Parameter region: the region of the list, in which names are looked up first.
  package init(printed text: String, in register: Register, region: Int? = nil) {
    if PrintedDepartments.isOneStranger(text, register) {
      self.init(choice: .all, entries: [Entry(text, nil)], isPlaceholder: false)
      return
    }
    let cell = text[...].trimmed(.line)
    if SeparatedParts.isSlash(cell) {
      self.init(choice: .all, entries: [], isPlaceholder: true)
      return
    }
    if cell.isEmpty {
      self.init(choice: .all, entries: [], isPlaceholder: false)
      return
    }
    // A registered name is not split, whatever characters it has.
    if let owner = register.owner(of: String(cell), in: region) {
      self.init(choice: .all, entries: [Entry(String(cell), owner)], isPlaceholder: false)
      return
    }
    let split = SeparatedParts(cell, isJointSplit: true)
    var entries: [Entry] = []
    for (number, part) in split.parts.enumerated() {
      PrintedDepartments.read(
        part, isLast: number == split.parts.count - 1, in: register, region, into: &entries)
    }
    self.init(choice: split.hasSlash && !split.hasJoint ? .any : .all, entries: entries, isPlaceholder: false)
  }

  /// Whether a text is one name, as it stands, that no department has: what most of many wrong texts are.
  private static func isOneStranger(_ text: String, _ register: Register) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      // What the register lacks for certain has no blanks and of the Chinese separators `、` alone, which begins with E3.
      !bytes.isEmpty && register.lacks(bytes)
        && !bytes.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "/") || $0 == 0xE3 }
        && !bytes.suffix(6).elementsEqual("负责".utf8)
    }
  }

  /// Reads the text between two separators: one name, or several registered names separated by blanks.
  private static func read(
    _ part: Substring, isLast: Bool, in register: Register, _ region: Int?, into entries: inout [Entry]
  ) {
    var name = part.trimmed(.line)
    if name.isEmpty { return }
    var owner = register.owner(of: String(name), in: region)
    if owner == nil, isLast, mayHaveEnding(name) {
      name = withoutEnding(name)
      owner = register.owner(of: String(name), in: region)
    }
    if owner == nil, name.unicodeScalars.contains(where: Blanks.line.contains) {
      let words = name.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\t" })
      let owners = words.compactMap { register.owner(of: String($0), in: region) }
      if words.count > 1, owners.count == words.count {
        for (word, owner) in zip(words, owners) { entries.append(Entry(String(word), owner)) }
        return
      }
    }
    entries.append(Entry(String(name), owner))
  }

  /// Whether the text ends in 负责, as all endings do: a cheap test before `withoutEnding`.
  private static func mayHaveEnding(_ name: Substring) -> Bool { name.utf8.suffix(6).elementsEqual("负责".utf8) }

  private static func withoutEnding(_ name: Substring) -> Substring {
    for ending in ["等部门按职责分工负责", "按职责分工负责", "牵头负责", "负责"]
    where name.hasSuffix(ending) && name.count > ending.count {
      return name.dropLast(ending.count).trimmed(.line)
    }
    return name
  }
}
